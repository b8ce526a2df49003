import WinnowCore

/// Links in brackets that an encyclopedia puts behind each heading, "History[edit]", in whatever language.
///
/// That they are no text shows in that the same brackets stand behind several short lines.
enum BracketLabels {
  private static let longestLine = 90
  private static let longestLabel = 48
  private static let fewest = 3

  /// Ends such lines before the brackets; marks those to be skipped that hold nothing else.
  static func strip(_ lines: inout FlatLines) {
    let bytes = lines.bytes
    var found: [(line: Int, start: Int)] = []
    var counts: [ArraySlice<UInt8>: Int] = [:]
    for (index, line) in lines.rows.enumerated() {
      let (start, end) = (Int(line.content), Int(line.end))
      guard end - start >= 5, end - start <= longestLine, bytes[end - 1] == 0x5D,
        let open = opening(bytes, start, end)
      else { continue }
      found.append((index, open))
      counts[ArraySlice(bytes[open..<end]), default: 0] += 1
    }
    guard found.count >= fewest else { return }
    for (index, open) in found {
      let line = lines.rows[index]
      guard counts[ArraySlice(bytes[open..<Int(line.end)]), default: 0] >= fewest else { continue }
      let end = FlatScalar.trimmedEnd(bytes, Int(line.content), open)
      if end > Int(line.text) {
        lines.rows[index].end = Int32(end)
      } else {
        lines.rows[index].flags.insert(.skip)
      }
    }
  }

  /// Where the brackets at a line's end open, if letters stand in them and no sentence ends before them.
  private static func opening(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var index = end - 2
    while index >= start, end - index <= longestLabel, bytes[index] != 0x5B {
      // "[12]" is a note, "[pdf, html]" a list.
      if bytes[index].isASCIIDigit || bytes[index] == 0x5D || bytes[index] == 0x2C { return nil }
      index -= 1
    }
    guard index >= start, bytes[index] == 0x5B, end - index >= 5,
      index == start || !FlatScalar.endsSentence(bytes, start, FlatScalar.trimmedEnd(bytes, start, index))
    else { return nil }
    return index
  }
}
