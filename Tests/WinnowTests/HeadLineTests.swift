import Testing
import WinnowCore

@testable import Winnow

/// Lines of an article's head in elements whose names say something else.
@Suite("Lines of the head")
struct HeadLineTests {
  private static let declared = "<meta name=\"author\" content=\"Ann Smith\">"

  @Test(arguments: [
    "<div class=\"author-info\">By Ann Smith</div>",
    "<footer class=\"entry-meta\"><p>By Ann Smith</p></footer>",
    "<div class=\"copyright-line\"><p>By Ann Smith</p></div>",
    "<h4>News</h4><span class=\"x\">By Ann Smith</span>",
    "<div>3 May 2024 | By Ann Smith <a class=\"comments-link\" href=\"#c\">0 Comments</a></div>",
  ])
  func byline(_ head: String) throws {
    let record = try FieldTestPages.record(
      head: Self.declared, "<h1>Bridge opens after ten years</h1>\(head)")
    #expect(record.byline == "By Ann Smith")
  }

  @Test func beyondAPortraitOfTheAuthorTheyStay() throws {
    let box = """
      <div class="author-info"><p>All articles of Ann Smith</p><p>Ann Smith has written about bridges and those who
      build them for twenty years, and lives beside one.</p></div>
      """
    let record = try FieldTestPages.record(head: Self.declared, "<h1>Bridge opens</h1>\(box)")
    #expect(record.authors == ["Ann Smith"])
    #expect(record.byline == nil)
  }

  @Test func aHeadingThatOpensLikeAByline() throws {
    let html = """
      <html lang="de"><head><title>Lernen</title></head><body><h1>Was wir lernen</h1>\(FieldTestPages.prose)
      <h2>Von Netzwerken lernen</h2>\(FieldTestPages.prose)</body></html>
      """
    let record = try Winnow().clean(Page(id: "1", form: .html, bytes: Array(html.utf8)))
    #expect(record.byline == nil)
    #expect(record.body.contains("Von Netzwerken lernen"))
  }

  @Test(arguments: [
    ("Updated: 9.45pm", false), ("Updated 11:30", false), ("Updated versions sold 300 copies", true),
  ])
  func aTimeThatSomethingChanged(_ line: (text: String, stays: Bool)) throws {
    let record = try FieldTestPages.record("<h1>Bridge opens after ten years</h1><p>\(line.text)</p>")
    #expect(record.body.contains(line.text) == line.stays)
  }

  @Test func whoWroteAnEmbeddedPost() throws {
    let post = """
      <blockquote><p>The bridge is open at last, and I was the first to walk across it.</p>&mdash; Ann Smith (@annsmith)
      <a href="https://x.example/1">November 1, 2023</a></blockquote>
      """
    let document = try Winnow().read(FieldTestPages.page("<h1>Bridge opens</h1>\(post)"))
    let role = document.verdicts.first { document.document[$0.block].text.contains("@annsmith") }?.role
    #expect(role != .publicationDate)
  }

  @Test(arguments: [
    ("Ann Smith 7 days ago", "Ann Smith"), ("Ann Smith Follow", "Ann Smith"),
    ("Top Growth Marketing", "Top Growth Marketing"), ("Bob Ago", "Bob Ago"),
    ("Ann Smith | 2 weeks ago", "Ann Smith"),
  ])
  func age(_ line: (text: String, byline: String)) throws {
    let page = Page(id: "1", form: .html, bytes: Array("<p>\(line.text)</p>".utf8))
    let block = try #require(try Winnow().read(page).document.first)
    #expect(BylineText.byline(in: block, language: "en") == line.byline)
  }

  @Test(arguments: [
    ("Harbour Online - News of the lower river", "https://www.harbour-online.example/a", "Harbour Online"),
    ("News of the river | Harbour Online", "https://harbouronline.example/a", "Harbour Online"),
    ("Harbour.example | The river's blog", "https://harbour.example/a", "Harbour.example"),
    // Initials say less than the name, and a part that the host does not say may be the paper's.
    ("Lower River Institute - LRI", "https://lri.example/a", "Lower River Institute - LRI"),
    ("Sea - News", "https://harbour.example/a", "Sea - News"),
    ("Harbour - Online", nil, "Harbour - Online"),
  ])
  func slogans(_ item: (name: String, url: String?, expected: String)) {
    #expect(PublisherName.withoutSlogan(item.name, url: item.url) == item.expected)
  }

  @Test func agenciesFarFromTheArticle() throws {
    let menu = "<nav><a href=\"/\">Home</a></nav><div>Reuters</div><p>A</p><p>B</p>"
    let far = String(repeating: "<p>x</p>", count: 12) + "<div>AFP</div>"
    let html = """
      <html lang="en"><head><title>Bridge opens</title></head><body>\(menu)<article><h1>Bridge opens</h1>
      \(FieldTestPages.prose)</article>\(far)</body></html>
      """
    #expect(try Winnow().clean(Page(id: "1", form: .html, bytes: Array(html.utf8))).agency == nil)
  }

  @Test func aSiteIsNoAgencyOfItsOwn() throws {
    let record = try FieldTestPages.record(
      head: "<meta property=\"og:site_name\" content=\"Harbour Online\">", "<h1>Bridge opens</h1>",
      "<p>Source: Harbour Online</p>")
    #expect(record.agency == nil)
  }

  @Test func aCorrectionBehindItsTime() throws {
    let note =
      "Updated 3 May, 11:52 EST: This article has been updated to say that the ferry carries forty cars."
    let record = try FieldTestPages.record("<h1>Bridge opens</h1>", "<p>\(note)</p>")
    #expect(record.corrections.map(\.text) == [note])
    #expect(!record.body.contains("forty cars"))
  }

  @Test func aButtonIsNoCorrection() throws {
    #expect(try FieldTestPages.record("<h1>Bridge</h1>", "<p>Report an error</p>").corrections.isEmpty)
  }

  @Test func theAuthorsNameInALongLine() throws {
    let line =
      "<p class=\"entry-meta\">3 May 2024 Ann Smith <a href='/n'>News</a>, <a href='/r'>Region of the lower river</a>,"
      + " <a href='/h'>Harbour and trade</a> <a class='comments-link' href='#c'>Comments Off on Bridge opens</a></p>"
    let record = try FieldTestPages.record(
      head: Self.declared, "<h1>Bridge opens after ten years</h1>\(line)")
    #expect(record.byline == "Ann Smith")
  }

  @Test func tagsOfTeasersBelow() throws {
    let below = (1...12).map { "<p><a href='/\($0)'>Story \($0)</a></p>" }.joined()
    let teaser =
      "<div class='related'><div class='tags'><a href='/t'>Obituaries</a></div><p><a href='/x'>A death</a></p></div>"
    let own = "<div class='tags'><a href='/b'>Bridges</a></div>"
    #expect(try FieldTestPages.record("<h1>Bridge</h1>", own + below + teaser).tags == ["Bridges"])
  }
}
