import Testing
import WinnowCore

@testable import WinnowHTML

/// The candidates of one script of JSON-LD.
private func read(_ scripts: String..., canonical: String? = nil) -> [FieldCandidate] {
  var facts = HeadFacts()
  facts.jsonLD = scripts.map { Array($0.utf8) }
  if let canonical { facts.links = [HeadFacts.Link(rel: "canonical", href: canonical)] }
  return PageMetadata.candidates(facts)
}

extension [FieldCandidate] {
  fileprivate func values(_ field: Field, _ origin: Origin = "json-ld") -> [String] {
    filter { $0.field == field && $0.origin == origin }.map(\.value)
  }
}

private func parsed(_ text: String) -> [JSONValue] { JSONValue.documents(in: Array(text.utf8)) }

@Suite("JSON as pages write it")
struct JSONValueTests {
  @Test func plainValues() {
    let values = parsed(#"{"a":[1,-2.5e3,true,false,null,"x\n\u00e9\ud83d\ude00"],"b":{}}"#)
    let expected: JSONValue = .object([
      .init(
        "a",
        .array([.number("1"), .number("-2.5e3"), .bool(true), .bool(false), .null, .string("x\né😀")])),
      .init("b", .object([])),
    ])
    #expect(values == [expected])
  }

  @Test(arguments: [
    "{\"a\":\"x\ny\tz\"}", "{\"a\":\"x\\ny\\tz\",}", "\u{FEFF}{\"a\":\"x\ny\tz\"}",
    "<!-- {\"a\":\"x\ny\tz\"} -->", "//<![CDATA[\n{\"a\":\"x\ny\tz\"}\n//]]>",
    "/*<![CDATA[*/{\"a\":\"x\ny\tz\"}/*]]>*/", "<![CDATA[{\"a\":\"x\ny\tz\"}]]>",
    "{a:'x\ny\tz'}", "{&quot;a&quot;:&quot;x\ny\tz&quot;}", "// note\n{\"a\":\"x\ny\tz\"};",
    "{\"a\":\"x\ny\tz\"", "{\"a\":\"x\ny\tz\",\"b\":\"never closed", "var data = {\"a\":\"x\ny\tz\"};",
  ])
  func oddities(_ text: String) {
    #expect(parsed(text).first?["a"]?.text == "x\ny\tz")
  }

  @Test func strayQuotes() {
    let value = parsed(#"{"a": "He said "no", then "yes" to it", "b": "c"}"#).first
    #expect(value?["a"]?.text == #"He said "no", then "yes" to it"#)
    #expect(value?["b"]?.text == "c")
  }

  @Test func missingCommas() {
    let value = parsed("{\"a\": \"x\"\n\"b\": \"y\"}").first
    #expect(value?["a"]?.text == "x")
    #expect(value?["b"]?.text == "y")
  }

  @Test func severalDocuments() {
    #expect(parsed(#"{"a":1}{"a":2} [{"a":3}],{"a":4}"#).count == 4)
  }

  @Test func deepNestingIsPassedOver() {
    let deep = String(repeating: "[", count: 200_000)
    #expect(parsed(deep).count == 1)
    let closed = #"{"x":"# + deep + String(repeating: "]", count: 200_000) + #","a":"b"}"#
    #expect(parsed(closed).first?["a"]?.text == "b")
  }

  @Test(arguments: [
    "", "   ", "{", "[", "}", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{:}", "[,,]", "\"", "\\", "{\"a\":\"\\u12",
  ])
  func fragments(_ text: String) {
    _ = parsed(text)
  }

  @Test func hostileInputIsLinear() {
    for unit in ["\"", "{\"", "\"a\" ", "/*", "//", "{\"a\":", "[\"", "&quot;", "\\\"", "{\"a\":\"x\" "] {
      _ = parsed("{" + String(repeating: unit, count: 200_000))
    }
  }
}

@Suite("JSON-LD")
struct JSONLDTests {
  @Test(arguments: [
    "Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "TechArticle", "LiveBlogPosting",
    "AnalysisNewsArticle", "OpinionNewsArticle", "http://schema.org/NewsArticle", "schema:NewsArticle",
  ])
  func articleTypes(_ type: String) {
    #expect(read(#"{"@type":"\#(type)","headline":"A headline"}"#).values(.headline) == ["A headline"])
  }

  @Test func typeAsArrayAndFields() {
    let found = read(
      #"""
      {"@context":"https://schema.org","@type":["NewsArticle","CreativeWork"],"headline":"Le caf&eacute; &amp; l&#8217;eau",
      "author":[{"@type":"Person","name":"Ana Lúcia Prado"},{"@type":"Organization","name":"Redação"},"Rui Melo"],
      "datePublished":"2024-05-03T08:00:00-03:00","dateModified":"2024-05-04","publisher":{"@type":"NewsMediaOrganization","name":"Gazeta"},
      "articleSection":["Brasil","Política"],"keywords":"água, sertão","inLanguage":"pt-BR",
      "isAccessibleForFree":"False","articleBody":"<p>Um.</p><p>Dois <b>três</b>.</p>","image":[{"@type":"ImageObject","url":"https://a.example/i.jpg"}],
      "description":"Uma   linha","mainEntityOfPage":{"@type":"WebPage","@id":"https://a.example/x"}}
      """#)
    #expect(found.values(.headline) == ["Le café & l’eau"])
    #expect(found.values(.author) == ["Ana Lúcia Prado", "Redação", "Rui Melo"])
    #expect(found.filter { $0.field == .author }.map(\.type) == ["Person", "Organization", nil])
    #expect(found.values(.published) == ["2024-05-03T08:00:00-03:00"])
    #expect(found.values(.modified) == ["2024-05-04"])
    #expect(found.values(.publisher) == ["Gazeta"])
    #expect(found.values(.section) == ["Brasil", "Política"])
    #expect(found.values(.tag) == ["água", "sertão"])
    #expect(found.values(.language) == ["pt-BR"])
    #expect(found.values(.accessibleForFree) == ["false"])
    #expect(found.values(.articleBody) == ["Um. Dois três."])
    #expect(found.values(.image) == ["https://a.example/i.jpg"])
    #expect(found.values(.description) == ["Uma linha"])
    #expect(found.values(.url) == ["https://a.example/x"])
    #expect(found.values(.articleType) == ["NewsArticle", "CreativeWork"])
  }

  @Test func graphWithReferences() {
    let found = read(
      #"""
      {"@graph":[
        {"@type":"Article","@id":"https://b.example/a#article","headline":"Kopf","author":{"@id":"#p1"},"publisher":{"@id":"#org"}},
        {"@type":"WebPage","@id":"https://b.example/a","datePublished":"2023-01-02","name":"Kopf - Blatt"},
        {"@type":"WebSite","name":"Blatt","publisher":{"@id":"#org"}},
        {"@type":"Organization","@id":"#org","name":"Blatt GmbH"},
        {"@type":"Person","@id":"#p1","name":"Jörg Weiß"}]}
      """#)
    #expect(found.values(.author) == ["Jörg Weiß"])
    #expect(found.first { $0.field == .author }?.type == "Person")
    #expect(found.values(.publisher) == ["Blatt GmbH"])
    #expect(found.values(.published, "json-ld:page") == ["2023-01-02"])
    #expect(found.values(.siteName, "json-ld:site") == ["Blatt", "Blatt GmbH"])
  }

  @Test func referenceWithNameTakesTheTypeOfItsObject() {
    let found = read(
      #"""
      {"@graph":[{"@type":"Article","headline":"H","author":{"name":"Gabi Bucher","@id":"#p"},"publisher":{"@id":"#p"}},
      {"@type":["Person","Organization"],"@id":"#p","name":"Gabi Bucher"}]}
      """#)
    #expect(
      found.filter { $0.field == .author || $0.field == .publisher }.map(\.type) == ["Person", "Person"])
  }

  @Test func ownArticleLeads() {
    let teaser =
      #"{"@type":"NewsArticle","headline":"Teaser","url":"https://c.example/t","author":"Tea Ser"}"#
    let own =
      #"{"@type":"NewsArticle","headline":"Own","url":"http://www.c.example/own/?utm=1","author":"Own Er"}"#
    let found = read("[\(teaser),\(own)]", canonical: "https://c.example/own")
    #expect(found.values(.headline) == ["Own"])
    #expect(found.values(.headline, "json-ld:other") == ["Teaser"])
    #expect(found.values(.author) == ["Own Er"])
  }

  @Test func twoObjectsOfOneArticleFillIn() {
    let found = read(
      #"{"@type":"NewsArticle","headline":"Same"}"#,
      #"{"@type":"Article","headline":"Same","datePublished":"2022-02-02","author":{"name":"Li Na"}}"#)
    #expect(found.values(.headline) == ["Same"])
    #expect(found.values(.published) == ["2022-02-02"])
    #expect(found.values(.author) == ["Li Na"])
  }

  @Test func listItemsPartsAndCommentsStayOut() {
    let found = read(
      #"""
      {"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"Main","comment":[{"@type":"Comment","author":{"name":"Troll"}}],
       "hasPart":{"@type":"Article","headline":"Part"},"isPartOf":{"@type":"Article","headline":"Whole"}}}
      """#,
      #"{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Item"}]}"#)
    #expect(found.filter { $0.field == .headline }.map(\.value) == ["Main"])
    #expect(found.filter { $0.field == .author }.isEmpty)
  }

  @Test func authorShapes() {
    #expect(read(#"{"@type":"Article","author":"http://a.example/x"}"#).values(.author) == [])
    #expect(read(#"{"@type":"Article","author":{"name":["A B","C D"]}}"#).values(.author) == ["A B", "C D"])
    let split = #"{"@type":"Article","author":{"@type":"Person","givenName":"Noor","familyName":"Khan"}}"#
    #expect(read(split).values(.author) == ["Noor Khan"])
    #expect(read(#"{"@type":"Article","author":[],"creator":["E F"]}"#).values(.author) == ["E F"])
  }

  @Test func unknownTagsStay() {
    let found = read(#"{"@type":"Article","headline":"The <canvas> element, x < y and <em>more</em>"}"#)
    #expect(found.values(.headline) == ["The <canvas> element, x < y and more"])
  }

  @Test func lengthsAreCapped() {
    let long = String(repeating: "ж", count: 300_000)
    let found = read(
      #"{"@type":"Article","headline":"\#(long)","author":"\#(long)","articleBody":"\#(long)"}"#)
    #expect(found.values(.headline).first?.unicodeScalars.count == 500)
    #expect(found.values(.author).first?.unicodeScalars.count == 300)
    #expect(found.values(.articleBody).first?.utf8.count == 200_000)
  }

  @Test func aDeclaredBodyKeepsItsParagraphs() {
    let found = read(#"{"@type":"Article","articleBody":" One\r\n  line.\n\nTwo <b>lines</b>.\n \nThree."}"#)
    #expect(found.values(.articleBody) == ["One\nline.\nTwo lines.\nThree."])
  }
}

@Suite("Head and attributes")
struct PageMetadataTests {
  @Test func metaFamilies() {
    var facts = HeadFacts()
    facts.metas = [
      HeadFacts.Meta(key: "author", content: "By  Ann&nbsp;Smith"),
      HeadFacts.Meta(key: "keywords", content: "a, b;c"),
      HeadFacts.Meta(key: "og:title", content: "It&#039;s here"),
      HeadFacts.Meta(key: "article:published_time", content: "2024-01-01"),
      HeadFacts.Meta(key: "og:site_name", content: "Site"),
      HeadFacts.Meta(key: "twitter:label1", content: "Escrito por"),
      HeadFacts.Meta(key: "twitter:data1", content: "Eva Luna"),
      HeadFacts.Meta(key: "twitter:label2", content: "Tiempo de lectura"),
      HeadFacts.Meta(key: "twitter:data2", content: "5 minutos"),
      HeadFacts.Meta(key: "viewport", content: "width"),
    ]
    facts.title = "It's here | Site"
    facts.htmlLang = "en_GB"
    facts.links = [HeadFacts.Link(rel: "shortlink canonical", href: "https://d.example/a")]
    let found = PageMetadata.candidates(facts)
    #expect(found.values(.headline, "meta:og:title") == ["It's here"])
    #expect(found.values(.author, "meta:author") == ["By Ann Smith"])
    #expect(found.values(.author, "meta:twitter:data1") == ["Eva Luna"])
    #expect(found.values(.author, "meta:twitter:data2") == [])
    #expect(found.values(.tag, "meta:keywords") == ["a", "b", "c"])
    #expect(found.values(.published, "meta:article:published_time") == ["2024-01-01"])
    #expect(found.values(.siteName, "meta:og:site_name") == ["Site"])
    #expect(found.values(.headline, "title") == ["It's here | Site"])
    #expect(found.values(.language, "html:lang") == ["en_GB"])
    #expect(found.values(.url, "link:canonical") == ["https://d.example/a"])
    #expect(found.count == 11)
  }

  @Test func microdataTimesAndLinks() {
    var facts = HeadFacts()
    func item(_ prop: String, _ type: String, _ value: String, _ block: Int) -> HeadFacts.ItemProperty {
      HeadFacts.ItemProperty(prop: prop, itemtype: type, value: value, block: block)
    }
    facts.itemprops = [
      item("headline", "NewsArticle", "Naslov", 3), item("name", "Person", "Ivo Horvat", 4),
      item("author", "Person", "Piše: Ivo Horvat, novinar", 4),
      item("datepublished", "NewsArticle", "2021-03-04", 4),
      item("author", "Comment", "troll", 90),
    ]
    facts.times = [
      HeadFacts.Time(datetime: "2021-03-04", block: 4, pubdate: true, itemprop: nil),
      HeadFacts.Time(datetime: "2021-03-05", block: 4, pubdate: false, itemprop: "datemodified"),
      HeadFacts.Time(datetime: "2021-03-06", block: 80, pubdate: false, itemprop: nil),
    ]
    facts.authorLinks = [
      HeadFacts.AuthorLink(text: "Ivo Horvat", block: 4, byRel: true),
      HeadFacts.AuthorLink(text: "Više", block: 5, byRel: false),
    ]
    let found = PageMetadata.candidates(facts)
    #expect(found.values(.headline, "microdata") == ["Naslov"])
    #expect(found.values(.author, "microdata") == ["Ivo Horvat"])
    #expect(found.values(.articleType, "microdata") == ["NewsArticle", "NewsArticle"])
    #expect(found.values(.published, "time:pub") == ["2021-03-04"])
    #expect(found.values(.modified, "time:modified") == ["2021-03-05"])
    #expect(found.values(.published, "time") == ["2021-03-06"])
    #expect(found.values(.author, "rel-author") == ["Ivo Horvat"])
    #expect(found.values(.author, "link:author") == ["Više"])
    #expect(found.first { $0.origin == "microdata" }?.block == 3)
  }

  @Test func nothing() {
    #expect(PageMetadata.candidates(HeadFacts()).isEmpty)
  }
}
