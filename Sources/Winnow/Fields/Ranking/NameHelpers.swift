import WinnowCore
import WinnowText

/// Words that stand before the names of people who helped: "reviewed", "edited", "photos".
enum NameHelpers {
  /// Hashes of the words of all languages.
  private static let words: Set<UInt64> = Set(
    Lexicon.builtIn.lists.nameHelpers.compactMap { word in
      let hashes = WordHashes.of(word)
      return hashes.count == 1 ? hashes[0] : nil
    })
  /// Words of scripts without spaces, whose characters are hashed one by one.
  private static let runs: [[UInt8]] = Lexicon.builtIn.lists.nameHelpers
    .filter { WordHashes.of($0).count > 1 }.map { Array($0.utf8) }

  /// Whether a text has such a word.
  static func isNamed(in text: [UInt8]) -> Bool {
    if text.withUnsafeBufferPointer({ WordHashes.of($0) }).contains(where: words.contains) { return true }
    guard text.contains(where: { $0 >= 0xE0 }) else { return false }
    return runs.contains { text.holds($0) }
  }
}
