/// A date in a text.
package struct DateMention: Sendable, Hashable {
  /// The bytes of the text that the date takes, with its weekday, time and zone.
  package let range: Range<Int>
  /// The date.
  package let date: CalendarDate
  /// Whether day and month could be the other way round, or the month's name is one of two months. Always with
  /// the likelier reading in `date`.
  package let ambiguousOrder: Bool
}

/// Reads dates of about sixty languages: in visible text, in the stamps of markup and in URLs.
///
/// A date without a year is never reported. Names of months count in any language; the language of the page
/// decides only what is open otherwise.
package struct DateParser: Sendable {
  let lexicon: DateLexicon

  /// Builds the lexicon from the data file of names (`dates.cldr`). The bytes are not needed afterwards.
  package init(names: UnsafeBufferPointer<UInt8>) {
    lexicon = DateLexicon(names)
  }

  /// The dates of a text, in their order, at most `limit`.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8; malformed bytes are passed over.
  ///   - language: a BCP 47 tag. `en`, `en-US` and `en-PH` put the month first in `05/06/2024`.
  ///   - limit: the number of dates after which to stop.
  package func mentions(
    in bytes: UnsafeBufferPointer<UInt8>, language: String?, limit: Int
  ) -> [DateMention] {
    mentions(scanner(bytes, language), limit: limit)
  }

  /// A scanner over `bytes` for a BCP 47 tag.
  func scanner(_ bytes: UnsafeBufferPointer<UInt8>, _ language: String?) -> DateScanner {
    DateScanner(
      text: bytes, lexicon: lexicon, language: DateLexicon.languageCode(language),
      isMonthFirst: Self.isMonthFirst(language))
  }

  /// Whether a language writes the month first in all-number dates; `nil` without a language.
  private static func isMonthFirst(_ language: String?) -> Bool? {
    guard var tag = language, !tag.isEmpty else { return nil }
    return tag.withUTF8 { bytes in
      guard bytes.count >= 2, bytes[0] | 0x20 == UInt8(ascii: "e"), bytes[1] | 0x20 == UInt8(ascii: "n")
      else {
        return false
      }
      guard bytes.count >= 5 else { return bytes.count == 2 }
      let region = (bytes[3] | 0x20, bytes[4] | 0x20)
      return bytes.count == 5
        && (region == (UInt8(ascii: "u"), UInt8(ascii: "s"))
          || region == (UInt8(ascii: "p"), UInt8(ascii: "h")))
    }
  }

  /// The dates that `scanner` finds. Every date holds a digit, so only digits are looked at closely.
  func mentions(_ scanner: DateScanner, limit: Int) -> [DateMention] {
    var found: [DateMention] = []
    guard limit > 0 else { return found }
    let text = scanner.text
    var pending: (start: Int, time: DateScanner.Time)?
    var position = 0
    while position < text.count {
      guard Self.mayBeginDigit(text[position]), let number = scanner.number(at: position) else {
        position += 1
        continue
      }
      position = number.end
      guard number.digits <= 4 else { continue }
      if let day = scanner.date(at: number), let date = scanner.resolve(day) {
        let mention = scanner.complete(day, date: date, pending: pending)
        found.append(mention)
        if found.count == limit { return found }
        position = max(number.end, mention.range.upperBound)
        pending = nil
      } else if number.digits <= 2,
        let time = scanner.time(at: number.start, isIntroduced: false, allowsDot: false)
      {
        pending = (number.start, time)
        position = max(number.end, time.end)
      }
    }
    return found
  }

  /// Whether a digit of one of the scripts in `DateFolding.digit` can begin with this byte.
  @inline(__always)
  private static func mayBeginDigit(_ byte: UInt8) -> Bool {
    if byte < 0x80 { return byte >= 48 && byte <= 57 }
    return byte == 0xD9 || byte == 0xDB || byte == 0xE0 || byte == 0xE1 || byte == 0xEF
  }
}

extension DateScanner {
  /// The mention of a day, with the time after it or before it and the weekday before it.
  func complete(_ found: Found, date: CalendarDate, pending: (start: Int, time: Time)?) -> DateMention {
    var range = found.start..<max(found.start, found.end)
    var time = found.time
    if time == nil, let after = timeAfter(found.end) {
      time = after
      range = range.lowerBound..<max(range.upperBound, after.end)
    }
    range = startWithWeekday(range.lowerBound)..<range.upperBound
    if time == nil, let pending, found.start - pending.time.end <= 60,
      gap(pending.time.end, to: range.lowerBound).end == range.lowerBound
    {
      time = pending.time
      range = pending.start..<range.upperBound
    }
    return DateMention(
      range: range, date: time.map { date.at($0) } ?? date, ambiguousOrder: found.isAmbiguous)
  }

  /// The time that follows a day which ends at `position`.
  func timeAfter(_ position: Int) -> Time? {
    let gap = gap(position, to: text.count)
    return time(
      at: gap.end, isIntroduced: gap.isIntroduced, allowsDot: gap.end > position, isStamp: gap.isStamp)
  }

  /// Passes over what may stand between a day and a time: marks, weekdays, words like "at" and "г.".
  func gap(_ position: Int, to limit: Int) -> (end: Int, isIntroduced: Bool, isStamp: Bool) {
    if byte(position) == UInt8(ascii: "T"), isDigit(at: position + 1) { return (position + 1, false, true) }
    var end = position
    var isIntroduced = false
    var words = 0
    while end < limit, end - position <= 60 {
      let (scalar, width) = DateFolding.scalar(text, end)
      if DateFolding.isSpace(scalar) || Self.isGapMark(scalar) {
        end += width
        continue
      }
      guard words < 5, let word = word(at: end), word.end <= limit, isGapWord(word) else { break }
      if has(word, .link, 2) { isIntroduced = true }
      words += 1
      end = word.end
    }
    return (end, isIntroduced, false)
  }

  private func isGapWord(_ word: Word) -> Bool {
    if value(word, .period) != nil, isDigit(at: skipSpace(word.end)) { return false }
    return value(word, .weekday) != nil || value(word, .link) != nil || has(word, .unit, 3)
  }

  private static func isGapMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2C, 0x2E, 0x2D, 0x2F, 0x7C, 0x40, 0x28, 0x29, 0x5B, 0x5D, 0x3A, 0x3B, 0x2A, 0xB7, 0x2010...0x2015,
      0x2022, 0x2027, 0x2219, 0x22C5, 0x2212, 0x25CF, 0x060C, 0x3001, 0xFF0C, 0xFF08, 0xFF09, 0xFF1A, 0xFF5C,
      0x30FB:
      true
    default: false
    }
  }

  /// The start of the weekday before `position`, or `position`.
  private func startWithWeekday(_ position: Int) -> Int {
    var end = skipSpaceBack(position)
    var hasMark = end < position
    for _ in 0..<2 where end > 0 {
      let start = DateFolding.before(text, end)
      let (scalar, _) = DateFolding.scalar(text, start)
      guard scalar == 0x2C || scalar == 0x2E || scalar == 0x060C else { break }
      hasMark = true
      end = skipSpaceBack(start)
    }
    guard hasMark, end > 0, let word = word(before: end), value(word, .weekday) != nil else {
      return position
    }
    // In other languages than its own a weekday of two letters is another word ("on").
    let isOwn = lexicon.belongs(word.entry, .weekday, to: language)
    return isOwn || word.end - word.start > 2 ? word.start : position
  }
}
