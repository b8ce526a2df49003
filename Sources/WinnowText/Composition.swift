import CWinnowData
import Foundation

/// Canonical composition (NFC): a cheap check by table, and Foundation for the blocks that fail it.
enum Composition {
  /// Kinds of scalars, as in the generated table.
  static let suspicious: UInt8 = 1
  static let mark: UInt8 = 2
  static let joiningStarter: UInt8 = 4
  static let joinedStarter: UInt8 = 8

  /// Scalars below this have their kind in `lowKinds`.
  static let lowLimit: UInt32 = 0x3100

  /// Kinds by scalar, a table because a search for each letter of Greek, Arabic or Hindi would be slow.
  static let lowKinds: [UInt8] = {
    var kinds = [UInt8](repeating: 0, count: Int(lowLimit))
    for range in ranges where range.first < lowLimit {
      for scalar in range.first...min(range.last, lowLimit - 1) {
        kinds[Int(scalar)] = UInt8(truncatingIfNeeded: range.kind)
      }
    }
    return kinds
  }()

  /// The scalars of interest from `lowLimit` on, ascending.
  private static let highRanges: [winnow_nfc_range] = ranges.filter { $0.last >= lowLimit }

  private static var ranges: UnsafeBufferPointer<winnow_nfc_range> {
    UnsafeBufferPointer(start: winnow_nfc_ranges(), count: Int(winnow_nfc_range_count()))
  }

  /// The lead bytes of all scalars that have a kind.
  static let leadBytes: Set<UInt8> = {
    var leads: Set<UInt8> = []
    var bytes: [UInt8] = []
    for range in ranges {
      // A lead byte spans at least 64 scalars, so steps of 64 and both ends meet every lead.
      for scalar in stride(from: range.first, through: range.last, by: 64) + [range.last] {
        bytes.removeAll(keepingCapacity: true)
        UTF8Bytes.append(scalar, to: &bytes)
        if let lead = bytes.first { leads.insert(lead) }
      }
    }
    return leads
  }()

  /// The kind of a scalar from `lowLimit` on.
  static func highKind(_ scalar: UInt32) -> UInt8 {
    var low = 0
    var high = highRanges.count
    while low < high {
      let middle = (low + high) / 2
      if highRanges[middle].last < scalar { low = middle + 1 } else { high = middle }
    }
    guard low < highRanges.count, highRanges[low].first <= scalar else { return 0 }
    return UInt8(truncatingIfNeeded: highRanges[low].kind)
  }

  /// The kind of any scalar.
  @inline(__always)
  static func kind(_ scalar: UInt32) -> UInt8 {
    scalar < lowLimit ? lowKinds[Int(scalar)] : highKind(scalar)
  }

  /// Composes the bytes from `start` on, in place; returns whether anything changed.
  static func compose(_ text: inout [UInt8], from start: Int) -> Bool {
    var composed: [UInt8] = []
    composed.reserveCapacity(text.count - start)
    text.withUnsafeBufferPointer { buffer in
      var index = start
      while index < buffer.count {
        let end = endOfPiece(buffer, from: index)
        let piece = String(decoding: buffer[index..<end], as: UTF8.self)
        composed.append(contentsOf: piece.precomposedStringWithCanonicalMapping.utf8)
        index = end
      }
    }
    guard !composed.elementsEqual(text[start...]) else { return false }
    text.removeSubrange(start...)
    text.append(contentsOf: composed)
    return true
  }

  /// End of a piece that can be composed by itself, about 1 KiB on: Foundation's time grows with the
  /// square of a string's length.
  private static func endOfPiece(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start + 1024
    // From here on any starter will do, for text without one inert character in 4 KiB is nonsense.
    let limit = start + 4096
    while index < bytes.count {
      if bytes[index] < 0x80 { return index }
      if bytes[index] & 0xC0 != 0x80, let scalar = UTF8Bytes.scalar(bytes, at: index).value {
        let kind = kind(scalar)
        if kind & (suspicious | mark | joiningStarter) == 0 { return index }
        if index >= limit, kind & mark == 0 { return index }
      }
      index += 1
    }
    return bytes.count
  }
}
