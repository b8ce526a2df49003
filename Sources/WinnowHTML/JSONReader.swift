import WinnowCore

/// Reads JSON as pages write it, in one pass over the bytes.
///
/// Besides JSON proper it takes raw control characters and stray quotes in strings, trailing and missing
/// commas, comments, `<!-- -->` and CDATA wrappers, unquoted names, and several values back to back.
struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var failed = false

  /// A reader of one text; the buffer has to outlive it.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The text without the escaping of a whole document as `{&quot;name&quot;:…}`.
  static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    var opener = 0
    while opener < bytes.count, bytes[opener] != UInt8(ascii: "{"), bytes[opener] != UInt8(ascii: "[") {
      opener += 1
    }
    while opener < bytes.count, bytes[opener] <= 0x20 || "[{".utf8.contains(bytes[opener]) { opener += 1 }
    guard opener < bytes.count, bytes[opener] == UInt8(ascii: "&") else { return bytes }
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    bytes.withUnsafeBufferPointer { MetadataText.decodeReferences($0, into: &plain) }
    return plain
  }

  /// Everything up to the end or the first fault.
  mutating func documents() -> [JSONValue] {
    var found: [JSONValue] = []
    while !failed {
      skipFiller(betweenDocuments: true)
      guard index < bytes.count else { break }
      guard bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "[") else {
        // Something like `var data = {…};`: nothing but an object or array is of use.
        index += 1
        continue
      }
      found.append(value(depth: 0))
    }
    return found
  }

  // MARK: Values

  private mutating func value(depth: Int) -> JSONValue {
    guard index < bytes.count else {
      failed = true
      return .null
    }
    switch bytes[index] {
    case UInt8(ascii: "{"):
      if depth < JSONValue.maximumDepth { return object(depth: depth + 1) }
      skipNested()
      return .null
    case UInt8(ascii: "["):
      if depth < JSONValue.maximumDepth { return array(depth: depth + 1) }
      skipNested()
      return .null
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return string(.value).map { .string($0) } ?? .null
    default: return scalar()
    }
  }

  private mutating func object(depth: Int) -> JSONValue {
    var members: [JSONValue.Member] = []
    index += 1
    while !failed {
      skipFiller()
      guard index < bytes.count else {
        failed = true
        break
      }
      let byte = bytes[index]
      if byte == UInt8(ascii: "}") {
        index += 1
        break
      }
      if byte == UInt8(ascii: ",") {
        index += 1
        continue
      }
      guard let name = name() else {
        failed = true
        break
      }
      skipFiller()
      guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else {
        failed = true
        break
      }
      index += 1
      skipFiller()
      members.append(JSONValue.Member(name, value(depth: depth)))
    }
    return .object(members)
  }

  private mutating func array(depth: Int) -> JSONValue {
    var elements: [JSONValue] = []
    index += 1
    while !failed {
      skipFiller()
      guard index < bytes.count else {
        failed = true
        break
      }
      switch bytes[index] {
      case UInt8(ascii: "]"):
        index += 1
        return .array(elements)
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "}"), UInt8(ascii: ":"): failed = true
      default: elements.append(value(depth: depth))
      }
    }
    return .array(elements)
  }

  private mutating func name() -> String? {
    if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") { return string(.name) }
    let start = index
    while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
    return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
  }

  private mutating func scalar() -> JSONValue {
    let start = index
    while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
    let word = String(decoding: bytes[start..<index], as: UTF8.self)
    switch word {
    case "true", "True": return .bool(true)
    case "false", "False": return .bool(false)
    case "null", "undefined", "None", "NaN": return .null
    default: break
    }
    if let first = word.utf8.first, first == UInt8(ascii: "-") || first.isASCIIDigit {
      return .number(word)
    }
    failed = true
    return .null
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "@"),
      UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  // MARK: Strings

  private enum Place { case name, value }

  /// The string that opens here, or nil with ``failed`` set when it never closes.
  private mutating func string(_ place: Place) -> String? {
    let quote = bytes[index]
    index += 1
    var text: [UInt8] = []
    var start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\") {
        text.append(contentsOf: bytes[start..<index])
        escape(into: &text)
        start = index
      } else if byte == quote, closes(at: index, place) {
        text.append(contentsOf: bytes[start..<index])
        index += 1
        return String(decoding: text, as: UTF8.self)
      } else {
        index += 1
      }
    }
    failed = true
    return nil
  }

  /// Whether the quote at `position` ends its string: something that may follow a string follows it.
  ///
  /// Looks ahead over two runs of white space at most, so that each byte is looked at a bounded number of
  /// times.
  private func closes(at position: Int, _ place: Place) -> Bool {
    var next = blanks(after: position + 1)
    guard next < bytes.count else { return true }
    switch bytes[next] {
    case UInt8(ascii: ":"): return place == .name
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return true
    case UInt8(ascii: "/"): return next + 1 < bytes.count && "/*".utf8.contains(bytes[next + 1])
    case UInt8(ascii: "\""):
      // A missing comma shows by a line end; without one it is a stray quote.
      return bytes[position + 1..<next].contains(0x0A)
    case UInt8(ascii: ","): break
    default: return false
    }
    next = blanks(after: next + 1)
    guard next < bytes.count else { return true }
    switch bytes[next] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "}"),
      UInt8(ascii: "]"), UInt8(ascii: "/"), UInt8(ascii: ","), UInt8(ascii: "-"), 0x30...0x39:
      return true
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
      return ["true", "false", "null"].contains { word in
        bytes[next..<min(bytes.count, next + word.utf8.count)].elementsEqual(word.utf8)
      }
    default: return false
    }
  }

  private func blanks(after position: Int) -> Int {
    var next = position
    while next < bytes.count, bytes[next] <= 0x20 { next += 1 }
    return next
  }

  private mutating func escape(into text: inout [UInt8]) {
    index += 1
    guard index < bytes.count else { return }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"), UInt8(ascii: "f"): text.append(0x20)
    case UInt8(ascii: "u"):
      guard var scalar = hexadecimal() else { return }
      if scalar & 0xFC00 == 0xD800, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
        bytes[index + 1] == UInt8(ascii: "u")
      {
        index += 2
        guard let low = hexadecimal() else { return }
        scalar = low & 0xFC00 == 0xDC00 ? 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF) : low
      }
      MetadataText.append(scalar, to: &text)
    default: text.append(byte)
    }
  }

  private mutating func hexadecimal() -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x57)
      default: return nil
      }
    }
    index += 4
    return value
  }

  // MARK: Filler

  /// Passes over an array or object that nests too deep, without recursion.
  private mutating func skipNested() {
    var open = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): open -= 1
      case UInt8(ascii: "\""):
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
      default: break
      }
      index = min(index + 1, bytes.count)
      if open == 0 { return }
    }
    index = bytes.count
    failed = true
  }

  /// Passes over white space, comments and the marks that once hid scripts from old browsers.
  private mutating func skipFiller(betweenDocuments: Bool = false) {
    while index < bytes.count {
      let byte = bytes[index]
      if byte <= 0x20 {
        index += 1
      } else if spells("//") {
        // `//<![CDATA[ {…}` on one line: what follows the mark counts.
        index += 2
        while index < bytes.count, bytes[index] != 0x0A, !spells("<![CDATA[") { index += 1 }
      } else if spells("/*") {
        index += 2
        while index < bytes.count, !spells("*/") { index += 1 }
        index = min(index + 2, bytes.count)
      } else if spells("<![CDATA[") {
        index += 9
      } else if spells("<!--") {
        index += 4
      } else if spells("-->") || spells("]]>") || spells("\u{FEFF}") {
        index += 3
      } else if spells("\u{A0}") {
        index += 2
      } else if betweenDocuments, byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",") {
        index += 1
      } else {
        return
      }
    }
  }

  private func spells(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index + length <= bytes.count else { return false }
    for offset in 0..<length where bytes[index + offset] != text.utf8Start[offset] { return false }
    return true
  }
}
