import Testing
import WinnowCore

@testable import WinnowText

/// The tree of phrases against a search that tries every phrase at every place.
@Suite struct PhraseTrieTests {
  private func entry(_ number: Int) -> Lexicon.Entry {
    Lexicon.Entry(
      section: .share, anchor: .within, language: UInt8(truncatingIfNeeded: number), leadingSlot: .none,
      trailingSlot: .none, countsInside: false)
  }

  private func tree(_ phrases: [[UInt8]]) -> PhraseTrie {
    var builder = PhraseTrieBuilder()
    for (index, phrase) in phrases.enumerated() {
      phrase.withUnsafeBufferPointer { builder.add($0, entry(index)) }
    }
    return PhraseTrie(builder)
  }

  /// Ends and numbers of the phrases that begin at a place, shorter ones first.
  private func found(_ tree: PhraseTrie, _ text: [UInt8], _ start: Int) -> [[Int]] {
    var result: [[Int]] = []
    text.withUnsafeBufferPointer {
      tree.walk($0, from: start) { end, entries in
        for entry in entries { result.append([end, Int(entry.language)]) }
      }
    }
    return result
  }

  private func expected(_ phrases: [[UInt8]], _ text: [UInt8], _ start: Int) -> [[Int]] {
    phrases.indices.filter { text[start...].starts(with: phrases[$0]) }
      .map { [start + phrases[$0].count, $0] }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }

  @Test func everyPhraseIsFoundAndNothingElse() {
    // Numbers that look random and are the same on every run.
    var state: UInt64 = 7
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    for letters: UInt64 in [2, 3, 40] {
      // Few letters make chains and forks, many make nodes with more children than a short search takes.
      let phrases = (0..<200).map { _ in (0...next(9)).map { _ in UInt8(0x41 + next(letters)) } }
      let tree = tree(phrases)
      let text = (0..<400).map { _ in UInt8(0x41 + next(letters)) }
      for start in text.indices { #expect(found(tree, text, start) == expected(phrases, text, start)) }
    }
  }

  /// Words of two letters and texts of such words: a walk from behind a first word finds what one from its start does.
  @Test func aWordIsAsGoodAsItsLetters() {
    var state: UInt64 = 11
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    func words(_ count: UInt64) -> [UInt8] {
      Array(
        (0..<count).map { _ in (0...next(4)).map { _ in UInt8(0x61 + next(2)) } }.joined(separator: [0x20]))
    }
    let phrases =
      (0..<300).map { _ in words(1 + next(3)) } + (0..<40).map { _ in words(1 + next(2)) + [0x3A] }
    let tree = tree(phrases)
    let text = words(500)
    text.withUnsafeBufferPointer { bytes in
      var folded = FoldedWords()
      let isRead = folded.read(bytes)
      #expect(isRead)
      for word in folded.all {
        var found: [[Int]] = []
        tree.walk(bytes, from: word) { end, entries in
          for entry in entries { found.append([end, Int(entry.language)]) }
        }
        // None ends within the word.
        let whole = phrases.indices.map { Int(UInt8(truncatingIfNeeded: $0)) }
        let expected = expected(phrases, text, Int(word.start)).filter { $0[0] >= Int(word.end) }
          .map { [$0[0], whole[$0[1]]] }
        #expect(
          found.sorted { $0.lexicographicallyPrecedes($1) }
            == expected.sorted { $0.lexicographicallyPrecedes($1) })
      }
    }
  }

  @Test func phrasesThatShareWhatTheyAreAreAllFound() {
    let phrases = ["read more", "read", "read more", "reader", "r"].map { Array($0.utf8) }
    let text = Array("read more".utf8)
    #expect(found(tree(phrases), text, 0) == [[1, 4], [4, 1], [9, 0], [9, 2]])
    #expect(found(tree(phrases), text, 5).isEmpty)
  }

  @Test func anEmptyTreeFindsNothing() { #expect(found(tree([]), Array("read".utf8), 0).isEmpty) }

  @Test func hashesTellTextsThatAreNearlyNothingApart() {
    // A lone number folds to the byte 1, decoration to nothing at all.
    let texts: [[UInt8]] = [
      [], [1], [1, 1], [0x61], [0x61, 0x20], [0x20, 0x61], Array(repeating: 1, count: 8),
    ]
    #expect(Set(texts.map { $0.withUnsafeBufferPointer { WordHashes.whole($0) } }).count == texts.count)
  }
}
