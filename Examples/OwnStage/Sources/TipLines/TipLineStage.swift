public import WinnowCore

extension Reason {
  /// Part of the interface: people look for it in explanations.
  static let tipLine: Reason = "promotion.tip-line"
}

/// Labels short lines that ask readers for tips: "Got a tip? Write to tips@paper.example".
///
/// A stage that needs no more than one block at a time is a `BlockRule`. One that looks at runs or at what
/// other stages said is a `Stage`, whose `label(_:in:)` gets the whole document and the ledger.
public struct TipLineStage: BlockRule {
  public static let id: StageID = "tip-line"
  // It reads no labels, needs no markup, and gives one role. The pipeline holds it to that.
  public static let contract = StageContract(writes: [.promotion])
  public static let summary = "Labels short lines that ask readers for tips."
  public static let risk =
    "A story that quotes such a line; only blocks under 25 words with an address are looked at."
  public static let examples: [StageExample] = [
    .text(
      "a tip line between paragraphs",
      """
      The ferry that nobody wanted sails again

      The old ferry left the harbour on Tuesday for the first time in nine years, with forty people on board.

      Got a tip? Write to tips@paper.example

      It had been laid up since the bridge was opened, and most people had forgotten that it was still there.
      """,
      proof: """
        = headline   The ferry that nobody wanted sails again
        + paragraph  The old ferry left…
        - promotion  Got a tip? Write to tips@paper.example
        + paragraph  It had been laid up…
        """)
  ]

  /// A stage; it has no options of its own. `at-most`, `only` and `except` work for it as for any other.
  public init() {}

  public func claim(_ block: Block, in document: Document) -> Claim? {
    guard block.words < 25 else { return nil }
    // Stages scan bytes: no String, no Character, no Regex on the way of every block.
    let bytes = block.utf8
    guard let at = bytes.firstIndex(of: UInt8(ascii: "@")), opensWithQuestion(bytes) else { return nil }
    let start = at - bytes.startIndex
    // The evidence is what the explanation underlines.
    return Claim(.promotion, .strong, .tipLine, evidence: .text(start..<start + 1))
  }

  private func opensWithQuestion(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let mark = bytes.firstIndex(of: UInt8(ascii: "?")) else { return false }
    return bytes[..<mark].count < 30 && bytes[..<mark].suffix(3).elementsEqual("tip".utf8)
  }
}
