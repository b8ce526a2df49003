import WinnowCore
import WinnowText

extension Reason {
  static let leftoverHeading: Reason = "leftover.heading-over-nothing"
  static let leftoverAddress: Reason = "leftover.e-mail-address"
  static let leftoverFooter: Reason = "leftover.footer-below-body"
}

/// Takes out what the content score kept though nothing goes with it.
///
/// A box of promotion or of other stories loses its lines one by one, and its heading, which reads like any
/// other, stays behind. A heading's section is the rest of the element that it shares with what follows.
public struct LeftoverStage: Stage {
  public static let id: StageID = "leftover"
  public static let contract = StageContract(
    reads: [.subheading, .paragraph, .footer, .caption],
    writes: [.furniture, .footer, .relatedLinks, .mostRead, .promotion, .paywall, .consent])
  public static let summary =
    "Takes out headings of sections that kept nothing, and footer lines and e-mail addresses at the body's end."
  public static let risk =
    "A heading whose only text was dropped wrongly goes with it; one over a picture or a caption stays."
  public static let examples: [StageExample] = [
    .html(
      "the heading of a box that is gone",
      """
      <html><head><title>Ice skaters wait for the canal to freeze</title></head><body>
      <article><h1>Ice skaters wait for the canal to freeze</h1>
      <p>Skaters have waited since December for the canal to freeze, and forecasters promise them a cold week.</p>
      <div class="box"><h3>The Ferry at Seven</h3><p>Sign up for our newsletter</p></div>
      <h3>What the ice must bear</h3>
      <p>The ice must be fifteen centimetres thick along all two hundred kilometres before the race can start.</p>
      <p>Volunteers measure it every morning at forty places, and publish a map that thousands look at.</p>
      </article></body></html>
      """,
      proof: """
        = headline    Ice skaters wait for the canal to freeze
        + paragraph   Skaters have waited…
        - promotion   The Ferry at Seven
        - promotion   Sign up for our newsletter
        + subheading  What the ice must bear
        + paragraph   The ice must be…
        + paragraph   Volunteers measure…
        """)
  ]

  /// What boxes with a heading hold.
  private static let boxes: RoleSet = [
    .relatedLinks, .mostRead, .promotion, .paywall, .consent,
  ]

  /// Longest footer line in words.
  private static let longestFooter: Int32 = 25

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    labelHeadings(document, &ledger)
    labelEnd(document, &ledger)
  }

  // MARK: - Headings

  /// From the last to the first, so that a heading over headings that are gone goes as well.
  private func labelHeadings(_ document: Document, _ ledger: inout Ledger) {
    let rows = document.rows
    for heading in document.indices.reversed()
    where rows[heading].measures.kind == .heading && ledger.isLed(heading, by: [.subheading]) {
      // A linked title is a teaser's: on a page that lists others it is the text.
      guard rows[heading].linkDensity < 0.5 else { continue }
      guard let section = section(of: heading, document),
        let first = section.first(where: { isNamed($0, ledger) }), let role = ledger.role(of: first),
        section.allSatisfy({ isGone($0, ledger) })
      else { continue }
      ledger.add(role, to: heading, .strong, because: .leftoverHeading, evidence: .block(first))
    }
  }

  /// Blocks that a heading heads, where they are all that follows it in the element that holds them: a heading
  /// that stands loose in the article, with others of its rank behind it, is the article's.
  private func section(of heading: Int, _ document: Document) -> Range<Int>? {
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
    return label.confidence >= .strong && LeftoverStage.boxes.contains(label.role)
      && !label.reason.id.hasSuffix(".markup")
  }

  /// Whether a rule or the score dropped a block. What fills a field or stands beside the body is still there.
  private func isGone(_ block: Int, _ ledger: Ledger) -> Bool {
    guard let role = ledger.role(of: block) else { return true }
    return role.isBoilerplate && role != .duplicate
  }

  // MARK: - The body's end

  /// From the last kept block upwards, as long as there is something to take.
  private func labelEnd(_ document: Document, _ ledger: inout Ledger) {
    for index in document.indices.reversed() where ledger.isLed(index, by: .body) {
      let block = document[index]
      if isAddress(block) {
        ledger.add(.furniture, to: index, .strong, because: .leftoverAddress)
      } else if let hit = footer(block) {
        ledger.add(.footer, to: index, .strong, because: .leftoverFooter, evidence: .text(hit.range))
      } else {
        return
      }
    }
  }

  /// A short line that a footer's phrase opens or is.
  private func footer(_ block: Block) -> PhraseHit? {
    guard block.words <= LeftoverStage.longestFooter, block.kind != .heading, block.kind != .code else {
      return nil
    }
    return block.hits.first {
      $0.section == .footer && ($0.anchor != .within || block.flags.contains(.hasCopyright))
    }
  }

  /// Nothing but an e-mail address.
  private func isAddress(_ block: Block) -> Bool {
    let text = block.utf8
    guard text.count <= 80, let at = text.firstIndex(of: 0x40), at > text.startIndex else { return false }
    return !text.contains(0x20) && text[at...].contains(0x2E)
  }
}
