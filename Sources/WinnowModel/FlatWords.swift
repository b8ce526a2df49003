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

  /// Numbers of the distinct content words of each block, block after block, and where each block's start.
  private var numbers: [Int32] = []
  private var starts: [Int] = [0]
  /// By a word's number.
  private var pageCount: [Int32] = []
  private var sentenceCount: [Int32] = []

  init(_ document: Document, headline: Int) {
    let rows = document.storage.rows
    count(document)
    var mark = [Int32](repeating: -1, count: pageCount.count)
    var isTitle = [Bool](repeating: false, count: pageCount.count)
    if headline >= 0 { for number in content(of: headline) { isTitle[Int(number)] = true } }
    for index in rows.indices {
      let own: Int32 = rows[index].measures.flags.contains(.prose) ? 1 : 0
      var once = 0
      var often = 0
      var alone = 0
      var titled = 0
      for number in content(of: index) {
        let word = Int(number)
        mark[word] = Int32(index)
        if sentenceCount[word] - own >= 1 { once += 1 }
        if sentenceCount[word] - own >= 3 { often += 1 }
        if pageCount[word] == 1 { alone += 1 }
        if isTitle[word] { titled += 1 }
      }
      let size = Float(max(content(of: index).count, 1))
      topical.append(Float(once) / size)
      topicalOften.append(Float(often) / size)
      lonely.append(Float(alone) / size)
      inHeadline.append(Float(titled) / size)
      func echo(_ other: Int) -> Float {
        guard rows.indices.contains(other) else { return 0 }
        var common = 0
        for number in content(of: other) where mark[Int(number)] == Int32(index) { common += 1 }
        return Float(common) / size
      }
      echoBefore.append(max(echo(index - 1), echo(index - 2)))
      echoAfter.append(max(echo(index + 1), echo(index + 2)))
    }
  }

  private func content(of block: Int) -> ArraySlice<Int32> { numbers[starts[block]..<starts[block + 1]] }

  /// Numbers the page's words and counts them.
  private mutating func count(_ document: Document) {
    let words = document.storage.words
    let grammarWords = FlatWords.functionWords(document.language)
    var capacity = 16
    while capacity < words.count * 2 { capacity *= 2 }
    let mask = capacity - 1
    var slots = [Int32](repeating: -1, count: capacity)
    var keys: [UInt64] = []
    var isGrammar: [Bool] = []
    var lastBlock: [Int32] = []
    for (index, row) in document.storage.rows.enumerated() {
      let isSentence = row.measures.flags.contains(.prose)
      var functionCount = 0
      for place in Int(row.wordStart)..<Int(row.wordEnd) {
        let word = words[place]
        var slot = Int(truncatingIfNeeded: word ^ (word >> 32)) & mask
        while slots[slot] >= 0, keys[Int(slots[slot])] != word { slot = (slot + 1) & mask }
        if slots[slot] < 0 {
          slots[slot] = Int32(keys.count)
          keys.append(word)
          isGrammar.append(grammarWords?.contains(word) ?? false)
          lastBlock.append(-1)
          pageCount.append(0)
          sentenceCount.append(0)
        }
        let number = Int(slots[slot])
        if isGrammar[number] {
          functionCount += 1
        } else if lastBlock[number] != Int32(index) {
          lastBlock[number] = Int32(index)
          numbers.append(slots[slot])
          pageCount[number] += 1
          if isSentence { sentenceCount[number] += 1 }
        }
      }
      starts.append(numbers.count)
      grammar.append(Float(functionCount) / Float(max(1, row.wordEnd - row.wordStart)))
    }
  }

  private static let grammarByLanguage: [String: WordSet] = {
    var table: [String: [UInt64]] = [:]
    for (language, words) in Lexicon.builtIn.lists.functionWords {
      let subtag = String(decoding: language.utf8.prefix { $0 != 0x2D && $0 != 0x5F }, as: UTF8.self)
      table[subtag, default: []] += WordHashes.of(words)
    }
    return table.mapValues { WordSet($0) }
  }()

  private static func functionWords(_ language: String?) -> WordSet? {
    language.flatMap { grammarByLanguage[$0] }
  }
}
