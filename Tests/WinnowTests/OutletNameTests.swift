import Testing
import WinnowCore

@testable import Winnow

/// Outlets, counters and sentences beside the author's name.
@Suite struct OutletNameTests {
  private static let title = "Bridge opens after ten years of work"

  private func record(_ lines: String, head: String = "") throws -> ArticleRecord {
    try FieldTestPages.record(
      head: "<title>\(Self.title)</title>" + head, "<h1>\(Self.title)</h1>\(lines)")
  }

  @Test(
    arguments: [
      ("<p class=\"byline\">Rosalía Nieves | El Muelle de la Costa</p>", ["Rosalía Nieves"]),
      ("<p class=\"byline\">By Ann Smith | Bob Jones</p>", ["Ann Smith", "Bob Jones"]),
      ("<p class=\"byline\">Ann Smith, Bob Jones, Lakeside University</p>", ["Ann Smith", "Bob Jones"]),
      ("<p class=\"author\">Ann Smith No Comments</p>", ["Ann Smith"]),
    ])
  func linesWithMore(_ item: (line: String, authors: [String])) throws {
    #expect(try record(item.line).authors == item.authors)
  }

  @Test func theSiteBehindAStop() throws {
    let head = """
      <meta property="og:site_name" content="Harbour International"><script type="application/ld+json">
      {"@type":"NewsArticle","headline":"\(Self.title)","author":{"@type":"Person","name":"Ann Smith. Harbour International"}}
      </script>
      """
    #expect(try record("", head: head).authors == ["Ann Smith"])
  }

  @Test func aSignedBylineLeadsBeforeAHouse() throws {
    let head = """
      <script type="application/ld+json">
      {"@type":"NewsArticle","headline":"\(Self.title)","author":{"@type":"Person","name":"Online News Editor"}}</script>
      """
    let found = try record("<p>Online News Editor</p><p>By Ann Smith</p>", head: head)
    #expect(found.authors == ["Ann Smith"])
    #expect(found.byline == "By Ann Smith")
  }

  @Test func aSentenceBeforeTheNameIsText() throws {
    let head = "<meta name=\"author\" content=\"Ann Smith\">"
    let found = try record("<p>Maybe this is why the mayor hates bridges. Ann Smith</p>", head: head)
    #expect(found.byline != "Maybe this is why the mayor hates bridges. Ann Smith")
  }
}
