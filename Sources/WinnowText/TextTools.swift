import WinnowCore

/// Parsers over the program's own data, built once.
package enum TextTools {
  /// Dates in text, in every language that the data has names for.
  package static let dates = DateParser(names: WinnowData.bytes(named: "dates.cldr"))

  /// Looks up phrases in texts that are no blocks.
  package static let phrases = PhraseMatcher(Lexicon.builtIn)

  /// Guesses the language of a text.
  package static let languages = LanguageGuesser(functionWords: Lexicon.builtIn.lists.functionWords)
}
