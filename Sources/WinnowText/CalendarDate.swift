/// A day of the Gregorian calendar, with the time of day and the zone as far as the page gives them.
package struct CalendarDate: Sendable, Hashable {
  /// The zone that a time was written in.
  package enum Zone: Sendable, Hashable {
    /// Written as `Z`, `UTC` or `GMT`.
    case utc
    /// Minutes east of UTC.
    case offset(Int)

    /// Minutes east of UTC; 0 for `utc`.
    package var minutes: Int {
      switch self {
      case .utc: 0
      case .offset(let minutes): minutes
      }
    }
  }

  /// The Gregorian year, 1900…2100.
  package let year: Int
  /// The month, 1…12.
  package let month: Int
  /// The day of the month, 1…31.
  package let day: Int
  /// The hour, 0…23; `nil` where the page gives only the day.
  package let hour: Int?
  /// The minute, 0…59; never `nil` where `hour` is not.
  package let minute: Int?
  /// The second, 0…59.
  package let second: Int?
  /// The zone; `nil` where unknown, or where there is no time.
  package let zone: Zone?

  /// The years that a page can be of. Anything else is a misread number.
  package static let plausibleYears = 1900...2100

  /// Makes a date.
  ///
  /// Returns `nil` for a day that does not exist or is not in `plausibleYears`. A time that does not exist is
  /// left out, as the day may still be right; a leap second becomes second 59.
  package init?(
    year: Int, month: Int, day: Int, hour: Int? = nil, minute: Int? = nil, second: Int? = nil,
    zone: Zone? = nil
  ) {
    guard Self.plausibleYears.contains(year), 1...12 ~= month,
      day >= 1, day <= Self.length(ofMonth: month, year: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    if let hour, 0...23 ~= hour, 0...59 ~= (minute ?? 0), 0...60 ~= (second ?? 0) {
      self.hour = hour
      self.minute = minute ?? 0
      self.second = minute == nil ? nil : second.map { min($0, 59) }
      self.zone = zone
    } else {
      self.hour = nil
      self.minute = nil
      self.second = nil
      self.zone = nil
    }
  }

  /// The moment that is `seconds` after 1970-01-01T00:00:00Z; `nil` outside `plausibleYears`.
  package init?(secondsSinceEpoch seconds: Int) {
    guard seconds > -3_000_000_000, seconds < 5_000_000_000 else { return nil }
    let days = DayCount.floorDivide(seconds, 86_400)
    let rest = seconds - days * 86_400
    let civil = DayCount.civil(fromDays: days)
    self.init(
      year: civil.year, month: civil.month, day: civil.day, hour: rest / 3600, minute: rest / 60 % 60,
      second: rest % 60, zone: .utc)
  }

  /// The date in ISO 8601 with the precision and the zone that are known and no more:
  /// `2024-12-28`, `2024-12-28T08:23`, `2024-12-28T08:23:00+01:00`, `2024-12-28T08:23:00Z`.
  package var iso8601: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(25)
    appendDay(to: &bytes)
    if let hour, let minute {
      bytes.append(UInt8(ascii: "T"))
      Self.append(hour, width: 2, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      Self.append(minute, width: 2, to: &bytes)
      if let second {
        bytes.append(UInt8(ascii: ":"))
        Self.append(second, width: 2, to: &bytes)
      }
      switch zone {
      case .utc: bytes.append(UInt8(ascii: "Z"))
      case .offset(let offset):
        bytes.append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        Self.append(abs(offset) / 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.append(abs(offset) % 60, width: 2, to: &bytes)
      case nil: break
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The day alone, `2024-12-28`, in the zone that the page wrote it in.
  package var isoDay: String {
    var bytes: [UInt8] = []
    appendDay(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The instant in seconds since 1970-01-01T00:00:00Z; `nil` without a time or a zone.
  package var secondsSinceEpoch: Int? {
    guard let hour, let minute, let zone else { return nil }
    return daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + (second ?? 0) - zone.minutes * 60
  }

  /// The whole days since 1970-01-01, to measure how far two dates are apart.
  package var daysSinceEpoch: Int { DayCount.days(year: year, month: month, day: day) }

  /// Whether February of `year` has 29 days.
  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The days in `month` (1…12) of `year`.
  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The same day with the time of day given.
  func at(_ time: DateScanner.Time) -> CalendarDate {
    CalendarDate(
      year: year, month: month, day: day, hour: time.hour, minute: time.minute, second: time.second,
      zone: time.zone) ?? self
  }

  private func appendDay(to bytes: inout [UInt8]) {
    Self.append(year, width: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    Self.append(month, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    Self.append(day, width: 2, to: &bytes)
  }

  private static func append(_ number: Int, width: Int, to bytes: inout [UInt8]) {
    var unit = 1
    for _ in 1..<width { unit *= 10 }
    while unit > 0 {
      bytes.append(UInt8(truncatingIfNeeded: 48 + number / unit % 10))
      unit /= 10
    }
  }
}

extension CalendarDate: Comparable {
  /// Orders by what is written: day, then time, then zone; an unknown part comes before a known one.
  ///
  /// Zones are not converted: a total order has to place dates without a zone too. Compare
  /// `secondsSinceEpoch` for instants.
  package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    if left.year != right.year { return left.year < right.year }
    if left.month != right.month { return left.month < right.month }
    if left.day != right.day { return left.day < right.day }
    if left.hour != right.hour { return (left.hour ?? -1) < (right.hour ?? -1) }
    if left.minute != right.minute { return (left.minute ?? -1) < (right.minute ?? -1) }
    if left.second != right.second { return (left.second ?? -1) < (right.second ?? -1) }
    return zoneRank(left.zone) < zoneRank(right.zone)
  }

  private static func zoneRank(_ zone: Zone?) -> Int {
    switch zone {
    case nil: -1_000_000
    case .utc: -500_000
    case .offset(let minutes): minutes
    }
  }
}

/// Conversions between calendars and a running count of days, of which 1970-01-01 is day 0.
enum DayCount {
  /// The quotient rounded towards minus infinity; `divisor` must be positive.
  static func floorDivide(_ number: Int, _ divisor: Int) -> Int {
    number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor)
  }

  /// The day number of a Gregorian date.
  static func days(year: Int, month: Int, day: Int) -> Int {
    // Years are counted from March, so that the leap day is the last of its year.
    let shifted = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let leapDays = floorDivide(shifted, 4) - floorDivide(shifted, 100) + floorDivide(shifted, 400)
    return shifted * 365 + leapDays + (monthFromMarch * 153 + 2) / 5 + day - 1 - 719_468
  }

  /// The Gregorian date of a day number.
  static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
    // A first guess from the mean length of a year is off by one at most.
    var year = 1970 + floorDivide(days * 400, 146_097)
    while self.days(year: year + 1, month: 1, day: 1) <= days { year += 1 }
    while self.days(year: year, month: 1, day: 1) > days { year -= 1 }
    var rest = days - self.days(year: year, month: 1, day: 1)
    var month = 1
    while rest >= CalendarDate.length(ofMonth: month, year: year) {
      rest -= CalendarDate.length(ofMonth: month, year: year)
      month += 1
    }
    return (year, month, rest + 1)
  }

  /// The years of the Solar Hijri calendar that are converted.
  static let persianYears = 1300...1450

  /// The Gregorian date of a day of the Solar Hijri calendar; `nil` if there is no such day.
  static func civil(persianYear year: Int, month: Int, day: Int) -> (year: Int, month: Int, day: Int)? {
    guard persianYears.contains(year), 1...12 ~= month, day >= 1 else { return nil }
    let length = month <= 6 ? 31 : (month < 12 || isPersianLeap(year)) ? 30 : 29
    guard day <= length else { return nil }
    // New Year 1403 was 2024-03-20.
    var count = days(year: 2024, month: 3, day: 20)
    var current = 1403
    while current < year {
      count += isPersianLeap(current) ? 366 : 365
      current += 1
    }
    while current > year {
      current -= 1
      count -= isPersianLeap(current) ? 366 : 365
    }
    count += month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30
    return civil(fromDays: count + day - 1)
  }

  /// The 33-year rule, which agrees with the observed equinox for all of `persianYears`.
  private static func isPersianLeap(_ year: Int) -> Bool {
    switch year % 33 {
    case 1, 5, 9, 13, 17, 22, 26, 30: true
    default: false
    }
  }
}
