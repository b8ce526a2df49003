import WinnowCore

/// The hand rule for flat text: sentences in runs.
struct FlatContentScore {
  private let document: Document
  private let ledger: Ledger
  private let rows: [BlockRow]

  init(_ document: Document, _ ledger: Ledger) {
    self.document = document
    self.ledger = ledger
    rows = document.rows
  }

  func scores() -> [Float] {
    let strengths = rows.indices.map(strength)
    let span = document.measures.proseSpan
    let headline = ledger.first(.headline)
    return rows.indices.map { index in
      var score = strengths[index]
      // Neighbours: sentences stand among sentences.
      var support: Float = 0
      for distance in 1...4 {
        let weight: Float = 1 / Float(distance)
        if index >= distance { support += weight * max(-0.6, min(1, strengths[index - distance])) }
        if index + distance < rows.count {
          support += weight * max(-0.6, min(1, strengths[index + distance]))
        }
      }
      score += 0.35 * support
      if span.contains(index) { score += 0.8 } else { score -= 0.8 }
      if let headline, index < headline { score -= 2 }
      if let label = ledger.leadingLabel(of: index), label.role.isBoilerplate {
        score -= label.confidence == .hint ? 0.6 : 1.6
      }
      return score
    }
  }

  private func strength(_ index: Int) -> Float {
    let m = rows[index].measures
    var score: Float = -1.4
    if m.words >= 12 { score += 0.9 }
    if m.words >= 25 { score += 0.6 }
    if m.flags.contains(.endsSentence) { score += 0.9 }
    if m.sentences >= 2 { score += 0.3 }
    if m.words < 5 { score -= 0.5 }
    if m.flags.contains(.bullet), m.words < 10 { score -= 0.7 }
    if m.kind == .heading { score += 0.2 }
    if m.kind == .code || m.kind == .tableRow { score += 0.6 }
    if m.separators >= 2 { score -= 0.6 }
    if m.copies > 1 { score -= 0.5 }
    if m.linkCharacters * 2 > m.characters { score -= 1.5 }
    return score
  }
}
