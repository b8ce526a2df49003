import Testing
import WinnowCore
import WinnowText

@testable import WinnowHTML

/// Lines that only `br` parts, raised digits, and links that hang on headings.
@Suite struct HTMLLineTests {
  @Test func linesWithADateAmongThemAreBlocks() throws {
    let page = try ScannedPage(
      """
      <td><font size=5><b>Grain elevator burns again</b></font><br><i>By Hank Sorenson<br>Staff Writer</i><br>
      <font size=1>Posted: Tuesday, Oct. 14, 1997</font><p>HARLAN -- Fire broke out.</td>
      """)
    #expect(
      page.texts == [
        "Grain elevator burns again", "By Hank Sorenson", "Staff Writer", "Posted: Tuesday, Oct. 14, 1997",
        "HARLAN -- Fire broke out.",
      ])
    #expect(page.isWellFormed)
  }

  @Test func otherLinesStayTogether() throws {
    let poem = "<p>The boats lie down<br>like cattle on the mud<br>and nobody walks there</p>"
    #expect(
      try ScannedPage(poem).texts == ["The boats lie down like cattle on the mud and nobody walks there"])
    let long = String(repeating: "word ", count: 40) + "<br>3 May 2021"
    #expect(try ScannedPage("<p>\(long)</p>").texts.count == 1)
    #expect(try ScannedPage("<h1>Fair opens<br>3 May 2021</h1>").texts == ["Fair opens 3 May 2021"])
  }

  private static let text =
    "The council will spend four million on the quay, and the province pays a half of that."

  @Test(arguments: [
    ("<p><b>What it costs</b><br>\(text)</p>", ["What it costs", text]),
    ("<p><strong>What it costs</strong> <br/> <a href='/c'>\(text)</a></p>", ["What it costs", text]),
    // A label, a line in bold within bold, and short lines belong together.
    ("<p><b>Costs:</b><br>\(text)</p>", ["Costs: \(text)"]),
    ("<p><b>Costs of quay<br>\(text)</b></p>", ["Costs of quay \(text)"]),
    ("<p><b>Ann Smith</b><br>Mill Lane 4</p>", ["Ann Smith Mill Lane 4"]),
    ("<p>On <b>Monday</b><br>\(text)</p>", ["On Monday \(text)"]),
  ])
  func aHeadingInBoldAboveItsText(_ html: String, _ lines: [String]) throws {
    let page = try ScannedPage(html)
    #expect(page.texts == lines)
    #expect(page.isWellFormed)
  }

  @Test func linksAreCountedByLine() throws {
    let page = try ScannedPage("<p>Fair opens<br>By <a href='/a'>Ann Rowe</a><br>3 May 2021</p>")
    #expect(page.document.rows.map(\.links) == [0, 1, 0])
    #expect(page.document.rows.map(\.linkCharacters) == [0, 7, 0])
  }

  @Test(arguments: [
    ("10<sup>9</sup> cells", "10⁹ cells"), ("120 m<sup>2</sup>", "120 m²"), ("g<sup>-1</sup>", "g⁻¹"),
    ("September<sup><a href='#f1'>12</a></sup>.", "September¹²."), ("4<sup>th</sup>", "4th"),
    ("said<sup>[1]</sup>", "said[1]"), ("CO<sub>2</sub>", "CO2"),
    ("<sup>1</sup> Field Station", "1 Field Station"),
  ])
  func raisedDigits(_ markup: String, _ text: String) throws {
    #expect(try ScannedPage("<p>\(markup)</p>").texts == [text])
  }

  @Test func editLinksComeOffHeadings() throws {
    let page = try ScannedPage(
      """
      <h2>History<span>[</span><a href="/e">edit</a><span>]</span></h2>
      <h2>Design <span>[<a href="/v">edit</a> | <a href="/s">edit source</a>]</span></h2><h2>Sources [1]</h2>
      """)
    #expect(page.texts == ["History", "Design", "Sources [1]"])
    #expect(page.document.rows[0].links == 0 && page.document.rows[0].linkCharacters == 0)
  }

  @Test(arguments: [
    ("<h2>Install<a href='#install'>#</a></h2>", "Install"),
    ("<h2><a href='#install'>§</a>Install</h2>", "Install"),
    ("<h2><span><a href='#a1'>&#9670;&#160;</a></span>light() [1/2]</h2>", "light() [1/2]"),
    ("<h4>Description <a href='/src#12'>[src]</a></h4>", "Description"),
    ("<h2>Learn C<a href='/c'>#</a> and F#</h2>", "Learn C# and F#"),
    ("<h2>Ten <a href='/g'>games in C#</a></h2>", "Ten games in C#"),
    (
      "<dl><dt>lamp.light(hours)<a href='/lamp.html'><span>[source]</span></a><a href='#l'>¶</a></dt></dl>",
      "lamp.light(hours)"
    ),
    ("<dl><dt>As in the book <a href='/b'>[1]</a></dt></dl>", "As in the book [1]"),
    ("<ul><li>The book <a href='/b'>[pdf]</a></li></ul>", "The book [pdf]"),
    ("<dl><dt>No. 12 [<a href='/b'>pdf</a>]</dt></dl>", "No. 12 [pdf]"),
  ])
  func signsOfLinksComeOffHeadings(_ html: String, _ text: String) throws {
    let page = try ScannedPage(html)
    #expect(page.texts == [text])
    #expect(page.isWellFormed)
  }

  @Test func linksOfAListAreNoted() throws {
    let page = try ScannedPage(
      "<div>Topics: <a href='/a'>Sea</a> <a href='/b'>Old ships</a></div><p><a href='/c'>C</a></p>")
    #expect(page.document.linkTexts == [0: ["Sea", "Old ships"]])
  }

  @Test func capitalsInTwoElementsAreTwoWords() throws {
    #expect(try ScannedPage("<p><span>avec AFP</span><span>Publié</span></p>").texts == ["avec AFP Publié"])
    #expect(try ScannedPage("<p><b>T</b><b>HE</b> <b>T</b><b>he</b></p>").texts == ["THE The"])
  }
}
