import WinnowCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Splits the values of attributes into tokens, and remembers them: a page says the same classes again and again.
struct HTMLValueTokens {
  /// A value that was split, and where its tokens are.
  private struct Known {
    var bytes: UnsafePointer<UInt8>?
    var count = 0
    var tokenStart = 0
    var tokenEnd = 0
  }

  private static let longestToken = 20
  private static let power: UInt64 = 8

  /// By the value's hash; a newer value takes an older one's place.
  private var known = [Known](repeating: Known(), count: 1 << power)
  private var tokens: [UInt32] = []

  init() { tokens.reserveCapacity(1024) }

  /// Adds a value's tokens to those from `rangeStart` on: a 0 goes before each of its words, unless nothing stands
  /// in the range yet.
  ///
  /// - parameter bytes: a value that stays where it is for as long as this is asked.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt32], from rangeStart: Int) {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
    let place = Self.place(of: UnsafeRawBufferPointer(bytes))
    var entry = known[place]
    let isKnown =
      entry.bytes.map { entry.count == bytes.count && memcmp($0, start, bytes.count) == 0 } ?? false
    if !isKnown {
      let first = tokens.count
      Self.split(bytes, to: &tokens)
      entry = Known(bytes: start, count: bytes.count, tokenStart: first, tokenEnd: tokens.count)
      known[place] = entry
    }
    let range = entry.tokenStart..<entry.tokenEnd
    guard !range.isEmpty else { return }
    if output.count > rangeStart { output.append(0) }
    tokens.withUnsafeBufferPointer { output.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// By length and edges: what stands between is compared afterwards.
  @inline(__always)
  private static func place(of bytes: UnsafeRawBufferPointer) -> Int {
    var hash = UInt64(bytes.count)
    if bytes.count >= 8 {
      let (first, last) = (
        bytes.loadUnaligned(as: UInt64.self),
        bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
      )
      hash ^= (first &* 0x9E37_79B9_7F4A_7C15) ^ (last &* 0xD6E8_FEB8_6659_FD93)
    } else {
      for byte in bytes { hash = hash << 8 ^ UInt64(byte) }
    }
    return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> (64 - power))
  }

  /// Splits a value at white space, punctuation, digits and humps; a 0 goes before each of its words but the first.
  private static func split(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt32]) {
    // A token takes two bytes at least and a 0 goes before it at most; the output is asked for room only once.
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: bytes.count + 2) { tokens in
      var count = 0
      var hash: UInt32 = 2_166_136_261
      var length = 0
      var wasLower = false
      var startsWord = false
      func finish() {
        if length >= 2, length <= longestToken {
          if startsWord {
            tokens.initializeElement(at: count, to: 0)
            count += 1
          }
          startsWord = false
          tokens.initializeElement(at: count, to: hash)
          count += 1
        }
        hash = 2_166_136_261
        length = 0
      }
      for byte in bytes {
        let lower = byte | 0x20
        if lower.isASCIISmall {
          if byte != lower, wasLower { finish() }
          hash = (hash ^ UInt32(lower)) &* 16_777_619
          length += 1
          wasLower = byte == lower
        } else if byte >= 0x80 {
          hash = (hash ^ UInt32(byte)) &* 16_777_619
          length += 1
        } else {
          finish()
          wasLower = false
          if byte <= 0x20, count > 0 { startsWord = true }
        }
      }
      finish()
      output.append(contentsOf: UnsafeBufferPointer(rebasing: tokens[..<count]))
    }
  }
}
