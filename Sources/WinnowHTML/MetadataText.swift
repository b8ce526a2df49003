import WinnowCore

/// Makes plain text of what attributes and JSON-LD hold: references decoded, tags gone, spaces folded.
enum MetadataText {
  /// How much of a value is kept.
  struct Limit: Sendable {
    /// In scalars.
    let scalars: Int
    /// In bytes of UTF-8.
    let bytes: Int

    /// A limit in scalars.
    init(scalars: Int) {
      self.scalars = scalars
      bytes = scalars * 4
    }

    /// A limit in bytes.
    init(bytes: Int) {
      scalars = bytes
      self.bytes = bytes
    }

    /// Headlines, and whatever else is a line.
    static let line = Limit(scalars: 500)
    /// Names.
    static let name = Limit(scalars: 300)
    /// Descriptions.
    static let passage = Limit(scalars: 4_000)
    /// An article's text.
    static let body = Limit(bytes: 200_000)
  }

  /// The text of a value, empty when nothing is left.
  static func clean(_ value: String, _ limit: Limit) -> String {
    var value = value
    if value.withUTF8({ isClean($0, limit) }) { return value }
    var raw = value.withUTF8 { Array(UnsafeBufferPointer(rebasing: $0.prefix(limit.bytes * 8))) }
    // Texts are often escaped once more than the markup asks for, sometimes twice.
    for _ in 0..<2 where raw.contains(UInt8(ascii: "&")) {
      var decoded: [UInt8] = []
      decoded.reserveCapacity(raw.count)
      raw.withUnsafeBufferPointer { decodeReferences($0, into: &decoded) }
      raw = decoded
    }
    var folded: [UInt8] = []
    folded.reserveCapacity(raw.count)
    raw.withUnsafeBufferPointer { fold($0, limit, into: &folded) }
    return String(decoding: folded, as: UTF8.self)
  }

  /// Whether nothing of a value would change, for certain: most have neither tags nor references, and single spaces.
  private static func isClean(_ bytes: UnsafeBufferPointer<UInt8>, _ limit: Limit) -> Bool {
    guard let last = bytes.last, last != 0x20, bytes.count <= limit.bytes, bytes.count <= limit.scalars else {
      return false
    }
    var previous: UInt8 = 0x20
    for index in bytes.indices {
      let byte = bytes[index]
      if byte < 0x80 {
        let isPlain =
          byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "<") && byte != UInt8(ascii: "&")
          || byte == 0x20 && previous != 0x20
        guard isPlain else { return false }
      } else if byte == 0xC2 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF {
        // Spaces and signs without width start with these bytes.
        let length = sequenceLength(byte)
        guard index + length <= bytes.count, kind(bytes, at: index, length) == .text else { return false }
      }
      previous = byte
    }
    return true
  }

  // MARK: Folding

  private static func fold(
    _ bytes: UnsafeBufferPointer<UInt8>, _ limit: Limit, into text: inout [UInt8]
  ) {
    var index = 0
    var scalars = 0
    var spaceWanted = false
    while index < bytes.count, scalars < limit.scalars {
      let byte = bytes[index]
      if byte == UInt8(ascii: "<"), let end = endOfTag(bytes, at: index) {
        spaceWanted = spaceWanted || !isInlineTag(bytes, at: index)
        index = end
        continue
      }
      // Nearly all bytes are ASCII's letters within a word; each of them is a text of its own.
      if byte > 0x20, byte < 0x7F, !spaceWanted, text.count < limit.bytes {
        // As many as there are room and letters: byte by byte, the array is asked each time whether it is nobody
        // else's.
        var end = index + 1
        let most = index + min(bytes.count - index, limit.bytes - text.count, limit.scalars - scalars)
        while end < most, bytes[end] > 0x20, bytes[end] < 0x7F, bytes[end] != UInt8(ascii: "<") { end += 1 }
        text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[index..<end]))
        scalars += end - index
        index = end
        continue
      }
      if byte == 0x20 {
        spaceWanted = true
        index += 1
        continue
      }
      if spaceWanted, byte > 0x20, byte < 0x7F, text.count + 1 < limit.bytes {
        if !text.isEmpty {
          text.append(0x20)
          scalars += 1
        }
        // The word behind it as above; a limit may end the text here.
        spaceWanted = false
        text.append(byte)
        scalars += 1
        index += 1
        continue
      }
      let length = sequenceLength(byte)
      guard index + length <= bytes.count else { break }
      switch kind(bytes, at: index, length) {
      case .space: spaceWanted = true
      case .nothing: break
      case .text:
        let space = spaceWanted && !text.isEmpty
        guard text.count + length + (space ? 1 : 0) <= limit.bytes else { return }
        if space {
          text.append(0x20)
          scalars += 1
        }
        spaceWanted = false
        text.append(contentsOf: bytes[index..<index + length])
        scalars += 1
      }
      index += length
    }
  }

  private enum Kind { case space, nothing, text }

  private static func kind(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ length: Int) -> Kind {
    let byte = bytes[index]
    switch length {
    case 1: return byte <= 0x20 ? .space : byte == 0x7F ? .nothing : .text
    case 2 where byte == 0xC2:
      let next = bytes[index + 1]
      return next == 0xA0 || next == 0x85 ? .space : next == 0xAD || next < 0xA0 ? .nothing : .text
    case 3 where byte == 0xE2 && bytes[index + 1] == 0x80:
      switch bytes[index + 2] {
      // Spaces of fixed width, line and paragraph separators, the narrow no-break space.
      case 0x80...0x8A, 0xA8, 0xA9, 0xAF: return .space
      // Zero width space, marks of direction. The joiners are letters' business and stay.
      case 0x8B, 0x8E, 0x8F, 0xAA...0xAE: return .nothing
      default: return .text
      }
    case 3 where byte == 0xE3 && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80: return .space
    case 3 where byte == 0xEF && bytes[index + 1] == 0xBB && bytes[index + 2] == 0xBF: return .nothing
    default: return .text
    }
  }

  private static func sequenceLength(_ byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  // MARK: Tags

  /// Tags that formatted text has. Others stand for themselves: "The <canvas> element".
  private static let formatting: Set<String> = [
    "a", "abbr", "b", "big", "blockquote", "br", "center", "cite", "code", "del", "div", "em",
    "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "iframe", "img", "ins",
    "li", "mark", "o:p", "ol", "p", "pre", "q", "s", "script", "small", "span", "strike", "strong", "sub",
    "sup", "table", "tbody", "td", "th", "thead", "tr", "tt", "u", "ul", "wbr",
  ]
  private static let inline: Set<String> = [
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "mark", "q", "s", "small",
    "span", "strike", "strong", "sub", "sup", "tt", "u", "wbr",
  ]
  private static let longestTag = 2_000

  private static func name(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> String {
    var start = index + 1
    if start < bytes.count, bytes[start] == UInt8(ascii: "/") { start += 1 }
    var end = start
    while end < bytes.count, end < start + 12 {
      let byte = bytes[end] | 0x20
      guard byte.isASCIISmall || (0x30...0x3A).contains(bytes[end]) else { break }
      end += 1
    }
    return String(
      decoding: bytes[start..<end].lazy.map { $0.asciiSmall }, as: UTF8.self)
  }

  private static func isInlineTag(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    inline.contains(name(bytes, at: index))
  }

  private static func endOfTag(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    guard formatting.contains(name(bytes, at: index)) else { return nil }
    var end = index + 1
    while end < bytes.count, end < index + longestTag {
      if bytes[end] == UInt8(ascii: ">") { return end + 1 }
      if bytes[end] == UInt8(ascii: "<") { return nil }
      end += 1
    }
    return nil
  }

  // MARK: References

  /// Copies bytes with character references decoded; unknown ones stay.
  static func decodeReferences(_ bytes: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]) {
    guard let base = bytes.baseAddress else { return }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: HTMLEntities.longestOutput) { output in
      guard let scratch = output.baseAddress else { return }
      var index = 0
      while index < bytes.count {
        if bytes[index] == UInt8(ascii: "&") {
          let step = HTMLEntities.decode(
            base + index, count: bytes.count - index, inAttribute: true, into: scratch)
          if step.consumed > 0 {
            text.append(contentsOf: UnsafeBufferPointer(rebasing: output[..<step.written]))
            index += step.consumed
            continue
          }
        }
        var end = index + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "&") { end += 1 }
        text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[index..<end]))
        index = end
      }
    }
  }

  /// Appends a scalar's UTF-8; what is no scalar becomes U+FFFD.
  static func append(_ value: UInt32, to text: inout [UInt8]) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
