import WinnowCore
import WinnowText

/// How text becomes blocks.
extension HTMLReaderColumns {
  /// Makes room for so many bytes more.
  @inline(__always)
  private mutating func reserve(_ room: Int) {
    if textCount + room > textCapacity { grow(room) }
  }

  private mutating func grow(_ room: Int) {
    let capacity = max(textCapacity * 2, textCount + room)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: text, count: textCount)
    text.deallocate()
    text = larger
    textCapacity = capacity
  }

  /// Adds a byte of text.
  mutating func put(_ byte: UInt8) {
    reserve(1)
    text[textCount] = byte
    textCount += 1
  }

  /// Adds a run of the page's text to the block.
  mutating func addText(_ start: Int, _ end: Int, isRaw: Bool) {
    let flags = stack[stack.count - 1].flags
    if flags.contains(.dropped) { return }
    // A reference writes no more than twice what it takes.
    reserve(2 * (end - start) + 16)
    if flags.contains(.pre) {
      addPreformatted(start, end, isRaw: isRaw)
      return
    }
    var first = start
    var last = end
    while first < last, input[first] <= 0x20 {
      if input[first] != 0 { spacePending = true }
      first += 1
    }
    guard first < last else { return }
    let before = textCount
    var endsInSpace = false
    while input[last - 1] <= 0x20 {
      if input[last - 1] != 0 { endsInSpace = true }
      last -= 1
    }
    if before > blockStart {
      if separatorPending {
        put3(0x20, 0x7C, 0x20)
      } else if spacePending {
        put(0x20)
      } else if seamAt == before,
        isSeam(before, first, last)
      {
        put(0x20)
      }
    }
    spacePending = false
    separatorPending = false
    let written = textCount
    copy(first, last, isRaw: isRaw)
    if flags.contains(.raised), written > blockStart, text[written - 1] > 0x20 { raise(from: written) }
    if endsInSpace { spacePending = true }
    noteRun(written, first, last, flags)
  }

  private mutating func put3(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
    text[textCount] = first
    text[textCount + 1] = second
    text[textCount + 2] = third
    textCount += 3
  }

  /// Copies text, one space for each run of white space.
  private mutating func copy(_ first: Int, _ last: Int, isRaw: Bool) {
    // Held here, since what is written through the pointer could change the columns' own fields otherwise.
    let input = input
    let blockBegin = text + blockStart
    var index = first
    var output = text + textCount
    // There is room for twice as much: eight bytes may be written where fewer are wanted.
    var nextWord = first
    while index < last {
      if index >= nextWord {
        let isBehindText = output > blockBegin && output[-1] > 0x20
        if index + 8 <= last, Self.isPlain(input + index, behindText: isBehindText) {
          UnsafeMutableRawPointer(output).copyMemory(from: input + index, byteCount: 8)
          output += 8
          index += 8
          continue
        }
        nextWord = index + 8
      }
      let byte = input[index]
      if byte > 0x20, byte != 0x26 || isRaw {
        output[0] = byte
        output += 1
      } else if byte > 0x20 {
        let step = HTMLEntities.decode(input + index, count: last - index, inAttribute: false, into: output)
        if step.consumed == 0 {
          output[0] = byte
          output += 1
        } else {
          index += step.consumed
          if step.written == 1, output[0] <= 0x20 {
            if output > blockBegin, output[-1] != 0x20 {
              output[0] = 0x20
              output += 1
            }
          } else {
            output += step.written
          }
          continue
        }
      } else if byte != 0, output == blockBegin || output[-1] != 0x20 {
        output[0] = 0x20
        output += 1
      }
      index += 1
    }
    textCount = output - text
  }

  /// Whether eight bytes are copied as they are: neither ampersands nor white space but single spaces.
  @inline(__always)
  private static func isPlain(_ bytes: UnsafePointer<UInt8>, behindText: Bool) -> Bool {
    let word = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops = ones << 7
    let seven = word & ~tops
    // Of seven bits no sum goes beyond its byte; bytes beyond ASCII are plain.
    let isVisible = seven &+ ones &* (0x80 - 0x21) | word
    let isOther = (seven ^ ones &* 0x26) &+ ones &* 0x7F | word
    let isSpace = ~((seven ^ ones &* 0x20) &+ ones &* 0x7F | word) & tops
    guard isOther & tops == tops, (isVisible | isSpace) & tops == tops else { return false }
    return isSpace & isSpace << 8 == 0 && (isSpace & 0x80 == 0 || behindText)
  }

  /// Counts a run that was just written.
  private mutating func noteRun(_ written: Int, _ first: Int, _ last: Int, _ flags: HTMLOpenElement.Flags) {
    guard textCount > written else { return }
    if row.sourceStart < 0 { row.sourceStart = Int32(truncatingIfNeeded: first) }
    row.sourceEnd = Int32(truncatingIfNeeded: last)
    if !flags.contains(.hidden) { isVisible = true }
    let link = stack[stack.count - 1].link
    guard link != 0 || flags.contains(.bold) else { return }
    var characters: Int32 = 0
    for index in written..<textCount where text[index] > 0x20 && text[index] & 0xC0 != 0x80 {
      characters += 1
    }
    if flags.contains(.bold) { row.boldCharacters += characters }
    guard link != 0 else { return }
    row.linkCharacters += characters
    row.inlineMarks.insert(.link)
    guard characters > 0 else { return }
    if link != lastLink {
      lastLink = link
      row.links += 1
      linkSpans.append(written..<textCount)
    } else if let last = linkSpans.indices.last {
      linkSpans[last] = linkSpans[last].lowerBound..<textCount
    }
  }

  /// Adds preformatted text: line ends become `\n`, all else stays.
  private mutating func addPreformatted(_ start: Int, _ end: Int, isRaw: Bool) {
    var index = start
    let before = textCount
    while index < end {
      let byte = input[index]
      if byte == 0x26, !isRaw {
        let step = HTMLEntities.decode(
          input + index, count: end - index, inAttribute: false, into: text + textCount)
        if step.consumed > 0 {
          index += step.consumed
          textCount += step.written
          continue
        }
      }
      index += 1
      if byte == 0x0D {
        if index < end, input[index] == 0x0A { continue }
        text[textCount] = 0x0A
      } else if byte == 0 {
        continue
      } else {
        text[textCount] = byte
      }
      textCount += 1
    }
    noteRun(before, start, end, stack[stack.count - 1].flags)
  }

  /// A `br`: a line end in preformatted text, else a space; the second in a row ends the block.
  mutating func lineBreak() {
    let flags = stack[stack.count - 1].flags
    if flags.contains(.dropped) { return }
    if flags.contains(.pre) {
      put(0x0A)
      return
    }
    if breakAt >= 0, !flags.contains(.row), isBlank(from: breakAt) {
      flushBlock()
    } else if textCount > blockStart {
      breakAt = textCount
      let isBelowBold = breaks.isEmpty && !flags.contains(.bold) && isAllBold()
      breaks.append(
        HTMLTextBreak(text: textCount, tokens: blockTokens.count, isBelowBold: isBelowBold))
    }
    spacePending = true
  }

  /// Whether there is nothing but spaces and no-break spaces from a place on.
  private func isBlank(from start: Int) -> Bool {
    var index = start
    while index < textCount {
      let byte = text[index]
      if byte == 0xC2, index + 1 < textCount, text[index + 1] == 0xA0 {
        index += 2
      } else if byte <= 0x20 {
        index += 1
      } else {
        return false
      }
    }
    return true
  }

  /// Ends the block that is being collected, if there is one.
  mutating func flushBlock() {
    if textCount > blockStart {
      let element = stack[stack.count - 1]
      let isPre = element.flags.contains(.pre)
      var start = blockStart
      while textCount > start, text[textCount - 1] <= 0x20 { textCount -= 1 }
      if !isPre { trimCommentEnd(from: start) }
      if element.kind == .heading || row.links > 0 { trimAnchorSign(from: start) }
      if element.kind == .heading, row.links > 0 {
        start = trimSignLinks(from: start)
        trimEditLinks(from: start)
      } else if element.flags.contains(.term), row.links > 0 {
        trimEditLinks(from: start, linkedWhole: true)
      }
      if isPre {
        // Blank lines before the first line go, its indent stays.
        var index = start
        while index < textCount, text[index] <= 0x20 {
          index += 1
          if text[index - 1] == 0x0A { start = index }
        }
      }
      if HTMLWordCharacters.isAny(in: UnsafeBufferPointer(start: text + start, count: textCount - start)) {
        let lines = lines(from: start, element)
        if lines.count > 1 { addLines(lines, element) } else { addRow(start, element) }
        return
      }
      textCount = blockStart
    }
    let images = row.images
    startBlock()
    row.images = images
  }

  /// Takes the sign of a link to the line itself off its end: "Install¶", as documentation has it.
  private mutating func trimAnchorSign(from start: Int) {
    guard textCount > start + 2, text[textCount - 2] == 0xC2, text[textCount - 1] == 0xB6 else { return }
    textCount -= 2
    while textCount > start, text[textCount - 1] <= 0x20 { textCount -= 1 }
  }

  /// Takes the end of a comment off a text's end: where comments are nested the inner one's end closes both, and the
  /// outer one's is left in the page.
  private mutating func trimCommentEnd(from start: Int) {
    guard textCount > start + 4, text[textCount - 1] == 0x3E, text[textCount - 2] == 0x2D,
      text[textCount - 3] == 0x2D, text[textCount - 4] <= 0x20
    else { return }
    textCount -= 3
    while textCount > start, text[textCount - 1] <= 0x20 { textCount -= 1 }
  }

  private mutating func addRow(_ start: Int, _ element: HTMLOpenElement) {
    appendRow(start..<textCount, 0..<blockTokens.count, element)
    // Keeps words of neighbours apart for facts that span blocks; no block's range has it.
    put(0x0A)
    startBlock()
    if rows.count > limits.maxBlocks { stop() }
  }

  /// Adds each line as a block of its own.
  private mutating func addLines(_ lines: [HTMLTextLine], _ element: HTMLOpenElement) {
    let whole = row
    for line in lines {
      row = whole
      row.sourceStart = whole.sourceStart
      row.images = line.text == lines[0].text ? whole.images : 0
      measureLine(line.text, of: whole)
      if let bold = line.bold { row.boldCharacters = bold }
      appendRow(line.text, line.tokens, element)
    }
    put(0x0A)
    startBlock()
    if rows.count > limits.maxBlocks { stop() }
  }

  private mutating func appendRow(
    _ range: Range<Int>, _ inlineTokens: Range<Int>, _ element: HTMLOpenElement
  ) {
    row.textStart = Int32(truncatingIfNeeded: range.lowerBound)
    row.textEnd = Int32(truncatingIfNeeded: range.upperBound)
    row.container = element.container
    row.kind = element.kind
    row.level = element.kind == .heading ? element.level : 0
    if element.item >= 0 {
      let item = Int(element.item)
      let isFirst = !stack[item].flags.contains(.used)
      stack[item].flags.insert(.used)
      if element.kind == .listItem {
        if isFirst {
          row.level = max(1, element.listLevel)
          if element.flags.contains(.ordered) { row.flags.insert(.ordered) }
        } else {
          row.kind = .paragraph
        }
      }
    }
    if !isVisible { row.flags.insert(.hidden) }
    if element.flags.contains(.pre) { row.flags.insert(.preformatted) }
    row.tokenStart = Int32(truncatingIfNeeded: tokens.count)
    if !inlineTokens.isEmpty {
      blockTokens.withUnsafeBufferPointer {
        tokens.append(contentsOf: UnsafeBufferPointer(rebasing: $0[inlineTokens]))
      }
    }
    row.tokenEnd = Int32(truncatingIfNeeded: tokens.count)
    noteLinks(of: range)
    rows.append(row)
  }

  private mutating func startBlock() {
    blockStart = textCount
    row = emptyRow
    if !blockTokens.isEmpty { blockTokens.removeAll(keepingCapacity: true) }
    if !linkSpans.isEmpty { linkSpans.removeAll(keepingCapacity: true) }
    if !breaks.isEmpty { breaks.removeAll(keepingCapacity: true) }
    lastLink = 0
    isVisible = false
    spacePending = false
    separatorPending = false
    breakAt = -1
  }
}

/// Tells letters and digits from signs, as far as a block's right to exist needs it.
enum HTMLWordCharacters {
  /// Whether UTF-8 text has a letter or digit of any script.
  static func isAny(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        if byte.isASCIILetterOrDigit { return true }
        index += 1
        continue
      }
      let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      guard byte >= 0xC2, byte < 0xF5, index + length <= text.count else {
        index += 1
        continue
      }
      var code = UInt32(byte) & (0x7F >> UInt32(length))
      for place in 1..<length { code = code << 6 | UInt32(text[index + place] & 0x3F) }
      if !isSign(code) { return true }
      index += length
    }
    return false
  }

  /// Whether a code point beyond ASCII is punctuation, a symbol, an icon or a space.
  private static func isSign(_ code: UInt32) -> Bool {
    switch code {
    case 0xAA, 0xB2, 0xB3, 0xB5, 0xB9, 0xBA, 0xBC, 0xBD, 0xBE: false
    case 0x80...0xBF, 0xD7, 0xF7, 0x2C2...0x2DF, 0x300...0x36F, 0x37E, 0x387: true
    case 0x2070, 0x2071, 0x2074...0x2079, 0x207F...0x2089, 0x2102...0x218B: false
    case 0x2000...0x2BFF, 0x2E00...0x2E7F, 0x3000...0x3004, 0x3008...0x3020, 0x3030: true
    case 0xE000...0xF8FF, 0xFE00...0xFE6F, 0xFEFF, 0xFF01...0xFF0F, 0xFF1A...0xFF20: true
    case 0xFF3B...0xFF40, 0xFF5B...0xFF65, 0xFFE0...0xFFFF, 0x1F000...0x1FAFF, 0xE0000...0x10FFFF: true
    default: false
    }
  }
}
