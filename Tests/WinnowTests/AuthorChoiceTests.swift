import Testing
import WinnowCore

@testable import Winnow

@Suite("Names that may be authors")
struct AuthorChoiceTests {
  private func names(_ page: Page) throws -> Set<String> {
    let reading = try Winnow().read(page)
    let rows = FieldPicking().rows(reading.document, reading.verdicts)
    return Set(rows.first { $0.table == .authors || $0.table == .flatAuthors }?.texts ?? [])
  }

  private func names(head: String = "", _ top: String) throws -> Set<String> {
    try names(FieldTestPages.page(head: head, top))
  }

  @Test(arguments: ["<p>Last update:</p>", "<div>10</div><div>min read</div>", "<p>Last updated</p>"])
  func labelsAreNobody(_ label: String) throws {
    let found = try names("<h1>Bridge opens</h1>\(label)<p>3 May 2024</p>")
    #expect(found.isDisjoint(with: ["Last", "Last update", "Last updated", "min read", "Min Read"]))
  }

  @Test func whoOnlyUpdatedIsNamedAlone() throws {
    let found = try names(
      head: "<meta name=\"author\" content=\"Updated by Bob Jones\">", "<h1>Bridge opens</h1>")
    #expect(found.contains("Bob Jones"))
    #expect(!found.contains("Updated by Bob Jones"))
  }

  @Test(
    arguments: [
      ("By Ann Smith \u{2014} Blue Harbour", ["Ann Smith"]),
      ("By Ann Smith \u{2014} Bob Jones", ["Ann Smith", "Bob Jones"]),
    ] as [(String, Set<String>)])
  func placesBehindDashes(_ item: (line: String, names: Set<String>)) throws {
    let found = try names("<h1>Bridge opens</h1><p class=\"byline\">\(item.line)</p>")
    #expect(found.intersection(["Ann Smith", "Bob Jones", "Blue Harbour"]) == item.names)
  }

  @Test(arguments: [
    ("<p class=\"byline\">ANN SMITH, LOCAL DEMOCRACY REPORTER</p>", "Ann Smith", "Local Democracy"),
    ("<p class=\"byline\">Ann Smith, Bob Jones reporter</p>", "Bob Jones", ""),
    ("<p>Posted by Ann Smith at 21:14</p>", "Ann Smith", "Ann Smith at"),
    ("<div class=\"submitted\">Submitted by press.office on Thu, 09/05/2024 - 10:00</div>", "", "on"),
  ])
  func whatIsNoPartOfANameIsCut(_ item: (byline: String, name: String, other: String)) throws {
    let found = try names("<h1>Bridge opens</h1>\(item.byline)")
    if !item.name.isEmpty { #expect(found.contains(item.name)) }
    #expect(!found.contains(item.other))
  }

  @Test(arguments: [
    ("<p>Wednesday, 8 May 2024 11:39 PM MYT</p>", "MYT"),
    ("<p>3.5.2024 17:43 Uppdaterad 3.5.2024 18:02</p>", "Uppdaterad"),
    ("<figure><img src=\"a.jpg\"><figcaption>\u{A9} Harbour/Ann Smith</figcaption></figure>", "Ann Smith"),
  ])
  func datesAndPicturesNameNobody(_ item: (line: String, name: String)) throws {
    let found = try names("<h1>Bridge opens</h1>\(item.line)")
    #expect(!found.contains(item.name))
  }

  @Test(
    arguments: [
      ("By Ann Smith For Harbour Online", ["Ann Smith"]), ("Par harbour.example", ["harbour.example"]),
      ("Redacci\u{F3}n Puerto", ["Redacci\u{F3}n Puerto"]),
    ] as [(String, Set<String>)])
  func declaredNamesLoseSmallWords(_ item: (value: String, names: Set<String>)) throws {
    let found = try names(
      head: "<meta name=\"author\" content=\"\(item.value)\">", "<h1>Bridge opens</h1>")
    #expect(found.intersection([item.value]).subtracting(item.names).isEmpty)
    #expect(item.names.isSubset(of: found))
  }

  @Test func theSiteBesideAPersonIsNobody() throws {
    let head =
      "<meta property=\"og:site_name\" content=\"The Harbour Post\">"
      + "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\","
      + "\"author\":[{\"@type\":\"Person\",\"name\":\"Ann Smith\"},{\"@type\":\"Person\",\"name\":\"The Harbour Post\"}]}</script>"
    let record = try FieldTestPages.record(
      head: head, "<h1>Bridge opens</h1><p class=\"byline\">By Ann Smith, The Harbour Post</p>")
    #expect(record.authors == ["Ann Smith"])
  }

  @Test func aSiteIsNobodyByItsNameAlone() throws {
    let head = "<title>Bridge opens after ten years of work | Harbour Courier</title>"
    let record = try FieldTestPages.record(head: head, "<h1>Bridge opens after ten years of work</h1>")
    #expect(record.authors.isEmpty)
  }

  @Test func desksOfEditorsStand() throws {
    let found = try names(
      head: "<meta name=\"author\" content=\"Harbour editors\">", "<h1>Bridge opens</h1>")
    #expect(found.contains("Harbour editors"))
  }

  /// The names on a page of flat text with these lines below the headline.
  private func flatNames(_ lines: String) throws -> Set<String> {
    let prose = FieldTestPages.prose.replacing("<p>", with: "").replacing("</p>", with: "\n")
    let text = "Harbour Courier\n\nBridge opens after ten years of work\n\n\(lines)\n\n\(prose)"
    return try names(Page(id: "t", url: nil, form: .flatText, bytes: Array(text.utf8)))
  }

  @Test(
    arguments: [
      ("Ann Smith's avatar\nAnn Smith\nDec 04, 2025", "Ann Smith", "Ann Smith's avatar"),
      ("Picture of Ann Smith Ann Smith\nAugust 13, 2024", "Ann Smith", "Picture of Ann Smith Ann Smith"),
      ("Ann Smith5 hours ago", "Ann Smith", "Ann"),
      ("By\nAnn ThorntonNews Reporter\n3 May 2024", "Ann Thornton", "Ann ThorntonNews"),
      ("By Ann Smith Follow\n3 May 2024", "Ann Smith", "Ann Smith Follow"),
      ("Ann Smith Image\n3 May 2024", "Ann Smith", "Ann Smith Image"),
      (
        "Ann Smith   HARBOUR COURIER\n3 May 2024\n© 2024 Harbour Courier", "Ann Smith",
        "Ann Smith HARBOUR COURIER"
      ),
      ("Susan December 9, 2024 0 Comments", "Susan", "December"),
      ("OakFlow- 2025/4/29", "OakFlow", ""),
      ("By\nAnn ThorntonNews Reporter\n3 May 2024", "Ann Thornton", "Ann ThorntonNews Reporter"),
      ("By Headshot of Ann Thornton\n3 May 2024", "Ann Thornton", "Headshot of Ann Thornton"),
      ("Ann Thornton\nPublished Jun 3rd, 2024", "Ann Thornton", "Published Jun"),
      ("Harbour Lifestyle Desk / Updated: Dec 17, 2025, 21:47 IST", "Harbour Lifestyle Desk", "IST"),
    ])
  func whatConvertersPutTogether(_ item: (lines: String, name: String, other: String)) throws {
    let found = try flatNames(item.lines)
    #expect(found.contains(item.name))
    #expect(!found.contains(item.other))
  }

  @Test func whatABylineNamesIsACandidateThoughAnOrganisation() throws {
    let head = """
      <script type="application/ld+json">{"@type":"Article","author":{"@type":"Organization","name":"Oak Online"}}</script>
      """
    #expect(try names(head: head, "<h1>Bridge opens</h1><p>By Oak Online</p>").contains("Oak Online"))
  }

  /// The authors of flat text with these lines below the headline.
  private func flatAuthors(_ lines: String) throws -> [String] {
    let prose = FieldTestPages.prose.replacing("<p>", with: "").replacing("</p>", with: "\n")
    let text =
      "Blue Harbour\n\nBridge opens after ten years of work\n\n\(lines)\n\n\(prose)\n\n© 2024 Blue Harbour"
    let page = Page(
      id: "t", url: "https://www.blueharbour.example/bridge-opens", form: .flatText, bytes: Array(text.utf8))
    return try Winnow().clean(page).authors
  }

  @Test func aBylineMakesTheSiteAnAuthor() throws {
    #expect(try flatAuthors("By Blue Harbour\n3 May 2024") == ["Blue Harbour"])
    #expect(try flatAuthors("3 May 2024").isEmpty)
    #expect(try flatAuthors("By Blue Harbour\nSource: Agencies\n3 May 2024").isEmpty)
  }

  @Test func gluedNamesAreKnownToStandWhereTheyDo() throws {
    let prose = FieldTestPages.prose.replacing("<p>", with: "").replacing("</p>", with: "\n")
    let text =
      "Harbour Courier\n\nBridge opens after ten years of work\n\nByAnna Miller2 hours ago\n\n\(prose)"
    let reading = try Winnow().read(Page(id: "t", url: nil, form: .flatText, bytes: Array(text.utf8)))
    let rows = try #require(
      FieldPicking().rows(reading.document, reading.verdicts).first { $0.table == .flatAuthors })
    let row = rows.rows[try #require(rows.texts.firstIndex(of: "Anna Miller"))]
    let columns = FieldRankers.Table.flatAuthors.columns
    #expect(row[try #require(columns.firstIndex(of: "introduced"))] == 1)
    #expect(row[try #require(columns.firstIndex(of: "visible"))] == 1)
  }

  @Test(
    "The second name of a byline of flat text, where the table saw few of its kind",
    arguments: ["Imre Coskar and Tamim Al-Ruwaili", "Orla Keane and Tamim Al-Ruwaili"])
  func secondNames(_ names: String) throws {
    let text = """
      Grain terminal at Port Almar reopens after storm

      By \(names)

      Posted March 2, 2020

      The grain terminal at Port Almar reopened on Monday, two weeks after a storm had torn away the roof of its largest silo.

      Four ships lay at anchor outside the harbour in the morning, and the first of them was unloaded before noon.
      """
    let record = try Winnow().clean(Page(id: "1", form: .flatText, bytes: Array(text.utf8)))
    #expect(record.authors.joined(separator: " and ") == names)
  }

  @Test func labelledFarBelowTheHeadline() throws {
    let days = ["понеділок", "вівторок", "середу", "четвер", "пʼятницю", "суботу", "неділю"]
    let prose = days.flatMap { day in
      [
        "Новий міст через Річку відкрили в \(day), на два місяці раніше, ніж обіцяли будівельники торік навесні.",
        "Старий міст закрили ще в \(day), коли в опорі знайшли тріщину завширшки з долоню, повідомила рада.",
      ]
    }
    let text =
      "Новий міст через Річку відкрили достроково\n\n" + prose.joined(separator: "\n\n")
      + "\n\nАвтор: Остап Величенко\n"
    let record = try Winnow().clean(Page(id: "1", form: .flatText, bytes: Array(text.utf8)))
    #expect(record.authors == ["Остап Величенко"])
  }

  @Test func halfOfTheSitesNameIsNobody() throws {
    let found = try names(
      head: """
        <meta property="og:site_name" content="The Harbour of Lowmere"><meta name="author" content="THE HARBOUR OF LOWMERE">
        """, "<h1>Bridge opens</h1>")
    #expect(!found.contains("The Harbour"))
  }

  @Test func theNameBehindALabelLeadsBeforeTheHost() throws {
    let record = try FieldTestPages.record(
      head: "<meta name=\"author\" content=\"RIVER.EXAMPLE\">", "<h1>Bridge opens</h1>",
      "<p>Share:</p><div><p>Author:</p><p><a href=\"/ann\">Ann Smith</a></p></div>")
    #expect(record.authors == ["Ann Smith"])
  }
}
