import WinnowCore

/// Facts about scalars that the layout of flat text turns on.
enum FlatScalar {
  enum Case { case none, lower, upper }

  /// Columns of a scalar on a terminal: 0, 1 or 2.
  @inline(__always)
  static func width(_ scalar: UInt32) -> Int {
    if scalar < 0x300 { return scalar == 0xAD ? 0 : 1 }
    return wideWidth(scalar)
  }

  private static func wideWidth(_ scalar: UInt32) -> Int {
    switch scalar {
    case 0x300...0x36F, 0x483...0x489, 0x591...0x5BD, 0x610...0x61A, 0x64B...0x65F, 0x6D6...0x6DC,
      0x900...0x902, 0x93C, 0x941...0x948, 0x94D, 0x981, 0x9BC, 0x9C1...0x9C4, 0x9CD, 0xE31,
      0xE34...0xE3A, 0xE47...0xE4E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x20D0...0x20F0,
      0xFE00...0xFE0F, 0xFEFF:
      return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default:
      return 1
    }
  }

  /// Bytes of the space at `index`, no-break, ideographic and invisible ones too; 0 for anything else.
  @inline(__always)
  static func spaceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ limit: Int) -> Int {
    let byte = bytes[index]
    if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { return 1 }
    if byte == 0xC2 { return index + 1 < limit && bytes[index + 1] == 0xA0 ? 2 : 0 }
    guard byte == 0xE2 || byte == 0xE3 || byte == 0xEF, index + 2 < limit else { return 0 }
    let second = bytes[index + 1]
    let third = bytes[index + 2]
    if byte == 0xE2 {
      if second == 0x80 { return third <= 0x8D || third == 0xAF ? 3 : 0 }
      return second == 0x81 && (third == 0x9F || third == 0xA0) ? 3 : 0
    }
    if byte == 0xE3 { return second == 0x80 && third == 0x80 ? 3 : 0 }
    return second == 0xBB && third == 0xBF ? 3 : 0
  }

  /// The first index from `start` on that is no space.
  static func skipSpaces(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end {
      let length = spaceLength(bytes, at: index, end)
      if length == 0 { break }
      index += length
    }
    return index
  }

  /// One past the last byte of a range that is no space.
  static func trimmedEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = end
    while index > start {
      var last = index - 1
      while last > start, bytes[last] & 0xC0 == 0x80, index - last < 4 { last -= 1 }
      if spaceLength(bytes, at: last, index) != index - last { break }
      index = last
    }
    return index
  }

  @inline(__always)
  static func isLetterByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte.isASCIILetter
  }

  /// Case of a letter; digits, signs and scripts without case give `none`.
  static func letterCase(_ scalar: UInt32) -> Case {
    if scalar < 0x80 {
      if scalar >= 0x61 && scalar <= 0x7A { return .lower }
      return scalar >= 0x41 && scalar <= 0x5A ? .upper : .none
    }
    if scalar > 0x2FF, scalar < 0x370 || (scalar > 0x58F && scalar < 0x1C80) || scalar > 0x2000 {
      return .none
    }
    switch scalar {
    // Latin-1 and Cyrillic: Unicode's tables need not be asked.
    case 0xDF...0xF6, 0xF8...0xFF, 0x430...0x45F: return .lower
    case 0xC0...0xD6, 0xD8...0xDE, 0x400...0x42F: return .upper
    default: break
    }
    guard let value = Unicode.Scalar(scalar) else { return .none }
    if value.properties.isLowercase { return .lower }
    return value.properties.isUppercase ? .upper : .none
  }

  /// Whether a line's text opens with a capital.
  static func opensUpperCase(_ bytes: UnsafeBufferPointer<UInt8>, _ line: FlatLine) -> Bool {
    guard line.text < line.end else { return false }
    return letterCase(UTF8Bytes.scalar(bytes, at: Int(line.text)).value ?? 0) == .upper
  }

  /// What a scalar with a space behind it opens at the start of a line.
  static func opener(_ scalar: UInt32) -> FlatLine.Opener {
    switch scalar {
    case 0x2A, 0xB7, 0x2022, 0x2023, 0x2043, 0x2219, 0x25A0, 0x25A1, 0x25AA, 0x25AB, 0x25B8, 0x25BA,
      0x25C6, 0x25C7, 0x25CB, 0x25CF, 0x25E6, 0x2605, 0x2606, 0x30FB:
      .bullet
    case 0x2B, 0x2D, 0x2013, 0x2014: .dash
    default: .none
    }
  }

  /// Whether lines are drawn of this sign.
  static func drawsRules(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2A, 0x2D, 0x3D, 0x5F, 0x7E, 0x23, 0x2012...0x2015, 0x2500...0x259F, 0x25AC: true
    default: false
    }
  }

  /// The scalar before `index` and where it starts; nil at the start.
  static func last(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ index: Int) -> (UInt32, Int)? {
    guard index > start else { return nil }
    var at = index - 1
    while at > start, bytes[at] & 0xC0 == 0x80, index - at < 4 { at -= 1 }
    return (UTF8Bytes.scalar(bytes, at: at).value ?? 0, at)
  }

  /// Whether a range ends with a sentence's end, closing quotation marks and brackets allowed.
  static func endsSentence(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var index = end
    for _ in 0..<4 {
      guard let (scalar, at) = last(bytes, start, index) else { return false }
      switch scalar {
      case 0x2E, 0x21, 0x3F, 0x2026, 0x3002, 0xFF01, 0xFF1F, 0xFF0E, 0x964, 0x6D4, 0x61F, 0x1362, 0x104B:
        return true
      case 0x22, 0x27, 0x29, 0x5D, 0x2019, 0x201C, 0x201D, 0xBB, 0xAB, 0xA0, 0x20, 0x300D, 0x300F, 0xFF09:
        index = at
      default:
        return false
      }
    }
    return false
  }

  static func endsComma(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
    guard let (scalar, _) = last(bytes, 0, end) else { return false }
    return scalar == 0x2C || scalar == 0x60C || scalar == 0x3001
  }

  static func endsHiragana(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
    guard let (scalar, _) = last(bytes, 0, end) else { return false }
    return (scalar >= 0x3041 && scalar <= 0x3096) || scalar == 0x3001
  }

  static func endsGuillemet(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
    end >= 2 && bytes[end - 2] == 0xC2 && bytes[end - 1] == 0xAB
  }

  /// Whether a range ends with an opening bracket or quotation mark.
  static func endsOpen(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard let (scalar, at) = last(bytes, start, end) else { return false }
    switch scalar {
    case 0x28, 0x5B, 0x201E, 0x300C, 0x300E, 0xFF08, 0x3010, 0xBF, 0xA1: return true
    case 0xAB, 0x201C, 0x2018, 0x22:
      return at > start && bytes[at - 1] == 0x20
    default: return false
    }
  }

  /// Whether both sides of a seam are signs of a script without spaces; Hangul has them.
  static func isWideSeam(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int, _ start: Int) -> Bool {
    guard let (before, _) = last(bytes, 0, end), start < bytes.count else { return false }
    let after = UTF8Bytes.scalar(bytes, at: start).value ?? 0
    return isUnspaced(before) && isUnspaced(after)
  }

  private static func isUnspaced(_ scalar: UInt32) -> Bool {
    scalar >= 0x2E80 && width(scalar) == 2 && !(scalar >= 0xAC00 && scalar <= 0xD7A3) && scalar < 0x30000
      && !(scalar >= 0x1F000 && scalar < 0x20000)
  }

  /// What the first signs of a line say about the line before.
  enum Opening { case other, punctuation, lowerCase, particle, apostrophe }

  /// Reads the first signs of a range.
  static func opensFragment(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Opening {
    guard start < end else { return .other }
    let (value, length) = UTF8Bytes.scalar(bytes, at: start)
    let scalar = value ?? 0
    let after = start + length
    let next = after < end ? UTF8Bytes.scalar(bytes, at: after).value ?? 0 : 0x20
    let loose = next <= 0x20 || next == 0xA0 || (next >= 0x21 && next < 0x30) || next == 0x3A || next == 0x3B
    switch scalar {
    case 0x2C, 0x3B, 0x29, 0x5D, 0x3001, 0x3002, 0xFF0C, 0xFF09, 0x300D, 0x300F, 0xFF1A, 0xFF1B, 0x60C:
      return .punctuation
    case 0x2D, 0x2013, 0x2014:
      // A dash inside a sentence: a lower-case word follows it.
      let word = skipSpaces(bytes, after, end)
      let isWord = word > after && word < end
      return isWord && letterCase(UTF8Bytes.scalar(bytes, at: word).value ?? 0) == .lower
        ? .lowerCase : .other
    case 0x2E, 0x21, 0x3F, 0x3A, 0x2026, 0x201D, 0xBB, 0x22, 0x201C, 0xFF01, 0xFF1F, 0x61F, 0x964:
      return loose ? .punctuation : .other
    case 0x2019, 0x27:
      return letterCase(next) == .lower ? .apostrophe : .other
    case 0xFF08:
      return .particle
    case 0x304C, 0x306F, 0x3092, 0x306B, 0x306E, 0x3078, 0x3068, 0x3082, 0x3067, 0x3084:
      return .particle
    default:
      if scalar == 0x68 || scalar == 0x77, opensAddress(bytes, start, end) { return .other }
      return letterCase(scalar) == .lower ? .lowerCase : .other
    }
  }

  /// Whether a line begins with a web address: no sentence goes on so.
  private static func opensAddress(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    func opens(_ sign: StaticString) -> Bool {
      let count = sign.utf8CodeUnitCount
      return sign.withUTF8Buffer { end - start > count && bytes[start..<start + count].elementsEqual($0) }
    }
    return opens("http://") || opens("https://") || opens("www.")
  }
}
