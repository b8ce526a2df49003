import Foundation
import Testing
import WinnowCore

@testable import Winnow

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The HTML report, read as XML: what stands in it, and that nothing of a page can get out of its text.
@Suite struct ReportTests {
  /// A page that tries to be more than text wherever a page's words appear in the report.
  static let hostile = """
    <html lang='en"><script>pwned()</script>'><head>
    <title>&lt;/title&gt;&lt;script&gt;pwned1()&lt;/script&gt; &lt;img src=x onerror=pwned2()&gt;</title>
    <meta name="author" content='"><svg onload=pwned3()>'>
    <meta property="og:title" content="</style><script>pwned4()</script>">
    <meta property="og:site_name" content="javascript:pwned5()">
    <link rel="canonical" href='javascript:pwned6()"onclick="pwned7()'>
    <meta name="keywords" content="&lt;iframe src=//evil.example&gt;, ]]>, --&gt;">
    <script type="application/ld+json">{"@type":"NewsArticle","headline":"</scr<script>pwned8()</script>",
    "articleSection":"<b onmouseover=pwned9()>x</b>","datePublished":"2024-01-01\\u0000\\u001b[31m"}</script>
    </head><body><article><h1>&lt;script&gt;pwned10()&lt;/script&gt; wins the &lt;img src=x onerror=alert(1)&gt; prize</h1>
    <p class='by'>By &lt;a href=javascript:pwned11()&gt;Ann Smith&lt;/a&gt;</p>
    <p>&lt;/p&gt;&lt;/li&gt;&lt;script&gt;pwned12()&lt;/script&gt; The council said on Monday that the river had reached its highest
    level since 1954, and that the "old" bridge &amp; the 'new' one would stay closed until Friday at least.</p>
    <p>{{constructor.constructor('pwned13()')()}} ${pwned14()} &lt;style&gt;*{background:url(//evil.example)}&lt;/style&gt;
    Volunteers filled sandbags through the night, and by morning the water stood a hand below the quay.</p>
    <pre>&lt;!-- --&gt; &lt;![CDATA[ \u{202E}drow \u{0007}bell \u{1B}]0;title\u{7} ]]&gt;</pre>
    <p>&#x0; &#xFFFE; &#xD800; &#x9b; “Nobody sleeps,” said the mayor, who had not slept either since the rain began.</p>
    </article></body></html>
    """

  static func report(_ page: String, form: Page.Form = .html, source: String = "page.html") throws -> (
    Reading, String
  ) {
    let reading = try Winnow().read(Page(id: "1", form: form, bytes: Array(page.utf8)))
    return (reading, Explanation.html(of: reading, source: source))
  }

  @Test func aHostilePageStaysText() throws {
    let source = "\"><script>pwned15()</script>.html"
    let (reading, html) = try Self.report(Self.hostile, source: source)
    let parsed = try ParsedReport(html)
    for element in parsed.elements {
      #expect(!["script", "iframe", "img", "object", "embed", "base", "link"].contains(element.name))
      for (key, value) in element.attributes {
        #expect(!key.lowercased().hasPrefix("on") && !["src", "style", "action", "formaction"].contains(key))
        if key == "href" { #expect(value.hasPrefix("#"), "\(value)") }
      }
    }
    #expect(!html.contains("<script") && !html.contains("\u{1B}"))
    // Every block is there, word for word.
    #expect(parsed.texts(of: "txt") == reading.document.map { ParsedReport.shown($0.text) })
    #expect(parsed.text.contains("pwned12()"))
    #expect(parsed.text.contains("\"><script>pwned15()</script>.html"))
  }

  @Test func thePolicyAllowsOneStylesheetAndNothingElse() throws {
    let (_, html) = try Self.report(Self.hostile)
    let parsed = try ParsedReport(html)
    let policies = parsed.elements.filter { $0.attributes["http-equiv"] == "Content-Security-Policy" }
    #expect(policies.count == 1)
    let digest = SHA256.base64(Array(ReportStyle.css.utf8))
    #expect(ReportStyle.hash == digest, "pin ReportStyle.hash to \(digest)")
    #expect(
      policies.first?.attributes["content"]
        == "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'")
    #expect(html.contains("<style>\(ReportStyle.css)</style>"))
    #expect(!ReportStyle.css.contains("<") && !ReportStyle.css.contains("&"))
    #expect(!ReportStyle.css.contains("url(") && !ReportStyle.css.contains("@import"))
    // The policy must come before what it is about.
    let order = parsed.elements.map(\.name)
    #expect(order.firstIndex(of: "meta") ?? 99 < order.firstIndex(of: "style") ?? 0)
  }

  @Test func everythingHasItsPlaceAndItsName() throws {
    let (reading, html) = try Self.report(Self.hostile)
    let parsed = try ParsedReport(html)
    let ids = parsed.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for element in parsed.elements {
      if element.name == "a", let target = element.attributes["href"] {
        #expect(ids.contains(String(target.dropFirst())), "\(target)")
      }
      for key in ["for", "aria-labelledby"] {
        if let target = element.attributes[key] { #expect(ids.contains(target), "\(target)") }
      }
    }
    let inputs = parsed.elements.filter { $0.name == "input" }.compactMap { $0.attributes["id"] }
    let labelled = parsed.elements.filter { $0.name == "label" }.compactMap { $0.attributes["for"] }
    #expect(inputs == labelled && !inputs.isEmpty)
    #expect(parsed.elements.count { $0.name == "h1" } == 1)
    #expect(parsed.elements.first { $0.name == "html" }?.attributes["lang"] == "en")
    for name in ["main", "nav", "header", "footer"] { #expect(parsed.elements.contains { $0.name == name }) }
    // Each filter hides something, and each block can be reached by one.
    let classes = Set(
      parsed.elements.filter { $0.attributes["class"]?.hasPrefix("b ") == true }
        .flatMap { ($0.attributes["class"] ?? "").split(separator: " ").map(String.init) })
    for id in inputs where !id.hasPrefix("v-") {
      #expect(classes.contains(id))
      #expect(ReportStyle.css.contains(".report:has(#\(id):not(:checked)) .b.\(id){display:none}"))
    }
    #expect(reading.verdicts.allSatisfy { ids.contains("b\($0.block)") })
  }

  @Test func fieldsSayWhereTheyComeFrom() throws {
    let text = """
      The ferry that nobody wanted sails again

      By Ann Smith
      12 March 2024

      The old ferry left the harbour on Tuesday for the first time in nine years, with forty people on board.

      It had been laid up since the bridge was opened, and most people in the town had forgotten that it was there.
      """
    let (reading, html) = try Self.report(text, form: .flatText)
    #expect(reading.record.origins["headline"] == "text:line 1")
    let parsed = try ParsedReport(html)
    #expect(
      parsed.elements.contains {
        $0.name == "a" && $0.text == "text:line 1" && $0.attributes["href"] == "#b0"
      })
    #expect(parsed.text.contains("2024-03-12"))
  }

  @Test(arguments: ["", " ", "x", "<html></html>"]) func anEmptyPageHasAReportToo(_ page: String) throws {
    let (reading, html) = try Self.report(page)
    let parsed = try ParsedReport(html)
    #expect(parsed.text.contains("No body") == reading.record.parts.isEmpty)
    #expect(parsed.texts(of: "txt").count == reading.document.count)
  }
}

/// A report taken apart by a strict XML parser.
private final class ParsedReport: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let attributes: [String: String]
    var text = ""
  }

  private(set) var elements: [Element] = []
  private(set) var text = ""
  private var open: [Int] = []

  struct Malformed: Error, CustomStringConvertible { let description: String }

  init(_ html: String) throws {
    super.init()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = self
    guard parser.parse() else {
      throw Malformed(description: "line \(parser.lineNumber): \(String(describing: parser.parserError))")
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    text += string
    for index in open { elements[index].text += string }
  }

  func texts(of name: String) -> [String] {
    elements.filter { $0.attributes["class"] == name }.map(\.text)
  }

  /// A text as the report can show it.
  static func shown(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          let isControl = scalar.value < 0x20 && scalar != "\n" && scalar != "\t"
          let isLost =
            isControl || (0x7F..<0xA0).contains(scalar.value) || [0xFFFE, 0xFFFF].contains(scalar.value)
          return isLost ? "\u{FFFD}" : scalar
        }))
  }
}
