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

    mutating func add(_ row: BlockRow) {
      let m = row.measures
      blocks += 1
      words += Float(m.words)
      characters += Float(m.characters)
      linkCharacters += Float(m.linkCharacters)
      if m.flags.contains(.endsSentence) { sentenceWords += Float(m.words) }
      if PageColumns.isLong(row) { longBlocks += 1 }
    }
  }

  /// Group of each block by the signature of its container.
  private(set) var own: [Int32] = []
  /// Group of each block by the signatures of its three nearest containers.
  private(set) var triple: [Int32] = []
  private(set) var ownSums: [Sums] = []
  private(set) var tripleSums: [Sums] = []
  /// For each container: how many siblings have its signature, itself counted.
  private(set) var siblings: [Int32] = []
  /// Words of those siblings together.
  private(set) var siblingWords: [Float] = []

  init(_ columns: PageColumns) {
    let containers = columns.containers
    var ownIndex = GroupTable(columns.rows.count)
    var tripleIndex = GroupTable(columns.rows.count)
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
    _ row: BlockRow, _ key: UInt64, _ index: inout GroupTable, _ sums: inout [Sums]
  ) -> Int32 {
    let group = index.group(of: key)
    if Int(group) == sums.count { sums.append(Sums()) }
    sums[Int(group)].add(row)
    return group
  }

  private mutating func countSiblings(_ columns: PageColumns) {
    let containers = columns.containers
    var table = GroupTable(containers.count)
    // No more groups than containers; those without blocks are in none.
    var counts = [Int32](repeating: 0, count: containers.count)
    var words = [Float](repeating: 0, count: containers.count)
    let groups = counts.withUnsafeMutableBufferPointer { counts in
      words.withUnsafeMutableBufferPointer { words in
        containers.map { container -> Int32 in
          guard container.endBlock > container.firstBlock else { return -1 }
          let parent = UInt64(UInt32(bitPattern: container.parent))
          let group = table.group(of: parent << 32 | UInt64(container.signature))
          counts[Int(group)] += 1
          words[Int(group)] += Float(container.words)
          return group
        }
      }
    }
    siblings = groups.map { $0 >= 0 ? counts[Int($0)] : 1 }
    siblingWords = groups.map { $0 >= 0 ? words[Int($0)] : 0 }
  }
}

/// Numbers keys in the order in which they are first met. Plain memory, which nobody is asked for.
private struct GroupTable: ~Copyable {
  private let keys: UnsafeMutableBufferPointer<UInt64>
  private let groups: UnsafeMutableBufferPointer<Int32>
  private var next: Int32 = 0
  private let shift: UInt64

  /// A table for at most so many different keys.
  init(_ most: Int) {
    var capacity = 16
    var power: UInt64 = 4
    while capacity < most * 2 {
      capacity *= 2
      power += 1
    }
    shift = 64 - power
    keys = .allocate(capacity: capacity)
    groups = .allocate(capacity: capacity)
    keys.initialize(repeating: 0)
    groups.initialize(repeating: -1)
  }

  deinit {
    keys.deallocate()
    groups.deallocate()
  }

  /// The key's number; a new key's is the count of those before it.
  @inline(__always)
  mutating func group(of key: UInt64) -> Int32 {
    let mask = keys.count - 1
    // Only the highest bits of the product depend on all of the key's.
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while groups[slot] >= 0 {
      if keys[slot] == key { return groups[slot] }
      slot = (slot + 1) & mask
    }
    keys[slot] = key
    groups[slot] = next
    next += 1
    return next - 1
  }
}
