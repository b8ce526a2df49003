import WinnowCore

/// Character references left in text that has been through an HTML parser already.
enum LeftoverEntity {
  /// Longest name of the table, which has to fit the packed key.
  private static let longestName = 8

  /// The scalar of the reference whose `&` stands at `index`, and the bytes it takes.
  ///
  /// The `;` is required; `&amp;` may be repeated in front (`&amp;amp;quot;`). Control characters other
  /// than tab and newline, surrogates and noncharacters give nil.
  static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (scalar: UInt32, length: Int)? {
    var name = index + 1
    while bytes.spells("amp;", at: name) { name += 4 }
    if let (scalar, end) = reference(bytes, from: name) { return (scalar, end - index) }
    return name > index + 1 ? (0x26, name - index) : nil
  }

  /// The reference whose name or number starts at `start`, and the index behind its `;`.
  private static func reference(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (scalar: UInt32, end: Int)? {
    guard start < bytes.count else { return nil }
    if bytes[start] == UInt8(ascii: "#") { return number(bytes, from: start + 1) }
    var key: UInt64 = 0
    var index = start
    let limit = min(bytes.count, start + longestName + 1)
    while index < limit {
      let byte = bytes[index]
      if byte == UInt8(ascii: ";") {
        guard let scalar = scalars[key] else { return nil }
        return (scalar, index + 1)
      }
      guard byte.isASCIILetterOrDigit else { return nil }
      key = key << 8 | UInt64(byte)
      index += 1
    }
    return nil
  }

  private static func number(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (scalar: UInt32, end: Int)? {
    var index = start
    var radix: UInt32 = 10
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "x") {
      radix = 16
      index += 1
    }
    var value: UInt32 = 0
    let digits = index
    // Ten digits, leading zeros included, are more than any scalar needs.
    while index < bytes.count, index < digits + 10 {
      let byte = bytes[index]
      let digit: UInt32
      switch byte {
      case 0x30...0x39: digit = UInt32(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: digit = UInt32(byte | 0x20) - 0x57
      case 0x3B: return index > digits && isText(value) ? (value, index + 1) : nil
      default: return nil
      }
      guard digit < radix, value < 0x110000 else { return nil }
      value = value * radix + digit
      index += 1
    }
    if index < bytes.count, index > digits, bytes[index] == UInt8(ascii: ";"), isText(value) {
      return (value, index + 1)
    }
    return nil
  }

  private static func isText(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09, 0x0A: true
    case 0..<0x20, 0x7F, 0xD800...0xDFFF, 0xFDD0...0xFDEF: false
    default: scalar <= 0x10FFFF && scalar & 0xFFFE != 0xFFFE
    }
  }

  private static let scalars: [UInt64: UInt32] = {
    var table: [UInt64: UInt32] = [:]
    func add(_ name: some StringProtocol, _ scalar: UInt32) {
      var key: UInt64 = 0
      for byte in name.utf8 { key = key << 8 | UInt64(byte) }
      table[key] = scalar
    }
    for (offset, name) in latin1.split(separator: " ").enumerated() { add(name, 0xA0 + UInt32(offset)) }
    for (name, scalar) in others { add(name, scalar) }
    return table
  }()

  /// The names of U+00A0…U+00FF, in order.
  private static let latin1 = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 \
    sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc \
    Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve \
    Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute \
    acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde \
    ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
    """

  private static let others: [(String, UInt32)] = [
    ("lt", 0x3C), ("gt", 0x3E), ("quot", 0x22), ("apos", 0x27), ("OElig", 0x152), ("oelig", 0x153),
    ("Scaron", 0x160), ("scaron", 0x161), ("Yuml", 0x178), ("Zcaron", 0x17D), ("zcaron", 0x17E),
    ("ensp", 0x2002), ("emsp", 0x2003), ("thinsp", 0x2009), ("zwnj", 0x200C), ("zwj", 0x200D),
    ("ndash", 0x2013), ("mdash", 0x2014), ("lsquo", 0x2018), ("rsquo", 0x2019), ("sbquo", 0x201A),
    ("ldquo", 0x201C), ("rdquo", 0x201D), ("bdquo", 0x201E), ("dagger", 0x2020), ("bull", 0x2022),
    ("hellip", 0x2026), ("permil", 0x2030), ("prime", 0x2032), ("Prime", 0x2033), ("lsaquo", 0x2039),
    ("rsaquo", 0x203A), ("euro", 0x20AC), ("trade", 0x2122), ("larr", 0x2190), ("rarr", 0x2192),
    ("minus", 0x2212),
  ]
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether exactly these bytes stand at `index`.
  @inline(__always)
  func spells(_ text: StaticString, at index: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index + length <= count, text.hasPointerRepresentation else { return false }
    for offset in 0..<length where self[index + offset] != text.utf8Start[offset] { return false }
    return true
  }
}
