import WinnowCore

/// The learned content score of pages with markup: token weights, a forest, and
/// networks that vote with it.
package struct ContentModel: Sendable {
  private let forest: Forest
  private let tokens: TokenWeights
  private let networks: NetworkVote

  /// Why a model cannot be used.
  package enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
    case damaged(String)
    case otherFeatures

    package var description: String {
      switch self {
      case .damaged(let name): "the \(name) file is damaged; run Scripts/train or restore it"
      case .otherFeatures: "the model was trained for other features; run Scripts/train"
      }
    }
  }

  /// A model from the bytes of its three files.
  package init(
    forest: UnsafeRawBufferPointer, tokens: UnsafeRawBufferPointer, network: UnsafeRawBufferPointer
  ) throws(Problem) {
    guard let read = Forest(forest, width: BlockFeatures.names.count) else { throw .damaged("forest") }
    guard read.digest == BlockFeatures.digest else { throw .otherFeatures }
    guard let weights = TokenWeights(tokens) else { throw .damaged("token") }
    self.forest = read
    self.tokens = weights
    networks = try NetworkVote(
      network, name: "network", digest: BlockFeatures.digest, columns: BlockFeatures.names.count,
      ways: BlockFeatures.ways)
  }

  /// How probably each block belongs to the body, groups smoothed.
  package func probabilities(_ document: Document, _ ledger: Ledger) -> [Float] {
    guard !document.isEmpty else { return [] }
    let features = BlockFeatures(document, ledger, tokens)
    let matrix = features.matrix()
    var logits = forest.sums(matrix)
    networks.vote(matrix, features.networkGroups, &logits)
    let p = logits.map(logistic)
    let words = document.storage.rows.map { Float($0.measures.words) }
    return ExpectedF1.smoothed(p, words: words, groups: features.signatureGroups)
  }
}
