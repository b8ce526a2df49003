import WinnowCore

/// The names of character references, for look-up by bytes.
struct HTMLEntityTable: Sendable {
  /// One name and what it stands for.
  struct Entry: Sendable {
    /// FNV-1a of the name's bytes.
    var hash: UInt32 = 0
    /// The name's place in the list.
    var offset: UInt32 = 0
    /// The name's length in bytes; 0 marks a free slot.
    var length: UInt8 = 0
    /// Whether the name also counts without its semicolon.
    var standsAlone = false
    /// The first code point.
    var first: UInt32 = 0
    /// The second code point; 0 when there is none.
    var second: UInt32 = 0
  }

  /// All names of the standard; built at the first use.
  static let standard = HTMLEntityTable(HTMLEntityNames.list)

  /// Length of the longest name that the standard has, rounded up.
  static let longestName = 32

  /// Length of the longest name that counts without its semicolon.
  static let longestLoneName = 6

  private let slots: [Entry]
  private let list: StaticString

  private init(_ list: StaticString) {
    self.list = list
    var slots = [Entry](repeating: Entry(), count: 8192)
    let bytes = UnsafeBufferPointer(start: list.utf8Start, count: list.utf8CodeUnitCount)
    var index = 0
    while index < bytes.count {
      if bytes[index] <= 32 {
        index += 1
        continue
      }
      var entry = Entry()
      entry.offset = UInt32(index)
      var hash: UInt32 = 2_166_136_261
      while index < bytes.count, bytes[index] != 0x3D, bytes[index] != 0x2A {
        hash = (hash ^ UInt32(bytes[index])) &* 16_777_619
        index += 1
      }
      entry.hash = hash
      entry.length = UInt8(truncatingIfNeeded: index - Int(entry.offset))
      entry.standsAlone = index < bytes.count && bytes[index] == 0x2A
      index += 1
      var values: [UInt32] = [0]
      while index < bytes.count, bytes[index] > 32 {
        let byte = bytes[index]
        if byte == 0x2B {
          values.append(0)
        } else {
          let digit = byte <= 0x39 ? byte &- 0x30 : byte &- 0x37
          values[values.count - 1] = values[values.count - 1] << 4 | UInt32(digit)
        }
        index += 1
      }
      entry.first = values[0]
      entry.second = values.count > 1 ? values[1] : 0
      var slot = Int(hash & 8191)
      while slots[slot].length != 0 { slot = (slot + 1) & 8191 }
      slots[slot] = entry
    }
    self.slots = slots
  }

  /// The entry of a name, without its semicolon.
  func find(_ name: UnsafeBufferPointer<UInt8>) -> Entry? {
    var hash: UInt32 = 2_166_136_261
    for byte in name { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    var slot = Int(hash & 8191)
    while slots[slot].length != 0 {
      let entry = slots[slot]
      if entry.hash == hash, Int(entry.length) == name.count {
        let stored = list.utf8Start + Int(entry.offset)
        var same = true
        for index in 0..<name.count where stored[index] != name[index] {
          same = false
          break
        }
        if same { return entry }
      }
      slot = (slot + 1) & 8191
    }
    return nil
  }
}

/// Decodes HTML's character references by the rules of the standard's tokenizer.
enum HTMLEntities {
  /// How many bytes of input a reference took, and how many bytes of UTF-8 it gave.
  struct Step {
    /// Bytes of input; 0 when the ampersand opens no reference.
    var consumed: Int
    /// Bytes of output, at most ``HTMLEntities/longestOutput``.
    var written: Int
  }

  /// Most bytes that one reference writes.
  static let longestOutput = 8

  /// Decodes the reference at an ampersand.
  ///
  /// - parameter input: the bytes from the ampersand on; reads `count` at most.
  /// - parameter inAttribute: whether the bytes are an attribute's value, where `&copy=` is no reference.
  /// - parameter output: room for ``longestOutput`` bytes.
  static func decode(
    _ input: UnsafePointer<UInt8>, count: Int, inAttribute: Bool, into output: UnsafeMutablePointer<UInt8>
  ) -> Step {
    guard count > 2 else { return Step(consumed: 0, written: 0) }
    if input[1] == 0x23 { return decodeNumber(input, count: count, into: output) }
    var length = 0
    let limit = min(count - 1, HTMLEntityTable.longestName)
    while length < limit, input[1 + length].isASCIILetterOrDigit { length += 1 }
    guard length >= 2 else { return Step(consumed: 0, written: 0) }
    let name = input + 1
    if length < count - 1, name[length] == 0x3B {
      if let code = common(name, length) {
        return Step(consumed: length + 2, written: write(code, to: output))
      }
      if let entry = HTMLEntityTable.standard.find(UnsafeBufferPointer(start: name, count: length)) {
        var written = write(entry.first, to: output)
        if entry.second != 0 { written += write(entry.second, to: output + written) }
        return Step(consumed: length + 2, written: written)
      }
    }
    var short = min(length, HTMLEntityTable.longestLoneName)
    while short >= 2 {
      if let entry = HTMLEntityTable.standard.find(UnsafeBufferPointer(start: name, count: short)),
        entry.standsAlone
      {
        if inAttribute, short < length || (short + 1 < count && name[short] == 0x3D) { break }
        return Step(consumed: short + 1, written: write(entry.first, to: output))
      }
      short -= 1
    }
    return Step(consumed: 0, written: 0)
  }

  /// The handful of names that make up nearly all references of real pages.
  private static func common(_ name: UnsafePointer<UInt8>, _ length: Int) -> UInt32? {
    var key: UInt64 = 0
    guard length <= 8 else { return nil }
    for index in 0..<length { key = key << 8 | UInt64(name[index]) }
    switch key {
    case 0x6E_6273_70: return 0xA0  // nbsp
    case 0x61_6D70: return 0x26  // amp
    case 0x71_756F_74: return 0x22  // quot
    case 0x6C74: return 0x3C  // lt
    case 0x6774: return 0x3E  // gt
    case 0x61_706F_73: return 0x27  // apos
    default: return nil
    }
  }

  private static func decodeNumber(
    _ input: UnsafePointer<UInt8>, count: Int, into output: UnsafeMutablePointer<UInt8>
  ) -> Step {
    var index = 2
    var value: UInt32 = 0
    let isHex = input[2] | 0x20 == 0x78
    if isHex { index = 3 }
    let start = index
    while index < count {
      let byte = input[index]
      var digit = UInt32(byte &- 0x30)
      if digit > 9 {
        let letter = (byte | 0x20) &- 0x61
        guard isHex, letter < 6 else { break }
        digit = UInt32(letter) + 10
      }
      value = min(value &* (isHex ? 16 : 10) &+ digit, 0x110000)
      index += 1
    }
    guard index > start else { return Step(consumed: 0, written: 0) }
    if index < count, input[index] == 0x3B { index += 1 }
    return Step(consumed: index, written: write(repaired(value), to: output))
  }

  /// What a numeric reference stands for: C1 controls are windows-1252, impossible values U+FFFD.
  private static func repaired(_ value: UInt32) -> UInt32 {
    if value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000) { return 0xFFFD }
    guard value >= 0x80, value < 0xA0 else { return value }
    let mapped = windows1252[Int(value - 0x80)]
    return mapped == 0 ? value : UInt32(mapped)
  }

  private static let windows1252: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0, 0x017E, 0x0178,
  ]

  /// Writes a code point as UTF-8; returns how many bytes that took.
  private static func write(_ code: UInt32, to output: UnsafeMutablePointer<UInt8>) -> Int {
    if code < 0x80 {
      output[0] = UInt8(truncatingIfNeeded: code)
      return 1
    }
    if code < 0x800 {
      output[0] = UInt8(truncatingIfNeeded: 0xC0 | code >> 6)
      output[1] = UInt8(truncatingIfNeeded: 0x80 | code & 0x3F)
      return 2
    }
    if code < 0x10000 {
      output[0] = UInt8(truncatingIfNeeded: 0xE0 | code >> 12)
      output[1] = UInt8(truncatingIfNeeded: 0x80 | code >> 6 & 0x3F)
      output[2] = UInt8(truncatingIfNeeded: 0x80 | code & 0x3F)
      return 3
    }
    output[0] = UInt8(truncatingIfNeeded: 0xF0 | code >> 18)
    output[1] = UInt8(truncatingIfNeeded: 0x80 | code >> 12 & 0x3F)
    output[2] = UInt8(truncatingIfNeeded: 0x80 | code >> 6 & 0x3F)
    output[3] = UInt8(truncatingIfNeeded: 0x80 | code & 0x3F)
    return 4
  }

  /// An attribute's value, decoded; white space is kept.
  static func decodedAttribute(_ value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    decoded(value, inAttribute: true)
  }

  /// Text, decoded; white space is kept.
  static func decodedText(_ value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    decoded(value, inAttribute: false)
  }

  private static func decoded(_ value: UnsafeBufferPointer<UInt8>, inAttribute: Bool) -> [UInt8] {
    guard let base = value.baseAddress else { return [] }
    var result: [UInt8] = []
    result.reserveCapacity(value.count)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longestOutput) { scratch in
      guard let room = scratch.baseAddress else { return }
      var index = 0
      while index < value.count {
        let byte = value[index]
        if byte == 0x26 {
          let step = decode(base + index, count: value.count - index, inAttribute: inAttribute, into: room)
          if step.consumed > 0 {
            result.append(contentsOf: UnsafeBufferPointer(start: room, count: step.written))
            index += step.consumed
            continue
          }
        }
        // As far as the next of both at once: byte by byte, the array is asked each time whether it is nobody else's.
        var end = index + 1
        while end < value.count, value[end] != 0x26, value[end] != 0 { end += 1 }
        let start = byte == 0 ? index + 1 : index
        result.append(contentsOf: UnsafeBufferPointer(start: base + start, count: end - start))
        index = end
      }
    }
    return result
  }
}
