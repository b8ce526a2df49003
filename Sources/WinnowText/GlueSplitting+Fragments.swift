/// Sentences that a converter broke at inline elements: which lines go on with the one before.
extension GlueSplitting {
  /// Function words of all languages that have small letters.
  private static let grammar: WordSet = {
    let words = Lexicon.builtIn.lists.functionWords.flatMap(\.words).filter { $0.utf8.count <= 5 }
    return WordSet(WordHashes.of(words))
  }()

  /// Whether a range's last word is a short function word in small letters, such as `de` or `the`: a heading or
  /// a menu's entry hardly ever ends so, a sentence broken at a link often does.
  ///
  /// Not where a quotation that the line opens closes behind it, and not in Vietnamese, whose syllables without their
  /// accents are function words of other languages by the dozen.
  private static func endsInGrammar(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Bool {
    if opensQuotation(bytes, start, end), FlatScalar.letterCase(lastScalar(bytes, start, end)) == .none {
      return false
    }
    if isVietnamese(bytes, start, end) { return false }
    var from = end
    while from > start, end - from <= 12, bytes[from - 1] > 0x20 { from -= 1 }
    guard from > start, from < end, end - from <= 10,
      FlatScalar.letterCase(UTF8Bytes.scalar(bytes, at: from).value ?? 0) == .lower
    else { return false }
    let words = WordHashes.of(UnsafeBufferPointer(rebasing: bytes[from..<end]))
    return words.count == 1 && grammar.contains(words[0])
  }

  private static func opensQuotation(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Bool {
    guard start < end else { return false }
    let first = UTF8Bytes.scalar(bytes, at: start).value ?? 0
    return first == 0x22 || first == 0x201C || first == 0x2018 || first == 0x201E || first == 0xAB
  }

  private static func lastScalar(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
    var index = end - 1
    while index > start, bytes[index] & 0xC0 == 0x80 { index -= 1 }
    return UTF8Bytes.scalar(bytes, at: index).value ?? 0
  }

  /// Whether a range holds a letter of U+1EA0 to U+1EFF, which hardly any other language writes.
  private static func isVietnamese(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var index = start
    while index + 1 < end {
      if bytes[index] == 0xE1, bytes[index + 1] == 0xBA || bytes[index + 1] == 0xBB { return true }
      index += 1
    }
    return false
  }

  /// What the lines joined so far amount to.
  struct Fragment {
    var words = 0
    var isJoined = false
    var holdsSentenceEnd = false
    /// An opening guillemet was followed by a space, as the French do.
    var spacesGuillemets = false

    init() {}

    /// Adds a line's text.
    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ line: FlatLine) {
      var index = Int(line.text)
      let end = Int(line.end)
      var wordStart = index
      var wide = 0
      while index < end {
        let byte = bytes[index]
        if byte == 0x20 {
          words += 1
          if FlatScalar.endsSentence(bytes, wordStart, index) { holdsSentenceEnd = true }
          wordStart = index + 1
        } else if byte >= 0xE3, byte < 0xEE {
          wide += 1
          let scalar = UTF8Bytes.scalar(bytes, at: index).value
          if scalar == 0x3002 { holdsSentenceEnd = true }
        } else if byte == 0xC2, index + 1 < end, bytes[index + 1] == 0xAB {
          let after = index + 2
          if after == end || FlatScalar.spaceLength(bytes, at: after, end) > 0 { spacesGuillemets = true }
        }
        index += 1
      }
      words += 1 + wide / 3
    }
  }

  /// "by Ann Smith" or "di" alone below a headline in one line: a byline in small letters, and not the sentence's end.
  private func opensByline(
    _ soFar: Fragment, _ next: FlatLine, _ later: FlatLine?, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard !soFar.isJoined, !soFar.holdsSentenceEnd, next.width <= 48 else { return false }
    let start = Int(next.text)
    let end = Int(next.end)
    var index = start
    while index < end, bytes[index] > 0x20 { index += 1 }
    guard GlueSplitting.bylineWords.contains(Array(bytes[start..<index])) else { return false }
    if index == end {
      // "di" alone: the name stands on the line below, and small letters would go on with a sentence.
      guard let later, !later.isGap, later.width <= 48 else { return false }
      let name = FlatScalar.opensFragment(bytes, Int(later.text), Int(later.end))
      return name == .other && !FlatScalar.endsSentence(bytes, Int(later.text), Int(later.end))
    }
    let name = FlatScalar.skipSpaces(bytes, index, end)
    guard FlatScalar.letterCase(UTF8Bytes.scalar(bytes, at: name).value ?? 0) == .upper,
      !FlatScalar.endsSentence(bytes, start, end)
    else { return false }
    guard let later, !later.isGap else { return true }
    return FlatScalar.opensFragment(bytes, Int(later.text), Int(later.end)) == .other
  }

  /// Words that open bylines, as they stand in small letters below headlines: `lexicon/bylines.words`.
  private static let bylineWords = Set(
    WordFile.words(of: "bylines.words", section: "small").map { Array($0.utf8) })

  /// Whether the next line continues the sentence of a fragmented text, and how.
  ///
  /// - parameter later: the line after `next`, which tells a link inside a sentence from a heading.
  func join(
    _ soFar: Fragment, _ line: FlatLine, _ next: FlatLine, _ later: FlatLine?,
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> WrapDetection.Join {
    if line.isGap || next.isGap || next.opener != .none || next.indent != line.indent { return .apart }
    let end = Int(line.end)
    let start = Int(next.text)
    let opening = FlatScalar.opensFragment(bytes, start, Int(next.end))
    if opening == .lowerCase, opensByline(soFar, next, later, bytes) { return .apart }
    let isOpen = FlatScalar.endsOpen(bytes, Int(line.text), end)
    let ended = FlatScalar.endsSentence(bytes, Int(line.text), end)
    let wide = FlatScalar.isWideSeam(bytes, end, start)
    var joins = false
    if opening == .punctuation || opening == .apostrophe {
      joins = true
    } else if isOpen {
      joins = soFar.words >= 2 || wide
    } else if !ended {
      let long = soFar.isJoined || soFar.words >= 8 || soFar.holdsSentenceEnd
      let comma = FlatScalar.endsComma(bytes, end)
      if wide {
        joins = opening == .particle && (soFar.isJoined || soFar.words >= 4)
      } else if opening == .lowerCase {
        joins = soFar.words >= 4 || soFar.isJoined || next.width >= 60
      } else if comma {
        joins = long
      } else if soFar.words >= 4, GlueSplitting.endsInGrammar(bytes, Int(line.text), end) {
        // What a link says is no sentence: behind "Why the path will not be ready" as a title, the text goes on.
        joins = opening != .other || !FlatScalar.endsSentence(bytes, start, Int(next.end))
      }
      if !joins, long || comma || (wide && FlatScalar.endsHiragana(bytes, end)), soFar.words >= 3, let later,
        !later.isGap, later.opener == .none
      {
        // A link or name inside a sentence: short itself, and the line after it goes on.
        let after = FlatScalar.opensFragment(bytes, Int(later.text), Int(later.end))
        let short = next.width <= 60
        if wide {
          joins = short && FlatScalar.endsHiragana(bytes, end) && after != .other
        } else {
          joins =
            short && !FlatScalar.endsSentence(bytes, start, Int(next.end))
            && (after == .punctuation
              ? soFar.words >= 8
              : after == .lowerCase && (soFar.holdsSentenceEnd || soFar.words >= 12 || comma))
        }
      }
    }
    guard joins else { return .apart }
    if wide || opening == .apostrophe { return .tight }
    if isOpen { return soFar.spacesGuillemets && FlatScalar.endsGuillemet(bytes, end) ? .space : .tight }
    if opening == .punctuation {
      return soFar.spacesGuillemets && bytes[start] == 0xC2 ? .space : .tight
    }
    return .space
  }
}
