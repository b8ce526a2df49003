import WinnowCore

/// Takes Markdown's signs out of one unit's text and counts its links.
struct MarkdownText {
  /// A stretch of clean text: the unit itself, or the description of a picture at its edge.
  struct Piece {
    var range: Range<Int>
    var links: Int32 = 0
    var linkCharacters: Int32 = 0
    var boldCharacters: Int32 = 0
    var images: Int32 = 0
  }

  private static let removed: UInt8 = 1
  private static let linked: UInt8 = 2
  private static let bold: UInt8 = 4
  /// Bytes within which a tag must end, or a text of open quotes would be searched again from each.
  private static let longestTag = 2000

  private struct Bracket {
    var at: Int
    var isImage: Bool
  }

  private struct Delimiter {
    var at: Int
    var length: Int
    var byte: UInt8
    var opens: Bool
    var closes: Bool
  }

  /// The clean text of all pieces.
  private(set) var text: [UInt8] = []
  /// The pieces in order.
  private(set) var pieces: [Piece] = []

  private var out: [UInt8] = []
  private var marks: [UInt8] = []
  private var brackets: [Bracket] = []
  private var delimiters: [Delimiter] = []
  private var links: [Range<Int>] = []
  private var pictures: [Range<Int>] = []
  private var ticks: [Range<Int>] = []
  /// No link address ends before this index, as a search found.
  private var barren = 0

  /// Whether elements stand as tags in the text.
  private let tagged: Bool

  init(tagged: Bool) { self.tagged = tagged }

  /// The level of a `#` heading at `start`, 0 for anything else.
  static func headingLevel(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, index - start < 7, bytes[index] == 0x23 { index += 1 }
    let level = index - start
    return level >= 1 && level <= 6 && index < end && bytes[index] == 0x20 ? level : 0
  }

  /// Marks the rows of tables: lines with bars around a line of dashes and bars.
  static func markTables(_ lines: inout FlatLines) {
    var index = 0
    while index < lines.rows.count {
      guard lines.rows[index].flags.contains(.bar), isTableRule(lines.bytes, lines.rows[index]) else {
        index += 1
        continue
      }
      lines.rows[index].flags.insert(.skip)
      if index > 0, lines.rows[index - 1].flags.contains(.bar) { markRow(&lines.rows[index - 1]) }
      index += 1
      while index < lines.rows.count, lines.rows[index].flags.contains(.bar) {
        markRow(&lines.rows[index])
        index += 1
      }
    }
  }

  private static func markRow(_ line: inout FlatLine) {
    line.flags.insert(.table)
    line.opener = .none
    line.text = line.content
  }

  private static func isTableRule(_ bytes: UnsafeBufferPointer<UInt8>, _ line: FlatLine) -> Bool {
    var dashes = 0
    for index in Int(line.content)..<Int(line.end) {
      switch bytes[index] {
      case 0x2D: dashes += 1
      case 0x7C, 0x3A, 0x20: continue
      default: return false
      }
    }
    return dashes >= 2
  }

  /// Cells joined by ` | `, empty ones left out.
  static func tableRow(_ row: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var start = row.startIndex
    for index in row.startIndex...row.endIndex where index == row.endIndex || row[index] == 0x7C {
      var cell = row[start..<index]
      start = index + 1
      while cell.first == 0x20 { cell.removeFirst() }
      while cell.last == 0x20 { cell.removeLast() }
      if cell.isEmpty { continue }
      if !result.isEmpty { result.append(contentsOf: [0x20, 0x7C, 0x20]) }
      result.append(contentsOf: cell)
    }
    return result
  }

  /// Cleans one unit, whose lines are joined already, into ``text`` and ``pieces``.
  mutating func clean(_ source: UnsafeBufferPointer<UInt8>) {
    reset()
    var index = 0
    while index < source.count {
      let byte = source[index]
      switch byte {
      case 0x5C where index + 1 < source.count && MarkdownText.isPunctuation(source[index + 1]):
        append(source[index + 1])
        index += 2
      case 0x21 where index + 1 < source.count && source[index + 1] == 0x5B:
        brackets.append(Bracket(at: out.count, isImage: true))
        append(byte)
        append(0x5B)
        index += 2
      case 0x5B:
        brackets.append(Bracket(at: out.count, isImage: false))
        append(byte)
        index += 1
      case 0x5D:
        index = closeBracket(source, index)
      case 0x2A, 0x5F, 0x60:
        index = readDelimiters(source, index)
      case 0x3C where tagged && !isQuoted(source, index):
        if let end = TagLines.tagEnd(source, index, min(source.count, index + MarkdownText.longestTag)) {
          if let last = out.last, last > 0x20, !TagLines.isInline(source, index) { append(0x20) }
          index = end
        } else {
          append(byte)
          index += 1
        }
      default:
        append(byte)
        index += 1
      }
    }
    dropOpening()
    pairDelimiters()
    for link in links { for index in link { marks[index] |= MarkdownText.linked } }
    emit()
  }

  /// Drops the sign of a link or picture that opens the unit and closes in a later paragraph.
  private mutating func dropOpening() {
    guard let first = brackets.first, out[..<first.at].allSatisfy({ $0 <= 0x20 }) else { return }
    remove(first.at..<first.at + (first.isImage ? 2 : 1))
  }

  private func isQuoted(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    index > 0 && source[index - 1] == 0x60
  }

  private mutating func reset() {
    text.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
    out.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    brackets.removeAll(keepingCapacity: true)
    delimiters.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    pictures.removeAll(keepingCapacity: true)
    ticks.removeAll(keepingCapacity: true)
    barren = 0
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8) {
    out.append(byte)
    marks.append(0)
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    (byte >= 0x21 && byte <= 0x2F) || (byte >= 0x3A && byte <= 0x40) || (byte >= 0x5B && byte <= 0x60)
      || (byte >= 0x7B && byte <= 0x7E)
  }

  private mutating func closeBracket(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    guard let open = brackets.popLast() else {
      // A link whose text opened in a paragraph above.
      if index + 1 < source.count, source[index + 1] == 0x28, let after = addressEnd(source, index + 2) {
        links.append(0..<out.count)
        return after
      }
      append(0x5D)
      return index + 1
    }
    guard index + 1 < source.count, source[index + 1] == 0x28,
      let after = addressEnd(source, index + 2)
    else {
      append(0x5D)
      return index + 1
    }
    marks[open.at] |= MarkdownText.removed
    var start = open.at + 1
    if open.isImage {
      marks[open.at + 1] |= MarkdownText.removed
      start += 1
      pictures.append(start..<out.count)
    } else {
      while let last = links.last, last.lowerBound >= start { links.removeLast() }
      links.append(start..<out.count)
    }
    return after
  }

  /// One past the bracket that closes an address (with its title), nil where none does.
  ///
  /// Addresses of real pages hold brackets and even spaces, so the last bracket before a space will do.
  private mutating func addressEnd(_ source: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    if start < barren { return nil }
    var depth = 0
    var candidate: Int?
    var index = start
    while index < source.count {
      switch source[index] {
      case 0x5C: index += 1
      case 0x28: depth += 1
      case 0x29:
        if depth == 0 { return index + 1 }
        depth -= 1
        candidate = index + 1
      case 0x20:
        if index + 1 < source.count, source[index + 1] == 0x22 {
          if let end = titleEnd(source, index + 2) { return end }
        }
        if candidate != nil || index - start > 400 {
          barren = index  // no bracket closes between the candidate and here
          return candidate
        }
      default: break
      }
      index += 1
    }
    barren = source.count
    return candidate
  }

  private func titleEnd(_ source: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    let limit = min(source.count - 1, start + 1000)
    var index = start
    while index < limit {
      if source[index] == 0x22, source[index + 1] == 0x29 { return index + 2 }
      index += 1
    }
    return nil
  }

  private mutating func readDelimiters(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    let byte = source[index]
    var end = index + 1
    while end < source.count, source[end] == byte { end += 1 }
    let spaceBefore = index == 0 || source[index - 1] <= 0x20
    let spaceAfter = end == source.count || source[end] <= 0x20
    let wordBefore = index > 0 && MarkdownText.isWord(source[index - 1])
    let wordAfter = end < source.count && MarkdownText.isWord(source[end])
    let at = out.count
    for _ in index..<end { append(byte) }
    if byte == 0x60 {
      ticks.append(at..<out.count)
    } else if byte == 0x2A || !(wordBefore && wordAfter) {
      delimiters.append(
        Delimiter(at: at, length: end - index, byte: byte, opens: !spaceAfter, closes: !spaceBefore))
    }
    return end
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    FlatScalar.isLetterByte(byte) || byte.isASCIIDigit
  }

  /// Pairs emphasis; doubled signs without a partner are what flatteners make of empty elements.
  private mutating func pairDelimiters() {
    var open: [UInt8: [Int]] = [:]
    for index in delimiters.indices {
      let sign = delimiters[index]
      if sign.length >= 2 { remove(sign.at..<sign.at + sign.length) }
      if sign.closes, let top = open[sign.byte]?.last, delimiters[top].length == sign.length {
        open[sign.byte]?.removeLast()
        let start = delimiters[top]
        remove(start.at..<start.at + start.length)
        remove(sign.at..<sign.at + sign.length)
        if sign.length >= 2, open[sign.byte]?.isEmpty ?? true {
          for at in start.at..<sign.at { marks[at] |= MarkdownText.bold }
        }
      } else if sign.opens {
        open[sign.byte, default: []].append(index)
      }
    }
    if ticks.count % 2 == 0 { for tick in ticks { remove(tick) } }
  }

  private mutating func remove(_ range: Range<Int>) {
    for index in range { marks[index] |= MarkdownText.removed }
  }

  /// Copies what is left, pictures at the edges as pieces of their own.
  private mutating func emit() {
    var lead = 0
    var start = 0
    while lead < pictures.count, isEmpty(start, pictures[lead].lowerBound) {
      start = max(start, pictures[lead].upperBound)
      lead += 1
    }
    var tail = pictures.count
    var end = out.count
    while tail > lead, isEmpty(pictures[tail - 1].upperBound, end) {
      tail -= 1
      end = min(end, max(start, pictures[tail].lowerBound))
    }
    let images = Int32(clamping: pictures.count)
    var position = 0
    for picture in pictures[..<lead] {
      copy(picture.clamped(to: position..<out.count))
      position = max(position, picture.upperBound)
    }
    copy(start..<max(start, end))
    for picture in pictures[tail...] {
      let from = max(position, picture.lowerBound)
      copy(from..<max(from, picture.upperBound))
      position = max(position, picture.upperBound)
    }
    if !pieces.isEmpty { pieces[0].images = images }
  }

  private func isEmpty(_ start: Int, _ end: Int) -> Bool {
    guard start < end else { return true }
    for index in start..<end where marks[index] & MarkdownText.removed == 0 && out[index] > 0x20 {
      return false
    }
    return true
  }

  private mutating func copy(_ range: Range<Int>) {
    var piece = Piece(range: text.count..<text.count)
    var wasLinked = false
    for index in range {
      let mark = marks[index]
      let byte = out[index]
      let isLinked = mark & MarkdownText.linked != 0
      if isLinked, !wasLinked { piece.links += 1 }
      wasLinked = isLinked
      if mark & MarkdownText.removed != 0 { continue }
      text.append(byte)
      guard byte > 0x20, byte & 0xC0 != 0x80 else { continue }
      if isLinked { piece.linkCharacters += 1 }
      if mark & MarkdownText.bold != 0 { piece.boldCharacters += 1 }
    }
    while piece.range.lowerBound < text.count, let last = text.last, last <= 0x20 { text.removeLast() }
    piece.range = piece.range.lowerBound..<text.count
    if !piece.range.isEmpty { pieces.append(piece) }
  }
}
