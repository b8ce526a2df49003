import Testing
import WinnowCore
import WinnowStages

@testable import Winnow

/// What the score keeps of a page though its article is over, or though only programs read it: the stage alone, after a
/// score that is said here.
@Suite("What is no more of the article")
struct ArticleRestTests {
  private static let sentence =
    "The bridge over the lower river was opened on Monday by the mayor, ten years after work on it began."
  private static let text = (1...6).map { "<p>Part \($0). \(sentence)</p>" }.joined()

  /// The roles of the blocks behind the text; those in `gone` hold other stories.
  private func roles(
    _ body: String, type: String = "article", gone: Range<Int> = 0..<0, role: Role = .mostRead
  ) throws -> [Role?] {
    let html = """
      <html><head><title>Bridge opens</title><meta property="og:type" content="\(type)"></head><body>
      <h1>Bridge opens</h1>\(body)</body></html>
      """
    let document = try Winnow().read(Page(id: "1", form: .html, bytes: Array(html.utf8))).document
    var ledger = Ledger(blockCount: document.count)
    for block in document.indices {
      let isHeading = document[block].kind == .heading
      let known: Role =
        gone.contains(block)
        ? role
        : block == 0
          ? .headline : isHeading ? .subheading : document[block].kind == .tableRow ? .table : .paragraph
      ledger.add(known, to: block, .strong, because: "test.before")
    }
    LeftoverStage().label(document, in: &ledger)
    return document.indices.dropFirst(7 + gone.count).map(ledger.role)
  }

  private static let boxes = "<ul>" + (1...45).map { "<li>Story \($0)</li>" }.joined() + "</ul>"
  private static let obituary =
    "<p>We tell all who knew and loved her that Ann Vale of Lowmere died on Friday at eighty.</p>"

  @Test func whatStandsFarBehindTheBoxesGoes() throws {
    let page = "<article>\(Self.text)</article>\(Self.boxes)<div>\(Self.obituary)</div>"
    #expect(try roles(page, gone: 7..<52) == [.furniture])
    // Where the page is no article, or furniture alone lies between, it stays.
    #expect(try roles(page, type: "website", gone: 7..<52) == [.paragraph])
    #expect(try roles(page, gone: 7..<52, role: .furniture) == [.paragraph])
  }

  @Test func behindFewBoxesTheTextGoesOn() throws {
    let boxes = "<ul>" + (1...30).map { "<li>Story \($0)</li>" }.joined() + "</ul>"
    let page = "<article>\(Self.text)</article>\(boxes)<div>\(Self.obituary)</div>"
    #expect(try roles(page, gone: 7..<37) == [.paragraph])
  }

  @Test func anElementThatHoldsBothIsTheArticles() throws {
    let page =
      "<article>\(Self.text)\(Self.boxes)<div>\(Self.obituary)</div></article><p>End of the page.</p>"
    #expect(try roles(page, gone: 7..<52).first == .paragraph)
    // Parts that a script moves to their place stand hidden at the page's end.
    let streamed = "<article>\(Self.text)</article>\(Self.boxes)<div hidden>\(Self.obituary)</div>"
    #expect(try roles(streamed, gone: 7..<52) == [.paragraph])
  }

  @Test func whatAPaywallOffersGoes() throws {
    let box = """
      <div><h2>Få fuld adgang til Havnen og læs resten af artiklen</h2><p>Du kan betale med kort. \(Self.sentence)</p>
      <h3>Vælg mellem</h3><p>Adgang til arkivet</p></div>
      """
    #expect(
      try roles("<article>\(Self.text)\(box)</article>") == [.paywall, .paywall, .paywall, .paywall])
    #expect(
      try roles("<article>\(Self.text)<h2>Et år efter</h2>\(Self.obituary)</article>").first == .subheading)
  }

  @Test(arguments: [
    ("{\"_id\":\"5e97\",\"slug\":\"bridge\",\"type\":\"story\"}", Role.furniture),
    ("[{\"id\":1},{\"id\":2}]", .furniture), ("{the mayor's words}", .paragraph),
    ("https://img.river.example/bridge.jpg", .furniture), ("https://river.example/map", .paragraph),
    ("https://river.example/bridge", .furniture),
  ])
  func whatOnlyProgramsRead(_ item: (text: String, role: Role)) throws {
    let url = "<link rel=\"canonical\" href=\"https://river.example/bridge\">"
    #expect(
      try roles("\(url)<article>\(Self.text)<p>\(item.text)</p>\(Self.obituary)</article>").first == item.role
    )
  }

  @Test func longListsOfLinksAtTheEndGo() throws {
    func rows(_ count: Int) -> String {
      let rows = (1...count).map {
        "<tr><td>\($0).</td><td><a href=\"/\($0)\">Another story of the river</a></td></tr>"
      }
      return "<article>\(Self.text)</article><table>\(rows.joined())</table>"
    }
    #expect(try Set(roles(rows(40))) == [.relatedLinks])
    #expect(try Set(roles(rows(8))) == [.table])
  }

  @Test(arguments: [
    "<p>(Copyright (c) 2023 River Television. All Rights Reserved. This may not be published or broadcast.)</p>",
    "<h4>© River Television. All Rights Reserved</h4>",
  ])
  func noticesOfRights(_ notice: String) throws {
    #expect(try roles("<article>\(Self.text)\(notice)</article>") == [.footer])
  }
}
