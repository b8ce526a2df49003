import WinnowCore

/// A linear score over the class, id, role and itemprop tokens and the tags around a block.
///
/// Learned as a logistic regression over how often each token stands on a block's containers; see the
/// model card. A token weighs once for any container around the block (`far`) and once more for the two
/// nearest and the inline elements in the block (`near`).
package struct TokenWeights: Sendable {
  /// A token and its weights, side by side, since they are looked for all over the table.
  private struct Slot {
    var token: UInt32 = 0
    var far: Float = 0
    var near: Float = 0
  }

  private var slots = [Slot()]
  private var mask = 0
  /// Weight of each ``ContainerTag`` anywhere around the block.
  private(set) var farTags: [Float]
  /// Weight of each tag as the block's own container.
  private(set) var nearTags: [Float]
  /// The score of a block without any token.
  package private(set) var bias: Float = 0

  /// No weights: every score is 0.
  package init() {
    farTags = Array(repeating: 0, count: 256)
    nearTags = farTags
  }

  /// Reads the bytes that training wrote: `count`, then `count` × (hash, far, near), 256 far and 256 near
  /// tag weights, the bias; all little-endian 32 bits. `nil` when the bytes do not hold that.
  package init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 4 else { return nil }
    let count = Int(bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self).littleEndian)
    guard count < 1 << 20, bytes.count == 4 + count * 12 + 513 * 4 else { return nil }
    func float(_ offset: Int) -> Float {
      Float(bitPattern: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian)
    }
    var capacity = 16
    while capacity < count * 2 { capacity *= 2 }
    slots = Array(repeating: Slot(), count: capacity)
    mask = capacity - 1
    for entry in 0..<count {
      let offset = 4 + entry * 12
      let key = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian
      var slot = Int(key) & mask
      while slots[slot].token != 0 { slot = (slot + 1) & mask }
      slots[slot] = Slot(token: key, far: float(offset + 4), near: float(offset + 8))
    }
    let tags = 4 + count * 12
    farTags = (0..<256).map { float(tags + $0 * 4) }
    nearTags = (0..<256).map { float(tags + 1024 + $0 * 4) }
    bias = float(tags + 2048)
  }

  /// The sums of some tokens' weights; the 0 between values weighs nothing.
  func sums(_ tokens: UnsafeBufferPointer<UInt32>) -> (far: Float, near: Float) {
    guard mask > 0 else { return (0, 0) }
    return slots.withUnsafeBufferPointer { slots in
      var result: (far: Float, near: Float) = (0, 0)
      for token in tokens where token != 0 {
        var slot = Int(token) & mask
        // No branch on the first slot, which is nearly always the token's or empty: where it is guessed wrong, the next
        // token's look at memory would wait as well. An empty slot weighs nothing.
        if slots[slot].token != token, slots[slot].token != 0 {
          repeat { slot = (slot + 1) & mask } while slots[slot].token != token && slots[slot].token != 0
        }
        result.far += slots[slot].far
        result.near += slots[slot].near
      }
      return result
    }
  }
}
