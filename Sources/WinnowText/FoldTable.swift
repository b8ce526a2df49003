import CWinnowData

/// What single characters fold to: generated tables for the scripts with case or marks, a few cases
/// for the rest.
struct FoldTable {
  /// Folded values from here stand for entries of `expansions` and for the two strings below, until
  /// `expansionEnd`; these values are private-use scalars.
  static let expansionBase: UInt32 = 0xE000
  static let expansionEnd: UInt32 = 0xE040
  /// "..."
  static let ellipsis: UInt32 = 0xE041
  /// Lam and alef.
  static let lamAlef: UInt32 = 0xE042

  let expansions = winnow_fold_expansions()
  private let low = winnow_fold_bmp()
  private let arabicA = winnow_fold_arabic_a()
  private let arabicB = winnow_fold_arabic_b()

  /// For each byte that needs no thought what it folds to, for all others 0.
  static let ascii: [UInt8] = {
    let table = FoldTable()
    return (0..<256).map { byte in
      let scalar = UInt32(byte)
      // A colon takes the space before it away.
      guard byte > 0x20, byte < 0x7F, byte < 0x30 || byte > 0x39, byte != 0x3A, !isDecoration(scalar) else {
        return 0
      }
      return UInt8(truncatingIfNeeded: table.fold(scalar))
    }
  }()

  /// The folded scalar, 0 to drop it, or one of the special values.
  @inline(__always)
  func fold(_ scalar: UInt32) -> UInt32 {
    if scalar < UInt32(WINNOW_FOLD_LIMIT) { return UInt32(low[Int(scalar)]) }
    switch scalar {
    case 0x2000..<0x2070: return Self.punctuation(scalar)
    case 0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xFEFF, 0xFFFC, 0xE0000...0xE01EF: return 0
    case 0x2212, 0x2E3A, 0x2E3B, 0xFE58, 0xFE63: return 0x2D
    case 0x2215: return 0x2F
    case 0x3000: return 0x20
    case 0x301D...0x301F: return 0x22
    case Self.expansionBase...Self.lamAlef: return 0xFFFD
    case 0xFB00...0xFB06, 0xFB50...0xFBFF, 0xFE70...0xFEFE: return presentationForm(scalar)
    case 0xFF01...0xFF5E: return UInt32(low[Int(scalar - 0xFEE0)])
    default: return scalar
    }
  }

  private static func punctuation(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F: 0x20
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F: 0
    case 0x2010...0x2015: 0x2D
    case 0x2018...0x201B, 0x2032, 0x2035, 0x2039, 0x203A: 0x27
    case 0x201C...0x201F, 0x2033, 0x2036: 0x22
    case 0x2024: 0x2E
    case 0x2026: ellipsis
    case 0x2044: 0x2F
    default: scalar
    }
  }

  private func presentationForm(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0xFEF5...0xFEFC: return Self.lamAlef
    case 0xFB50...0xFBFF: return letter(arabicA, scalar, 0xFB50)
    case 0xFE70...0xFEFE: return letter(arabicB, scalar, 0xFE70)
    // The ligatures ff, fi, fl, ffi, ffl, st, st are the first entries of `expansions`.
    default: return Self.expansionBase + scalar - 0xFB00
    }
  }

  private func letter(_ table: UnsafePointer<UInt16>, _ scalar: UInt32, _ first: UInt32) -> UInt32 {
    let letter = UInt32(table[Int(scalar - first)])
    return letter == 0 ? scalar : letter
  }

  /// Whether a character at the edge of a block only decorates it: bullets, arrows, rules, separators,
  /// angle quotes, pictographs.
  @inline(__always)
  static func isDecoration(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 {
      switch UInt8(truncatingIfNeeded: scalar) {
      case UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "|"),
        UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "_"), UInt8(ascii: "~"),
        UInt8(ascii: "\\"):
        return true
      default:
        return false
      }
    }
    switch scalar {
    case 0xA6, 0xAB, 0xB7, 0xBB: return true
    case 0..<0x2000: return false
    case 0x2022, 0x2023, 0x2027, 0x2039, 0x203A, 0x2043, 0x204C, 0x204D, 0x2190...0x21FF: return true
    case 0x2219, 0x22C5, 0x2300...0x23FF, 0x2500...0x27BF, 0x2900...0x297F, 0x2B00...0x2BFF: return true
    case 0x30FB, 0xFF65, 0xFFFD, 0x1F000...0x1FAFF: return true
    default: return false
    }
  }

  /// Whether two scalars stand for certain among the letters from Latin to Greek Extended, none of which decorates.
  @inline(__always)
  static func areLetters(_ first: UInt32, _ second: UInt32) -> Bool {
    first &- 0xC0 < 0x1F40 && second &- 0xC0 < 0x1F40
  }

  /// Whether a folded scalar continues a word.
  static func isLetterOrDigit(_ folded: UInt32) -> Bool {
    switch folded {
    case 0x30...0x39, 0x61...0x7A, 0xC0..<0x2000, expansionBase..<expansionEnd, lamAlef: true
    case 0x2C00...0x2DFF, 0x3005...0x3007, 0x3040...0xD7FF, 0xF900...0xFDFF: true
    default: false
    }
  }
}
