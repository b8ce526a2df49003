import WinnowCore

/// A linear score over the words and pairs of words of a line.
///
/// Learned as a logistic regression, see the model card: "subscribe" and "min read" speak against the body,
/// "said on" for it. A line's score is the sum of weights over the root of how many words and pairs it has.
package struct WordWeights: Sendable {
  /// A token and its weight, side by side, since the table is larger than a processor's nearest memory.
  private struct Slot {
    var token: UInt32 = 0
    var weight: Float = 0
  }

  private var slots = [Slot()]
  private var mask = 0
  /// A bit for each token by its lowest bits: nine in ten pairs of words are unknown, and a bit is nearer than a slot.
  private var known: [UInt64] = []
  private var knownMask: UInt32 = 0
  /// The score of a line without known words.
  package private(set) var bias: Float = 0

  /// Words of a line that count; the rest of a long paragraph says nothing new.
  private static let longest = 64

  /// No weights: every score is 0.
  package init() {}

  /// Reads the bytes that training wrote: `count`, then `count` × (hash, weight), the bias; little-endian 32
  /// bits. `nil` when the bytes do not hold that.
  package init?(_ bytes: UnsafeRawBufferPointer) {
    var reader = ByteReader(bytes)
    guard let count = reader.count(limit: (1 << 20) - 1), bytes.count == 8 + count * 8 else { return nil }
    var capacity = 16
    while capacity < count * 2 { capacity *= 2 }
    slots = Array(repeating: Slot(), count: capacity)
    mask = capacity - 1
    knownMask = UInt32(capacity * 4 - 1)
    known = Array(repeating: 0, count: capacity / 16)
    for _ in 0..<count {
      // The hash 0 marks free slots.
      guard let word = reader.word(), word != 0, let weight = reader.float() else { return nil }
      var slot = Int(word) & mask
      while slots[slot].token != 0 { slot = (slot + 1) & mask }
      slots[slot] = Slot(token: word, weight: weight)
      known[Int(word & knownMask) >> 6] |= 1 << UInt64(word & 63)
    }
    guard let bias = reader.float() else { return nil }
    self.bias = bias
  }

  /// Words and pairs of a line, as training sees them; the edges of the line pair too.
  package static func tokens(_ words: ArraySlice<UInt64>) -> [UInt32] {
    var result: [UInt32] = []
    visit(words) { result.append($0) }
    return result
  }

  @inline(__always)
  private static func visit(_ words: ArraySlice<UInt64>, _ body: (UInt32) -> Void) {
    var before: UInt64 = 1
    for word in words.prefix(longest) {
      body(short(word))
      body(pair(before, word))
      before = word
    }
    if !words.isEmpty, words.count <= longest { body(pair(before, 2)) }
  }

  private static func pair(_ a: UInt64, _ b: UInt64) -> UInt32 {
    short((a &* 0x9E37_79B9_7F4A_7C15) ^ (b &+ 0x2545_F491_4F6C_DD1D))
  }

  /// Never 0, which marks free slots.
  private static func short(_ hash: UInt64) -> UInt32 {
    let mixed = hash &* 0xFF51_AFD7_ED55_8CCD
    return max(1, UInt32(truncatingIfNeeded: mixed >> 32))
  }

  /// The score of each line by its words.
  func scores(of lines: some Collection<ArraySlice<UInt64>>) -> [Float] {
    guard mask > 0 else { return Array(repeating: 0, count: lines.count) }
    return slots.withUnsafeBufferPointer { slots in
      known.withUnsafeBufferPointer { known in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * WordWeights.longest + 2) { tokens in
          lines.map { score($0, slots, known, tokens) }
        }
      }
    }
  }

  private func score(
    _ words: ArraySlice<UInt64>, _ slots: UnsafeBufferPointer<Slot>, _ known: UnsafeBufferPointer<UInt64>,
    _ tokens: UnsafeMutableBufferPointer<UInt32>
  ) -> Float {
    // The tables lie in slow memory. First the bits of all tokens are read, none of which waits for another: a branch on
    // what one says, guessed wrong, would hold up those behind it.
    var count = 0
    var kept = 0
    WordWeights.visit(words) { token in
      tokens.initializeElement(at: kept, to: token)
      kept += Int(known[Int(token & knownMask) >> 6] >> UInt64(token & 63) & 1)
      count += 1
    }
    var sum: Float = 0
    for token in tokens[..<kept] {
      var place = Int(token) & mask
      var slot = slots[place]
      while slot.token != 0 {
        if slot.token == token {
          sum += slot.weight
          break
        }
        place = (place + 1) & mask
        slot = slots[place]
      }
    }
    return bias + sum / max(Float(count), 1).squareRoot()
  }
}
