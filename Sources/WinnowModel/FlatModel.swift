import WinnowCore
import WinnowText

/// The learned content score of flat text: word weights and a forest.
package struct FlatModel: Sendable {
  private let words: WordWeights
  private let forest: Forest

  /// A model from the bytes of its two files.
  package init(
    words: UnsafeRawBufferPointer, forest: UnsafeRawBufferPointer
  ) throws(ContentModel.Problem) {
    guard let weights = WordWeights(words) else { throw .damaged("flat words") }
    guard let read = Forest(forest, width: FlatFeatures.names.count) else { throw .damaged("flat forest") }
    guard read.digest == FlatFeatures.digest else { throw .otherFeatures }
    self.words = weights
    self.forest = read
  }

  /// How probably each line belongs to the body.
  package func probabilities(_ document: Document, _ ledger: Ledger) -> [Float] {
    guard !document.isEmpty else { return [] }
    return forest.sums(FlatFeatures(document, ledger, words).matrix()).map(logistic)
  }
}
