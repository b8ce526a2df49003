import WinnowCore
import WinnowText

/// How much each short block shares with the declared title and description.
struct TitleColumns {
  private(set) var jaccard: [Float]
  private(set) var inTitle: [Float]
  private(set) var inDescription: [Float]

  /// Longer blocks are no titles; comparing them would cost most of the page's time.
  private static let longest: Int32 = 60

  init(_ document: Document) {
    let rows = document.storage.rows
    jaccard = Array(repeating: 0, count: rows.count)
    inTitle = jaccard
    inDescription = jaccard
    func declared(_ fields: [Field]) -> WordSet {
      let value = document.metadata.first { candidate in
        fields.contains(candidate.field) && !candidate.origin.name.hasPrefix("json-ld")
      }?.value
      return WordSet(value.map { WordHashes.of($0) } ?? [])
    }
    let title = declared([.headline])
    let description = declared([.description, .dek])
    guard !title.isEmpty || !description.isEmpty else { return }
    var seen = SeenWords()
    document.storage.words.withUnsafeBufferPointer { words in
      for index in rows.indices where rows[index].measures.words <= TitleColumns.longest {
        let own = Int(rows[index].wordStart)..<Int(rows[index].wordEnd)
        // Most blocks share no word with either, and need no list of what they have.
        guard own.contains(where: { title.contains(words[$0]) || description.contains(words[$0]) }) else {
          continue
        }
        seen.forget()
        var titleWords: Float = 0
        var descriptionWords: Float = 0
        for place in own {
          let word = words[place]
          guard seen.insert(word) else { continue }
          if title.contains(word) { titleWords += 1 }
          if description.contains(word) { descriptionWords += 1 }
        }
        guard seen.count > 0 else { continue }
        let count = Float(seen.count)
        jaccard[index] = titleWords / (count + Float(title.count) - titleWords)
        inTitle[index] = titleWords / count
        inDescription[index] = descriptionWords / count
      }
    }
  }
}

/// Tells words met before in a short block from new ones; one table serves all blocks.
private struct SeenWords {
  private var keys = [UInt64](repeating: 0, count: 512)
  /// The block that each key is from.
  private var blocks = [UInt32](repeating: 0, count: 512)
  private var block: UInt32 = 0
  /// Words met in this block.
  private(set) var count = 0

  /// Begins another block.
  mutating func forget() {
    block += 1
    count = 0
  }

  /// Whether the word is new. Once the table is nearly full, every word counts as met.
  mutating func insert(_ word: UInt64) -> Bool {
    var slot = Int(truncatingIfNeeded: word) & 511
    while blocks[slot] == block {
      if keys[slot] == word { return false }
      slot = (slot + 1) & 511
    }
    guard count < 480 else { return false }
    keys[slot] = word
    blocks[slot] = block
    count += 1
    return true
  }
}
