import WinnowCore

/// The hand rule for pages with markup.
struct MarkupContentScore {
  private let document: Document
  private let ledger: Ledger
  private let best: Int
  private let bestPath: [Int: Int]

  init(_ document: Document, _ ledger: Ledger) {
    self.document = document
    self.ledger = ledger
    best = MarkupContentScore.bestContainer(document)
    var path: [Int: Int] = [best: 0]
    for (steps, container) in document.containers.ancestors(of: best).enumerated() {
      path[container] = steps + 1
    }
    bestPath = path
  }

  /// The container whose own paragraphs weigh most: each long block gives its weight to its container
  /// and less to those around it (after Readability's propagation, on columns instead of a tree).
  private static func bestContainer(_ document: Document) -> Int {
    let rows = document.rows
    var weights = [Float](repeating: 0, count: document.containers.rows.count)
    for row in rows where row.measures.words >= 12 && row.linkDensity < 0.3 {
      let marks = document.containers[Int(row.container)].inherited
      guard marks.isDisjoint(with: Places.chrome.union(Places.beside).union([.footer, .form])) else {
        continue
      }
      var weight = Float(min(row.measures.words, 80)) * (1 - row.linkDensity)
      if row.measures.flags.contains(.endsSentence) { weight *= 1.5 }
      var container = Int(row.container)
      // A paragraph's own element holds only itself; the weight belongs to what holds its siblings.
      if document.containers[container].tag == .p || document.containers[container].tag == .li {
        container = Int(document.containers[container].parent)
      }
      for _ in 0..<4 where container >= 0 {
        weights[container] += weight
        weight *= 0.6
        container = Int(document.containers[container].parent)
      }
    }
    var best = 0
    var bestWeight: Float = -1
    for index in weights.indices {
      let value = weights[index] * (1 - document.containers[index].linkDensity)
      if value > bestWeight {
        best = index
        bestWeight = value
      }
    }
    return best
  }

  func scores() -> [Float] {
    document.indices.map(score)
  }

  private func score(_ index: Int) -> Float {
    let row = document.rows[index]
    let m = row.measures
    let marks = document[index].marks
    let density = row.linkDensity
    var score: Float = -1.2
    // Length and sentences.
    if m.words >= 12 { score += 1 }
    if m.words >= 25 { score += 0.6 }
    if m.flags.contains(.endsSentence) { score += 0.7 }
    if m.words < 4 { score -= 0.6 }
    switch m.kind {
    case .heading: score -= 0.2
    case .quotation, .code, .tableRow: score += 0.8
    default: break
    }
    score -= 3.2 * density
    // Place.
    let steps = stepsToBest(Int(row.container))
    if steps == 0 { score += 1.5 } else { score += 0.9 - 0.35 * Float(min(steps, 6)) }
    // Markup.
    score += markupScore(marks, m)
    if let label = ledger.leadingLabel(of: index), label.role.isBoilerplate {
      score -= label.confidence == .hint ? 0.6 : 1.6
    }
    return score
  }

  /// Steps from the best container up to the one that also holds this block.
  private func stepsToBest(_ container: Int) -> Int {
    var position = container
    while position >= 0 {
      if let steps = bestPath[position] { return steps }
      position = Int(document.containers[position].parent)
    }
    return 99
  }

  private func markupScore(_ marks: MarkupMarks, _ m: BlockMeasures) -> Float {
    var score: Float = 0
    if !marks.isDisjoint(with: [.nav, .navigationToken, .consentToken, .breadcrumbToken]) { score -= 4 }
    if !marks.isDisjoint(with: [.footer, .footerToken]) { score -= 2 }
    if !marks.isDisjoint(with: [.aside, .sidebarToken]) { score -= 2 }
    if !marks.isDisjoint(with: [.relatedToken, .mostReadToken, .tickerToken]) { score -= 2.5 }
    if marks.contains(.commentsToken) { score -= 2.5 }
    if !marks.isDisjoint(with: [.promotionToken, .advertisementToken, .overlayToken, .dialog]) {
      score -= 1.6
    }
    if !marks.isDisjoint(with: [.form, .button]) { score -= 1.5 }
    if marks.contains(.shareToken) { score -= 1.5 }
    if marks.contains(.hidden) || m.flags.contains(.hidden) { score -= 1.5 }
    if marks.contains(.hiddenToken) { score -= 0.8 }
    if !marks.isDisjoint(with: [.tagsToken, .metaToken, .bylineToken, .dateToken]), !m.flags.contains(.prose)
    {
      score -= 1
    }
    if marks.contains(.authorBioToken) { score -= 2 }
    if marks.contains(.teaserToken) { score -= 0.8 }
    if marks.contains(.toolsToken) { score -= 1 }
    if marks.contains(.bodyToken) { score += 0.8 }
    if marks.contains(.article) { score += 0.3 }
    return score
  }
}
