/// Finds and undoes UTF-8 that somebody decoded as windows-1252.
///
/// A run of characters beyond ASCII is replaced only as a whole: all of it must go back into
/// windows-1252 bytes that are well-formed UTF-8 and spell letters or punctuation in use. Since a
/// capital before a closing quotation mark can do the same by accident, runs are looked at only on
/// pages that `looksMojibake` has convicted.
enum Mojibake {
  /// Rounds of encoding that are undone at most.
  private static let deepest = 3
  /// A longer run is not examined twice over; real ones end at the next ASCII character.
  private static let longestRun = 1 << 16

  /// Whether a page's text is double-encoded: at least two unmistakable sequences, which with their
  /// like make up a quarter or more of all characters beyond ASCII.
  static func looksMojibake(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
    var score = 0
    var garbled = 0
    var total = 0
    var run = Run()
    forEachRun(in: sample, run: &run) { run, _ in
      total += run.count
      guard let evidence = run.evidence else { return }
      garbled += run.count
      score += evidence
    }
    return score >= 2 && garbled * 4 >= total
  }

  /// Appends the text to `output` with its garbled runs decoded; returns how many runs were.
  static func repair(_ input: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Int {
    var repaired = 0
    var copied = 0
    var run = Run()
    forEachRun(in: input, run: &run) { run, range in
      guard let plain = run.decoded() else { return }
      output.append(contentsOf: UnsafeBufferPointer(rebasing: input[copied..<range.lowerBound]))
      output.append(contentsOf: plain)
      copied = range.upperBound
      repaired += 1
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: input[copied...]))
    return repaired
  }

  /// Calls `body` for each maximal run beyond ASCII, with its bytes' range.
  private static func forEachRun(
    in bytes: UnsafeBufferPointer<UInt8>, run: inout Run, _ body: (borrowing Run, Range<Int>) -> Void
  ) {
    var index = 0
    while true {
      index = UTF8Bytes.endOfASCII(bytes, from: index)
      guard index < bytes.count else { return }
      let start = index
      run.reset()
      while index < bytes.count, bytes[index] >= 0x80 {
        let (scalar, length) = UTF8Bytes.scalar(bytes, at: index)
        run.append(scalar, isTooLong: index - start > longestRun)
        index += length
      }
      body(run, start..<index)
    }
  }

  /// One run of characters beyond ASCII, as windows-1252 bytes.
  private struct Run {
    private(set) var count = 0
    private var bytes: [UInt8] = []
    private var isEncodable = true

    mutating func reset() {
      count = 0
      bytes.removeAll(keepingCapacity: true)
      isEncodable = true
    }

    mutating func append(_ scalar: UInt32?, isTooLong: Bool) {
      count += 1
      guard isEncodable, !isTooLong, let scalar, let byte = Windows1252.byte(of: scalar) else {
        isEncodable = false
        return
      }
      bytes.append(byte)
    }

    /// The text behind the run, or nil when the run may be what the author wrote.
    func decoded() -> [UInt8]? {
      guard isEncodable, count > 1, UTF8Bytes.isWellFormed(bytes), !isWordEnd else { return nil }
      var best: [UInt8]? = Mojibake.isPlausible(bytes) ? bytes : nil
      var current = bytes
      for _ in 1..<Mojibake.deepest {
        guard let next = Mojibake.windows1252(current), UTF8Bytes.isWellFormed(next) else { break }
        current = next
        if Mojibake.isPlausible(next) { best = next }
      }
      return best
    }

    /// Points for the run's unmistakable sequences; nil when it does not decode.
    var evidence: Int? { decoded() == nil ? nil : points }

    /// Whether the run is an accented letter, a no-break space and a closing quotation mark, as French
    /// sets them, or the like: three such bytes make one Chinese character.
    private var isWordEnd: Bool {
      count < 6 && points == 0 && bytes.contains { $0 >= 0xE4 && $0 <= 0xE9 }
    }

    /// Points of the sequences that hardly ever stand in proper text.
    private var points: Int {
      var points = 0
      var index = 0
      while index < bytes.count {
        let lead = bytes[index]
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        // A capital or accented letter may well be followed by quotation marks, dashes, spaces.
        let end = min(index + length, bytes.count)
        let isStrong = bytes[(index + 1)..<end].contains { !Mojibake.follows($0) }
        if isStrong { points += length > 2 ? 2 : 1 }
        index = end
      }
      return points
    }
  }

  /// The windows-1252 bytes of a text in which nothing is ASCII; nil when a character has none.
  private static func windows1252(_ utf8: [UInt8]) -> [UInt8]? {
    utf8.withUnsafeBufferPointer { buffer in
      var result: [UInt8] = []
      var index = 0
      while index < buffer.count {
        let (scalar, length) = UTF8Bytes.scalar(buffer, at: index)
        guard let scalar, let byte = Windows1252.byte(of: scalar), byte >= 0x80 else { return nil }
        result.append(byte)
        index += length
      }
      return result.count > 1 ? result : nil
    }
  }

  /// Whether the windows-1252 byte is a character that properly follows a word.
  private static func follows(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x82, 0x84, 0x85, 0x8B, 0x91...0x97, 0x99, 0x9B, 0xA0, 0xAB, 0xAD, 0xAE, 0xB0, 0xB7, 0xBB: true
    default: false
    }
  }

  /// Whether every character is one that pages are written with.
  private static func isPlausible(_ utf8: [UInt8]) -> Bool {
    utf8.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count {
        let (scalar, length) = UTF8Bytes.scalar(buffer, at: index)
        guard let scalar, isInUse(scalar) else { return false }
        index += length
      }
      return true
    }
  }

  private static func isInUse(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA0...0x17F, 0x192, 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x1CD...0x1DC, 0x1E6, 0x1E7, 0x218...0x21B: true
    case 0x259, 0x2C6, 0x2DC, 0x300...0x304, 0x306...0x309, 0x30C, 0x323, 0x327: true
    case 0x386, 0x388...0x3CE, 0x400...0x45F, 0x490...0x4F9, 0x531...0x58A, 0x5D0...0x5F4: true
    case 0x600...0x6FF, 0x900...0xEFF, 0x10A0...0x10FF, 0x1200...0x139F, 0x1780...0x17FF: true
    case 0x1E00...0x1FFF, 0x200B...0x2033, 0x2039...0x203A, 0x2044, 0x20A0...0x20BF, 0x2100...0x214F: true
    case 0x2190...0x22FF, 0x2460...0x27BF, 0x2B00...0x2B5F, 0x3000...0x30FF, 0x3400...0x9FFF: true
    case 0xAC00...0xD7A3, 0xFB00...0xFB06, 0xFE0F, 0xFEFF...0xFFEF, 0xFFFD, 0x1F000...0x1FAFF: true
    default: false
    }
  }
}

extension UTF8Bytes {
  /// Whether the bytes are well-formed UTF-8 without ASCII.
  static func isWellFormed(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count {
        guard buffer[index] >= 0x80 else { return false }
        let length = sequenceLength(buffer, at: index)
        if length < 0 { return false }
        index += length
      }
      return true
    }
  }
}
