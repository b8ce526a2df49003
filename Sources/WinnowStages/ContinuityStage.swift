import WinnowCore

extension Reason {
  static let continuitySubheading: Reason = "continuity.subheading"
  static let continuityBetween: Reason = "continuity.between-kept-blocks"
}

/// Puts back what stands between kept blocks: subheadings, short answers, list items.
public struct ContinuityStage: Stage {
  public static let id: StageID = "continuity"
  public static let contract = StageContract(
    reads: [.paragraph], writes: [.subheading, .paragraph, .listItem, .quotation, .table, .code])
  public static let summary =
    "In flat text, labels headings before kept text and short lines between kept neighbours as part of the body."
  public static let risk =
    "Pull quotes and stray labels between paragraphs come back too; named boilerplate never does."
  public static let examples: [StageExample] = [
    .text(
      "a short answer between paragraphs",
      """
      The clockmaker who never wears a watch

      For fifty years Otto Brand has mended the clocks of the town, and he has never worn a watch himself.

      Why not?

      Because he hears the church bells from his workshop, he says, and they have not been late since 1950.
      """,
      proof: """
        = headline    The clockmaker who never wears a watch
        + paragraph   For fifty years…
        + subheading  Why not?
        + paragraph   Because he hears…
        """)
  ]

  private static let reach = 10

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    // The learned score of pages with markup has seen the neighbours; putting more back only cost
    // precision: without, news LCS F1 rose from .965 to .968 and wcxb stayed (.8891, .8894).
    guard !document.signals.contains(.markup) else { return }
    let rows = document.rows
    let kept = document.indices.map { ledger.isLed($0, by: .body) }
    for index in document.indices where !kept[index] {
      let m = rows[index].measures
      guard isOpen(index, ledger), m.linkCharacters * 2 <= m.characters else { continue }
      guard let before = neighbour(before: index, document, ledger, kept),
        let after = neighbour(after: index, document, ledger, kept)
      else { continue }
      let isHeading =
        m.kind == .heading
        || document.form == .flatText && m.words <= 12
          && !m.flags.contains(.endsColon) && m.kind == .paragraph
      if isHeading, after - index <= ContinuityStage.reach {
        ledger.add(.subheading, to: index, .likely, because: .continuitySubheading, evidence: .block(after))
      } else if index - before <= 3, after - index <= 3 {
        ledger.add(
          BodyRole.of(rows[index]), to: index, .likely, because: .continuityBetween, evidence: .block(before))
      }
    }
  }

  /// Blocks that no rule named, or only by a guess.
  private func isOpen(_ index: Int, _ ledger: Ledger) -> Bool {
    guard let label = ledger.leadingLabel(of: index) else { return true }
    return label.confidence <= .likely && (label.role == .furniture || label.confidence == .hint)
  }

  /// The nearest kept block, looking past named boilerplate but not past other unnamed blocks.
  private func neighbour(before index: Int, _ document: Document, _ ledger: Ledger, _ kept: [Bool]) -> Int? {
    var position = index - 1
    var open = 0
    while position >= 0, index - position <= ContinuityStage.reach {
      if kept[position] { return position }
      if ledger.isLed(position, by: [.headline]) { return nil }
      if isOpen(position, ledger) { open += 1 }
      if open > 2 { return nil }
      position -= 1
    }
    return nil
  }

  private func neighbour(after index: Int, _ document: Document, _ ledger: Ledger, _ kept: [Bool]) -> Int? {
    var position = index + 1
    var open = 0
    while position < document.count, position - index <= ContinuityStage.reach {
      if kept[position] { return position }
      if isOpen(position, ledger) { open += 1 }
      if open > 2 { return nil }
      position += 1
    }
    return nil
  }
}
