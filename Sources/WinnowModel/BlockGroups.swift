import WinnowCore

/// The groups that a network's blocks are pooled over, and how much each block counts.
struct BlockGroups {
  /// One way of grouping: the group of each block, numbered from 0.
  struct Way {
    var group: [Int32]
    var count: Int
  }

  private(set) var ways: [Way]
  /// The root of a block's words, of 40 at most: a long paragraph counts more than a label, not a hundredfold.
  let weights: [Float]

  /// These ways, and the whole page as the last.
  init(_ rows: [BlockRow], _ ways: [[Int32]]) {
    self.ways = ways.map(BlockGroups.numbered)
    self.ways.append(Way(group: Array(repeating: 0, count: rows.count), count: 1))
    weights = rows.map { Float(min(max($0.measures.words, 0), 40)).squareRoot() }
  }

  /// Any numbers from -1 up become those of groups, in the order in which they are met.
  private static func numbered(_ keys: [Int32]) -> Way {
    var numbers = [Int32](repeating: -1, count: Int(keys.max() ?? -1) + 2)
    var count: Int32 = 0
    let group = keys.map { key in
      let place = Int(key) + 1
      if numbers[place] < 0 {
        numbers[place] = count
        count += 1
      }
      return numbers[place]
    }
    return Way(group: group, count: Int(count))
  }
}
