/// The words of all titles of a page, by word: how many of a text's words each title has is then counted without
/// comparing the text with every title.
struct TitleWords {
  /// The words of each title.
  let words: [[UInt64]]
  /// By word, the titles that have it, each once.
  private var titles: [UInt64: [Int32]] = [:]

  init(_ words: [[UInt64]]) {
    self.words = words
    for (title, words) in words.enumerated() {
      for word in words where titles[word]?.last != Int32(title) {
        titles[word, default: []].append(Int32(title))
      }
    }
  }

  /// For each title how many of a text's words stand in it; a word that the text has twice counts twice.
  func shared(with text: [UInt64]) -> [Int] {
    var shared = [Int](repeating: 0, count: words.count)
    for word in text {
      for title in titles[word] ?? [] { shared[Int(title)] += 1 }
    }
    return shared
  }
}
