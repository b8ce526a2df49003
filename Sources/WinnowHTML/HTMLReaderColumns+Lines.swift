import WinnowCore
import WinnowText

/// A `br` within a block.
struct HTMLTextBreak {
  /// Length of the columns' text before it.
  let text: Int
  /// How many tokens of inline elements stand before it.
  let tokens: Int
  /// Whether all text of the block before it is bold, and it stands outside that: a heading above its text.
  var isBelowBold = false
}

/// A line between two `br`.
struct HTMLTextLine {
  /// Where it stands in the columns' text.
  let text: Range<Int>
  /// The tokens of the inline elements that open in it.
  let tokens: Range<Int>
  /// How many of its characters are bold, where that is known.
  var bold: Int32? = nil
}

/// Lines that only `br` parts, and the links of a block.
///
/// Old pages set headline, byline and date as lines of one paragraph. A paragraph is taken apart only where a line
/// holds a date and all are short: lines of a poem, an address or a table of results belong together.
extension HTMLReaderColumns {
  /// Most lines of such a head.
  private static let mostLines = 6
  /// Longest line, in bytes.
  private static let longestLine = 140
  /// Longest line that may be a date's, in bytes.
  private static let longestDate = 80
  /// Longest block whose links are noted, in bytes, and most of its links.
  private static let longestList = 400
  private static let mostLinks = 20

  /// The lines that the block is to be taken apart into; empty for a block that stays whole.
  mutating func lines(from start: Int, _ element: HTMLOpenElement) -> [HTMLTextLine] {
    let headed = boldHeading(from: start, element)
    if !headed.isEmpty { return headed }
    guard !breaks.isEmpty, element.kind == .paragraph, breaks.count < Self.mostLines * 2,
      element.flags.isDisjoint(with: [.pre, .row]), textCount - start <= Self.mostLines * Self.longestLine
    else { return [] }
    var lines: [HTMLTextLine] = []
    var (from, token) = (start, 0)
    for place in breaks + [HTMLTextBreak(text: textCount, tokens: blockTokens.count)] {
      let line = trimmed(from..<max(from, min(place.text, textCount)))
      let tokens = token..<max(token, place.tokens)
      (from, token) = (max(from, place.text), tokens.upperBound)
      let words = UnsafeBufferPointer(start: text + line.lowerBound, count: line.count)
      guard HTMLWordCharacters.isAny(in: words) else { continue }
      if line.count > Self.longestLine { return [] }
      lines.append(HTMLTextLine(text: line, tokens: tokens))
    }
    guard lines.count > 1, lines.count <= Self.mostLines, lines.contains(where: { hasDate($0.text) }) else {
      return []
    }
    return lines
  }

  /// `<p><b>What comes next</b><br>The council will …`: a heading in bold and the text below it.
  private func boldHeading(from start: Int, _ element: HTMLOpenElement) -> [HTMLTextLine] {
    guard let first = breaks.first, first.isBelowBold, element.kind == .paragraph,
      element.flags.isDisjoint(with: [.pre, .row])
    else { return [] }
    let heading = trimmed(start..<min(first.text, textCount))
    let rest = trimmed(min(first.text, textCount)..<textCount)
    guard heading.count >= Self.shortestHeading, heading.count <= Self.longestHeading,
      rest.count >= Self.shortestText, text[heading.upperBound - 1] != 0x3A,
      text[heading.upperBound - 1] != 0x2C
    else { return [] }
    let bold = characters(in: heading)
    let others = characters(in: rest)
    // Lines of bold and plain text in turns are no heading's.
    guard (row.boldCharacters - bold) * 5 <= others else { return [] }
    return [
      HTMLTextLine(text: heading, tokens: 0..<first.tokens, bold: bold),
      HTMLTextLine(text: rest, tokens: first.tokens..<blockTokens.count, bold: row.boldCharacters - bold),
    ]
  }

  /// In bytes.
  private static let shortestHeading = 4
  private static let longestHeading = 120
  private static let shortestText = 80

  /// Whether all that the block has so far is bold.
  func isAllBold() -> Bool {
    row.boldCharacters > 0 && row.boldCharacters >= characters(in: blockStart..<textCount)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (from, to) = (range.lowerBound, range.upperBound)
    while from < to, text[from] <= 0x20 { from += 1 }
    while to > from, text[to - 1] <= 0x20 { to -= 1 }
    return from..<to
  }

  private func hasDate(_ line: Range<Int>) -> Bool {
    let bytes = UnsafeBufferPointer(start: text + line.lowerBound, count: line.count)
    guard line.count >= 6, line.count <= Self.longestDate, bytes.contains(where: { $0.isASCIIDigit }) else {
      return false
    }
    return !TextTools.dates.mentions(in: bytes, language: nil, limit: 1).isEmpty
  }

  /// Counts for one line what was counted for the whole block.
  mutating func measureLine(_ line: Range<Int>, of whole: RawRow) {
    let spans = linkSpans.filter { $0.overlaps(line) }
    row.links = Int32(truncatingIfNeeded: spans.count)
    row.linkCharacters = spans.reduce(0) { $0 + characters(in: $1.clamped(to: line)) }
    if spans.isEmpty { row.inlineMarks.remove(.link) }
    // Which words are bold is not known; of a block in bold all are.
    let isBold = whole.boldCharacters * 10 >= characters(in: blockStart..<textCount) * 9
    row.boldCharacters = isBold ? characters(in: line) : 0
  }

  private func characters(in range: Range<Int>) -> Int32 {
    var count: Int32 = 0
    for index in range where text[index] > 0x20 && text[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// Takes links of signs alone off a heading's edges, and says where its text begins: "Install#", "◆ light()". They
  /// lead to the heading itself or to its source.
  mutating func trimSignLinks(from start: Int) -> Int {
    var start = start
    if let last = linkSpans.last, last.upperBound >= textCount, last.lowerBound > start, isSigns(last) {
      textCount = last.lowerBound
      while textCount > start, text[textCount - 1] <= 0x20 { textCount -= 1 }
      forget(last)
    }
    if let first = linkSpans.first, first.lowerBound <= start, first.upperBound < textCount, isSigns(first) {
      start = first.upperBound
      forget(first)
    }
    while start < textCount, text[start] <= 0x20 || isNoBreakSpace(at: start) {
      start += text[start] <= 0x20 ? 1 : 2
    }
    return start
  }

  private func isSigns(_ link: Range<Int>) -> Bool {
    !HTMLWordCharacters.isAny(in: UnsafeBufferPointer(start: text + link.lowerBound, count: link.count))
  }

  private func isNoBreakSpace(at index: Int) -> Bool {
    index + 1 < textCount && text[index] == 0xC2 && text[index + 1] == 0xA0
  }

  private mutating func forget(_ link: Range<Int>) {
    let count = characters(in: link)
    row.links -= 1
    row.linkCharacters -= count
  }

  /// Takes links in square brackets off the end of a heading or a term: "History[edit]", as wikis have it, "light()
  /// [source]". In a term the brackets are part of the link: "No. 12 [pdf, html]" is its text.
  mutating func trimEditLinks(from start: Int, linkedWhole: Bool = false) {
    guard textCount > start + 3, text[textCount - 1] == 0x5D else { return }
    var open = textCount - 2
    while open > start, text[open] != 0x5B, textCount - open < Self.longestEdit { open -= 1 }
    guard open > start, text[open] == 0x5B else { return }
    let bracket = open..<textCount
    let spans = linkSpans.filter {
      bracket.lowerBound <= $0.lowerBound && $0.upperBound <= bracket.upperBound
    }
    // Brackets, a bar between two links, spaces: all else in them is linked.
    let linked = spans.reduce(0) { $0 + characters(in: $1) }
    guard !spans.isEmpty, characters(in: bracket) - linked <= (linkedWhole ? 0 : 4),
      // "[1]" is a note.
      text[open + 1] &- 0x30 >= 10
    else { return }
    textCount = open
    while textCount > start, text[textCount - 1] <= 0x20 { textCount -= 1 }
    row.linkCharacters -= linked
    row.links -= Int32(truncatingIfNeeded: spans.count)
  }

  /// Longest such links with their brackets, in bytes.
  private static let longestEdit = 80

  /// Notes what the links of the next row say, where it is a short list of them: tags stand side by side without a
  /// sign between.
  mutating func noteLinks(of range: Range<Int>) {
    guard linkSpans.count > 1, range.count <= Self.longestList, row.kind != .tableRow else { return }
    let spans = linkSpans.filter { range.lowerBound <= $0.lowerBound && $0.upperBound <= range.upperBound }
    guard spans.count > 1, spans.count <= Self.mostLinks else { return }
    linkTexts[rows.count] = spans.map { span in
      let line = trimmed(span)
      let bytes = UnsafeBufferPointer(start: text + line.lowerBound, count: line.count)
      return MetadataText.clean(String(decoding: bytes, as: UTF8.self), .name)
    }
  }
}
