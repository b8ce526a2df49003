import WinnowCore
import WinnowText

/// The learned content score of flat text: word weights, a forest, and networks that
/// vote with it.
package struct FlatModel: Sendable {
  private let words: WordWeights
  private let forest: Forest
  private let networks: NetworkVote

  /// A model from the bytes of its three files.
  package init(
    words: UnsafeRawBufferPointer, forest: UnsafeRawBufferPointer, network: UnsafeRawBufferPointer
  ) throws(ContentModel.Problem) {
    guard let weights = WordWeights(words) else { throw .damaged("flat words") }
    guard let read = Forest(forest, width: FlatFeatures.names.count) else { throw .damaged("flat forest") }
    guard read.digest == FlatFeatures.digest else { throw .otherFeatures }
    self.words = weights
    self.forest = read
    // A network sees neighbours for itself: it reads a line's own columns alone.
    networks = try NetworkVote(
      network, name: "flat network", digest: FlatFeatures.digest, columns: FlatFeatures.ownNames.count,
      ways: FlatShapes.ways + 1)
  }

  /// How probably each line belongs to the body.
  package func probabilities(_ document: Document, _ ledger: Ledger) -> [Float] {
    guard !document.isEmpty else { return [] }
    let features = FlatFeatures(document, ledger, words)
    let matrix = features.matrix()
    var logits = forest.sums(matrix)
    networks.vote(matrix, BlockGroups(document.storage.rows, features.shapes.groups), &logits)
    return logits.map(logistic)
  }
}
