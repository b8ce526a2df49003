import WinnowCore

/// What text browsers add to a page: numbers in brackets before links, the list of their addresses, `(BUTTON)`.
enum LinkNumbers {
  /// Lines between two addresses that are none.
  private static let mostStrange = 3

  /// Marks the numbered list of addresses at a text's end.
  ///
  /// - returns: its highest number, 0 without one.
  static func mark(_ lines: inout FlatLines) -> Int {
    var index = lines.rows.count - 1
    var found: [(line: Int, number: Int)] = []
    var strange = 0
    while index >= 0, strange < mostStrange {
      let line = lines.rows[index]
      if let number = number(line, lines.bytes), line.flags.contains(.url) || hasAddressBelow(index, lines),
        found.last.map({ $0.number > number }) ?? true
      {
        found.append((index, number))
        strange = 0
        if number == 1 { break }
      } else if !line.isGap, !isAddress(line) {
        strange += 1
      }
      index -= 1
    }
    // Links without text have numbers too, and are in the list of some.
    guard found.count >= 3, let first = found.last, let last = found.first, first.number <= latestFirst,
      first.number == 1 || found.count >= fewestWithoutFirst
    else { return 0 }
    for (index, _) in found {
      if !lines.rows[index].flags.contains(.url) { lines.rows[index + 1].flags.insert(.skip) }
      lines.rows[index].flags.insert(.skip)
    }
    return last.number
  }

  /// The highest number that a list may begin with, and how many addresses one must have that does not begin with 1.
  private static let latestFirst = 5
  private static let fewestWithoutFirst = 10

  /// The number before a stop that opens a line: gaps between the numbers make no lists of the lines.
  private static func number(_ line: FlatLine, _ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let (start, end) = (Int(line.content), Int(line.end))
    var index = start
    var number = 0
    while index < end, index - start < 5, bytes[index].isASCIIDigit {
      number = number * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    return index > start && index + 1 < end && bytes[index] == 0x2E && bytes[index + 1] == 0x20 ? number : nil
  }

  /// Whether the link's title stands in this line and its address in the next.
  private static func hasAddressBelow(_ index: Int, _ lines: FlatLines) -> Bool {
    index + 1 < lines.rows.count && isAddress(lines.rows[index + 1])
      && lines.rows[index + 1].indent > lines.rows[index].indent
  }

  private static func isAddress(_ line: FlatLine) -> Bool {
    line.flags.isSuperset(of: [.url, .single])
  }

  /// Takes `(BUTTON)`, which Lynx writes for a button, off the edges of lines.
  static func stripButtons(_ lines: inout FlatLines) {
    for index in lines.rows.indices where !lines.rows[index].isBlank {
      let line = lines.rows[index]
      let bytes = lines.bytes
      var start = Int(line.text)
      var end = Int(line.end)
      guard bytes[end - 1] == 0x29 || bytes[start] == 0x28 else { continue }
      while end - start >= button.count, bytes[end - button.count..<end].elementsEqual(button) {
        end = FlatScalar.trimmedEnd(bytes, start, end - button.count)
      }
      while end - start >= button.count, bytes[start..<start + button.count].elementsEqual(button) {
        start = FlatScalar.skipSpaces(bytes, start + button.count, end)
      }
      if start >= end {
        lines.rows[index].flags.insert(.skip)
      } else if end < Int(line.end) || start > Int(line.text) {
        lines.rows[index].end = Int32(end)
        if line.opener == .none { lines.rows[index].content = Int32(start) }
        lines.rows[index].text = Int32(start)
      }
    }
  }

  private static let button = Array("(BUTTON)".utf8)
}
