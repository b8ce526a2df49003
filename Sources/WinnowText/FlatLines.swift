import WinnowCore

/// One line of flat text, measured once.
struct FlatLine {
  /// What a line can say by its shape.
  struct Flags: OptionSet {
    let rawValue: UInt8
    /// It holds a web address or a Markdown link.
    static let url = Flags(rawValue: 1)
    /// Two spaces end it, which is a line break in Markdown.
    static let hardBreak = Flags(rawValue: 2)
    /// It is drawn of one repeated sign.
    static let rule = Flags(rawValue: 4)
    /// It stands behind `>`.
    static let quote = Flags(rawValue: 8)
    /// It is one unbreakable word.
    static let single = Flags(rawValue: 16)
    /// It holds `|`.
    static let bar = Flags(rawValue: 32)
    /// It belongs to a table.
    static let table = Flags(rawValue: 64)
    /// It is machinery such as a list of link addresses, and no unit comes of it.
    static let skip = Flags(rawValue: 128)
  }

  /// What opens the line.
  enum Opener: UInt8 { case none, bullet, dash, ordered }

  /// First byte after the indent.
  var content: Int32 = 0
  /// First byte behind bullets and quotation marks.
  var text: Int32 = 0
  /// One past the last byte that is no space; equal to `content` for a blank line.
  var end: Int32 = 0
  /// Columns before the content.
  var indent: Int32 = 0
  /// Columns up to the end; wide characters take two.
  var width: Int32 = 0
  /// Columns of what a line breaker would have had to move as one: the first word, or the first wide sign.
  var first: Int32 = 0
  /// Number of an ordered item.
  var number: Int32 = 0
  /// Scalar of the opener or of the rule.
  var sign: UInt32 = 0
  var opener: Opener = .none
  var flags: Flags = []

  var isBlank: Bool { end <= content }
  /// Whether it parts units without being one.
  var isGap: Bool { end <= content || flags.contains(.rule) }
}

/// The lines of a text.
struct FlatLines {
  let bytes: UnsafeBufferPointer<UInt8>
  let markdown: Bool
  var rows: [FlatLine] = []

  /// Finds and measures all lines.
  ///
  /// - throws: ``ReadError/tooManyBlocks(limit:)`` for more lines than `maxLines`.
  init(_ bytes: UnsafeBufferPointer<UInt8>, markdown: Bool, maxLines: Int) throws(ReadError) {
    self.bytes = bytes
    self.markdown = markdown
    var start = 0
    while start < bytes.count {
      var end = start
      var length = 0
      while end < bytes.count {
        // Letters first: no line end begins with these bytes.
        if bytes[end] &- 0x0E < 0xC2 - 0x0E {
          end += 1
          continue
        }
        length = FlatLines.lineEnd(bytes, at: end)
        if length > 0 { break }
        end += 1
      }
      if rows.count >= maxLines { throw .tooManyBlocks(limit: maxLines) }
      rows.append(measured(start, end))
      start = end + length
    }
    settleOpeners()
  }

  /// Bytes of the line end at `index`, 0 for anything else.
  @inline(__always)
  private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let byte = bytes[index]
    if byte == 0x0A { return 1 }
    if byte == 0x0D { return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1 }
    if byte == 0xE2, index + 2 < bytes.count, bytes[index + 1] == 0x80, bytes[index + 2] & 0xFE == 0xA8 {
      return 3
    }
    return byte == 0xC2 && index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
  }

  private func measured(_ start: Int, _ limit: Int) -> FlatLine {
    var line = FlatLine()
    var index = start
    var column = 0
    while index < limit {
      let length = FlatScalar.spaceLength(bytes, at: index, limit)
      if length == 0 { break }
      if bytes[index] == 0x09 {
        column = (column / 8 + 1) * 8
      } else {
        column += FlatScalar.width(UTF8Bytes.scalar(bytes, at: index).value ?? 0)
      }
      index += length
    }
    let end = FlatScalar.trimmedEnd(bytes, index, limit)
    line.content = Int32(index)
    line.text = line.content
    line.end = Int32(end)
    line.indent = Int32(clamping: column)
    if end == index { return line }
    if limit - end >= 2, bytes[end] == 0x20, bytes[end + 1] == 0x20 { line.flags.insert(.hardBreak) }
    readOpener(&line)
    measureText(&line, column)
    return line
  }

  /// Width, first word, addresses and rules.
  private func measureText(_ line: inout FlatLine, _ column: Int) {
    let end = Int(line.end)
    let text = Int(line.text)
    var index = Int(line.content)
    var column = column
    var first = -1
    var firstStart = column
    var spaces = 0
    var wide = false
    var ruleSign: UInt32 = 0
    var ruleCount = 0
    while index < end {
      let byte = bytes[index]
      var scalar = UInt32(byte)
      var length = 1
      var width = 1
      if byte >= 0x80 {
        let decoded = UTF8Bytes.scalar(bytes, at: index)
        scalar = decoded.value ?? 0xFFFD
        length = decoded.length
        width = FlatScalar.width(scalar)
        if width == 2 { wide = true }
      }
      if index <= text { firstStart = column }
      if index >= text, first < 0 {
        if byte == 0x20 || byte == 0x09 || (width == 2 && index > text) {
          first = column - firstStart
        } else if width == 2 {
          first = 2
        } else if markdown, byte == 0x2D, breaksAfterHyphen(at: index, end) {
          first = column + 1 - firstStart
        }
      }
      if byte == 0x20 || byte == 0x09 {
        spaces += 1
      } else {
        if ruleCount == 0 { ruleSign = scalar }
        ruleCount = scalar == ruleSign ? ruleCount + 1 : Int.min / 2
      }
      if byte == 0x3A, index + 2 < end, bytes[index + 1] == 0x2F, bytes[index + 2] == 0x2F {
        line.flags.insert(.url)
      } else if markdown, byte == 0x5D, index + 1 < end, bytes[index + 1] == 0x28 {
        line.flags.insert(.url)
      } else if byte == 0x7C {
        line.flags.insert(.bar)
      }
      column += width
      index += length
      // Once the first word is known and the line is no rule, plain bytes only add to the width.
      guard first >= 0, ruleCount < 0 else { continue }
      let start = index
      while index + 8 <= end {
        let word = UInt64(
          littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let special =
          ByteWord.placesBeyondASCII(in: word) | ByteWord.places(of: 0x09, in: word)
          | ByteWord.places(of: 0x3A, in: word) | ByteWord.places(of: 0x5D, in: word)
          | ByteWord.places(of: 0x7C, in: word)
        guard special == 0 else { break }
        // How many does not matter.
        if ByteWord.places(of: 0x20, in: word) != 0 { spaces += 1 }
        index += 8
      }
      while index < end, FlatLines.isPlain(bytes[index]) {
        spaces += bytes[index] == 0x20 ? 1 : 0
        index += 1
      }
      column += index - start
    }
    line.width = Int32(clamping: column)
    line.first = Int32(clamping: first < 0 ? column - firstStart : first)
    if spaces == 0, !wide { line.flags.insert(.single) }
    if ruleCount >= 3, FlatScalar.drawsRules(ruleSign) {
      line.flags.insert(.rule)
      line.sign = ruleSign
      line.opener = .none
    }
  }

  /// Whether a byte is one column wide and no part of an address or a table.
  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte < 0x80 && byte != 0x09 && byte != 0x3A && byte != 0x5D && byte != 0x7C
  }

  /// Whether a line opens or closes a block of code.
  func isFence(_ line: FlatLine) -> Bool {
    let start = Int(line.content)
    return line.end - line.content >= 3 && bytes[start] == 0x60 && bytes[start + 1] == 0x60
      && bytes[start + 2] == 0x60
  }

  /// Whether a breaker that breaks at hyphens would do so here: two letters on either side.
  func breaksAfterHyphen(at index: Int, _ end: Int) -> Bool {
    index >= 2 && index + 2 < end && FlatScalar.isLetterByte(bytes[index - 1])
      && FlatScalar.isLetterByte(bytes[index - 2]) && FlatScalar.isLetterByte(bytes[index + 1])
      && FlatScalar.isLetterByte(bytes[index + 2])
  }

  /// Finds `>`, bullets (doubled ones too) and numbers at the start of a line.
  private func readOpener(_ line: inout FlatLine) {
    let end = Int(line.end)
    var index = Int(line.content)
    while bytes[index] == 0x3E, index + 1 < end, bytes[index + 1] == 0x20 {
      line.flags.insert(.quote)
      index = FlatScalar.skipSpaces(bytes, index + 1, end)
      line.text = Int32(index)
    }
    while index < end {
      let (value, length) = UTF8Bytes.scalar(bytes, at: index)
      let scalar = value ?? 0
      let kind = FlatScalar.opener(scalar)
      guard kind != .none else { break }
      let after = index + length
      guard after == end || FlatScalar.spaceLength(bytes, at: after, end) > 0 else { break }
      // A lone asterisk or dash is no list yet; a lone bullet sign is.
      if after == end, line.opener == .none, scalar < 0x80 { break }
      if line.opener == .none {
        line.opener = kind
        line.sign = scalar
      } else if kind != .bullet {
        break
      }
      index = FlatScalar.skipSpaces(bytes, after, end)
      line.text = Int32(index)
    }
    if line.opener == .none { readNumber(&line, from: index) }
  }

  private func readNumber(_ line: inout FlatLine, from start: Int) {
    let end = Int(line.end)
    var index = start
    var number: Int32 = 0
    while index < end, index - start < 5, bytes[index] >= 0x30, bytes[index] <= 0x39 {
      number = number * 10 + Int32(bytes[index] - 0x30)
      index += 1
    }
    guard index > start, index + 1 < end, bytes[index] == 0x2E || bytes[index] == 0x29,
      FlatScalar.spaceLength(bytes, at: index + 1, end) > 0
    else { return }
    line.opener = .ordered
    line.number = number
    line.sign = UInt32(bytes[index])
    line.text = Int32(FlatScalar.skipSpaces(bytes, index + 1, end))
  }

  /// Drops openers that only look like ones: a dialogue's dash, the day of a date, a lone `>`.
  private mutating func settleOpeners() {
    var previous = -1
    var run: [Int] = []
    for index in rows.indices where !rows[index].isGap {
      let line = rows[index]
      if line.flags.contains(.quote), !markdown, line.width < 40 {
        let joins =
          (index > 0 && rows[index - 1].flags.contains(.quote))
          || (index + 1 < rows.count && rows[index + 1].flags.contains(.quote))
        if !joins {
          rows[index].flags.remove(.quote)
          if line.opener == .none { rows[index].text = line.content }
        }
      }
      if let last = run.last, line.opener == .none, line.indent > rows[last].indent { continue }
      if let last = run.last, line.opener == rows[last].opener, line.sign == rows[last].sign,
        line.indent == rows[last].indent, line.opener != .ordered || line.number == rows[last].number + 1
      {
        run.append(index)
      } else {
        settle(run, after: previous)
        if let last = run.last, rows[last].opener != .none { previous = last } else { previous = -1 }
        run.removeAll(keepingCapacity: true)
        if line.opener == .dash || line.opener == .ordered {
          run.append(index)
        } else {
          previous = line.opener == .bullet ? index : -1
        }
      }
    }
    settle(run, after: previous)
  }

  /// Where a line's text begins behind its signs of quotation, if it has any.
  private func textBehindQuotes(_ line: FlatLine) -> Int32 {
    guard line.flags.contains(.quote) else { return line.content }
    var index = Int(line.content)
    while index + 1 < Int(line.end), bytes[index] == 0x3E, bytes[index + 1] == 0x20 {
      index = FlatScalar.skipSpaces(bytes, index + 1, Int(line.end))
    }
    return Int32(index)
  }

  private mutating func settle(_ run: [Int], after previous: Int) {
    guard let start = run.first else { return }
    let line = rows[start]
    if markdown, line.opener == .ordered ? line.indent > 0 : line.sign < 0x80 { return }
    if previous >= 0, rows[previous].indent < line.indent, line.opener == .dash { return }
    if line.opener == .ordered {
      if run.count >= 2 { return }
    } else if run.count >= 3 {
      var sentences = 0
      var long = 0
      for index in run {
        if FlatScalar.endsSentence(bytes, Int(rows[index].text), Int(rows[index].end)) { sentences += 1 }
        if rows[index].width > 60 { long += 1 }
      }
      if long == 0, sentences * 2 < run.count { return }
    }
    for index in run {
      rows[index].opener = .none
      rows[index].text = textBehindQuotes(rows[index])
    }
  }
}
