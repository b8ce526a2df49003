/// A place where bytes stop being JSON.
struct JSONFault: Error, Equatable {
  /// Bytes from the start.
  let offset: Int
  /// What stands there, or should.
  let reason: String
  /// Whether the bytes only ended too early: so far they were JSON.
  var isEarlyEnd = false
}

/// A member of a JSON object, as places in its bytes.
struct JSONMember: Equatable {
  /// The kind of a value.
  enum Kind: Equatable {
    case string, number, object, array, bool, null
  }

  /// The key with its quotes.
  let key: Range<Int>
  /// The value, for a string with its quotes.
  let value: Range<Int>
  /// What the value is.
  let kind: Kind
}

/// Checks one JSON object (RFC 8259) and tells its own members from those of objects inside it.
///
/// It keeps places, not values, and its memory for nesting is one byte a level, on the heap. Bytes from 0x80
/// up are taken as they are: whether they are UTF-8 is for the reader of the value to say.
struct JSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0

  /// The members of the object that the bytes hold, white space around it allowed.
  static func members(of bytes: UnsafeBufferPointer<UInt8>) throws(JSONFault) -> [JSONMember] {
    var scanner = JSONScanner(bytes)
    return try scanner.object()
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func object() throws(JSONFault) -> [JSONMember] {
    var members: [JSONMember] = []
    try expect(0x7B, "'{' is missing")
    skipSpace()
    if next == 0x7D {
      index += 1
    } else {
      while true {
        skipSpace()
        let key = index
        try string()
        let keyEnd = index
        try expect(0x3A, "':' is missing")
        skipSpace()
        let start = index
        let kind = try value()
        members.append(JSONMember(key: key..<keyEnd, value: start..<index, kind: kind))
        skipSpace()
        guard next == 0x2C else { break }
        index += 1
      }
      try expect(0x7D, "',' or '}' is missing")
    }
    skipSpace()
    guard index == bytes.count else { throw fault("something follows the object") }
    return members
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D else { return }
      index += 1
    }
  }

  private func fault(_ reason: String) -> JSONFault {
    index < bytes.count
      ? JSONFault(offset: index, reason: reason)
      : JSONFault(offset: index, reason: "it ends too early", isEarlyEnd: true)
  }

  private mutating func expect(_ byte: UInt8, _ reason: String) throws(JSONFault) {
    skipSpace()
    guard next == byte else { throw fault(reason) }
    index += 1
  }

  /// Steps over a value of any depth.
  private mutating func value() throws(JSONFault) -> JSONMember.Kind {
    guard let first = next else { throw fault("") }
    switch first {
    case 0x22:
      try string()
      return .string
    case 0x7B, 0x5B:
      try nest()
      return first == 0x7B ? .object : .array
    case 0x74: return try literal("true", .bool)
    case 0x66: return try literal("false", .bool)
    case 0x6E: return try literal("null", .null)
    default:
      try number()
      return .number
    }
  }

  /// Steps over an object or array. `open` has a byte for each level: the bracket that opened it.
  private mutating func nest() throws(JSONFault) {
    var open: [UInt8] = []
    repeat {
      skipSpace()
      // Here a value must stand.
      if let first = next, first == 0x7B || first == 0x5B {
        open.append(first)
        index += 1
        skipSpace()
        if next != first + 2 {
          if first == 0x7B { try key() }
          continue
        }
        // An empty one closes at once.
        index += 1
        open.removeLast()
      } else {
        _ = try value()
      }
      try close(&open)
    } while !open.isEmpty
  }

  /// After a value: closes levels until a comma asks for another value.
  private mutating func close(_ open: inout [UInt8]) throws(JSONFault) {
    while let level = open.last {
      skipSpace()
      if next == 0x2C {
        index += 1
        if level == 0x7B { try key() }
        return
      }
      guard next == level + 2 else {
        throw fault(level == 0x7B ? "',' or '}' is missing" : "',' or ']' is missing")
      }
      index += 1
      open.removeLast()
    }
  }

  private mutating func key() throws(JSONFault) {
    skipSpace()
    try string()
    try expect(0x3A, "':' is missing")
  }

  private mutating func string() throws(JSONFault) {
    guard next == 0x22 else { throw fault("'\"' is missing") }
    index += 1
    while true {
      index = JSONScanner.endOfPlain(bytes, from: index)
      switch next {
      case 0x22:
        index += 1
        return
      case 0x5C: try escape()
      case nil: throw fault("")
      default: throw fault("a control character stands in a string")
      }
    }
  }

  /// The first byte from a place on that is a quotation mark, a backslash or a control character, or the count.
  @inline(__always)
  private static func endOfPlain(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    let ones: UInt64 = 0x0101_0101_0101_0101
    var index = start
    while index + 8 <= raw.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let quote = word ^ (ones &* 0x22)
      let slash = word ^ (ones &* 0x5C)
      // A byte's top bit is set where a subtraction went below 0. Such a one may spoil the bytes above it, but the
      // lowest is right.
      let low = (word &- ones &* 0x20) & ~word | (quote &- ones) & ~quote | (slash &- ones) & ~slash
      let places = low & 0x8080_8080_8080_8080
      if places != 0 { return index + places.trailingZeroBitCount >> 3 }
      index += 8
    }
    while index < raw.count, raw[index] >= 0x20, raw[index] != 0x22, raw[index] != 0x5C { index += 1 }
    return index
  }

  private mutating func escape() throws(JSONFault) {
    index += 1
    switch next {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: index += 1
    case 0x75:
      index += 1
      for _ in 0..<4 {
        guard let byte = next, JSONScanner.hexValue(byte) != nil else {
          throw fault("a hex digit is missing")
        }
        index += 1
      }
    default: throw fault("there is no such escape")
    }
  }

  private mutating func literal(_ word: String, _ kind: JSONMember.Kind) throws(JSONFault) -> JSONMember.Kind
  {
    for expected in word.utf8 {
      guard next == expected else { throw fault("a value is missing") }
      index += 1
    }
    return kind
  }

  private mutating func number() throws(JSONFault) {
    if next == 0x2D { index += 1 }
    if next == 0x30 { index += 1 } else { try digits() }
    if next == 0x2E {
      index += 1
      try digits()
    }
    if next == 0x65 || next == 0x45 {
      index += 1
      if next == 0x2B || next == 0x2D { index += 1 }
      try digits()
    }
  }

  private mutating func digits() throws(JSONFault) {
    let start = index
    while let byte = next, byte >= 0x30, byte <= 0x39 { index += 1 }
    if index == start { throw fault("a value is missing") }
  }

  /// The value of a hexadecimal digit.
  static func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x37)
    case 0x61...0x66: UInt32(byte - 0x57)
    default: nil
    }
  }
}

extension JSONScanner {
  /// The bytes that a string stands for; `string` is checked and has its quotes.
  static func unescaped(_ string: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    let text = UnsafeBufferPointer(rebasing: string.dropFirst().dropLast())
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var start = 0
    var index = 0
    while index < text.count {
      index = endOfPlain(text, from: index)
      guard index + 1 < text.count, text[index] == 0x5C else {
        index += 1
        continue
      }
      result.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      index += 2
      switch text[index - 1] {
      case 0x62: result.append(0x08)
      case 0x66: result.append(0x0C)
      case 0x6E: result.append(0x0A)
      case 0x72: result.append(0x0D)
      case 0x74: result.append(0x09)
      case 0x75: append(unicodeEscape(text, &index), to: &result)
      case let byte: result.append(byte)
      }
      start = index
    }
    result.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    return result
  }

  /// The character of the four digits at `index`, and of a second escape where two make a pair. Half a pair
  /// is no character and becomes U+FFFD.
  private static func unicodeEscape(
    _ text: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> Unicode.Scalar {
    let first = codeUnit(text, at: index)
    index += 4
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, index + 6 <= text.count, text[index] == 0x5C, text[index + 1] == 0x75 else {
      return "\u{FFFD}"
    }
    let second = codeUnit(text, at: index + 2)
    guard second >= 0xDC00, second <= 0xDFFF else { return "\u{FFFD}" }
    index += 6
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private static func codeUnit(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32 {
    guard index + 4 <= text.count else { return 0xFFFD }
    return text[index..<index + 4].reduce(0) { $0 << 4 | (hexValue($1) ?? 0) }
  }

  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { bytes.append(byte) }
  }
}
