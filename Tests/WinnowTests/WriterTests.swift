import Foundation
import Testing
import WinnowCore

@testable import Winnow

/// Every format on a full record, on an empty one, and on text that is hard to quote.
@Suite struct WriterTests {
  /// Characters that JSON, YAML or a line reader could stumble over.
  static let awkward =
    "q\" b\\ s/ t\t n\n r\r nul\0 bell\u{7} esc\u{1B} del\u{7F} ls\u{2028} ps\u{2029} nel\u{85} é 中 😀 : # - '"

  /// The record's keys in the documented order.
  static let keys = [
    "id", "source", "url", "status", "error", "headline", "dek", "byline", "authors", "agency", "publisher",
    "date", "dateModified", "dateline", "section", "tags", "language", "body", "parts", "captions", "image",
    "accessibleForFree", "disclaimers", "corrections", "confidence", "origins", "dropped",
  ]

  private var full: ArticleRecord {
    var record = ArticleRecord(id: "page-1", source: "pages/page-1.html", status: .article)
    record.url = "https://example.org/a?b=c&d=\"e\""
    record.headline = "Harbour bridge \"opens\""
    record.dek = "Nine years after the first pile"
    record.byline = "By Ann Smith and Bo Li in Port"
    record.authors = ["Ann Smith", "Bo Li"]
    record.agency = "Reuters"
    record.publisher = "The Courier"
    record.date = "2025-03-11T06:15+01:00"
    record.dateModified = "2025-03-12"
    record.dateline = "PORT"
    record.section = "City"
    record.tags = ["bridge", "harbour: north"]
    record.language = "en-GB"
    record.parts = [
      .init(kind: .paragraph, text: "First paragraph."),
      .init(kind: .subheading, text: "A long wait", level: 3),
      .init(kind: .listItem, text: "One", level: 1), .init(kind: .listItem, text: "Two", level: 2),
      .init(kind: .quotation, text: "Line one\nline two"), .init(kind: .table, text: "Length | 412"),
      .init(kind: .table, text: "Width | 31"), .init(kind: .code, text: "let a = 1\nlet b = 2"),
    ]
    record.captions = [.init(text: "At dawn", credit: "A. Jones"), .init(text: "At dusk")]
    record.image = .init(url: "https://example.org/dawn.jpg", caption: "At dawn", credit: "A. Jones")
    record.accessibleForFree = true
    record.disclaimers = [.init(kind: "machine-translation", text: "Translated by a program.")]
    record.corrections = [.init(kind: "correction", text: "The length was wrong.")]
    record.confidence = 0.87654
    record.origins = ["headline": "json-ld", "date": "meta"]
    record.dropped = [.navigation: 14, .ticker: 10]
    return record
  }

  private var empty: ArticleRecord { ArticleRecord(id: "", source: "", status: .notAnArticle) }

  private func object(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  private func text(_ format: RecordFormat, _ record: ArticleRecord) -> String {
    String(decoding: format.bytes(of: record), as: UTF8.self)
  }

  // MARK: - JSON

  @Test(arguments: [RecordFormat.jsonl, .json])
  func allKeysStandInOrder(_ format: RecordFormat) throws {
    for record in [full, empty] {
      let bytes = format.bytes(of: record)
      #expect(memberNames(bytes) == WriterTests.keys)
      #expect(try object(bytes).count == WriterTests.keys.count)
    }
    let withInput = format.bytes(of: full, input: Array(#"{"n":[1,2]}"#.utf8))
    #expect(memberNames(withInput) == WriterTests.keys + ["input"])
    #expect(try object(withInput)["input"] as? [String: [Int]] == ["n": [1, 2]])
  }

  @Test func valuesComeBack() throws {
    let json = try object(RecordFormat.jsonl.bytes(of: full))
    #expect(json["url"] as? String == full.url)
    #expect(json["status"] as? String == "article")
    #expect(json["headline"] as? String == full.headline)
    #expect(json["authors"] as? [String] == full.authors)
    #expect(json["tags"] as? [String] == full.tags)
    #expect(json["body"] as? String == full.body)
    #expect(json["confidence"] as? Double == 0.8765)
    #expect(json["origins"] as? [String: String] == full.origins)
    #expect(json["dropped"] as? [String: Int] == ["navigation": 14, "ticker": 10])
    let parts = try #require(json["parts"] as? [[String: Any]])
    #expect(parts.map { $0["kind"] as? String } == full.parts.map(\.kind.name))
    #expect(parts.map { $0["text"] as? String } == full.parts.map(\.text))
    #expect(parts.map { $0["level"] as? Int } == full.parts.map(\.level))
    let captions = try #require(json["captions"] as? [[String: Any]])
    #expect(captions.map { $0["credit"] as? String } == ["A. Jones", nil])
    #expect(captions.last?["credit"] is NSNull)
    #expect((json["disclaimers"] as? [[String: String]])?.first?["kind"] == "machine-translation")
    #expect((json["corrections"] as? [[String: String]])?.first?["text"] == "The length was wrong.")
  }

  /// The body is written part by part, and what it escapes is copied into the parts.
  @Test func partsOfSignsComeBackWholeAndApart() throws {
    var record = full
    let signs = ["\"", "\\", "a\n", "\u{2028}b", "", "é\u{85}", "\t\t", "plain", Self.awkward, "中"]
    record.parts = signs.enumerated().map { index, text in
      .init(kind: index % 3 == 1 || index % 3 == 2 ? .table : .paragraph, text: text)
    }
    let json = try object(RecordFormat.jsonl.bytes(of: record))
    #expect(json["body"] as? String == record.body)
    let parts = try #require(json["parts"] as? [[String: Any]])
    #expect(parts.map { $0["text"] as? String } == signs)
  }

  @Test func absentValuesAreNullOrEmpty() throws {
    let json = try object(RecordFormat.jsonl.bytes(of: empty))
    for key in [
      "url", "error", "headline", "dek", "byline", "agency", "publisher", "date", "dateModified", "dateline",
      "section", "language",
    ] {
      #expect(json[key] is NSNull, "\(key)")
    }
    for key in ["authors", "tags", "parts", "captions", "disclaimers", "corrections"] {
      #expect((json[key] as? [Any])?.isEmpty == true, "\(key)")
    }
    for key in ["origins", "dropped"] { #expect((json[key] as? [String: Any])?.isEmpty == true, "\(key)") }
    #expect(json["body"] as? String == "")
    #expect(json["confidence"] as? Double == 0)
  }

  @Test func aFailureSaysWhy() throws {
    var record = ArticleRecord(id: "x", source: "x.pdf", status: .failed)
    record.error = .init(code: "binary", message: "no text (\"a PDF\")")
    let json = try object(RecordFormat.jsonl.bytes(of: record))
    #expect(json["status"] as? String == "failed")
    #expect(json["error"] as? [String: String] == ["code": "binary", "message": "no text (\"a PDF\")"])
    for format in [RecordFormat.text, .markdown] { #expect(text(format, record).contains("a PDF")) }
  }

  @Test(arguments: RecordFormat.allCases)
  func awkwardTextIsQuoted(_ format: RecordFormat) throws {
    var record = full
    record.headline = WriterTests.awkward
    record.tags = [WriterTests.awkward]
    record.parts = [.init(kind: .paragraph, text: WriterTests.awkward)]
    record.origins = [WriterTests.awkward: WriterTests.awkward]
    let bytes = format.bytes(of: record)
    guard format != .text, format != .markdown else { return }
    #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A })
    #expect(bytes.count { $0 == 0x0A } == (format == .json ? 0 : 1))
    let json = try object(bytes)
    #expect(json["headline"] as? String == WriterTests.awkward)
    #expect(json[format == .schemaOrg ? "articleBody" : "body"] as? String == WriterTests.awkward)
    #expect(json[format == .schemaOrg ? "keywords" : "tags"] as? [String] == [WriterTests.awkward])
  }

  @Test(arguments: [0, 1, 3])
  func aRunIsFramed(_ count: Int) throws {
    func run(_ format: RecordFormat) -> String {
      let records = (0..<count).map { _ in text(format, full) }
      return format.opening + records.joined(separator: format.separator) + format.closing
    }
    let array = try JSONSerialization.jsonObject(with: Data(run(.json).utf8)) as? [[String: Any]]
    #expect(array?.count == count)
    #expect(run(.json).hasSuffix("]\n"))
    for format in [RecordFormat.jsonl, .schemaOrg] {
      let lines = run(format).split(separator: "\n")
      #expect(lines.count == count)
      for line in lines { #expect(try object(Array(line.utf8)).isEmpty == false) }
    }
  }

  // MARK: - schema.org

  @Test func schemaOrgHasWhatTheRecordHas() throws {
    let json = try object(RecordFormat.schemaOrg.bytes(of: full))
    #expect(json["@context"] as? String == "https://schema.org")
    #expect(json["@type"] as? String == "NewsArticle")
    #expect(json["headline"] as? String == full.headline)
    #expect(json["alternativeHeadline"] as? String == full.dek)
    #expect(json["datePublished"] as? String == full.date)
    #expect(json["inLanguage"] as? String == "en-GB")
    let authors = try #require(json["author"] as? [[String: String]])
    #expect(authors.map { $0["name"] } == full.authors)
    #expect(authors.allSatisfy { $0["@type"] == "Person" })
    #expect((json["image"] as? [[String: String]])?.first?["creditText"] == "A. Jones")
    #expect(json.values.allSatisfy { !($0 is NSNull) })
  }

  @Test func schemaOrgLeavesOutWhatIsAbsent() throws {
    let json = try object(RecordFormat.schemaOrg.bytes(of: empty))
    #expect(json["@type"] as? String == "WebPage")
    #expect(Set(json.keys) == ["@context", "@type", "identifier"])
  }

  // MARK: - For people

  @Test func markdownHasFrontMatterAndBlocks() throws {
    let lines = text(.markdown, full).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    #expect(lines.first == "---")
    let end = try #require(lines.dropFirst().firstIndex(of: "---"))
    let front = lines[1..<end]
    #expect(front.contains(#"headline: "Harbour bridge \"opens\"""#))
    #expect(front.contains(#"authors: ["Ann Smith", "Bo Li"]"#))
    #expect(front.contains(#"tags: ["bridge", "harbour: north"]"#))
    #expect(front.allSatisfy { $0.contains(": ") })
    let body = lines[(end + 1)...].joined(separator: "\n")
    for piece in [
      "\n# Harbour bridge \"opens\"\n", "\n*Nine years after the first pile*\n", "\nFirst paragraph.\n",
      "\n### A long wait\n", "\n- One\n  - Two\n", "\n> Line one\n> line two\n",
      "\n| Length | 412 |\n| --- | --- |\n| Width | 31 |\n", "\n```\nlet a = 1\nlet b = 2\n```\n",
      "\n> Caption: At dawn (A. Jones)\n", "\n> Caption: At dusk\n", "\n> The length was wrong.\n",
    ] {
      #expect(body.contains(piece), "\(piece)")
    }
  }

  @Test func frontMatterStaysOneLineAField() throws {
    var record = empty
    record.headline = WriterTests.awkward
    let lines = text(.markdown, record).split(separator: "\n", omittingEmptySubsequences: false)
    let field = try #require(lines.first { $0.hasPrefix("headline: ") })
    let value = try JSONSerialization.jsonObject(
      with: Data(field.dropFirst(10).utf8), options: .fragmentsAllowed)
    #expect(value as? String == WriterTests.awkward)
  }

  @Test func plainTextHasHeadAndBody() {
    let page = text(.text, full)
    #expect(page.hasPrefix("Harbour bridge \"opens\"\n\nNine years after the first pile\n\nBy Ann Smith"))
    #expect(page.contains("\n\n" + full.body + "\n\n"))
    #expect(page.contains("[At dawn (A. Jones)]"))
    #expect(page.hasSuffix("\n"))
    #expect(text(.text, empty) == "\n")
  }

  @Test func bodyJoinsItsParts() {
    #expect(full.body.contains("Length | 412\nWidth | 31\n\nlet a = 1"))
    #expect(full.body.hasPrefix("First paragraph.\n\nA long wait\n\nOne\n\nTwo"))
    #expect(empty.body == "")
  }

  // MARK: -

  /// Names of the members of an object, in order, without those of objects inside.
  private func memberNames(_ bytes: [UInt8]) -> [String] {
    var names: [String] = []
    var depth = 0
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D: depth -= 1
      case 0x22:
        let start = index + 1
        index = start
        while bytes[index] != 0x22 { index += bytes[index] == 0x5C ? 2 : 1 }
        let isName = index + 1 < bytes.count && bytes[index + 1] == 0x3A
        if depth == 1, isName { names.append(String(decoding: bytes[start..<index], as: UTF8.self)) }
      default: break
      }
      index += 1
    }
    return names
  }
}
