import CWinnowKernels
import WinnowCore

/// A small network over the blocks of a page: each block sees blocks at growing distances, and the means of
/// the groups that it belongs to.
///
/// Residual layers over 32 numbers a block, each on layer-normalised input (J. L. Ba et al., "Layer
/// Normalization", 2016): dilated convolutions, and attention-weighted means over groups. All numbers come
/// from additions, multiplications, divisions and square roots, always in the same order, so a page has the
/// same bits on every system that can add a product unrounded. The loops are C's: Swift's own vectors are slow
/// where they are wider than the processor that a program is compiled for.
struct BlockNetwork: Sendable {
  /// Numbers that a block carries through the network.
  static let width = Int(WINNOW_LANES)

  /// How one column is brought to scale: cut to a range, less its mean, times a factor.
  private struct Scale: Sendable {
    var column: Int
    var lower: Float
    var upper: Float
    var mean: Float
    var factor: Float
  }

  private struct Layer: Sendable {
    /// Blocks looked at before and behind; 0 for a layer that looks at groups.
    var distance: Int
    var gain: [Float]
    var shift: [Float]
    /// A row for each number that goes in.
    var weights: [Float]
    var bias: [Float]
    /// For groups: how much a block counts in each, and what it adds.
    var attention: [[Float]]
    var values: [Float]
  }

  private let scales: [Scale]
  private let entry: [Float]
  private let entryBias: [Float]
  private let layers: [Layer]
  private let gain: [Float]
  private let shift: [Float]
  private let output: [Float]
  private let bias: Float

  /// Reads one network, advancing `reader`; `nil` when the bytes end early, hold no numbers, or name a
  /// column that is not among `columns`.
  init?(_ reader: inout ByteReader, columns: Int, ways: Int) {
    let square = BlockNetwork.width * BlockNetwork.width
    guard let count = reader.count(limit: UInt32(columns)) else { return nil }
    var places: [Int] = []
    for _ in 0..<count {
      guard let place = reader.count(limit: UInt32(columns) - 1) else { return nil }
      places.append(place)
    }
    guard let ranges = reader.floats(count * 4), let entry = reader.floats(count * BlockNetwork.width),
      let entryBias = reader.floats(BlockNetwork.width), let depth = reader.count(limit: 64)
    else { return nil }
    scales = places.enumerated().map { index, place in
      Scale(
        column: place, lower: ranges[index], upper: ranges[count + index], mean: ranges[2 * count + index],
        factor: ranges[3 * count + index])
    }
    var layers: [Layer] = []
    for _ in 0..<depth {
      guard let distance = reader.count(limit: 4096) else { return nil }
      let isGroup = distance == 0
      guard let gain = reader.floats(BlockNetwork.width), let shift = reader.floats(BlockNetwork.width),
        let weights = reader.floats((isGroup ? 1 + ways : 3) * square),
        let bias = reader.floats(BlockNetwork.width)
      else { return nil }
      var attention: [[Float]] = []
      for _ in 0..<(isGroup ? ways : 0) {
        guard let row = reader.floats(BlockNetwork.width) else { return nil }
        attention.append(row)
      }
      guard let values = reader.floats(isGroup ? square : 0) else { return nil }
      layers.append(
        Layer(
          distance: distance, gain: gain, shift: shift, weights: weights, bias: bias, attention: attention,
          values: values))
    }
    guard let gain = reader.floats(BlockNetwork.width), let shift = reader.floats(BlockNetwork.width),
      let output = reader.floats(BlockNetwork.width), let bias = reader.float()
    else { return nil }
    self.entry = entry
    self.entryBias = entryBias
    self.layers = layers
    (self.gain, self.shift, self.output, self.bias) = (gain, shift, output, bias)
  }

  /// The log odds of each block of being body.
  func logits(_ matrix: FeatureMatrix, _ groups: BlockGroups) -> [Float] {
    let count = matrix.count
    guard count > 0 else { return [] }
    var hidden = [Float](repeating: 0, count: count * BlockNetwork.width)
    var sums = [Float](repeating: 0, count: count * BlockNetwork.width)
    var seen = [Float](repeating: 0, count: count * BlockNetwork.width)
    enter(matrix, &sums)
    winnow_activate(sums, count, &hidden)
    for layer in layers {
      winnow_normalize(hidden, count, layer.gain, layer.shift, &seen)
      BlockNetwork.fill(&sums, with: layer.bias)
      if layer.distance > 0 {
        convolve(layer, seen, count, &sums)
      } else {
        pool(layer, seen, groups, &sums)
      }
      winnow_activate(sums, count, &hidden)
    }
    winnow_normalize(hidden, count, gain, shift, &seen)
    var logits = [Float](repeating: 0, count: count)
    winnow_weigh(seen, count, output, bias, &logits)
    return logits
  }

  /// The first sums: each block's columns, brought to scale, times their weights.
  ///
  /// A quarter of the columns say the same of all blocks of a page. What those add is added once, to the
  /// biases that all blocks begin with.
  private func enter(_ matrix: FeatureMatrix, _ sums: inout [Float]) {
    let (count, width) = (matrix.count, BlockNetwork.width)
    var start = entryBias
    withUnsafeTemporaryAllocation(of: Float.self, capacity: scales.count * (count + width)) { room in
      matrix.values.withUnsafeBufferPointer { values in
        entry.withUnsafeBufferPointer { entry in
          guard let from = values.baseAddress, let scaled = room.baseAddress, let entry = entry.baseAddress
          else { return }
          let weights = scaled + scales.count * count
          var used = 0
          for (index, scale) in scales.enumerated() {
            let column = scaled + used * count
            let differs = winnow_scale(
              from + scale.column * matrix.stride, count, scale.lower, scale.upper, scale.mean, scale.factor,
              column)
            let row = entry + index * width
            if differs == 0 {
              start.withUnsafeMutableBufferPointer { start in
                for lane in 0..<width { start[lane] += column[0] * row[lane] }
              }
            } else {
              (weights + used * width).update(from: row, count: width)
              used += 1
            }
          }
          BlockNetwork.fill(&sums, with: start)
          winnow_multiply(scaled, 1, count, count, used, weights, &sums)
        }
      }
    }
  }

  private func convolve(_ layer: Layer, _ seen: [Float], _ count: Int, _ sums: inout [Float]) {
    for step in 0..<3 {
      let offset = (step - 1) * layer.distance
      let rows = max(0, -offset)..<max(0, -offset, min(count, count - offset))
      BlockNetwork.multiply(seen, from: rows.lowerBound + offset, rows, layer.weights, square: step, &sums)
    }
  }

  private func pool(_ layer: Layer, _ seen: [Float], _ groups: BlockGroups, _ sums: inout [Float]) {
    let count = groups.weights.count
    BlockNetwork.multiply(seen, from: 0, 0..<count, layer.weights, square: 0, &sums)
    var values = [Float](repeating: 0, count: count * BlockNetwork.width)
    BlockNetwork.multiply(seen, from: 0, 0..<count, layer.values, square: 0, &values)
    var masses = [Float](repeating: 0, count: count)
    for (way, grouping) in groups.ways.enumerated() {
      winnow_weigh(seen, count, layer.attention[way], 0, &masses)
      var totals = [Float](repeating: 1e-6, count: grouping.count)
      for row in 0..<count {
        masses[row] = BlockNetwork.mass(masses[row]) * groups.weights[row]
        totals[Int(grouping.group[row])] += masses[row]
      }
      for row in 0..<count { masses[row] /= totals[Int(grouping.group[row])] }
      var means = [Float](repeating: 0, count: grouping.count * BlockNetwork.width)
      winnow_collect(values, masses, grouping.group, count, &means)
      // What a group adds is the same for all its blocks: it goes through the weights once.
      var added = [Float](repeating: 0, count: grouping.count * BlockNetwork.width)
      BlockNetwork.multiply(means, from: 0, 0..<grouping.count, layer.weights, square: way + 1, &added)
      winnow_spread(added, grouping.group, count, &sums)
    }
  }

  // MARK: - Arithmetic

  /// Adds to the sums of `rows` the rows of `x` from `from` on, times one of the squares in `weights`.
  private static func multiply(
    _ x: [Float], from: Int, _ rows: Range<Int>, _ weights: [Float], square: Int, _ sums: inout [Float]
  ) {
    guard !rows.isEmpty else { return }
    x.withUnsafeBufferPointer { x in
      weights.withUnsafeBufferPointer { weights in
        sums.withUnsafeMutableBufferPointer { sums in
          guard let x = x.baseAddress, let weights = weights.baseAddress, let sums = sums.baseAddress else {
            return
          }
          winnow_multiply(
            x + from * width, width, 1, rows.count, width, weights + square * width * width,
            sums + rows.lowerBound * width)
        }
      }
    }
  }

  private static func fill(_ rows: inout [Float], with row: [Float]) {
    rows.withUnsafeMutableBufferPointer { rows in
      row.withUnsafeBufferPointer { row in
        guard let to = rows.baseAddress, let from = row.baseAddress else { return }
        for start in stride(from: 0, to: rows.count, by: width) {
          (to + start).update(from: from, count: width)
        }
      }
    }
  }

  /// Grows like e^x within -6…6, by multiplications alone.
  @inline(__always)
  private static func mass(_ x: Float) -> Float {
    let u = max(-6, min(6, x)) * 0.125
    let t = 1 + u + u * u * 0.5
    let square = t * t
    return square * square * (square * square)
  }
}
