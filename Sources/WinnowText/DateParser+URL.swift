import WinnowCore

/// Dates in the paths of URLs.
extension DateParser {
  /// The full date in a URL's path: `/2024/12/28/`, `/2024/dec/28/`, `/2024-12-28-…`, `/202412/28/`,
  /// `…-20241228`, `/A2024122808230000630`. Host, query and fragment are not looked at.
  package func dateInURL(_ url: UnsafeBufferPointer<UInt8>) -> CalendarDate? {
    let path = Self.path(url)
    // Ids can look like dates: the form with more separators wins, wherever it stands.
    return path.slashed(lexicon) ?? path.dashed() ?? path.compact()
  }

  private static func path(_ url: UnsafeBufferPointer<UInt8>) -> URLPath {
    var start = 0
    var end = min(url.count, 4096)
    for position in 0..<end where url[position] == UInt8(ascii: "?") || url[position] == UInt8(ascii: "#") {
      end = position
      break
    }
    var position = 0
    while position + 2 < end {
      if url[position] == UInt8(ascii: "/"), url[position + 1] == UInt8(ascii: "/") {
        start = position + 2
        while start < end, url[start] != UInt8(ascii: "/") { start += 1 }
        break
      }
      position += 1
    }
    return URLPath(bytes: UnsafeBufferPointer(rebasing: url[min(start, end)..<end]))
  }
}

/// The path of a URL and the ways a date is written in it.
private struct URLPath {
  let bytes: UnsafeBufferPointer<UInt8>

  /// Pages are not older than the web, and paths are full of numbers: fewer years count than elsewhere.
  private static let years = 1990...2049

  func slashed(_ lexicon: DateLexicon) -> CalendarDate? {
    let scanner = DateScanner(text: bytes, lexicon: lexicon, language: 0, isMonthFirst: nil)
    var position = 0
    while position < bytes.count {
      guard let year = run(position), year.digits == 4 || year.digits == 6, isBoundary(position - 1) else {
        position += max(1, run(position)?.digits ?? 1)
        continue
      }
      position = year.end
      if let date = slashedDate(year, scanner) { return date }
    }
    return nil
  }

  private func slashedDate(_ year: Run, _ scanner: DateScanner) -> CalendarDate? {
    let slash = UInt8(ascii: "/")
    if year.digits == 6 {
      guard byte(year.end) == slash, let day = run(year.end + 1), day.digits == 2 else { return nil }
      return date(year.value / 100, year.value % 100, day.value, end: day.end)
    }
    let mark = byte(year.end)
    guard mark == slash || mark == UInt8(ascii: "-") else { return nil }
    if let month = run(year.end + 1) {
      if month.digits == 4, mark == slash {
        return date(year.value, month.value / 100, month.value % 100, end: month.end)
      }
      guard month.digits <= 2, byte(month.end) == slash, let day = run(month.end + 1), day.digits <= 2 else {
        return nil
      }
      return dayOfSegment(year.value, month.value, day)
    }
    guard mark == slash, let name = scanner.word(at: year.end + 1),
      let month = scanner.value(name, .month), byte(name.end) == slash, let day = run(name.end + 1),
      day.digits <= 2
    else { return nil }
    return dayOfSegment(year.value, month, day)
  }

  /// The date if the day ends a segment: "/2023/10/3-questions-to…" is a title.
  private func dayOfSegment(_ year: Int, _ month: Int, _ day: Run) -> CalendarDate? {
    byte(day.end) == UInt8(ascii: "-") ? nil : date(year, month, day.value, end: day.end)
  }

  func dashed() -> CalendarDate? {
    var position = 0
    while position < bytes.count {
      guard let year = run(position) else {
        position += 1
        continue
      }
      position = year.end
      let mark = byte(year.end)
      guard year.digits == 4, mark == UInt8(ascii: "-") || mark == UInt8(ascii: "_"),
        let month = run(year.end + 1), month.digits == 2, byte(month.end) == mark,
        let day = run(month.end + 1), day.digits == 2,
        let date = date(year.value, month.value, day.value, end: day.end)
      else { continue }
      return date
    }
    return nil
  }

  func compact() -> CalendarDate? {
    var position = 0
    while position < bytes.count {
      guard let run = run(position) else {
        position += 1
        continue
      }
      position = run.end
      let day: Int
      switch run.digits {
      case 8: day = run.value
      case 12 where run.value / 100 % 100 < 24 && run.value % 100 < 60: day = run.value / 10_000
      case 14 where run.value / 10_000 % 100 < 24 && run.value / 100 % 100 < 60 && run.value % 100 < 60:
        day = run.value / 1_000_000
      // "A2024122808230000630": day, hour and minute, and a number.
      case 15...24 where run.value / 10_000 % 100 < 24 && run.value / 100 % 100 < 60:
        day = run.value / 1_000_000
      default: continue
      }
      if let date = date(day / 10_000, day / 100 % 100, day % 100, end: run.end) { return date }
    }
    return nil
  }

  private struct Run {
    let value: Int
    let digits: Int
    let end: Int
  }

  private func byte(_ position: Int) -> UInt8 {
    position >= 0 && position < bytes.count ? bytes[position] : UInt8(ascii: "/")
  }

  /// The run of ASCII digits at `position`; its value is that of the first 14.
  private func run(_ position: Int) -> Run? {
    var end = position
    var value = 0
    while end < bytes.count, bytes[end] >= 48, bytes[end] <= 57 {
      if end - position < 14 { value = value * 10 + Int(bytes[end]) - 48 }
      end += 1
    }
    return end > position ? Run(value: value, digits: end - position, end: end) : nil
  }

  private func isBoundary(_ position: Int) -> Bool {
    switch byte(position) {
    case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: false
    }
  }

  private func date(_ year: Int, _ month: Int, _ day: Int, end: Int) -> CalendarDate? {
    let next = byte(end)
    guard Self.years.contains(year), !(next.isASCIILetter && next != 0x54) else {
      return nil
    }
    return CalendarDate(year: year, month: month, day: day)
  }
}
