import WinnowCore

/// Times of day and zones.
extension DateScanner {
  /// The time that begins at `position`: `08:23`, `8.23am`, `8 p.m.`, `20h15`, `下午3:20`, `10시 5분`.
  ///
  /// - Parameters:
  ///   - isIntroduced: a word such as "at" stands before, so that a bare hour with its unit is enough.
  ///   - allowsDot: `20.15` counts. Only true next to a date, as it may be a price.
  ///   - isStamp: the time follows a `T`, so that `-05:00` is a zone and not the end of a time span.
  func time(at position: Int, isIntroduced: Bool, allowsDot: Bool, isStamp: Bool = false) -> Time? {
    var position = position
    var half: Int?
    if let word = word(at: position) {
      guard let value = value(word, .period) else { return nil }
      half = value
      position = skipSpace(word.end)
    }
    guard let hour = number(at: position, digits: 1...2), hour.value <= 24 else { return nil }
    var time = Time(hour: hour.value, minute: 0, second: nil, zone: nil, end: hour.end)
    var hasMinute = false
    var hasUnit = false
    if let colon = colon(hour.end), let minute = number(at: colon, digits: 2...2) {
      hasMinute = true
      time.minute = minute.value
      time.end = minute.end
    } else if byte(hour.end) == UInt8(ascii: "."), let minute = number(at: hour.end + 1, digits: 2...2) {
      let isPeriodNext = periodEnd(skipSpace(minute.end)) != nil
      guard (allowsDot && isFree(after: minute.end)) || isPeriodNext else { return nil }
      hasMinute = true
      time.minute = minute.value
      time.end = minute.end
    } else if let unit = word(at: skipSpace(hour.end)), has(unit, .unit, 4) {
      hasUnit = true
      time.end = unit.end
      let next = skipSpace(unit.end)
      if let minute = number(at: next, digits: 1...2), minute.value <= 59 {
        let minuteUnit = word(at: skipSpace(minute.end)).flatMap { has($0, .unit, 5) ? $0 : nil }
        if minute.digits == 2 || minuteUnit != nil {
          hasMinute = true
          time.minute = minute.value
          time.end = minuteUnit?.end ?? minute.end
        }
      }
    }
    guard time.minute <= 59, hasUnit || !isDigit(at: time.end) else { return nil }
    if hasMinute { readSeconds(&time, afterUnit: hasUnit) }

    let afterSpace = skipSpace(time.end)
    if let (value, end) = periodEnd(afterSpace) {
      half = value
      time.end = end
    } else if !hasMinute, half == nil {
      // "20h" and "20 Uhr" are times only where something says so; "3 h" may be an age.
      let isClock = word(at: afterSpace).map { has($0, .link, 4) } ?? false
      guard (hasUnit || isClock) && (isIntroduced || (hasUnit && isJoinedUnit(hour.end))) else { return nil }
    }
    if let half, time.hour <= 12 {
      if half == 12, time.hour < 12 { time.hour += 12 }
      if half == 0, time.hour == 12 { time.hour = 0 }
    }
    guard time.hour <= 23 else { return nil }
    if let clock = word(at: skipSpace(time.end)), has(clock, .link, 4) {
      time.end = byte(clock.end) == UInt8(ascii: ".") ? clock.end + 1 : clock.end
    }
    readZone(&time, isStamp: isStamp)
    return time
  }

  /// The position after a colon, also a full-width one.
  private func colon(_ position: Int) -> Int? {
    if byte(position) == UInt8(ascii: ":") { return position + 1 }
    if byte(position) == 0xEF, byte(position + 1) == 0xBC, byte(position + 2) == 0x9A { return position + 3 }
    return nil
  }

  /// Whether what follows a dotted time does not make it a price, a version or a date.
  private func isFree(after position: Int) -> Bool {
    let next = byte(position)
    if next == UInt8(ascii: "%") || isDigit(at: position) { return false }
    switch next {
    case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "/"): return !isDigit(at: position + 1)
    default: return true
    }
  }

  /// Whether a unit stands right behind the number or is East Asian, where spaces do not matter.
  private func isJoinedUnit(_ position: Int) -> Bool {
    if DateFolding.isLetter(position < text.count ? DateFolding.scalar(text, position).value : 0) {
      return true
    }
    let next = skipSpace(position)
    return next < text.count && DateFolding.isEastAsian(DateFolding.scalar(text, next).value)
  }

  private func readSeconds(_ time: inout Time, afterUnit: Bool) {
    if afterUnit {
      guard let second = number(at: skipSpace(time.end), digits: 1...2), second.value <= 60,
        let unit = word(at: skipSpace(second.end)), has(unit, .unit, 6)
      else { return }
      time.second = second.value
      time.end = unit.end
      return
    }
    guard let start = colon(time.end), let second = number(at: start, digits: 2...2), second.value <= 60
    else {
      return
    }
    time.second = second.value
    time.end = second.end
    let next = byte(time.end)
    if next == UInt8(ascii: ".") || next == UInt8(ascii: ","),
      let fraction = number(at: time.end + 1, digits: 1...12)
    {
      time.end = fraction.end
    }
  }

  /// The half of the day at `position` (0 or 12) and where its word ends.
  private func periodEnd(_ position: Int) -> (value: Int, end: Int)? {
    guard let first = word(at: position) else { return nil }
    var found = first
    var half = value(first, .period)
    if half == nil, let pair = wordPair(first), let value = value(pair, .period) {
      half = value
      found = pair
    }
    guard let half else { return nil }
    let isDotted = byte(found.end) == UInt8(ascii: ".") && !isDigit(at: found.end + 1)
    return (half, isDotted ? found.end + 1 : found.end)
  }

  /// Takes the zone that follows a time: `Z`, `+0100`, `GMT+1`, `(CET)`. An abbreviation of several zones is
  /// passed over without one.
  func readZone(_ time: inout Time, isStamp: Bool) {
    if byte(time.end) | 0x20 == UInt8(ascii: "z"), !isLetter(at: time.end + 1) {
      time.zone = .utc
      time.end += 1
      return
    }
    var position = skipSpace(time.end)
    if byte(position) == UInt8(ascii: "(") { position = skipSpace(position + 1) }
    let allowsMinus = isStamp || time.second != nil
    if let (offset, end) = offset(at: position, allowsHours: isStamp, allowsMinus: allowsMinus) {
      time.zone = .offset(offset)
      time.end = end
      return
    }
    guard let word = word(at: position), isWrittenAsZone(word), let minutes = value(word, .zone) else {
      return
    }
    time.end = word.end
    if minutes == 0, let (offset, end) = offset(at: skipSpace(word.end), allowsHours: true, allowsMinus: true)
    {
      time.zone = .offset(offset)
      time.end = end
    } else if minutes == 0 {
      time.zone = .utc
    } else if minutes != DateLexicon.unknownZone {
      time.zone = .offset(minutes)
    }
    if byte(time.end) == UInt8(ascii: ")") { time.end += 1 }
  }

  /// Whether a Latin letter stands at `position`.
  private func isLetter(at position: Int) -> Bool {
    byte(position).isASCIILetter
  }

  /// Abbreviations of zones are capitals; "pt" and "art" in small letters are other words.
  private func isWrittenAsZone(_ word: Word) -> Bool {
    for position in word.start..<word.end where text[position].isASCIISmall {
      return false
    }
    return true
  }

  /// The minutes of `+01:00`, `-0530`, `+1`. The minus sign U+2212 counts.
  private func offset(
    at position: Int, allowsHours: Bool, allowsMinus: Bool
  ) -> (minutes: Int, end: Int)? {
    var start = position
    var sign = 1
    switch byte(position) {
    case UInt8(ascii: "+"): start += 1
    case UInt8(ascii: "-"):
      sign = -1
      start += 1
    case 0xE2 where byte(position + 1) == 0x88 && byte(position + 2) == 0x92:
      sign = -1
      start += 3
    default: return nil
    }
    guard sign > 0 || allowsMinus, let first = number(at: start, digits: 1...4) else { return nil }
    var hours = first.value
    var minutes = 0
    var end = first.end
    if first.digits > 2 {
      hours = first.value / 100
      minutes = first.value % 100
    } else if byte(end) == UInt8(ascii: ":"), let second = number(at: end + 1, digits: 2...2) {
      minutes = second.value
      end = second.end
    } else if !allowsHours {
      return nil
    }
    guard hours <= 14, minutes <= 59 else { return nil }
    return (sign * (hours * 60 + minutes), end)
  }
}
