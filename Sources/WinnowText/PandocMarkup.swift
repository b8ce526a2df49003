import WinnowCore

/// Markup that pandoc leaves standing where its Markdown has no sign for it: boxes between lines of colons, classes in
/// braces behind brackets, elements as tags that run over several lines, and links whose addresses stand at the end.
///
///     ::: {.story-meta data-kind="news"}
///     [By Ann Smith]{.byline} \| [Harbour][1]
///     :::
///
/// Its paragraphs are filled to a width that counts this markup, so what is left of their lines says nothing of a width:
/// line ends within paragraphs, which mean nothing in Markdown, become spaces.
package enum PandocMarkup {
  /// Fewer lines that are nothing else are examples in a text about markup.
  private static let fewest = 5
  /// Of so many lines at least one must be such a line.
  private static let share = 40
  /// Fewer addresses at the end may be a reader's own notes.
  private static let fewestAddresses = 5

  /// The text without such markup; `nil` for a text that has none.
  package static func cleared(_ bytes: [UInt8]) -> [UInt8]? {
    bytes.withUnsafeBufferPointer { bytes in
      let found = evidence(bytes)
      let isMarked = found.marks >= fewest && found.marks * share >= found.lines
      guard isMarked || found.addresses >= fewestAddresses else { return nil }
      var work = PandocClearing(bytes, labels: labels(bytes))
      work.run()
      return work.finished()
    }
  }

  /// Lines of colons and tags that a line end parts from their attributes, addresses of links, and lines with anything
  /// on them.
  private static func evidence(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (marks: Int, addresses: Int, lines: Int) {
    var found = (marks: 0, addresses: 0, lines: 0)
    var above = (start: 0, end: 0)
    var isAfterBlank = true
    PandocClearing.eachLine(bytes) { start, end in
      defer {
        isAfterBlank = above.start == above.end
        above = (start, end)
      }
      if end > start { found.lines += 1 }
      guard end - start >= 3 else { return }
      let byte = bytes[start]
      if byte == 0x3A {
        if bytes[start + 1] == 0x3A, bytes[start + 2] == 0x3A { found.marks += 1 }
      } else if byte == 0x20 || byte == 0x5B {
        if label(bytes, start, end) != nil { found.addresses += 1 }
      } else if byte >= 0x61, byte <= 0x7A, above.end > above.start {
        var index = start + 1
        while index < end, index - start < 40, PandocClearing.isName(bytes[index]) { index += 1 }
        if index + 1 < end, bytes[index] == 0x3D, bytes[index + 1] == 0x22,
          endsInName(bytes, above.end) || isAfterBlank && isOpenTag(bytes[above.start..<above.end])
        {
          found.marks += 1
        }
      }
    }
    return found
  }

  /// Whether a line opens with a tag that it does not close.
  private static func isOpenTag(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let second = line.dropFirst().first ?? 0
    return line.first == 0x3C && second.isASCIISmall && !line.contains(0x3E)
  }

  /// Whether the line that ends at `end` ends in a tag's name, `<span`.
  private static func endsInName(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
    var index = end - 1
    while index > 0, end - index < 20, PandocClearing.isName(bytes[index]) { index -= 1 }
    return bytes[index] == 0x3C && index < end - 1
  }

  /// What the brackets of a line `  [label]: address` hold.
  static func label(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Range<Int>? {
    var index = start
    while index < end, index - start < 4, bytes[index] == 0x20 { index += 1 }
    guard index < end, index - start < 4, bytes[index] == 0x5B else { return nil }
    let open = index + 1
    var depth = 0
    index = open
    while index < end {
      if bytes[index] == 0x5C {
        index += 1
      } else if bytes[index] == 0x5B {
        depth += 1
      } else if bytes[index] == 0x5D {
        if depth == 0 { break }
        depth -= 1
      }
      index += 1
    }
    guard index + 3 < end, index > open, bytes[index + 1] == 0x3A, bytes[index + 2] == 0x20 else {
      return nil
    }
    // The address is one word; a title in quotation marks may follow.
    let address = index + 3
    var after = address
    while after < end, bytes[after] > 0x20 { after += 1 }
    guard after > address, after == end || (after + 1 < end && bytes[after + 1] == 0x22),
      bytes[address..<after].contains(where: { $0 == 0x2F || $0 == 0x23 || $0 == 0x3A || $0 == 0x2E })
    else { return nil }
    return open..<index
  }

  private static func labels(_ bytes: UnsafeBufferPointer<UInt8>) -> Set<[UInt8]> {
    var found: Set<[UInt8]> = []
    PandocClearing.eachLine(bytes) { start, end in
      if let range = label(bytes, start, end) { found.insert(Array(bytes[range])) }
    }
    return found
  }
}
