import WinnowCore

/// Where the article's head probably stands: the window that byline, date and dek are looked for in.
struct Anchors {
  /// The headline's block, if one was found.
  let headline: Int?
  /// The first block of the body, by density.
  let bodyStart: Int?
  /// Blocks near the head.
  let window: Range<Int>
  /// A few blocks just after the body, where some sites put byline and date.
  let tail: Range<Int>

  /// The anchors of a document whose headline, if any, stands in the ledger.
  init(_ document: Document, _ ledger: Ledger) {
    headline = ledger.first(.headline)
    let span = document.measures.proseSpan
    let start = document.proseStart
    bodyStart = start
    let count = document.count
    // A head holds title, byline, date, share buttons, a lead picture: rarely more than two dozen blocks.
    switch (headline, start) {
    case (let headline?, let start?) where start >= headline:
      window = max(0, headline - 6)..<min(count, max(headline + 16, min(start + 4, headline + 40)))
    case (let headline?, _):
      window = max(0, headline - 6)..<min(count, headline + 16)
    case (nil, let start?):
      window = max(0, start - 14)..<min(count, start + 4)
    case (nil, nil):
      window = 0..<min(count, 12)
    }
    tail = min(count, span.upperBound)..<min(count, span.upperBound + 5)
  }

  /// Whether a block between headline and text is known as byline or date: class names say little of it then.
  static func isOfHead(_ block: Int, _ document: Document, _ ledger: Ledger) -> Bool {
    // What most blocks are not comes first.
    guard ledger.isLed(block, by: head), document.form == .html, let start = document.proseStart,
      block < start, let headline = ledger.first(.headline), block > headline
    else { return false }
    return ledger.leadingLabel(of: block).map { $0.confidence >= .strong } ?? false
  }

  private static let head: RoleSet = [.byline, .publicationDate]
}
