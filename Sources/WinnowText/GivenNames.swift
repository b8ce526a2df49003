/// Common given names of many languages, and common first characters of surnames: `lexicon/given-names.words`.
package enum GivenNames {
  private static let hashes: WordSet = {
    var hashes: [UInt64] = []
    WordFile.visit(WinnowData.bytes(named: "given-names.words")) { part in
      if case .word(let word) = part, let hash = WordHashes.of(word).first { hashes.append(hash) }
    }
    return WordSet(hashes)
  }()

  /// Whether a text's first word, by its hash, is a common given name, or starts a common surname.
  package static func contains(_ word: UInt64) -> Bool { hashes.contains(word) }

  /// Whether a text begins so.
  package static func open(_ text: String) -> Bool { WordHashes.of(text).first.map(contains) ?? false }
}
