import Foundation
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

  /// A page that is nothing but its scripts' data.
  private static func page(
    script: String, title: String = "Ferry brings letters | Bay Post"
  ) throws -> ArticleRecord {
    let html = """
      <html><head><title>\(title)</title></head><body><div id=app>Loading…</div>
      \(script)</body></html>
      """
    return try Winnow().clean(Page(id: "scripted", form: .html, bytes: Array(html.utf8)))
  }

  @Test func theTextMayStandInTheDataOfScripts() throws {
    let body = String(repeating: Self.sentence, count: 4)
    let article = #"{"title":"Ferry brings letters","body":"<p>\#(body)</p><h2>Noon</h2><p>\#(body)</p>"}"#
    let data = #"{"props":{"article":\#(article)}}"#
    let record = try Self.page(
      script: #"<script id="__NEXT_DATA__" type="application/json">\#(data)</script>"#)
    #expect(record.parts.map(\.text).count == 3)
    #expect(record.body.hasPrefix("The ferry crossed the bay"))
    #expect(record.origins["body"] == "script")
    #expect(record.status == .partial)
  }

  @Test func theDataMayBeAssignedAndComeInPieces() throws {
    let pieces = (0..<4).map { _ in #"{"type":"text","content":"\#(Self.sentence + Self.sentence)"}"# }
    let data =
      #"{"headline":"Ferry brings letters","elements":[{"type":"image","caption":"A ferry."},"#
      + pieces.joined(separator: ",") + "]}"
    let record = try Self.page(script: "<script>window.__STATE__ = {\"data\":\(data)};</script>")
    #expect(record.parts.count == 4)
    #expect(!record.body.contains("A ferry."))
  }

  @Test func theDataMayBeAStringThatIsParsed() throws {
    let body = String(repeating: Self.sentence, count: 8)
    let data = #"{\"title\":\"Ferry brings letters\",\"body\":\"\#(body)\"}"#
    let record = try Self.page(script: #"<script>window.__STATE__ = JSON.parse("\#(data)");</script>"#)
    #expect(record.origins["body"] == "script")
  }

  @Test func runsOfAnEditorAreOneParagraph() throws {
    let span = #"{"_type":"span","text":"\#(Self.sentence)"}"#
    let block = #"{"_type":"block","children":[\#(span),\#(span),\#(span)]}"#
    let data = #"{"title":"Ferry brings letters","body":[\#(block),\#(block)]}"#
    let record = try Self.page(script: "<script type=application/json>\(data)</script>")
    #expect(record.parts.count == 2)
  }

  /// As Next.js writes them since version 13: rows cut anywhere, texts named by their row.
  @Test func theDataMayBeRowsOfServerComponents() throws {
    let body =
      "<div><img src=a.jpg><div class=caption><p>The ferry at noon.</p></div></div>$$AD-1$$"
      + "<p>\(String(repeating: Self.sentence, count: 4))</p><p>Čtyři lodi — a jeden přívoz.</p>"
    let rows =
      "1:\"$Sreact.fragment\"\n3:I[13578,[],\"\"]\n:HL[\"/a.woff2\",\"font\"]\n"
      + "24:T\(String(body.utf8.count, radix: 16)),\(body)"
      + #"5:["$","$L23",null,{"article":{"title":"Ferry brings letters","contentHtml":"$24","price":"$5"}}]"#
      + "\n"
    func script(_ text: Substring) throws -> String {
      let json = String(decoding: try JSONEncoder().encode(String(text)), as: UTF8.self)
      return "<script>self.__next_f.push([1,\(json)])</script>"
    }
    for cut in stride(from: 1, to: rows.count, by: 17) {
      let place = rows.index(rows.startIndex, offsetBy: cut)
      let record = try Self.page(
        script: "<script>(self.__next_f=self.__next_f||[]).push([0])</script>"
          + script(rows[..<place]) + script(rows[place...]))
      #expect(record.parts.count == 2, "cut after \(cut) characters")
      #expect(record.body.hasPrefix("The ferry crossed the bay"))
      #expect(record.body.hasSuffix("přívoz."))
    }
  }

  @Test func dataThatDoesNotBearTheTitleIsNoBody() throws {
    let body = String(repeating: Self.sentence, count: 8)
    let data = #"{"title":"Another story altogether","body":"\#(body)"}"#
    let record = try Self.page(script: "<script type=application/json>\(data)</script>")
    #expect(!record.body.contains("ferry crossed"))
    #expect(record.status == .notAnArticle)
    let broken = try Self.page(
      script: #"<script>window.x = {"title":"Ferry brings letters","body":"\#(body)"#)
    #expect(broken.status == .partial || broken.status == .notAnArticle)
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
