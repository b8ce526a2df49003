import Foundation
import Testing
import Winnow
import WinnowCore

/// Explanations for terminals and programs.
@Suite struct ExplanationTests {
  static let page = """
    <html lang="en"><head><title>Rain fills the upper reservoir</title></head><body>
    <nav><a href="/a">Home</a> <a href="/b">Weather</a></nav>
    <h1>Rain fills the upper reservoir</h1>
    <p>Three weeks of rain have filled the upper reservoir to the brim, the water company said on Monday.</p>
    <p>It was the first time since 1987 that the spillway was open in May, and people came from the valley to see it.</p>
    <p>\u{1B}[31mRed\u{1B}]0;owned\u{7} letters\u{9B}2J would steer a terminal that believed them, the engineers added dryly.</p>
    <footer><p>Copyright 2024 The Valley Post</p></footer></body></html>
    """

  static func reading() throws -> Reading {
    try Winnow().read(Page(id: "1", form: .html, bytes: Array(page.utf8)))
  }

  @Test func colorsAreOnlyWhereAskedFor() throws {
    let reading = try Self.reading()
    let plain = Explanation.explained(reading)
    #expect(!plain.unicodeScalars.contains("\u{1B}") && !plain.unicodeScalars.contains("\u{7}"))
    let colored = Explanation.explained(reading, colors: .ansi256)
    #expect(colored.contains("\u{1B}[38;5;"))
    // Without the colours the same text is left: the page's own escapes are gone from both.
    let bare = colored.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(bare == plain)
  }

  @Test func eachBlockHasReasonScoreAndDissent() throws {
    let reading = try Self.reading()
    let text = Explanation.explained(reading)
    #expect(text.contains("content-score.body by content-score (strong): 0."))
    #expect(text.contains("navigation.element by navigation (strong), score 0."))
    #expect(text.contains("headline from "))
    let contested = """
      The clockmaker who never wears a watch

      For fifty years Otto Brand has mended the clocks of the town, and he has never worn a watch himself.

      Why not?

      Because he hears the church bells from his workshop, he says, and they have not been late since 1950.
      """
    let other = try Winnow().read(Page(id: "1", form: .flatText, bytes: Array(contested.utf8)))
    #expect(other.verdicts.contains { !$0.dissenting.isEmpty })
    #expect(Explanation.explained(other).contains("    against: "))
  }

  @Test func jsonHoldsEveryBlockAndLabel() throws {
    let reading = try Self.reading()
    let json = Explanation.json(of: reading, source: "a \"b\".html")
    #expect(!json.contains("\n"))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["version"] as? Int == 1)
    #expect(object["source"] as? String == "a \"b\".html")
    let blocks = try #require(object["blocks"] as? [[String: Any]])
    #expect(blocks.count == reading.document.count)
    var labels = 0
    let bytes = Array(Self.page.utf8)
    for (block, verdict) in zip(blocks, reading.verdicts) {
      #expect(block["id"] as? Int == verdict.block)
      #expect(block["role"] as? String == verdict.role.name)
      #expect(block["disposition"] as? String == verdict.disposition.rawValue)
      #expect(block["stage"] as? String == verdict.deciding?.stage.name)
      #expect(block["reason"] as? String == verdict.deciding?.reason.id)
      labels += (block["labels"] as? [Any])?.count ?? 0
      let range = try #require(block["bytes"] as? [Int])
      let text = try #require(block["text"] as? String)
      // The range is where the text stands in the page: its first word must be in it.
      let source = String(decoding: bytes[range[0]..<range[1]], as: UTF8.self)
      let word = try #require(text.split(separator: " ").first)
      #expect(source.contains(word), "\(source) has no \(word)")
    }
    #expect(labels == reading.ledger.labels.count)
    let stages = try #require(object["stages"] as? [[String: Any]])
    #expect(stages.compactMap { $0["id"] as? String } == reading.stages.map(\.name))
    let record = try #require(object["record"] as? [String: Any])
    #expect(record["headline"] as? String == "Rain fills the upper reservoir")
  }
}
