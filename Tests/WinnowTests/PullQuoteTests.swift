import Testing
import WinnowCore
import WinnowStages

@testable import Winnow

/// Sentences of an article that it shows once more.
@Suite struct PullQuoteTests {
  private static let said = "A wall that looks sound can be hollow, and the river does not tell you."

  /// The roles of what an article holds besides two paragraphs, the first of which has the sentence, where all was kept.
  private func roles(_ quote: String, type: String = "article") throws -> [Role?] {
    let html = """
      <html><head><title>Wall</title><meta property="og:type" content="\(type)"></head><body><article>
      <p>We looked at the wall for years, said the engineer. \(Self.said) She will have it rebuilt this summer.</p>
      \(quote)<p>Four million will be spent on ninety metres of the quay, and a half of it is to be borrowed.</p>
      </article></body></html>
      """
    let document = try Winnow().read(Page(id: "1", form: .html, bytes: Array(html.utf8))).document
    var ledger = Ledger(blockCount: document.count)
    for block in document.indices {
      let role: Role = document[block].kind == .quotation ? .quotation : .paragraph
      ledger.add(role, to: block, .strong, because: "test.before")
    }
    KeptCopiesStage().label(document, in: &ledger)
    return document.indices.dropFirst().dropLast().map(ledger.role)
  }

  @Test(arguments: [
    "<div class=\"pull\"><p>\(said)</p></div>", "<blockquote><p>\(said)</p></blockquote>",
    "<aside><div><p>\u{201C}\(said)\u{201D}</p></div></aside>",
  ])
  func theCopyGoes(_ quote: String) throws {
    #expect(try roles(quote) == [.duplicate])
  }

  @Test func whoSaidItGoesWithIt() throws {
    #expect(
      try roles(
        "<div><blockquote><p>\(Self.said)</p><cite><p>Ann Smith, engineer</p></cite></blockquote></div>")
        == [.duplicate, .duplicate])
  }

  @Test(arguments: [
    // A paragraph like the others, a quotation that the text announces, and one of other words.
    "<p>\(said)</p>",
    "<blockquote><p>The wall is sound, and we have seen no river that was not.</p></blockquote>",
  ])
  func othersStay(_ quote: String) throws {
    #expect(try !roles(quote).contains(.duplicate))
  }

  @Test func announcedQuotationsStay() throws {
    let found = try roles("<p>In her own words:</p><blockquote><p>\(Self.said)</p></blockquote>")
    #expect(found == [.paragraph, .quotation])
  }

  @Test func onPagesThatAreNoArticlesTheyStay() throws {
    #expect(try roles("<div><p>\(Self.said)</p></div>", type: "website") == [.paragraph])
  }
}
