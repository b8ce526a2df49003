import Testing
import WinnowCore
import WinnowText

@testable import WinnowModel

/// Numbers that look random and are the same on every system.
private struct Numbers {
  var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func next(_ scale: Float = 1) -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (Float(state >> 40) / Float(1 << 24) * 2 - 1) * scale
  }

  mutating func row(_ count: Int, _ scale: Float = 1) -> [Float] { (0..<count).map { _ in next(scale) } }
}

/// A network as plain lists, its file, and what it computes, step by step as the paper has it.
private struct PlainNetwork {
  struct Layer {
    var distance: Int
    var gain: [Float]
    var shift: [Float]
    /// A row for each number that goes in.
    var weights: [[Float]]
    var bias: [Float]
    var attention: [[Float]] = []
    var values: [[Float]] = []
  }

  static let width = 32
  var columns: [Int]
  var ranges: [[Float]]
  var entry: [[Float]]
  var entryBias: [Float]
  var layers: [Layer]
  var ends: [[Float]]
  var bias: Float

  init(columns: [Int], distances: [Int], ways: Int) {
    var numbers = Numbers()
    func square(_ count: Int) -> [[Float]] { (0..<count).map { _ in numbers.row(32, 0.3) } }
    self.columns = columns
    let count = columns.count
    ranges = [
      Array(repeating: -0.5, count: count), Array(repeating: 0.75, count: count), numbers.row(count, 0.2),
      Array(repeating: 3, count: count),
    ]
    entry = square(count)
    entryBias = numbers.row(32)
    layers = distances.map { distance in
      var layer = Layer(
        distance: distance, gain: numbers.row(32), shift: numbers.row(32), weights: [], bias: numbers.row(32))
      layer.weights = square((distance > 0 ? 3 : 1 + ways) * 32)
      if distance == 0 {
        layer.attention = square(ways)
        layer.values = square(32)
      }
      return layer
    }
    ends = [numbers.row(32), numbers.row(32), numbers.row(32)]
    bias = numbers.next()
  }

  func file(digest: UInt32, weights: [Float] = [0.5, 0.5]) -> [UInt8] {
    var bytes: [UInt8] = []
    func put(_ word: UInt32) { withUnsafeBytes(of: word.littleEndian) { bytes += $0 } }
    func put(_ floats: [Float]) { for value in floats { put(value.bitPattern) } }
    put(0x324E_5757)
    put(digest)
    put(weights)
    put(1)
    put(UInt32(columns.count))
    for column in columns { put(UInt32(column)) }
    for range in ranges { put(range) }
    for row in entry { put(row) }
    put(entryBias)
    put(UInt32(layers.count))
    for layer in layers {
      put(UInt32(layer.distance))
      put(layer.gain)
      put(layer.shift)
      for row in layer.weights { put(row) }
      put(layer.bias)
      for row in layer.attention + layer.values { put(row) }
    }
    for row in ends { put(row) }
    put([bias])
    return bytes
  }

  func logits(_ x: [[Float]], words: [Int], ways: [[Int]]) -> [Float] {
    func times(_ row: [Float], _ weights: ArraySlice<[Float]>) -> [Float] {
      var sum = [Float](repeating: 0, count: 32)
      for (value, weight) in zip(row, weights) {
        for lane in 0..<32 { sum[lane] += value * weight[lane] }
      }
      return sum
    }
    func plus(_ a: [Float], _ b: [Float]) -> [Float] { zip(a, b).map { $0 + $1 } }
    func active(_ row: [Float]) -> [Float] { row.map { $0 * min(max($0 + 3, 0), 6) / 6 } }
    func normal(_ row: [Float], _ gain: [Float], _ shift: [Float]) -> [Float] {
      let mean = row.reduce(0, +) / 32
      let spread = row.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 32
      return (0..<32).map { (row[$0] - mean) / (spread + 1e-5).squareRoot() * gain[$0] + shift[$0] }
    }
    func mass(_ x: Float) -> Float {
      let u = max(-6, min(6, x)) / 8
      let t = 1 + u + u * u / 2
      return t * t * t * t * t * t * t * t
    }
    var hidden = x.map { row in
      let scaled = columns.enumerated().map { index, column in
        let cut = max(ranges[0][index], min(ranges[1][index], row[column]))
        return max(-5, min(5, (cut - ranges[2][index]) * ranges[3][index]))
      }
      return active(plus(times(scaled, entry[...]), entryBias))
    }
    for layer in layers {
      let seen = hidden.map { normal($0, layer.gain, layer.shift) }
      let values = seen.map { times($0, layer.values[...]) }
      for row in hidden.indices {
        var sum = layer.bias
        if layer.distance > 0 {
          for step in 0..<3 {
            let other = row + (step - 1) * layer.distance
            guard seen.indices.contains(other) else { continue }
            sum = plus(sum, times(seen[other], layer.weights[step * 32..<(step + 1) * 32]))
          }
        } else {
          sum = plus(sum, times(seen[row], layer.weights[..<32]))
          for (way, group) in (ways + [Array(repeating: 0, count: x.count)]).enumerated() {
            var mean = [Float](repeating: 0, count: 32)
            var total: Float = 0
            for other in seen.indices where group[other] == group[row] {
              let attention = zip(seen[other], layer.attention[way]).map { $0 * $1 }.reduce(0, +)
              let weight = mass(attention) * Float(min(words[other], 40)).squareRoot()
              mean = plus(mean, values[other].map { $0 * weight })
              total += weight
            }
            mean = mean.map { $0 / (total + 1e-6) }
            sum = plus(sum, times(mean, layer.weights[(way + 1) * 32..<(way + 2) * 32]))
          }
        }
        hidden[row] = plus(hidden[row], active(sum))
      }
    }
    return hidden.map { row in
      zip(normal(row, ends[0], ends[1]), ends[2]).map { $0 * $1 }.reduce(bias, +)
    }
  }
}

@Suite struct BlockNetworkTests {
  private static let columns = [4, 0, 2]

  private static func read(
    _ bytes: [UInt8], columns: Int = 5, ways: Int = 3
  ) throws(ContentModel.Problem) -> NetworkVote {
    let result: Result<NetworkVote, ContentModel.Problem> = bytes.withUnsafeBytes { bytes in
      Result { () throws(ContentModel.Problem) in
        try NetworkVote(bytes, name: "test", digest: 7, columns: columns, ways: ways)
      }
    }
    return try result.get()
  }

  @Test(arguments: [1, 2, 3, 17]) func itComputesWhatThePaperSays(count: Int) throws {
    var numbers = Numbers()
    let x = (0..<count).map { _ in numbers.row(5) }
    let words = (0..<count).map { $0 * 7 % 60 }
    let ways = [(0..<count).map { $0 % 3 }, (0..<count).map { $0 / 4 }]
    let plain = PlainNetwork(columns: BlockNetworkTests.columns, distances: [1, 0, 4], ways: 3)
    var matrix = FeatureMatrix(count: count, width: 5)
    for row in 0..<count {
      for column in 0..<5 { matrix[row, column] = x[row][column] }
    }
    let rows = words.map { count in
      var row = BlockRow()
      row.measures.words = Int32(count)
      return row
    }
    // Groups may have any numbers, also gaps and -1.
    let groups = BlockGroups(rows, [ways[0].map { Int32($0 * 5 - 1) }, ways[1].map(Int32.init)])
    let forest = x.map { $0[0] * 4 }
    var logits = forest
    try BlockNetworkTests.read(plain.file(digest: 7, weights: [0.5, 0.25])).vote(matrix, groups, &logits)
    let votes = plain.logits(x, words: words, ways: ways)
    for row in 0..<count {
      let expected = 0.5 * forest[row] + 0.25 * votes[row]
      #expect(abs(logits[row] - expected) < 1e-3 * max(1, abs(expected)), "row \(row)")
    }
  }

  @Test func withoutNetworksTheForestDecides() throws {
    let bytes: [UInt8] = [0x57, 0x57, 0x4E, 0x32, 7] + Array(repeating: 0, count: 15)
    var logits: [Float] = [1, -2]
    try BlockNetworkTests.read(bytes).vote(
      FeatureMatrix(count: 2, width: 5), BlockGroups([BlockRow(), BlockRow()], []), &logits)
    #expect(logits == [1, -2])
  }

  @Test func damagedFilesAreRefused() {
    let whole = PlainNetwork(columns: BlockNetworkTests.columns, distances: [1, 0], ways: 3).file(digest: 7)
    for count in stride(from: 0, to: whole.count, by: 97) {
      #expect(throws: ContentModel.Problem.damaged("test")) {
        try BlockNetworkTests.read(Array(whole.prefix(count)))
      }
    }
    #expect(throws: ContentModel.Problem.damaged("test")) { try BlockNetworkTests.read(whole + [0]) }
    // A column that is not there.
    #expect(throws: ContentModel.Problem.damaged("test")) { try BlockNetworkTests.read(whole, columns: 4) }
    #expect(throws: ContentModel.Problem.damaged("test")) { try BlockNetworkTests.read(whole, ways: 4) }
    var other = whole
    other[4] = 8
    #expect(throws: ContentModel.Problem.otherFeatures) { try BlockNetworkTests.read(other) }
    var infinite = whole
    infinite.replaceSubrange(whole.count - 4..<whole.count, with: [0, 0, 0x80, 0x7F])
    #expect(throws: ContentModel.Problem.damaged("test")) { try BlockNetworkTests.read(infinite) }
  }
}
