import WinnowCore
import WinnowStages

/// How good the body probably is: the F1 to expect if the content score's numbers are probabilities.
///
/// With p the probability that a block belongs to the body and n its words, the expectation is
/// 2·Σ kept p·n / (Σ kept n + Σ all p·n).
enum BodyConfidence {
  static func of(_ document: Document, _ ledger: Ledger, _ verdicts: [Verdict]) -> Double {
    var scores = [Double?](repeating: nil, count: document.count)
    let scoring = ContentScoreStage.id
    for index in ledger.labels.indices where ledger.labels[index].stage == scoring {
      if let score = ledger.labels[index].evidence.score {
        scores[ledger.labels[index].block] = Double(score)
      }
    }
    var keptWords = 0.0
    var keptMass = 0.0
    var allMass = 0.0
    for index in verdicts.indices {
      // Fields and captions are settled by rules: they are neither in nor missing from the body.
      let disposition = verdicts[index].disposition
      guard disposition == .body || disposition == .drop && !isSettled(verdicts[index].deciding) else {
        continue
      }
      let block = verdicts[index].block
      let words = Double(document.storage.rows[block].measures.words)
      let mass = (scores[block] ?? fallback(verdicts[index])) * words
      allMass += mass
      if disposition == .body {
        keptWords += words
        keptMass += mass
      }
    }
    guard keptWords + allMass > 0 else { return 0 }
    let expected = 2 * keptMass / (keptWords + allMass)
    return document.form == .flatText ? expected - overrated * expected * (1 - expected) : expected
  }

  /// Whether a text was dropped because it is no part of the article, however well its sentences read.
  private static func isSettled(_ label: Label?) -> Bool {
    guard let label else { return false }
    return label.stage == FurtherArticleStage.id || label.reason == LeftoverStage.farBelow
      || label.reason == LeftoverStage.paywallBox
  }

  /// How much flat text's score is surer than right: cross-validated, the mean expectation is .909 where the mean F1 is
  /// .888. With markup they agree, and so they do with this much off what is neither sure nor hopeless.
  private static let overrated = 0.3

  /// For blocks that the content score left to a rule.
  private static func fallback(_ verdict: Verdict) -> Double {
    switch (verdict.disposition, verdict.deciding?.confidence) {
    case (.body, _): 0.7
    case (_, .strong?), (_, .certain?): 0.02
    default: 0.1
    }
  }
}
