import Testing
import WinnowCore
import WinnowStages
import WinnowText

@Suite struct KeptCopiesTests {
  private func page(_ lines: [String]) throws -> Document {
    var builder = DocumentBuilder()
    return builder.build(try FlatTextReader().scan(Array(lines.joined(separator: "\n\n").utf8), url: nil))
  }

  private let text = "The ferry has run between the two banks since the bridge was closed in March."
  private let other = "It leaves the fish market every half hour, and a ticket costs four crowns."

  /// The roles of a page's blocks after the stage, when these were led so before.
  private func roles(_ lines: [String], before: [Role]) throws -> [Role?] {
    let document = try page(lines)
    var ledger = Ledger(blockCount: document.count)
    for (block, role) in before.enumerated() {
      ledger.add(role, to: block, .strong, because: "test.before")
    }
    KeptCopiesStage().label(document, in: &ledger)
    return document.indices.map(ledger.role)
  }

  @Test func ofTwoKeptTextsTheSecondGoes() throws {
    #expect(
      try roles([text, other, text], before: [.paragraph, .paragraph, .paragraph])
        == [.paragraph, .paragraph, .duplicate])
  }

  @Test func aCopyOfWhatWasDroppedStays() throws {
    #expect(
      try roles([text, other, text], before: [.comments, .paragraph, .paragraph])
        == [.comments, .paragraph, .paragraph])
  }

  @Test func twoKeptBehindADroppedOneCountAsTwo() throws {
    #expect(
      try roles([text, other, text, text], before: [.comments, .paragraph, .paragraph, .paragraph])
        == [.comments, .paragraph, .paragraph, .duplicate])
  }

  @Test func threeAreAListThatSaysTheSameOfEach() throws {
    #expect(
      try roles([text, other, text, text], before: [.paragraph, .paragraph, .paragraph, .paragraph])
        == [.paragraph, .paragraph, .paragraph, .paragraph])
  }

  @Test func textsThatDifferInANumberAreTwo() throws {
    let first = "The ferry of 1931 carries 24 cars and two hundred people at most."
    let second = "The ferry of 1974 carries 48 cars and two hundred people at most."
    #expect(
      try roles([first, other, second], before: [.paragraph, .paragraph, .paragraph])
        == [.paragraph, .paragraph, .paragraph])
  }

  @Test func shortLinesRecur() throws {
    #expect(
      try roles(["Back to the top", other, "Back to the top"], before: [.paragraph, .paragraph, .paragraph])
        == [.paragraph, .paragraph, .paragraph])
  }

  /// The score may overrule what a thread's heading says of a line, and not what says that it stands there twice.
  @Test func aThreadDoesNotCoverThatALineIsDoubled() throws {
    let third = "Those who cross every day can buy a card for the month at the fish market."
    let document = try page([text, other, third])
    func roles(_ first: Role?) -> [Role?] {
      var ledger = Ledger(blockCount: document.count)
      for block in document.indices {
        if let first { ledger.add(first, to: block, .strong, because: "test.before") }
        ledger.add(.comments, to: block, .strong, because: "test.thread")
      }
      ContentScoreStage().label(document, in: &ledger)
      return document.indices.map(ledger.role)
    }
    #expect(roles(nil) == [.paragraph, .paragraph, .paragraph])
    #expect(roles(.duplicate) == [.comments, .comments, .comments])
    #expect(roles(.caption) == [.comments, .comments, .comments])
  }

  @Test func aShortLineOfAListMayRecur() throws {
    let lines = [
      "- Label: Harbour Records of Lowmere", "- Bridges of the lower river",
      "- Label: Harbour Records of Lowmere",
    ]
    let roles = try roles(lines, before: [.listItem, .listItem, .listItem])
    #expect(!roles.contains(.duplicate))
  }
}
