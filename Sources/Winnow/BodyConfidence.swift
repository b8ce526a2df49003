import WinnowCore

/// How good the body probably is: the F1 to expect if the stages' confidences are probabilities.
///
/// With p the probability that a block belongs to the body and n its words, the expectation is
/// 2·Σ kept p·n / (Σ kept n + Σ all p·n).
enum BodyConfidence {
  static func of(_ document: Document, _ verdicts: [Verdict]) -> Double {
    var keptWords = 0.0
    var keptMass = 0.0
    var allMass = 0.0
    for verdict in verdicts {
      let words = Double(document[verdict.block].words)
      let mass = probability(verdict) * words
      allMass += mass
      if verdict.disposition == .body {
        keptWords += words
        keptMass += mass
      }
    }
    return keptWords + allMass == 0 ? 0 : 2 * keptMass / (keptWords + allMass)
  }

  private static func probability(_ verdict: Verdict) -> Double {
    guard let label = verdict.deciding else { return 0 }
    if case .score(let score) = label.evidence, label.stage.name == "content-score" { return Double(score) }
    switch (verdict.disposition, label.confidence) {
    case (.body, .certain): return 1
    case (.body, .strong): return 0.9
    case (.body, _): return 0.7
    case (_, .certain), (_, .strong): return 0.02
    default: return 0.15
    }
  }
}
