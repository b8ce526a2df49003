import Testing

@testable import WinnowText

@Suite("Eight bytes at a time")
struct ByteWordTests {
  @Test("tell the first place of a byte, whatever stands around it")
  func findsFirst() {
    var random = UInt64(88_172_645_463_325_252)
    for round in 0..<20_000 {
      random ^= random << 13
      random ^= random >> 7
      random ^= random << 17
      let byte = UInt8(truncatingIfNeeded: round)
      // Bytes that differ by one are what a borrow would mistake.
      let word =
        round % 2 == 0 ? random : (random & 0x0101_0101_0101_0101) ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
      let bytes = (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
      let places = ByteWord.places(of: byte, in: word)
      #expect((places == 0 ? nil : ByteWord.first(places)) == bytes.firstIndex(of: byte))
      let beyond = ByteWord.placesBeyondASCII(in: word)
      #expect((beyond == 0 ? nil : ByteWord.first(beyond)) == bytes.firstIndex { $0 >= 0x80 })
      let other = UInt8(truncatingIfNeeded: random >> 32)
      let both = places | ByteWord.places(of: other, in: word)
      #expect((both == 0 ? nil : ByteWord.first(both)) == bytes.firstIndex { $0 == byte || $0 == other })
    }
  }
}
