import WinnowCore

/// The work of one ``PandocMarkup/cleared(_:)``: a walk over the text that copies what is no markup.
struct PandocClearing {
  /// Bytes within which a tag or braces must end; pictures stand in attributes as data.
  private static let longest = 100_000
  /// Stands for a sign that later turned out to be markup.
  private static let hole: UInt8 = 0x01

  private let bytes: UnsafeBufferPointer<UInt8>
  /// What names the addresses at the text's end.
  private let labels: Set<[UInt8]>
  private var out: [UInt8] = []
  /// Where brackets are open in what is written.
  private var brackets: [Int] = []
  /// Whether links written as elements are open.
  private var openLinks = 0
  /// No tag that opens before this index ends, as a search found.
  private var barren = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, labels: Set<[UInt8]>) {
    self.bytes = bytes
    self.labels = labels
    out.reserveCapacity(bytes.count)
  }

  consuming func finished() -> [UInt8] {
    out.removeAll { $0 == PandocClearing.hole }
    return out
  }

  /// Calls `body` with start and end of each line.
  @inline(__always)
  static func eachLine(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Int, Int) -> Void) {
    var start = 0
    while start < bytes.count {
      let end = lineEnd(bytes, start)
      body(start, end)
      start = end + 1
    }
  }

  static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var end = start
    while end + 8 <= raw.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: end, as: UInt64.self))
      let found = ByteWord.places(of: 0x0A, in: word)
      if found != 0 { return end + ByteWord.first(found) }
      end += 8
    }
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    return end
  }

  mutating func run() {
    var index = 0
    while index < bytes.count {
      let end = PandocClearing.lineEnd(bytes, index)
      if let after = afterBlock(index, end) {
        index = after
        continue
      }
      index = copyLine(index)
    }
  }

  // MARK: Lines

  /// Where the text goes on behind a line of colons, a block of code or an address; nil at any other line.
  private mutating func afterBlock(_ start: Int, _ end: Int) -> Int? {
    var index = start
    while index < end, bytes[index] == 0x20 || bytes[index] == 0x3E { index += 1 }
    guard end - index >= 3 else { return nil }
    if bytes[index] == 0x3A, bytes[index + 1] == 0x3A, bytes[index + 2] == 0x3A {
      while index < end, bytes[index] == 0x3A || bytes[index] == 0x20 { index += 1 }
      breakParagraph()
      // The braces may close in a later line.
      if index < end, bytes[index] == 0x7B, let after = bracesEnd(index) {
        return PandocClearing.lineEnd(bytes, after) + 1
      }
      return end + 1
    }
    if bytes[index] == 0x60, bytes[index + 1] == 0x60, bytes[index + 2] == 0x60 {
      return afterFence(start, index, end)
    }
    if PandocMarkup.label(bytes, start, end) != nil { return end + 1 }
    return nil
  }

  /// Copies a block of code; one of raw markup it leaves out.
  private mutating func afterFence(_ start: Int, _ sign: Int, _ end: Int) -> Int {
    let isRaw = bytes[sign..<end].contains(0x3D) && bytes[sign..<end].contains(0x7B)
    var next = end + 1
    while next < bytes.count {
      let stop = PandocClearing.lineEnd(bytes, next)
      var index = next
      while index < stop, bytes[index] == 0x20 || bytes[index] == 0x3E { index += 1 }
      next = stop + 1
      if stop - index >= 3, bytes[index] == 0x60, bytes[index + 1] == 0x60, bytes[index + 2] == 0x60 { break }
    }
    if !isRaw { out.append(contentsOf: bytes[start..<min(next, bytes.count)]) }
    return next
  }

  /// Copies what is no markup of the line at `start`, and of those in which its markup ends; gives where the next
  /// begins.
  private mutating func copyLine(_ start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != 0x0A {
      index = copySign(index)
    }
    return index < bytes.count ? afterEnd(start, index) : index
  }

  /// Copies the sign at `index`, or steps over the markup that begins there.
  private mutating func copySign(_ index: Int) -> Int {
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0x0A
    switch bytes[index] {
    case 0x5C:
      // A space that no line may end at, and a line's end that stands.
      if next == 0x20 {
        out.append(0x20)
        return index + 2
      }
      if next == 0x0A { return index + 1 }
      out.append(0x5C)
      out.append(next)
      return index + 2
    case 0x3C:
      return afterTag(index)
    case 0x60:
      return afterTicks(index)
    case 0x7B:
      if let last = out.last(where: { $0 != PandocClearing.hole }), let after = bracesEnd(index),
        last == 0x5D || last == 0x29 || (last == 0x20 && (next == 0x23 || next == 0x2E) && endsLine(after))
      {
        if last == 0x5D { openSpan() }
        partWords(after)
        return after
      }
    case 0x5B:
      brackets.append(out.count)
    case 0x5D:
      if let after = afterReference(index) { return after }
    default:
      break
    }
    out.append(bytes[index])
    return index + 1
  }

  /// Ends a line: where the next one goes on with its paragraph, with a space. Gives where that one's text begins.
  private mutating func afterEnd(_ start: Int, _ end: Int) -> Int {
    let isHard =
      end > start
      && (bytes[end - 1] == 0x5C || (end - start > 2 && bytes[end - 1] == 0x20 && bytes[end - 2] == 0x20))
    let next = end + 1
    if !isHard, !isBlockLine(start, end), next < bytes.count {
      let text = bytes[start] == 0x3E && bytes[next] == 0x3E ? next + 1 : next
      if continues(text, PandocClearing.lineEnd(bytes, next)) {
        if let last = out.last, last > 0x20 { out.append(0x20) }
        var index = text
        while bytes[index] == 0x20 { index += 1 }
        return index
      }
    }
    out.append(0x0A)
    if end == start { brackets.removeAll(keepingCapacity: true) }
    return next
  }

  /// Whether a line is a block for itself: blank, a heading, a rule, or a row of a table.
  private func isBlockLine(_ start: Int, _ end: Int) -> Bool {
    var index = start
    while index < end, bytes[index] == 0x20 { index += 1 }
    guard index < end else { return true }
    switch bytes[index] {
    case 0x23, 0x7C, 0x2B, 0x3D: return true
    case 0x2D where bytes[index..<end].allSatisfy({ $0 == 0x2D || $0 == 0x20 }): return true
    default: break
    }
    // Columns stand three spaces and more apart, as does the text of an item from its sign.
    var column = index + 6
    while column + 2 < end {
      if bytes[column] == 0x20, bytes[column + 1] == 0x20, bytes[column + 2] == 0x20 { return true }
      column += 1
    }
    return false
  }

  /// Whether the line can be more of the paragraph above it: no blank line, and nothing that opens a block.
  private func continues(_ start: Int, _ end: Int) -> Bool {
    var index = start
    while index < end, bytes[index] == 0x20 { index += 1 }
    guard index < end else { return false }
    let next = index + 1 < end ? bytes[index + 1] : 0x20
    switch bytes[index] {
    case 0x23, 0x3E, 0x7C, 0x3A: return false
    case 0x3D: return !bytes[index..<end].allSatisfy { $0 == 0x3D }
    case 0x2D, 0x2A, 0x2B: return next > 0x20 && next != bytes[index]
    case 0x30...0x39:
      while index < end, bytes[index].isASCIIDigit { index += 1 }
      return !(index + 1 < end && (bytes[index] == 0x2E || bytes[index] == 0x29) && bytes[index + 1] == 0x20)
    default: return true
    }
  }

  private mutating func breakParagraph() {
    while let last = out.last, last == 0x20 { out.removeLast() }
    guard let last = out.last else { return }
    if last != 0x0A { out.append(0x0A) }
    out.append(0x0A)
  }

  // MARK: Marks within lines

  /// One past the tag at `index`, or past the sign that is none.
  private mutating func afterTag(_ index: Int) -> Int {
    guard let tag = PandocClearing.name(bytes, index), let after = tagEnd(tag.end) else {
      out.append(0x3C)
      return index + 1
    }
    let name = bytes[tag.start..<tag.end]
    let isClosing = bytes[index + 1] == 0x2F
    if name.elementsEqual("br".utf8) {
      out.append(0x0A)
    } else if name.elementsEqual("a".utf8) {
      if isClosing, openLinks > 0 {
        openLinks -= 1
        out.append(contentsOf: "](#)".utf8)
      } else if !isClosing {
        openLinks += 1
        out.append(0x5B)
      }
    } else if !TagLines.isInline(bytes, index), !name.elementsEqual("img".utf8) {
      breakParagraph()
    } else if name.elementsEqual("span".utf8) {
      partWords(after)
    }
    return after
  }

  /// Parts what stands in two elements that touch, "Ann Smith" and "3 May 2024": behind a letter or number, before a
  /// capital or number.
  private mutating func partWords(_ next: Int) {
    var next = next
    while next < bytes.count, bytes[next] == 0x5B || bytes[next] == 0x5D { next += 1 }
    guard next < bytes.count, bytes[next].isASCIIDigit || bytes[next].isASCIICapital,
      let last = out.last(where: { $0 != PandocClearing.hole && $0 != 0x5D && $0 != 0x5B }),
      last.isASCIIDigit || last.isASCIILetter
    else { return }
    out.append(0x20)
  }

  /// The name of the tag at `index`; nil where none stands, as in `<3` and `<https://…>`.
  private static func name(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (start: Int, end: Int)? {
    var start = index + 1
    guard start < bytes.count else { return nil }
    if bytes[start] == 0x2F { start += 1 }
    guard start < bytes.count, bytes[start] | 0x20 >= 0x61, bytes[start] | 0x20 <= 0x7A else { return nil }
    var end = start
    while end < bytes.count, isName(bytes[end]) { end += 1 }
    guard end < bytes.count, bytes[end] <= 0x20 || bytes[end] == 0x3E || bytes[end] == 0x2F else {
      return nil
    }
    return (start, end)
  }

  static func isName(_ byte: UInt8) -> Bool {
    byte.isASCIILetterOrDigit || byte == 0x2D
  }

  /// One past the bracket that closes a tag whose name ends at `start`; an empty line ends the search.
  private mutating func tagEnd(_ start: Int) -> Int? {
    if start < barren { return nil }
    var quote: UInt8 = 0
    var index = start
    let limit = min(bytes.count, start + PandocClearing.longest)
    while index < limit {
      let byte = bytes[index]
      if byte == 0x0A, index + 1 < limit, bytes[index + 1] == 0x0A { break }
      if quote != 0 {
        let next = index + 1 < limit ? bytes[index + 1] : 0x3E
        if byte == quote, next <= 0x20 || next == 0x3E || next == 0x2F { quote = 0 }
      } else if byte == 0x3E {
        return index + 1
      } else if byte == 0x22 || byte == 0x27, bytes[index - 1] == 0x3D {
        quote = byte
      }
      index += 1
    }
    barren = index
    return nil
  }

  /// One past the braces that open at `start`, if they hold classes, a name or attributes.
  private func bracesEnd(_ start: Int) -> Int? {
    guard start + 1 < bytes.count else { return nil }
    let first = bytes[start + 1]
    guard first == 0x2E || first == 0x23 || first == 0x3D || first.isASCIISmall || first == 0x2D
    else { return nil }
    var isQuoted = false
    var index = start + 1
    let limit = min(bytes.count, start + PandocClearing.longest)
    while index < limit {
      switch bytes[index] {
      case 0x5C: index += 1
      case 0x22: isQuoted.toggle()
      case 0x7D where !isQuoted: return index + 1
      case 0x0A where index + 1 < limit && bytes[index + 1] == 0x0A: return nil
      default: break
      }
      index += 1
    }
    return nil
  }

  /// Whether nothing but spaces follows, as behind the classes of a heading.
  private func endsLine(_ start: Int) -> Bool {
    var index = start
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    return index == bytes.count || bytes[index] == 0x0A
  }

  /// Takes the brackets of a stretch with classes away, `[By Ann Smith]{.byline}`.
  private mutating func openSpan() {
    if let close = out.lastIndex(of: 0x5D) { out[close] = PandocClearing.hole }
    if let open = closed { out[open] = PandocClearing.hole }
    closed = nil
  }

  /// Where the bracket stands that the last closing one closed.
  private var closed: Int?

  /// Turns a link by name, `[text][1]`, `[text][]` or `[text]`, into one with an address; nil for any other bracket.
  private mutating func afterReference(_ index: Int) -> Int? {
    let open = brackets.popLast()
    closed = open
    guard let open, !labels.isEmpty, index + 1 <= bytes.count else { return nil }
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0x0A
    if next == 0x28 || next == 0x7B { return nil }
    if next == 0x5B {
      var end = index + 2
      while end < bytes.count, bytes[end] != 0x5D, end - index < 400, !isBlankLine(end) { end += 1 }
      guard end < bytes.count, bytes[end] == 0x5D else { return nil }
      out.append(contentsOf: "](#)".utf8)
      return end + 1
    }
    guard labels.contains(Array(out[(open + 1)...])) else { return nil }
    out.append(contentsOf: "](#)".utf8)
    return index + 1
  }

  private func isBlankLine(_ index: Int) -> Bool {
    bytes[index] == 0x0A && index + 1 < bytes.count && bytes[index + 1] == 0x0A
  }

  /// Copies words between ticks; raw markup between them, which braces behind it tell, it leaves out.
  private mutating func afterTicks(_ index: Int) -> Int {
    var end = index + 1
    while end < bytes.count, bytes[end] != 0x60, end - index < PandocClearing.longest, !isBlankLine(end) {
      end += 1
    }
    guard end + 1 < bytes.count, bytes[end] == 0x60 else {
      out.append(0x60)
      return index + 1
    }
    if bytes[end + 1] == 0x7B, let after = bracesEnd(end + 1) {
      if bytes[end + 2] != 0x3D { out.append(contentsOf: bytes[index...end]) }
      return after
    }
    out.append(contentsOf: bytes[index...end])
    return end + 1
  }
}
