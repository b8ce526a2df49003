/// Writes JSON into bytes: keys in the order given, strings escaped, nothing else.
package struct JSONText: Sendable {
  /// What was written.
  package private(set) var bytes: [UInt8] = []
  /// Whether a comma goes before the next value: the lowest bit for the innermost object or array, those above for the
  /// ones around. No record is nested deeper than there are bits.
  private var needsComma: UInt64 = 0

  /// Nothing written yet.
  package init() {}

  /// Makes room for about so many bytes.
  mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  /// Opens an object.
  package mutating func beginObject() { open(0x7B) }
  /// Closes an object.
  package mutating func endObject() { close(0x7D) }
  /// Opens an array.
  package mutating func beginArray() { open(0x5B) }
  /// Closes an array.
  package mutating func endArray() { close(0x5D) }

  /// A key that is known when the program runs; a value must follow.
  package mutating func key(named name: String) {
    comma()
    quoted(name)
    bytes.append(0x3A)
    needsComma &= ~1
  }

  /// A key of the format's own, which needs no escapes; a value must follow.
  package mutating func key(_ name: StaticString) {
    comma()
    bytes.append(0x22)
    bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(0x22)
    bytes.append(0x3A)
    needsComma &= ~1
  }

  /// A string, or `null`.
  package mutating func value(_ text: String?) {
    comma()
    if let text { quoted(text) } else { bytes += "null".utf8 }
  }

  /// A yes, a no, or nothing.
  package mutating func value(_ flag: Bool?) {
    comma()
    bytes += (flag.map { $0 ? "true" : "false" } ?? "null").utf8
  }

  /// A whole number.
  package mutating func value(_ number: Int) {
    comma()
    bytes += String(number).utf8
  }

  /// A number between 0 and 1, with four digits.
  package mutating func share(_ number: Double) {
    comma()
    let scaled = Int((min(max(number, 0), 1) * 10_000).rounded())
    if scaled == 10_000 {
      bytes.append(0x31)
    } else if scaled == 0 {
      bytes.append(0x30)
    } else {
      var digits = String(scaled)
      digits = String(repeating: "0", count: 4 - digits.utf8.count) + digits
      while digits.hasSuffix("0") { digits.removeLast() }
      bytes += Array("0.".utf8) + Array(digits.utf8)
    }
  }

  /// Strings as an array.
  package mutating func value(_ texts: [String]) {
    beginArray()
    for text in texts { value(text) }
    endArray()
  }

  /// JSON that is already written.
  package mutating func raw(_ json: [UInt8]) {
    comma()
    bytes += json
  }

  private mutating func open(_ byte: UInt8) {
    comma()
    bytes.append(byte)
    needsComma <<= 1
  }

  private mutating func close(_ byte: UInt8) {
    bytes.append(byte)
    needsComma = needsComma >> 1 | 1
  }

  private mutating func comma() {
    if needsComma & 1 != 0 { bytes.append(0x2C) }
    needsComma |= 1
  }

  private mutating func quoted(_ text: String) {
    bytes.append(0x22)
    append(text)
    bytes.append(0x22)
  }

  // MARK: A string of several pieces

  /// Opens a string whose pieces follow.
  mutating func beginString() {
    comma()
    bytes.append(0x22)
  }

  /// Closes a string of pieces.
  mutating func endString() { bytes.append(0x22) }

  /// A piece of a string; returns where it stands in ``bytes``, escaped.
  @discardableResult
  mutating func piece(_ text: String) -> Range<Int> {
    let start = bytes.count
    append(text)
    return start..<bytes.count
  }

  /// A string that was written before, as a piece of another.
  mutating func value(copying piece: Range<Int>) {
    beginString()
    let end = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: piece.count))
    bytes.withUnsafeMutableBufferPointer { bytes in
      guard let base = bytes.baseAddress, piece.upperBound <= end else { return }
      (base + end).update(from: base + piece.lowerBound, count: piece.count)
    }
    endString()
  }

  private mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      let special = JSONText.firstSpecial(utf8, from: 0)
      if special == utf8.count {
        bytes.append(contentsOf: utf8)
      } else {
        escape(utf8, from: special)
      }
    }
  }

  /// Writes a text with escapes; its first byte that may need one is given.
  private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>, from first: Int) {
    var start = 0
    var index = first
    while index < utf8.count {
      let byte = utf8[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
        start = index + 1
        escape(byte)
      } else if byte == 0xC2 || byte == 0xE2, let (escaped, length) = JSONText.lineEnd(utf8, index) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
        start = index + length
        bytes += escaped
      }
      index = JSONText.firstSpecial(utf8, from: index + 1)
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
  }

  /// The first byte from a place on that may need an escape, nearly always with eight others that do not.
  @inline(__always)
  private static func firstSpecial(_ utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(utf8)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    var index = start
    while index + 8 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let quote = word ^ (ones &* 0x22)
      let slash = word ^ (ones &* 0x5C)
      let delete = word ^ (ones &* 0x7F)
      // The top bit of a byte is set where a subtraction went below 0; bytes beyond ASCII count as special.
      let low = (word &- ones &* 0x20) | (quote &- ones) | (slash &- ones) | (delete &- ones)
      if (low | word) & tops != 0 { break }
      index += 8
    }
    while index < utf8.count {
      let byte = utf8[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte >= 0x7F { break }
      index += 1
    }
    return index
  }

  /// Line ends beyond ASCII are legal in JSON, but programs that split lines at them would tear a record.
  private static func lineEnd(
    _ utf8: UnsafeBufferPointer<UInt8>, _ index: Int
  ) -> (escaped: [UInt8], length: Int)? {
    if utf8[index] == 0xC2, index + 1 < utf8.count, utf8[index + 1] == 0x85 {
      return (Array("\\u0085".utf8), 2)
    }
    guard utf8[index] == 0xE2, index + 2 < utf8.count, utf8[index + 1] == 0x80 else { return nil }
    switch utf8[index + 2] {
    case 0xA8: return (Array("\\u2028".utf8), 3)
    case 0xA9: return (Array("\\u2029".utf8), 3)
    default: return nil
    }
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case 0x22: bytes += [0x5C, 0x22]
    case 0x5C: bytes += [0x5C, 0x5C]
    case 0x0A: bytes += [0x5C, 0x6E]
    case 0x0D: bytes += [0x5C, 0x72]
    case 0x09: bytes += [0x5C, 0x74]
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes += [0x5C, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
}
