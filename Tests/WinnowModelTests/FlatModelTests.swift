import Testing
import WinnowCore
import WinnowStages
import WinnowText

@testable import WinnowModel

@Suite struct FlatModelTests {
  @Test func theProgramsOwnModelCanBeRead() { #expect(ContentScoreStage.builtInFlat != nil) }

  @Test func featureNamesAreUniqueAndALinesOwnComeFirst() {
    #expect(Set(FlatFeatures.names).count == FlatFeatures.names.count)
    #expect(FlatFeatures.names.starts(with: FlatFeatures.ownNames))
    #expect(FlatFeatures.names.count > FlatFeatures.ownNames.count)
  }

  @Test func otherFeaturesAreRefused() {
    let forest = ForestTests.bytes()
    let words = FlatModelTests.words([:], bias: 0)
    #expect(throws: ContentModel.Problem.otherFeatures) {
      try forest.withUnsafeBytes { forest in
        try words.withUnsafeBytes { words in
          try FlatModel(words: words, forest: forest, network: UnsafeRawBufferPointer(start: nil, count: 0))
        }
      }
    }
  }

  @Test func wordWeightsAddUpOverTheRootOfTheCount() throws {
    let line = "Subscribe now".words
    let tokens = WordWeights.tokens(line)
    // Two words, and the pairs of edge and word, word and word, word and edge.
    #expect(tokens.count == 5)
    let bytes = FlatModelTests.words([tokens[0]: 2, tokens[1]: -0.5], bias: 0.25)
    let weights = try #require(bytes.withUnsafeBytes { WordWeights($0) })
    #expect(abs(weights.scores(of: [line])[0] - (0.25 + 1.5 / Float(5).squareRoot())) < 1e-6)
    #expect(weights.scores(of: ["Nothing known".words, []]) == [0.25, 0.25])
  }

  @Test func manyWordWeightsAddUpInOrder() throws {
    let words = (0..<3000).map { "word\($0)" }
    var known: [UInt32: Float] = [:]
    for index in stride(from: 0, to: words.count, by: 3) {
      for token in WordWeights.tokens(words[index].words) { known[token] = Float(index % 17) - 8 }
    }
    let weights = try #require(
      FlatModelTests.words(known, bias: 0.5).withUnsafeBytes { WordWeights($0) })
    for start in stride(from: 0, to: words.count, by: 10) {
      let line = words[start..<start + 10].joined(separator: " ").words
      let tokens = WordWeights.tokens(line)
      let sum = tokens.reduce(Float(0)) { $0 + (known[$1] ?? 0) }
      #expect(weights.scores(of: [line]) == [0.5 + sum / Float(tokens.count).squareRoot()])
    }
  }

  @Test func damagedWordWeightsAreRefused() {
    let whole = FlatModelTests.words([7: 1, 8: 2], bias: 0)
    for count in 0..<whole.count {
      let cut = Array(whole.prefix(count))
      #expect(cut.withUnsafeBytes { WordWeights($0) } == nil, "\(count) bytes")
    }
    let infinite = FlatModelTests.words([7: .infinity], bias: 0)
    #expect(infinite.withUnsafeBytes { WordWeights($0) } == nil)
    // The hash 0 marks free slots.
    #expect(FlatModelTests.words([0: 1], bias: 0).withUnsafeBytes { WordWeights($0) } == nil)
  }

  @Test func signsOfALineAreFound() {
    func signs(_ text: String) -> LineSigns {
      var text = text
      return text.withUTF8(LineSigns.init)
    }
    #expect(signs("Why not?").question && signs("なぜ？").question && !signs("Why? Because.").question)
    #expect(signs("and so on…").ellipsis && signs("and so on...").ellipsis && !signs("The end.").ellipsis)
    #expect(signs("only $5 today").money && signs("5 € a month").money && !signs("a dollar").money)
    #expect(signs("at 12:30").clock && !signs("Note: 30 people").clock)
    #expect(signs("https://a.example").address && !signs("either/or").address)
    #expect(signs("– Nej").opensDash && signs("- No").opensDash && !signs("No - yes").opensDash)
    #expect(signs("„Ja“, sagte sie").quotes == 2)
    #expect(signs("Read more »").arrow && signs("Next →").arrow && !signs("« Oui » dit-il").arrow)
    _ = signs("")
  }

  @Test func shapesGroupLikeLines() {
    func row(_ words: Int32, ends: Bool, bullet: Bool = false) -> BlockRow {
      var row = BlockRow()
      row.measures.words = words
      if ends { row.measures.flags.insert(.endsSentence) }
      if bullet { row.measures.flags.insert(.bullet) }
      return row
    }
    let shapes = FlatShapes([
      row(2, ends: false, bullet: true), row(2, ends: false, bullet: true), row(30, ends: true),
      row(31, ends: true),
      row(2, ends: false, bullet: true),
    ])
    // The menu's entries are one shape wherever they stand, but not one run.
    #expect(shapes.groups[0] == [0, 0, 1, 1, 0])
    #expect(shapes.groups[1] == [0, 0, 1, 1, 2])
    #expect(shapes.groups[2] == [0, 0, 1, 1, 2])
    #expect(shapes.means(of: [1, 3, 5, 7, 8])[0] == [4, 6])
  }

  private static func words(_ weights: [UInt32: Float], bias: Float) -> [UInt8] {
    var bytes: [UInt8] = []
    func append(_ value: UInt32) { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }
    append(UInt32(weights.count))
    for (hash, weight) in weights.sorted(by: { $0.key < $1.key }) {
      append(hash)
      append(weight.bitPattern)
    }
    append(bias.bitPattern)
    return bytes
  }
}

extension String {
  fileprivate var words: ArraySlice<UInt64> { WordHashes.of(self)[...] }
}
