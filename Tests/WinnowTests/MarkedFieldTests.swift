import Testing
import Winnow
import WinnowCore

/// Fields whose signs stand in class names, in two blocks, or beside others.
@Suite struct MarkedFieldTests {
  private func record(_ body: String, title: String = "Ice skaters wait") throws -> ArticleRecord {
    let sentence =
      "Skaters have waited since December for the canal to freeze, and forecasters promise a cold week. "
    let html = """
      <html><head><title>\(title)</title></head><body><article><h1>Ice skaters wait</h1>
      \(body.replacing("TEXT", with: "<p>\(sentence)\(sentence)</p><p>Volunteers measure the ice. \(sentence)</p>"))
      </article></body></html>
      """
    return try Winnow().clean(Page(id: "fields", form: .html, bytes: Array(html.utf8)))
  }

  /// As WordPress has it below the text: the day of publication and that of the change.
  @Test func classesTellPublicationFromChange() throws {
    let found = try record(
      """
      TEXT<footer class="entry-footer">Posted on <time class="entry-date published" datetime="2023-05-11T18:40:00Z">May
      11, 2023</time><time class="updated" datetime="2023-05-14T08:02:00Z">May 14, 2023</time></footer>
      """)
    #expect(found.date == "2023-05-11T18:40:00Z")
    #expect(found.dateModified == "2023-05-14T08:02:00Z")
  }

  @Test func aBylinesWordAndTheNameInTwoBlocks() throws {
    let found = try record("<div>by</div><div><a href='/author/t'>Tove Brandvik</a></div>TEXT")
    #expect(found.byline == "by Tove Brandvik")
    #expect(found.authors == ["Tove Brandvik"])
  }

  @Test func aWelshNameIsNoAgencys() throws {
    #expect(try record("<div>Written by Gwilym ap Rhys</div>TEXT").byline == "Written by Gwilym ap Rhys")
  }

  @Test func tagsSideBySideAreTwo() throws {
    let list = "<div>Topics: <a href='/t/sea' rel='tag'>Cold sea</a> <a href='/t/ice' rel='tag'>Ice</a></div>"
    #expect(try record("TEXT\(list)").tags == ["Cold sea", "Ice"])
  }

  @Test func aMenusCategoriesAreNoTags() throws {
    #expect(try record("TEXT<nav><ul><li>Categories</li><li>Guidelines</li></ul></nav>").tags.isEmpty)
  }

  @Test func aListWithButtonsIsAnArticle() throws {
    let items = ["north", "south", "west"].map { side in
      """
      <h2>The \(side) bank</h2><p>The path on the \(side) bank is best in winter, when the leaves are down and one can
      see the walls.</p><a href="/book">Book a guide</a>
      """
    }
    #expect(
      try record(
        "<p>We asked readers which bank they like best in winter, and why it is so.</p>"
          + items.joined()
      ).status == .article)
  }

  @Test func aPictureHasItsCreditUnderIt() throws {
    let found = try record("<div><img src='/a.jpg'><div>The canal on Monday. / HANNA MOSS</div></div>TEXT")
    #expect(found.captions == [.init(text: "The canal on Monday.", credit: "HANNA MOSS")])
  }

  @Test func aBylinesWordAloneIsNoByline() throws {
    #expect(try record("TEXT<p>责任编辑：</p>").byline == nil)
  }

  /// As blogs have it below a post.
  @Test func aPostsFooterNamesItsAuthor() throws {
    let found = try record(
      """
      TEXT<div class="post-footer"><div class="post-footer-line"><span class="post-author">Posted by
      <span>Tove Brandvik</span></span> <span class="post-comment-link"></span></div></div>
      """)
    #expect(found.byline?.hasSuffix("by Tove Brandvik") == true)
  }

  @Test func aCaptionStandsWithItsCreditInOneElement() throws {
    let found = try record(
      "<div><p>The canal on Monday.</p><p>Photo : Harbour Radio / Hanna Moss</p></div>TEXT")
    #expect(found.captions == [.init(text: "The canal on Monday.", credit: "Harbour Radio / Hanna Moss")])
    #expect(!found.body.contains("The canal on Monday"))
  }

  @Test func aCreditsLabelIsNoBylineAndNoTag() throws {
    let found = try record(
      """
      <script type="application/ld+json">{"@type":"NewsArticle","headline":"Ice skaters wait","author":{"@type":
      "Organization","name":"Harbour Radio"}}</script><p>Photo: Harbour Radio / Hanna Moss</p>TEXT<p class="tags">Photo:
      Lowmere Fair</p>
      """)
    #expect(found.byline == nil)
    #expect(found.tags.isEmpty)
  }

  @Test func aHeadingThatEndsWithTheTitleIsNoDek() throws {
    let found = try record(
      """
      <h2>On the canals / Skaters wait for the ice as never before</h2>TEXT
      """, title: "Skaters wait for the ice as never before")
    #expect(found.dek == nil)
  }

  @Test func aTitleInCapitalsThatLinksElsewhereIsAPointer() throws {
    let meta = "<meta property=\"og:type\" content=\"article\">"
    let link = "<p><a href=\"/1\">MAYOR OPENS BRIDGE AFTER TEN YEARS OF WAITING</a></p>"
    let found = try record("\(meta)TEXT\(link)TEXT")
    #expect(!found.body.contains("MAYOR"))
    #expect(try record("\(meta)TEXT<p>MAYOR OPENS BRIDGE</p>TEXT").body.contains("MAYOR"))
  }

  @Test func aTableIsWholeWithItsLastRow() throws {
    let rows = (1...12).map {
      "<tr><td>\($0) January</td><td>Ice of \($0) centimetres</td><td>Lowmere</td></tr>"
    }
    let table = "<table><tr><th>Day</th><th>Ice</th><th>Place</th></tr>\(rows.joined())</table>"
    let body = try record("TEXT\(table)TEXT").body
    #expect(body.contains("1 January") == body.contains("12 January"))
  }
}
