import WinnowCore
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
    /// They stand in an element that is named for bylines, dates or the data of an article.
    case named
  }

  /// Bytes of a block within which two elements with classes are taken for parts of a head: words of a sentence are
  /// styled in part further on too.
  static let longestHead = 160

  /// Whether a space belongs between the text so far and what begins at `first`. Words that are styled in part go on
  /// in small letters.
  @inline(__always)
  mutating func isSeam(_ before: Int, _ first: Int, _ last: Int) -> Bool {
    isPlainSeam(text[before - 1], input[first]) || isSeamOfCapitals(before, first, last)
      || text[before - 1] | input[first] >= 0x80 && isSeamOfLetters(before, first, last)
      || seam != .plain && isSeamOfParts(before, first, last)
  }

  /// Two links that touch with digits, and in the data of an article whatever is no single letter: a word styled in
  /// part is not to be expected there, but an initial is.
  private mutating func isSeamOfParts(_ before: Int, _ first: Int, _ last: Int) -> Bool {
    if seam == .links || seam == .named, text[before - 1].isASCIIDigit, input[first].isASCIIDigit {
      return true
    }
    guard seam == .named, before >= blockStart + 2, text[before - 2] > 0x20 else { return false }
    func isLetter(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte >= 0x80 }
    if text[before - 1].isASCIIDigit {
      // "12" and "mar", but not "12" and "th".
      return last - first > 2 && input[first].isASCIILetter
    }
    return isLetter(text[before - 1]) && (isLetter(input[first]) || input[first].isASCIIDigit)
  }

  /// Whether the element around is named for what stands in an article's head.
  var isHead: Bool {
    mutating get {
      let container = top.container
      if knownHead.container == container { return knownHead.isHead }
      let own = containers[Int(container)]
      let around = containers[Int(own.parent)]
      let isHead =
        !said(own).isDisjoint(with: [.bylineToken, .dateToken, .metaToken])
        || !said(around).isDisjoint(with: [.bylineToken, .dateToken])
      knownHead = (container, isHead)
      return isHead
    }
  }

  private mutating func said(_ container: ContainerRow) -> MarkupMarks {
    tokens.withUnsafeBufferPointer {
      MarkupLexicon.builtIn.marks(
        of: UnsafeBufferPointer(rebasing: $0[Int(container.tokenStart)..<Int(container.tokenEnd)]))
    }
  }

  private func isPlainSeam(_ last: UInt8, _ first: UInt8) -> Bool {
    let isDigit = first.isASCIIDigit
    let isCapital = first.isASCIICapital
    switch last {
    case 0x61...0x7A: return isCapital || isDigit
    case 0x30...0x39: return isCapital
    case 0x80...: return isDigit || isCapital
    default: return false
    }
  }

  /// "AFP" and "Published" in two elements: capitals alone before a word that opens with one.
  private mutating func isSeamOfCapitals(_ before: Int, _ first: Int, _ last: Int) -> Bool {
    guard before >= blockStart + 2, first + 1 < last, text[before - 1].isASCIICapital,
      text[before - 2].isASCIICapital, input[first].isASCIICapital
    else { return false }
    if input[first + 1] < 0x80 { return input[first + 1].isASCIISmall }
    return isSmall(scalar(input, first + 1, last))
  }

  private func scalar(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
    UTF8Bytes.scalar(UnsafeBufferPointer(start: bytes, count: end), at: start).value ?? 0
  }

  /// The same beyond ASCII: a small letter before a capital, and, since letters without case do not tell, two links
  /// or two parts of a head in such letters.
  private mutating func isSeamOfLetters(_ before: Int, _ first: Int, _ last: Int) -> Bool {
    var start = before - 1
    while start > blockStart, text[start] & 0xC0 == 0x80 { start -= 1 }
    let (left, right) = (scalar(text, start, before), scalar(input, first, last))
    if hasCase(left), hasCase(right) { return isSmall(left) && !isSmall(right) }
    switch seam {
    case .plain, .named: return false
    case .links: return isCaseless(left) && isCaseless(right) || isWide(left) && isWide(right)
    case .classed: return isCaseless(left) && isCaseless(right)
    }
  }

  /// Latin, Greek, Cyrillic and Armenian letters, whose tables are plain.
  private func hasCase(_ scalar: UInt32) -> Bool {
    switch scalar {
    case ..<0x80: (scalar | 0x20) &- 0x61 < 26
    case 0xD7, 0xF7: false
    case 0xC0...0x17E, 0x386...0x3CE, 0x400...0x45F, 0x531...0x586, 0x1E00...0x1EFF: true
    default: false
    }
  }

  private func isSmall(_ scalar: UInt32) -> Bool {
    switch scalar {
    case ..<0x80: return scalar &- 0x61 < 26
    case 0xDF...0xFF: return true
    // Capitals and small letters take turns, from here on with the odd ones small, there with the even ones.
    case 0x139...0x148, 0x179...0x17E: return scalar & 1 == 0
    case 0x100...0x177, 0x1E00...0x1EFF: return scalar & 1 == 1
    default: break
    }
    return scalar >= 0x3AC && scalar <= 0x3CE || scalar >= 0x430 && scalar <= 0x45F
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
