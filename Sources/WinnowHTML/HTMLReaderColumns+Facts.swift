import WinnowCore
import WinnowText

/// What the page says about itself, collected on the way.
extension HTMLReaderColumns {
  private static let longestFact = 300
  private static let mostFacts = 10_000

  /// Properties of microdata and RDFa that can describe an article, lower-cased.
  private static let properties: Set<String> = [
    "headline", "alternativeheadline", "name", "author", "creator", "publisher", "datepublished",
    "datemodified", "datecreated", "articlesection", "keywords", "description", "inlanguage", "dateline",
  ]

  /// Path segments of addresses under which sites keep their authors' pages.
  private static let authorSegments = AddressWords.words("author").map { Array($0.utf8) }

  /// `rel` words of links that say nothing about the page's content.
  private static let plumbing: Set<String> = [
    "stylesheet", "preload", "prefetch", "dns-prefetch", "preconnect", "modulepreload", "icon",
    "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "manifest", "pingback", "shortcut",
    "search", "edituri", "wlwmanifest", "prerender", "https://api.w.org/",
  ]

  /// An attribute's value as a string: decoded, trimmed, white space folded.
  private func string(_ attribute: HTMLAttribute) -> String {
    let bytes = value(attribute)
    if Self.isPlain(bytes) { return String(decoding: bytes, as: UTF8.self) }
    return Self.folded(HTMLEntities.decodedAttribute(bytes))
  }

  /// Whether a value is, for certain, what it says: no reference in it, and no white space but single spaces within.
  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var wasSpace = true
    for byte in bytes {
      if byte < 0x20 || byte == 0x26 || byte == 0x20 && wasSpace { return false }
      wasSpace = byte == 0x20
    }
    return bytes.isEmpty || !wasSpace
  }

  /// A value as a string, with single spaces.
  private static func folded(_ bytes: [UInt8]) -> String {
    if isFolded(bytes) { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte > 0x20 {
        result.append(byte)
      } else if let last = result.last, last != 0x20 {
        result.append(0x20)
      }
    }
    if result.last == 0x20 { result.removeLast() }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether bytes have no white space but single spaces within: most have none other.
  private static func isFolded(_ bytes: [UInt8]) -> Bool {
    var wasSpace = true
    for byte in bytes {
      if byte < 0x20 || byte == 0x20 && wasSpace { return false }
      wasSpace = byte == 0x20
    }
    return bytes.isEmpty || !wasSpace
  }

  /// An attribute's value as a string of ASCII lower case.
  private func key(_ attribute: HTMLAttribute) -> String {
    let value = value(attribute)
    if Self.isPlain(value) {
      return String(unsafeUninitializedCapacity: value.count) { small in
        for (index, byte) in value.enumerated() {
          small.initializeElement(at: index, to: byte.asciiSmall)
        }
        return value.count
      }
    }
    var bytes = HTMLEntities.decodedAttribute(value)
    for index in bytes.indices where bytes[index].isASCIICapital { bytes[index] |= 0x20 }
    return Self.folded(bytes)
  }

  // MARK: Void elements

  /// A `meta` element.
  mutating func addMeta(_ event: HTMLEvent) {
    guard facts.metas.count < Self.mostFacts, let content = attribute(.content, of: event) else { return }
    let item = attribute(.itemprop, of: event)
    let name =
      attribute(.property, of: event) ?? attribute(.name, of: event) ?? item
      ?? attribute(.httpEquiv, of: event)
    guard let name else { return }
    let key = key(name)
    // Where a framework's helper for metadata is handed JSON-LD that it does not know, this becomes of it.
    if key == "script:ld+json" {
      facts.jsonLD.append(HTMLEntities.decodedAttribute(value(content)))
      return
    }
    let text = string(content)
    facts.metas.append(HeadFacts.Meta(key: key, content: text))
    if let item { addProperties(item, scope: top.scope, text, rows.count) }
  }

  /// A `link` element.
  mutating func addLink(_ event: HTMLEvent) {
    guard facts.links.count < Self.mostFacts, let href = attribute(.href, of: event) else { return }
    if let rel = attribute(.rel, of: event) {
      let words = key(rel)
      let first = words.utf8.prefix { $0 != 0x20 }
      if !Self.plumbing.contains(String(Substring(first))) {
        facts.links.append(HeadFacts.Link(rel: words, href: string(href)))
      }
    }
    if let item = attribute(.itemprop, of: event) {
      addProperties(item, scope: top.scope, string(href), rows.count)
    }
  }

  // MARK: Elements with text

  /// Notes an element whose text may be a fact once it ends; called before it is on the stack.
  mutating func noteFacts(_ event: HTMLEvent, _ element: inout HTMLOpenElement) {
    var isFact = event.tag == .time
    var index = Int(event.attributes)
    let end = index + Int(event.attributeCount)
    while index < end {
      let attribute = attributes[index]
      switch attribute.name {
      case .itemtype, .typeof: element.scope = Int32(truncatingIfNeeded: index)
      case .itemprop, .property: isFact = true
      case .rel, .href: if event.tag == .a, !isFact { isFact = namesAuthor(attribute) }
      default: break
      }
      index += 1
    }
    guard isFact else { return }
    element.flags.insert(.fact)
    openFacts.append(HTMLOpenFact(element: stack.count, textStart: textCount, block: rows.count))
  }

  /// Whether a link's `rel` or address names an author.
  private mutating func namesAuthor(_ attribute: HTMLAttribute) -> Bool {
    let bytes = value(attribute)
    guard bytes.count >= 6, bytes.count < 512 else { return false }
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x2F, bytes[end] > 0x20 { end += 1 }
      // Only whole words of `rel`, and segments of a path that something follows.
      let isSegment = attribute.name == .rel || (end + 1 < bytes.count && start > 0)
      if isSegment, end - start >= 5, end - start <= 12 {
        let word = UnsafeBufferPointer(rebasing: bytes[start..<end])
        if attribute.name == .rel {
          if equals(word, "author") { return true }
        } else if Self.isAuthorInitial(word[0]), Self.isAuthorSegment(word) {
          return true
        }
      }
      start = end + 1
    }
    return false
  }

  /// A cheap look before the set is asked: the letters that a segment opens with.
  private static let authorInitials: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for segment in authorSegments { if let first = segment.first { table[Int(first)] = true } }
    return table
  }()

  private static func isAuthorInitial(_ byte: UInt8) -> Bool { authorInitials[Int(byte | 0x20)] }

  private static func isAuthorSegment(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    authorSegments.contains { segment in
      guard segment.count == word.count else { return false }
      for (index, byte) in word.enumerated() {
        guard byte.asciiSmall == segment[index] else { return false }
      }
      return true
    }
  }

  /// Ends the fact of the innermost element.
  mutating func finishFacts() {
    guard let open = openFacts.last, open.element == stack.count - 1 else { return }
    openFacts.removeLast()
    let element = top
    guard element.event >= 0 else { return }
    let event = events[Int(element.event)]
    let from = min(open.textStart, textCount)
    let to = min(textCount, from + Self.longestFact)
    let text = Self.folded(Array(UnsafeBufferPointer(start: self.text + from, count: to - from)))
    let datetime = attribute(.datetime, of: event).map { string($0) }
    let item = attribute(.itemprop, of: event) ?? attribute(.property, of: event)
    let block = open.block
    if event.tag == .time, facts.times.count < Self.mostFacts {
      let value = datetime ?? text
      if !value.isEmpty {
        let classes = attribute(.className, of: event).map { words(of: key($0)) } ?? []
        facts.times.append(
          HeadFacts.Time(
            datetime: value, block: block, pubdate: attribute(.pubdate, of: event) != nil,
            itemprop: item.map { Self.localName(key($0)) },
            saysPublished: classes.contains("published"),
            saysUpdated: classes.contains("updated") || classes.contains("modified")))
      }
    }
    if let item {
      let declared = attribute(.content, of: event).map { string($0) } ?? datetime
      let isLink = event.tag != .a && text.isEmpty
      let href = isLink ? attribute(.href, of: event).map { string($0) } : nil
      addProperties(item, scope: element.scope, declared ?? href ?? text, block)
    }
    if event.tag == .a, !text.isEmpty, facts.authorLinks.count < Self.mostFacts {
      let byRel = attribute(.rel, of: event).map { namesAuthor($0) } ?? false
      if byRel || (attribute(.href, of: event).map { namesAuthor($0) } ?? false) {
        facts.authorLinks.append(HeadFacts.AuthorLink(text: text, block: block, byRel: byRel))
      }
    }
  }

  /// The words of class names: `entry-date updated` has three.
  private func words(of classes: String) -> [Substring] {
    classes.utf8.split { $0 == 0x20 || $0 == 0x2D || $0 == 0x5F }.map { Substring($0) }
  }

  /// Adds a value for each of the properties that an attribute names.
  private mutating func addProperties(_ names: HTMLAttribute, scope: Int32, _ value: String, _ block: Int) {
    guard !value.isEmpty, facts.itemprops.count < Self.mostFacts else { return }
    var type = ""
    if scope >= 0 {
      let bytes = self.value(attributes[Int(scope)])
      type = Self.folded(Array(bytes[lastPathPart(bytes)...]))
    }
    for word in key(names).utf8.split(separator: 0x20) {
      let name = Self.localName(String(word) ?? "")
      guard Self.properties.contains(name) else { continue }
      facts.itemprops.append(
        HeadFacts.ItemProperty(prop: name, itemtype: type, value: value, block: block))
    }
  }

  /// A property's name without prefix or vocabulary: `schema:author`, `https://schema.org/author`.
  private static func localName(_ name: String) -> String {
    let bytes = Array(name.utf8)
    var start = bytes.count
    while start > 0, bytes[start - 1] != 0x3A, bytes[start - 1] != 0x2F, bytes[start - 1] != 0x23 {
      start -= 1
    }
    return String(decoding: bytes[start...], as: UTF8.self)
  }

  /// The facts that the prescan found by itself.
  mutating func addPrescanned(
    title: Range<Int>?, language: HTMLAttribute?, jsonLD: [Range<Int>]
  ) {
    if let title {
      let range = UnsafeBufferPointer(start: input + title.lowerBound, count: title.count)
      facts.title = Self.folded(HTMLEntities.decodedText(range))
    }
    facts.htmlLang = language.map { string($0) }
    facts.jsonLD += jsonLD.map { Array(UnsafeBufferPointer(start: input + $0.lowerBound, count: $0.count)) }
  }

  /// The scripts' bodies.
  func bodies(of scripts: [Range<Int>]) -> [[UInt8]] {
    scripts.map { Array(UnsafeBufferPointer(start: input + $0.lowerBound, count: $0.count)) }
  }
}
