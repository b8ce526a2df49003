import Testing
import WinnowCore

@testable import WinnowText

/// Words that are found once against those who looked for themselves.
@Suite struct FoldedWordsTests {
  private let texts: [String] = {
    let words = [
      "by", "Ann", "Smith", "share", "this", "12", "comments", "don't", "'tis", "read", "more", "\u{2192}",
      "#",
      "home", "news", "|", "-", "a.m.", "related", "articles", ":", "5", "min", "\u{2014}", "photo",
      "reuters", "&",
      "newsletter", "caf\u{E9}", "\u{2018}so\u{2019}", "sign", "up", "rock'n'roll", "(", ")", "...", "views",
    ]
    // Numbers that look random and are the same on every run.
    var state: UInt64 = 3
    return (0..<3000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      var rest = state >> 20
      var text = ""
      for _ in 0..<(rest % 9) {
        rest = rest &* 2_862_933_555_777_941_757 &+ 3_037_000_493
        text += words[Int(rest >> 33) % words.count] + (rest >> 30 & 7 == 0 ? "" : " ")
      }
      return text
    }
  }()

  @Test func phrasesAndHashesAreTheSame() {
    let matcher = PhraseMatcher(.builtIn)
    var folder = Folder()
    var words = FoldedWords()
    var taken = 0
    var found = 0
    for text in texts {
      let bytes = Array(text.utf8)
      bytes.withUnsafeBufferPointer { original in
        folder.fold(original)
        folder.withFolded { folded, offsets in
          // An arrow in the midst stays, and is not for this.
          guard words.read(folded) else { return }
          taken += 1
          var hashes: [UInt64] = []
          var own: [UInt64] = []
          words.appendHashes(to: &hashes)
          WordHashes.append(folded: folded, to: &own)
          #expect(hashes == own, "\(text)")
          var matches: [PhraseMatcher.Match] = []
          var others: [PhraseMatcher.Match] = []
          matcher.match(folded, words: words.all, offsets: offsets, original: original, into: &matches)
          matcher.match(folded, offsets: offsets, original: original, into: &others)
          #expect(matches.map(\.hit) == others.map(\.hit), "\(text)")
          #expect(matches.map(\.language) == others.map(\.language))
          found += matches.count
        }
      }
    }
    #expect(taken > 2000)
    #expect(found > 2000)
  }

  @Test func otherTextsAreNotTaken() {
    var words = FoldedWords()
    for text in ["\u{43F}\u{440}\u{438}", "snake_case", "a 1"] {
      let isTaken = Array(text.utf8).withUnsafeBufferPointer { words.read($0) }
      #expect(!isTaken, "\(text)")
    }
  }
}
