import Testing
import WinnowCore

@testable import WinnowText

/// Text that came out of a file or database half prepared.
@Suite struct BrokenTextTests {
  private func unescaped(_ text: String) -> String? {
    EscapedText.unescaped(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func escapesOfJSONAreUndone() {
    let text = #"Title\n\nBy Ann\r\n\r\nIt costs \u00a345, \"she\" said \uD83D\uDE00.\n\tThe \\ end\/"#
    #expect(unescaped(text) == "Title\n\nBy Ann\n\nIt costs £45, \"she\" said 😀.\n\tThe \\ end/")
  }

  @Test func textAboutEscapesStays() {
    #expect(unescaped(#"The sign \n ends a line, \n\n two."#) == nil)
    #expect(unescaped("a\nb\nc\n" + #"\n\n\n\n"# + "\nd") == nil)
    #expect(unescaped("") == nil)
    #expect(unescaped(#"\n\n\n\n\u12"#) == "\n\n\n\n\\u12")
    #expect(unescaped(#"\n\n\n\n\ud800x\"#) == "\n\n\n\n\\ud800x\\")
  }

  @Test func markupUnderTheNameOfText() {
    func opens(_ text: String) -> Bool { MarkupFragment.opens(Array(text.utf8)) }
    #expect(opens("\n<p>One.</p>\n<P>Two.</P>"))
    #expect(opens("<!-- wp:paragraph -->\n<p>One.</p>\n<h2>Two</h2>"))
    #expect(!opens("<p>One.</p> and nothing else"))
    #expect(!opens("The element <p>is</p> closed by </p>."))
    #expect(!opens("<div>\n\n# A title\n\n</div></div></div>"))
    #expect(!opens("<div>[a](b)</div></div>"))
    #expect(!opens("<pre>a</p></p>"))
    #expect(!opens(""))
  }

  private func inner(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { bytes in
      String(decoding: bytes[Shortcodes.inner(bytes)], as: UTF8.self)
    }
  }

  @Test func codesAtTheEdgesAreCut() {
    #expect(inner("[vc_row][vc_column_text] Text here. [/vc_column_text][/vc_row]") == "Text here.")
    #expect(inner(#"[caption id="a" width='8'] A boat. Photo: Ann[/caption]"#) == "A boat. Photo: Ann")
    #expect(inner("[embed]x[/embed]") == "x")
    #expect(inner(#"[gallery ids="1,2"]"#) == "")
    #expect(inner("[gallery ids=”1,2”]") == "")
  }

  @Test func otherBracketsStay() {
    for text in [
      "[laughter]", "[1]", "[Ann Smith] said", "He [the mayor] left [sic]", "[a=b]", "[", "]", "[]", "[/",
      "[x y z]", "Use [vc_row] for rows.", "[applause] And [/ or]", "[the \"big\" one]",
    ] { #expect(inner(text) == text) }
  }

  @Test func codesAreSearchedInTimeThatGrowsWithTheText() {
    let text = Array(String(repeating: "[ab]", count: 50_000).utf8)
    text.withUnsafeBufferPointer { #expect(!Shortcodes.occur(in: $0)) }
  }

  @Test func scriptsWithoutStopsHaveSentences() {
    var measures = BlockMeasures()
    let headline = "พบเต่าตนุขึ้นวางไข่หาดหน้าโรงเรียน ครั้งแรกในรอบ 20 ปี"
    Array(headline.utf8).withUnsafeBufferPointer { BlockScanner.measure($0, into: &measures) }
    #expect(!measures.flags.contains(.endsSentence))
    measures = BlockMeasures()
    Array((headline + " " + headline + headline).utf8).withUnsafeBufferPointer {
      BlockScanner.measure($0, into: &measures)
    }
    #expect(measures.flags.contains(.endsSentence))
    #expect(measures.sentences == 1)
  }
}
