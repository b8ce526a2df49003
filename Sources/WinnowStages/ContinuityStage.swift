import WinnowCore
import WinnowText

extension Reason {
  static let continuitySubheading: Reason = "continuity.subheading"
  static let continuitySentence: Reason = "continuity.sentence"
  static let continuityRun: Reason = "continuity.list-or-table"
}

/// Puts back subheadings between kept blocks, and items and rows of which the others are kept: lines that the
/// content score alone is seldom sure of.
public struct ContinuityStage: Stage {
  public static let id: StageID = "continuity"
  public static let contract = StageContract(
    reads: [.paragraph], writes: [.subheading, .listItem, .table, .paragraph, .quotation])
  public static let summary =
    "In flat text, labels headings and short lines between kept blocks as subheadings, and completes lists, tables and sentences."
  public static let risk =
    "Pull quotes and stray labels between paragraphs come back too; named boilerplate never does."
  public static let examples: [StageExample] = [
    .text(
      "a heading cut off from its text",
      """
      The clockmaker who never wears a watch

      For fifty years Otto Brand has mended the clocks of the town, and he has never worn a watch himself.

      Why not
      Share

      Because he hears the church bells from his workshop, he says, and they have not been late since 1950.
      """,
      proof: """
        = headline    The clockmaker who never wears a watch
        + paragraph   For fifty years…
        + subheading  Why not
        - share       Share
        + paragraph   Because he hears…
        """),
    .text(
      "a word of a link on a line of its own",
      """
      The clockmaker who never wears a watch
      For fifty years Otto Brand has mended the clocks of the town, and he has never worn a watch himself.
      He hears the bells from his workshop, he says, and reads of all other hours in
      News
      papers of the day before, which he gets from the baker when the shop closes in the evening.
      """,
      proof: """
        = headline    The clockmaker who never wears a watch
        + paragraph   For fifty years…
        + subheading  He hears the bells…
        + paragraph   News
        + paragraph   papers of the day…
        """),
  ]

  private static let reach = 10
  /// A content score under which an item or row stays out.
  private static let leastOfRun: Float = 0.35
  /// The mean score of a list or table that is completed.
  private static let leastMean: Float = 0.48
  /// The same where the table's first row was kept.
  private static let leastHeaded: Float = 0.25
  /// A content score under which a line stays out, whatever stands around it. Without a bar the stage cost
  /// precision: see the model card.
  private static let least: Float = 0.15
  /// The same between blocks that are kept for certain, the one before it next to it.
  private static let leastEnclosed: Float = 0.08
  /// How certain these must be.
  private static let certain: Float = 0.9

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    // The learned score of pages with markup has seen the neighbours; putting more back only cost
    // precision: without, news LCS F1 rose from .965 to .968 and wcxb stayed (.8891, .8894).
    guard !document.signals.contains(.markup) else {
      completeTables(document, &ledger)
      completeQuotations(document, &ledger)
      return
    }
    let rows = document.rows
    let kept = document.indices.map { ledger.isLed($0, by: .body) }
    let scores = scores(document, ledger)
    completeRuns(document, scores, kept, &ledger)
    if document.form == .flatText { completeSentences(document, kept, &ledger) }
    for index in document.indices where !kept[index] {
      let m = rows[index].measures
      guard isOpen(index, ledger), m.linkCharacters * 2 <= m.characters,
        scores[index] >= ContinuityStage.leastEnclosed, !saysWhatItIs(document[index])
      else { continue }
      guard hasNeighbour(before: index, ledger, kept),
        let after = neighbour(after: index, document, ledger, kept)
      else { continue }
      let isEnclosed =
        kept[index - 1] && min(scores[index - 1], scores[after]) >= ContinuityStage.certain
      guard isEnclosed || scores[index] >= ContinuityStage.least else { continue }
      let isHeading =
        m.kind == .heading
        || document.form == .flatText && m.words <= 12 && !m.flags.contains(.dateOnly)
          && !m.flags.contains(.endsColon) && m.kind == .paragraph
      if isHeading, after - index <= ContinuityStage.reach {
        ledger.add(.subheading, to: index, .likely, because: .continuitySubheading, evidence: .block(after))
      }
    }
  }

  private static let fewestRows = 8
  /// Rows of a table that may be missing: one in so many.
  private static let oneRowOf = 8

  /// A table in markup that was kept but for a row or two, mostly its last: it stands whole.
  private func completeTables(_ document: Document, _ ledger: inout Ledger) {
    let rows = document.rows
    var start = 0
    while start < rows.count {
      guard rows[start].measures.kind == .tableRow else {
        start += 1
        continue
      }
      var (end, kept) = (start, 0)
      while end < rows.count, rows[end].measures.kind == .tableRow {
        if ledger.isLed(end, by: .body) { kept += 1 }
        end += 1
      }
      let count = end - start
      if kept < count, count >= ContinuityStage.fewestRows,
        (count - kept) * ContinuityStage.oneRowOf <= count
      {
        for index in start..<end where !ledger.isLed(index, by: .body) && isOpen(index, ledger) {
          ledger.add(.table, to: index, .likely, because: .continuityRun)
        }
      }
      start = end
    }
  }

  private static let quotation: RoleSet = [.quotation]
  /// Words of whose a quotation is.
  private static let longestAttribution: Int32 = 20

  /// `<blockquote>… <footer>Ann Smith</footer></blockquote>`: whose a kept quotation is goes with it.
  private func completeQuotations(_ document: Document, _ ledger: inout Ledger) {
    for index in document.indices.dropFirst()
    where document[index].marks.contains(.blockquote) && document[index].marks.contains(.footer) {
      let m = document.rows[index].measures
      guard m.words <= ContinuityStage.longestAttribution, m.linkCharacters * 2 <= m.characters,
        isOpen(index, ledger), ledger.isLed(index - 1, by: ContinuityStage.quotation),
        document[index - 1].marks.contains(.blockquote), !document[index - 1].marks.contains(.footer)
      else { continue }
      ledger.add(.quotation, to: index, .likely, because: .continuityRun, evidence: .block(index - 1))
    }
  }

  /// A list or table of which only some lines were kept, with kept text behind it: it stands whole.
  private func completeRuns(
    _ document: Document, _ scores: [Float], _ kept: [Bool], _ ledger: inout Ledger
  ) {
    guard let last = kept.lastIndex(of: true) else { return }
    var start = 0
    while start < last {
      var end = start + 1
      if isRunMember(document.rows[start]) {
        while end < document.count, continues(document.rows[end], document.rows[start]) { end += 1 }
        let run = start..<end
        let sum = run.reduce(Float(0)) { $0 + scores[$1] }
        // The first row of a table says what its figures mean, and the score hardly sees those.
        let isHeaded = document.rows[start].measures.kind == .tableRow && kept[start] && run.count > 2
        let bar = isHeaded ? ContinuityStage.leastHeaded : ContinuityStage.leastMean
        let least = isHeaded ? 0 : ContinuityStage.leastOfRun
        if end <= last, run.contains(where: { kept[$0] }), sum >= bar * Float(run.count) {
          for index in run where !kept[index] && isOpen(index, ledger) && scores[index] >= least {
            ledger.add(BodyRole.of(document.rows[index]), to: index, .likely, because: .continuityRun)
          }
        }
      }
      start = end
    }
  }

  /// Words of a link or in bold that a converter sets on a line of their own in the midst of a sentence: "the",
  /// "economy", "would grow". What they would say elsewhere, a menu's word or a button, they do not say here.
  private func completeSentences(_ document: Document, _ kept: [Bool], _ ledger: inout Ledger) {
    var last = -1
    for index in document.indices {
      if kept[index] {
        // The lines since the last kept one.
        if last >= 0, index - last > 1, index - last <= ContinuityStage.mostFragments + 1,
          SentenceSeam.isOpen(document[last]), SentenceSeam.goesOn(document[index]),
          document.rows[last].measures.words + document.rows[index].measures.words >= 8,
          (last + 1...index).allSatisfy({ document.rows[$0].measures.blankLinesBefore == 0 }),
          (last + 1..<index).allSatisfy({ SentenceSeam.isFragment(document[$0]) })
        {
          for fragment in last + 1..<index {
            ledger.add(
              .paragraph, to: fragment, .strong, because: .continuitySentence, evidence: .block(last))
          }
        }
        last = index
      }
    }
  }

  private static let mostFragments = 2

  private func isRunMember(_ row: BlockRow) -> Bool {
    row.measures.kind == .tableRow || row.measures.kind == .listItem || row.measures.flags.contains(.bullet)
  }

  /// Whether a line goes on with the list or table of another.
  private func continues(_ next: BlockRow, _ row: BlockRow) -> Bool {
    next.measures.kind == row.measures.kind
      && next.measures.flags.contains(.bullet) == row.measures.flags.contains(.bullet)
      && next.measures.blankLinesBefore == 0
  }

  /// What the content score gave each block; 1 where it said nothing.
  private func scores(_ document: Document, _ ledger: Ledger) -> [Float] {
    var result = [Float](repeating: 1, count: document.count)
    for label in ledger.labels where label.stage == ContentScoreStage.id {
      if let score = label.evidence.score { result[label.block] = score }
    }
    return result
  }

  /// "Photo: Ann Smith", "By Ann Smith", "You might be interested in": words at the line's start that head nothing of
  /// the body, where no stage took them for more for where they stand.
  private func saysWhatItIs(_ block: Block) -> Bool {
    block.hits.contains { hit in
      hit.opensBlock && ContinuityStage.labels.contains(hit.section)
        || hit.anchor == .whole && ContinuityStage.boxes.contains(hit.section)
        || ContinuityStage.invitations.contains(hit.section)
    }
  }

  private static let labels: Set<PhraseSection> = [.credit, .byline, .published, .updated, .source]
  private static let invitations: Set<PhraseSection> = [.follow, .newsletter]
  private static let boxes: Set<PhraseSection> = [
    .related, .mostRead, .media, .advertisement, .newsletter, .share, .readMore, .moreLink, .comments,
    .caption,
  ]

  /// Blocks that no rule named, or only by a guess.
  private func isOpen(_ index: Int, _ ledger: Ledger) -> Bool {
    guard let label = ledger.leadingLabel(of: index) else { return true }
    return label.confidence <= .likely && (label.role == .furniture || label.confidence == .hint)
  }

  /// Whether a kept block stands near before, looking past named boilerplate but not past other unnamed blocks.
  private func hasNeighbour(
    before index: Int, _ ledger: Ledger, _ kept: [Bool]
  ) -> Bool {
    var position = index - 1
    var open = 0
    while position >= 0, index - position <= ContinuityStage.reach {
      if kept[position] { return true }
      if ledger.isLed(position, by: [.headline]) { return false }
      if isOpen(position, ledger) { open += 1 }
      if open > 2 { return false }
      position -= 1
    }
    return false
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
