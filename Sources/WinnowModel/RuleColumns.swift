import WinnowCore

/// What the stages before said of each block, and where headings and openers stand.
struct RuleColumns {
  /// The block of the headline; -1 without one.
  let headline: Int
  /// The last heading at or before each block; -1 without one.
  private(set) var lastHeading: [Int32] = []
  /// The ``RoleCode`` of each block.
  private(set) var code: [Float] = []
  private var role: [Float] = []
  private var hits: [UInt32] = []
  private var sinceRelated: [Int32] = []
  private var sinceComments: [Int32] = []
  private var sinceFooter: [Int32] = []
  private var before: [Float] = [0]

  init(_ document: Document, _ ledger: Ledger) {
    headline = ledger.first(.headline) ?? -1
    var heading: Int32 = -1
    var related: Int32 = -1
    var comments: Int32 = -1
    var footer: Int32 = -1
    let rows = document.storage.rows
    lastHeading.reserveCapacity(rows.count)
    code.reserveCapacity(rows.count)
    role.reserveCapacity(rows.count)
    before.reserveCapacity(rows.count + 1)
    sinceRelated.reserveCapacity(rows.count)
    sinceComments.reserveCapacity(rows.count)
    sinceFooter.reserveCapacity(rows.count)
    hits.reserveCapacity(rows.count)
    for index in rows.indices {
      if rows[index].measures.kind == .heading { heading = Int32(index) }
      lastHeading.append(heading)
      let label = ledger.lead(of: index)
      code.append(RoleCode.of(label))
      role.append(label.map { Float($0.role.rawValue) } ?? -1)
      before.append(before[before.count - 1] + (code[index] >= 1 && code[index] <= 3 ? 1 : 0))
      switch label?.role {
      case .relatedLinks, .mostRead, .readMore: related = Int32(index)
      case .comments: comments = Int32(index)
      case .footer: footer = Int32(index)
      default: break
      }
      sinceRelated.append(related)
      sinceComments.append(comments)
      sinceFooter.append(footer)
      hits.append(rows[index].hitStart < rows[index].hitEnd ? RuleColumns.hits(document[index]) : 0)
    }
  }

  /// What groups of phrase sections are called, a bit each.
  private static let families = [
    "related", "share", "engagement", "promotion", "account", "consent", "ad", "media", "footer", "comments",
    "menu", "credit", "byline", "notice", "date", "contents",
  ]

  /// The bit of a section's family. No dictionary: that would hash the section's name for each phrase on the page.
  private static func bit(of section: PhraseSection) -> UInt32 {
    switch section {
    case .related, .mostRead, .latest, .readMore, .moreLink: 1
    case .share, .follow: 1 << 1
    case .engagement, .readingTime: 1 << 2
    case .newsletter, .app: 1 << 3
    case .account, .paywall: 1 << 4
    case .consent: 1 << 5
    case .advertisement: 1 << 6
    case .media: 1 << 7
    case .footer: 1 << 8
    case .comments, .commentAction: 1 << 9
    case .navigation, .breadcrumb, .furniture: 1 << 10
    case .credit, .caption, .agency: 1 << 11
    case .byline, .role, .authorBio: 1 << 12
    case .disclaimer, .translation, .aiNote, .correction: 1 << 13
    case .published, .updated: 1 << 14
    case .contents, .tags: 1 << 15
    default: 0
    }
  }

  private static func hits(_ block: Block) -> UInt32 {
    var bits: UInt32 = 0
    for hit in block.hits { bits |= bit(of: hit.section) }
    return bits
  }

  func write(_ index: Int, _ columns: PageColumns, _ w: inout some FeatureWriter) {
    w.put("rule", code[index])
    w.put("rule_role", role[index])
    for bit in RuleColumns.families.indices {
      w.put("says_\(RuleColumns.families[bit])", hits[index] & (1 << UInt32(bit)) != 0)
    }
    w.put("since_related", since(sinceRelated[index], index))
    w.put("since_comments", since(sinceComments[index], index))
    w.put("since_footer", since(sinceFooter[index], index))
    let lower = max(0, index - 5)
    let upper = min(code.count, index + 6)
    w.put("rules_near", (before[upper] - before[lower]) / Float(upper - lower))
    let container = Int(columns.rows[index].container)
    let parent = max(0, Int(columns.containers[container].parent))
    let row = columns.containers[parent]
    let size = Float(max(1, Int(row.endBlock) - Int(row.firstBlock)))
    w.put("rules_parent", (before[Int(row.endBlock)] - before[Int(row.firstBlock)]) / size)
  }

  private func since(_ last: Int32, _ index: Int) -> Float {
    last < 0 ? -1 : logCount(Float(index - Int(last)))
  }
}
