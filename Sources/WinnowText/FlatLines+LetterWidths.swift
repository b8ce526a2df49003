/// Measures lines in letters instead of columns: Python's `textwrap`, by which html2text fills its lines, counts a
/// Korean syllable as one and an Indian vowel sign too, so that such lines are of any width in columns.
extension FlatLines {
  /// Whether of the lines that could be full every fourth is of another width in letters.
  var hasOddLetters: Bool {
    var full = 0
    var odd = 0
    for line in rows where line.width >= 40 && !line.isGap {
      full += 1
      if Int(line.width - line.indent) != letters(Int(line.content), Int(line.end)) { odd += 1 }
    }
    return odd > 0 && odd * 4 >= full
  }

  /// Sets width and first word of each line in letters.
  mutating func countLetters() {
    for index in rows.indices where !rows[index].isBlank {
      let line = rows[index]
      let end = Int(line.end)
      rows[index].width = line.indent + Int32(clamping: letters(Int(line.content), end))
      rows[index].first = Int32(clamping: letters(Int(line.text), wordEnd(Int(line.text), end)))
    }
  }

  private func letters(_ start: Int, _ end: Int) -> Int {
    var count = 0
    for index in start..<max(start, end) where bytes[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// Where the first word ends that a line breaker moves as one.
  private func wordEnd(_ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, bytes[index] > 0x20 {
      if markdown, bytes[index] == 0x2D, breaksAfterHyphen(at: index, end) { return index + 1 }
      index += 1
    }
    return index
  }
}
