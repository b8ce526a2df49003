import Synchronization
import WinnowCore
import WinnowText

/// What follows from which words stand where on a flat page.
///
/// Words that recur in the page's sentences are the article's topic; words of a language's grammar make a
/// line running text. Both are counted, nothing is looked up in lists of topics.
struct FlatWords {
  /// Share of each block's words that are function words of the page's language.
  private(set) var grammar: [Float] = []
  /// Share of each block's content words that stand in another sentence block.
  private(set) var topical: [Float] = []
  /// The same for words that stand in at least three other sentence blocks.
  private(set) var topicalOften: [Float] = []
  /// Share of each block's content words that stand nowhere else on the page.
  private(set) var lonely: [Float] = []
  /// Share of each block's content words that the headline has.
  private(set) var inHeadline: [Float] = []
  /// Largest share of a block's words that one of the two blocks before, or after, has too.
  private(set) var echoBefore: [Float] = []
  private(set) var echoAfter: [Float] = []

  /// A word of the page.
  private struct Word {
    let hash: UInt64
    let isGrammar: Bool
    /// The last block that it was seen in.
    var last: Int32 = -1
    /// How many blocks have it, and how many of these are sentences.
    var blocks: Int32 = 0
    var sentences: Int32 = 0
    /// Whether the headline has it.
    var isTitle = false
  }

  /// Where each block's content words start among those of all blocks.
  private var starts: [Int] = [0]

  init(_ document: Document, headline: Int) {
    reserve(document.count + 1)
    // The page's words by their numbers, and the numbers of the distinct content words of each block, block after
    // block: at most as many as there are words, so that nothing need grow.
    let most = document.storage.words.count
    withUnsafeTemporaryAllocation(of: Word.self, capacity: most) { words in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: most) { numbers in
        count(document, words, numbers)
        compare(document, headline: headline, words, UnsafeBufferPointer(numbers))
      }
    }
  }

  private mutating func reserve(_ count: Int) {
    grammar.reserveCapacity(count)
    topical.reserveCapacity(count)
    topicalOften.reserveCapacity(count)
    lonely.reserveCapacity(count)
    inHeadline.reserveCapacity(count)
    echoBefore.reserveCapacity(count)
    echoAfter.reserveCapacity(count)
    starts.reserveCapacity(count)
  }

  /// Numbers the page's words and counts them.
  private mutating func count(
    _ document: Document, _ words: UnsafeMutableBufferPointer<Word>,
    _ numbers: UnsafeMutableBufferPointer<Int32>
  ) {
    let grammarWords = FlatWords.functionWords(document.language)
    var capacity = 16
    while capacity < words.count * 2 { capacity *= 2 }
    let mask = capacity - 1
    var slots = [Int32](repeating: -1, count: capacity)
    var known: Int32 = 0
    var used = 0
    document.storage.words.withUnsafeBufferPointer { hashes in
      for (index, row) in document.storage.rows.enumerated() {
        let isSentence = row.measures.flags.contains(.prose)
        var functionCount = 0
        for place in Int(row.wordStart)..<Int(row.wordEnd) {
          let hash = hashes[place]
          var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask
          while slots[slot] >= 0, words[Int(slots[slot])].hash != hash { slot = (slot + 1) & mask }
          if slots[slot] < 0 {
            slots[slot] = known
            words.initializeElement(
              at: Int(known), to: Word(hash: hash, isGrammar: grammarWords.contains(hash)))
            known += 1
          }
          let number = Int(slots[slot])
          if words[number].isGrammar {
            functionCount += 1
          } else if words[number].last != Int32(index) {
            words[number].last = Int32(index)
            words[number].blocks += 1
            if isSentence { words[number].sentences += 1 }
            numbers.initializeElement(at: used, to: slots[slot])
            used += 1
          }
        }
        starts.append(used)
        grammar.append(Float(functionCount) / Float(max(1, row.wordEnd - row.wordStart)))
      }
    }
  }

  /// Compares each block's words with those of all others.
  private mutating func compare(
    _ document: Document, headline: Int, _ words: UnsafeMutableBufferPointer<Word>,
    _ numbers: UnsafeBufferPointer<Int32>
  ) {
    let rows = document.storage.rows
    if headline >= 0 {
      for place in starts[headline]..<starts[headline + 1] { words[Int(numbers[place])].isTitle = true }
    }
    for index in rows.indices {
      let own: Int32 = rows[index].measures.flags.contains(.prose) ? 1 : 0
      var once = 0
      var often = 0
      var alone = 0
      var titled = 0
      let content = starts[index]..<starts[index + 1]
      for place in content {
        let number = Int(numbers[place])
        words[number].last = Int32(index)
        let others = words[number].sentences - own
        once += others >= 1 ? 1 : 0
        often += others >= 3 ? 1 : 0
        alone += words[number].blocks == 1 ? 1 : 0
        titled += words[number].isTitle ? 1 : 0
      }
      let size = Float(max(content.count, 1))
      topical.append(Float(once) / size)
      topicalOften.append(Float(often) / size)
      lonely.append(Float(alone) / size)
      inHeadline.append(Float(titled) / size)
      func echo(_ other: Int) -> Float {
        guard rows.indices.contains(other) else { return 0 }
        var common = 0
        for place in starts[other]..<starts[other + 1] where words[Int(numbers[place])].last == Int32(index) {
          common += 1
        }
        return Float(common) / size
      }
      echoBefore.append(max(echo(index - 1), echo(index - 2)))
      echoAfter.append(max(echo(index + 1), echo(index + 2)))
    }
  }

  /// Function words by language, of those languages that were asked for: a program that reads one page need not
  /// read the words of all fifty.
  private static let grammar = Mutex<[String: WordSet]>([:])

  private static func functionWords(_ language: String?) -> WordSet {
    guard let language else { return WordSet([]) }
    return grammar.withLock { known in
      if let words = known[language] { return words }
      var words: [UInt64] = []
      for (tag, list) in Lexicon.builtIn.lists.functionWords {
        let subtag = tag.utf8.prefix { $0 != 0x2D && $0 != 0x5F }
        guard subtag.elementsEqual(language.utf8) else { continue }
        words += WordHashes.of(list)
      }
      let set = WordSet(words)
      if !words.isEmpty { known[language] = set }
      return set
    }
  }
}
