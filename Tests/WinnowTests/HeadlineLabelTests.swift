import Testing
import Winnow
import WinnowCore

/// Which block is labelled as headline where the page's title holds more than it.
@Suite struct HeadlineLabelTests {
  private func headline(title: String, headings: String) throws -> String? {
    let html = """
      <html><head><title>\(title)</title></head><body>\(headings)
      <p>The harbour bridge reopened on Monday after two years of repairs that cost the city forty million.</p>
      <p>Thousands of residents walked across the bridge in the first hour, the city said in a statement.</p>
      </body></html>
      """
    let reading = try Winnow().read(Page(id: "headline", form: .html, bytes: Array(html.utf8)))
    return reading.verdicts.first { $0.role == .headline }.map { reading.document[$0.block].text }
  }

  /// The headline of the record.
  private func picked(title: String, head: String = "", headings: String) throws -> String? {
    let html = """
      <html><head><title>\(title)</title>\(head)</head><body>\(headings)
      <p>The harbour bridge reopened on Monday after two years of repairs that cost the city forty million.</p>
      <p>Thousands of residents walked across the bridge in the first hour, the city said in a statement.</p>
      </body></html>
      """
    return try Winnow().clean(Page(id: "headline", form: .html, bytes: Array(html.utf8))).headline
  }

  @Test func aKickerInItsHeadingIsNotPartOfIt() throws {
    let found = try picked(
      title: "Harbour bridge reopens to walkers after two years - Bay Post",
      head: #"<meta property="og:title" content="Harbour bridge reopens">"#,
      headings: "<h1><span>Islands</span> Harbour bridge reopens to walkers after two years</h1>")
    #expect(found == "Harbour bridge reopens to walkers after two years")
  }

  @Test(arguments: [
    ("<span>Lowmere</span> Harbour bridge reopens to walkers", "Harbour bridge reopens to walkers"),
    ("<span>At last!</span>Harbour bridge reopens to walkers", "Harbour bridge reopens to walkers"),
    ("How the Harbour bridge reopens to walkers", "How the Harbour bridge reopens to walkers"),
    ("Budget: Harbour bridge reopens to walkers", "Budget: Harbour bridge reopens to walkers"),
  ])
  func aKickerThatOnlyStylePartsIsNotPartOfIt(_ item: (heading: String, headline: String)) throws {
    let found = try picked(
      title: "Harbour bridge reopens to walkers - Bay Post", head: "", headings: "<h1>\(item.heading)</h1>")
    #expect(found == item.headline)
  }

  @Test func aKickerBeforeItIsNotTheHeadline() throws {
    let found = try headline(
      title: "After the storm: Harbour bridge reopens to walkers",
      headings: "<h2>After the storm</h2><h2>Harbour bridge reopens to walkers</h2>")
    #expect(found == "Harbour bridge reopens to walkers")
  }

  @Test func theSitesNameAboveItIsNotTheHeadline() throws {
    for title in [
      "Bridge clicks at night - Harbour Forum", "Harbour Forum • View topic - Bridge clicks at night",
    ] {
      let found = try headline(
        title: title, headings: "<h1>Harbour Forum</h1><h2>Bridge clicks at night</h2>")
      #expect(found == "Bridge clicks at night")
    }
  }
}
