import Testing
import WinnowCore

@testable import Winnow

private func pick(
  _ candidates: [FieldCandidate], url: String? = nil, text: String = ""
) -> PickedFields {
  FieldPicking(names: sampleNames).pick(
    candidates, pageURL: url, isVisible: { text.contains($0) },
    parseDate: { value in
      // Enough of a parser for tests: ISO 8601.
      guard value.count >= 10, value.dropFirst(4).first == "-" else { return nil }
      return (value, String(value.prefix(10)), value.contains("T"))
    },
    dateInURL: { url in
      let parts = url.split(separator: "/")
      guard let month = parts.firstIndex(of: "05"), month + 1 < parts.count else { return nil }
      let day = "2024-05-\(parts[month + 1])"
      return (day, day, false)
    })
}

private func candidate(
  _ field: Field, _ value: String, _ origin: Origin, type: String? = nil, block: Int? = nil
) -> FieldCandidate {
  FieldCandidate(field: field, value: value, origin: origin, type: type, block: block)
}

@Suite("Picking headlines")
struct HeadlinePickingTests {
  @Test func visibleThatAgreesLeads() {
    let picked = pick([
      candidate(.headline, "Bridge opens after nine years | Courier", "meta:og:title"),
      candidate(.siteName, "Courier", "meta:og:site_name"),
      candidate(.headline, "Courier", "text:block 0", block: 0),
      candidate(.headline, "Most read", "text:block 1", block: 1),
      candidate(.headline, "Bridge opens – after nine years", "text:block 4", block: 4),
    ])
    #expect(picked.headline == "Bridge opens – after nine years")
    #expect(picked.headlineOrigin == "text:block 4")
    #expect(picked.publisher == "Courier")
  }

  @Test func loneVisibleThatDisagrees() {
    let picked = pick([
      candidate(.headline, "Ten things you will not believe", "meta:og:title"),
      candidate(.headline, "Council debates the harbour wall", "text:block 2", block: 2),
    ])
    #expect(picked.headline == "Council debates the harbour wall")
  }

  @Test func severalThatDisagreeGiveWay() {
    let picked = pick([
      candidate(.headline, "Council debates the harbour wall", "json-ld"),
      candidate(.headline, "Our most read stories today", "text:block 2", block: 2),
      candidate(.headline, "Subscribe to the morning letter", "text:block 3", block: 3),
    ])
    #expect(picked.headline == "Council debates the harbour wall")
    #expect(picked.headlineOrigin == "json-ld")
  }

  @Test func headAlone() {
    #expect(
      pick([
        candidate(.headline, "Rat stimmt über Damm ab", "json-ld"),
        candidate(.headline, "Damm: Rat stimmt ab | Blatt", "title"),
        candidate(.headline, "Der Rat und der Damm", "meta:og:title"),
      ]).headline == "Rat stimmt über Damm ab")
    #expect(
      pick([
        candidate(.headline, "新桥今日正式通车_晨报网", "title"), candidate(.siteName, "晨报网", "meta:og:site_name"),
      ]).headline == "新桥今日正式通车")
    #expect(
      pick([candidate(.headline, "Bridge opens | The Mail", "title")], url: "https://themail.example/a")
        .headline == "Bridge opens")
    #expect(pick([]).headline == nil)
  }

  @Test func chineseVisibleAgrees() {
    let picked = pick([
      candidate(.headline, "新桥今日正式通车 市民热议", "title"),
      candidate(.headline, "新桥今日正式通车", "text:line 3", block: 3),
    ])
    #expect(picked.headlineOrigin == "text:line 3")
  }
}

@Suite("Picking authors")
struct AuthorPickingTests {
  @Test func visibleJSONLDLeads() {
    let picked = pick(
      [
        candidate(.author, "Ann Smith", "json-ld", type: "Person"),
        candidate(.author, "Courier Staff", "meta:author"),
      ], text: "By Ann Smith today")
    #expect(picked.authors == ["Ann Smith"])
    #expect(picked.authorsOrigin == "json-ld")
  }

  @Test func hiddenGivesWayToVisible() {
    let picked = pick(
      [
        candidate(.author, "Web Master", "json-ld", type: "Person"),
        candidate(.author, "Von Anna Müller und Ben Groß", "text:block 3", block: 3),
      ], text: "Von Anna Müller und Ben Groß")
    #expect(picked.authors == ["Anna Müller", "Ben Groß"])
    #expect(picked.authorsOrigin == "text:block 3")
    #expect(pick([candidate(.author, "Ann Smith", "meta:author")]).authors == ["Ann Smith"])
  }

  @Test func organisationsAndSitesAreNobody() {
    let picked = pick(
      [
        candidate(.author, "North Press Group", "json-ld", type: "NewsMediaOrganization"),
        candidate(.author, "Daily Courier", "meta:author"),
        candidate(.author, "@courier", "meta:twitter:creator"),
        candidate(.author, "https://social.example/courier", "meta:article:author"),
        candidate(.siteName, "Daily Courier", "meta:og:site_name"),
      ], text: "Daily Courier North Press Group")
    #expect(picked.authors == [])
    #expect(picked.authorsOrigin == nil)
  }

  @Test func completeListLeads() {
    let picked = pick(
      [
        candidate(.author, "Ann Smith", "json-ld", type: "Person"),
        candidate(.author, "By Ann Smith and Bob Jones", "meta:author"),
        candidate(.author, "By Ann Smith, Bob Jones, Cara Doe", "text:line 4", block: 4),
      ], text: "By Ann Smith and Bob Jones")
    #expect(picked.authors == ["Ann Smith", "Bob Jones"])
  }

  @Test func farLinksAreOthers() {
    let picked = pick(
      [
        candidate(.headline, "Council debates the harbour wall", "text:block 2", block: 2),
        candidate(.author, "Cara Doe", "rel-author", block: 90),
        candidate(.author, "Ann Smith", "rel-author", block: 3),
      ], text: "Ann Smith Cara Doe")
    #expect(picked.authors == ["Ann Smith"])
  }

  @Test func manyScripts() {
    for (byline, name) in [
      ("Автор: Анна Петрова", "Анна Петрова"), ("بقلم أحمد علي", "أحمد علي"), ("文／王小明", "王小明"),
      ("홍길동 기자", "홍길동"), ("מאת דנה לוי", "דנה לוי"), ("Por Ana Lúcia Prado", "Ana Lúcia Prado"),
    ] {
      #expect(pick([candidate(.author, byline, "text:line 2")], text: byline).authors == [name])
    }
  }
}

@Suite("Picking dates")
struct DatePickingTests {
  @Test func chain() {
    let all = [
      candidate(.modified, "2024-05-09", "meta:article:modified_time"),
      candidate(.published, "2024-05-08", "time", block: 5),
      candidate(.published, "2024-05-07", "meta:date"),
      candidate(.published, "2024-05-05", "time:pub"),
      candidate(.published, "2024-05-04", "json-ld"),
    ]
    #expect(pick(all).published == "2024-05-04")
    #expect(pick(Array(all.prefix(4)), url: "https://e.example/2024/05/06/x").publishedOrigin == "time:pub")
    #expect(pick(Array(all.prefix(3)), url: "https://e.example/2024/05/06/x").published == "2024-05-06")
    #expect(pick(Array(all.prefix(3))).publishedOrigin == "meta:date")
    #expect(pick(Array(all.prefix(2))).publishedOrigin == "time")
    #expect(pick(Array(all.prefix(1))).publishedOrigin == "modified:meta:article:modified_time")
    #expect(pick(all).modified == "2024-05-09")
    #expect(pick([]).published == nil)
  }

  @Test func precision() {
    let picked = pick([
      candidate(.published, "2024-05-04", "json-ld"),
      candidate(.published, "2024-05-04T00:00:00Z", "meta:article:published_time"),
      candidate(.published, "2024-05-04T08:30:00", "time", block: 3),
      candidate(.modified, "2024-05-04T09:30:00+02:00", "json-ld"),
    ])
    #expect(picked.published == "2024-05-04T08:30:00")
    #expect(picked.modified == "2024-05-04T09:30:00+02:00")
    let zoned = pick([
      candidate(.published, "2024-05-04T08:30:00", "meta:article:published_time"),
      candidate(.published, "2024-05-04T08:30:00+02:00", "json-ld"),
    ])
    #expect(zoned.published == "2024-05-04T08:30:00+02:00")
  }

  @Test func agreementDecides() {
    let picked = pick(
      [
        candidate(.published, "2024-05-10", "meta:article:published_time"),
        candidate(.published, "2024-05-04", "json-ld"),
      ], url: "https://e.example/2024/05/04/x")
    #expect(picked.published == "2024-05-04")
    #expect(
      pick([
        candidate(.published, "2024-05-10", "json-ld"), candidate(.modified, "2024-05-01", "json-ld"),
      ]).modified == nil)
  }

  @Test func farTimesComeLast() {
    let picked = pick([
      candidate(.headline, "Council debates the harbour wall", "text:block 2", block: 2),
      candidate(.published, "2024-05-10", "time", block: 90),
      candidate(.published, "2024-05-04", "text:block 4", block: 4),
    ])
    #expect(picked.published == "2024-05-04")
  }
}

@Suite("Picking the rest")
struct OtherPickingTests {
  @Test func plainFields() {
    let picked = pick(
      [
        candidate(.siteName, "courier.example", "meta:og:site_name"),
        candidate(.publisher, "The Courier", "json-ld", type: "NewsMediaOrganization"),
        candidate(.section, "World", "json-ld"), candidate(.section, "Europe", "meta:article:section"),
        candidate(.tag, "A", "meta:keywords"), candidate(.tag, "B", "meta:news_keywords"),
        candidate(.tag, "b", "meta:news_keywords"),
        candidate(.language, "x", "html:lang"), candidate(.language, "pt_br", "meta:og:locale"),
        candidate(.url, "https://c.example/", "link:canonical"),
        candidate(.url, "https://c.example/a", "meta:og:url"),
        candidate(.articleType, "ReportageNewsArticle", "json-ld"), candidate(.dek, "Stand", "text:line 2"),
      ], url: "https://c.example/a?x=1")
    #expect(picked.publisher == "The Courier")
    #expect(picked.section == "Europe")
    #expect(picked.tags == ["B"])
    #expect(picked.language == "pt-BR")
    #expect(picked.url == "https://c.example/a")
    #expect(picked.isArticleType)
    #expect(picked.dek == "Stand")
    #expect(!pick([candidate(.pageType, "website", "meta:og:type")]).isArticleType)
    #expect(pick([candidate(.pageType, "article", "meta:og:type")]).isArticleType)
    #expect(pick([], url: "https://c.example/a").urlOrigin == "page")
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
