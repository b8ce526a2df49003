import WinnowCore

/// Headings over nothing: what they headed is gone, and was a box.
struct EmptyHeadings {
  private let document: Document

  init(_ document: Document) { self.document = document }

  /// What boxes with a heading hold.
  private static let boxes: RoleSet = [
    .relatedLinks, .mostRead, .promotion, .paywall, .consent, .share,
  ]

  /// What a heading that is kept belongs to if all that it headed is gone, and the block that says so.
  func role(of heading: Int, _ ledger: Ledger) -> (Role, box: Int)? {
    let rows = document.rows
    // A linked title is a teaser's: on a page that lists others it is the text.
    guard rows[heading].measures.kind == .heading, ledger.isLed(heading, by: [.subheading]),
      rows[heading].linkDensity < 0.5, !isSentence(rows[heading].measures),
      let section = section(of: heading),
      let first = section.first(where: { isNamed($0, ledger) || isInBox($0, of: heading, ledger) }),
      let role = ledger.role(of: first), section.allSatisfy({ Self.isGone($0, ledger) })
    else { return nil }
    return (role, first)
  }

  /// "So for now, and for as long as I can, I will walk to work.": some close with a paragraph in large letters.
  private func isSentence(_ m: BlockMeasures) -> Bool {
    m.flags.contains(.endsSentence) && m.words > EmptyHeadings.longestOffer
  }

  /// Words of a heading over an offer that ends like a sentence.
  private static let longestOffer: Int32 = 12

  /// Blocks that a heading heads, where they are all that follows it in the element that holds them: a heading
  /// that stands loose in the article, with others of its rank behind it, is the article's.
  private func section(of heading: Int) -> Range<Int>? {
    let rows = document.rows
    let end = Int(document.containers[document.box(of: heading)].endBlock)
    guard end > heading + 1 else { return nil }
    let level = rows[heading].measures.level
    let section = heading + 1..<end
    return section.contains { rows[$0].measures.kind == .heading && rows[$0].measures.level <= level }
      ? nil : section
  }

  /// Whether a phrase says that a block is a box's. That the score alone dropped it, or a class name, is no
  /// evidence: often the titles of a list are kept and what stands under them goes. Without this bar listings lost
  /// 1.4 points of word F1.
  private func isNamed(_ block: Int, _ ledger: Ledger) -> Bool {
    guard let label = ledger.leadingLabel(of: block) else { return false }
    return label.confidence >= .strong && Self.boxes.contains(label.role)
      && !label.reason.id.hasSuffix(".markup")
  }

  /// Whether heading and block stand in a box that its class calls a promotion.
  private func isInBox(_ block: Int, of heading: Int, _ ledger: Ledger) -> Bool {
    ledger.role(of: block) == .promotion && document[heading].marks.contains(.promotionToken)
      && document[block].marks.contains(.promotionToken)
  }

  /// Whether a rule or the score dropped a block. What fills a field or stands beside the body is still there.
  static func isGone(_ block: Int, _ ledger: Ledger) -> Bool {
    guard let role = ledger.role(of: block) else { return true }
    return role.isBoilerplate && role != .duplicate
  }
}
