import WinnowCore
import WinnowText

/// How elements become containers and their attributes tokens.
extension HTMLReaderColumns {
  /// What an element's attributes say.
  struct Said {
    var marks: MarkupMarks = []
    var isHidden = false
    /// Hash of the name and of the class attribute's first bytes.
    var signature: UInt32 = 0
  }

  private static let classBytesOfSignature = 60
  private static let mostInlineTokens = 96

  /// The bytes of a value.
  @inline(__always)
  func value(_ attribute: HTMLAttribute) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: input + Int(attribute.start), count: Int(attribute.end) - Int(attribute.start))
  }

  /// An attribute of a start tag.
  @inline(__always)
  func attribute(_ name: HTMLAttributeName, of event: HTMLEvent) -> HTMLAttribute? {
    var index = Int(event.attributes)
    let end = index + Int(event.attributeCount)
    while index < end {
      if attributes[index].name == name { return attributes[index] }
      index += 1
    }
    return nil
  }

  /// The token hash of a start tag's name, and whether it has a hyphen.
  private mutating func nameHash(_ event: HTMLEvent) -> (hash: UInt32, hasHyphen: Bool) {
    var hash: UInt32 = 2_166_136_261
    var hasHyphen = false
    var index = Int(event.start) + 1
    while index < Int(event.end) {
      let byte = input[index]
      if byte <= 0x20 || byte == 0x3E || byte == 0x2F { break }
      if byte == 0x2D { hasHyphen = true }
      hash = (hash ^ UInt32(byte.asciiSmall)) &* 16_777_619
      index += 1
    }
    return (hash, hasHyphen)
  }

  /// Fills in what an element's name and place say, and makes it the container of its text.
  mutating func addContainer(
    _ event: HTMLEvent, _ container: inout ContainerRow, _ element: inout HTMLOpenElement
  ) {
    let name = nameHash(event)
    container.tag = event.tag.container
    if container.tag == .other, name.hasHyphen { container.tag = .custom }
    container.name = name.hash
    container.parent = element.container
    container.depth = containers[Int(element.container)].depth + 1
    container.subtreeEnd = Int32(truncatingIfNeeded: containers.count + 1)
    element.container = Int32(truncatingIfNeeded: containers.count)
  }

  /// A link that turns out to stand around blocks becomes a container.
  mutating func makeWrapContainer(_ element: inout HTMLOpenElement) {
    let place = Int(element.wrap)
    guard place > 0, place < stack.count, stack[place].event >= 0 else { return }
    let event = events[Int(stack[place].event)]
    var container = ContainerRow()
    var link = stack[place - 1]
    addContainer(event, &container, &link)
    container.tokenStart = Int32(truncatingIfNeeded: tokens.count)
    let said = read(event)
    container.tokenEnd = Int32(truncatingIfNeeded: tokens.count)
    container.signature = said.signature
    container.marks = said.marks.union(.link)
    if said.isHidden { container.marks.insert(.hidden) }
    containers.append(container)
    stack[place].flags.insert([.breaks, .container])
    for index in place..<stack.count {
      stack[index].container = link.container
      stack[index].wrap = -1
    }
    element.container = link.container
    element.wrap = -1
  }

  /// Takes a class attribute's value into a signature, whose only use is to be compared.
  private static func mix(_ signature: UInt32, _ value: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let start = UnsafeBufferPointer(rebasing: value[..<min(value.count, classBytesOfSignature)])
    let hash = WordHashes.whole(start)
    return (signature ^ UInt32(truncatingIfNeeded: hash ^ hash >> 32)) &* 16_777_619
  }

  /// Reads a start tag's attributes into marks and tokens: the block's for inline elements, else the page's.
  mutating func read(_ event: HTMLEvent, isInline: Bool = false) -> Said {
    var said = Said()
    var signature: UInt32 = 2_166_136_261 ^ UInt32(event.tag.rawValue)
    if event.tag == .unknown { signature ^= nameHash(event).hash }
    let rangeStart = isInline ? 0 : tokens.count
    let skipsTokens = isInline && blockTokens.count > Self.mostInlineTokens
    var index = Int(event.attributes)
    let end = index + Int(event.attributeCount)
    while index < end {
      let attribute = attributes[index]
      index += 1
      var bytes = value(attribute)
      switch attribute.name {
      case .className:
        if !bytes.isEmpty { signature = Self.mix(signature, bytes) }
      case .id, .itemprop, .testID, .component, .ariaLabel, .rel: break
      case .role: said.marks.formUnion(roleMarks(bytes))
      case .itemtype: bytes = UnsafeBufferPointer(rebasing: bytes[lastPathPart(bytes)...])
      case .hidden:
        said.isHidden = true
        continue
      case .ariaHidden:
        if equals(bytes, "true") { said.isHidden = true }
        continue
      case .style:
        if hides(bytes) { said.isHidden = true }
        continue
      default: continue
      }
      if skipsTokens { continue }
      if isInline {
        values.add(bytes, to: &blockTokens, from: rangeStart)
      } else {
        values.add(bytes, to: &tokens, from: rangeStart)
      }
    }
    said.signature = signature
    return said
  }

  /// Where the part after the last `/` or `#` starts.
  func lastPathPart(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var start = bytes.count
    while start > 0, bytes[start - 1] != 0x2F, bytes[start - 1] != 0x23 { start -= 1 }
    return start
  }

  private func roleMarks(_ bytes: UnsafeBufferPointer<UInt8>) -> MarkupMarks {
    if equals(bytes, "navigation") { return .nav }
    if equals(bytes, "main") { return .main }
    if equals(bytes, "banner") { return .header }
    if equals(bytes, "contentinfo") { return .footer }
    if equals(bytes, "complementary") { return .aside }
    if equals(bytes, "article") { return .article }
    if equals(bytes, "dialog") { return .dialog }
    return []
  }

  /// Whether bytes are a lower-case ASCII word, whatever their case.
  func equals(_ bytes: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    guard bytes.count == word.utf8CodeUnitCount else { return false }
    for index in 0..<bytes.count where bytes[index] | 0x20 != word.utf8Start[index] { return false }
    return true
  }

  /// Whether a style says `display: none` or `visibility: hidden`.
  private func hides(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      let letter = bytes[index] | 0x20
      let startsWord = index == 0 || bytes[index - 1] <= 0x20 || bytes[index - 1] == 0x3B
      if startsWord, letter == 0x64 || letter == 0x76 {
        if declares(bytes, index, "display", "none") { return true }
        if declares(bytes, index, "visibility", "hidden") { return true }
      }
      index += 1
    }
    return false
  }

  private func declares(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ property: StaticString, _ word: StaticString
  ) -> Bool {
    var index = start
    for place in 0..<property.utf8CodeUnitCount {
      guard index < bytes.count, bytes[index] | 0x20 == property.utf8Start[place] else { return false }
      index += 1
    }
    while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
    guard index < bytes.count, bytes[index] == 0x3A else { return false }
    index += 1
    while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
    for place in 0..<word.utf8CodeUnitCount {
      guard index < bytes.count, bytes[index] | 0x20 == word.utf8Start[place] else { return false }
      index += 1
    }
    return true
  }
}
