/// The small steps that reading dates is made of: a number, a word, a gap, over the bytes of one text.
///
/// Every step looks at a bounded stretch of the text, so trying a date at each number stays linear.
struct DateScanner {
  /// A run of decimal digits of one or another script.
  struct Number {
    /// The first byte of the run.
    let start: Int
    /// The byte after the run.
    let end: Int
    /// The value; 0 for a run of more than 14 digits.
    let value: Int
    /// How many digits the run has.
    let digits: Int
    /// Whether the digits are Thai, which tells the Buddhist calendar.
    let isThai: Bool
    /// Whether the digits are not the European ones.
    let isNative: Bool
  }

  /// A word and what the lexicon has of it.
  struct Word {
    let start: Int
    let end: Int
    /// The entry in the lexicon; -1 for a word that has none.
    let entry: Int
  }

  /// A time of day.
  struct Time {
    var hour: Int
    var minute: Int
    var second: Int?
    var zone: CalendarDate.Zone?
    /// The byte after the time.
    var end: Int
  }

  let text: UnsafeBufferPointer<UInt8>
  let lexicon: DateLexicon
  /// The primary subtag of the text's language as `DateLexicon.languageCode` packs it; 0 if unknown.
  let language: UInt32
  /// Whether the month comes before the day in all-number dates; `nil` if the language does not tell.
  let isMonthFirst: Bool?

  /// The longest word that is read; the longest name of the lexicon is well below.
  private static let wordLimit = 40
  /// The most white space that may stand inside a date. Indentation of page source comes up to this.
  private static let spaceLimit = 80

  /// The byte at `position`; 0 outside the text.
  @inline(__always)
  func byte(_ position: Int) -> UInt8 {
    position >= 0 && position < text.count ? text[position] : 0
  }

  /// Whether a digit of any script begins at `position`.
  @inline(__always)
  func isDigit(at position: Int) -> Bool {
    guard position >= 0, position < text.count else { return false }
    return DateFolding.digit(DateFolding.scalar(text, position).value) != nil
  }

  /// Whether a digit of any script ends before `position`.
  func isDigit(before position: Int) -> Bool {
    guard position > 0, position <= text.count else { return false }
    return isDigit(at: DateFolding.before(text, position))
  }

  /// The number that begins at `position`, with all of its digits.
  func number(at position: Int) -> Number? {
    var end = position
    var value = 0
    var digits = 0
    var isThai = false
    var isNative = false
    while end < text.count {
      let (scalar, width) = DateFolding.scalar(text, end)
      guard let digit = DateFolding.digit(scalar) else { break }
      if scalar >= 0x80 { isNative = true }
      if scalar >= 0x0E50, scalar <= 0x0E59 { isThai = true }
      digits += 1
      value = digits <= 14 ? value * 10 + digit : 0
      end += width
    }
    guard digits > 0 else { return nil }
    return Number(
      start: position, end: end, value: value, digits: digits, isThai: isThai, isNative: isNative)
  }

  /// The number at `position` if it has `digits` digits.
  func number(at position: Int, digits: ClosedRange<Int>) -> Number? {
    guard position < text.count, let number = number(at: position), digits ~= number.digits else {
      return nil
    }
    return number
  }

  /// The position after white space and invisible marks.
  func skipSpace(_ position: Int) -> Int {
    var position = position
    let limit = min(text.count, position + Self.spaceLimit)
    while position < limit {
      let (scalar, width) = DateFolding.scalar(text, position)
      guard DateFolding.isSpace(scalar) else { break }
      position += width
    }
    return position
  }

  /// The position before white space and invisible marks that end before `position`.
  func skipSpaceBack(_ position: Int) -> Int {
    var position = position
    let limit = max(0, position - Self.spaceLimit)
    while position > limit {
      let start = DateFolding.before(text, position)
      guard DateFolding.isSpace(DateFolding.scalar(text, start).value) else { break }
      position = start
    }
    return position
  }

  /// The word that begins at `position`; `nil` where there is no letter. Never goes on past 40 characters.
  func word(at position: Int) -> Word? {
    guard position < text.count else { return nil }
    let (first, _) = DateFolding.scalar(text, position)
    guard DateFolding.isLetter(first) else { return nil }
    if DateFolding.isEastAsian(first) { return eastAsianWord(at: position) }
    var hash = DateLexicon.Hash()
    var end = position
    var length = 0
    var segment = 0
    var firstPart: (end: Int, hash: UInt64)?
    while end < text.count, length < Self.wordLimit {
      let (scalar, width) = DateFolding.scalar(text, end)
      if DateFolding.isLetter(scalar), !DateFolding.isEastAsian(scalar) {
        hash.add(scalar)
        end += width
        length += 1
        segment += 1
      } else if scalar == 0x2E, segment <= 3, isShortSegment(end + width) {
        // "p.m" and "ม.ค" are one word.
        if firstPart == nil { firstPart = (end, hash.value) }
        end += width
        segment = 0
      } else {
        break
      }
    }
    let entry = lexicon.find(text, position..<end, hash: hash.value)
    if entry < 0, let firstPart {
      // "Dec.By" is two words after all.
      let entry = lexicon.find(text, position..<firstPart.end, hash: firstPart.hash)
      return Word(start: position, end: firstPart.end, entry: entry)
    }
    return Word(start: position, end: end, entry: entry)
  }

  /// Whether one to three letters, then something else, begin at `position`.
  private func isShortSegment(_ position: Int) -> Bool {
    var position = position
    var length = 0
    while position < text.count, length <= 3 {
      let (scalar, width) = DateFolding.scalar(text, position)
      guard DateFolding.isLetter(scalar), !DateFolding.isEastAsian(scalar) else { break }
      length += 1
      position += width
    }
    return length > 0 && length <= 3
  }

  /// The longest beginning of at most six characters that the lexicon has, else the one character.
  private func eastAsianWord(at position: Int) -> Word {
    var hash = DateLexicon.Hash()
    var end = position
    var best: Word?
    for step in 0..<6 {
      guard end < text.count else { break }
      let (scalar, width) = DateFolding.scalar(text, end)
      guard DateFolding.isEastAsian(scalar) else { break }
      hash.add(scalar)
      end += width
      let entry = lexicon.find(text, position..<end, hash: hash.value)
      if entry >= 0 || step == 0 { best = Word(start: position, end: end, entry: entry) }
    }
    return best ?? Word(start: position, end: min(position + 1, text.count), entry: -1)
  }

  /// The word at `position` together with the next one ("كانون الأول", "a. m."); `nil` if unknown.
  func wordPair(_ first: Word) -> Word? {
    var next = first.end
    if byte(next) == UInt8(ascii: ".") { next += 1 }
    let gap = skipSpace(next)
    guard gap > first.end, gap - first.end <= 8, let second = word(at: gap) else { return nil }
    var hash = DateLexicon.Hash()
    var position = first.start
    while position < second.end {
      let (scalar, width) = DateFolding.scalar(text, position)
      hash.add(scalar)
      position += width
    }
    let entry = lexicon.find(text, first.start..<second.end, hash: hash.value)
    return entry < 0 ? nil : Word(start: first.start, end: second.end, entry: entry)
  }

  /// The word that ends before `position`. If the whole is unknown, its part from the last inner capital is
  /// tried, as flattened pages glue names to dates ("SmithDec 28, 2024").
  func word(before position: Int) -> Word? {
    var start = position
    var capital = -1
    var length = 0
    while start > 0, length < Self.wordLimit {
      let previous = DateFolding.before(text, start)
      let (scalar, _) = DateFolding.scalar(text, previous)
      let isInnerDot = scalar == 0x2E && length > 0 && length <= 3
      guard (DateFolding.isLetter(scalar) && !DateFolding.isEastAsian(scalar)) || isInnerDot else { break }
      start = previous
      length += 1
      if capital < 0, scalar >= 0x41, scalar <= 0x5A { capital = start }
    }
    guard start < position else { return nil }
    if let known = known(start..<position) { return known }
    if capital > start, let known = known(capital..<position) { return known }
    return Word(start: start, end: position, entry: -1)
  }

  /// The word that `range` is, if the lexicon has it.
  func known(_ range: Range<Int>) -> Word? {
    var hash = DateLexicon.Hash()
    var position = range.lowerBound
    while position < range.upperBound {
      let (scalar, width) = DateFolding.scalar(text, position)
      hash.add(scalar)
      position += width
    }
    let entry = lexicon.find(text, range, hash: hash.value)
    return entry < 0 ? nil : Word(start: range.lowerBound, end: range.upperBound, entry: entry)
  }

  /// What `word` is worth as a `kind` in this text's language.
  func value(_ word: Word, _ kind: DateLexicon.Kind) -> Int? {
    lexicon.value(word.entry, kind, language: language)
  }

  /// Whether `word` has `value` as a `kind` in any language.
  func has(_ word: Word, _ kind: DateLexicon.Kind, _ value: Int) -> Bool {
    lexicon.has(word.entry, kind, value)
  }
}
