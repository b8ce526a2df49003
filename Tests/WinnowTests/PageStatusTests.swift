import Testing
import WinnowCore

@testable import Winnow

@Suite("What kind of page a record is of")
struct PageStatusTests {
  private func status(_ body: String) throws -> ArticleRecord.Status {
    let html =
      "<html><head><title>Bridge opens after ten years of work</title></head><body>\(body)</body></html>"
    return try Winnow().clean(Page(id: "1", form: .html, bytes: Array(html.utf8))).status
  }

  private static let paragraphs = [
    "The bridge over the lower river was opened on Monday by the mayor, ten years after work on it began.",
    "It carries two lanes, a path for bicycles and a line of the tram, which will not run before the spring.",
    "The ferry beside it sails until the end of the year, and the ferrymen will be trained as drivers of trams.",
    "Whoever wants to cross on foot may do so at once, and nobody has to pay for it, the mayor said.",
  ]

  @Test func pointersBetweenParagraphsMakeNoListing() throws {
    let text = Self.paragraphs.enumerated().map { index, paragraph in
      "<p>\(paragraph)</p>"
        + (index == 1 ? "<p><a href=\"/tram\">Read also: Why the tram is late by another year</a></p>" : "")
        + "<ul><li>steel and stone</li></ul>"
    }
    #expect(
      try status("<article><h1>Bridge opens after ten years of work</h1>\(text.joined())</article>")
        == .article)
  }

  @Test func titlesOfOtherPagesAreNoArticle() throws {
    let titles = (1...14).map {
      "<p>1\($0):30</p><p><a href=\"/\($0)\">Story number \($0) of the river and its bridge</a></p>"
    }
    #expect(
      try status("<h1>Bridge opens after ten years of work</h1><div>\(titles.joined())</div>")
        == .notAnArticle)
  }
}
