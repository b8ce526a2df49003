import WinnowCore

/// The words of a text as hashes of their folded bytes, for comparing texts without strings.
package enum WordHashes {
  /// Hashes in text order. Characters of scripts without spaces are words of their own.
  package static func of(_ text: UnsafeBufferPointer<UInt8>) -> [UInt64] {
    Folding.withFolded(text) { folded in
      var result: [UInt64] = []
      append(folded: folded, to: &result)
      return result
    }
  }

  /// A hash of folded text as a whole, to tell copies of a text by.
  package static func whole(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(bytes)
    // The length is spread over all bits, lest the last bytes cancel it out.
    var hash = UInt64(truncatingIfNeeded: bytes.count &+ 1) &* 0xD6E8_FEB8_6659_FD93
    var index = 0
    func take(_ word: UInt64) {
      let (high, low) = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      hash = high ^ low
    }
    // Eight bytes at a time: byte by byte, the multiplications would wait for each other.
    while index + 8 <= raw.count {
      take(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
      index += 8
    }
    var rest: UInt64 = 0
    while index < raw.count {
      rest = rest << 8 | UInt64(raw[index])
      index += 1
    }
    take(rest)
    return hash
  }

  /// Appends the hashes of the words of folded text.
  static func append(folded bytes: UnsafeBufferPointer<UInt8>, to result: inout [UInt64]) {
    // All at once: an array that grows word by word is asked for each whether it has room and is nobody else's.
    // Words are parted by a byte, or have three.
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: bytes.count / 2 + 1) { room in
      guard let start = room.baseAddress else { return }
      var end = start
      write(folded: bytes, to: &end)
      result.append(contentsOf: UnsafeBufferPointer(start: start, count: end - start))
    }
  }

  /// Writes the hashes of the words of folded text, and moves `end` behind them.
  private static func write(
    folded bytes: UnsafeBufferPointer<UInt8>, to end: inout UnsafeMutablePointer<UInt64>
  ) {
    var hash: UInt64 = 0
    var index = 0
    while index < bytes.count {
      if isWord(bytes[index]) {
        var value = mix(hash, bytes[index])
        index += 1
        while index < bytes.count, isWord(bytes[index]) {
          value = (value ^ UInt64(bytes[index])) &* 0x100_0000_01B3
          index += 1
        }
        hash = value
        guard index < bytes.count else { break }
      }
      let byte = bytes[index]
      if byte < 0x80 {
        if byte != 0x27 { flush(&hash, &end) }
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
      if punctuation || unspaced { flush(&hash, &end) }
      if !punctuation {
        for offset in 0..<length { hash = mix(hash, bytes[index + offset]) }
        if unspaced { flush(&hash, &end) }
      }
      index += length
    }
    flush(&hash, &end)
  }

  /// Hashes of some words, in order; a word of a script without spaces has several.
  package static func of(_ words: [String]) -> [UInt64] {
    var text: [UInt8] = []
    for word in words {
      text += word.utf8
      text.append(0x0A)
    }
    return text.withUnsafeBufferPointer { of($0) }
  }

  /// Hashes of a string's words.
  package static func of(_ text: String) -> [UInt64] {
    var text = text
    return text.withUTF8 { of($0) }
  }

  @inline(__always)
  private static func isWord(_ byte: UInt8) -> Bool {
    byte.isASCIISmall || byte.isASCIIDigit || byte == 1 || byte == 0x5F
  }

  @inline(__always)
  private static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    ((hash == 0 ? 0xCBF2_9CE4_8422_2325 : hash) ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  @inline(__always)
  private static func flush(_ hash: inout UInt64, _ end: inout UnsafeMutablePointer<UInt64>) {
    if hash != 0 {
      end.initialize(to: hash)
      end += 1
    }
    hash = 0
  }
}

/// The distinct words of one text, for comparing many others with it.
@usableFromInline package struct WordSet: Sendable {
  @usableFromInline var slots: [UInt64]
  /// A bit for each of the words, by their lowest six bits: most words that are asked for are told by it.
  @usableFromInline var bits: UInt64 = 0
  /// Distinct words.
  package private(set) var count = 0

  /// The set of some words' hashes.
  package init(_ words: [UInt64]) { self.init(words[...]) }

  /// The set of some words' hashes.
  package init(_ words: ArraySlice<UInt64>) {
    var capacity = 16
    while capacity < words.count * 2 { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    for word in words where insert(word) { count += 1 }
  }

  package var isEmpty: Bool { count == 0 }

  private mutating func insert(_ word: UInt64) -> Bool {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: word) & mask
    while slots[slot] != 0 {
      if slots[slot] == word { return false }
      slot = (slot + 1) & mask
    }
    slots[slot] = word
    bits |= 1 &<< word
    return true
  }

  @inlinable
  package func contains(_ word: UInt64) -> Bool { bits &>> word & 1 != 0 && isInSlots(word) }

  @usableFromInline
  func isInSlots(_ word: UInt64) -> Bool {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: word) & mask
    while slots[slot] != 0 {
      if slots[slot] == word { return true }
      slot = (slot + 1) & mask
    }
    return false
  }

  /// How many of this set's words the other has.
  package func common(with other: WordSet) -> Int {
    var result = 0
    for word in slots where word != 0 && other.contains(word) { result += 1 }
    return result
  }

  /// Harmonic mean of both containments, 0…1.
  package func similarity(to other: WordSet) -> Double {
    isEmpty || other.isEmpty ? 0 : 2 * Double(common(with: other)) / Double(count + other.count)
  }

  /// Share of this set's words that the other has, 0…1.
  package func containment(in other: WordSet) -> Double {
    isEmpty ? 0 : Double(common(with: other)) / Double(count)
  }
}

/// In how many of some texts each word stands.
package struct WordCounts: Sendable {
  private struct Slot {
    var word: UInt64 = 0
    var texts: Int32 = 0
    /// The last text that it was seen in.
    var last: Int32 = -1
  }

  private var slots: [Slot]
  /// Distinct words.
  package private(set) var count = 0

  /// Counts of at most so many words, told by their hashes.
  package init(mostWords: Int) {
    var capacity = 16
    while capacity < mostWords * 2 { capacity *= 2 }
    slots = Array(repeating: Slot(), count: capacity)
  }

  /// Adds the words of a text that was not added before.
  package mutating func add(_ words: ArraySlice<UInt64>, of text: Int) {
    for word in words {
      let slot = place(of: word)
      if slots[slot].word == 0 {
        slots[slot].word = word
        count += 1
      }
      guard slots[slot].last != Int32(text) else { continue }
      slots[slot].last = Int32(text)
      slots[slot].texts += 1
    }
  }

  /// How many texts have the word.
  package func texts(with word: UInt64) -> Int { Int(slots[place(of: word)].texts) }

  @inline(__always)
  private func place(of word: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: word) & mask
    while slots[slot].word != 0, slots[slot].word != word { slot = (slot + 1) & mask }
    return slot
  }
}
