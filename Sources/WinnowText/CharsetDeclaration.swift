import WinnowCore

/// Finds the charset that a page declares for itself.
enum CharsetDeclaration {
  /// Bytes that are scanned. Browsers stop at 1024, but one page in twenty declares later.
  private static let window = 64 << 10

  /// The first declaration of a known charset in `<meta charset>`, `<meta http-equiv content>` or an
  /// XML declaration.
  static func find(in bytes: UnsafeBufferPointer<UInt8>) -> Charset? {
    let head = UnsafeBufferPointer(rebasing: bytes.prefix(window))
    var index = 0
    while let open = head[index...].firstIndex(of: UInt8(ascii: "<")) {
      index = open + 1
      if head.matches("<!--", at: open) {
        index = endOfComment(head, from: open + 4)
      } else if head.matches("<?xml", at: open) || head.matches("<meta", at: open) {
        var scanner = AttributeScanner(bytes: head, index: open + 5)
        if let charset = charset(in: &scanner) { return charset }
        index = max(scanner.index, index)
      }
    }
    return nil
  }

  private static func endOfComment(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index + 2 < bytes.count {
      if bytes[index] == 0x2D, bytes[index + 1] == 0x2D, bytes[index + 2] == 0x3E { return index + 3 }
      index += 1
    }
    // Never closed: rather read on behind the opener than miss a declaration.
    return start
  }

  private static func charset(in scanner: inout AttributeScanner) -> Charset? {
    var content: Range<Int>?
    var isEquivalent = false
    let bytes = scanner.bytes
    while let (name, value) = scanner.next() {
      if equals(bytes, name, "charset") || equals(bytes, name, "encoding") {
        if let charset = Charset(label: bytes[value]) { return charset }
      } else if equals(bytes, name, "http-equiv") {
        isEquivalent = true
      } else if equals(bytes, name, "content") {
        content = value
      }
    }
    guard isEquivalent, let content else { return nil }
    return charset(inContentType: UnsafeBufferPointer(rebasing: bytes[content]))
  }

  /// The charset of a value like `text/html; charset=gb2312`.
  private static func charset(inContentType value: UnsafeBufferPointer<UInt8>) -> Charset? {
    var index = 0
    while index < value.count {
      guard value.matches("charset", at: index) else {
        index += 1
        continue
      }
      index += 7
      while index < value.count, value[index].isASCIISpace { index += 1 }
      guard index < value.count, value[index] == UInt8(ascii: "=") else { continue }
      index += 1
      let start = index
      while index < value.count, value[index] != UInt8(ascii: ";"), value[index] != UInt8(ascii: ",") {
        index += 1
      }
      return Charset(label: value[start..<index])
    }
    return nil
  }

  private static func equals(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ text: StaticString
  ) -> Bool {
    range.count == text.utf8CodeUnitCount && bytes.matches(text, at: range.lowerBound)
  }
}

/// Walks the attributes of one tag.
private struct AttributeScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var index: Int

  init(bytes: UnsafeBufferPointer<UInt8>, index: Int) {
    self.bytes = bytes
    self.index = index
  }

  /// Name and value of the next attribute, as ranges of bytes; nil at the end of the tag.
  mutating func next() -> (name: Range<Int>, value: Range<Int>)? {
    skip { $0.isASCIISpace || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
    let nameStart = index
    skip { !$0.isASCIISpace && $0 != UInt8(ascii: "=") && !Self.closes($0) }
    let name = nameStart..<index
    skip { $0.isASCIISpace }
    guard index < bytes.count, !Self.closes(bytes[index]) || !name.isEmpty else { return nil }
    guard bytes[index] == UInt8(ascii: "=") else { return (name, index..<index) }
    index += 1
    skip { $0.isASCIISpace }
    guard index < bytes.count else { return nil }
    let quote = bytes[index]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let start = index
      skip { !$0.isASCIISpace && $0 != UInt8(ascii: "?") && !Self.closes($0) }
      return (name, start..<index)
    }
    index += 1
    let start = index
    // A quote that is never closed must not swallow the page.
    let limit = min(bytes.count, start + 1024)
    while index < limit, bytes[index] != quote { index += 1 }
    let value = start..<index
    if index < bytes.count { index += 1 }
    return (name, value)
  }

  private static func closes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ">") || byte == UInt8(ascii: "<")
  }

  private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
    while index < bytes.count, isSkipped(bytes[index]) { index += 1 }
  }
}
