/// Eight bytes at a time: where in a word of a text some byte stands.
enum ByteWord {
  /// The top bits of the bytes of a word, its lowest byte first in the text, that equal `byte`.
  ///
  /// The lowest of the bits is right, those above it may be wrong. So is the lowest of several such words' bits
  /// together.
  @inline(__always)
  static func places(of byte: UInt8, in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let difference = word ^ (ones &* UInt64(byte))
    // A byte of 0 goes below 0 when 1 is taken away, and so may those above it.
    return (difference &- ones) & ~difference & 0x8080_8080_8080_8080
  }

  /// The top bits of the bytes of a word that are beyond ASCII.
  @inline(__always)
  static func placesBeyondASCII(in word: UInt64) -> UInt64 { word & 0x8080_8080_8080_8080 }

  /// The number of the byte that the lowest bit of ``places(of:in:)`` belongs to.
  @inline(__always)
  static func first(_ places: UInt64) -> Int { places.trailingZeroBitCount >> 3 }
}
