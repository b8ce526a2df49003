/// Reads little-endian numbers one after another.
struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func word() -> UInt32? {
    guard offset + 4 <= bytes.count else { return nil }
    defer { offset += 4 }
    return bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian
  }

  /// A finite number.
  mutating func float() -> Float? {
    guard let bits = word(), Float(bitPattern: bits).isFinite else { return nil }
    return Float(bitPattern: bits)
  }

  /// A count that is no larger than a limit.
  mutating func count(limit: UInt32) -> Int? {
    guard let value = word(), value <= limit else { return nil }
    return Int(value)
  }

  /// Finite numbers; `nil` when the bytes end before, or one is infinite or no number.
  mutating func floats(_ count: Int) -> [Float]? {
    guard count >= 0, count <= (bytes.count - offset) / 4 else { return nil }
    var result: [Float] = []
    result.reserveCapacity(count)
    for _ in 0..<count {
      guard let value = float() else { return nil }
      result.append(value)
    }
    return result
  }
}
