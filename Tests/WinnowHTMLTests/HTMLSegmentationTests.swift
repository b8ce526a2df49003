import Testing
import WinnowCore
import WinnowText

@testable import WinnowHTML

/// How a page becomes blocks and containers.
@Suite struct HTMLSegmentationTests {
  @Test func inlineElementsDoNotBreakBlocks() throws {
    let page = try ScannedPage(
      "<p>a <b>b</b><span>c</span> <time>d</time>\n e</p><button>f</button><x-y>g</x-y>")
    #expect(page.texts == ["a bc d e", "f", "g"])
  }

  @Test func elementsThatTouchAreTwoThingsBeyondASCIIToo() throws {
    func text(_ html: String) throws -> [String] { try ScannedPage("<p>\(html)</p>").texts }
    #expect(try text("<b>Συντάκτης</b><span>Μαρία</span>") == ["Συντάκτης Μαρία"])
    #expect(try text("<b>Автор</b><i>Анна</i>") == ["Автор Анна"])
    #expect(try text("<b>сло</b><i>во</i>") == ["слово"])
    #expect(try text("<a href=a>الرئيسية</a><a href=b>رياضة</a>") == ["الرئيسية رياضة"])
    #expect(try text("<a href=a>首页</a><a href=b>新闻</a>") == ["首页 新闻"])
    #expect(try text("<span class=w>נועה ברקת</span><span class=d>איתן</span>") == ["נועה ברקת איתן"])
    #expect(try text("<b>ال</b><i>كتاب</i>") == ["الكتاب"])
    #expect(try text("<b>灯</b><span class=x>台</span>") == ["灯台"])
  }

  @Test func elementsThatTouchInAHeadsDataAreTwoThings() throws {
    func text(_ html: String, in name: String) throws -> [String] {
      try ScannedPage("<div class=\(name)>\(html)</div>").texts
    }
    let person = "<a href=/a>Глеб Сотников</a><span>урбанист</span>"
    #expect(try text(person, in: "author") == ["Глеб Сотников урбанист"])
    #expect(try text("<span>سلمى الخطيب</span><span>الخميس</span>", in: "meta") == ["سلمى الخطيب الخميس"])
    #expect(try text("<b>12</b><i>mar</i>", in: "date") == ["12 mar"])
    // Elsewhere a word may be styled in part, and in a date as well.
    #expect(try text("<b>гра</b><i>д</i>", in: "body") == ["град"])
    #expect(try text("<b>12</b><i>th</i>", in: "date") == ["12th"])
    #expect(try text("<b>A</b><i>nn</i> Smith", in: "author") == ["Ann Smith"])
  }

  @Test func capitalsAndLettersWithAccentsThatTouchAreTwoThings() throws {
    func text(_ html: String) throws -> [String] { try ScannedPage("<p>\(html)</p>").texts }
    #expect(try text("<b>İLGİLİ HABER</b><a href=/a>Fıstık düştü</a>") == ["İLGİLİ HABER Fıstık düştü"])
    #expect(try text("<span>Redakce</span><span>Čtení</span>") == ["Redakce Čtení"])
    #expect(try text("<b>MONTR</b><i>ÉAL</i>") == ["MONTRÉAL"])
  }

  @Test func twoLineBreaksEndABlock() throws {
    let page = try ScannedPage("<div>a<br>b<br> <br/>c<br>&nbsp;<br>d<br><b>e</b><br>f</div>")
    #expect(page.texts == ["a b", "c \u{A0}", "d e f"])
  }

  @Test func preformattedTextKeepsItsLines() throws {
    let page = try ScannedPage("<pre>\n\n  a\n    b<br>c\n<div>d</div><div>e</div></pre>f")
    #expect(page.texts == ["  a\n    b\nc\nd\ne", "f"])
    #expect(page.document.rows[0].kind == .code)
    #expect(page.document.rows[0].flags.contains(.preformatted))
  }

  @Test func blocksWithoutWordsAreNone() throws {
    let page = try ScannedPage("<p>---</p><p>•</p><p>·›</p><p>\u{E001}</p><p>7</p><p>한</p><p>ß</p><p>€</p>")
    #expect(page.texts == ["7", "한", "ß"])
  }

  @Test func rowsOfDataTablesAreBlocks() throws {
    let page = try ScannedPage(
      """
      <table><caption>t</caption><tr><th>A<th>B</tr><tr><td>1</td><td></td><td>2 <b>x</b></td></tr>
      <tr><td><p>y</p></td><td>z</td></tr></table>
      """)
    #expect(page.texts == ["t", "A | B", "1 | 2 x", "y", "z"])
    #expect(page.row("A | B")?.kind == .tableRow)
    #expect(page.container(of: "A | B")?.tag == .tr)
    #expect(page.row("z")?.kind == .paragraph)
    #expect(page.container(of: "z")?.tag == .td)
  }

  @Test func layoutTablesAreContainers() throws {
    let long = String(repeating: "word ", count: 50) + "end"
    let nested = try ScannedPage("<table><tr><td>a</td><td><table><tr><td>b<td>c</table></td></tr></table>")
    #expect(nested.texts == ["a", "b | c"])
    #expect(try ScannedPage("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>").texts == ["a", "b"])
    #expect(try ScannedPage("<table><tr><td>a<td>\(long)</table>").texts == ["a", long])
  }

  @Test func listItemsKnowTheirPlace() throws {
    let page = try ScannedPage(
      "<ol><li>a<p>b</p><ul><li><p>c</p><p>d</p></li></ul></li></ol><dl><dt>e<dd>f</dl><li>g")
    let kinds = page.document.rows.map { $0.kind }
    #expect(page.texts == ["a", "b", "c", "d", "e", "f", "g"])
    #expect(kinds == [.listItem, .paragraph, .listItem, .paragraph, .listItem, .listItem, .listItem])
    #expect(page.document.rows.map { $0.level } == [1, 0, 2, 0, 1, 1, 1])
    #expect(page.document.rows.map { $0.flags.contains(.ordered) }.prefix(3) == [true, false, false])
  }

  @Test func kindsFollowElements() throws {
    let page = try ScannedPage(
      """
      <h2>a<small>b</small></h2><blockquote><p>c</p></blockquote>
      <figure><figcaption>d</figcaption></figure>e
      """)
    #expect(page.document.rows.map { $0.kind } == [.heading, .quotation, .figureCaption, .paragraph])
    #expect(page.document.rows[0].level == 2)
  }

  @Test func hiddenTextIsFlagged() throws {
    let page = try ScannedPage(
      """
      <p hidden>a</p><p style="color:red; DISPLAY : none">b</p><div aria-hidden=true><p>c</p></div>
      <p style="visibility:hidden">d</p><p>e<span style="display:none">f</span></p><p aria-hidden=false>g</p>
      """)
    #expect(page.document.rows.map { $0.flags.contains(.hidden) } == [true, true, true, true, false, false])
    #expect(page.container(of: "a")?.marks.contains(.hidden) == true)
    #expect(page.container(of: "c")?.marks.contains(.hidden) == false)
  }

  @Test func linksAndPicturesAreCounted() throws {
    let page = try ScannedPage(
      "<p>x <a href=a>on e</a> <a>y</a> <a href=b><b>two</b></a></p><img><img><p>z<img></p>")
    let first = page.document.rows[0]
    #expect(first.links == 2)
    #expect(first.linkCharacters == 6)
    #expect(first.boldCharacters == 3)
    #expect(first.inlineMarks.contains(.link))
    #expect(page.document.rows.map { $0.images } == [0, 3])
  }

  @Test func aLinkAroundBlocksIsAContainer() throws {
    let page = try ScannedPage("<div><a href=x class=card>t<h3>a</h3><p>b</p>c</a>d</div>")
    #expect(page.texts == ["t", "a", "b", "c", "d"])
    #expect(page.document.rows.map { $0.links } == [1, 1, 1, 1, 0])
    #expect(page.container(of: "c")?.tag == .a)
    #expect(page.container(of: "c")?.marks.contains(.link) == true)
    #expect(page.container(of: "d")?.tag == .div)
    #expect(page.isWellFormed)
  }

  @Test func tokensComeFromNames() throws {
    let page = try ScannedPage(
      """
      <body class=no><div class="mainNav x top_bar2Box" id="pageHeader"
        itemtype="https://schema.org/NewsArticle">a
      """)
    let container = try #require(page.container(of: "a"))
    let tokens = page.document.tokens[Int(container.tokenStart)..<Int(container.tokenEnd)]
    let words = ["main", "nav", "", "top", "bar", "box", "", "page", "header", "", "news", "article"]
    #expect(Array(tokens) == words.map { $0.isEmpty ? 0 : ContainerTree.tokenHash($0.utf8) })
    #expect(page.document.containers[1].tokenEnd == page.document.containers[1].tokenStart)
  }

  /// Values are split once and then known, by length and edges first: none may be taken for another.
  @Test func repeatedValuesSayTheSame() throws {
    let values = [
      "nav-a-end", "nav-b-end", " card teaser ", "card", "no", "1 2", "aside_x aside_y", "nav-a-end",
    ]
    for value in values + values.reversed() + (0..<600).map({ "item-\($0 % 300)-of-all" }) {
      let alone = try ScannedPage("<div class=\"\(value)\">t</div>")
      let other = try ScannedPage(
        values.map { "<p class=\"\($0)\" id=\"\(value)\">s</p>" }.joined() + "<div class=\"\(value)\">t</div>"
      )
      let tokens = try [alone, other].map { page in
        let container = try #require(page.container(of: "t"))
        return Array(page.document.tokens[Int(container.tokenStart)..<Int(container.tokenEnd)])
      }
      #expect(tokens[0] == tokens[1], "\(value)")
    }
  }

  @Test func inlineTokensGoToTheBlock() throws {
    let page = try ScannedPage("<p>x</p><p><span class=byline>a</span></p>")
    let row = page.document.rows[1]
    let tokens = page.document.tokens[Int(row.tokenStart)..<Int(row.tokenEnd)]
    #expect(Array(tokens) == [ContainerTree.tokenHash("byline".utf8)])
    #expect(page.document.rows[0].tokenStart == page.document.rows[0].tokenEnd)
  }

  @Test func siblingsOfOneTemplateShareASignature() throws {
    let page = try ScannedPage("<div class=card id=1>a</div><div id=2 class=card>b</div><div class=c>c</div>")
    #expect(page.container(of: "a")?.signature == page.container(of: "b")?.signature)
    #expect(page.container(of: "a")?.signature != page.container(of: "c")?.signature)
  }

  @Test func rolesAndElementsMarkContainers() throws {
    let page = try ScannedPage(
      "<div role=navigation>a</div><nav>b</nav><div role=\"main\">c</div><noscript>d</noscript>")
    #expect(page.container(of: "a")?.marks == .nav)
    #expect(page.container(of: "b")?.marks == .nav)
    #expect(page.container(of: "c")?.marks == .main)
    #expect(page.container(of: "d")?.marks == .noscript)
  }

  @Test func sourceRangesPointIntoTheInput() throws {
    let markup = "<p> caf\u{E9} &amp; <b>x</b> </p>"
    let row = try #require(try ScannedPage(markup).document.rows.first)
    let source = Array(markup.utf8)[Int(row.sourceStart)..<Int(row.sourceEnd)]
    #expect(String(decoding: source, as: UTF8.self) == "caf\u{E9} &amp; <b>x")
  }

  @Test func factsAreCollected() throws {
    let page = try ScannedPage(
      """
      <html lang="pt-BR"><head><title> A &amp;\n B </title><meta property="og:Title" content="T">
      <link rel="stylesheet" href="x"><link rel="Canonical" href="/c"><meta content="n" name=Author>
      <script type="application/LD+json"> {"@type":"x"} </script><script>var a</script></head>
      <body><svg><title>no</title></svg><p>first</p>
      <div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Head <i>line</i></h1>
      <span itemprop="author" itemscope itemtype="http://schema.org/Person"><b itemprop=name>Jo</b></span>
      <meta itemprop="dateModified" content="2020-02-02"><time datetime="2020-01-01" pubdate>Jan</time>
      <a href="https://e.org/authors/jo-x">Jo X</a> <a rel="nofollow author" href=y>Y</a> <a href=/z>Z</a>
      <span property="schema:publisher">P</span></div>
      """)
    let facts = page.facts
    #expect(facts.title == "A & B")
    #expect(facts.htmlLang == "pt-BR")
    #expect(facts.metas.map(\.key) == ["og:title", "author", "datemodified"])
    #expect(facts.links == [HeadFacts.Link(rel: "canonical", href: "/c")])
    #expect(facts.jsonLD.map { String(decoding: $0, as: UTF8.self) } == [" {\"@type\":\"x\"} "])
    let properties = facts.itemprops.map { "\($0.prop)/\($0.itemtype)/\($0.value)/\($0.block)" }
    #expect(
      properties == [
        "headline/NewsArticle/Head line/1", "name/Person/Jo/2", "author/Person/Jo/2",
        "datemodified/NewsArticle/2020-02-02/2", "publisher/NewsArticle/P/2",
      ])
    #expect(facts.times == [HeadFacts.Time(datetime: "2020-01-01", block: 2, pubdate: true, itemprop: nil)])
    #expect(facts.authorLinks.map { "\($0.text)/\($0.byRel)" } == ["Jo X/false", "Y/true"])
  }

  @Test("JSON-LD that a framework wrote into a meta element counts as well")
  func declaredInMeta() throws {
    let facts = try ScannedPage(
      """
      <meta name="script:ld+json" content="{&quot;@type&quot;:&quot;Article&quot;}"><meta name=x content=y>
      <p>Text</p>
      """
    ).facts
    #expect(facts.jsonLD.map { String(decoding: $0, as: UTF8.self) } == ["{\"@type\":\"Article\"}"])
    #expect(facts.metas.map(\.key) == ["x"])
  }

  @Test func theEndOfAnOuterCommentIsNoText() throws {
    func text(_ html: String) throws -> [String] { try ScannedPage(html).texts }
    #expect(try text("<p>The ice holds. <!-- no <!-- really --> --></p>") == ["The ice holds."])
    #expect(try text("<p>Go on --&gt;</p><pre>a --&gt;</pre>") == ["Go on", "a -->"])
  }
}
