import WinnowCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One pass over a page's bytes before libxml2 sees it.
///
/// The pass follows the tokenizer of the HTML standard: comments, scripts, styles and their kin are cut,
/// JSON-LD is lifted out, and everything else becomes ``events``. Text and attributes stay where they are, as
/// ranges of the input; what libxml2 gets is the ``skeleton``: start and end tags without attributes and
/// without text. It decides the structure, and cannot misread what it does not see. Nor does it see elements
/// that are nested right beyond doubt: nothing would be left to decide, and on most pages that is most of them.
///
/// The time is linear in the input, whatever the input. Bytes are expected to be UTF-8, but any will do.
package struct HTMLPrescan: ~Copyable {
  /// An element that is open by the prescan's reckoning.
  struct Open {
    var key: UInt64
    /// Its start tag.
    var event: Int
    /// Where the skeleton goes on behind its start tag; -1 for an element that libxml2 may not keep open.
    var content: Int
    var tag: HTMLTag
    /// Whether libxml2 opens it where it stands, and ends nothing for it.
    var isInPlace: Bool
  }

  /// Longest name that goes to libxml2 as it is.
  static let longestName = 48
  /// Longest quoted value that may hold a `<`; longer ones are taken for a forgotten quotation mark.
  static let longestMarkupValue = 65_536
  /// The key of `p`.
  static let paragraph: UInt64 = 0x70
  /// The key of `dt`.
  static let term: UInt64 = 0x6474
  /// The key of `dd`.
  static let definition: UInt64 = 0x6464
  /// How far an end tag looks for its start tag.
  static let endTagReach = 256

  /// Tags for libxml2.
  private(set) var skeleton: UnsafeMutablePointer<UInt8>
  /// Bytes in ``skeleton``.
  package private(set) var skeletonCount = 0
  private var skeletonCapacity: Int
  /// What the page holds, in order.
  var events = PlainList<HTMLEvent>()
  /// The attributes of ``events``.
  var attributes = PlainList<HTMLAttribute>()
  /// Bodies of JSON-LD scripts, as ranges of the input.
  var jsonLD: [Range<Int>] = []
  /// Bodies of other scripts that are long enough to hold an article, as ranges of the input.
  var scripts: [Range<Int>] = []
  /// The shortest script that may, in bytes.
  static let fewestBytesOfData = 500
  /// The text of the first `title`, as a range of the input.
  var title: Range<Int>?
  /// The `lang` of the first `html` element.
  private(set) var language: HTMLAttribute?
  /// Whether the page has more elements and texts than allowed.
  private(set) var isOverLimit = false

  let table = HTMLTagTable.standard
  var input: UnsafePointer<UInt8>
  var count = 0
  private var open = PlainList<Open>()
  var tables: [Table] = []
  var isInHead = false
  /// Where the last end tag in the skeleton ends; -1 when there is none.
  private var lastEnd = -1
  var closings = [Memo](repeating: Memo(), count: 256)
  var doubleQuote = Memo()
  var singleQuote = Memo()
  private let maxDepth: Int
  private let maxEvents: Int

  /// A prescan that gives libxml2 at most `maxDepth` nested elements and stops after `maxEvents`.
  package init(maxDepth: Int, maxEvents: Int) {
    self.maxDepth = maxDepth
    self.maxEvents = maxEvents
    skeletonCapacity = 4096
    skeleton = .allocate(capacity: skeletonCapacity)
    input = UnsafePointer(skeleton)
  }

  deinit { skeleton.deallocate() }

  /// Scans a page; the results hold until the next scan, and the ranges refer to `page`.
  package mutating func scan(_ page: UnsafeBufferPointer<UInt8>) {
    reset()
    guard let base = page.baseAddress, page.count > 0 else { return }
    input = base
    count = page.count
    events.reserveCapacity(count / 64 + 16)
    attributes.reserveCapacity(count / 96 + 16)
    var index = 0
    var textStart = 0
    while let found = find(0x3C, from: index) {
      let next = found + 1 < count ? input[found + 1] : 0
      let end: Int
      if next.isASCIILetter {
        addText(textStart, found)
        end = startTag(at: found)
      } else if next == 0x2F {
        let first = found + 2 < count ? input[found + 2] : 0
        guard first != 0 || found + 2 < count else { break }
        addText(textStart, found)
        end = first.isASCIILetter ? endTag(at: found) : (find(0x3E, from: found + 2) ?? count - 1) + 1
      } else if next == 0x21 || next == 0x3F {
        addText(textStart, found)
        end = declarationEnd(found)
      } else {
        index = found + 1
        continue
      }
      index = min(end, count)
      textStart = index
      if events.count > maxEvents {
        isOverLimit = true
        return
      }
    }
    addText(textStart, count)
    while !tables.isEmpty { closeTable() }
  }

  private mutating func reset() {
    skeletonCount = 0
    events.removeAll()
    attributes.removeAll()
    jsonLD.removeAll(keepingCapacity: true)
    scripts.removeAll(keepingCapacity: true)
    open.removeAll()
    tables.removeAll(keepingCapacity: true)
    for index in closings.indices { closings[index] = Memo() }
    doubleQuote = Memo()
    singleQuote = Memo()
    title = nil
    language = nil
    isOverLimit = false
    isInHead = false
    lastEnd = -1
    count = 0
  }

  // MARK: Tags

  private mutating func startTag(at start: Int) -> Int {
    let name = readName(at: start + 1)
    var tag = table.tag(of: name.key)
    if tag == .image { tag = .img }
    let traits = tag.traits
    let firstAttribute = attributes.count
    guard let end = readAttributes(from: name.end, keeping: keepsAttributes(tag, traits)) else {
      attributes.removeLast(attributes.count - firstAttribute)
      return count
    }
    if traits.contains(.raw) { return rawElement(tag, start, end, firstAttribute) }
    var event = HTMLEvent(
      start: UInt32(start), end: UInt32(end), place: UInt32(skeletonCount), kind: .void, tag: tag)
    event.attributes = UInt32(firstAttribute)
    event.attributeCount = UInt16(truncatingIfNeeded: attributes.count - firstAttribute)
    if traits.contains(.void) {
      if tag == .img || tag == .br || tag == .hr || traits.contains(.fact) { events.append(event) }
      return end
    }
    if tag == .html || tag == .head || tag == .body {
      if tag == .html, language == nil {
        for index in firstAttribute..<attributes.count where attributes[index].name == .lang {
          language = attributes[index]
        }
      }
      attributes.removeLast(attributes.count - firstAttribute)
      isInHead = tag == .head
      return end
    }
    isInHead = false
    emit(&event, name, traits)
    return end
  }

  private func keepsAttributes(_ tag: HTMLTag, _ traits: HTMLTag.Traits) -> Bool {
    if traits.contains(.fact) || tag == .script || tag == .html || tag == .noscript { return true }
    return !traits.contains(.void) && !traits.contains(.raw) && !traits.contains(.drops)
  }

  /// Writes a start tag to the skeleton, unless the elements are nested too deep already.
  mutating func emit(_ event: inout HTMLEvent, _ name: Name, _ traits: HTMLTag.Traits) {
    if !tables.isEmpty { trackTable(event.tag, traits) }
    if traits.contains(.closesParagraph), open.last?.key == Self.paragraph { open.removeLast() }
    if traits.contains(.closesItself), open.last?.key == name.key { open.removeLast() }
    if event.tag == .dt || event.tag == .dd {
      endTerm(name, event)
      event.place = UInt32(skeletonCount)
    }
    guard open.count < maxDepth else {
      events.append(event)
      return
    }
    let isOdd = event.tag == .unknown && Self.isOdd(name.key)
    let isInPlace = !isOdd && isInPlace(event.tag, traits)
    event.kind = .open
    let before = skeletonCount
    reserve(name.length + Self.longestName)
    put(0x3C)
    putName(name)
    event.nameLength = UInt8(truncatingIfNeeded: skeletonCount - before - 1)
    put(0x3E)
    open.append(
      Open(
        key: name.key, event: events.count, content: isOdd ? -1 : skeletonCount, tag: event.tag,
        isInPlace: isInPlace))
    if event.tag == .table { tables.append(Table(event: events.count)) }
    events.append(event)
  }

  /// Whether libxml2 knows a name that ``HTMLTag`` does not: `isindex`, `frameset`, `multicol`.
  private static func isOdd(_ key: UInt64) -> Bool {
    key == 0x69_7369_6E64_6578 || key == 0x6672_616D_6573_6574 || key == 0x6D75_6C74_6963_6F6C
  }

  /// Whether libxml2 opens an element where it stands: nothing that is open ends where the element begins.
  private func isInPlace(_ tag: HTMLTag, _ traits: HTMLTag.Traits) -> Bool {
    guard let around = open.last else { return skeletonCount == 0 || traits.contains(.inline) && tag != .a }
    if traits.contains(.inline), tag != .a { return around.content >= 0 }
    // What libxml2 has open is certain only while it has seen nothing since that start tag.
    return around.content == skeletonCount && !around.tag.ends(before: tag)
  }

  /// Ends the `dt` or `dd` that another one follows: libxml2 does so only when the names differ.
  private mutating func endTerm(_ name: Name, _ event: HTMLEvent) {
    guard let last = open.last?.key else { return }
    if last == name.key {
      _ = emitClose(name, event.tag, Int(event.start), Int(event.start))
    } else if last == Self.term || last == Self.definition {
      open.removeLast()
    }
  }

  private mutating func endTag(at start: Int) -> Int {
    let name = readName(at: start + 2)
    guard let close = find(0x3E, from: name.end) else { return count }
    let tag = table.tag(of: name.key)
    if tag == .br {
      events.append(
        HTMLEvent(
          start: UInt32(start), end: UInt32(close + 1), place: UInt32(skeletonCount), kind: .void, tag: .br))
    } else if tag == .head {
      isInHead = false
    } else if !emitClose(name, tag, start, close + 1), tag == .p {
      // A lone `</p>` is an empty paragraph: it breaks the block all the same.
      addGap(start, close + 1, .p)
    }
    return close + 1
  }

  /// Writes an end tag to the skeleton, if it has something to end; tells whether it surely ends that.
  @discardableResult
  mutating func emitClose(_ name: Name, _ tag: HTMLTag, _ start: Int, _ end: Int) -> Bool {
    if !tables.isEmpty, tag == .table { closeTable() }
    let priority = tag.endPriority
    let floor = max(0, open.count - Self.endTagReach)
    var index = open.count - 1
    while index >= floor, open[index].key != name.key {
      if open[index].tag.endPriority > priority { return false }
      index -= 1
    }
    guard index >= floor else { return false }
    let isInnermost = index == open.count - 1
    let element = open[index]
    open.removeLast(open.count - index)
    if isInnermost, element.isInPlace, element.content == skeletonCount {
      leaveOut(element, tag, start, end)
      return true
    }
    reserve(name.length + Self.longestName)
    let before = skeletonCount
    put(0x3C)
    put(0x2F)
    putName(name)
    let length = skeletonCount - before - 2
    put(0x3E)
    var event = HTMLEvent(
      start: UInt32(start), end: UInt32(end), place: UInt32(skeletonCount), kind: .close, tag: tag)
    event.nameLength = UInt8(truncatingIfNeeded: length)
    events.append(event)
    lastEnd = skeletonCount
    return isInnermost
  }

  /// Takes an element out of the skeleton that ends where it should and holds nothing that is in it.
  private mutating func leaveOut(_ element: Open, _ tag: HTMLTag, _ start: Int, _ end: Int) {
    skeletonCount = Int(events[element.event].place)
    // For the same reason as before text; see `separate`.
    if skeletonCount == lastEnd { put(0x20) }
    events[element.event].place = UInt32(skeletonCount)
    events[element.event].kind = .enter
    events.append(
      HTMLEvent(
        start: UInt32(start), end: UInt32(end), place: UInt32(skeletonCount), kind: .leave, tag: tag))
  }

  // MARK: Output

  /// Notes something that libxml2 does not see but that keeps words or blocks apart.
  mutating func addGap(_ start: Int, _ end: Int, _ tag: HTMLTag) {
    events.append(
      HTMLEvent(
        start: UInt32(start), end: UInt32(end), place: UInt32(skeletonCount), kind: .void, tag: tag))
  }

  private mutating func addText(_ start: Int, _ end: Int) {
    guard end > start else { return }
    if let last = events.last, last.kind == .close { separate(last, start, end) }
    events.append(
      HTMLEvent(start: UInt32(start), end: UInt32(end), place: UInt32(skeletonCount), kind: .text))
    if !tables.isEmpty { countCell(start, end) }
  }

  /// Puts a space between an end tag and text after it.
  ///
  /// What follows then stands at another place, so that the reader can tell an element that the end tag ends
  /// from one that the next start tag ends: libxml2 does not say, and may ignore the end tag.
  private mutating func separate(_ last: HTMLEvent, _ start: Int, _ end: Int) {
    guard Int(last.place) == skeletonCount else { return }
    var index = start
    while index < end, input[index] <= 0x20 { index += 1 }
    guard index < end else { return }
    reserve(1)
    put(0x20)
  }

  private mutating func reserve(_ room: Int) {
    guard skeletonCount + room + 8 > skeletonCapacity else { return }
    let capacity = max(skeletonCapacity * 2, skeletonCount + room + 8)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: skeleton, count: skeletonCount)
    skeleton.deallocate()
    skeleton = larger
    skeletonCapacity = capacity
  }

  /// Adds an attribute of the tag that is being read.
  @inline(__always)
  mutating func addAttribute(_ attribute: HTMLAttribute) { attributes.append(attribute) }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    skeleton[skeletonCount] = byte
    skeletonCount += 1
  }

  /// Writes a name as libxml2 reads one; a very long one by its key.
  private mutating func putName(_ name: Name) {
    if name.start < 0 {
      put(0x70)
      put(0x72)
      put(0x65)
      return
    }
    if name.length > Self.longestName {
      put(0x78)
      var rest = name.key
      for _ in 0..<16 {
        put(0x61 + UInt8(truncatingIfNeeded: rest & 15))
        rest >>= 4
      }
      return
    }
    for index in name.start..<(name.start + name.length) {
      let byte = input[index]
      let lower = byte | 0x20
      if lower.isASCIISmall {
        put(lower)
      } else if byte &- 0x30 < 11 || byte == 0x2D || byte == 0x5F || byte == 0x2E {
        put(byte)
      } else {
        put(0x78)
      }
    }
  }
}
