import WinnowCore

/// Columns on a block's text that both scores have.
extension FeatureWriter {
  /// Shares of words and characters.
  @inline(__always)
  mutating func putShares(_ m: BlockMeasures, words: Float, characters: Float) {
    put("commas", Float(m.commas) / max(words, 1))
    put("digits", Float(m.digits) / characters)
    put("capitalised", Float(m.capitalisedWords) / max(words, 1))
    put("separators", Float(m.separators) / max(words, 1))
    put("sentences", logCount(Float(m.sentences)))
  }

  /// How the text begins and ends, and what it holds.
  @inline(__always)
  mutating func putSigns(_ flags: BlockFlags) {
    put("ends_sentence", flags.contains(.endsSentence))
    put("ends_colon", flags.contains(.endsColon))
    put("all_capitals", flags.contains(.allCapitals))
    put("opens_lower", flags.contains(.opensLowerCase))
    put("opens_quote", flags.contains(.opensQuotation))
    put("has_date", flags.contains(.hasDate))
    put("date_only", flags.contains(.dateOnly))
    put("copyright", flags.contains(.hasCopyright))
  }
}
