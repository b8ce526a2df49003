/// Networks that vote with a forest on what belongs to the body.
///
/// A forest judges each block from columns that tell of its surroundings; a network reads the blocks in
/// their order. They err differently, so the weighted sum of their log odds is better than either; weights
/// that add up to less than 1 take back some of the sureness that the two together have.
struct NetworkVote: Sendable {
  private let networks: [BlockNetwork]
  /// What the forest's log odds are multiplied by, 0…1.
  private let forestWeight: Float
  /// What the mean of the networks' log odds is multiplied by, 0…1.
  private let networkWeight: Float

  private static let magic: UInt32 = 0x324E_5757

  /// Reads the bytes that training wrote (`network.py`): magic, digest of the features, weights of
  /// forest and networks, number of networks, and these.
  ///
  /// - parameter ways: ways of grouping blocks, the page counted.
  /// - throws: ``ContentModel/Problem``.
  init(
    _ bytes: UnsafeRawBufferPointer, name: String, digest: UInt32, columns: Int, ways: Int
  ) throws(ContentModel.Problem) {
    var reader = ByteReader(bytes)
    guard reader.word() == NetworkVote.magic, let read = reader.word() else { throw .damaged(name) }
    guard read == digest else { throw .otherFeatures }
    guard let weights = reader.floats(2), weights.allSatisfy({ $0 >= 0 && $0 <= 1 }),
      let count = reader.count(limit: 16)
    else { throw .damaged(name) }
    var networks: [BlockNetwork] = []
    for _ in 0..<count {
      guard let network = BlockNetwork(&reader, columns: columns, ways: ways) else { throw .damaged(name) }
      networks.append(network)
    }
    guard reader.isAtEnd else { throw .damaged(name) }
    self.networks = networks
    (forestWeight, networkWeight) = (weights[0], weights[1])
  }

  /// Takes the networks' votes into the forest's log odds.
  func vote(_ matrix: FeatureMatrix, _ groups: @autoclosure () -> BlockGroups, _ logits: inout [Float]) {
    guard !networks.isEmpty else { return }
    let groups = groups()
    for index in logits.indices { logits[index] *= forestWeight }
    let each = networkWeight / Float(networks.count)
    for network in networks {
      let votes = network.logits(matrix, groups)
      for index in logits.indices { logits[index] += votes[index] * each }
    }
  }
}
