import WinnowCore

/// Raised digits: in plain text "10" with a raised 9 would be 109, and a note's number a part of its word.
extension HTMLReaderColumns {
  /// The most bytes of an exponent or of a note's number.
  private static let longestRaised = 6

  /// Writes the run that was just copied in Unicode's raised digits, if it is nothing but digits with their signs and
  /// hangs on the text before it.
  mutating func raise(from start: Int) {
    let count = textCount - start
    guard count > 0, count <= Self.longestRaised else { return }
    let run = Array(UnsafeBufferPointer(start: text + start, count: count))
    var raised: [UInt8] = []
    var digits = 0
    for byte in run {
      switch byte {
      case 0x31: raised += [0xC2, 0xB9]
      case 0x32: raised += [0xC2, 0xB2]
      case 0x33: raised += [0xC2, 0xB3]
      case 0x30, 0x34...0x39: raised += [0xE2, 0x81, 0xB0 + (byte - 0x30)]
      case 0x2B: raised += [0xE2, 0x81, 0xBA]
      case 0x2D: raised += [0xE2, 0x81, 0xBB]
      case 0x2C: raised.append(byte)
      default: return
      }
      if byte.isASCIIDigit { digits += 1 }
    }
    guard digits > 0 else { return }
    textCount = start
    for byte in raised { put(byte) }
  }
}
