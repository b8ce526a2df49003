import Testing
import WinnowCore

@testable import Winnow

@Suite("Several authors")
struct SeveralAuthorsTests {
  private static let title = "Bridge opens after ten years of work"

  /// The blocks that are read as bylines on a page with these lines between headline and prose.
  private func bylines(_ lines: String) throws -> [String] {
    let reading = try Winnow().read(FieldTestPages.page("<h1>\(Self.title)</h1>\(lines)"))
    return reading.verdicts.filter { $0.role == .byline }.map { reading.document[$0.block].text }
  }

  @Test(
    arguments: [
      ("<div>Ann Smith, Bob B. Jones, Carol King</div>", true),
      ("<p><b>Mathaba Sebaka/Mohale Phako</b></p>", true),
      ("<div>Ann Smith ; Ludwig van der Rohe</div>", true),
      // Places, topics, a credit, songs, a sentence, a heading.
      ("<div>Oak Harbor, Blue Ridge</div>", false),
      ("<div><a href=\"/topic/ann\">Ann Smith</a>, <a href=\"/topic/bob\">Bob Jones</a></div>", false),
      ("<div>Ann Smith/AFP Images</div>", false),
      ("<div>Songwriters: Ann Smith, Bob Jones</div>", false),
      ("<div>Ann Smith, Bob Jones and Carol King opened it.</div>", false),
      ("<h3>Ann Smith, Bob Jones</h3>", false),
    ])
  func linesOfNames(_ item: (line: String, isByline: Bool)) throws {
    #expect(try bylines(item.line).isEmpty == !item.isByline)
  }

  @Test func listsBehindALabel() throws {
    let list = """
      <h4>Author(s)</h4><ul><li><a href="/a">John A. Hale</a></li><li><a href="/b">David C. Moor</a></li>
      <li><a href="/c">Edward Rubin</a></li></ul><p><a href="/d">Download pdf</a></p>
      """
    #expect(
      Set(try bylines(list)).isSuperset(of: ["John A. Hale", "David C. Moor", "Edward Rubin"]))
    #expect(try !bylines(list).contains("Download pdf"))
  }

  @Test func portraitsOfInitials() throws {
    let lockups = """
      <aside><div>Authors</div><div>CP</div><div>Clara Pei</div><div>Staff Engineer, Harbour Works</div>
      <div>YL</div><div>Yann Lind</div><div>Director, Harbour Works</div></aside>
      """
    let found = try bylines(lockups)
    #expect(found.contains("Clara Pei") && found.contains("Yann Lind"))
    #expect(!found.contains("CP") && !found.contains("YL"))
  }

  /// The names of two blocks of one byline stand in one list, those behind another label in their own.
  @Test func blocksOfOneBylineAreOneList() throws {
    let blocks = """
      <p class="byline">Ingrid Solberg</p><p class="byline">Marlene Lund</p><p class="byline">Photos by Nils Ek</p>
      """
    let reading = try Winnow().read(FieldTestPages.page("<h1>\(Self.title)</h1>\(blocks)"))
    let rows = FieldPicking().rows(reading.document, reading.verdicts)
    let authors = try #require(rows.first { $0.table == .authors })
    func lists(_ name: String) throws -> Set<Int> {
      Set(authors.lists[try #require(authors.texts.firstIndex(of: name))])
    }
    #expect(try !lists("Ingrid Solberg").isDisjoint(with: lists("Marlene Lund")))
    #expect(try lists("Ingrid Solberg").isDisjoint(with: lists("Nils Ek")))
  }

  /// Links to authors in a block that is too long for a byline and opens with its word.
  @Test func linksBehindABylinesWord() throws {
    let block = """
      <p>Written by <br><b><a href="/authors/ann-hale">Ann Hale</a></b>, four years of writing about bridges, boats and \
      the tides that they meet<br><b><a href="/authors/bob-moor">Bob Moor</a></b>, an editor and friend of all ferries \
      with five years of testing what floats</p>
      """
    let reading = try Winnow().read(FieldTestPages.page("<h1>\(Self.title)</h1>\(block)"))
    let rows = FieldPicking().rows(reading.document, reading.verdicts)
    let authors = try #require(rows.first { $0.table == .authors })
    let lists = try ["Ann Hale", "Bob Moor"].map { name in
      Set(authors.lists[try #require(authors.texts.firstIndex(of: name))])
    }
    #expect(!lists[0].isDisjoint(with: lists[1]))
  }

  /// A site's account publishes what others wrote.
  @Test func peopleOfALineOfNamesLeadTheSite() throws {
    let head = """
      <meta property="og:site_name" content="Blue Harbour"><meta name="author" content="Blue Harbour">
      <script type="application/ld+json">{"@type":"NewsArticle","headline":"\(Self.title)",
      "author":{"@type":"Person","name":"Blue Harbour"}}</script>
      """
    let record = try FieldTestPages.record(
      head: head, "<h1>\(Self.title)</h1><p>by Blue Harbour</p><p><b>Mathaba Sebaka/Mohale Phako</b></p>")
    #expect(record.authors == ["Mathaba Sebaka", "Mohale Phako"])
    #expect(!record.body.contains("Sebaka"))
  }

  @Test(
    arguments: [
      ("Ann Smith | The Harbour Newsroom", ["Ann Smith", "The Harbour Newsroom"]),
      ("The Harbour Newsroom", ["The Harbour Newsroom"]),
      ("Ann Smith\u{B9}, Bob Jones\u{B2}", ["Ann Smith", "Bob Jones"]),
      ("Ann Smith, The Harbour", ["Ann Smith"]),
    ])
  func firmsAndMarksOfNotes(_ item: (byline: String, names: [String])) {
    #expect(FieldWords.names.names(in: item.byline).prefix(item.names.count) == item.names[...])
  }
}

@Suite("Footers of entries")
struct EntryFooterTests {
  private let title = "Bridge opens after ten years of work"

  /// "This entry was posted on …" says what its day is.
  @Test(
    arguments: [
      ("en", "This entry was posted on May 3, 2024 at 10:15 by Ann and is filed under Bridges."),
      ("de", "Dieser Beitrag wurde am 3. Mai 2024 um 10:15 von Ann unter Brücken veröffentlicht."),
      ("fr", "Cet article a été publié le 3 mai 2024 à 10:15 par Ann dans Ponts."),
    ])
  func footersOfEntries(_ item: (language: String, footer: String)) throws {
    let page = FieldTestPages.page("<h1>\(title)</h1>", "<p>\(item.footer)</p>", language: item.language)
    let reading = try Winnow().read(page)
    let index = try #require(reading.document.indices.first { reading.document[$0].text == item.footer })
    #expect(reading.document[index].hits.contains { $0.section == .published })
  }
}
