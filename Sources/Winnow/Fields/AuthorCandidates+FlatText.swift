import WinnowCore
import WinnowStages
import WinnowText

/// What the lines of flat text hold beside an author's name, where markup would have kept it apart.
extension AuthorCandidates {
  /// The name without what a converter put behind it on one line: a button ("Ann Smith Follow"), a portrait's text
  /// ("Ann Smith Image"), the site's name ("Ann Smith BLUE HARBOUR").
  func withoutNeighbour(_ name: String) -> String {
    let words = name.split(separator: " ")
    guard words.count >= 3 else { return name }
    // Two words at least are left: a person's name.
    for count in 1...min(Self.longestNeighbour, words.count - 2) {
      let end = words.suffix(count)
      let text = end.joined(separator: " ")
      let isPortrait = count == 1 && Self.portraits.contains(text.lowercased())
      if isPortrait || TextTools.phrases.isPhrase(text, of: Self.buttons)
        || page.sites.likeness(Array(text.utf8)[...], WordHashes.of(text)) == 2
      {
        return words.dropLast(count).joined(separator: " ")
      }
    }
    return name
  }

  /// A line as it stands, without what was put behind it; `nil` where `found` says the same better: "Ann
  /// ThorntonNews Reporter", "Headshot of Ann Thornton".
  func wholeInFlatText(_ line: String, besides found: [String]) -> String? {
    let name = withoutNeighbour(line)
    guard let known = found.first, found.count == 1 else { return name }
    // "Ann SmithJones" may be all of a name.
    let isGlued =
      name.hasPrefix(known) && name.utf8.dropFirst(known.utf8.count).first != 0x20
      && name.split(separator: " ").count > known.split(separator: " ").count
    let isPortrait =
      name.hasSuffix(known)
      && name.split(separator: " ").first.map {
        Self.portraits.contains($0.lowercased())
      } ?? false
    return isGlued || isPortrait ? nil : name
  }

  /// "Published Jun", of a date that was not understood.
  func opensAsDateLabel(_ name: String) -> Bool {
    guard !page.hasMarkup, let space = name.firstIndex(of: " ") else { return false }
    return TextTools.phrases.isPhrase(String(name[..<space]), of: [.published, .updated])
  }

  /// Whether a line of flat text holds a date and not much more: "Ann December 9, 2024", "Harbour Desk / 3 May 2024".
  func isBesideDate(_ source: Source, _ m: BlockMeasures) -> Bool {
    !page.hasMarkup && source == .line && m.flags.contains(.hasDate) && m.words <= Self.longestDated
  }

  /// Whether one key is the other with more glued to it: "ann thorntonnews", "ann thornton".
  static func isGlued(_ one: String, _ other: String) -> Bool {
    let (long, short) = one.utf8.count > other.utf8.count ? (one, other) : (other, one)
    return short.utf8.contains(0x20) && long.hasPrefix(short)
  }

  /// The most words behind a name that are looked at.
  private static let longestNeighbour = 3
  /// The most words of such a line.
  private static let longestDated: Int32 = 12

  private static let buttons: Set<PhraseSection> = [
    .follow, .share, .readMore, .moreLink, .comments, .published, .updated, .newsletter,
  ]

  /// Words that end a portrait's text: `lexicon/bylines.words`.
  private static let portraits = Set(WordFile.words(of: "bylines.words", section: "portrait"))
}
