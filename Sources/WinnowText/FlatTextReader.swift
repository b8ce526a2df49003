import WinnowCore

/// Reads text that a scraper flattened: finds out how, undoes hard wrapping, breaks at inline elements, glue
/// and Markdown, and gives one row a unit, with bullets and blank-line groups as containers.
///
/// Takes time and memory in proportion to the input, whatever the input is.
package struct FlatTextReader: Sendable {
  /// The most lines a text may have.
  package let maxLines: Int

  /// A reader with a limit on lines.
  package init(maxLines: Int = 2_000_000) { self.maxLines = maxLines }

  /// Reads a text into units. Their text is as in the input, but for the joints of joined lines and signs of
  /// Markdown; nothing is normalised.
  ///
  /// - parameter utf8: well-formed UTF-8.
  /// - parameter url: where the page was found.
  /// - throws: ``ReadError/tooManyBlocks(limit:)`` over the limit of lines, ``ReadError/tooLarge(bytes:limit:)``
  ///   over 2 GiB.
  package func scan(_ utf8: [UInt8], url: String?) throws(ReadError) -> RawDocument {
    let limit = Int(Int32.max) - 1
    if utf8.count > limit { throw .tooLarge(bytes: utf8.count, limit: limit) }
    return try utf8.withUnsafeBufferPointer { (bytes) throws(ReadError) -> RawDocument in
      let markdown = MarkdownEvidence.recognizes(bytes)
      var lines = try FlatLines(bytes, markdown: markdown, maxLines: maxLines)
      if markdown { MarkdownText.markTables(&lines) } else { BracketLabels.strip(&lines) }
      LinkNumbers.stripButtons(&lines)
      let tagged = TagLines.mark(&lines)
      var declared = FlatHead.read(&lines)
      if declared.isEmpty { declared = FlatDatabaseHead.read(&lines) }
      var assembly = FlatAssembly(lines: lines, tagged: tagged, url: url)
      assembly.run(declared)
      return assembly.finished()
    }
  }
}

/// The work of one ``FlatTextReader/scan(_:url:)``.
private struct FlatAssembly {
  private var lines: FlatLines
  private let wrap: WrapDetection
  private let glue: GlueSplitting
  private var markdown: MarkdownText
  /// Whether elements stand as tags in the text.
  private let tagged: Bool
  private var document: RawDocument
  private var groups = FlatGroups()
  /// Highest number in a text browser's list of links, 0 without one.
  private var references = 0
  private var blanks = 0
  private var links = 0
  private var hasBullets = false
  /// Indent of a bullet that had no text on its own line.
  private var emptyBullet: Int32?
  private var buffer: [UInt8] = []

  init(lines: FlatLines, tagged: Bool, url: String?) {
    var lines = lines
    var wrap = WrapDetection(lines)
    if lines.hasOddLetters {
      var counted = lines
      counted.countLetters()
      let second = WrapDetection(counted, inLetters: true)
      if second.width > 0, wrap.width == 0 || second.score > wrap.score { (lines, wrap) = (counted, second) }
    }
    self.lines = lines
    self.wrap = wrap
    self.tagged = tagged
    markdown = MarkdownText(tagged: tagged)
    glue = GlueSplitting(lines, wrapped: wrap.width > 0)
    document = RawDocument(form: .flatText, url: url)
    document.wrapWidth = wrap.width
    document.text.reserveCapacity(lines.bytes.count)
    findReferences()
  }

  consuming func finished() -> RawDocument {
    document.containers = groups.finished()
    document.signals = [.indentation]
    if hasBullets { document.signals.insert(.bullets) }
    if links >= 3 { document.signals.insert(.links) }
    return document
  }

  /// Marks the numbered list of addresses that text browsers append, and learns its length.
  private mutating func findReferences() {
    references = LinkNumbers.mark(&lines)
  }

  mutating func run(_ declared: [FieldCandidate]) {
    document.metadata = declared
    var index = 0
    while index < lines.rows.count {
      let line = lines.rows[index]
      if line.isGap {
        blanks = min(3, blanks + 1)
        groups.close()
        emptyBullet = nil
        index += 1
      } else if line.flags.contains(.skip) || (lines.markdown && isDefinition(line)) {
        index += 1
      } else if lines.markdown, lines.isFence(line) {
        index = readFence(index)
      } else if lines.markdown, !tagged, blanks > 0 || document.rows.isEmpty, line.indent >= 4,
        line.opener == .none, document.rows.last?.kind != .listItem
      {
        index = readIndented(index)
      } else {
        index = readUnit(index)
      }
    }
  }

  // MARK: Units

  /// Reads a unit that opens with line `start`; gives the line after it.
  private mutating func readUnit(_ start: Int) -> Int {
    let line = lines.rows[start]
    let bytes = lines.bytes
    var row = RawRow()
    var from = Int(line.text)
    if line.flags.contains(.table) {
      row.kind = .tableRow
    } else if line.flags.contains(.quote) {
      row.kind = .quotation
    }
    let level = MarkdownText.headingLevel(bytes, from, Int(line.end))
    if level > 0, lines.markdown || level > 1 {
      row.kind = .heading
      row.level = UInt8(level)
      from = FlatScalar.skipSpaces(bytes, from + level, Int(line.end))
    }
    var next = join(start, from)
    if row.kind == .paragraph, line.opener == .none, next < lines.rows.count, next == start + 1,
      let level = underline(lines.rows[next], line)
    {
      row.kind = .heading
      row.level = level
      next += 1
    }
    row.line = Int32(start + 1)
    row.indent = line.indent
    row.sourceStart = Int32(from)
    row.sourceEnd = lines.rows[next - 1].isGap ? line.end : lines.rows[next - 1].end
    place(line, &row)
    if buffer.isEmpty {
      // A bullet alone: it counts for the list, but is no unit.
      if row.flags.contains(.bullet) { emptyBullet = line.indent }
      return next
    }
    // Of several lines, or behind the signs of a heading, other joints may stand.
    emit(row, line: next == start + 1 && from == Int(line.text) ? start : nil)
    return next
  }

  /// Joins what belongs to the line at `start` into the buffer; gives the first line that does not.
  private mutating func join(_ start: Int, _ from: Int) -> Int {
    buffer.removeAll(keepingCapacity: true)
    let bytes = lines.bytes
    append(from, Int(lines.rows[start].end))
    var index = start
    var fragment = GlueSplitting.Fragment()
    if glue.isFragmented { fragment.add(bytes, lines.rows[start]) }
    while index + 1 < lines.rows.count {
      let line = lines.rows[index]
      let next = lines.rows[index + 1]
      if next.isBlank { break }
      var way = WrapDetection.Join.apart
      if wrap.width > 0 {
        let opensBlock =
          lines.markdown
          && (lines.isFence(next) || MarkdownText.headingLevel(bytes, Int(next.text), Int(next.end)) > 0)
        if !opensBlock { way = wrap.join(line, next, lines) }
      }
      if glue.isFragmented {
        if way == .apart {
          let later = index + 2 < lines.rows.count ? lines.rows[index + 2] : nil
          way = glue.join(fragment, line, next, later, bytes)
        }
        fragment.isJoined = true
        fragment.add(bytes, next)
      }
      if way == .apart { break }
      if way == .space { buffer.append(0x20) }
      if way == .whole, buffer.last == 0x2D { buffer.removeLast() }
      append(Int(next.text), Int(next.end))
      index += 1
    }
    return index + 1
  }

  private mutating func append(_ start: Int, _ end: Int) {
    buffer.append(contentsOf: UnsafeBufferPointer(rebasing: lines.bytes[start..<max(start, end)]))
  }

  /// Container, list level and flags of a unit that opens with `line`.
  private mutating func place(_ line: FlatLine, _ row: inout RawRow) {
    row.blankLinesBefore = Int32(blanks)
    if line.opener != .none {
      row.flags.insert(line.opener == .ordered ? [.bullet, .ordered] : .bullet)
      hasBullets = true
      if buffer.isEmpty { return }
      Self.setItem(&row, groups.item(line.indent, line.text - line.content))
    } else if let indent = emptyBullet, line.indent > indent {
      row.flags.insert(.bullet)
      Self.setItem(&row, groups.item(indent, line.indent - indent))
    } else if let place = groups.continuation(line.indent) {
      Self.setItem(&row, place)
    } else {
      row.container = groups.plain()
    }
    emptyBullet = nil
  }

  /// Static, because a call on the assembly itself would copy its lists.
  private static func setItem(_ row: inout RawRow, _ place: FlatGroups.Place) {
    row.container = place.container
    if row.kind == .paragraph {
      row.kind = .listItem
      row.level = UInt8(clamping: place.level)
    }
  }

  /// Writes the buffer as one row, or as several where it is glued or holds pictures at its edges; `line` is the
  /// line that it is if it is just one.
  private mutating func emit(_ row: RawRow, line: Int? = nil) {
    var row = row
    if lines.markdown, row.kind != .code {
      buffer.withUnsafeBufferPointer { markdown.clean($0) }
      for piece in markdown.pieces {
        var part = row
        part.links = piece.links
        part.linkCharacters = piece.linkCharacters
        part.boldCharacters = piece.boldCharacters
        part.images = piece.images
        links += Int(piece.links)
        let text = markdown.text[piece.range]
        if part.kind == .tableRow {
          write(MarkdownText.tableRow(text)[...], part)
        } else {
          write(text, part)
        }
        row.blankLinesBefore = 0
      }
      return
    }
    if references > 0 { row.links = stripReferences() }
    if row.kind == .code { return write(buffer[...], row) }
    let seams = glue.isGlued ? [] : buffer.withUnsafeBufferPointer(DateSeams.cuts)
    // Nearly always.
    if let line, references == 0, seams.isEmpty, glue.isWhole(line) { return write(buffer[...], row) }
    // Only a unit that is a single run of the input can say where its parts lie in it.
    let exact = Int(row.sourceEnd - row.sourceStart) == buffer.count
    let source = row.sourceStart
    let hasReferences = references > 0
    // Named, because a closure that asks the assembly for it would take a copy of all its lists.
    let parts = buffer.withUnsafeBufferPointer { [glue] in
      if seams.isEmpty {
        let parts = glue.parts($0, 0, $0.count, line: hasReferences ? nil : line)
        return glue.isGlued ? FlatAssembly.parted($0, parts) : parts
      }
      return zip([0] + seams, seams + [$0.count]).map { $0..<$1 }
    }
    for part in parts {
      var piece = row
      if parts.count > 1 {
        piece.flags.insert(.glued)
        if exact {
          piece.sourceStart = source + Int32(part.lowerBound)
          piece.sourceEnd = source + Int32(part.upperBound)
        }
      }
      write(buffer[part], piece)
      row.blankLinesBefore = 0
    }
  }

  /// Parts of a glued text, cut before the days and times in numbers that they hold.
  private static func parted(_ bytes: UnsafeBufferPointer<UInt8>, _ parts: [Range<Int>]) -> [Range<Int>] {
    parts.flatMap { part in
      let cuts = DateSeams.numberCuts(UnsafeBufferPointer(rebasing: bytes[part])).map { $0 + part.lowerBound }
      return zip([part.lowerBound] + cuts, cuts + [part.upperBound]).map { $0..<$1 }
    }
  }

  private mutating func write(_ text: ArraySlice<UInt8>, _ row: RawRow) {
    let trimmed = text.withUnsafeBufferPointer { slice -> Range<Int> in
      let start = FlatScalar.skipSpaces(slice, 0, slice.count)
      let end = FlatScalar.trimmedEnd(slice, start, slice.count)
      // "Install¶": the sign of a link to the line itself, as documentation has it.
      guard end - start > 2, slice[end - 2] == 0xC2, slice[end - 1] == 0xB6, row.kind != .code else {
        return start..<end
      }
      return start..<FlatScalar.trimmedEnd(slice, start, end - 2)
    }
    if trimmed.isEmpty { return }
    var row = row
    row.textStart = Int32(document.text.count)
    document.text.append(contentsOf: text.dropFirst(trimmed.lowerBound).prefix(trimmed.count))
    row.textEnd = Int32(document.text.count)
    document.rows.append(row)
    blanks = 0
  }

  /// Takes `[12]` out of the buffer where the text has such a link; gives how many there were.
  private mutating func stripReferences() -> Int32 {
    var kept = 0
    var index = 0
    var count: Int32 = 0
    while index < buffer.count {
      if buffer[index] == 0x5B {
        var end = index + 1
        var number = 0
        while end < buffer.count, end - index < 7, buffer[end] >= 0x30, buffer[end] <= 0x39 {
          number = number * 10 + Int(buffer[end] - 0x30)
          end += 1
        }
        if number > 0, number <= references, end < buffer.count, buffer[end] == 0x5D {
          count += 1
          index = end + 1
          continue
        }
      }
      buffer[kept] = buffer[index]
      kept += 1
      index += 1
    }
    buffer.removeLast(buffer.count - kept)
    return count
  }

  // MARK: Markdown blocks

  /// The heading level that `line` gives the one above it by underlining, nil if it does not.
  private func underline(_ line: FlatLine, _ above: FlatLine) -> UInt8? {
    guard line.flags.contains(.rule), line.flags.contains(.single), line.indent == above.indent else {
      return nil
    }
    if line.sign == 0x3D { return 1 }
    return line.sign == 0x2D && (lines.markdown || abs(line.width - above.width) <= 2) ? 2 : nil
  }

  /// Whether a line is `[name]: address`.
  private func isDefinition(_ line: FlatLine) -> Bool {
    let bytes = lines.bytes
    guard line.flags.contains(.url), line.end > line.content, bytes[Int(line.content)] == 0x5B else {
      return false
    }
    var index = Int(line.content) + 1
    while index + 2 < Int(line.end), bytes[index] != 0x5D { index += 1 }
    return index + 2 < Int(line.end) && bytes[index + 1] == 0x3A && bytes[index + 2] == 0x20
  }

  private mutating func readFence(_ start: Int) -> Int {
    var end = start + 1
    while end < lines.rows.count, !lines.isFence(lines.rows[end]) { end += 1 }
    emitCode(start + 1, end)
    return end + 1
  }

  private mutating func readIndented(_ start: Int) -> Int {
    var end = start + 1
    while end < lines.rows.count, !lines.rows[end].isBlank, lines.rows[end].indent >= 4 { end += 1 }
    emitCode(start, end)
    return end
  }

  private mutating func emitCode(_ start: Int, _ end: Int) {
    guard start < end else { return }
    buffer.removeAll(keepingCapacity: true)
    let margin = lines.rows[start].indent
    for index in start..<end {
      let line = lines.rows[index]
      if index > start { buffer.append(0x0A) }
      for _ in 0..<max(0, min(200, line.indent - margin)) { buffer.append(0x20) }
      append(Int(line.content), Int(line.end))
    }
    var row = RawRow()
    row.kind = .code
    row.flags = .preformatted
    row.line = Int32(start + 1)
    row.indent = margin
    row.sourceStart = lines.rows[start].content
    row.sourceEnd = lines.rows[end - 1].end
    row.blankLinesBefore = Int32(blanks)
    row.container = groups.plain()
    emit(row)
  }
}
