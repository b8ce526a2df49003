import WinnowCore
import WinnowText

/// The lexicon's words as the field cleaners take them.
enum FieldWords {
  static let names = NameCleaning(
    stripPrefixes: words(.byline), joinWords: Lexicon.builtIn.lists.nameJoins,
    roleWords: words(.role) + words(.agency) + Lexicon.builtIn.lists.nameRoles,
    tailWords: Lexicon.builtIn.lists.nameTails)

  /// Words of the lexicon that are given names elsewhere.
  private static let givenNames = Set(WordFile.words(of: "bylines.words", section: "given-name"))

  private static func words(_ section: PhraseSection) -> [String] {
    // Few words are as short, and the set would hash them all.
    (Lexicon.builtIn.lists.words[section] ?? []).filter { $0.utf8.count > 4 || !givenNames.contains($0) }
  }

  /// The full date in an address's path.
  static func dateInURL(_ url: String) -> (iso: String, day: String)? {
    var url = url
    guard let date = url.withUTF8({ TextTools.dates.dateInURL($0) }) else { return nil }
    return (date.iso8601, date.isoDay)
  }

  /// A machine's or a person's date.
  static func parse(_ text: String, language: String?) -> (iso: String, day: String)? {
    var text = text
    guard let date = text.withUTF8({ TextTools.dates.parseISO($0, language: language) }) else { return nil }
    return (date.iso8601, date.isoDay)
  }
}
