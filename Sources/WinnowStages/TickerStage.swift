import WinnowCore

extension Reason {
  static let tickerOpener: Reason = "ticker.opener"
  static let tickerItem: Reason = "ticker.item"
  static let tickerMarkup: Reason = "ticker.markup"
}

/// Finds tickers and lists of newest stories above the headline.
public struct TickerStage: Stage {
  public static let id: StageID = "ticker"
  public static let contract = StageContract(reads: [.headline], writes: [.ticker])
  public static let summary =
    "Labels a heading such as BREAKING above the headline and the lines under it, up to the headline or a blank line."
  public static let risk =
    "Headings like these also stand over real text; below the headline the stage says nothing."
  public static let examples: [StageExample] = [
    .text(
      "ticker lines are whole sentences",
      """
      BREAKING
      Minister: The tunnel will stay closed until the inspectors have finished their work
      Fire brigade: Residents of the old town should keep their windows closed tonight

      Inspectors find cracks in the river tunnel

      Inspectors have found cracks in the river tunnel and closed it to traffic on Thursday until further notice.

      The tunnel carries forty thousand cars a day, and inspectors expect the closure to last for two weeks.
      """,
      proof: """
        - ticker     BREAKING
        - ticker     Minister: The tunnel…
        - ticker     Fire brigade: Residents…
        = headline   Inspectors find cracks in the river tunnel
        + paragraph  Inspectors have found…
        + paragraph  The tunnel carries…
        """)
  ]

  private static let shortestItem: Int32 = 5

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    for index in document.indices where document[index].marks.contains(.tickerToken) {
      guard !document[index].flags.contains(.prose), document[index].words <= 40 else { continue }
      ledger.add(.ticker, to: index, .strong, because: .tickerMarkup)
    }
    guard let headline = ledger.first(.headline) else { return }
    var index = 0
    while index < headline {
      let block = document[index]
      guard block.isWhole(.latest), block.words <= 5, !block.flags.contains(.bullet) else {
        index += 1
        continue
      }
      let opener = index
      index += 1
      guard index < headline, continues(document, opener: opener, index) else { continue }
      ledger.add(.ticker, to: opener, .strong, because: .tickerOpener)
      while index < headline, continues(document, opener: opener, index) {
        ledger.add(.ticker, to: index, .strong, because: .tickerItem, evidence: .block(opener))
        index += 1
      }
    }
  }

  /// In flat text a ticker ends at a blank line once it has items; in HTML at its box's end.
  private func continues(_ document: Document, opener: Int, _ index: Int) -> Bool {
    if document.signals.contains(.markup) {
      let box = document.containers[document.box(of: opener)]
      return index < Int(box.endBlock) && Double(box.proseWords) < 0.3 * Double(document.measures.proseWords)
    }
    // Menu items follow headings like "News" too; a ticker's items are headlines.
    let m = document.rows[index].measures
    return m.words >= TickerStage.shortestItem && (m.blankLinesBefore == 0 || index == opener + 1)
  }
}
