import WinnowCore

/// Elements that a converter left standing as tags: Markdown keeps what it has no sign for as HTML, so a page
/// of nested `div` elements becomes hundreds of lines that hold nothing but tags.
enum TagLines {
  /// Fewer lines of boxes with attributes are examples in a text about HTML.
  private static let fewest = 10
  /// Of so many lines at least one must be such a box; where pages were converted so, every fourth is.
  private static let share = 20

  /// Marks lines of nothing but tags as machinery, where the whole text is full of them.
  ///
  /// - returns: whether it is; tags within lines are then markup too.
  static func mark(_ lines: inout FlatLines) -> Bool {
    var found: [Int] = []
    var boxes = 0
    var filled = 0
    var isFenced = false
    for index in lines.rows.indices where !lines.rows[index].isBlank {
      let line = lines.rows[index]
      filled += 1
      if lines.isFence(line) { isFenced.toggle() }
      guard !isFenced, lines.bytes[Int(line.text)] == 0x3C else { continue }
      guard areTags(lines.bytes, Int(line.text), Int(line.end)) else { continue }
      found.append(index)
      // What is set in by four is code in Markdown.
      if line.indent < 4, isBox(lines.bytes, Int(line.text), Int(line.end)) { boxes += 1 }
    }
    guard boxes >= fewest, boxes * share >= filled else { return false }
    for index in found { lines.rows[index].flags.insert(.skip) }
    return true
  }

  /// Whether a range holds tags and spaces only.
  private static func areTags(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var index = start
    while index < end {
      guard let after = tagEnd(bytes, index, end) else { return false }
      index = FlatScalar.skipSpaces(bytes, after, end)
    }
    return true
  }

  /// One past the tag or comment at `start`, nil where there is none.
  ///
  /// Attributes that hold JSON close their quotes too early once entities in them are decoded: a tag whose quotes
  /// do not end goes to the last bracket.
  static func tagEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
    guard start + 2 < end, bytes[start] == 0x3C else { return nil }
    var index = start + 1
    if bytes[index] == 0x21 {
      return lastBracket(bytes, index, end)
    }
    if bytes[index] == 0x2F { index += 1 }
    let name = index
    while index < end, isNameByte(bytes[index]) { index += 1 }
    guard index > name, index < end, !(bytes[name] >= 0x2D && bytes[name] <= 0x3A) else { return nil }
    if bytes[index] == 0x3E { return index + 1 }
    guard bytes[index] == 0x20 || bytes[index] == 0x2F else { return nil }
    var quote: UInt8 = 0
    while index < end {
      let byte = bytes[index]
      if quote != 0 {
        // A quote ends an attribute only before a space or the tag's end.
        let next = index + 1 < end ? bytes[index + 1] : 0x3E
        if byte == quote, next == 0x20 || next == 0x3E || next == 0x2F { quote = 0 }
      } else if byte == 0x3E {
        return index + 1
      } else if byte == 0x22 || byte == 0x27, bytes[index - 1] == 0x3D {
        quote = byte
      } else if byte == 0x3C {
        return nil
      }
      index += 1
    }
    return quote == 0 ? nil : lastBracket(bytes, name, end)
  }

  /// Whether the tag at `start` opens an element that holds parts of a page, and has attributes.
  private static func isBox(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    boxes.contains { name in
      let after = start + 1 + name.utf8.count
      return after < end && bytes[after] == 0x20 && bytes[start + 1..<after].elementsEqual(name.utf8)
    } && bytes[start..<end].contains(0x3D)
  }

  private static let boxes = [
    "div", "section", "main", "article", "header", "footer", "nav", "aside", "figure",
  ]

  /// Whether the tag at `start` is of an element that text flows through: `<b>b</b>old` is one word, while
  /// `one</td><td>two` are two.
  static func isInline(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    var name = start + 1
    if name < bytes.count, bytes[name] == 0x2F { name += 1 }
    var end = name
    while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
    let rest = bytes[name..<end]
    return inline.contains { rest.elementsEqual($0.utf8) }
  }

  private static let inline = [
    "span", "a", "b", "i", "em", "strong", "sup", "sub", "u", "s", "font", "small", "mark", "abbr", "code",
    "wbr",
  ]

  private static func lastBracket(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
    end > start && bytes[end - 1] == 0x3E ? end : nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetterOrDigit || byte == 0x2D || byte == 0x3A
  }
}
