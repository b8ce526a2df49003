/// A gradient-boosted forest in flat nodes.
///
/// A node is eight bytes: threshold, feature, and the place of its left child within the tree; the right
/// child is the next. A leaf's left child is itself and its threshold is infinite, so that a walk of the
/// tree's depth ends in its leaf without asking whether it is there, and four rows walk at a time.
package struct Forest: Sendable {
  private struct Node: Sendable {
    var threshold: Float
    var feature: UInt16
    var left: UInt16
  }

  private var nodes: [Node] = []
  /// Value of each node that is a leaf.
  private var values: [Float] = []
  private var roots: [Int32] = []
  private var depths: [Int32] = []
  /// The list of features that the forest was trained on.
  package private(set) var digest: UInt32 = 0

  /// Trees after which rows that are hopeless are given up, and the sum under which they are: a
  /// probability of .01. Chosen in the model card's sweep.
  private static let trialTrees = 60
  private static let hopeless: Float = -4.6

  private static let magic: UInt32 = 0x314E_5757

  /// Reads the bytes that training wrote: magic, digest, tree count, node count; for each tree its first
  /// node and depth; for each node threshold, feature, left, value. `nil` when the bytes do not hold
  /// that, or a link leads out of its tree.
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
    for tree in 0..<trees {
      roots.append(Int32(truncatingIfNeeded: word(16 + tree * 8)))
      depths.append(Int32(truncatingIfNeeded: word(20 + tree * 8)))
    }
    let start = 16 + trees * 8
    for index in 0..<count {
      let offset = start + index * 12
      let links = word(offset + 4)
      nodes.append(
        Node(
          threshold: Float(bitPattern: word(offset)), feature: UInt16(truncatingIfNeeded: links),
          left: UInt16(truncatingIfNeeded: links >> 16)))
      values.append(Float(bitPattern: word(offset + 8)))
    }
    guard isSound(width) else { return nil }
  }

  /// Every walk stays within its tree and the row: nothing is checked while scoring.
  private func isSound(_ width: Int) -> Bool {
    for (tree, root) in roots.enumerated() {
      let end = tree + 1 < roots.count ? roots[tree + 1] : Int32(nodes.count)
      guard root >= 0, root < end, end <= nodes.count, depths[tree] >= 0, depths[tree] < 64 else {
        return false
      }
      for index in Int(root)..<Int(end) {
        let node = nodes[index]
        let isLeaf = Int(root) + Int(node.left) == index
        guard Int(node.feature) < width, !node.threshold.isNaN else { return false }
        guard isLeaf ? node.threshold == .infinity : Int(root) + Int(node.left) + 1 < Int(end) else {
          return false
        }
      }
    }
    return true
  }

  /// The sum of leaves for each row.
  package func sums(_ matrix: FeatureMatrix) -> [Float] {
    var result = [Float](repeating: 0, count: matrix.count)
    matrix.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      var row = 0
      while row < matrix.count {
        let last = matrix.count - 1
        let sums = four(
          base + row * matrix.width, base + min(row + 1, last) * matrix.width,
          base + min(row + 2, last) * matrix.width, base + min(row + 3, last) * matrix.width)
        for lane in 0..<min(4, matrix.count - row) { result[row + lane] = sums[lane] }
        row += 4
      }
    }
    return result
  }

  private func four(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>, _ d: UnsafePointer<Float>
  ) -> SIMD4<Float> {
    var sums = SIMD4<Float>()
    nodes.withUnsafeBufferPointer { nodes in
      values.withUnsafeBufferPointer { values in
        for tree in roots.indices {
          if tree == Forest.trialTrees, sums.max() < Forest.hopeless { return }
          let root = Int(roots[tree])
          var (i, j, k, l) = (root, root, root, root)
          for _ in 0..<depths[tree] {
            let (p, q, r, s) = (nodes[i], nodes[j], nodes[k], nodes[l])
            i = root + Int(p.left) + (a[Int(p.feature)] > p.threshold ? 1 : 0)
            j = root + Int(q.left) + (b[Int(q.feature)] > q.threshold ? 1 : 0)
            k = root + Int(r.left) + (c[Int(r.feature)] > r.threshold ? 1 : 0)
            l = root + Int(s.left) + (d[Int(s.feature)] > s.threshold ? 1 : 0)
          }
          sums += SIMD4(values[i], values[j], values[k], values[l])
        }
      }
    }
    return sums
  }
}
