#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Validation, repair and scalar access over UTF-8 bytes.
package enum UTF8Bytes {
  /// What a pass over bytes that claim to be UTF-8 has found.
  struct Census: Sendable, Equatable {
    /// Well-formed sequences of two bytes or more.
    var sequences = 0
    /// Ill-formed sequences (maximal subparts, each worth one U+FFFD).
    var errors = 0
  }

  /// Length in bytes of the well-formed multi-byte sequence at `index`, or, negated, the length of the
  /// ill-formed one (at least 1 byte). The byte at `index` must be 0x80 or more.
  @inline(__always)
  static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let lead = bytes[index]
    let rest = bytes.count - index
    guard lead >= 0xC2, lead <= 0xF4, rest > 1 else { return -1 }
    let second = bytes[index + 1]
    if lead < 0xE0 { return second & 0xC0 == 0x80 ? 2 : -1 }
    if lead < 0xF0 {
      let low: UInt8 = lead == 0xE0 ? 0xA0 : 0x80
      let high: UInt8 = lead == 0xED ? 0x9F : 0xBF
      guard second >= low, second <= high else { return -1 }
      guard rest > 2, bytes[index + 2] & 0xC0 == 0x80 else { return -2 }
      return 3
    }
    let low: UInt8 = lead == 0xF0 ? 0x90 : 0x80
    let high: UInt8 = lead == 0xF4 ? 0x8F : 0xBF
    guard second >= low, second <= high else { return -1 }
    guard rest > 2, bytes[index + 2] & 0xC0 == 0x80 else { return -2 }
    guard rest > 3, bytes[index + 3] & 0xC0 == 0x80 else { return -3 }
    return 4
  }

  /// Index of the first byte from `start` on that is not ASCII, or the count.
  @inline(__always)
  static func endOfASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    let raw = UnsafeRawBufferPointer(bytes)
    while index + 32 <= raw.count {
      let words = raw.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
      if ((words[0] | words[1]) | (words[2] | words[3])) & 0x8080_8080_8080_8080 != 0 { break }
      index += 32
    }
    while index + 8 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080
      if word != 0 { return index + UInt64(littleEndian: word).trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count, bytes[index] < 0x80 { index += 1 }
    return index
  }

  /// Index of the first byte of a value.
  static func firstIndex(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = bytes.baseAddress, let found = memchr(base, Int32(byte), bytes.count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Index of the first ill-formed sequence from `start` on, or nil when everything is well-formed.
  static func firstError(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
    var index = start
    while true {
      index = endOfASCII(bytes, from: index)
      // Text in another script alternates short ASCII runs with long others: stay in this loop.
      while index < bytes.count, bytes[index] >= 0x80 {
        let length = sequenceLength(bytes, at: index)
        if length < 0 { return index }
        index += length
      }
      if index >= bytes.count { return nil }
    }
  }

  /// Counts well-formed and ill-formed sequences.
  static func census(_ bytes: UnsafeBufferPointer<UInt8>) -> Census {
    var result = Census()
    var index = 0
    while true {
      index = endOfASCII(bytes, from: index)
      while index < bytes.count, bytes[index] >= 0x80 {
        let length = sequenceLength(bytes, at: index)
        if length > 0 { result.sequences += 1 } else { result.errors += 1 }
        index += abs(length)
      }
      if index >= bytes.count { return result }
    }
  }

  /// A copy in which every ill-formed sequence is U+FFFD, and how many there were.
  static func repaired(_ bytes: UnsafeBufferPointer<UInt8>) -> (utf8: [UInt8], replacements: Int) {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 64)
    var replacements = 0
    var start = 0
    while let bad = firstError(bytes, from: start) {
      output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<bad]))
      appendReplacement(to: &output)
      replacements += 1
      start = bad - sequenceLength(bytes, at: bad)
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    return (output, replacements)
  }

  /// Appends U+FFFD.
  @inline(__always)
  static func appendReplacement(to output: inout [UInt8]) {
    output.append(0xEF)
    output.append(0xBF)
    output.append(0xBD)
  }

  /// Appends one scalar value as UTF-8; a surrogate or a value beyond U+10FFFF becomes U+FFFD.
  @inline(__always)
  static func append(_ scalar: UInt32, to output: inout [UInt8]) {
    if scalar < 0x80 {
      output.append(UInt8(truncatingIfNeeded: scalar))
    } else if scalar < 0x800 {
      output.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    } else if scalar < 0x10000 {
      if scalar & 0xF800 == 0xD800 { return appendReplacement(to: &output) }
      output.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    } else if scalar <= 0x10FFFF {
      output.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
      output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    } else {
      appendReplacement(to: &output)
    }
  }

  /// The scalar at `index` and its length in bytes; an ill-formed sequence gives nil as the scalar.
  @inline(__always)
  package static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (
    value: UInt32?, length: Int
  ) {
    let lead = bytes[index]
    if lead < 0x80 { return (UInt32(lead), 1) }
    let length = sequenceLength(bytes, at: index)
    switch length {
    case 2:
      return (UInt32(lead & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F), 2)
    case 3:
      let middle = UInt32(bytes[index + 1] & 0x3F) << 6
      return (UInt32(lead & 0x0F) << 12 | middle | UInt32(bytes[index + 2] & 0x3F), 3)
    case 4:
      let upper = UInt32(lead & 0x07) << 18 | UInt32(bytes[index + 1] & 0x3F) << 12
      return (upper | UInt32(bytes[index + 2] & 0x3F) << 6 | UInt32(bytes[index + 3] & 0x3F), 4)
    default:
      return (nil, -length)
    }
  }
}
