import CWinnowKernels

/// A gradient-boosted forest that scores many rows at a time.
///
/// No tree is walked. Each split holds a mask without the leaves of its left side; a row that the split
/// sends right loses those leaves, and when all splits were asked, the first leaf left is the one that a
/// walk would end in. Splits are asked in storage order for sixteen rows at once, without a branch
/// (C. Lucchese et al., "QuickScorer", SIGIR 2015, and its vectorised successor).
package struct Forest: Sendable {
  /// Leaves that a mask can hold.
  private static let mostLeaves = 32

  private var splits: [winnow_split] = []
  /// First split of each tree, and the end of the last.
  private var firstSplit: [Int32] = [0]
  /// Leaf values, ``mostLeaves`` places a tree.
  private var values: [Float] = []
  /// The list of features that the forest was trained on.
  package private(set) var digest: UInt32 = 0

  /// Trees after which rows that are hopeless are given up, and the sum under which they are: a
  /// probability of .01. Chosen in the model card's sweep.
  private static let trialTrees = 60
  private static let hopeless: Float = -4.6

  private static let magic: UInt32 = 0x314E_5757

  /// Reads the bytes that training wrote: magic, digest, tree count, node count; for each tree its first
  /// node and depth; for each node threshold, feature and left child within the tree (16 bits each; the
  /// right child is the next), value. A leaf is its own left child and its threshold infinite. `nil` when
  /// the bytes do not hold that, or a tree is no tree or has more than 32 leaves.
  package init?(_ bytes: UnsafeRawBufferPointer, width: Int) {
    func word(_ offset: Int) -> UInt32 {
      bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian
    }
    guard bytes.count >= 16, word(0) == Forest.magic else { return nil }
    digest = word(4)
    let trees = Int(word(8))
    let count = Int(word(12))
    guard trees > 0, trees < 1 << 16, count < 1 << 22, bytes.count == 16 + trees * 8 + count * 12 else {
      return nil
    }
    let start = 16 + trees * 8
    let nodes = (0..<count).map { index in
      let offset = start + index * 12
      let links = word(offset + 4)
      return ForestNode(
        threshold: Float(bitPattern: word(offset)), feature: UInt16(truncatingIfNeeded: links),
        left: UInt16(truncatingIfNeeded: links >> 16), value: Float(bitPattern: word(offset + 8)))
    }
    splits.reserveCapacity(count / 2)
    values.reserveCapacity(trees * Forest.mostLeaves)
    let isWhole = nodes.withUnsafeBufferPointer { nodes in
      for tree in 0..<trees {
        let root = Int(word(16 + tree * 8))
        let end = tree + 1 < trees ? Int(word(16 + (tree + 1) * 8)) : count
        guard root < end, end <= count, add(UnsafeBufferPointer(rebasing: nodes[root..<end]), width) else {
          return false
        }
      }
      return true
    }
    guard isWhole else { return nil }
  }

  /// Adds a tree's splits, parents before children, leaves numbered from left to right.
  private mutating func add(_ nodes: UnsafeBufferPointer<ForestNode>, _ width: Int) -> Bool {
    let firstValue = values.count
    values.append(contentsOf: repeatElement(0, count: Forest.mostLeaves))
    var tree = TreePass(nodes: nodes, width: width, mostLeaves: Forest.mostLeaves, firstValue: firstValue)
    guard tree.visit(0, 0, &splits, &values) != nil, tree.seen == nodes.count else { return false }
    firstSplit.append(Int32(splits.count))
    return true
  }

  /// The sum of leaves for each row. A row's sum does not depend on the rows beside it.
  package func sums(_ matrix: FeatureMatrix) -> [Float] {
    let lanes = FeatureMatrix.lanes
    let all = (0..<Int32(FeatureMatrix.groups(of: matrix.count))).map { $0 }
    var sums = [Float](repeating: 0, count: all.count * lanes)
    let trial = min(Forest.trialTrees, trees)
    add(0..<trial, to: &sums, matrix, all)
    if trial < trees {
      let tried = sums
      let open = all.filter { group in
        tried[Int(group) * lanes..<(Int(group) + 1) * lanes].contains { $0 >= Forest.hopeless }
      }
      add(trial..<trees, to: &sums, matrix, open)
      for row in sums.indices where tried[row] < Forest.hopeless { sums[row] = tried[row] }
    }
    sums.removeLast(sums.count - matrix.count)
    return sums
  }

  private var trees: Int { firstSplit.count - 1 }

  /// Adds the leaves of some trees to the sums of some groups of rows, a pair of groups after the other: what
  /// a group's rows say then stays in the processor's nearest memory, and the trees pass by in order.
  ///
  /// Places in the matrix are computed unchecked: features are below its width, groups below its stride.
  private func add(_ chosen: Range<Int>, to sums: inout [Float], _ matrix: FeatureMatrix, _ groups: [Int32]) {
    splits.withUnsafeBufferPointer { splits in
      firstSplit[chosen.lowerBound...chosen.upperBound].withUnsafeBufferPointer { firstSplit in
        values[(chosen.lowerBound * Forest.mostLeaves)...].withUnsafeBufferPointer { values in
          matrix.values.withUnsafeBufferPointer { columns in
            var trees = winnow_trees(
              splits: splits.baseAddress, first_split: firstSplit.baseAddress, values: values.baseAddress,
              count: chosen.count)
            winnow_forest_add(&trees, columns.baseAddress, matrix.stride, groups, groups.count, &sums)
          }
        }
      }
    }
  }
}

/// A node as training writes it.
private struct ForestNode {
  var threshold: Float
  var feature: UInt16
  var left: UInt16
  var value: Float
}

/// A walk over one tree's nodes.
private struct TreePass {
  let nodes: UnsafeBufferPointer<ForestNode>
  let width: Int
  let mostLeaves: Int
  /// Where the tree's leaves begin among all values.
  let firstValue: Int
  private var leaves = 0
  private(set) var seen = 0

  init(nodes: UnsafeBufferPointer<ForestNode>, width: Int, mostLeaves: Int, firstValue: Int) {
    self.nodes = nodes
    self.width = width
    self.mostLeaves = mostLeaves
    self.firstValue = firstValue
  }

  /// Adds what stands below a node; returns the leaves there, or `nil` for what is no tree.
  mutating func visit(
    _ index: Int, _ depth: Int, _ splits: inout [winnow_split], _ values: inout [Float]
  ) -> Range<Int>? {
    seen += 1
    // A node met twice would be a loop, or two parents.
    guard nodes.indices.contains(index), seen <= nodes.count, depth < 64 else { return nil }
    let node = nodes[index]
    let left = Int(node.left)
    if left == index {
      guard node.threshold == .infinity, leaves < mostLeaves else { return nil }
      values[firstValue + leaves] = node.value
      leaves += 1
      return leaves - 1..<leaves
    }
    guard Int(node.feature) < width, node.threshold.isFinite else { return nil }
    let place = splits.count
    splits.append(winnow_split(threshold: node.threshold, feature: UInt32(node.feature), leaves: 0))
    guard let lower = visit(left, depth + 1, &splits, &values),
      let upper = visit(left + 1, depth + 1, &splits, &values)
    else { return nil }
    // There are leaves above, too, so that those below are fewer than a mask has bits.
    splits[place].leaves = ~((1 << UInt32(lower.count) - 1) << UInt32(lower.lowerBound))
    return lower.lowerBound..<upper.upperBound
  }
}
