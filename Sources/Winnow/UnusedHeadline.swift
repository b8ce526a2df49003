import WinnowCore
import WinnowStages

extension Reason {
  static let headlineUnused: Reason = "headline.another-chosen"
}

/// What becomes of the line of a flat text that the stage took for the headline where the table chose another text.
///
/// The stage knows the words of the prose and where it begins; where a long first paragraph, a menu or an alternative
/// text misleads it, it names a subheading of the body or the standfirst, which would be lost: it fills no field. Of
/// 1,840 development texts 337 had such a line below the first paragraph, and of these 231 are in the gold's body.
enum UnusedHeadline {
  /// Labels what the page calls a headline and the record does not.
  ///
  /// - returns: whether any block was labelled.
  static func label(
    _ document: Document, _ verdicts: [Verdict], headline: String?, in ledger: inout Ledger
  ) -> Bool {
    guard document.form == .flatText else { return false }
    let chosen = headline.map { FieldText.spaced($0) } ?? ""
    var isChanged = false
    for verdict in verdicts where verdict.role == .headline && verdict.disposition == .field {
      let own = FieldText.spaced(document[verdict.block].text)
      // The site's name may be cut off the one, a kicker may stand in the other.
      if !chosen.isEmpty, own.contains(chosen) || chosen.contains(own) { continue }
      guard let score = ledger.labels.last(where: { isScore($0, of: verdict.block) }) else { continue }
      guard let role = role(of: verdict.block, own, score, below: chosen, document, verdicts) else {
        continue
      }
      ledger.begin(HeadlineStage.id)
      ledger.add(role, to: verdict.block, .strong, because: .headlineUnused, evidence: score.evidence)
      isChanged = true
    }
    return isChanged
  }

  /// What the line is instead.
  private static func role(
    of block: Int, _ line: String, _ score: Label, below chosen: String, _ document: Document,
    _ verdicts: [Verdict]
  ) -> Role? {
    if isDek(block, score, chosen, document, verdicts) { return .dek }
    if RoleSet.body.contains(score.role) { return score.role }
    if isEnclosed(block, score, verdicts) { return .subheading }
    return isSiteName(line, document, verdicts) ? .siteName : nil
  }

  private static func isScore(_ label: Label, of block: Int) -> Bool {
    label.block == block && label.stage == ContentScoreStage.id && label.extent == nil
  }

  /// Whether the line stands between two blocks of the body, as subheadings do, and the score does not rule it out.
  private static func isEnclosed(_ block: Int, _ score: Label, _ verdicts: [Verdict]) -> Bool {
    guard let value = score.evidence.score, value >= ChosenHead.leastScore else { return false }
    let around = verdicts.filter { $0.block == block - 1 || $0.block == block + 1 }
    return around.count == 2 && around.allSatisfy { $0.disposition == .body }
  }

  /// Whether the line is the site's name, which heads many pages as a title would.
  private static func isSiteName(_ line: String, _ document: Document, _ verdicts: [Verdict]) -> Bool {
    SiteNameText.publisher(in: document, verdicts).map { FieldText.spaced($0) == line } ?? false
  }

  /// Whether the line stands right under the headline that the record has.
  private static func isDek(
    _ index: Int, _ score: Label, _ chosen: String, _ document: Document, _ verdicts: [Verdict]
  ) -> Bool {
    let block = document[index]
    guard let value = score.evidence.score, value >= ChosenHead.leastScore,
      block.words >= ChosenHead.fewestWords,
      block.hits.isEmpty, !block.flags.contains(.bullet), !verdicts.contains(where: { $0.role == .dek }),
      (max(0, index - 2)..<index).contains(where: { FieldText.spaced(document[$0].text) == chosen })
    else { return false }
    return !RoleSet.body.contains(score.role)
      || index + 1 < verdicts.count && ChosenHead.head.contains(verdicts[index + 1].role)
  }
}
