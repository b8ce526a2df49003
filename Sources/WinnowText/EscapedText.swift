/// Undoes the escapes of JSON in a text that was cut out of it as it stood: `\n` for a line end, `\"`, `\u00e9`.
package enum EscapedText {
  /// Fewer line ends of that kind are an example in a text about programs.
  private static let fewest = 4
  /// How many of them stand for each true line end, at least.
  private static let share = 4

  /// The text without its escapes; `nil` for a text that is not escaped as a whole.
  package static func unescaped(_ bytes: [UInt8]) -> [UInt8]? {
    bytes.withUnsafeBufferPointer { isEscaped($0) ? unescaped($0) : nil }
  }

  private static func isEscaped(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var escapes = 0
    var ends = 0
    var index = 0
    // Text whose first lines are true ones is not looked at further.
    while index + 1 < bytes.count {
      if bytes[index] == 0x0A {
        ends += 1
        if ends >= 16, escapes == 0 { return false }
      } else if bytes[index] == 0x5C {
        if bytes[index + 1] == 0x6E { escapes += 1 }
        index += 1
      }
      index += 1
    }
    return escapes >= fewest && escapes >= ends * share
  }

  private static func unescaped(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x5C, index + 1 < bytes.count else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let sign = bytes[index + 1]
      index += 2
      switch sign {
      case 0x6E: result.append(0x0A)
      case 0x72: if index >= bytes.count || bytes[index] != 0x5C { result.append(0x0A) }
      case 0x74: result.append(0x09)
      case 0x22, 0x27, 0x2F, 0x5C: result.append(sign)
      case 0x75:
        if let (scalar, end) = scalar(bytes, index) {
          result.append(contentsOf: Array(String(scalar).utf8))
          index = end
        } else {
          result.append(contentsOf: [0x5C, sign])
        }
      default: result.append(contentsOf: [0x5C, sign])
      }
    }
    return result
  }

  /// The character of the four digits at `start`, or of two such escapes that make one, and where it ends.
  private static func scalar(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int
  ) -> (Unicode.Scalar, end: Int)? {
    guard let first = digits(bytes, start) else { return nil }
    if let scalar = Unicode.Scalar(first) { return (scalar, start + 4) }
    guard first < 0xDC00, start + 6 <= bytes.count, bytes[start + 4] == 0x5C, bytes[start + 5] == 0x75,
      let second = digits(bytes, start + 6), second >= 0xDC00, second < 0xE000,
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { return nil }
    return (scalar, start + 10)
  }

  private static func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 4 {
      switch bytes[index] {
      case 0x30...0x39: value = value * 16 + UInt32(bytes[index] - 0x30)
      case 0x41...0x46: value = value * 16 + UInt32(bytes[index] - 0x37)
      case 0x61...0x66: value = value * 16 + UInt32(bytes[index] - 0x57)
      default: return nil
      }
    }
    return value
  }
}
