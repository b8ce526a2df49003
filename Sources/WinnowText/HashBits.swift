/// A bit for each of some hashes: a look at memory that is near, before one at a large table that is not.
///
/// What it does not hold was never inserted; of what it holds, some was not.
struct HashBits: Sendable {
  private var words: [UInt64]
  private let shift: UInt64

  /// 2^`power` bits, 6 to 32: some ten for each hash, and one look in ten goes wrong.
  init(power: Int) {
    words = Array(repeating: 0, count: 1 << (power - 6))
    shift = UInt64(64 - power)
  }

  /// Notes a hash.
  mutating func insert(_ hash: UInt64) {
    let place = place(of: hash)
    words[place >> 6] |= 1 << UInt64(place & 63)
  }

  /// Whether a hash may have been inserted.
  @inline(__always)
  func contains(_ hash: UInt64) -> Bool {
    let place = place(of: hash)
    return words[place >> 6] & 1 << UInt64(place & 63) != 0
  }

  @inline(__always)
  private func place(of hash: UInt64) -> Int {
    // The highest bits of a product depend on all of the hash.
    Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }
}
