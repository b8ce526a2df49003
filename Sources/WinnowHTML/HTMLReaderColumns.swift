internal import CLibxml2
import WinnowCore
import WinnowText

/// Builds the columns of a ``RawDocument`` from the prescan's events and libxml2's structure.
///
/// The SAX callbacks reach it through a pointer. It is a struct because a class would pay for exclusivity
/// checks in every callback. What is asked for each element or text is `mutating` even where it only looks: else the
/// compiler copies all of the struct for the call, and counts a reference to each of its lists.
struct HTMLReaderColumns: ~Copyable {
  let limits: ReaderLimits
  let input: UnsafePointer<UInt8>
  let events: UnsafeBufferPointer<HTMLEvent>
  let attributes: UnsafeBufferPointer<HTMLAttribute>
  /// Where the skeleton starts.
  let skeleton: UnsafeBufferPointer<UInt8>
  /// libxml2's parser, while it runs.
  var parser: htmlParserCtxtPtr?
  /// The first event that is not done.
  var next = 0
  /// Whether a limit was exceeded.
  var isOverLimit = false

  /// The open elements; the first stands for the body.
  var stack = PlainList<HTMLOpenElement>()
  var openFacts: [HTMLOpenFact] = []

  var text: UnsafeMutablePointer<UInt8>
  var textCount = 0
  var textCapacity: Int
  var rows: [RawRow] = []
  var containers: [ContainerRow] = []
  var tokens: [UInt32] = []
  var values = HTMLValueTokens()
  var facts = HeadFacts()

  // The block that is being collected.
  var blockStart = 0
  var row = RawRow()
  /// A row to begin with: one that is just made lies in memory in small parts, for which its copy would have to wait.
  let emptyRow = RawRow()
  var blockTokens: [UInt32] = []
  var linkNumber: UInt32 = 0
  var lastLink: UInt32 = 0
  var isVisible = false
  var spacePending = false
  var separatorPending = false
  /// Length of the text when an inline element last ended; -1 when none did in the block.
  var closedAt = -1
  /// Length of the text where one inline element ended and the next began with nothing between.
  var seamAt = -1
  /// What is known of those two.
  var seam = Seam.plain
  /// What ``isHead`` was for the container that it was last asked for.
  var knownHead: (container: Int32, isHead: Bool) = (-1, false)
  /// Whether the inline element that ended last was a link.
  var closedLink = false
  /// Length of the text at the last `br`; -1 when there was none in the block.
  var breakAt = -1
  /// All `br` of the block that text stands before.
  var breaks: [HTMLTextBreak] = []
  /// Where the block's links stand in the text.
  var linkSpans: [Range<Int>] = []
  /// What links of blocks with several say, by row.
  var linkTexts: [Int: [String]] = [:]

  init(
    limits: ReaderLimits, input: UnsafePointer<UInt8>, count: Int, skeleton: UnsafeBufferPointer<UInt8>,
    events: UnsafeBufferPointer<HTMLEvent>, attributes: UnsafeBufferPointer<HTMLAttribute>
  ) {
    self.limits = limits
    self.input = input
    self.skeleton = skeleton
    self.events = events
    self.attributes = attributes
    textCapacity = count / 4 + 4096
    text = .allocate(capacity: textCapacity)
    stack.reserveCapacity(256)
    rows.reserveCapacity(256)
    containers.reserveCapacity(events.count / 6 + 8)
    tokens.reserveCapacity(events.count + 64)
    var body = ContainerRow()
    body.tag = .body
    body.depth = 1
    body.parent = 0
    body.name = ContainerTree.tokenHash("body".utf8)
    body.signature = body.name
    containers.append(ContainerRow())
    containers.append(body)
    var element = HTMLOpenElement()
    element.container = 1
    element.flags = .breaks
    stack.append(element)
  }

  deinit { text.deallocate() }

  // MARK: What libxml2 says

  /// A start tag, its own or implied, with the parser `place` bytes into the skeleton.
  mutating func started(_ name: UnsafePointer<UInt8>, at place: Int) {
    if isImplied(name) {
      passThrough()
      return
    }
    while next < events.count {
      let event = events[next]
      switch event.kind {
      case .open:
        let end = Int(event.place) + 1 + Int(event.nameLength)
        if end > place {
          passThrough()
          return
        }
        next += 1
        if end == place {
          open(event, next - 1)
          return
        }
        // libxml2 left this one out; it still breaks blocks.
        flat(event)
      case .close: next += 1
      case .enter: enter()
      default:
        next += 1
        flat(event)
      }
    }
    passThrough()
  }

  /// An end tag, its own or implied, with the parser `place` bytes into the skeleton.
  mutating func ended(_ name: UnsafePointer<UInt8>, at place: Int) {
    loop: while next < events.count {
      let event = events[next]
      guard Int(event.place) <= place else { break }
      switch event.kind {
      case .open:
        guard Int(event.place) + 1 + Int(event.nameLength) < place else { break loop }
        flat(event)
      case .close:
        if Int(event.place) == place {
          // The tag may end elements in between first; it is done with the one of its own name.
          if isNamed(name, event) { next += 1 }
          break loop
        }
      case .enter:
        enter()
        continue
      default: flat(event)
      }
      next += 1
    }
    close()
  }

  /// Goes through an element that libxml2 did not see, and all that it holds.
  private mutating func enter() {
    var depth = 0
    repeat {
      let event = events[next]
      next += 1
      switch event.kind {
      case .enter:
        open(event, next - 1)
        depth += 1
      case .leave:
        close()
        depth -= 1
      default: flat(event)
      }
    } while depth > 0 && !isOverLimit
  }

  /// The page is over: whatever libxml2 did not come to is text of the page all the same.
  mutating func finish() {
    while next < events.count {
      let event = events[next]
      if event.kind == .enter {
        enter()
        continue
      }
      next += 1
      if event.kind != .close { flat(event) }
    }
    flushBlock()
    while stack.count > 1 { close() }
    containers[1].subtreeEnd = Int32(containers.count)
    containers[0].subtreeEnd = Int32(containers.count)
  }

  private func isImplied(_ name: UnsafePointer<UInt8>) -> Bool {
    switch name[0] {
    case 0x68:  // html, head
      return (name[1] == 0x74 && name[2] == 0x6D && name[3] == 0x6C && name[4] == 0)
        || (name[1] == 0x65 && name[2] == 0x61 && name[3] == 0x64 && name[4] == 0)
    case 0x62:  // body
      return name[1] == 0x6F && name[2] == 0x64 && name[3] == 0x79 && name[4] == 0
    default: return false
    }
  }

  private func isNamed(_ name: UnsafePointer<UInt8>, _ event: HTMLEvent) -> Bool {
    let length = Int(event.nameLength)
    let start = Int(event.place) - 1 - length
    for index in 0..<length where name[index] != skeleton[start + index] { return false }
    return name[length] == 0
  }

  /// Opens an element that has no tag in the page.
  private mutating func passThrough() {
    var element = top
    element.flags.formIntersection(.inherited)
    element.event = -1
    stack.append(element)
  }

  /// The innermost open element.
  @inline(__always)
  var top: HTMLOpenElement { stack[stack.count - 1] }

  // MARK: Events

  /// Handles an event that opens no element.
  @inline(__always)
  mutating func flat(_ event: HTMLEvent) {
    switch event.kind {
    case .text: addText(Int(event.start), Int(event.end), isRaw: false)
    case .rawText: addText(Int(event.start), Int(event.end), isRaw: true)
    default: lone(event)
    }
  }

  private mutating func lone(_ event: HTMLEvent) {
    switch event.tag {
    case .meta: addMeta(event)
    case .link: addLink(event)
    case .img: if !top.flags.contains(.dropped) { row.images += 1 }
    // Cut, but seen: words before and after are two.
    case .iframe, .svg: spacePending = true
    case .br: lineBreak()
    default:
      if !event.tag.traits.contains(.inline), top.flags.isDisjoint(with: [.pre, .row]) { flushBlock() }
    }
  }

  private mutating func open(_ event: HTMLEvent, _ index: Int) {
    var element = top
    element.flags.formIntersection(.inherited)
    element.event = Int32(truncatingIfNeeded: index)
    if element.flags.contains(.dropped) {
      stack.append(element)
      return
    }
    let traits = event.tag.traits
    if traits.contains(.drops) {
      element.flags.insert(.dropped)
      spacePending = true
      stack.append(element)
      return
    }
    if traits.contains(.inline) {
      if closedAt == textCount, event.tag != .sub, event.tag != .sup {
        seamAt = textCount
        let isShort = textCount - blockStart < Self.longestHead
        seam =
          event.tag == .a && closedLink
          ? .links
          : !isShort
            ? .plain
            : isHead
              ? .named : event.tag == .span && attribute(.className, of: event) != nil ? .classed : .plain
      }
      // A time beside a name: letters without case do not tell that these are two.
      if event.tag == .time, closedAt == textCount { spacePending = true }
      openInline(event, &element)
    } else if element.flags.contains(.pre) {
      // Lines of code in elements of their own: one block still.
      if textCount > blockStart, text[textCount - 1] != 0x0A { put(0x0A) }
    } else if element.flags.contains(.row), event.tag == .td || event.tag == .th {
      separatorPending = textCount > blockStart
    } else {
      openBlock(event, &element)
    }
    if event.attributeCount > 0 { noteFacts(event, &element) }
    stack.append(element)
  }

  private mutating func openInline(_ event: HTMLEvent, _ element: inout HTMLOpenElement) {
    switch event.tag {
    case .b, .strong: element.flags.insert(.bold)
    case .sup: element.flags.insert(.raised)
    case .time:
      row.inlineMarks.insert(.time)
      row.flags.insert(.hasTime)
    case .a:
      if element.link == 0, attribute(.href, of: event) != nil {
        linkNumber &+= 1
        element.link = linkNumber
        element.wrap = Int32(truncatingIfNeeded: stack.count)
      }
    default: break
    }
    guard event.attributeCount > 0 else { return }
    let said = read(event, isInline: true)
    if said.isHidden { element.flags.insert(.hidden) }
  }

  private mutating func openBlock(_ event: HTMLEvent, _ element: inout HTMLOpenElement) {
    flushBlock()
    if element.wrap >= 0 { makeWrapContainer(&element) }
    element.flags.insert([.breaks, .container])
    var container = ContainerRow()
    addContainer(event, &container, &element)
    var marks = event.tag.marks
    container.tokenStart = Int32(truncatingIfNeeded: tokens.count)
    let said = read(event)
    container.tokenEnd = Int32(truncatingIfNeeded: tokens.count)
    container.signature = said.signature
    marks.formUnion(said.marks)
    if said.isHidden {
      marks.insert(.hidden)
      element.flags.insert(.hidden)
    }
    container.marks = marks
    containers.append(container)
    describe(event, &element)
    if containers.count > limits.maxContainers { stop() }
  }

  /// What the element makes of its text.
  private mutating func describe(_ event: HTMLEvent, _ element: inout HTMLOpenElement) {
    switch event.tag {
    case .h1, .h2, .h3, .h4, .h5, .h6:
      element.kind = .heading
      element.level = event.tag.rawValue - HTMLTag.h1.rawValue + 1
    case .ul, .menu, .dir, .dl, .ol:
      element.listLevel = min(element.listLevel, 254) + 1
      if event.tag == .ol { element.flags.insert(.ordered) } else { element.flags.remove(.ordered) }
    case .li, .dt, .dd:
      element.kind = .listItem
      if event.tag == .dt { element.flags.insert(.term) }
      element.item = Int32(truncatingIfNeeded: stack.count)
    case .blockquote: element.kind = .quotation
    case .figcaption: element.kind = .figureCaption
    case .pre, .listing, .xmp, .plaintext:
      element.kind = .code
      element.flags.insert(.pre)
    case .table:
      element.flags.subtract([.dataTable, .row])
      if event.flags.contains(.dataTable) { element.flags.insert(.dataTable) }
    case .tr:
      element.flags.remove(.row)
      if element.flags.contains(.dataTable), event.flags.contains(.plainRow) {
        element.flags.insert(.row)
        element.kind = .tableRow
      }
    default: break
    }
  }

  /// Ends the innermost element.
  private mutating func close() {
    guard stack.count > 1 else { return }
    let element = top
    if !element.flags.contains(.breaks) {
      closedAt = textCount
      closedLink = element.link != 0 && element.link != stack[stack.count - 2].link
    }
    if element.flags.contains(.fact) { finishFacts() }
    if element.flags.contains(.breaks) { flushBlock() }
    if element.flags.contains(.container) {
      containers[Int(element.container)].subtreeEnd = Int32(truncatingIfNeeded: containers.count)
    }
    stack.removeLast()
  }

  /// The finished columns.
  func document(url: String?) -> RawDocument {
    var document = RawDocument(form: .html, url: url)
    document.signals = [.links, .markup]
    document.text = Array(UnsafeBufferPointer(start: text, count: textCount))
    document.rows = rows
    document.containers = containers
    document.tokens = tokens
    document.linkTexts = linkTexts
    return document
  }

  /// Stops the parser for good.
  mutating func stop() {
    isOverLimit = true
    if let parser { xmlStopParser(parser) }
  }
}
