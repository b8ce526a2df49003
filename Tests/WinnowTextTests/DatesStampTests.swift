import Testing

@testable import WinnowText

/// Stamps of machines, URLs, date lines, and the calendar itself.
@Suite struct DatesStampTests {
  @Test(arguments: [
    ("2024-12-28", "2024-12-28"), ("2024-12-28T08:23", "2024-12-28T08:23"),
    ("2024-12-28T08:23:00Z", "2024-12-28T08:23:00Z"), ("2024-12-28T08:23:00.123Z", "2024-12-28T08:23:00Z"),
    ("2024-12-28T08:23:00+01:00", "2024-12-28T08:23:00+01:00"),
    ("2024-12-28T08:23:00+0200", "2024-12-28T08:23:00+02:00"),
    ("2024-12-28T08:23:00.000000-0530", "2024-12-28T08:23:00-05:30"),
    ("2024-12-28T08:23-05:00", "2024-12-28T08:23-05:00"),
    ("2024-12-28T08:23:00-05", "2024-12-28T08:23:00-05:00"),
    ("2024-12-28T08:23:00+00:00", "2024-12-28T08:23:00+00:00"),
    ("2024-12-28 08:23:00", "2024-12-28T08:23:00"), ("2024-12-28 08:23:00 UTC", "2024-12-28T08:23:00Z"),
    ("2024-12-28T08:23:00+01:00[Europe/Paris]", "2024-12-28T08:23:00+01:00"),
    ("20241228", "2024-12-28"), ("20241228T082300Z", "2024-12-28T08:23:00Z"),
    ("20241228T0823+0100", "2024-12-28T08:23+01:00"), ("20241228082300", "2024-12-28T08:23:00"),
    ("202412280823", "2024-12-28T08:23"), ("2024-363", "2024-12-28"), ("2024363", "2024-12-28"),
    ("2024-W52-6", "2024-12-28"), ("2024W526", "2024-12-28"), ("2025-W01-1", "2024-12-30"),
    ("1735374180", "2024-12-28T08:23:00Z"), ("1735374180000", "2024-12-28T08:23:00Z"),
    ("Sat, 28 Dec 2024 08:23:00 GMT", "2024-12-28T08:23:00Z"),
    ("Sat, 28 Dec 2024 08:23:00 +0100", "2024-12-28T08:23:00+01:00"),
    ("Sat Dec 28 2024 08:23:00 GMT+0100 (Central European Standard Time)", "2024-12-28T08:23:00+01:00"),
    ("Sat Dec 28 08:23:00 CET 2024", "2024-12-28T08:23:00+01:00"), ("2024/12/28 08:23", "2024-12-28T08:23"),
    ("December 28, 2024", "2024-12-28"), ("12/28/2024 8:23:00 PM", "2024-12-28T20:23:00"),
    (" \"2024-12-28\" ", "2024-12-28"), ("2024-12-28T24:00:00", "2024-12-28"),
    ("28.12.2024 08:23", "2024-12-28T08:23"),
    ("2024-1-5", "2024-01-05"), ("2024-12-28T23:59:60Z", "2024-12-28T23:59:59Z"),
  ])
  func readsStamp(_ text: String, _ expected: String) {
    #expect(DatesTests.stamp(text) == expected, "\(text)")
  }

  @Test(arguments: [
    "", "2024", "2024-12", "0001-01-01T00:00:00Z", "0000-00-00", "1970-01-01T00:00:00Z", "0000000000",
    "2023-02-29",
    "2024-W54-1", "2023-366", "20241328", "12345678", "now", "T08:23", "-",
  ])
  func refusesStamp(_ text: String) {
    #expect(DatesTests.stamp(text) == nil, "\(text)")
  }

  @Test(arguments: [
    ("https://example.org/2024/12/28/title", "2024-12-28"), ("https://example.org/2024/1/5/", "2024-01-05"),
    ("https://example.org/news/2024-12-28-title.html", "2024-12-28"), ("/2024/dec/28/title", "2024-12-28"),
    ("https://example.org/world/2024/december/28/x", "2024-12-28"),
    ("/a/20241228/t20241228_1.htm", "2024-12-28"),
    ("https://example.org/t20241228_123.html", "2024-12-28"), ("/2024-12/28/content_1.htm", "2024-12-28"),
    ("/202412/28/x", "2024-12-28"), ("/gn/2024/12-28/1.shtml", nil), ("/2024/1228/c1.html", "2024-12-28"),
    ("/news/article/A2024122808230000630", "2024-12-28"), ("/news/A2024122888230000630", nil),
    ("/article-20241228", "2024-12-28"), ("https://example.org/2024/12/", nil), ("/2024/13/28/", nil),
    ("/news/12345678/", nil), ("https://example.org/x?d=2024-12-28", nil), ("https://2024-12-28.org/x", nil),
    ("/920241228/", nil), ("/2024/12/28", "2024-12-28"), ("/id-12024/12/28/", nil), ("", nil),
    ("/1120241228111/", nil), ("/2023/10/3-questions/", nil), ("/t/2024-4-4-2024-5-0-issue/72", nil),
    ("/x-20241228105634-nt.html", "2024-12-28"), ("/cnt/dmf20241228_9", "2024-12-28"),
    ("/story_2024_12_28.html", "2024-12-28"),
  ])
  func readsURL(_ text: String, _ expected: String?) {
    #expect(DatesTests.url(text) == expected, "\(text)")
  }

  @Test(arguments: [
    ("Published: 28 December 2024", "2024-12-28"),
    ("Last updated on Saturday, December 28, 2024 8:23 pm ET", "2024-12-28T20:23"),
    ("28.12.2024", "2024-12-28"), ("发布时间：2024-12-28 15:20", "2024-12-28T15:20"),
    ("• 28 Dec 2024 | 08:23 GMT •", "2024-12-28T08:23Z"),
    ("Published 28 Dec 2024 Updated 29 Dec 2024", "2024-12-28"),
    ("Veröffentlicht am 28. Dezember 2024 um 10:05 Uhr", "2024-12-28T10:05"),
    ("The war began on 24 February 2022 with an attack on Kyiv", nil),
    ("By Ann Lee for the Herald, 28 Dec 2024", nil),
    ("1 Jan 2024, 2 Jan 2024, 3 Jan 2024", nil), ("Monday", nil), ("", nil),
  ])
  func tellsDateLine(_ text: String, _ expected: String?) {
    #expect(DatesTests.block(text) == expected, "\(text)")
  }

  @Test func knowsCalendar() {
    #expect(CalendarDate.isLeap(2024) && CalendarDate.isLeap(2000) && !CalendarDate.isLeap(1900))
    #expect(CalendarDate(year: 2023, month: 2, day: 29) == nil)
    #expect(CalendarDate(year: 1899, month: 1, day: 1) == nil)
    for days in stride(from: -20_000, to: 45_000, by: 1) {
      let civil = DayCount.civil(fromDays: days)
      #expect(DayCount.days(year: civil.year, month: civil.month, day: civil.day) == days)
    }
    let early = CalendarDate(year: 2024, month: 12, day: 28)
    let late = CalendarDate(year: 2024, month: 12, day: 28, hour: 8, minute: 23, zone: .offset(60))
    #expect(early.flatMap { first in late.map { first < $0 } } == true)
    #expect(late?.secondsSinceEpoch == 1_735_370_580)
    #expect(early?.secondsSinceEpoch == nil)
  }

  @Test(arguments: [
    (1402, 12, 29, 2024, 3, 19), (1403, 1, 1, 2024, 3, 20), (1403, 12, 30, 2025, 3, 20),
    (1357, 11, 22, 1979, 2, 11),
    (1399, 12, 30, 2021, 3, 20), (1403, 7, 1, 2024, 9, 22), (1300, 1, 1, 1921, 3, 21),
  ])
  func convertsSolarHijri(_ py: Int, _ pm: Int, _ pd: Int, _ year: Int, _ month: Int, _ day: Int) {
    let civil = DayCount.civil(persianYear: py, month: pm, day: pd)
    #expect(civil?.year == year && civil?.month == month && civil?.day == day)
  }

  @Test func refusesImpossibleSolarHijri() {
    #expect(DayCount.civil(persianYear: 1402, month: 12, day: 30) == nil)
    #expect(DayCount.civil(persianYear: 1403, month: 7, day: 31) == nil)
  }
}
