import Testing
import WinnowCore

@testable import Winnow

@Suite("Names that may be authors")
struct AuthorChoiceTests {
  private func names(_ page: Page) throws -> Set<String> {
    let reading = try Winnow().read(page)
    let rows = FieldPicking().rows(reading.document, reading.verdicts)
    return Set(rows.first { $0.table == .authors }?.texts ?? [])
  }

  private func names(head: String = "", _ top: String) throws -> Set<String> {
    try names(FieldTestPages.page(head: head, top))
  }

  @Test(arguments: ["<p>Last update:</p>", "<div>10</div><div>min read</div>", "<p>Last updated</p>"])
  func labelsAreNobody(_ label: String) throws {
    let found = try names("<h1>Bridge opens</h1>\(label)<p>3 May 2024</p>")
    #expect(found.isDisjoint(with: ["Last", "Last update", "Last updated", "min read", "Min Read"]))
  }

  @Test func whoOnlyUpdatedIsNamedAlone() throws {
    let found = try names(
      head: "<meta name=\"author\" content=\"Updated by Bob Jones\">", "<h1>Bridge opens</h1>")
    #expect(found.contains("Bob Jones"))
    #expect(!found.contains("Updated by Bob Jones"))
  }

  @Test(
    arguments: [
      ("By Ann Smith \u{2014} Blue Harbour", ["Ann Smith"]),
      ("By Ann Smith \u{2014} Bob Jones", ["Ann Smith", "Bob Jones"]),
    ] as [(String, Set<String>)])
  func placesBehindDashes(_ item: (line: String, names: Set<String>)) throws {
    let found = try names("<h1>Bridge opens</h1><p class=\"byline\">\(item.line)</p>")
    #expect(found.intersection(["Ann Smith", "Bob Jones", "Blue Harbour"]) == item.names)
  }

  @Test func desksOfEditorsStand() throws {
    let found = try names(
      head: "<meta name=\"author\" content=\"Harbour editors\">", "<h1>Bridge opens</h1>")
    #expect(found.contains("Harbour editors"))
  }
}
