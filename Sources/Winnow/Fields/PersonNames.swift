/// Tells people's names from other short texts by the shape of their words; holds no names.
struct PersonNames: Sendable {
  /// Folded words that no name has: roles, agencies, words that join names.
  let strangers: Set<String>
  /// Folded small words that names have: `de`, `van`, `bin`.
  let particles: Set<String>
  /// Folded small words that stand before names and are part of none: `by`, but not `von`.
  var prefixes: Set<String> = []

  /// Whether the text is the name of one person: two to four words with capitals, or a name of a script
  /// without capitals.
  func matches(_ name: String) -> Bool {
    let words = name.unicodeScalars.split { $0 == " " }.map { Array($0) }
    guard !words.isEmpty, words.count <= 7, !words.contains(where: isStranger) else { return false }
    let letters = words.joined().filter(FieldText.isLetter)
    guard let first = letters.first else { return false }
    if letters.allSatisfy({ FieldText.isIdeographic($0) }) { return isIdeographicName(words) }
    if letters.allSatisfy({ FieldText.isHangul($0) }) { return isKoreanName(words) }
    guard words.count >= 2, words.allSatisfy(isWord) else { return false }
    if FieldText.isCaseless(first) {
      return words.count <= 4 && letters.allSatisfy { !FieldText.isCapital($0) && !FieldText.isSmall($0) }
    }
    return isCapitalised(words)
  }

  private func isStranger(_ word: [Unicode.Scalar]) -> Bool {
    strangers.contains(Self.folded(word))
  }

  /// Small letters, without dots and other signs at the ends.
  static func folded(_ word: some Sequence<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    for scalar in word { text.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars) }
    var slice = text[...]
    while let first = slice.first, !FieldText.isLetter(first), !FieldText.isDigit(first) {
      slice.removeFirst()
    }
    while let last = slice.last, !FieldText.isLetter(last), !FieldText.isDigit(last) { slice.removeLast() }
    return String(slice)
  }

  private func isIdeographicName(_ words: [[Unicode.Scalar]]) -> Bool {
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

  private func isKoreanName(_ words: [[Unicode.Scalar]]) -> Bool {
    words.count == 1 && words[0].count == 3
      || words.count == 2 && words[0].count <= 2 && words[0].count + words[1].count <= 4
  }

  private func isWord(_ word: [Unicode.Scalar]) -> Bool {
    word.count <= 24 && word.contains(where: FieldText.isLetter)
      && word.allSatisfy { FieldText.isLetter($0) || Self.signs.contains($0) }
  }

  private static let signs: Set<Unicode.Scalar> = [
    "'", "\u{2019}", "\u{2018}", "\u{2BC}", "`", "\u{B4}", "-", "\u{2010}", "\u{2011}", ".", "\u{B7}",
  ]
  private static let apostrophes: Set<Unicode.Scalar> = ["'", "\u{2019}", "\u{2018}", "-", "\u{2011}"]

  private func isCapitalised(_ words: [[Unicode.Scalar]]) -> Bool {
    var capitalised = 0
    var shouted = 0
    for (index, word) in words.enumerated() {
      if startsWithCapital(word) {
        capitalised += 1
        let letters = word.filter(FieldText.isLetter)
        let dotted = word.contains(".")
        if letters.count >= 3, !dotted, letters.allSatisfy(FieldText.isCapital), !isNumeral(letters) {
          shouted += letters.count == 3 ? 1 : 0
        }
      } else if isParticle(word) {
        // A small word ends no name.
        if index == words.count - 1 { return false }
      } else {
        return false
      }
    }
    guard (2...4).contains(capitalised) else { return false }
    let allCapitals = words.joined().allSatisfy { !FieldText.isSmall($0) }
    // "AFP Paris" is no person, "Jean DUPONT" and "JEAN ROY" are.
    return shouted == 0 || allCapitals && shouted < words.count
  }

  private func startsWithCapital(_ word: [Unicode.Scalar]) -> Bool {
    guard let first = word.first(where: FieldText.isLetter) else { return false }
    if FieldText.isCapital(first) { return true }
    // d'Ancona, al-Hakim: the capital follows a short start.
    guard let mark = word.dropFirst().firstIndex(where: Self.apostrophes.contains), mark <= 3 else {
      return false
    }
    return mark + 1 < word.count && FieldText.isCapital(word[mark + 1])
  }

  private func isParticle(_ word: [Unicode.Scalar]) -> Bool {
    let folded = Self.folded(word)
    if particles.contains(folded) { return true }
    if prefixes.contains(folded) { return false }
    return word.count <= 4 && word.allSatisfy { FieldText.isSmall($0) || Self.signs.contains($0) }
  }

  private func isNumeral(_ letters: [Unicode.Scalar]) -> Bool {
    letters.allSatisfy { "IVX".unicodeScalars.contains($0) }
  }

  // MARK: Capitals

  /// A name written in capitals throughout, in the usual case; others as they are.
  func inUsualCase(_ name: String) -> String {
    let letters = name.unicodeScalars.filter(FieldText.isLetter)
    // Short single words are acronyms.
    guard letters.allSatisfy(FieldText.isCapital), name.contains(" "), letters.count >= 5 else { return name }
    // Only Turkish and its kin have the dotted capital and the soft g.
    let turkic = name.unicodeScalars.contains { $0 == "\u{130}" || $0 == "\u{11E}" }
    let words = name.unicodeScalars.split { $0 == " " }.enumerated().map { index, word -> String in
      let folded = Self.folded(word)
      if index > 0, particles.contains(folded) { return folded }
      return usualCase(Array(word), turkic: turkic)
    }
    return words.joined(separator: " ")
  }

  private func usualCase(_ word: [Unicode.Scalar], turkic: Bool) -> String {
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
