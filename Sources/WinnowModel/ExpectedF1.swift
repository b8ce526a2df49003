/// Which blocks to keep, given how probably each belongs to the body.
///
/// With p the probabilities and n the words, keeping the k most probable blocks has the expected F1
/// 2·Σ kept p·n / (Σ kept n + Σ all p·n); the prefix with the largest is kept, which is the same as a
/// threshold of half that F1 (Lewis 1995; Ye et al. 2012 for the general result).
package enum ExpectedF1 {
  /// The threshold that maximises expected F1, and that maximum.
  package static func threshold(_ p: [Float], words: [Float]) -> (threshold: Float, maximum: Float) {
    // The most probable first, and of equals the first: as whole numbers, which are compared at once. The bits of
    // numbers that are not negative grow with them; adding 0 leaves no -0.
    let order = p.indices.map { UInt64(~max(p[$0] + 0, 0).bitPattern) << 32 | UInt64($0) }.sorted()
    var all: Float = 0
    for index in p.indices { all += p[index] * words[index] }
    var mass: Float = 0
    var kept: Float = 0
    var best: Float = 0
    for place in order {
      let index = Int(truncatingIfNeeded: place & 0xFFFF_FFFF)
      mass += p[index] * words[index]
      kept += words[index]
      let value = kept + all > 0 ? 2 * mass / (kept + all) : 0
      if value > best { best = value }
    }
    return (best / 2, best)
  }

  /// Half of each probability is its group's mean by words: blocks made by one template stand or fall
  /// together.
  package static func smoothed(_ p: [Float], words: [Float], groups: [Int32]) -> [Float] {
    let count = Int(groups.max() ?? -1) + 1
    var mass = [Float](repeating: 0, count: count)
    var size = mass
    for index in p.indices {
      mass[Int(groups[index])] += p[index] * words[index]
      size[Int(groups[index])] += words[index]
    }
    return p.indices.map { index in
      let group = Int(groups[index])
      return size[group] > 0 ? 0.5 * p[index] + 0.5 * mass[group] / size[group] : p[index]
    }
  }
}

/// 1/(1+e^-x), from multiplications only: the same bits on every system.
package func logistic(_ x: Float) -> Float {
  let clamped = max(-30, min(30, -x))
  var value: Float = 1 + clamped / 4096
  for _ in 0..<12 { value *= value }
  return 1 / (1 + value)
}
