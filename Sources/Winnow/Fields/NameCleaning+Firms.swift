import WinnowText

/// Names of firms and desks that hold a role's word: "The Harbour Newsroom".
extension NameCleaning {
  /// Words that open such names: `lexicon/bylines.words`.
  private static let openers = Set(WordFile.words(of: "bylines.words", section: "firm"))

  /// Words of such a name.
  private static let lengths = 3...5

  /// The segment as it stands, if it is such a name; what cuts roles off names of people would leave "The Harbour".
  func firm(_ segment: [NameWord]) -> String? {
    guard Self.lengths.contains(segment.count), Self.openers.contains(segment[0].folded),
      segment.allSatisfy({ $0.traits.contains(.startsWithCapital) && $0.traits.isDisjoint(with: .hasDigit) }),
      segment.last?.traits.contains(.stranger) == true
    else { return nil }
    return NameWord.joined(segment)
  }
}
