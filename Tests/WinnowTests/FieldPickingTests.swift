import Testing
import WinnowCore

@testable import Winnow

/// Candidates that pages declare; the tables choose.
private func meta(_ property: String, _ content: String) -> String {
  "<meta property=\"\(property)\" content=\"\(content)\">"
}

private func ld(_ json: String) -> String {
  "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\(json)}</script>"
}

@Suite("Picking headlines")
struct HeadlinePickingTests {
  @Test func visibleThatAgreesLeads() throws {
    let record = try FieldTestPages.record(
      head: meta("og:title", "Bridge opens after nine years | Courier") + meta("og:site_name", "Courier"),
      "<h1>Bridge opens – after nine years</h1>")
    #expect(record.headline == "Bridge opens – after nine years")
    #expect(record.origins["headline"]?.hasPrefix("text:") == true)
  }

  @Test func headAlone() throws {
    let record = try FieldTestPages.record(
      head: ld("\"@type\":\"NewsArticle\",\"headline\":\"Rat stimmt über Damm ab\"")
        + "<title>Rat stimmt über Damm ab | Blatt</title>", language: "de")
    #expect(record.headline == "Rat stimmt über Damm ab")
    #expect(record.origins["headline"] == "json-ld")
  }

  @Test(arguments: [
    ("Timers: Lamp Reference Manual", "<h2>Timers</h2>", "Timers"),
    ("Timer (Lamp 2.1 API)", "<h2>Class Timer</h2>", "Class Timer"),
    ("Start-up files (GNU Lamp (version 7.3))", "<h4>2.1.2 Start-up files</h4>", "2.1.2 Start-up files"),
    ("Hashing — lamp 22.2 documentation", "<h1>Hashing<a href='#hashing'>#</a></h1>", "Hashing"),
    ("Lamp: Lamp::Wick Class Reference", "<h1>Lamp::Wick Class Reference</h1>", "Lamp::Wick Class Reference"),
    (
      "Lamp: Wicks",
      "<div class='title'>Wicks<div><a href='g.html'>Public API</a></div></div><h2>Functions</h2>", "Wicks"
    ),
    ("lists-10.html", "<h2>10. Describing locations</h2>", "10. Describing locations"),
  ])
  func titleOfAManual(_ title: String, _ heading: String, _ headline: String) throws {
    #expect(try FieldTestPages.record(head: "<title>\(title)</title>", heading).headline == headline)
  }

  @Test func headingOfAManualIsNotInItsBody() throws {
    let record = try FieldTestPages.record(
      head: "<title>Timers: Lamp Reference Manual</title>", "<table><tr><td><h2>Timers</h2></td></tr></table>"
    )
    #expect(record.headline == "Timers")
    #expect(record.parts.first?.text != "Timers")
  }

  @Test func nothingThere() throws {
    #expect(try FieldTestPages.record().headline == nil)
  }
}

@Suite("Picking authors")
struct AuthorPickingTests {
  @Test func declaredAndVisible() throws {
    let record = try FieldTestPages.record(
      head: ld(
        "\"@type\":\"NewsArticle\",\"headline\":\"Bridge opens\",\"author\":{\"@type\":\"Person\",\"name\":\"Ann Smith\"}"
      ),
      "<h1>Bridge opens</h1><p class=\"byline\">By Ann Smith</p>")
    #expect(record.authors == ["Ann Smith"])
    #expect(record.origins["authors"] == "json-ld")
  }

  @Test func severalInOrder() throws {
    let record = try FieldTestPages.record(
      head: meta("author", "Ben Groß, Anna Müller"),
      "<h1>Damm hält</h1><p class=\"byline\">Von Ben Groß und Anna Müller</p>", language: "de")
    #expect(record.authors == ["Ben Groß", "Anna Müller"])
  }

  /// What the page types as an organisation never stands beside a person.
  @Test func organisationsGiveWay() throws {
    let record = try FieldTestPages.record(
      head: ld(
        "\"@type\":\"NewsArticle\",\"headline\":\"Bridge opens\",\"author\":[{\"@type\":\"Organization\",\"name\":\"North Press Group\"},{\"@type\":\"Person\",\"name\":\"Ann Smith\"}]"
      )
        + meta("author", "North Press Group"),
      "<h1>Bridge opens</h1><p class=\"byline\">By Ann Smith, North Press Group</p>")
    #expect(record.authors == ["Ann Smith"])
    #expect(record.byline == "By Ann Smith, North Press Group")
  }

  @Test(
    arguments: [
      ("ru", "Автор: Анна Петрова", "Анна Петрова"), ("ar", "بقلم أحمد علي", "أحمد علي"),
      ("zh", "文／王小明", "王小明"), ("ko", "홍길동 기자", "홍길동"), ("he", "מאת דנה לוי", "דנה לוי"),
      ("pt", "Por Ana Lúcia Prado", "Ana Lúcia Prado"), ("de", "Von Anna Müller", "Anna Müller"),
      ("fr", "Par Élise Dupont", "Élise Dupont"), ("es", "Por María Pérez", "María Pérez"),
      ("it", "di Carla De Rossi", "Carla De Rossi"),
      ("nl", "Door Pieter van den Berg", "Pieter van den Berg"),
      ("sv", "Av Åsa Öberg", "Åsa Öberg"), ("uk", "Автор: Олена Коваль", "Олена Коваль"),
      ("en", "By Ann Smith", "Ann Smith"), ("id", "Oleh Ratih Puspasari", "Ratih Puspasari"),
    ] as [(String, String, String)])
  func manyLanguages(_ item: (language: String, byline: String, name: String)) throws {
    let record = try FieldTestPages.record(
      "<h1>Bridge opens after nine years</h1><p class=\"byline\">\(item.byline)</p>", language: item.language)
    #expect(record.authors == [item.name])
  }
}

@Suite("Picking dates")
struct DatePickingTests {
  @Test func publishedLeads() throws {
    let record = try FieldTestPages.record(
      head: meta("article:published_time", "2024-05-04T08:30:00+02:00")
        + meta("article:modified_time", "2024-05-09T10:00:00+02:00"),
      "<h1>Bridge opens</h1><time datetime=\"2024-05-04T08:30:00+02:00\">4 May 2024</time>")
    #expect(record.date == "2024-05-04T08:30:00+02:00")
    #expect(record.dateModified == "2024-05-09T10:00:00+02:00")
  }

  @Test func addressAlone() throws {
    let record = try FieldTestPages.record(
      "<h1>Bridge opens</h1>", url: "https://courier.example/2024/05/06/bridge-opens")
    #expect(record.date == "2024-05-06")
    #expect(record.origins["date"] == "url")
  }

  @Test func precision() throws {
    // Midnight is mostly a day in disguise: a time of the same day refines it.
    let record = try FieldTestPages.record(
      head: meta("article:published_time", "2024-05-04T00:00:00Z")
        + ld(
          "\"@type\":\"NewsArticle\",\"headline\":\"Bridge opens\",\"datePublished\":\"2024-05-04T08:30:00+02:00\""
        ),
      "<h1>Bridge opens</h1>")
    #expect(record.date == "2024-05-04T08:30:00+02:00")
  }

  /// Day and month of a date in numbers: the address tells their order, or another date on the page.
  @Test(
    arguments: [
      ("en", "06/01/2026", "https://courier.example/2026/01/06/bridge", "", "2026-01-06"),
      ("en", "06/01/2026", nil, "<ul><li>Bread 29/12/2025</li><li>Rain 28/11/2025</li></ul>", "2026-01-06"),
      ("en", "06/01/2026", nil, "<ul><li>Bread 12/29/2025</li></ul>", "2026-06-01"),
      ("en", "06/01/2026", "https://courier.ie/bridge", "", "2026-01-06"),
      (
        "en", "06/01/2026", "https://courier.co.uk/bridge", "<ul><li>Bread 12/29/2025</li></ul>", "2026-06-01"
      ),
      ("en", "06/01/2026", "https://courier.example/bridge", "", "2026-06-01"),
      ("de", "06/01/2026", "https://blatt.example/2026/06/01/damm", "", "2026-06-01"),
    ] as [(String, String, String?, String, String)])
  func orderOfDayAndMonth(_ item: (language: String, date: String, url: String?, bottom: String, day: String))
    throws
  {
    let record = try FieldTestPages.record(
      "<h1>Bridge opens</h1><p class=\"date\">Published \(item.date)</p>", item.bottom, url: item.url,
      language: item.language)
    #expect(record.date == item.day)
  }

  /// Shown is the day of the last change, as both declarations say.
  @Test func dayOfChangeThatNothingCallsSo() throws {
    let record = try FieldTestPages.record(
      head: meta("article:published_time", "2024-02-21T11:54:45+00:00")
        + meta("article:modified_time", "2025-10-26T18:41:45+00:00")
        + ld(
          """
          "@type":"BlogPosting","headline":"Bridge opens","datePublished":"2024-02-21T11:54:45+00:00",\
          "dateModified":"2025-10-26T18:41:45+00:00"
          """),
      "<h1>Bridge opens</h1><div class=\"date\">October 26, 2025</div>")
    #expect(record.date?.prefix(10) == "2024-02-21")
    #expect(record.dateModified?.prefix(10) == "2025-10-26")
  }

  /// The same where JSON-LD alone declares the day of publication, and the page shows it above.
  @Test func dayOfChangeNearerThanTheDayShown() throws {
    let record = try FieldTestPages.record(
      head: ld(
        """
        "@type":"BlogPosting","headline":"Bridge opens","datePublished":"2022-02-08","dateModified":"2025-07-16"
        """),
      """
      <div>Feb 8, 2022</div><div>Bridges</div><h1>Bridge opens</h1><div>6 min read</div>
      <div class="date">Updated Jul 16, 2025</div>
      """)
    #expect(record.date?.prefix(10) == "2022-02-08")
    #expect(record.dateModified?.prefix(10) == "2025-07-16")
  }

  /// The same with dots, and in a `time` element: what else the page says settles it.
  @Test(
    arguments: [
      ("<p class=\"date\">09.10.2024</p>", "", "2024-09-10T16:07:00Z"),
      (
        "<time datetime=\"02-12-2025\">02-12-2025</time>",
        "<ul><li>Part 1 <time datetime=\"2025-12-02\">December 2, 2025</time></li></ul>", "2025-12-02"
      ),
    ])
  func orderThatAnotherDateTells(_ item: (shown: String, bottom: String, day: String)) throws {
    let stamp = "\"@type\":\"NewsArticle\",\"headline\":\"Bridge opens\",\"datePublished\":\"\(item.day)\""
    let record = try FieldTestPages.record(
      head: item.bottom.isEmpty ? ld(stamp) : "", "<h1>Bridge opens</h1>\(item.shown)", item.bottom)
    #expect(record.date?.prefix(10) == item.day.prefix(10))
  }

  @Test func numbersOfADate() {
    #expect(NumericOrder("29/12/2025")?.certain == .dayFirst)
    #expect(NumericOrder("12-29-2025")?.certain == .monthFirst)
    #expect(NumericOrder("12.29.2025")?.certain == .monthFirst)
    #expect(NumericOrder("06/01/2026").map { $0.certain == nil } == true)
    for text in [
      "05/05/2026", "2026/01/06", "6 May 2026", "06.01-2026", "06/01", "06/01/26", "", "/", "1/2/",
    ] {
      #expect(NumericOrder(text) == nil, "\(text)")
    }
  }

  @Test func noneAtAll() throws {
    let record = try FieldTestPages.record("<h1>Bridge opens</h1>")
    #expect(record.date == nil)
    #expect(record.dateModified == nil)
  }
}

@Suite("Tables of fields")
struct FieldRankerTests {
  @Test(arguments: FieldRankers.Table.allCases)
  func builtIn(_ table: FieldRankers.Table) {
    #expect(
      FieldRankers.builtIn[table] != nil,
      "run Scripts/train: \(table.rawValue).ranker is not of these columns")
  }

  @Test(arguments: FieldRankers.Table.allCases)
  func columnsAreDistinct(_ table: FieldRankers.Table) {
    #expect(Set(table.columns).count == table.columns.count)
  }

  /// Columns are named by a page without blocks; every row of a real page has just as many values.
  @Test func rowsAreWhole() throws {
    let html = """
      <html><head><title>Bridge opens | Courier</title><meta name="author" content="Ann Smith"></head><body>
      <h1>Bridge opens</h1><p class="byline">By Ann Smith, 4 May 2024</p>\(FieldTestPages.prose)</body></html>
      """
    let reading = try Winnow().read(Page(id: "t", form: .html, bytes: Array(html.utf8)))
    let tables = FieldPicking().rows(reading.document, reading.verdicts)
    #expect(tables.count == 3)
    for table in tables {
      #expect(!table.rows.isEmpty)
      for row in table.rows { #expect(row.count == table.table.columns.count) }
    }
  }

  @Test func damagedBytes() {
    let none = FieldRankers { _, read in
      for bytes in [[], [0], [0, 0, 0, 0, 1, 2, 3], [UInt8](repeating: 0xFF, count: 4096)] as [[UInt8]] {
        bytes.withUnsafeBytes { read($0) }
      }
    }
    for table in FieldRankers.Table.allCases { #expect(none[table] == nil) }
  }
}

@Suite("Picking the rest")
struct OtherPickingTests {
  @Test func plainFields() throws {
    let record = try FieldTestPages.record(
      head: meta("og:site_name", "courier.example") + meta("article:section", "Europe")
        + ld(
          "\"@type\":\"NewsArticle\",\"headline\":\"Bridge opens\",\"articleSection\":\"World\",\"publisher\":{\"@type\":\"NewsMediaOrganization\",\"name\":\"The Courier\"}"
        )
        + "<meta name=\"keywords\" content=\"A\"><meta name=\"news_keywords\" content=\"B, b\">"
        + "<link rel=\"canonical\" href=\"https://c.example/\">" + meta("og:url", "https://c.example/a"),
      "<h1>Bridge opens</h1>", url: "https://c.example/a?x=1", language: "en_au")
    #expect(record.publisher == "The Courier")
    #expect(record.section == "Europe")
    #expect(record.tags == ["B"])
    #expect(record.language == "en-AU")
    #expect(record.url == "https://c.example/a")
  }

  @Test(
    arguments: [
      ("en_GB", "en-GB"), ("DE", "de"), ("zh-hant-tw", "zh-Hant-TW"), ("ru_RU.UTF-8", "ru-RU"),
      ("english", nil),
      ("", nil), ("e", nil), ("sr-latn", "sr-Latn"), ("es-419", "es-419"), ("--", nil),
    ] as [(String, String?)])
  func languages(_ item: (value: String, tag: String?)) {
    #expect(FieldPicking.languageTag(item.value) == item.tag)
  }
}

@Suite("Names that pages give")
struct AuthorCandidateTests {
  private func names(_ head: String, _ top: String = "", _ bottom: String = "") throws -> Set<String> {
    let page = FieldTestPages.page(head: head, top, bottom)
    let reading = try Winnow().read(page)
    let rows = FieldPicking().rows(reading.document, reading.verdicts)
    return Set(rows.first { $0.table == .authors }?.texts ?? [])
  }

  @Test func deskAsItStands() throws {
    let found = try names(meta("author", "Courier Weather Desk"))
    #expect(found.contains("Courier Weather Desk"))
  }

  @Test func twoGivenNames() throws {
    let found = try names("<meta name=\"author\" content=\"Linny & Peter\">")
    #expect(found.isSuperset(of: ["Linny", "Peter"]))
  }

  @Test func aboveTheirBiography() throws {
    let found = try names(
      "", "<h1>Bread</h1>", "<h4>Ann Smith</h4><p>Ann Smith bakes bread in Leeds and writes.</p>")
    #expect(found.contains("Ann Smith"))
  }

  @Test func ownerOfTheRights() throws {
    let found = try names("", "<h1>Bread</h1>", "<footer>© 2024 Ann Smith. All rights reserved.</footer>")
    #expect(found.contains("Ann Smith"))
  }

  @Test(arguments: [
    ("By the Northwind Team", "the Northwind Team"), ("By Courier staff", "Courier staff"),
  ])
  func desksThatThePageShows(_ item: (byline: String, name: String)) throws {
    #expect(try names("", "<h1>Bread</h1><p class=\"byline\">\(item.byline)</p>").contains(item.name))
  }

  @Test(arguments: [
    ("Ann Smith Ann Smith", "Ann Smith"), ("松岡大地", "松岡大地"), ("דנה לוי", "דנה לוי"),
    ("Lucy MillerNews", "Lucy Miller"), ("Ann Smith 11 March 2025 Bread, Flour", "Ann Smith"),
  ])
  func linesOfFlatText(_ item: (line: String, name: String)) throws {
    let prose = FieldTestPages.prose.split(separator: "\n").map { $0.dropFirst(3).dropLast(4) }
    let text =
      (["The bridge opens after nine years", "", item.line, ""] + prose.flatMap { [String($0), ""] })
      .joined(separator: "\n")
    let reading = try Winnow().read(Page(id: "t", form: .flatText, bytes: Array(text.utf8)))
    let rows = FieldPicking().rows(reading.document, reading.verdicts)
    #expect(rows.first { $0.table == .flatAuthors }?.texts.contains(item.name) == true)
  }

  @Test(
    arguments: [
      "Reviewed by", "Fact checked by", "Photos:", "Lektoriert von", "Relu par", "Revisado por", "Foto di",
      "Granskad av",
      "Редактор", "Переклад", "編集:", "编辑：", "감수", "צילום:", "تصوير", "Çeviri:", "Tłumaczenie:", "Překlad",
    ])
  func helpers(_ words: String) {
    #expect(NameHelpers.isNamed(in: Array(words.utf8)))
  }

  @Test(arguments: ["Written by", "Von", "Par", "Autor:", "Автор", "文", "기자", "מאת", ""])
  func noHelpers(_ words: String) {
    #expect(!NameHelpers.isNamed(in: Array(words.utf8)))
  }

  @Test func monthIsNobody() throws {
    let found = try names("", "<h1>Bread</h1><p class=\"byline\">Jun 18</p>")
    #expect(!found.contains("Jun"))
  }
}

@Suite("Text that is clean already")
struct CleanTextTests {
  @Test func firstSentenceStays() throws {
    let text = """
      The council voted on Monday evening to build a new flood barrier along the river, after nine years of debate about its cost.

      The barrier will cost forty million and take three years to build, the mayor said after the vote.

      Residents of the lower town have asked for a barrier since the flood, when the river rose by four metres.
      """
    let record = try Winnow().clean(Page(id: "t", form: .flatText, bytes: Array(text.utf8)))
    #expect(record.body.hasPrefix("The council voted on Monday"))
  }
}

@Suite("Bylines, sources and languages of records")
struct PlainFieldTests {
  private static let body = """
    <p>Der Rat der Stadt hat am Freitag mit den Stimmen der Opposition für den Bau der Brücke gestimmt, und die Arbeiten
    sollen noch in diesem Jahr beginnen.</p><p>Die Fähre, die bis dahin über den Fluss fährt, wird nicht mehr jede halbe
    Stunde fahren, sondern nur noch zu den Zeiten, in denen die Schule beginnt und endet.</p>
    """

  @Test(arguments: [("en-US", "de"), ("de-AT", "de-AT")])
  func languageOfTheTextLeads(_ declared: String, _ language: String) throws {
    let page =
      "<html lang=\"\(declared)\"><head><title>Rat stimmt für Brücke</title></head><body><article>"
      + "<h1>Rat stimmt für Brücke</h1>\(Self.body)</article></body></html>"
    let record = try Winnow().clean(Page(id: "1", form: .html, bytes: Array(page.utf8)))
    #expect(record.language == language)
  }

  @Test func theBylineNamesTheAuthor() throws {
    let record = try FieldTestPages.record(
      head: ld("\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Person\",\"name\":\"Ann Smith\"}"),
      "<p class=\"byline\">Harbour Politics Desk</p><h1>Bridge opens</h1><p>By</p><p>Ann Smith</p>")
    #expect(record.byline == "By Ann Smith")
  }

  @Test func aLabelAloneNamesNoAgency() throws {
    let record = try FieldTestPages.record("<h1>Bridge opens</h1><p>Source:</p><p>3 May 2024</p>")
    #expect(record.agency == nil)
  }

  @Test(
    arguments: [
      ("Copyright \u{A9} 2017 Harbour Inc. All Rights Reserved.", "Harbour Inc."),
      ("(c) 2024 Harbour Media AS, all rights reserved", "Harbour Media AS"),
      ("\u{A9} 2000-2026 Harbour", "Harbour"), ("Copyright 2024", nil),
      ("1999-2005 Quay Street 36320 Lowmere Tel. +34 986814600 Fax +34 986814614", nil),
    ] as [(String, String?)])
  func publishersOfNotices(_ notice: String, _ name: String?) throws {
    let record = try FieldTestPages.record(
      head: "<meta name=\"copyright\" content=\"\(notice)\">", "<h1>Bridge opens</h1>")
    #expect(record.publisher == name)
  }

  @Test func theWholeTitleAsTheSitesName() throws {
    let title = "Bridge opens after ten years of work - The Lower River"
    let record = try FieldTestPages.record(
      head: "<title>\(title)</title><meta property=\"og:site_name\" content=\"\(title)\">",
      "<h1>Bridge opens after ten years of work</h1>")
    #expect(record.publisher == "The Lower River")
  }
}
