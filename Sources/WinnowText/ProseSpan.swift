import WinnowCore

/// Finds the stretch of a page where prose is densest.
enum ProseSpan {
  /// Places where prose is not the article's.
  private static let elsewhere: MarkupMarks = [
    .nav, .footer, .aside, .form, .dialog, .button, .navigationToken, .footerToken, .sidebarToken,
    .relatedToken, .mostReadToken, .tickerToken, .commentsToken, .promotionToken, .consentToken,
    .advertisementToken, .overlayToken, .authorBioToken, .hidden,
  ]

  /// What a block adds to a span. A paragraph outweighs some ten menu lines, so that a related box
  /// between two paragraphs does not split the article, and a menu of fifty lines does not join it.
  private static func weight(_ row: BlockRow, _ marks: MarkupMarks) -> Int {
    let m = row.measures
    if !marks.isDisjoint(with: elsewhere) { return -12 }
    if m.flags.contains(.prose) { return Int(min(m.words, 60)) }
    if m.kind == .code || m.kind == .tableRow || m.kind == .figureCaption { return 0 }
    if m.linkCharacters * 2 > m.characters { return -8 }
    if m.words >= DocumentBuilder.proseWords { return 4 }
    if m.kind == .heading { return -2 }
    return m.flags.contains(.bullet) ? -6 : -5
  }

  static func find(_ rows: [BlockRow], _ containers: [ContainerRow]) -> Range<Int> {
    var best = 0..<0
    var bestSum = 0
    var start = 0
    var sum = 0
    for (index, row) in rows.enumerated() {
      if sum <= 0 {
        sum = 0
        start = index
      }
      let container = Int(row.container)
      let marks = containers.indices.contains(container) ? containers[container].inherited : []
      sum += weight(row, marks)
      if sum > bestSum {
        bestSum = sum
        best = start..<index + 1
      }
    }
    return best
  }
}
