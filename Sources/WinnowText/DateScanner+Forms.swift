/// The forms that the day, month and year are written in.
extension DateScanner {
  /// A date found in the text, still in the calendar it was written in.
  struct Found {
    var year: Int
    var month: Int
    var day: Int
    /// The first byte of the date.
    var start: Int
    /// The byte after the date.
    var end: Int
    /// Whether another reading of day and month would be possible too.
    var isAmbiguous = false
    /// Whether the month's name is of the Solar Hijri calendar.
    var isPersian = false
    /// Whether the date is written in Thai words or digits, which the Buddhist calendar goes with.
    var isThai = false
    /// Whether the digits are not the European ones.
    var isNative = false
    /// The time, where it stands inside the date.
    var time: Time?
  }

  private enum Code {
    static let thai = DateLexicon.languageCode("th")
    static let persian = DateLexicon.languageCode("fa")
    static let pashto = DateLexicon.languageCode("ps")
    static let hungarian = DateLexicon.languageCode("hu")
    static let yearFirst = ["ko", "ja", "zh", "hu"].map { DateLexicon.languageCode($0) }
    static let english = DateLexicon.languageCode("en")
  }

  /// The date that the number `number` belongs to: as its day, its year or the first of its numbers.
  func date(at number: Number) -> Found? {
    switch number.digits {
    case 1...3:
      if let era = era(before: number) {
        return yearFirst(number, year: number.value + era.years, start: era.start)
      }
      guard number.digits <= 2 else { return nil }
      return dayFirst(number) ?? numeric(number) ?? monthFirst(number)
    case 4:
      if let era = era(before: number),
        let found = yearFirst(number, year: number.value + era.years, start: era.start)
      {
        return found
      }
      return yearFirst(number, year: number.value, start: number.start)
    default: return nil
    }
  }

  /// The date in the Gregorian calendar; `nil` if there is no such day.
  func resolve(_ found: Found) -> CalendarDate? {
    var year = found.year
    let isPersian = found.isPersian || found.isNative || language == Code.persian || language == Code.pashto
    if isPersian, DayCount.persianYears.contains(year) {
      guard let day = DayCount.civil(persianYear: year, month: found.month, day: found.day) else {
        return nil
      }
      return CalendarDate(year: day.year, month: day.month, day: day.day)
    }
    if found.isPersian { return nil }
    if year >= 2443, year <= 2643, found.isThai || language == Code.thai { year -= 543 }
    return CalendarDate(year: year, month: found.month, day: found.day)
  }

  // MARK: Written months

  /// `28 December 2024`, `28. prosinca 2024.`, `28 de diciembre de 2024`, `28 tháng 12 năm 2024`.
  private func dayFirst(_ number: Number) -> Found? {
    guard 1...31 ~= number.value, startsFreely(number.start) else { return nil }
    var position = skipLinks(skipJoint(skipOrdinal(number.end)))
    guard let first = word(at: position) else { return nil }
    var found = Found(year: 0, month: 0, day: number.value, start: number.start, end: 0)
    if has(first, .unit, 2) {
      guard let month = self.number(at: skipSpace(first.end), digits: 1...2) else { return nil }
      found.month = month.value
      position = month.end
    } else {
      guard let name = monthName(first, into: &found) else { return nil }
      position = skipTwin(name)
    }
    return withYear(found, at: position, allowsJoined: true)
  }

  /// `December 28, 2024`, `Dec 28th '24`, `Dec 28 08:23:00 UTC 2024`.
  private func monthFirst(_ number: Number) -> Found? {
    guard 1...31 ~= number.value else { return nil }
    var position = skipSpaceBack(number.start)
    if [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/")].contains(byte(position - 1)) {
      position = skipSpaceBack(position - 1)
    }
    guard position > 0, let name = word(before: position) else { return nil }
    var found = Found(year: 0, month: 0, day: number.value, start: name.start, end: 0)
    guard monthName(name, into: &found) != nil else { return nil }
    position = skipOrdinal(number.end)
    // "Dec-28-24" is a date, "December 28-30" a span of days.
    let isJoined = byte(position) == byte(number.start - 1)
    if let dated = withYear(found, at: position, allowsJoined: isJoined) { return dated }
    guard let time = time(at: skipSpace(position), isIntroduced: false, allowsDot: false),
      let year = self.number(at: skipSpace(time.end), digits: 4...4)
    else { return nil }
    found.year = year.value
    found.end = year.end
    found.time = time
    return found
  }

  /// Sets the month and the calendar from a month's name; gives the name's word, which may be two words.
  private func monthName(_ first: Word, into found: inout Found) -> Word? {
    for candidate in [first, wordPair(first)] {
      guard let name = candidate else { continue }
      if let month = value(name, .month) {
        found.month = month
        found.isAmbiguous = lexicon.isDisputed(name.entry, .month, language: language)
        found.isThai = lexicon.belongs(name.entry, .month, to: Code.thai)
        return name
      }
      if let month = value(name, .persian) {
        found.month = month
        found.isPersian = true
        return name
      }
    }
    return nil
  }

  /// The position after a month's name and, behind a slash, its other name ("ديسمبر/كانون الأول").
  private func skipTwin(_ name: Word) -> Int {
    let slash = skipSpace(name.end)
    guard byte(slash) == UInt8(ascii: "/"), let first = word(at: skipSpace(slash + 1)) else {
      return name.end
    }
    if value(first, .month) != nil { return first.end }
    if let pair = wordPair(first), value(pair, .month) != nil { return pair.end }
    return name.end
  }

  /// Completes `found` with the year that follows at `position`; a year of two digits may follow a hyphen or
  /// slash if `allowsJoined`.
  private func withYear(_ found: Found, at position: Int, allowsJoined: Bool) -> Found? {
    var found = found
    let joint = byte(position)
    var start = skipJoint(position)
    if byte(start) == UInt8(ascii: ",") || isArabicComma(start) {
      start = skipSpace(start + (byte(start) == UInt8(ascii: ",") ? 1 : 2))
    }
    start = skipLinks(start)
    var years = 0
    if let word = word(at: start) {
      if let era = value(word, .era) {
        years = era
      } else if !has(word, .unit, 1) {
        return nil
      }
      start = skipSpace(byte(word.end) == UInt8(ascii: ".") ? word.end + 1 : word.end)
    }
    let apostrophe = apostropheEnd(start)
    guard let year = number(at: apostrophe ?? start, digits: 2...4), year.digits != 3 else { return nil }
    found.isThai = found.isThai || year.isThai
    if year.digits == 4 {
      guard !isClock(year.end) else { return nil }
      found.year = year.value + years
    } else {
      let isJoined = allowsJoined && (joint == UInt8(ascii: "-") || joint == UInt8(ascii: "/"))
      guard apostrophe != nil || isJoined || found.isThai || endsPart(year.end), !isClock(year.end) else {
        return nil
      }
      found.year = century(year.value, isThai: found.isThai)
    }
    found.isNative = year.isNative
    found.end = skipYearEnding(year.end)
    return found
  }

  /// `2024-12-28`, `2024/12/28`, `2024. 12. 28.`, `2024年12月28日`, `2024 December 28`, `2024-Dec-28`.
  private func yearFirst(_ number: Number, year: Int, start: Int) -> Found? {
    var found = Found(
      year: year, month: 0, day: 0, start: start, end: 0, isThai: number.isThai, isNative: number.isNative)
    if let separator = separator(at: number.end),
      let month = self.number(at: separator.end, digits: 1...2),
      let second = self.separator(at: month.end), second.byte == separator.byte,
      let day = self.number(at: second.end, digits: 1...2)
    {
      guard startsStrictly(number.start, separator.byte), endsStrictly(day.end) else { return nil }
      found.month = month.value
      found.day = day.value
      found.end = day.end
      return found
    }
    guard startsFreely(number.start) else { return nil }
    var position = skipSpace(number.end)
    if let unit = word(at: position), has(unit, .unit, 1) {
      position = skipSpace(byte(unit.end) == UInt8(ascii: ".") ? unit.end + 1 : unit.end)
      if let month = self.number(at: position, digits: 1...2) {
        guard let monthUnit = word(at: skipSpace(month.end)), has(monthUnit, .unit, 2),
          let day = self.number(at: skipSpace(monthUnit.end), digits: 1...2),
          let dayUnit = word(at: skipSpace(day.end)), has(dayUnit, .unit, 3)
        else { return nil }
        found.month = month.value
        found.day = day.value
        found.end = dayUnit.end
        return found
      }
    }
    if let dated = dayAfterYear(found, at: skipJoint(position)) { return dated }
    let isDotted = byte(position) == UInt8(ascii: ".")
    guard let first = word(at: skipJoint(position)), let name = monthName(first, into: &found),
      let day = self.number(at: skipJoint(name.end), digits: 1...2), !isClock(day.end)
    else { return nil }
    // "…until 2024. May 3 people" is the end of one sentence and the beginning of another.
    if isDotted, byte(day.end) != UInt8(ascii: "."), language != Code.hungarian { return nil }
    found.day = day.value
    found.end = day.end
    return found
  }

  /// `2024. gada 28. decembris`: completes `found` with the day and month behind the word after its year.
  private func dayAfterYear(_ found: Found, at position: Int) -> Found? {
    guard let unit = word(at: position), has(unit, .link, 3),
      let day = number(at: skipSpace(unit.end), digits: 1...2), 1...31 ~= day.value, !isClock(day.end),
      let first = word(at: skipJoint(day.end))
    else { return nil }
    var found = found
    guard let name = monthName(first, into: &found) else { return nil }
    // "2024 г. 28 мая 2025 г.": the date has a year of its own.
    guard number(at: skipSpace(name.end), digits: 4...4) == nil else { return nil }
    found.day = day.value
    found.end = name.end
    return found
  }

  // MARK: Numbers only

  /// `28.12.2024`, `28/12/24`, `12/28/2024`, `28-12-2024`.
  private func numeric(_ first: Number) -> Found? {
    guard let separator = separator(at: first.end),
      let second = number(at: separator.end, digits: 1...2),
      let other = self.separator(at: second.end), other.byte == separator.byte,
      let third = number(at: other.end, digits: 2...4), third.digits != 3,
      startsStrictly(first.start, separator.byte), endsStrictly(third.end)
    else { return nil }
    var found = Found(
      year: third.value, month: second.value, day: first.value, start: first.start, end: third.end,
      isThai: first.isThai, isNative: first.isNative)
    if third.digits == 2 {
      guard !separator.isSpaced, !other.isSpaced, !isClock(third.end) else { return nil }
      let areFull = first.digits == 2 && second.digits == 2
      let isDotLanguage = separator.byte == UInt8(ascii: ".") && language != 0 && language != Code.english
      // "10-15-20 years" is a choice of numbers.
      guard separator.byte != UInt8(ascii: "-") || second.value <= 12 else { return nil }
      guard areFull || separator.byte == UInt8(ascii: "/") || isDotLanguage else { return nil }
      if Code.yearFirst.contains(language), 1...12 ~= second.value, 1...31 ~= third.value {
        found.year = century(first.value, isThai: false)
        found.day = third.value
        return found
      }
      found.year = century(third.value, isThai: false)
    }
    guard separator.byte != UInt8(ascii: ".") || second.value > 12 else { return found }
    if second.value > 12 {
      guard first.value <= 12 else { return nil }
      found.month = first.value
      found.day = second.value
    } else if first.value <= 12, first.value != second.value {
      if isMonthFirst == true {
        found.month = first.value
        found.day = second.value
      }
      found.isAmbiguous = isMonthFirst != false
    }
    return found
  }

  /// The year of two digits: up to five decades ahead of 2000 belong to this century.
  private func century(_ value: Int, isThai: Bool) -> Int {
    if isThai { return value + 2500 }
    return value < 50 ? value + 2000 : value + 1900
  }

  /// The era whose word stands before `number` ("令和", "民國", "พ.ศ.") and the years it is behind.
  private func era(before number: Number) -> (years: Int, start: Int)? {
    let end = skipSpaceBack(number.start)
    guard end > 0, byte(end - 1) >= 0x80 else { return nil }
    // The era words that stand before a year have two characters each.
    let last = DateFolding.before(text, end)
    let start = last > 0 ? DateFolding.before(text, last) : last
    guard let word = known(start..<end), let years = value(word, .era) else { return nil }
    return (years, start)
  }
}
