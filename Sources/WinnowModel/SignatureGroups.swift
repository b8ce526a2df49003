import WinnowCore

/// Blocks and containers made by one template, told by tag and class.
struct SignatureGroups {
  /// Sums over a group.
  struct Sums {
    var blocks: Float = 0
    var words: Float = 0
    var characters: Float = 0
    var linkCharacters: Float = 0
    var sentenceWords: Float = 0
    var longBlocks: Float = 0

    var linkDensity: Float { characters == 0 ? 0 : linkCharacters / characters }
  }

  /// Group of each block by the signature of its container.
  private(set) var own: [Int32] = []
  /// Group of each block by the signatures of its three nearest containers.
  private(set) var triple: [Int32] = []
  private(set) var ownSums: [Sums] = []
  private(set) var tripleSums: [Sums] = []
  /// For each container: how many siblings have its signature, itself counted.
  private(set) var siblings: [Int32]
  /// Words of those siblings together.
  private(set) var siblingWords: [Float]

  init(_ columns: PageColumns) {
    let containers = columns.containers
    siblings = Array(repeating: 1, count: containers.count)
    siblingWords = Array(repeating: 0, count: containers.count)
    var ownIndex: [UInt64: Int32] = [:]
    var tripleIndex: [UInt64: Int32] = [:]
    own.reserveCapacity(columns.rows.count)
    triple.reserveCapacity(columns.rows.count)
    for row in columns.rows {
      let container = Int(row.container)
      let first = UInt64(containers[container].signature)
      let parent = Int(containers[container].parent)
      let second = parent >= 0 ? UInt64(containers[parent].signature) : 0
      let grand = parent >= 0 ? Int(containers[parent].parent) : -1
      let third = grand >= 0 ? UInt64(containers[grand].signature) : 0
      let key = (first &* 0x9E37_79B9_7F4A_7C15 ^ second) &* 0x9E37_79B9_7F4A_7C15 ^ third
      own.append(SignatureGroups.add(row, first, &ownIndex, &ownSums))
      triple.append(SignatureGroups.add(row, key, &tripleIndex, &tripleSums))
    }
    countSiblings(columns)
  }

  private static func add(
    _ row: BlockRow, _ key: UInt64, _ index: inout [UInt64: Int32], _ sums: inout [Sums]
  ) -> Int32 {
    let group: Int32
    if let known = index[key] {
      group = known
    } else {
      group = Int32(sums.count)
      index[key] = group
      sums.append(Sums())
    }
    let m = row.measures
    sums[Int(group)].blocks += 1
    sums[Int(group)].words += Float(m.words)
    sums[Int(group)].characters += Float(m.characters)
    sums[Int(group)].linkCharacters += Float(m.linkCharacters)
    if m.flags.contains(.endsSentence) { sums[Int(group)].sentenceWords += Float(m.words) }
    if PageColumns.isLong(row) { sums[Int(group)].longBlocks += 1 }
    return group
  }

  private mutating func countSiblings(_ columns: PageColumns) {
    let containers = columns.containers
    var first: [UInt64: Int32] = [:]
    var groupOf = [Int32](repeating: -1, count: containers.count)
    var counts: [Int32] = []
    var words: [Float] = []
    for index in containers.indices where containers[index].endBlock > containers[index].firstBlock {
      let key =
        UInt64(UInt32(bitPattern: containers[index].parent)) << 32 | UInt64(containers[index].signature)
      if let group = first[key] {
        groupOf[index] = group
        counts[Int(group)] += 1
        words[Int(group)] += Float(containers[index].words)
      } else {
        first[key] = Int32(counts.count)
        groupOf[index] = Int32(counts.count)
        counts.append(1)
        words.append(Float(containers[index].words))
      }
    }
    for index in containers.indices where groupOf[index] >= 0 {
      siblings[index] = counts[Int(groupOf[index])]
      siblingWords[index] = words[Int(groupOf[index])]
    }
  }
}
