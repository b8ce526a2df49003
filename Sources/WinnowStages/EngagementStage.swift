import WinnowCore

extension Reason {
  static let engagementCounter: Reason = "engagement.counter"
  static let readingTimeLine: Reason = "reading-time.line"
  static let shareButton: Reason = "share.button"
  static let shareMarkup: Reason = "share.markup"
  static let followInvitation: Reason = "share.follow"
}

/// Finds counters of views, shares and comments, reading times, share and follow buttons.
public struct EngagementStage: BlockRule {
  public static let id: StageID = "engagement"
  public static let contract = StageContract(writes: [.engagement, .readingTime, .share])
  public static let summary =
    "Labels short blocks that hold nothing but counters, a reading time or share and follow buttons."
  public static let risk =
    "A sentence that mentions views or shares; phrases must cover most of a short block."
  public static let examples: [StageExample] = [
    .text(
      "two counters in one line",
      """
      Ferry returns to the northern route

      15652 views 4 comments
      3 Min Read

      The ferry to the northern islands returns on Sunday after its engine was replaced, the company said.

      It will sail twice a day until October, and the company expects some ninety thousand passengers.
      """,
      proof: """
        = headline      Ferry returns to the northern route
        - engagement    15652 views 4 comments
        - reading-time  3 Min Read
        + paragraph     The ferry…
        + paragraph     It will sail…
        """)
  ]

  /// The stage; it has no settings of its own.
  public init() {}

  public func claim(_ block: Block, in document: Document) -> Claim? {
    let m = block.measures
    guard m.words <= 14, !m.flags.contains(.prose) else { return nil }
    var covered = 0
    var leading: PhraseHit?
    for hit in block.hits {
      switch hit.section {
      case .engagement, .readingTime, .share, .follow:
        if hit.anchor == .whole { return claim(hit) }
        covered += hit.range.count
        if leading == nil || hit.range.count > (leading?.range.count ?? 0) { leading = hit }
      default: continue
      }
    }
    if let leading, covered * 10 >= block.utf8.count * 6 { return claim(leading) }
    if m.words <= 6, block.marks.contains(.shareToken), m.kind != .heading {
      return Claim(.share, .likely, .shareMarkup)
    }
    return nil
  }

  private func claim(_ hit: PhraseHit) -> Claim {
    switch hit.section {
    case .engagement: Claim(.engagement, .strong, .engagementCounter, evidence: .text(hit.range))
    case .readingTime: Claim(.readingTime, .strong, .readingTimeLine, evidence: .text(hit.range))
    case .follow: Claim(.share, .strong, .followInvitation, evidence: .text(hit.range))
    default: Claim(.share, .strong, .shareButton, evidence: .text(hit.range))
    }
  }
}
