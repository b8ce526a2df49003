import Foundation
import Testing

@testable import WinnowText

/// Dates in visible text, in one table a family of forms.
@Suite struct DatesTests {
  static let parser: DateParser = {
    let file = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/CWinnowData/lexicon/dates.cldr")
    let bytes = (try? Data(contentsOf: file)).map { [UInt8]($0) } ?? []
    return bytes.withUnsafeBufferPointer { DateParser(names: $0) }
  }()

  static func mentions(_ text: String, _ language: String? = nil, limit: Int = 10) -> [DateMention] {
    Array(text.utf8).withUnsafeBufferPointer { parser.mentions(in: $0, language: language, limit: limit) }
  }

  static func first(_ text: String, _ language: String? = nil) -> String? {
    mentions(text, language).first?.date.iso8601
  }

  static func stamp(_ text: String, _ language: String? = nil) -> String? {
    Array(text.utf8).withUnsafeBufferPointer { parser.parseISO($0, language: language)?.iso8601 }
  }

  static func url(_ text: String) -> String? {
    Array(text.utf8).withUnsafeBufferPointer { parser.dateInURL($0)?.iso8601 }
  }

  static func block(_ text: String, _ language: String? = nil) -> String? {
    Array(text.utf8).withUnsafeBufferPointer { parser.isOnlyDate($0, language: language)?.iso8601 }
  }

  @Test(arguments: [
    // Language, text: all are 28 December 2024.
    ("en", "28 December 2024"), ("en", "December 28, 2024"), ("en", "Dec. 28th, 2024"),
    ("en", "the 28th of December, 2024"), ("en", "Saturday, December 28 2024"), ("en", "28-Dec-2024"),
    ("en", "28 Dec 24"), ("en", "Dec 28 '24"), ("en", "2024 December 28"), ("en", "2024-Dec-28"),
    ("en", "SAT 28 DEC 2024"), ("en", "Dec-28-2024"), ("en", "Dec 28,2024"), ("en", "Dec 28 th , 2024"),
    ("en", "Dec.28,2024"),
    ("de", "Samstag, 28. Dezember 2024"), ("de", "28. Dez. 2024"), ("de", "28.12.2024"), ("de", "28.12.24"),
    ("fr", "samedi 28 décembre 2024"), ("fr", "28 déc. 2024"), ("fr", "28/12/2024"),
    ("es", "28 de diciembre de 2024"), ("es", "28 dic. 2024"), ("es", "diciembre 28 de 2024"),
    ("es", "28 de diciembre del 2024"), ("pt", "28 de dezembro de 2024"), ("pt", "28 dez 2024"),
    ("it", "28 dicembre 2024"), ("it", "sabato 28 dic 2024"), ("nl", "zaterdag 28 december 2024"),
    ("nl", "28-12-2024"), ("pl", "28 grudnia 2024 r."), ("pl", "28 gru 2024"), ("ru", "28 декабря 2024 года"),
    ("ru", "28 дек. 2024 г."), ("uk", "28 грудня 2024 року"), ("uk", "28 грудня 2024 р."),
    ("sr", "28. децембар 2024."), ("sr", "28. decembar 2024."), ("hr", "28. prosinca 2024."),
    ("bs", "28. decembra 2024."), ("tr", "28 Aralık 2024 Cumartesi"), ("ar", "28 ديسمبر 2024"),
    ("ar", "٢٨ ديسمبر ٢٠٢٤"), ("ar", "28 كانون الأول 2024"), ("ar", "28 ديسمبر/كانون الأول 2024"),
    ("ar", "السبت، 28 ديسمبر، 2024"), ("fa", "۸ دی ۱۴۰۳"), ("fa", "شنبه ۸ دی ۱۴۰۳"), ("fa", "۱۴۰۳/۱۰/۰۸"),
    ("fa", "۲۸ دسامبر ۲۰۲۴"), ("hi", "28 दिसंबर 2024"), ("hi", "२८ दिसम्बर २०२४"), ("zh", "2024年12月28日"),
    ("zh", "2024 年 12 月 28 日"), ("zh", "民國113年12月28日"), ("zh", "２０２４年１２月２８日"),
    ("ja", "2024年12月28日（土）"), ("ja", "令和6年12月28日"), ("ja", "2024/12/28"), ("ko", "2024년 12월 28일"),
    ("ko", "2024. 12. 28."), ("ko", "2024.12.28"), ("ko", "24.12.28"), ("id", "Sabtu, 28 Desember 2024"),
    ("id", "28 Des 2024"), ("cs", "28. prosince 2024"), ("cs", "28. 12. 2024"), ("sk", "28. decembra 2024"),
    ("ro", "28 decembrie 2024"), ("hu", "2024. december 28."), ("hu", "2024. 12. 28."),
    ("hu", "2024. december 28-án"), ("sv", "28 december 2024"), ("sv", "2024-12-28"), ("da", "28. dec. 2024"),
    ("nb", "28. desember 2024"), ("fi", "28. joulukuuta 2024"), ("fi", "la 28.12.2024"),
    ("el", "28 Δεκεμβρίου 2024"), ("el", "ΣΑΒΒΑΤΟ 28 ΔΕΚΕΜΒΡΙΟΥ 2024"), ("bg", "28 декември 2024 г."),
    ("he", "28 בדצמבר 2024"), ("he", "28 דצמבר 2024"), ("vi", "28 tháng 12 năm 2024"),
    ("vi", "Thứ bảy, ngày 28 tháng 12 năm 2024"), ("vi", "28 tháng 12, 2024"), ("th", "28 ธันวาคม 2567"),
    ("th", "28 ธ.ค. 2567"), ("th", "28 ธ.ค. 67"), ("th", "๒๘ ธันวาคม พ.ศ. ๒๕๖๗"), ("th", "28/12/2567"),
    ("ca", "28 de desembre de 2024"), ("bn", "২৮ ডিসেম্বর ২০২৪"), ("bn", "২৮ ডিসেম্বর, ২০২৪"),
    ("ta", "28 டிசம்பர் 2024"), ("sl", "28. december 2024"), ("lt", "2024 m. gruodžio 28 d."),
    ("et", "28. detsember 2024"), ("is", "28. desember 2024"), ("nb", "lørdag 28. desember 2024"),
    ("nb", "28. des. 2024"), ("nn", "laurdag 28. desember 2024"), ("da", "lørdag den 28. december 2024"),
    ("fi", "lauantai 28. joulukuuta 2024"), ("sk", "sobota 28. decembra 2024"), ("sk", "28. 12. 2024"),
    ("sl", "sobota, 28. decembra 2024"), ("sl", "28. 12. 2024"), ("ca", "dissabte, 28 de desembre del 2024"),
    ("ca", "28 des. 2024"), ("lt", "2024-12-28"), ("lt", "2024 m. gruodžio 28 d., šeštadienis"),
    ("lv", "2024. gada 28. decembris"), ("lv", "sestdiena, 2024. gada 28. decembrī"),
    ("lv", "28. decembris, 2024"), ("et", "28. dets 2024"), ("is", "laugardagur 28. desember 2024"),
    ("af", "28 Desember 2024"), ("af", "Saterdag, 28 Des. 2024"), ("ms", "28 Disember 2024"),
    ("ms", "Sabtu, 28 Dis 2024"), ("sw", "28 Desemba 2024"), ("sw", "Jumamosi, Desemba 28, 2024"),
    ("bn", "শনিবার, ২৮ ডিসেম্বর ২০২৪"), ("ur", "28 دسمبر 2024"), ("ur", "28 دسمبر 2024ء"),
    ("ur", "ہفتہ، 28 دسمبر 2024"), ("gl", "28 de decembro de 2024"), ("mk", "28 декември 2024"),
    ("sq", "28 dhjetor 2024"), ("az", "28 dekabr 2024"), ("ka", "28 დეკემბერი, 2024"),
    ("hy", "28 դեկտեմբերի, 2024"), ("hy", "28 դեկտեմբերի 2024 թ."),
  ])
  func readsDay(_ language: String, _ text: String) {
    #expect(Self.first(text, language) == "2024-12-28", "\(language): \(text)")
    #expect(Self.first("«\(text)»", language) == "2024-12-28", "\(language), quoted: \(text)")
  }

  @Test(arguments: [
    ("1 mars 2024", "2024-03-01"), ("le 1er août 2024", "2024-08-01"), ("1º de março de 2023", "2023-03-01"),
    ("5 d’abril de 2024", "2024-04-05"), ("3 sept. 2024", "2024-09-03"), ("7 juil. 2022", "2022-07-07"),
    ("4 серпня 2023", "2023-08-04"), ("9 мая 2023", "2023-05-09"), ("12 Ağustos 2023", "2023-08-12"),
    ("15 Μαΐου 2023", "2023-05-15"), ("1 Mart 2024", "2024-03-01"), ("29 February 2024", "2024-02-29"),
    ("2 جوان 2024", "2024-06-02"), ("۳۰ اسفند ۱۴۰۳", "2025-03-20"), ("۱ فروردین ۱۴۰۴", "2025-03-21"),
    ("১ জানুয়ারি ২০২৫", "2025-01-01"), ("3 มี.ค. 2566", "2023-03-03"), ("11 مارس 2021", "2021-03-11"),
  ])
  func readsDayWithoutLanguage(_ text: String, _ expected: String) {
    #expect(Self.first(text) == expected, "\(text)")
  }

  @Test(arguments: [
    ("en", "December 28, 2024 at 8:23 pm", "2024-12-28T20:23"),
    ("en", "28 December 2024 8.23am", "2024-12-28T08:23"),
    ("en", "Dec 28, 2024 3:20 p.m. ET", "2024-12-28T15:20"),
    ("en", "Dec 28, 2024, 3:20 PM EST", "2024-12-28T15:20-05:00"),
    ("en", "08:23 GMT, 28 December 2024", "2024-12-28T08:23Z"),
    ("en", "8:23 PM · Dec 28, 2024", "2024-12-28T20:23"),
    ("en", "Updated 10:15 AM EDT, Sat July 6, 2024", "2024-07-06T10:15-04:00"),
    ("en", "28 Dec 2024 | 20:15 IST", "2024-12-28T20:15"),
    ("en", "28 December 2024 - 8pm", "2024-12-28T20:00"),
    ("en", "2024-12-28 08:23:45 +0100", "2024-12-28T08:23:45+01:00"),
    ("en", "Sat Dec 28 08:23:00 UTC 2024", "2024-12-28T08:23:00Z"),
    ("en", "Dec 28, 2024 12:05 a.m.", "2024-12-28T00:05"),
    ("de", "28.12.2024, 20:15 Uhr", "2024-12-28T20:15"),
    ("de", "28. Dezember 2024 um 20.15 Uhr", "2024-12-28T20:15"),
    ("de", "28.12.2024 um 20 Uhr", "2024-12-28T20:00"),
    ("fr", "le 28 décembre 2024 à 20h15", "2024-12-28T20:15"),
    ("fr", "28/12/2024 20 h 15", "2024-12-28T20:15"), ("fr", "28/12/2024 à 20h", "2024-12-28T20:00"),
    ("es", "28 de diciembre de 2024 a las 10:05 a. m.", "2024-12-28T10:05"),
    ("es", "28/12/2024 - 20:15 CET", "2024-12-28T20:15+01:00"),
    ("pt", "28/12/2024 às 10h05", "2024-12-28T10:05"),
    ("it", "28 dicembre 2024 alle 10:05", "2024-12-28T10:05"),
    ("fi", "28.12.2024 klo 8.23", "2024-12-28T08:23"), ("da", "28. dec. 2024 kl. 08.23", "2024-12-28T08:23"),
    ("pl", "28 grudnia 2024 r., godz. 10:05", "2024-12-28T10:05"),
    ("uk", "28 грудня 2024 р., 10:05", "2024-12-28T10:05"),
    ("ru", "28 декабря 2024 года в 10:05", "2024-12-28T10:05"),
    ("id", "Sabtu, 28 Des 2024 10:05 WIB", "2024-12-28T10:05+07:00"),
    ("ko", "2024년 12월 28일 오후 3:20", "2024-12-28T15:20"), ("ko", "2024.12.28. 오전 10:05", "2024-12-28T10:05"),
    ("ko", "2024년 12월 28일 10시 5분", "2024-12-28T10:05"), ("zh", "2024-12-28 下午3:20", "2024-12-28T15:20"),
    ("zh", "2024年12月28日 15:20", "2024-12-28T15:20"), ("zh", "2024年12月28日15时20分", "2024-12-28T15:20"),
    ("zh", "2024年12月28日星期六 晚上8点15分", "2024-12-28T20:15"),
    ("ja", "2024年12月28日（土）午後3時20分", "2024-12-28T15:20"),
    ("ja", "2024年12月28日 15時20分30秒", "2024-12-28T15:20:30"), ("vi", "28/12/2024 10:05", "2024-12-28T10:05"),
    ("vi", "10:05, 28/12/2024", "2024-12-28T10:05"), ("th", "28 ธ.ค. 2567 เวลา 10:05 น.", "2024-12-28T10:05"),
    ("ar", "28/12/2024 10:05 م", "2024-12-28T22:05"), ("el", "28/12/2024 10:05 μ.μ.", "2024-12-28T22:05"),
    ("hu", "2024. december 28. 20:15", "2024-12-28T20:15"), ("tr", "28.12.2024 - 10:05", "2024-12-28T10:05"),
    ("cs", "28. prosince 2024 v 10:05", "2024-12-28T10:05"), ("fa", "۸ دی ۱۴۰۳ - ۱۰:۰۵", "2024-12-28T10:05"),
    ("nb", "28. desember 2024 kl. 10:05", "2024-12-28T10:05"),
    ("nn", "28. desember 2024 kl. 10.05", "2024-12-28T10:05"),
    ("hu", "2024. december 28. szombat, 10:05", "2024-12-28T10:05"),
    ("sk", "28. decembra 2024 o 10:05", "2024-12-28T10:05"),
    ("sl", "28. december 2024 ob 10.05", "2024-12-28T10:05"),
    ("ca", "28 de desembre de 2024 a les 10:05", "2024-12-28T10:05"),
    ("lt", "2024 m. gruodžio 28 d. 10:05", "2024-12-28T10:05"),
    ("lv", "2024. gada 28. decembris, 10:05", "2024-12-28T10:05"),
    ("et", "28. detsember 2024 kell 10.05", "2024-12-28T10:05"),
    ("is", "28. desember 2024 kl. 10:05", "2024-12-28T10:05"),
    ("af", "28 Desember 2024 om 10:05", "2024-12-28T10:05"),
    ("ms", "28 Disember 2024 10:05 am", "2024-12-28T10:05"),
    ("sw", "28 Desemba 2024, 10:05", "2024-12-28T10:05"),
    ("bn", "২৮ ডিসেম্বর ২০২৪, ১০:০৫", "2024-12-28T10:05"), ("bn", "২৮ ডিসেম্বর ২০২৪, ১০:০৫ পিএম", "2024-12-28T22:05"),
    ("ur", "28 دسمبر 2024، 10:05", "2024-12-28T10:05"),
    ("de", "28.12.24 — 13.12.25", "2024-12-28"),
    ("he", "28/12/2024, 10:05", "2024-12-28T10:05"), ("bg", "28.12.2024 г. 10:05 ч.", "2024-12-28T10:05"),
  ])
  func readsTime(_ language: String, _ text: String, _ expected: String) {
    #expect(Self.first(text, language) == expected, "\(language): \(text)")
  }

  @Test(arguments: [
    "Tickets cost 12.50 or 1.234.567 euro", "Call 06.12.34.56.78 or 555-12-2024", "Call +1 202 555 0143",
    "Version 1.28.12.2024", "v1.2.2024", "Python 3.12.24", "Server 192.168.10.12 and 10.12.20.24",
    "won 3-2-1",
    "a score of 3:2 in 2024", "the season 2023/24", "in December 2024", "28 December", "May 2024",
    "31 February 2024", "29/02/2023", "32.12.2024", "28.13.2024", "2024-13-28", "$12/28/2024",
    "at 10:30 on 5 May",
    "20 of 24", "12/2024", "2024/12", "1/2", "5 men in 2024", "https://example.org/2024/12/28/x",
    "December 28-30, 2024", "28 Dec 08:23", "28 December 1745", "28.12.3024", "until 2024. May 3 people",
    "5 Dec 20 comments", "12.12.2024%", "9999999999999999999999/12/2024", "2024年12月", "12月28日", "",
    "10,12,2024", "10-15-20 years", "ISBN 978-3-16-148410-0", "3 de 5 de 2024", "28 2024", "2567-12-28",
    "۱۴۰۳/۱۳/۰۸",
  ])
  func leavesOtherNumbers(_ text: String) {
    #expect(Self.mentions(text, "en").isEmpty, "\(text): \(Self.mentions(text, "en"))")
  }

  @Test func ordersDayAndMonth() {
    let cases: [(String, String?, String, Bool)] = [
      ("05/06/2024", nil, "2024-06-05", true), ("05/06/2024", "en", "2024-05-06", true),
      ("05/06/2024", "en-US", "2024-05-06", true), ("05/06/2024", "en-GB", "2024-06-05", false),
      ("05/06/2024", "fr", "2024-06-05", false), ("05.06.2024", "en", "2024-06-05", false),
      ("12/28/2024", "fr", "2024-12-28", false), ("28/12/2024", "en-US", "2024-12-28", false),
      ("06/06/2024", nil, "2024-06-06", false), ("5/6/24", "en-US", "2024-05-06", true),
      ("3 listopada 2024", "pl", "2024-11-03", false), ("3. listopada 2024.", "hr", "2024-10-03", false),
      ("3 listopada 2024", nil, "2024-11-03", true),
    ]
    for (text, language, expected, isAmbiguous) in cases {
      let mention = Self.mentions(text, language).first
      #expect(mention?.date.iso8601 == expected, "\(text), \(language ?? "-")")
      #expect(mention?.ambiguousOrder == isAmbiguous, "\(text), \(language ?? "-")")
    }
  }

  @Test func givesRanges() {
    let text = "Kyjiw — Published Saturday, 28 December 2024 at 08:23 GMT | Updated Dec 29, 2024 by Ann"
    let bytes = Array(text.utf8)
    let found = Self.mentions(text, "en").map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(found == ["Saturday, 28 December 2024 at 08:23 GMT", "Dec 29, 2024"])
    #expect(Self.mentions(text, "en", limit: 1).count == 1)
    #expect(Self.mentions(text, "en", limit: 0).isEmpty)
    let glued = Self.mentions("By John SmithDec 28, 20245 min", "en")
    #expect(glued.isEmpty)
    #expect(Self.mentions("By John SmithDec 28, 2024Updated 10:00", "en").first?.date.isoDay == "2024-12-28")
    #expect(Self.first("Ends 30 May 2024, then 10:30", "en") == "2024-05-30")
  }

  @Test func endsOnAnyBytes() {
    var state: UInt64 = 7
    let alphabet = Array("0123456789././:-, 年月日tTdec \u{200F}é\u{0660}٢พ.ศ".utf8) + [0xFF, 0xE2, 0x80, 0xC2]
    for _ in 0..<3000 {
      var bytes: [UInt8] = []
      for _ in 0..<60 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      bytes.withUnsafeBufferPointer { text in
        for mention in Self.parser.mentions(in: text, language: nil, limit: 50) {
          #expect(mention.range.upperBound <= text.count && mention.range.lowerBound >= 0)
        }
        _ = Self.parser.parseISO(text)
        _ = Self.parser.dateInURL(text)
        _ = Self.parser.isOnlyDate(text, language: "en")
      }
    }
    let empty = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    #expect(DateParser(names: empty).mentions(in: empty, language: nil, limit: 1).isEmpty)
  }
}
