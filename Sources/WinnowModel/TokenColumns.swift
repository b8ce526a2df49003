import WinnowCore

/// Token scores of a page: of each container by itself, and of each block with all that is around it.
struct TokenColumns {
  /// A container's own weight anywhere around a block.
  private(set) var own: [Float]
  /// Score of each block.
  private(set) var block: [Float] = []
  /// Sums of score times words over blocks before an index.
  private(set) var mass: [Float] = [0]

  init(_ columns: PageColumns, _ weights: TokenWeights, inline: [Range<Int>]) {
    let containers = columns.containers
    var near = [Float](repeating: 0, count: containers.count)
    var path = near
    own = near
    near.withUnsafeMutableBufferPointer { near in
      path.withUnsafeMutableBufferPointer { path in
        own.withUnsafeMutableBufferPointer { own in
          columns.tokens.withUnsafeBufferPointer { tokens in
            for index in containers.indices {
              let row = containers[index]
              let range = Int(row.tokenStart)..<Int(row.tokenEnd)
              let sums = weights.sums(UnsafeBufferPointer(rebasing: tokens[range]))
              own[index] = sums.far + weights.farTags[Int(row.tag.rawValue)]
              near[index] = sums.near
              let parent = Int(row.parent)
              path[index] = own[index] + (parent >= 0 ? path[parent] : 0)
            }
          }
        }
      }
    }
    block.reserveCapacity(columns.rows.count)
    mass.reserveCapacity(columns.rows.count + 1)
    for (index, row) in columns.rows.enumerated() {
      let container = Int(row.container)
      let parent = Int(containers[container].parent)
      var score = weights.bias + path[container] + near[container]
      if parent >= 0 { score += near[parent] }
      score += weights.nearTags[Int(containers[container].tag.rawValue)]
      if !inline[index].isEmpty {
        let sums = columns.tokens.withUnsafeBufferPointer {
          weights.sums(UnsafeBufferPointer(rebasing: $0[inline[index]]))
        }
        score += sums.far + sums.near
      }
      block.append(score)
      mass.append(mass[mass.count - 1] + score * Float(row.measures.words))
    }
  }

  /// Mean score of the blocks of a container, by words.
  func mean(_ container: Int, _ columns: PageColumns) -> Float {
    let row = columns.containers[container]
    let words = columns.sum(columns.words, in: container)
    return words == 0 ? 0 : (mass[Int(row.endBlock)] - mass[Int(row.firstBlock)]) / words
  }
}
