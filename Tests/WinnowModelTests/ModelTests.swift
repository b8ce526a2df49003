import Testing
import WinnowModel
import WinnowStages

@Suite struct ForestTests {
  /// One tree: feature 0 at most 1.5 gives -1, else feature 1 at most 0 gives 2, else 3.
  static let nodes: [(threshold: Float, feature: UInt16, left: UInt16, value: Float)] = [
    (1.5, 0, 1, 0), (.infinity, 0, 1, -1), (0, 1, 3, 0), (.infinity, 0, 3, 2), (.infinity, 0, 4, 3),
  ]

  static func bytes(
    magic: UInt32 = 0x314E_5757, digest: UInt32 = 7, depth: UInt32 = 2,
    nodes: [(threshold: Float, feature: UInt16, left: UInt16, value: Float)] = nodes
  ) -> [UInt8] {
    var out: [UInt8] = []
    func add(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.littleEndian) { out += $0 } }
    for word in [magic, digest, 1, UInt32(nodes.count), 0, depth] { add(word) }
    for node in nodes {
      add(node.threshold.bitPattern)
      add(node.feature)
      add(node.left)
      add(node.value.bitPattern)
    }
    return out
  }

  static func forest(_ bytes: [UInt8], width: Int = 2) -> Forest? {
    bytes.withUnsafeBytes { Forest($0, width: width) }
  }

  @Test func rowsEndInTheirLeaves() throws {
    let forest = try #require(Self.forest(Self.bytes()))
    #expect(forest.digest == 7)
    var matrix = FeatureMatrix(count: 5, width: 2)
    let rows: [[Float]] = [[1.5, 9], [1.6, 0], [1.6, 0.1], [-4, -4], [2, -1]]
    for (row, numbers) in rows.enumerated() {
      for (column, number) in numbers.enumerated() { matrix[row, column] = number }
    }
    #expect(forest.sums(matrix) == [-1, 2, 3, -1, 2])
    #expect(forest.sums(FeatureMatrix(count: 0, width: 2)).isEmpty)
  }

  @Test func damagedBytesAreRefused() {
    let good = Self.bytes()
    for cut in [0, 3, 15, 16, good.count - 1] {
      #expect(Self.forest(Array(good.prefix(cut))) == nil, "\(cut)")
    }
    #expect(Self.forest(good + [0]) == nil)
    #expect(Self.forest(Self.bytes(magic: 1)) == nil)
    #expect(Self.forest(good, width: 1) == nil, "a feature beyond the row")
    var lost = Self.nodes
    lost[2].left = 9
    #expect(Self.forest(Self.bytes(nodes: lost)) == nil, "a child outside the tree")
    lost = Self.nodes
    lost[1].threshold = 0
    #expect(Self.forest(Self.bytes(nodes: lost)) == nil, "a leaf that could be walked out of")
    lost[1].threshold = .nan
    #expect(Self.forest(Self.bytes(nodes: lost)) == nil)
  }
}

@Suite struct ExpectedF1Tests {
  @Test func certainBlocksAreKeptAndHopelessOnesAreNot() {
    let (threshold, maximum) = ExpectedF1.threshold([1, 1, 0], words: [10, 20, 30])
    #expect(maximum == 1)
    #expect(threshold == 0.5)
  }

  @Test func aPageInDoubtKeepsMoreThanHalfWould() {
    // All blocks are as likely as not: keeping all expects more than keeping none or some.
    let p: [Float] = [0.4, 0.4, 0.4]
    let (threshold, maximum) = ExpectedF1.threshold(p, words: [10, 10, 10])
    #expect(p.allSatisfy { $0 > threshold })
    #expect(abs(maximum - 2 * 12 / 42) < 1e-5)
  }

  /// The best of all prefixes, of which blocks as likely as each other stand in the page's order.
  @Test func theOrderIsThatOfProbabilities() {
    var state: UInt64 = 3
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    for count in 1...60 {
      let p = (0..<count).map { _ in
        [Float(next(8)) / 8, -0.0, 1e-30, .leastNonzeroMagnitude, 1][Int(next(5))]
      }
      let words = (0..<count).map { _ in Float(1 + next(40)) }
      let order = p.indices.sorted { p[$0] == p[$1] ? $0 < $1 : p[$0] > p[$1] }
      let all = p.indices.reduce(Float(0)) { $0 + p[$1] * words[$1] }
      var (mass, kept, best): (Float, Float, Float) = (0, 0, 0)
      for index in order {
        mass += p[index] * words[index]
        kept += words[index]
        best = max(best, 2 * mass / (kept + all))
      }
      #expect(ExpectedF1.threshold(p, words: words) == (best / 2, best))
    }
  }

  @Test func emptyPagesHaveNoThreshold() {
    #expect(ExpectedF1.threshold([], words: []) == (0, 0))
    #expect(ExpectedF1.smoothed([], words: [], groups: []).isEmpty)
  }

  @Test func groupsDrawTheirBlocksTogether() {
    let p = ExpectedF1.smoothed([1, 0, 0.5], words: [30, 10, 5], groups: [0, 0, 1])
    #expect(p == [0.875, 0.375, 0.5])
  }

  @Test func logisticIsMonotoneAndSymmetric() {
    var last: Float = 0
    for step in -40...40 {
      let value = logistic(Float(step) / 4)
      #expect(value >= last && value >= 0 && value <= 1)
      last = value
    }
    #expect(logistic(0) == 0.5)
    #expect(abs(logistic(2) - 0.880797) < 1e-3)
    #expect(abs(logistic(2) + logistic(-2) - 1) < 1e-3)
  }
}

@Suite struct ContentModelTests {
  @Test func theProgramsOwnModelCanBeRead() { #expect(ContentScoreStage.builtIn != nil) }

  @Test func otherFeaturesAreRefused() {
    let forest = ForestTests.bytes()
    let tokens = [UInt8](repeating: 0, count: 4 + 513 * 4)
    #expect(throws: ContentModel.Problem.otherFeatures) {
      try forest.withUnsafeBytes { forest in
        try tokens.withUnsafeBytes { tokens in
          try ContentModel(
            forest: forest, tokens: tokens, network: UnsafeRawBufferPointer(start: nil, count: 0))
        }
      }
    }
  }

  @Test func featureNamesAreUnique() {
    #expect(Set(BlockFeatures.names).count == BlockFeatures.names.count)
    #expect(!BlockFeatures.scriptColumns.isEmpty)
  }
}
