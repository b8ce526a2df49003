/// Stamps that programs write: ISO 8601, RFC 2822, epochs, runs of digits.
extension DateParser {
  /// The date of a machine's stamp, from JSON-LD, `meta` or `time@datetime`.
  ///
  /// Reads all forms of ISO 8601 that name a day (calendar, ordinal and week dates, with and without
  /// separators), RFC 2822, what JavaScript prints, seconds and milliseconds since 1970 (10 and 13 digits), and
  /// anything that `mentions` reads. The epoch itself and the year 1 are what programs print for "none" and give
  /// `nil`.
  ///
  /// - Parameter language: decides `05/06/2024` as in `mentions`.
  package func parseISO(_ bytes: UnsafeBufferPointer<UInt8>, language: String? = nil) -> CalendarDate? {
    // A stamp is short; what is longer is a page in the wrong attribute.
    guard bytes.count <= 4096 else { return nil }
    let scanner = scanner(bytes, language)
    var start = scanner.skipSpace(0)
    while scanner.byte(start) == UInt8(ascii: "\"") || scanner.byte(start) == UInt8(ascii: "'") { start += 1 }
    let date = scanner.stamp(at: start) ?? parseText(scanner)
    if let date, date.year == 1970, date.month == 1, date.day == 1 { return nil }
    return date
  }

  private func parseText(_ scanner: DateScanner) -> CalendarDate? {
    mentions(scanner, limit: 1).first?.date
  }
}

extension DateScanner {
  /// The date of a stamp that begins at `position` with digits alone or with a year; `nil` for other forms.
  func stamp(at position: Int) -> CalendarDate? {
    guard let first = number(at: position) else { return nil }
    switch first.digits {
    case 4: return separatedStamp(first)
    case 7, 8, 10, 12, 13, 14: return compactStamp(first)
    default: return nil
    }
  }

  private func separatedStamp(_ year: Number) -> CalendarDate? {
    var end = year.end
    let hyphen = byte(end) == UInt8(ascii: "-")
    if hyphen { end += 1 }
    if byte(end) | 0x20 == UInt8(ascii: "w") { return weekStamp(year: year.value, at: end + 1) }
    guard hyphen else { return nil }
    if let ordinal = number(at: end, digits: 3...3), byte(ordinal.end) != UInt8(ascii: "-") {
      return ordinalDate(year: year.value, day: ordinal.value).map { withTime($0, at: ordinal.end) }
    }
    guard let month = number(at: end, digits: 1...2), byte(month.end) == UInt8(ascii: "-"),
      let day = number(at: month.end + 1, digits: 1...2),
      let date = CalendarDate(year: year.value, month: month.value, day: day.value)
    else { return nil }
    return withTime(date, at: day.end)
  }

  /// `2024-W52-6`, `2024W526`.
  private func weekStamp(year: Int, at position: Int) -> CalendarDate? {
    guard let week = number(at: position, digits: 2...3) else { return nil }
    var end = week.end
    var weekday = week.digits == 3 ? week.value % 10 : 0
    if week.digits == 2 {
      guard byte(end) == UInt8(ascii: "-"), let day = number(at: end + 1, digits: 1...1) else { return nil }
      weekday = day.value
      end = day.end
    }
    let count = week.digits == 3 ? week.value / 10 : week.value
    guard CalendarDate.plausibleYears.contains(year), 1...53 ~= count, 1...7 ~= weekday else { return nil }
    // Week 1 is the week of 4 January; 1970-01-01 was a Thursday.
    let fourth = DayCount.days(year: year, month: 1, day: 4)
    let monday = fourth - (fourth + 3 - DayCount.floorDivide(fourth + 3, 7) * 7)
    let civil = DayCount.civil(fromDays: monday + (count - 1) * 7 + weekday - 1)
    return CalendarDate(year: civil.year, month: civil.month, day: civil.day).map { withTime($0, at: end) }
  }

  private func ordinalDate(year: Int, day: Int) -> CalendarDate? {
    guard CalendarDate.plausibleYears.contains(year), day >= 1,
      day <= (CalendarDate.isLeap(year) ? 366 : 365)
    else { return nil }
    let civil = DayCount.civil(fromDays: DayCount.days(year: year, month: 1, day: 1) + day - 1)
    return CalendarDate(year: civil.year, month: civil.month, day: civil.day)
  }

  /// A stamp without separators, or an epoch.
  private func compactStamp(_ run: Number) -> CalendarDate? {
    let value = run.value
    switch run.digits {
    case 7: return ordinalDate(year: value / 1000, day: value % 1000).map { withTime($0, at: run.end) }
    case 8: return compactDay(value).map { withTime($0, at: run.end) }
    case 10: return CalendarDate(secondsSinceEpoch: value)
    case 13: return CalendarDate(secondsSinceEpoch: value / 1000)
    case 12: return compactDay(value / 10_000)?.withTime(value % 10_000, hasSeconds: false)
    default: return compactDay(value / 1_000_000)?.withTime(value % 1_000_000, hasSeconds: true)
    }
  }

  private func compactDay(_ value: Int) -> CalendarDate? {
    CalendarDate(year: value / 10_000, month: value / 100 % 100, day: value % 100)
  }

  /// The day with the time that follows at `position`, behind `T`, `t`, a space or other marks.
  private func withTime(_ date: CalendarDate, at position: Int) -> CalendarDate {
    let mark = byte(position)
    let isStamp = mark | 0x20 == UInt8(ascii: "t") || mark == UInt8(ascii: "_") || mark == UInt8(ascii: " ")
    guard isStamp else { return timeAfter(position).map { date.at($0) } ?? date }
    let start = skipSpace(position + 1)
    if let run = number(at: start), run.digits == 4 || run.digits == 6 {
      // The basic format, 082300.
      let hasSeconds = run.digits == 6
      guard let timed = date.withTime(run.value, hasSeconds: hasSeconds) else { return date }
      var time = Time(
        hour: timed.hour ?? 0, minute: timed.minute ?? 0, second: timed.second, zone: nil, end: run.end)
      if byte(run.end) == UInt8(ascii: "."), let fraction = number(at: run.end + 1, digits: 1...12) {
        time.end = fraction.end
      }
      readZone(&time, isStamp: true)
      return date.at(time)
    }
    if let time = time(at: start, isIntroduced: false, allowsDot: true, isStamp: true) {
      return date.at(time)
    }
    return timeAfter(position).map { date.at($0) } ?? date
  }
}

extension CalendarDate {
  /// The day with a time given as the number `hhmm` or `hhmmss`; `nil` if there is no such time.
  fileprivate func withTime(_ value: Int, hasSeconds: Bool) -> CalendarDate? {
    let minutes = hasSeconds ? value / 100 : value
    let date = CalendarDate(
      year: year, month: month, day: day, hour: minutes / 100, minute: minutes % 100,
      second: hasSeconds ? value % 100 : nil)
    return date?.hour == nil ? self : date
  }
}
