import WinnowCore

/// Words and keys of short values, for comparing what several places of a page say.
enum FieldText {
  /// A letter that belongs to no pair of capital and small letter: Arabic, Hebrew, Devanagari, Thai, Han…
  static func isCaseless(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return false }
    // Georgian has capitals in Unicode that nobody writes at the start of a name.
    if (0x10D0...0x10FF).contains(scalar.value) { return true }
    return scalar.properties.isAlphabetic && !scalar.properties.isUppercase
      && !scalar.properties.isLowercase && !isTitle(scalar)
  }

  /// A capital or title-case letter.
  static func isCapital(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? scalar.value &- 0x41 < 26 : scalar.properties.isUppercase || isTitle(scalar)
  }

  /// A small letter of a script with capitals.
  static func isSmall(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? scalar.value &- 0x61 < 26 : scalar.properties.isLowercase && !(0x10D0...0x10FF).contains(scalar.value)
  }

  /// Capitals straight behind so many small letters or more: where a converter may have glued two words.
  static func glueCapitals<Text: Collection<Unicode.Scalar>>(in text: Text, behind least: Int) -> [Text.Index]
  {
    var small = 0
    var found: [Text.Index] = []
    // By the way of the collection itself: its indices would be looked up one by one.
    var index = text.startIndex
    for scalar in text {
      if small >= least, isCapital(scalar) { found.append(index) }
      small = isSmall(scalar) ? small + 1 : 0
      text.formIndex(after: &index)
    }
    return found
  }

  private static func isTitle(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .titlecaseLetter
  }

  /// A letter or a mark on one.
  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return (0x61...0x7A).contains(scalar.value | 0x20) }
    if scalar.properties.isAlphabetic { return true }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark: return true
    default: return scalar.value == 0x200C || scalar.value == 0x200D
    }
  }

  /// A decimal digit of any script.
  static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? (0x30...0x39).contains(scalar.value) : scalar.properties.generalCategory == .decimalNumber
  }

  /// Han, Kana and the like: written without spaces, so that each character counts as a word.
  static func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3005...0x3007, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// A Korean syllable.
  static func isHangul(_ scalar: Unicode.Scalar) -> Bool { (0xAC00...0xD7A3).contains(scalar.value) }

  /// Thai, Lao, Khmer, Burmese: letters of words that run together.
  static func isSpaceless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: true
    default: isIdeographic(scalar)
    }
  }

  /// Small letters and digits by words; quotes, dashes and all other signs only part words, apostrophes
  /// do not even that. Characters of scripts without spaces are words of their own.
  static func words(_ text: String) -> [String] {
    var text = text
    if let words = text.withUTF8(plainWords) { return words }
    var words: [String] = []
    var word = String.UnicodeScalarView()
    func close() {
      if !word.isEmpty { words.append(String(word)) }
      word.removeAll()
    }
    for scalar in text.unicodeScalars {
      if isSpaceless(scalar) {
        close()
        words.append(String(scalar))
      } else if isLetter(scalar) || isDigit(scalar) {
        appendSmall(scalar, to: &word)
      } else if scalar != "'" && scalar != "\u{2019}" && scalar != "\u{2BC}" {
        close()
      }
    }
    close()
    return words
  }

  /// The same for ASCII; `nil` when there is something else.
  private static func plainWords(_ bytes: UnsafeBufferPointer<UInt8>) -> [String]? {
    for byte in bytes where byte >= 0x80 { return nil }
    var words: [String] = []
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { word in
      var count = 0
      func close() {
        if count > 0 {
          words.append(String(decoding: UnsafeBufferPointer(rebasing: word[..<count]), as: UTF8.self))
        }
        count = 0
      }
      for byte in bytes {
        if byte.isASCIILetter {
          word.initializeElement(at: count, to: byte | 0x20)
          count += 1
        } else if byte.isASCIIDigit {
          word.initializeElement(at: count, to: byte)
          count += 1
        } else if byte != 0x27 {
          close()
        }
      }
      close()
    }
    return words
  }

  /// Adds a letter in its small form.
  static func appendSmall(
    _ scalar: Unicode.Scalar, to text: inout some RangeReplaceableCollection<Unicode.Scalar>
  ) {
    if scalar.isASCII {
      text.append(scalar.value &- 0x41 < 26 ? Unicode.Scalar(UInt8(scalar.value | 0x20)) : scalar)
    } else if !isWithoutCase(scalar), scalar.properties.changesWhenLowercased {
      text.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
    } else {
      text.append(scalar)
    }
  }

  /// Small letters of Latin-1 and Cyrillic, and scripts without capitals: Unicode's tables need not be asked.
  static func isWithoutCase(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xDF...0xFF, 0x430...0x45F, 0x590..<0x10A0, 0x1100..<0x13A0, 0x2E80..<0xA640, 0xAC00..<0xD7B0: true
    default: false
    }
  }

  /// White space; Unicode's tables are asked of what may be some.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x09...0x0D: true
    case 0..<0x85, 0xA1..<0x1680, 0x3001...: false
    default: scalar.properties.isWhitespace
    }
  }

  /// Whether ``words(_:)`` finds any.
  static func hasWords(_ text: String) -> Bool {
    text.utf8.contains { $0.isASCIILetterOrDigit } || !words(text).isEmpty
  }

  /// The key between spaces, in which whole words are found by their keys between spaces.
  static func spaced(_ text: String) -> String { " \(key(text)) " }

  /// The words with single spaces: equal keys mean equal values.
  static func key(_ text: String) -> String {
    var text = text
    if let key = text.withUTF8(plainKey) { return key }
    return words(text).joined(separator: " ")
  }

  /// The same for ASCII, without a string for each word; `nil` when there is something else.
  private static func plainKey(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    for byte in bytes where byte >= 0x80 { return nil }
    // A space is written for bytes that part two words, so that a key is no longer than its text.
    return String(unsafeUninitializedCapacity: bytes.count) { key in
      var count = 0
      var isParted = false
      for byte in bytes {
        let isLetter = byte.isASCIILetter
        if isLetter || byte.isASCIIDigit {
          if isParted, count > 0 {
            key.initializeElement(at: count, to: 0x20)
            count += 1
          }
          isParted = false
          key.initializeElement(at: count, to: isLetter ? byte | 0x20 : byte)
          count += 1
        } else if byte != 0x27 {
          isParted = true
        }
      }
      return count
    }
  }

  /// The pieces of a text between bytes of ASCII that part it, none of them empty.
  ///
  /// A string's own `split` walks scalar by scalar and counts a reference for each piece.
  @inline(__always)
  static func pieces(_ text: String, where isBetween: (UInt8) -> Bool) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      var pieces: [String] = []
      var start = 0
      for end in 0...bytes.count where end == bytes.count || isBetween(bytes[end]) {
        if end > start {
          pieces.append(
            String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self))
        }
        start = end + 1
      }
      return pieces
    }
  }

  /// The words without spaces, Latin letters without accents: comparable with a host name.
  static func squeezed(_ text: String, umlautsAsTwo: Bool = false) -> String {
    var result = ""
    for scalar in words(text).joined().unicodeScalars {
      switch scalar.value {
      case 0xE4 where umlautsAsTwo: result += "ae"
      case 0xF6 where umlautsAsTwo: result += "oe"
      case 0xFC where umlautsAsTwo: result += "ue"
      case 0xDF: result += "ss"
      case 0xE0...0xFF: result.append(latinBases[Int(scalar.value - 0xE0)])
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// U+00E0…U+00FF without accents.
  private static let latinBases = Array("aaaaaaaceeeeiiiidnooooo/ouuuuyty")

  /// How far a text is long enough to be a headline: words, characters without spaces counting half.
  static func length(_ text: String) -> Int {
    var halves = 0
    for word in words(text) {
      halves += word.unicodeScalars.first.map(isSpaceless) == true ? 1 : 2
    }
    return halves / 2
  }

  /// White space folded and the ends trimmed.
  static func folded(_ text: String) -> String {
    var text = text
    if text.withUTF8(isFolded) { return text }
    return split(text)
  }

  private static func split(_ text: String) -> String {
    text.unicodeScalars.split(whereSeparator: isSpace).map { String($0) }.joined(separator: " ")
  }

  /// Whether a text has, for certain, no white space but single spaces within.
  private static func isFolded(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last, first > 0x20, last > 0x20 else { return false }
    var previous: UInt8 = 0
    for byte in bytes {
      // Spaces beyond ASCII start with these bytes.
      if byte < 0x20 || byte == 0x20 && previous == 0x20 || byte == 0xC2 || byte &- 0xE1 < 3 { return false }
      previous = byte
    }
    return true
  }

  /// Without the given signs at both ends.
  static func trimmed(_ text: String, of signs: Set<Unicode.Scalar>) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last else { return text }
    if first.isASCIILetter, last.isASCIILetter { return text }
    return trimmedSlowly(text, of: signs)
  }

  private static func trimmedSlowly(_ text: String, of signs: Set<Unicode.Scalar>) -> String {
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, isSpace(first) || signs.contains(first) {
      scalars.removeFirst()
    }
    while let last = scalars.last, isSpace(last) || signs.contains(last) {
      scalars.removeLast()
    }
    return String(scalars)
  }

  /// Whether a text has another in it, byte for byte: a comparison of characters takes twenty times as long.
  static func holds(_ text: String, _ part: String) -> Bool {
    var (text, part) = (text, part)
    return text.withUTF8 { text in
      part.withUTF8 { part in
        text.holds(part)
      }
    }
  }
}
