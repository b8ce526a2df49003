import WinnowText

/// A title in the parts that signs cut it into: `Headline | Section | Site`, `Site: Headline`.
///
/// Which part is the headline is left open: a sign may stand inside a headline as well.
struct TitleText {
  /// What kind of sign parts two segments; the stronger, the likelier it is an addition's.
  enum Sign: Int {
    case colon = 1
    case dash, bar
  }

  /// A stretch of whole segments.
  struct Part {
    /// The words' hashes.
    let words: [UInt64]
    /// The bytes, without the signs around.
    let text: ArraySlice<UInt8>
    /// The strongest sign at the stretch's edges; `nil` for the whole title.
    let sign: Sign?
    /// Whether it starts at the title's start.
    let opens: Bool
    /// Whether it ends at the title's end.
    let closes: Bool
    /// What was cut off, before and behind.
    let before: Range<Int>
    let after: Range<Int>

    var isWhole: Bool { opens && closes }
  }

  /// The bytes with single spaces.
  let bytes: [UInt8]
  /// The segments' bytes.
  let segments: [Range<Int>]
  /// The sign behind each segment but the last.
  let signs: [Sign]
  private let segmentWords: [[UInt64]]

  /// A title with more signs than this is a list; signs beyond part nothing.
  private static let mostSegments = 6

  /// - parameter words: the hashes of all its words, if they are known.
  init(_ bytes: [UInt8], words: ArraySlice<UInt64>? = nil) {
    self.bytes = bytes
    var segments: [Range<Int>] = []
    var signs: [Sign] = []
    var start = 0
    var index = 0
    while index < bytes.count, segments.count + 1 < Self.mostSegments {
      // Letters and spaces first: they are nearly all.
      let byte = bytes[index]
      guard (byte | 0x20) &- 0x61 >= 26, byte != 0x20, let (sign, length) = Self.sign(bytes, at: index) else {
        index += 1
        continue
      }
      let segment = Self.trimmed(bytes, start..<index)
      if !segment.isEmpty, index + length < bytes.count {
        segments.append(segment)
        signs.append(sign)
        start = index + length
      }
      index += length
    }
    let last = Self.trimmed(bytes, start..<bytes.count)
    if last.isEmpty, !signs.isEmpty { signs.removeLast() } else { segments.append(last) }
    self.segments = segments
    self.signs = signs
    if let words, segments == [0..<bytes.count] {
      segmentWords = [Array(words)]
      return
    }
    segmentWords = bytes.withUnsafeBufferPointer { buffer in
      segments.map { WordHashes.of(UnsafeBufferPointer(rebasing: buffer[$0])) }
    }
  }

  init(_ text: String) { self.init(Array(text.utf8)) }

  /// What stands behind the last sign.
  var tail: String? {
    segments.count > 1 ? String(decoding: bytes[segments[segments.count - 1]], as: UTF8.self) : nil
  }

  /// The words of the whole title.
  var words: [UInt64] { segmentWords.count == 1 ? segmentWords[0] : Array(segmentWords.joined()) }

  /// Words of one segment.
  func words(of segment: Int) -> [UInt64] { segmentWords[segment] }

  /// The whole, then what stands before and behind each sign, and single segments between two signs.
  func parts() -> [Part] {
    var parts = [part(0..<segments.count)]
    guard segments.count > 1 else { return parts }
    for cut in 1..<segments.count {
      parts.append(part(0..<cut))
      parts.append(part(cut..<segments.count))
    }
    if segments.count > 2 {
      for middle in 1..<segments.count - 1 { parts.append(part(middle..<middle + 1)) }
    }
    return parts
  }

  private func part(_ range: Range<Int>) -> Part {
    let opens = range.lowerBound == 0
    let closes = range.upperBound == segments.count
    var sign: Sign?
    if !opens { sign = signs[range.lowerBound - 1] }
    if !closes {
      let after = signs[range.upperBound - 1]
      if sign.map({ after.rawValue < $0.rawValue }) ?? true { sign = after }
    }
    let from = opens ? 0 : segments[range.lowerBound].lowerBound
    let to = closes ? bytes.count : segments[range.upperBound - 1].upperBound
    let text = Self.trimmed(bytes, from..<to, signs: !(opens && closes))
    return Part(
      words: range.count == 1 ? segmentWords[range.lowerBound] : Array(segmentWords[range].joined()),
      text: bytes[text], sign: opens && closes ? nil : sign, opens: opens, closes: closes,
      before: 0..<range.lowerBound, after: range.upperBound..<segments.count)
  }

  // MARK: Signs

  private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>, signs: Bool = true) -> Range<Int> {
    var (from, to) = (range.lowerBound, range.upperBound)
    func isEdge(_ byte: UInt8) -> Bool {
      byte == 0x20 || signs && (byte == 0x2D || byte == 0x7C || byte == 0x3A || byte == 0x2F || byte == 0x5F)
    }
    while from < to, isEdge(bytes[from]) { from += 1 }
    while to > from, isEdge(bytes[to - 1]) { to -= 1 }
    return from..<to
  }

  /// The sign that starts at a byte, and its length.
  private static func sign(_ bytes: [UInt8], at index: Int) -> (Sign, Int)? {
    let byte = bytes[index]
    func isSpace(_ position: Int) -> Bool { !bytes.indices.contains(position) || bytes[position] == 0x20 }
    func isWide(_ position: Int) -> Bool {
      position >= 3 && bytes[position - 3] >= 0xE3 && bytes[position - 3] <= 0xED
    }
    switch byte {
    case 0x7C: return (.bar, 1)
    case 0x3A:
      if index + 1 < bytes.count, bytes[index + 1] == 0x3A {
        // "Lamp::light" is a name in code.
        return isSpace(index - 1) || isSpace(index + 2) ? (.bar, 2) : nil
      }
      return isSpace(index + 1) && index > 0 ? (.colon, 1) : nil
    case 0x2D, 0x2F, 0x3E, 0x3C, 0x7E:
      if isWide(index), byte == 0x2D { return (.dash, 1) }
      guard index > 0, isSpace(index - 1), isSpace(index + 1) else { return nil }
      return (.dash, 1)
    case 0x5F: return isWide(index) || index > 0 && isSpace(index - 1) ? (.bar, 1) : nil
    case 0xC2:
      guard index + 1 < bytes.count else { return nil }
      switch bytes[index + 1] {
      case 0xB7: return isSpace(index + 2) || isSpace(index - 1) ? (.bar, 2) : nil
      case 0xBB, 0xAB: return isSpace(index + 2) && isSpace(index - 1) ? (.bar, 2) : nil
      default: return nil
      }
    case 0xE2:
      guard index + 2 < bytes.count else { return nil }
      return sign(bytes[index + 1], bytes[index + 2], spaced: isSpace(index - 1) && isSpace(index + 3))
    case 0xE3:
      // ㅣ, a letter that stands for a bar.
      guard index + 2 < bytes.count, bytes[index + 1] == 0x85, bytes[index + 2] == 0xA3 else { return nil }
      return (.bar, 3)
    case 0xEF:
      guard index + 2 < bytes.count else { return nil }
      switch (bytes[index + 1], bytes[index + 2]) {
      case (0xBD, 0x9C), (0xBC, 0x8D), (0xBC, 0xBC): return (.bar, 3)
      case (0xBC, 0x9A): return (.colon, 3)
      default: return nil
      }
    default: return nil
    }
  }

  private static func sign(_ second: UInt8, _ third: UInt8, spaced: Bool) -> (Sign, Int)? {
    switch (second, third) {
    // – — ―
    case (0x80, 0x93...0x95): return spaced ? (.dash, 3) : nil
    // • ‖ › ┃ │ ⋅ ∣
    case (0x80, 0xA2), (0x80, 0x96), (0x94, 0x83), (0x94, 0x82), (0x8B, 0x85), (0x88, 0xA3): return (.bar, 3)
    case (0x80, 0xBA), (0x80, 0xB9): return spaced ? (.bar, 3) : nil
    default: return nil
    }
  }
}
