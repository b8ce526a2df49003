import Testing
import Winnow
import WinnowCore

@Suite struct DeclaredBodyTests {
  private static let sentence =
    "The ferry crossed the bay in the morning and came back at noon with letters. "

  private static func page(_ body: String, visible: String) -> Page {
    let script = #"{"@type":"NewsArticle","headline":"Ferry brings letters","articleBody":"\#(body)"}"#
    let html = """
      <html><head><title>Ferry brings letters</title><script type="application/ld+json">\(script)</script></head>
      <body><nav><a href="/">Home</a></nav><h1>Ferry brings letters</h1>\(visible)</body></html>
      """
    return Page(id: "declared", form: .html, bytes: Array(html.utf8))
  }

  @Test func aPageThatShowsNoTextGivesTheBodyItDeclares() throws {
    let body = String(repeating: Self.sentence, count: 3) + "\\n" + String(repeating: Self.sentence, count: 2)
    let record = try Winnow().clean(Self.page(body, visible: "<div id=app></div>"))
    #expect(record.parts.count == 2)
    #expect(record.body.hasPrefix("The ferry crossed the bay"))
    #expect(record.origins["body"] == "json-ld")
    #expect(record.status == .partial)
  }

  /// What nearly every page that is drawn by script shows.
  @Test func aRequestToTurnScriptsOnIsNoBody() throws {
    let visible = "<div id=app></div><noscript>You need to enable JavaScript to run this app.</noscript>"
    let record = try Winnow().clean(Self.page(String(repeating: Self.sentence, count: 5), visible: visible))
    #expect(record.body.hasPrefix("The ferry crossed the bay"))
    #expect(!record.body.contains("JavaScript"))
    #expect(record.status == .partial)
  }

  @Test func visibleTextLeads() throws {
    let paragraph =
      "<p>\(String(repeating: "Visible text about the ferry and its letters stands here. ", count: 5))</p>"
    let declared = String(repeating: Self.sentence, count: 8)
    let record = try Winnow().clean(
      Self.page(declared, visible: paragraph + paragraph.replacing("here", with: "there")))
    #expect(record.body.contains("Visible text"))
    #expect(!record.body.contains("crossed the bay"))
    #expect(record.origins["body"] == nil)
  }

  @Test func aFewDeclaredWordsAreNoBody() throws {
    let record = try Winnow().clean(Self.page(Self.sentence, visible: "<div id=app></div>"))
    #expect(record.parts.isEmpty)
    #expect(record.status == .notAnArticle)
  }
}
