/// The words of a text as hashes of their folded bytes, for comparing texts without strings.
package enum WordHashes {
  /// Hashes in text order. Characters of scripts without spaces are words of their own.
  package static func of(_ text: UnsafeBufferPointer<UInt8>) -> [UInt64] {
    var folded: [UInt8] = []
    var nowhere: [Int32]?
    Folding.fold(text, into: &folded, offsets: &nowhere)
    var result: [UInt64] = []
    var hash: UInt64 = 0
    folded.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        if byte < 0x80 {
          if isWord(byte) {
            hash = mix(hash, byte)
          } else if byte != 0x27 {
            flush(&hash, &result)
          }
          index += 1
          continue
        }
        let (scalar, length) = BlockScanner.decode(bytes, at: index)
        let unspaced =
          scalar >= 0x2E80 && scalar < 0xAC00 || scalar >= 0xE00 && scalar < 0xE80
          || scalar >= 0xF900 && scalar < 0xFB00 || scalar >= 0x20000
        let punctuation =
          scalar >= 0x2000 && scalar < 0x2E80 || scalar >= 0x3000 && scalar < 0x3005
          || scalar >= 0x3008 && scalar < 0x3020 || scalar >= 0x80 && scalar < 0xAA || scalar >= 0xFF00
          || scalar == 0x60C || scalar == 0x61B || scalar == 0x61F || scalar == 0x6D4
          || scalar == 0xAB || scalar == 0xBB || scalar == 0xB7
        if punctuation || unspaced { flush(&hash, &result) }
        if !punctuation {
          for offset in 0..<length { hash = mix(hash, bytes[index + offset]) }
          if unspaced { flush(&hash, &result) }
        }
        index += length
      }
    }
    flush(&hash, &result)
    return result
  }

  /// Hashes of a string's words.
  package static func of(_ text: String) -> [UInt64] {
    var text = text
    return text.withUTF8 { of($0) }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 1 || byte == 0x5F
  }

  private static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    ((hash == 0 ? 0xCBF2_9CE4_8422_2325 : hash) ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  private static func flush(_ hash: inout UInt64, _ result: inout [UInt64]) {
    if hash != 0 { result.append(hash) }
    hash = 0
  }
}

/// How much two texts say the same.
package enum WordOverlap {
  /// Share of the distinct words of `a` that occur in `b`, 0…1.
  package static func containment(_ a: [UInt64], in b: Set<UInt64>) -> Double {
    let distinct = Set(a)
    guard !distinct.isEmpty else { return 0 }
    return Double(distinct.filter(b.contains).count) / Double(distinct.count)
  }

  /// Harmonic mean of both containments, 0…1.
  package static func similarity(_ a: [UInt64], _ b: [UInt64]) -> Double {
    let one = Set(a)
    let two = Set(b)
    let common = Double(one.intersection(two).count)
    return one.isEmpty || two.isEmpty ? 0 : 2 * common / Double(one.count + two.count)
  }
}
