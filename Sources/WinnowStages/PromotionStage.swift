import WinnowCore

extension Reason {
  static let promotionNewsletter: Reason = "promotion.newsletter"
  static let promotionAccount: Reason = "promotion.account"
  static let promotionApp: Reason = "promotion.app"
  static let promotionMarkup: Reason = "promotion.markup"
  static let paywallMessage: Reason = "paywall.message"
  static let paywallMarkup: Reason = "paywall.markup"
  static let consentMessage: Reason = "consent.message"
  static let consentMarkup: Reason = "consent.markup"
  static let advertisementLabel: Reason = "advertisement.label"
  static let advertisementMarkup: Reason = "advertisement.markup"
  static let mediaLabel: Reason = "media-stub.label"
}

/// Finds what a publisher wants of the reader: newsletters, consent, subscriptions, apps, advertisements;
/// and the labels that players and galleries left behind.
public struct PromotionStage: BlockRule {
  public static let id: StageID = "promotion"
  public static let contract = StageContract(
    writes: [.promotion, .paywall, .consent, .advertisement, .mediaStub])
  public static let summary =
    "Labels newsletter, consent, paywall, app and advertisement blocks, and stubs of media that did not survive."
  public static let risk =
    "Articles about newsletters or cookies; in prose a phrase only gives a hint that the content score may overrule."
  public static let examples: [StageExample] = [
    .text(
      "a media stub and a newsletter line",
      """
      Orchard keeps its oldest tree

      The orchard's oldest apple tree will stay, the owner said on Monday after thousands signed a petition.

      Sign up for our newsletter

      The tree was planted in 1840 and still bears some two hundred kilograms of apples in a good year.

      Bonus video:
      """,
      proof: """
        = headline    Orchard keeps its oldest tree
        + paragraph   The orchard's oldest…
        - promotion   Sign up for our newsletter
        + paragraph   The tree was planted…
        - media-stub  Bonus video:
        """)
  ]

  /// The stage; it has no settings of its own.
  public init() {}

  public func claim(_ block: Block, in document: Document) -> Claim? {
    let m = block.measures
    for hit in block.hits {
      guard let (role, reason) = meaning(hit.section) else { continue }
      if hit.anchor == .whole { return Claim(role, .strong, reason, evidence: .text(hit.range)) }
      if role == .mediaStub || hit.section == .account || hit.section == .app, m.words > 14 { continue }
      let confidence: Confidence = m.flags.contains(.prose) && m.words > 40 ? .hint : .strong
      // In a sentence of the body a phrase speaks only where it opens a short block or is most of it.
      if m.words <= 70 {
        let inBody = document.measures.proseSpan.contains(block.id) && m.flags.contains(.prose)
        let isAbout = m.words <= 45 && (opensOrFills(block, hit.range) || m.words <= 25 && isRepeated(block))
        return Claim(
          role, inBody && !isAbout ? .hint : confidence, reason, evidence: .text(hit.range))
      }
    }
    return fromMarkup(block, m)
  }

  /// Whether the phrase opens the block or is two fifths of it.
  private func opensOrFills(_ block: Block, _ range: Range<Int>) -> Bool {
    range.lowerBound <= 2 || range.count * 5 >= block.utf8.count * 2
  }

  /// Whether two phrases that do not overlap want something of the reader: "Follow us … Get our app".
  private func isRepeated(_ block: Block) -> Bool {
    let asking = block.hits.filter { $0.section == .follow || meaning($0.section)?.0 == .promotion }
    return asking.contains { first in asking.contains { !$0.range.overlaps(first.range) } }
  }

  private func meaning(_ section: PhraseSection) -> (Role, Reason)? {
    switch section {
    case .newsletter: (.promotion, .promotionNewsletter)
    case .account: (.promotion, .promotionAccount)
    case .app: (.promotion, .promotionApp)
    case .paywall: (.paywall, .paywallMessage)
    case .consent: (.consent, .consentMessage)
    case .advertisement: (.advertisement, .advertisementLabel)
    case .media: (.mediaStub, .mediaLabel)
    default: nil
    }
  }

  private func fromMarkup(_ block: Block, _ m: BlockMeasures) -> Claim? {
    let marks = block.marks
    if marks.contains(.consentToken) { return Claim(.consent, .strong, .consentMarkup) }
    if marks.contains(.advertisementToken), m.words <= 12 {
      return Claim(.advertisement, .strong, .advertisementMarkup)
    }
    if marks.contains(.paywallToken), m.words <= 60 { return Claim(.paywall, .likely, .paywallMarkup) }
    if !marks.isDisjoint(with: [.promotionToken, .overlayToken, .dialog]), m.words <= 60 {
      return Claim(.promotion, .likely, .promotionMarkup)
    }
    return nil
  }
}
