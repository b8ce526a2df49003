import WinnowCore

extension Reason {
  static let disclaimerTranslation: Reason = "disclaimer.machine-translation"
  static let disclaimerSoftware: Reason = "disclaimer.made-by-software"
  static let disclaimerOpinion: Reason = "disclaimer.opinion-or-liability"
  static let correctionNote: Reason = "correction.note"
  static let correctionOpening: Reason = "correction.opening"
}

/// Finds notices about the page itself: machine translation, views of the author, corrections.
public struct DisclaimerStage: Stage {
  public static let id: StageID = "disclaimer"
  public static let contract = StageContract(writes: [.disclaimer, .correction])
  public static let summary =
    "Labels machine-translation and opinion disclaimers, and corrections: out of the body, kept in the record."
  public static let risk =
    "Articles *about* translation software or disclaimers; inside the body only an opening phrase counts."
  public static let examples: [StageExample] = [
    .text(
      "a translation notice before the body, and prose about translation that stays",
      """
      Publishers test translation software

      Disclaimer: The translations are mostly done through AI translator and might not be accurate.

      Three publishers said on Tuesday that machine translation now handles half of their foreign news.

      Readers of the newspapers had complained that machine translation got names wrong, one editor said.
      """,
      proof: """
        = headline    Publishers test translation software
        ~ disclaimer  Disclaimer: The translations…
        + paragraph   Three publishers said…
        + paragraph   Readers of the newspapers…
        """),
    .text(
      "a correction at the end",
      """
      Lighthouse sold to a family of keepers

      The lighthouse was sold on Thursday to a family that had kept its lamp for three generations, it said.

      They plan to open the lighthouse to visitors in spring, when the stairs will have been made safe.

      Correction: An earlier version of this article gave the wrong year for the last keeper's retirement.
      """,
      proof: """
        = headline    Lighthouse sold to a family of keepers
        + paragraph   The lighthouse was sold…
        + paragraph   They plan to open…
        ~ correction  Correction: An earlier version…
        """),
  ]

  /// Longest notice in words; longer blocks are prose that mentions one.
  private static let longest: Int32 = 90

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    let span = document.measures.proseSpan
    for index in document.indices {
      let row = document.rows[index]
      guard row.measures.words >= 4, row.measures.words <= DisclaimerStage.longest, row.hitStart < row.hitEnd
      else { continue }
      let block = document[index]
      // "Published 3 May by Ann Smith · This post may contain affiliate links · 17 comments": the line is about more.
      if block.flags.contains(.hasDate), block.hit(.published, .start) != nil { continue }
      guard let hit = DisclaimerStage.order.lazy.compactMap({ block.hit($0) }).first else { continue }
      // Inside the body a phrase alone never takes a sentence out: it must open the block.
      let opens = hit.anchor == .start || hit.anchor == .whole || hit.range.lowerBound <= 12
      let atEdge = block.id <= span.lowerBound + 2 || block.id >= span.upperBound - 3
      guard opens || atEdge || block.words <= 30 && hit.section != .disclaimer else { continue }
      let claim = claim(hit, block)
      ledger.add(
        claim.role, to: block.id, claim.confidence, because: claim.reason, evidence: claim.evidence)
    }
  }

  /// In bytes.
  private static let longestStamp = 48

  /// The more telling section first: "Disclaimer: the translations …" is about the translation.
  private static let order: [PhraseSection] = [.translation, .aiNote, .correction, .disclaimer]

  /// "Correction: An earlier version of this article …": a note that opens with its name and says a second time
  /// what it is. One phrase alone also opens updates, which belong to the text.
  private func isOpening(_ hit: PhraseHit, _ block: Block) -> Bool {
    hit.opensBlock
      && block.hits.contains { $0.section == .correction && $0.range.lowerBound >= hit.range.upperBound }
      // "Updated 3 May, 11:52: This article has been updated to say …"
      || block.hit(.updated, .start) != nil && hit.range.lowerBound <= DisclaimerStage.longestStamp
  }

  private func claim(_ hit: PhraseHit, _ block: Block) -> Claim {
    switch hit.section {
    case .translation: Claim(.disclaimer, .strong, .disclaimerTranslation, evidence: .text(hit.range))
    case .aiNote: Claim(.disclaimer, .strong, .disclaimerSoftware, evidence: .text(hit.range))
    case .correction:
      Claim(
        .correction, .strong, isOpening(hit, block) ? .correctionOpening : .correctionNote,
        evidence: .text(hit.range))
    default: Claim(.disclaimer, .strong, .disclaimerOpinion, evidence: .text(hit.range))
    }
  }
}
