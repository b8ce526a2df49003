import WinnowCore

extension Document {
  /// Rows, for loops that look at every block.
  var rows: [BlockRow] { storage.rows }

  /// Whether a block has phrases of the lexicon, or marks around it: most have neither, and a stage that goes by
  /// these need not look at them.
  func has(_ block: Int, phrasesOr marks: MarkupMarks) -> Bool {
    let rows = storage.rows
    return rows[block].hitStart < rows[block].hitEnd || !self[block].marks.isDisjoint(with: marks)
  }

  /// The first byte of a block's text.
  func firstByte(of block: Int) -> UInt8 { storage.text[Int(storage.rows[block].textStart)] }

  /// The first block after `index` that satisfies a condition, looking ahead at most `limit` blocks.
  func next(after index: Int, limit: Int = 8, where condition: (Int) -> Bool) -> Int? {
    var position = index + 1
    while position < count, position - index <= limit {
      if condition(position) { return position }
      position += 1
    }
    return nil
  }

  /// The first prose block of the densest stretch; `nil` when the page has no prose.
  var proseStart: Int? {
    measures.proseSpan.first { rows[$0].measures.flags.contains(.prose) }
  }

  /// The innermost container of a block that holds a later block too: the box that a heading opens.
  func box(of block: Int) -> Int {
    var container = Int(rows[block].container)
    while container > 0, Int(containers[container].endBlock) <= block + 1 {
      container = Int(containers[container].parent)
    }
    return Swift.max(container, 0)
  }

  /// Share of the page's prose words that a container holds, 0…1.
  func proseShare(of container: Int) -> Double {
    let all = measures.proseWords
    return all == 0 ? 0 : Double(containers[container].proseWords) / Double(all)
  }
}

extension BlockRow {
  /// Share of characters in links, 0…1; 0 where links are unknown.
  var linkDensity: Float {
    measures.characters == 0 ? 0 : Float(measures.linkCharacters) / Float(measures.characters)
  }

  /// Prose by the reader's measure.
  var isProse: Bool { measures.flags.contains(.prose) }
}
