import WinnowCore

/// Finds names in a page's text, letter case aside, all in one pass.
enum NameSearch {
  private static let mostBlocks = 24

  /// For each name the blocks whose text holds it, at most two dozen, in order.
  static func blocks(of names: [String], in document: Document) -> [[Int]] {
    var result = [[Int]](repeating: [], count: names.count)
    let needles = names.map { $0.utf8.map(lower) }
    var byInitial = [[Int]](repeating: [], count: 256)
    var isInitial = [Bool](repeating: false, count: 256)
    for (index, needle) in needles.enumerated() {
      guard let first = needle.first, needle.count >= 2 else { continue }
      byInitial[Int(first)].append(index)
      isInitial[Int(first)] = true
    }
    document.storage.text.withUnsafeBufferPointer { text in
      isInitial.withUnsafeBufferPointer { isInitial in
        for (block, row) in document.storage.rows.enumerated() {
          let end = Int(row.textEnd)
          var index = Int(row.textStart)
          var previous: UInt8 = 0x20
          while index < end {
            let byte = lower(text[index])
            if isInitial[Int(byte)], !isLetter(previous) {
              for name in byInitial[Int(byte)]
              where matches(text, index, end, needles[name]) && result[name].last != block
                && result[name].count < mostBlocks
              {
                result[name].append(block)
              }
            }
            previous = byte
            index += 1
          }
        }
      }
    }
    return result
  }

  /// For each name the share of its words of three and more Latin letters that the text also writes small: words
  /// of the language, not names.
  static func smallWords(of names: [String], in document: Document) -> [Float] {
    var needles: [[UInt8]] = []
    var owners: [Int] = []
    var counts = [Int](repeating: 0, count: names.count)
    var byInitial = [[Int]](repeating: [], count: 256)
    for (index, name) in names.enumerated() {
      for word in Array(name.utf8).split(separator: 0x20)
      where word.count >= 3 && isLetter(word[word.startIndex]) {
        counts[index] += 1
        byInitial[Int(lower(word[word.startIndex]))].append(needles.count)
        needles.append(word.map(lower))
        owners.append(index)
      }
    }
    var found = [Bool](repeating: false, count: needles.count)
    document.storage.text.withUnsafeBufferPointer { text in
      var index = 0
      while index < text.count {
        let byte = text[index]
        guard byte &- 0x61 < 26 else {
          index += 1
          continue
        }
        // At a small letter that opens a word.
        if index == 0 || !isLetter(text[index - 1]) && text[index - 1] < 0x80 {
          for needle in byInitial[Int(byte)] where !found[needle] {
            let word = needles[needle]
            if index + word.count <= text.count, word.indices.allSatisfy({ text[index + $0] == word[$0] }),
              index + word.count == text.count
                || !isLetter(text[index + word.count]) && text[index + word.count] < 0x80
            {
              found[needle] = true
            }
          }
        }
        while index < text.count, text[index] >= 0x80 || isLetter(text[index]) { index += 1 }
      }
    }
    var small = [Float](repeating: 0, count: names.count)
    for (needle, owner) in owners.enumerated() where found[needle] { small[owner] += 1 }
    for index in names.indices where counts[index] > 0 { small[index] /= Float(counts[index]) }
    return small
  }

  private static func matches(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ needle: [UInt8]
  ) -> Bool {
    guard start + needle.count <= end else { return false }
    for (offset, byte) in needle.enumerated() where lower(text[start + offset]) != byte { return false }
    return start + needle.count == end || !isLetter(text[start + needle.count])
  }

  private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  /// A Latin letter: names of scripts without spaces stand glued to other words.
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 && byte < 0x80 }
}
