import WinnowCore

extension Reason {
  static let dateAlone: Reason = "date.alone-near-head"
  static let dateLabelled: Reason = "date.labelled"
  static let dateMarkup: Reason = "date.markup"
}

/// Finds the lines that give the day of publication or change, near the article's head or end.
public struct PublicationDateStage: Stage {
  public static let id: StageID = "publication-date"
  public static let contract = StageContract(reads: [.headline, .byline], writes: [.publicationDate])
  public static let summary =
    "Labels lines that are a date, or a date with a label, between a little above the headline and the body."
  public static let risk =
    "A date line of a diary entry inside the text could be taken; only the head and the five blocks after the body count."
  public static let examples: [StageExample] = [
    .text(
      "labelled date",
      """
      Storm closes the coastal road for a third day

      Published: 14 January 2023, 07:15

      The coastal road stayed closed for a third day on Saturday because waves had washed gravel onto it.

      Crews hope to clear the coastal road by Sunday evening, the road authority said, if the storm eases.
      """,
      proof: """
        = headline          Storm closes the coastal road for a third day
        = publication-date  Published: 14 January 2023, 07:15
        + paragraph         The coastal road…
        + paragraph         Crews hope to clear…
        """)
  ]

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    let anchors = Anchors(document, ledger)
    for index in Array(anchors.window) + Array(anchors.tail) where index != anchors.headline {
      let block = document[index]
      let m = block.measures
      guard m.flags.contains(.hasDate) || m.flags.contains(.hasTime), m.words <= 20,
        !m.flags.contains(.prose), ledger.role(of: index) != .byline
      else { continue }
      let marks = block.marks
      guard marks.isDisjoint(with: Places.notAnchor) else { continue }
      if m.flags.contains(.dateOnly) {
        ledger.add(.publicationDate, to: index, .strong, because: .dateAlone)
      } else if m.flags.contains(.hasDate),
        let hit = block.hits.first(where: {
          ($0.section == .published || $0.section == .updated) && $0.anchor != .within
        })
      {
        ledger.add(
          .publicationDate, to: index, .strong, because: .dateLabelled, evidence: .text(hit.range))
      } else if m.words <= 14, m.flags.contains(.hasTime) || marks.contains(.dateToken) {
        ledger.add(.publicationDate, to: index, .likely, because: .dateMarkup)
      }
    }
  }
}
