import WinnowCore
import WinnowText

/// Parts what converters and pictures put beside names without a sign between.
extension NameCleaning {
  /// The name without what a converter glued to it, "Ann NorrisLifestyle", or the names that it glued together. Where
  /// the glue may be a surname's own capital, "Ann FitzRoy", the name also as it stands.
  package func unglued(_ name: String) -> [String] {
    let scalars = name.unicodeScalars
    let glues = FieldText.glueCapitals(in: scalars, behind: 3)
    guard let first = glues.first else { return [name] }
    let start = String(scalars[..<first])
    guard start.utf8.contains(0x20), looksLikePerson(start) else { return [name] }
    let ends = glues.dropFirst() + [scalars.endIndex]
    let rest = zip(glues, ends).map { String(scalars[$0..<$1]) }
    if rest.allSatisfy({ GivenNames.open($0) && looksLikePerson($0) }) { return [start] + rest }
    let glued = start.unicodeScalars.reversed().prefix { $0 != " " }.count
    return glued > Self.longestSurnamePrefix ? [start] : [name, start]
  }

  /// Of `Fitz` and `Mac`, in letters: a capital behind them is the surname's own.
  private static let longestSurnamePrefix = 4

  /// Where a converter glued a name and digits, if it did: "Ann Smith5 hours ago", "May 8, 2016Ann Smith".
  static func glueOfDigits(in word: String, behindName: Bool) -> String.Index? {
    let bytes = word.utf8
    guard let first = bytes.first, bytes.contains(where: { $0.isASCIIDigit }) else { return nil }
    if first.isASCIIDigit {
      // A year at least: "3M", "4Kids" are names.
      guard let place = bytes.firstIndex(where: { !$0.isASCIIDigit }), bytes[..<place].count >= 4 else {
        return nil
      }
      let rest = word.unicodeScalars[place...]
      return rest.count >= 3 && FieldText.isCapital(rest.first ?? " ") ? place : nil
    }
    guard behindName, FieldText.isCapital(word.unicodeScalars.first ?? " "),
      let place = bytes.firstIndex(where: { $0.isASCIIDigit }), bytes[..<place].count >= 3
    else { return nil }
    return word.unicodeScalars[..<place].allSatisfy(FieldText.isLetter) ? place : nil
  }

  /// "Ann Smith Bob Jones Carol Maria King": names that nothing parts, if each opens with a common given name.
  func sideBySide(_ words: ArraySlice<NameWord>) -> [ArraySlice<NameWord>] {
    guard (5...12).contains(words.count), words.allSatisfy({ $0.traits.contains(.startsWithCapital) }) else {
      return [words]
    }
    let isGiven = words.map { GivenNames.open($0.text) }
    // What stands behind a given name is a second one, or a surname that many also bear as their first.
    var starts = words.indices.filter { index in
      let offset = index - words.startIndex
      return isGiven[offset] && (offset == 0 || offset >= 2 && !isGiven[offset - 1])
    }
    guard starts.count > 1, starts[0] == words.startIndex else { return [words] }
    starts.append(words.endIndex)
    let names = zip(starts, starts.dropFirst()).map { words[$0..<$1] }
    return names.allSatisfy({ $0.count >= 2 && PersonNames.matches($0) }) ? names : [words]
  }

  /// "Headshot of Ann Smith": a picture's text says who is on it behind a small word that is no part of names.
  func withoutPortrait(_ words: ArraySlice<NameWord>) -> ArraySlice<NameWord> {
    guard words.count >= 4,
      let last = words.prefix(3).lastIndex(where: { !$0.traits.contains(.startsWithCapital) }),
      words[words.startIndex..<last].dropFirst().allSatisfy({ !$0.traits.contains(.startsWithCapital) }),
      last > words.startIndex
    else { return words }
    let name = words[(last + 1)...]
    return PersonNames.matches(name) && GivenNames.open(name[name.startIndex].text) ? name : words
  }
}
