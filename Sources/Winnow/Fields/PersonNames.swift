import WinnowCore

/// Tells people's names from other short texts by the shape of their words; holds no names.
enum PersonNames {
  /// Whether the words are the name of one person: two to four words with capitals, or a name of a script
  /// without capitals.
  static func matches(_ words: some Collection<NameWord>) -> Bool {
    guard !words.isEmpty, words.count <= 7 else { return false }
    var union: NameWord.Traits = []
    var common = NameWord.Traits(rawValue: .max)
    for word in words {
      union.formUnion(word.traits)
      common.formIntersection(word.traits)
    }
    guard !union.contains(.stranger), union.contains(.hasLetter) else { return false }
    if common.contains(.ideographic) { return isIdeographicName(words.map { Array($0.text.unicodeScalars) }) }
    if common.contains(.hangul) { return isKoreanName(words.map(\.count)) }
    guard words.count >= 2, common.contains(.spelt) else { return false }
    if words.first(where: { $0.traits.contains(.hasLetter) })?.traits.contains(.opensCaseless) == true {
      return words.count <= 4 && union.isDisjoint(with: [.hasCapital, .hasSmall])
    }
    return isCapitalised(words, hasSmall: union.contains(.hasSmall))
  }

  /// Small letters, without dots and other signs at the ends.
  static func folded(_ word: String) -> String {
    var word = word
    if let folded = word.withUTF8(foldedPlain) { return folded }
    let scalars = word.unicodeScalars
    if scalars.allSatisfy(FieldText.isWithoutCase), let first = scalars.first, let last = scalars.last,
      FieldText.isLetter(first), FieldText.isLetter(last)
    {
      return word
    }
    return folded(scalars)
  }

  /// The same for ASCII; `nil` when there is something else.
  static func foldedPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    var (start, end) = (0, bytes.count)
    for byte in bytes where byte >= 0x80 { return nil }
    while start < end, !bytes[start].isASCIILetterOrDigit { start += 1 }
    while end > start, !bytes[end - 1].isASCIILetterOrDigit { end -= 1 }
    return String(unsafeUninitializedCapacity: end - start) { target in
      for index in start..<end {
        let byte = bytes[index]
        target.initializeElement(at: index - start, to: byte.asciiSmall)
      }
      return end - start
    }
  }

  /// The same for any sequence of scalars.
  static func folded(_ word: some Sequence<Unicode.Scalar>) -> String {
    // As a list: a string makes a string of each scalar that it is given.
    var scalars: [Unicode.Scalar] = []
    for scalar in word { FieldText.appendSmall(scalar, to: &scalars) }
    func isInside(_ scalar: Unicode.Scalar) -> Bool {
      FieldText.isLetter(scalar) || FieldText.isDigit(scalar)
    }
    guard let first = scalars.firstIndex(where: isInside), let last = scalars.lastIndex(where: isInside)
    else {
      return ""
    }
    return String(unsafeUninitializedCapacity: 4 * (last + 1 - first)) { bytes in
      var count = 0
      for scalar in scalars[first...last] {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          bytes.initializeElement(at: count, to: byte)
          count += 1
        }
      }
      return count
    }
  }

  /// How many scalars a word has, and what it is by its letters.
  static func spelling(_ text: String) -> (count: Int, traits: NameWord.Traits) {
    var text = text
    // Most words are ASCII, whose bytes are quicker at hand than a string's scalars, and most of those letters alone.
    let plain = text.withUTF8 { bytes -> (Int, NameWord.Traits)? in
      if let letters = spelling(ofLetters: bytes) { return (bytes.count, letters) }
      return bytes.contains { $0 >= 0x80 } ? nil : spelling(of: bytes.lazy.map { Unicode.Scalar($0) })
    }
    return plain ?? spelling(of: text.unicodeScalars)
  }

  /// What a word of Latin letters alone is; `nil` for others.
  private static func spelling(ofLetters bytes: UnsafeBufferPointer<UInt8>) -> NameWord.Traits? {
    guard let first = bytes.first else { return nil }
    var capitals = 0
    var numerals = 0
    for byte in bytes {
      guard byte.isASCIILetter else { return nil }
      guard byte < 0x61 else { continue }
      capitals += 1
      if byte == 0x49 || byte == 0x56 || byte == 0x58 { numerals += 1 }
    }
    var traits: NameWord.Traits = .hasLetter
    if bytes.count <= 24 { traits.insert(.spelt) }
    if capitals < bytes.count { traits.insert(.hasSmall) }
    if capitals > 0 {
      traits.insert(.hasCapital)
    } else if bytes.count <= 4 {
      traits.insert(.short)
    }
    if first < 0x61 { traits.insert(.startsWithCapital) }
    if bytes.count == 3, capitals == 3, numerals < 3 { traits.insert(.shouted) }
    return traits
  }

  @inline(__always)
  private static func spelling(
    of scalars: some Sequence<Unicode.Scalar>
  ) -> (count: Int, traits: NameWord.Traits) {
    var traits: NameWord.Traits = [.spelt, .short, .ideographic, .hangul]
    var count = 0
    var letters = 0
    var capitals = 0
    var numerals = 0
    var hasDot = false
    var isCapitalFirst = false
    // Where the first apostrophe or hyphen behind the first sign stands.
    var mark: Int?
    for scalar in scalars {
      let isSmall = FieldText.isSmall(scalar)
      if isSmall { traits.insert(.hasSmall) }
      if FieldText.isLetter(scalar) {
        let isCapital = !isSmall && FieldText.isCapital(scalar)
        if letters == 0 {
          isCapitalFirst = isCapital
          if FieldText.isCaseless(scalar) { traits.insert(.opensCaseless) }
        }
        letters += 1
        if isCapital {
          capitals += 1
          if scalar == "I" || scalar == "V" || scalar == "X" { numerals += 1 }
          // d'Ancona, al-Hakim: the capital follows a short start.
          if let mark, count == mark + 1, mark <= 3 { isCapitalFirst = true }
        }
        if !FieldText.isIdeographic(scalar) { traits.remove(.ideographic) }
        if !FieldText.isHangul(scalar) { traits.remove(.hangul) }
        if !isSmall, !isSign(scalar) { traits.remove(.short) }
      } else {
        if scalar == "." { hasDot = true }
        if FieldText.isDigit(scalar) { traits.insert(.hasDigit) }
        if !isSign(scalar) {
          traits.remove(.spelt)
          if !isSmall { traits.remove(.short) }
        }
      }
      if mark == nil, count > 0, isApostrophe(scalar) { mark = count }
      count += 1
    }
    if letters > 0 { traits.insert(.hasLetter) }
    if letters == 0 || count > 24 { traits.remove(.spelt) }
    if count > 4 { traits.remove(.short) }
    if capitals > 0 { traits.insert(.hasCapital) }
    if letters > 0, isCapitalFirst { traits.insert(.startsWithCapital) }
    if letters == 3, capitals == 3, !hasDot, numerals < 3 { traits.insert(.shouted) }
    return (count, traits)
  }

  private static func isIdeographicName(_ words: [[Unicode.Scalar]]) -> Bool {
    let signs = words.joined()
    let dotted = signs.contains { $0 == "\u{30FB}" || $0 == "\u{B7}" }
    guard signs.allSatisfy({ FieldText.isLetter($0) || $0 == "\u{30FB}" || $0 == "\u{B7}" }) else {
      return false
    }
    // Names from abroad are spelt out, with a dot between their parts.
    if dotted { return signs.count <= 20 }
    switch words.count {
    case 1: return (2...4).contains(signs.count)
    case 2: return words.allSatisfy { (1...4).contains($0.count) } && (2...6).contains(signs.count)
    default: return false
    }
  }

  private static func isKoreanName(_ counts: [Int]) -> Bool {
    counts.count == 1 && counts[0] == 3
      || counts.count == 2 && counts[0] <= 2 && counts[0] + counts[1] <= 4
  }

  private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x27, 0x2019, 0x2018, 0x2BC, 0x60, 0xB4, 0x2D, 0x2010, 0x2011, 0x2E, 0xB7: true
    default: false
    }
  }

  private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x27, 0x2019, 0x2018, 0x2D, 0x2011: true
    default: false
    }
  }

  private static func isCapitalised(_ words: some Collection<NameWord>, hasSmall: Bool) -> Bool {
    var capitalised = 0
    var shouted = 0
    for (index, word) in words.enumerated() {
      if word.traits.contains(.startsWithCapital) {
        capitalised += 1
        if word.traits.contains(.shouted) { shouted += 1 }
      } else if isParticle(word) {
        // A small word ends no name.
        if index == words.count - 1 { return false }
      } else {
        return false
      }
    }
    guard (2...4).contains(capitalised) else { return false }
    // "AFP Paris" is no person, "Jean DUPONT" and "JEAN ROY" are.
    return shouted == 0 || !hasSmall && shouted < words.count
  }

  private static func isParticle(_ word: NameWord) -> Bool {
    word.traits.contains(.short) && !word.traits.contains(.prefix)
  }

  private static func isNumeral(_ letters: [Unicode.Scalar]) -> Bool {
    letters.allSatisfy { "IVX".unicodeScalars.contains($0) }
  }

  // MARK: Capitals

  /// A name written in capitals throughout, in the usual case; others as they are.
  static func inUsualCase(_ name: String) -> String {
    if name.utf8.contains(where: { $0.isASCIISmall }) { return name }
    let letters = name.unicodeScalars.filter(FieldText.isLetter)
    // Short single words are acronyms.
    guard letters.allSatisfy(FieldText.isCapital), name.contains(" "), letters.count >= 5 else { return name }
    // Only Turkish and its kin have the dotted capital and the soft g.
    let turkic = name.unicodeScalars.contains { $0 == "\u{130}" || $0 == "\u{11E}" }
    let words = name.unicodeScalars.split { $0 == " " }.map { usualCase(Array($0), turkic: turkic) }
    return words.joined(separator: " ")
  }

  private static func usualCase(_ word: [Unicode.Scalar], turkic: Bool) -> String {
    if word.count >= 2, isNumeral(word) { return String(String.UnicodeScalarView(word)) }
    var result = ""
    var start = true
    for scalar in word {
      if start || !FieldText.isLetter(scalar) {
        result.unicodeScalars.append(scalar)
      } else if turkic, scalar == "I" {
        result += "\u{131}"
      } else if turkic, scalar == "\u{130}" {
        result += "i"
      } else {
        result += scalar.properties.lowercaseMapping
      }
      start = !FieldText.isLetter(scalar)
    }
    return result
  }
}
