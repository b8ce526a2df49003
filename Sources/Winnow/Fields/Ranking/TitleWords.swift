/// The words of all titles of a page, by word: how many of a text's words each title has is then counted without
/// comparing the text with every title.
struct TitleWords {
  /// The words of each title.
  let words: [[UInt64]]
  /// An open-addressed table of the words, which are hashes already: a dictionary would hash them again.
  private var keys: [UInt64]
  /// By the same place, the last entry of a word; -1 where there is none.
  private var last: [Int32]
  /// A title that has a word, and the entry before of the same word.
  private var entries: [(title: Int32, before: Int32)] = []

  init(_ words: [[UInt64]]) {
    self.words = words
    let all = words.reduce(0) { $0 + $1.count }
    var capacity = 16
    while capacity < all * 2 { capacity *= 2 }
    keys = Array(repeating: 0, count: capacity)
    last = Array(repeating: -1, count: capacity)
    entries.reserveCapacity(all)
    for (title, words) in words.enumerated() {
      for word in words {
        let place = place(of: word)
        let before = last[place]
        // Each title once.
        if before >= 0, entries[Int(before)].title == Int32(title) { continue }
        keys[place] = word
        last[place] = Int32(entries.count)
        entries.append((Int32(title), before))
      }
    }
  }

  private func place(of word: UInt64) -> Int {
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: word ^ word >> 32) & mask
    while last[place] >= 0, keys[place] != word { place = (place + 1) & mask }
    return place
  }

  /// For each title how many of a text's words stand in it; a word that the text has twice counts twice.
  func shared(with text: [UInt64]) -> [Int] {
    var shared = [Int](repeating: 0, count: words.count)
    for word in text {
      var entry = last[place(of: word)]
      while entry >= 0 {
        shared[Int(entries[Int(entry)].title)] += 1
        entry = entries[Int(entry)].before
      }
    }
    return shared
  }
}
