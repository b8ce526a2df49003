/// What the date reader knows of characters: decoding, digits, letters, and a folding that makes all spellings
/// of a month name one. It is narrower than the folding used for phrases: it drops dots and spaces as well.
enum DateFolding {
  /// The character at `position` and the bytes it takes; U+FFFD and 1 for malformed UTF-8.
  /// `position` must be inside `text`.
  @inline(__always)
  static func scalar(_ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> (value: UInt32, width: Int) {
    let first = text[position]
    if first < 0x80 { return (UInt32(first), 1) }
    return longScalar(text, position, first)
  }

  private static func longScalar(
    _ text: UnsafeBufferPointer<UInt8>, _ position: Int, _ first: UInt8
  ) -> (value: UInt32, width: Int) {
    let width: Int
    var value: UInt32
    switch first {
    case 0xC2...0xDF: (width, value) = (2, UInt32(first & 0x1F))
    case 0xE0...0xEF: (width, value) = (3, UInt32(first & 0x0F))
    case 0xF0...0xF4: (width, value) = (4, UInt32(first & 0x07))
    default: return (0xFFFD, 1)
    }
    guard position + width <= text.count else { return (0xFFFD, 1) }
    for offset in 1..<width {
      let next = text[position + offset]
      guard next & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | UInt32(next & 0x3F)
    }
    return (value, width)
  }

  /// The start of the character that ends before `position`, which must be greater than 0.
  static func before(_ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> Int {
    var start = position - 1
    while start > 0, position - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// The value of a decimal digit of any script in use on pages; `nil` for anything else.
  @inline(__always)
  static func digit(_ scalar: UInt32) -> Int? {
    if scalar < 0x80 { return scalar >= 48 && scalar <= 57 ? Int(scalar) - 48 : nil }
    return nativeDigit(scalar)
  }

  private static func nativeDigit(_ scalar: UInt32) -> Int? {
    let zero: UInt32
    switch scalar {
    case 0x0660...0x0669: zero = 0x0660
    case 0x06F0...0x06F9: zero = 0x06F0
    case 0x0966...0x096F, 0x09E6...0x09EF, 0x0A66...0x0A6F, 0x0AE6...0x0AEF, 0x0B66...0x0B6F,
      0x0BE6...0x0BEF, 0x0C66...0x0C6F, 0x0CE6...0x0CEF, 0x0D66...0x0D6F:
      // The blocks of these scripts are 128 wide, and in each the digits begin at the same place.
      zero = scalar & ~0x7F | 0x66
    case 0x0E50...0x0E59: zero = 0x0E50
    case 0x0ED0...0x0ED9: zero = 0x0ED0
    case 0x1040...0x1049: zero = 0x1040
    case 0x17E0...0x17E9: zero = 0x17E0
    case 0xFF10...0xFF19: zero = 0xFF10
    default: return nil
    }
    return Int(scalar - zero)
  }

  /// Whether the character is white space or an invisible mark such as a direction mark.
  @inline(__always)
  static func isSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x09...0x0D, 0xA0, 0xAD, 0x061C, 0x1680, 0x2000...0x200B, 0x200E, 0x200F, 0x2028...0x202F,
      0x205F...0x2069, 0x3000, 0xFEFF:
      true
    default: false
    }
  }

  /// Whether the character belongs to a word: letters, their marks, and the superior letters of ordinals.
  static func isLetter(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return (scalar | 0x20) >= 0x61 && (scalar | 0x20) <= 0x7A }
    if isSpace(scalar) || digit(scalar) != nil { return false }
    switch scalar {
    case 0xAA, 0xB5, 0xBA: return true
    case 0x80...0xBF, 0xD7, 0xF7, 0x037E, 0x0387, 0x05BE, 0x05C0, 0x05C3, 0x05C6, 0x060C, 0x061B, 0x061F,
      0x066A...0x066D, 0x06D4, 0x0964, 0x0965, 0x0E3F, 0x0E5A, 0x0E5B, 0x104A...0x104F, 0x17D4...0x17DB,
      0x200D...0x2BFF, 0x2E00...0x2E7F, 0x3001...0x3004, 0x3006...0x3030, 0x30FB, 0xFE10...0xFE1F,
      0xFE30...0xFE6F, 0xFF01...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65, 0xFFE0...0xFFFF,
      0x1F000...0x1FAFF:
      return false
    default: return true
    }
  }

  /// Whether the character is of a script that writes words without spaces or joins them to numbers: Han, kana
  /// and hangul. Such words are looked up by their longest known beginning.
  static func isEastAsian(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x1100...0x11FF, 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// The folded character: lower case, without accent or vowel points, Arabic and Persian letters made one;
  /// 0 for a character that does not count (dots, spaces, combining marks).
  static func fold(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 {
      if scalar >= 0x41 && scalar <= 0x5A { return scalar | 0x20 }
      return (scalar >= 0x61 && scalar <= 0x7A) || (scalar >= 0x30 && scalar <= 0x39) ? scalar : 0
    }
    let small = lower(scalar)
    switch small {
    case 0xAA: return 0x61
    case 0xBA: return 0x6F
    case 0xC0...0x17F: return latinBase(small)
    case 0x0218...0x021B: return small < 0x021A ? 0x73 : 0x74
    case 0x01A1: return 0x6F
    case 0x01B0: return 0x75
    case 0x0300...0x036F, 0x0591...0x05C7, 0x05F3, 0x05F4, 0x0610...0x061A, 0x064B...0x065F, 0x0670, 0x0640,
      0x0654, 0x093C, 0x0970, 0x09BC, 0x200B...0x200F, 0x2018, 0x2019:
      return 0
    case 0x03AC...0x03CE, 0x0390: return greekBase(small)
    case 0x0439, 0x0456, 0x0457, 0x045D: return 0x0438
    case 0x0451, 0x0450: return 0x0435
    case 0x045E: return 0x0443
    case 0x0491: return 0x0433
    case 0x0622, 0x0623, 0x0625, 0x0671: return 0x0627
    case 0x0624: return 0x0648
    case 0x0649, 0x0626, 0x06CC: return 0x064A
    case 0x06A9: return 0x0643
    case 0x0629, 0x06C0, 0x06C1, 0x06BE, 0x06C2: return 0x0647
    case 0x0958: return 0x0915
    case 0x0959: return 0x0916
    case 0x095A: return 0x0917
    case 0x095B: return 0x091C
    case 0x095C: return 0x0921
    case 0x095D: return 0x0922
    case 0x095E: return 0x092B
    case 0x095F: return 0x092F
    case 0x09DC: return 0x09A1
    case 0x09DD: return 0x09A2
    case 0x09DF: return 0x09AF
    case 0x1EA0...0x1EF9: return vietnameseBase(small)
    case 0xFF41...0xFF5A: return small - 0xFEE0
    default: return isLetter(small) ? small : 0
    }
  }

  /// The lower-case form of a Latin, Greek or Cyrillic letter; any other character as it is.
  static func lower(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x41...0x5A: return scalar | 0x20
    case 0xC0...0xD6, 0xD8...0xDE: return scalar + 0x20
    case 0x0130: return 0x69
    case 0x0100...0x0137, 0x014A...0x0177, 0x0218...0x021B, 0x0490...0x0491, 0x1EA0...0x1EF9:
      return scalar | 1
    case 0x0139...0x0148, 0x0179...0x017E: return scalar & 1 == 1 ? scalar + 1 : scalar
    case 0x0178: return 0xFF
    case 0x01A0, 0x01AF: return scalar + 1
    case 0x0386: return 0x03AC
    case 0x0388...0x038A: return scalar + 37
    case 0x038C: return 0x03CC
    case 0x038E, 0x038F: return scalar + 63
    case 0x0391...0x03AB: return scalar + 0x20
    case 0x0400...0x040F: return scalar + 0x50
    case 0x0410...0x042F: return scalar + 0x20
    case 0xFF21...0xFF3A: return scalar + 0x20
    default: return scalar
    }
  }

  /// Base letters of the small letters U+00E0…U+017F, `?` where a letter has none.
  private static let latin: [UInt8] = Array(
    ("aaaaaaaceeeeiiiidnooooo?ouuuuypy"  // U+00E0
      + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"  // U+0100
      + "lllnnnnnnnnnoooooooorrrrrrssssss"  // U+0140
      + "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8)

  private static func latinBase(_ scalar: UInt32) -> UInt32 {
    if scalar < 0xE0 { return scalar == 0xDF ? 0x73 : scalar }
    let index = scalar < 0x100 ? Int(scalar) - 0xE0 : Int(scalar) - 0x100 + 32
    return index < latin.count ? UInt32(latin[index]) : scalar
  }

  private static func greekBase(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x03AC: 0x03B1
    case 0x03AD: 0x03B5
    case 0x03AE: 0x03B7
    case 0x03AF, 0x03CA, 0x0390: 0x03B9
    case 0x03CC: 0x03BF
    case 0x03CD, 0x03CB, 0x03B0: 0x03C5
    case 0x03CE: 0x03C9
    case 0x03C2: 0x03C3
    default: scalar
    }
  }

  private static func vietnameseBase(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case ...0x1EB7: 0x61
    case ...0x1EC7: 0x65
    case ...0x1ECB: 0x69
    case ...0x1EE3: 0x6F
    case ...0x1EF1: 0x75
    default: 0x79
    }
  }
}
