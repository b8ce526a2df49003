import WinnowCore

/// Parsers over the program's own data, built once.
package enum TextTools {
  /// Dates in text, in every language that the data has names for.
  package static let dates = DateParser(names: WinnowData.bytes(named: "dates.cldr"))

  /// Guesses the language of a text.
  package static let languages = LanguageGuesser(functionWords: Lexicon.builtIn.functionWords)
}

/// Languages whose phrases serve each other's pages.
package enum LanguageFamilies {
  private static let groups: [[String]] = [
    ["hr", "bs", "sr", "sh", "cnr", "me"], ["id", "ms"], ["nb", "no", "nn", "da"], ["cs", "sk"],
    ["zh", "yue"], ["es", "ca", "gl"], ["ro", "mo"], ["ru", "uk", "bg", "be"],
  ]

  /// A language and those whose phrases may stand on its pages.
  package static func members(of language: String) -> [String] {
    groups.first { $0.contains(language) } ?? [language]
  }
}
