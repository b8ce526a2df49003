/// Common given names of many languages, and common first characters of surnames: `lexicon/given-names.words`.
package enum GivenNames {
  private static let hashes: Set<UInt64> = Set(
    WordFile.sections(of: "given-names.words").flatMap { section in
      section.words.compactMap { WordHashes.of($0).first }
    })

  /// Whether a text's first word, by its hash, is a common given name, or starts a common surname.
  package static func contains(_ word: UInt64) -> Bool { hashes.contains(word) }
}
