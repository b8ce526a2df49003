import WinnowText

/// Where two inline elements that touch are two things that only style keeps apart: a name and a date, a kicker and
/// a headline, two links of a menu.
extension HTMLReaderColumns {
  /// What is known of the elements that touch.
  enum Seam {
    /// Nothing: words that are styled in part touch as well.
    case plain
    /// One link ends and the next begins.
    case links
    /// The second has a class, and the block is short so far.
    case classed
  }

  /// Bytes of a block within which two elements with classes are taken for parts of a head: words of a sentence are
  /// styled in part further on too.
  static let longestHead = 160

  /// Whether a space belongs between the text so far and what begins at `first`. Words that are styled in part go on
  /// in small letters.
  @inline(__always)
  func isSeam(_ before: Int, _ first: Int, _ last: Int) -> Bool {
    isPlainSeam(text[before - 1], input[first]) || isSeamOfCapitals(before, first, last)
      || text[before - 1] >= 0x80 && input[first] >= 0x80 && isSeamOfLetters(before, first, last)
  }

  private func isPlainSeam(_ last: UInt8, _ first: UInt8) -> Bool {
    let isDigit = first >= 0x30 && first <= 0x39
    let isCapital = first >= 0x41 && first <= 0x5A
    switch last {
    case 0x61...0x7A: return isCapital || isDigit
    case 0x30...0x39: return isCapital
    case 0x80...: return isDigit || isCapital
    default: return false
    }
  }

  /// "AFP" and "Published" in two elements: capitals alone before a word that opens with one.
  private func isSeamOfCapitals(_ before: Int, _ first: Int, _ last: Int) -> Bool {
    func isCapital(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
    return before >= blockStart + 2 && first + 1 < last && isCapital(text[before - 1])
      && isCapital(text[before - 2]) && isCapital(input[first]) && input[first + 1] &- 0x61 < 26
  }

  /// The same beyond ASCII: a small letter before a capital, and, since letters without case do not tell, two links
  /// or two parts of a head in such letters.
  private func isSeamOfLetters(_ before: Int, _ first: Int, _ last: Int) -> Bool {
    var start = before - 1
    while start > blockStart, text[start] & 0xC0 == 0x80 { start -= 1 }
    let left = UTF8Bytes.scalar(UnsafeBufferPointer(start: text, count: before), at: start).value ?? 0
    let right = UTF8Bytes.scalar(UnsafeBufferPointer(start: input, count: last), at: first).value ?? 0
    if hasCase(left), hasCase(right) { return isSmall(left) && !isSmall(right) }
    switch seam {
    case .plain: return false
    case .links: return isCaseless(left) && isCaseless(right) || isWide(left) && isWide(right)
    case .classed: return isCaseless(left) && isCaseless(right)
    }
  }

  /// Greek, Cyrillic and Armenian letters, whose tables are plain.
  private func hasCase(_ scalar: UInt32) -> Bool {
    scalar >= 0x386 && scalar <= 0x3CE || scalar >= 0x400 && scalar <= 0x45F
      || scalar >= 0x531 && scalar <= 0x586
  }

  private func isSmall(_ scalar: UInt32) -> Bool {
    scalar >= 0x3AC && scalar <= 0x3CE || scalar >= 0x430 && scalar <= 0x45F
      || scalar >= 0x561 && scalar <= 0x586
  }

  /// Letters of scripts with spaces and without case: Hebrew, Arabic, those of India, Georgian, Hangul.
  private func isCaseless(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x5D0...0x5EA, 0x620...0x64A, 0x66E...0x6D3, 0x904...0xDFF, 0x10D0...0x10FA, 0xAC00...0xD7A3: true
    default: false
    }
  }

  /// Letters of scripts without spaces.
  private func isWide(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xE01...0xE5B, 0x3041...0x30FF, 0x3400...0x9FFF: true
    default: false
    }
  }
}
