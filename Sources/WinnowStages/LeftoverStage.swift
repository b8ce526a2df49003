import WinnowCore
import WinnowModel
import WinnowText

extension Reason {
  static let leftoverHeading: Reason = "leftover.heading-over-nothing"
  static let leftoverAddress: Reason = "leftover.e-mail-address"
  static let leftoverFooter: Reason = "leftover.footer-below-body"
  static let leftoverKicker: Reason = "leftover.kicker"
  static let leftoverLinks: Reason = "leftover.links-at-edge"
  static let leftoverInvitation: Reason = "leftover.invitation-below-body"
  static let leftoverHead: Reason = "leftover.line-of-head"
  static let leftoverOrphan: Reason = "leftover.nothing-follows"
  static let leftoverCard: Reason = "leftover.card-below-article"
  static let leftoverBiography: Reason = "leftover.biography-below-body"
  static let leftoverThread: Reason = "leftover.thread-below-body"
  static let leftoverInterface: Reason = "leftover.repeated-interface-word"
  static let leftoverFarBelow: Reason = "leftover.far-below-article"
  static let leftoverPaywall: Reason = "leftover.paywall-box"
  static let leftoverData: Reason = "leftover.data"
}

/// Takes out what the content score kept though nothing goes with it.
///
/// A box of promotion or of other stories loses its lines one by one, and its heading, which reads like any
/// other, stays behind. A heading's section is the rest of the element that it shares with what follows.
public struct LeftoverStage: Stage {
  public static let id: StageID = "leftover"
  public static let contract = StageContract(
    reads: [.headline, .subheading, .paragraph, .footer, .caption, .byline],
    writes: [
      .furniture, .footer, .relatedLinks, .mostRead, .promotion, .paywall, .consent, .share, .navigation,
      .authorBio, .comments,
    ])
  public static let summary =
    "Takes out headings of sections that kept nothing, interface words beside three posts, rows of links, invitations, footer lines and e-mail addresses at the body's edges, and short lines of a flat text's head."
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
        """),
    .html(
      "a menu and pointers that stand in one paragraph each, and a line about a newsletter at the end",
      """
      <html><head><title>Ice skaters wait for the canal to freeze</title></head><body>
      <a href="/ice">Ice of today</a> <a href="/clubs">Our clubs</a> <a href="/canals">Canals</a>
      <h1>Ice skaters wait for the canal to freeze</h1>
      <p>Skaters have waited since December for the canal to freeze, and forecasters promise them a cold week.</p>
      <p>The ice must be fifteen centimetres thick along all two hundred kilometres before the race can start.</p>
      <p>Volunteers measure it every morning at forty places, and publish a map that thousands look at.</p>
      <p>The last race was in 1997, and most of those who want to skate this one were not yet born then.</p>
      <p>Subscribe to our newsletter</p>
      <p><a href="/race">Who won the last race</a> <a href="/map">The map of the ice</a></p></body></html>
      """,
      proof: """
        - furniture      Ice of today Our clubs Canals
        = headline       Ice skaters wait for the canal to freeze
        + paragraph      Skaters have waited…
        + paragraph      The ice must be…
        + paragraph      Volunteers measure…
        + paragraph      The last race…
        - promotion      Subscribe to our newsletter
        - related-links  Who won the last race The map of the ice
        """),
    .html(
      "what a forum writes beside every post",
      """
      <html><head><title>Which skates for rough ice?</title></head><body>
      <h1>Which skates for rough ice?</h1>
      <div><p>Joined: 3 May 2011</p><div>My skates catch on every crack of the canal, and I have fallen three times
      today. Which ones do you wear on rough ice?</div></div>
      <div><p>Joined: 17 November 2006</p><div>Long wooden ones with a low blade. They bend a little, and the straps
      let you take them off at every bridge.</div></div>
      <div><p>Joined: 29 February 2012</p><div>Mine have a rounded tip, which slides over cracks. Grind them before
      the season, and again after twenty kilometres.</div></div></body></html>
      """,
      proof: """
        = headline   Which skates for rough ice?
        - furniture  Joined: 3 May 2011
        + paragraph  My skates catch…
        - furniture  Joined: 17 November 2006
        + paragraph  Long wooden ones…
        - furniture  Joined: 29 February 2012
        + paragraph  Mine have a rounded…
        """),
    .html(
      "words before a list that is gone",
      """
      <html><head><title>Ice skaters wait for the canal to freeze</title><meta property="og:type" content="article">
      </head><body><article><h1>Ice skaters wait for the canal to freeze</h1>
      <p>Skaters have waited since December for the canal to freeze, and forecasters promise them a cold week.</p>
      <p>The ice must be fifteen centimetres thick along all two hundred kilometres before the race can start.</p>
      <p>Volunteers measure it every morning at forty places, and publish a map that thousands look at.</p>
      <p>More on the ice of this winter:</p></article>
      <div class="related"><h4>Related content</h4><h5><a href="/race">Who won the last race</a></h5></div>
      </body></html>
      """,
      proof: """
        = headline       Ice skaters wait for the canal to freeze
        + paragraph      Skaters have waited…
        + paragraph      The ice must be…
        + paragraph      Volunteers measure…
        - furniture      More on the ice…
        - related-links  Related content
        - related-links  Who won the last race
        """),
  ]

  /// Why what stands behind an article's boxes goes, and what its paywall offers: neither was in doubt as text.
  package static let farBelow: Reason = .leftoverFarBelow
  package static let paywallBox: Reason = .leftoverPaywall

  /// Longest footer line in words.
  private static let longestFooter: Int32 = 25
  /// The same where a phrase of several words opens it.
  private static let longestNotice = 90

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    let end = BodyEnd(document, ledger)
    labelInvitations(document, end, &ledger)
    labelInterface(document, &ledger)
    for index in MachineText.blocks(of: document, ledger) {
      ledger.add(.furniture, to: index, .strong, because: .leftoverData)
    }
    labelRest(document, &ledger)
    for caption in Cards(document).captions(ledger) {
      ledger.add(.relatedLinks, to: caption, .strong, because: .leftoverCard)
    }
    // From the last to the first, so that a heading over headings that are gone goes as well.
    let headings = EmptyHeadings(document)
    for heading in document.indices.reversed() {
      guard let (role, box) = headings.role(of: heading, ledger) else { continue }
      ledger.add(role, to: heading, .strong, because: .leftoverHeading, evidence: .block(box))
    }
    labelEnd(document, end, &ledger)
    labelStart(document, &ledger)
    labelKicker(document, &ledger)
    let dates = HeadLeftovers.datesAboveText(document, ledger)
    for line in dates + (HeadLeftovers(document, ledger)?.lines(ledger) ?? []) {
      ledger.add(.furniture, to: line, .strong, because: .leftoverHead)
    }
  }

  // MARK: - Kicker

  /// Longest kicker in words.
  private static let longestKicker: Int32 = 6

  /// The short line right above the headline that the score took for a subheading: "Local politics".
  private func labelKicker(_ document: Document, _ ledger: inout Ledger) {
    guard document.form == .html,
      let headline = document.indices.first(where: { ledger.isLed($0, by: [.headline]) }), headline > 0,
      ledger.isLed(headline - 1, by: .body)
    else { return }
    let m = document.rows[headline - 1].measures
    guard m.words <= LeftoverStage.longestKicker, m.kind == .heading || m.kind == .paragraph,
      !m.flags.contains(.endsSentence)
    else { return }
    ledger.add(.furniture, to: headline - 1, .strong, because: .leftoverKicker, evidence: .block(headline))
  }

  // MARK: - Boxes

  /// Lines about a newsletter that the score kept, where the button that goes with them is gone.
  private func labelInvitations(_ document: Document, _ end: BodyEnd, _ ledger: inout Ledger) {
    let isArticle = document.form == .html && DeclaredKind(document).isArticle
    for index in document.indices.dropLast() where ledger.isLed(index, by: [.paragraph, .listItem]) {
      let block = document[index]
      if isArticle, let phrase = end.invitation(block) {
        ledger.add(
          .promotion, to: index, .strong, because: .leftoverInvitation, evidence: .text(phrase))
        continue
      }
      guard block.words <= LeftoverStage.longestInvitation,
        let hit = block.hits.first(where: { $0.section == .newsletter }),
        document[index + 1].words <= LeftoverStage.longestButton, EmptyHeadings.isGone(index + 1, ledger),
        isButton(document[index + 1])
      else { continue }
      ledger.add(.promotion, to: index, .strong, because: .leftoverInvitation, evidence: .text(hit.range))
    }
  }

  /// Whether a block says what a button of such a box says.
  private func isButton(_ block: Block) -> Bool {
    block.hits.contains {
      $0.anchor == .whole && ($0.section == .newsletter || $0.section == .account || $0.section == .follow)
    }
  }

  private static let longestInvitation = 45
  /// A phrase, in bytes, that says enough in a line of that length.
  private static let longPhrase = 28
  private static let longestButton = 5

  // MARK: - The article is over

  /// What stands far below an article, and what its paywall offers.
  private func labelRest(_ document: Document, _ ledger: inout Ledger) {
    guard let rest = ArticleRest(document) else { return }
    if let start = rest.startFarBelow(ledger) {
      for index in start..<document.count where ledger.isLed(index, by: .body) {
        ledger.add(.furniture, to: index, .strong, because: .leftoverFarBelow, evidence: .block(start))
      }
    }
    for heading in document.indices where ledger.isLed(heading, by: [.subheading]) {
      guard let (role, box, phrase) = rest.offer(heading, ledger) else { continue }
      for index in box where ledger.isLed(index, by: .body) {
        ledger.add(
          role, to: index, .strong, because: role == .paywall ? .leftoverPaywall : .leftoverInvitation,
          evidence: index == heading ? .text(phrase) : .block(heading))
      }
    }
  }

  /// "Joined: 3 May 2011", "Back to top" beside three posts and more.
  private func labelInterface(_ document: Document, _ ledger: inout Ledger) {
    for line in InterfaceLines(document).repeated(ledger) {
      ledger.add(
        .furniture, to: line.block, .strong, because: .leftoverInterface, evidence: .text(line.phrase))
    }
  }

  // MARK: - The body's end

  /// From the last kept block upwards, as long as there is something to take.
  private func labelEnd(_ document: Document, _ end: BodyEnd, _ ledger: inout Ledger) {
    let isArticle = document.form == .html && DeclaredKind(document).isArticle
    let cards = Cards(document)
    let threads = isArticle && ledger.first(.comments) != nil ? CommentsStage.threads(ledger) : []
    let linked = isArticle ? linkedEnd(document, ledger) : document.count..<document.count
    for index in document.indices.reversed() where ledger.isLed(index, by: .body) {
      let block = document[index]
      if BodyEnd.isAddress(block) {
        ledger.add(.furniture, to: index, .strong, because: .leftoverAddress)
      } else if isArticle, linked.contains(index) {
        ledger.add(.relatedLinks, to: index, .strong, because: .leftoverLinks)
      } else if isRowOfLinks(block, document)
        || (isArticle || hasProse(above: index, document, ledger)) && end.isPointer(index, ledger)
      {
        ledger.add(.relatedLinks, to: index, .strong, because: .leftoverLinks)
      } else if let hit = invitation(block) {
        ledger.add(.promotion, to: index, .strong, because: .leftoverInvitation, evidence: .text(hit.range))
      } else if let hit = footer(block, document) {
        ledger.add(.footer, to: index, .strong, because: .leftoverFooter, evidence: .text(hit.range))
      } else if isArticle, threads.contains(index), hasProse(above: index, document, ledger) {
        ledger.add(.comments, to: index, .strong, because: .leftoverThread)
      } else if isOrphan(index, document, ledger, isArticle: isArticle) {
        ledger.add(.furniture, to: index, .strong, because: .leftoverOrphan, evidence: .block(index + 1))
      } else if isArticle, let role = cards.role(ofText: index, ledger) {
        ledger.add(role, to: index, .strong, because: .leftoverCard)
      } else if hasProse(above: index, document, ledger), let finding = end.finding(index) {
        ledger.add(finding.role, to: index, .strong, because: finding.reason, evidence: finding.evidence)
      } else {
        return
      }
    }
  }

  /// Lines of lists and tables at the text's end that are links and nothing else: "Most read", whose heading is gone.
  private func linkedEnd(_ document: Document, _ ledger: Ledger) -> Range<Int> {
    let none = document.count..<document.count
    var (start, lines) = (document.count, 0)
    for index in document.indices.reversed() where ledger.isLed(index, by: .body) {
      let row = document.rows[index]
      let isLine = row.measures.kind == .listItem || row.measures.kind == .tableRow
      guard isLine && row.linkDensity >= 0.8 || row.measures.kind == .heading && row.measures.words <= 12
      else {
        break
      }
      if isLine { lines += 1 }
      start = index
    }
    return lines >= LeftoverStage.fewestLinked && hasProse(above: start, document, ledger)
      ? start..<document.count : none
  }

  /// Shorter lists of links at the end are as often the article's own: of ten pages with four lines and more, six.
  private static let fewestLinked = 30

  /// Paragraphs that must stand above what looks like the article's end, so that a page of a few lines keeps them.
  private static let fewestAbove = 2

  private func hasProse(above index: Int, _ document: Document, _ ledger: Ledger) -> Bool {
    document.indices[..<index].lazy.filter { document.rows[$0].isProse && ledger.isLed($0, by: .body) }
      .prefix(LeftoverStage.fewestAbove).count == LeftoverStage.fewestAbove
  }

  /// "Further reading:", or an article's heading, at the end of a text whose last lines are gone. On pages that offer
  /// something the last heading is the offer.
  private func isOrphan(
    _ index: Int, _ document: Document, _ ledger: Ledger, isArticle: Bool
  ) -> Bool {
    let row = document.rows[index]
    let m = row.measures
    let isLeadIn =
      m.kind == .paragraph && m.words <= LeftoverStage.longestLeadIn
      && (m.flags.contains(.endsColon) || isArticle && m.flags.contains(.allCapitals) && m.words >= 2)
    // Some close with a sentence in large letters; a question may be a box's that wants an address.
    let isHeading =
      isArticle && m.kind == .heading && row.linkDensity < 0.5
      && (!m.flags.contains(.endsSentence)
        || m.words
          <= (document[index].utf8.last == 0x3F ? LeftoverStage.longestQuestion : LeftoverStage.longestOffer)
          && ledger.isLed(index + 1, by: [.promotion]))
    // Before a paywall the text breaks off.
    guard document.form == .html, index + 1 < document.count, EmptyHeadings.isGone(index + 1, ledger),
      !ledger.isLed(index + 1, by: [.paywall]), isLeadIn || isHeading,
      let before = document.indices[..<index].last(where: { ledger.isLed($0, by: .body) })
    else { return false }
    return document.rows[before].isProse
  }

  private static let longestLeadIn: Int32 = 8
  /// Words of "Want more news like this?" over a box.
  private static let longestQuestion: Int32 = 20
  private static let longestOffer: Int32 = 8

  /// "appeared first on" within a line: a phrase of three words says enough.
  private func isLong(_ phrase: String) -> Bool { phrase.utf8.count { $0 == 0x20 } >= 2 }

  /// A short line that a footer's phrase opens or is.
  private func footer(_ block: Block, _ document: Document) -> PhraseHit? {
    // "This entry was posted on … and is filed under … You can follow any responses …"
    let long = block.hits.first {
      ($0.section == .footer || $0.section == .published) && $0.opensBlock && isLong(block.text($0.range))
    }
    if let long, block.words <= LeftoverStage.longestNotice { return long }
    guard isShortLine(block) else { return nil }
    return block.hits.first {
      $0.section == .footer
        && ($0.anchor != .within || block.flags.contains(.hasCopyright)
          || document.form == .flatText && isLong(block.text($0.range)))
    }
  }

  /// From the first kept block downwards: a menu that stands in one paragraph with the text.
  private func labelStart(_ document: Document, _ ledger: inout Ledger) {
    for index in TitlesAboveText.find(document, ledger) {
      ledger.add(.relatedLinks, to: index, .strong, because: .leftoverLinks)
    }
    for index in document.indices where ledger.isLed(index, by: .body) {
      guard isRowOfLinks(document[index], document) else { return }
      ledger.add(.navigation, to: index, .strong, because: .leftoverLinks)
    }
  }

  /// Two links or more side by side in a paragraph, and nothing else.
  private func isRowOfLinks(_ block: Block, _ document: Document) -> Bool {
    let m = block.measures
    // On pages without much text the links are what there is.
    return document.form == .html && document.measures.proseWords >= LeftoverStage.fewestProse
      && m.kind == .paragraph && m.links >= 2 && m.words <= 40
      && m.linkCharacters * 100 >= m.characters * 95 && !m.flags.contains(.endsSentence)
  }

  private static let fewestProse = 60

  /// A short line that asks readers to sign up, by a phrase that opens it or is all of it, or by a long one.
  private func invitation(_ block: Block) -> PhraseHit? {
    guard block.words <= LeftoverStage.longestInvitation, block.kind != .heading, block.kind != .code else {
      return nil
    }
    let isShort = isShortLine(block)
    return block.hits.first {
      LeftoverStage.invitations.contains($0.section) && $0.range.count >= ($0.anchor == .within ? 20 : 12)
        && (isShort || $0.range.count >= LeftoverStage.longPhrase)
    }
  }

  private func isShortLine(_ block: Block) -> Bool {
    block.words <= LeftoverStage.longestFooter && block.kind != .heading && block.kind != .code
  }

  private static let invitations: Set<PhraseSection> = [.newsletter, .app, .follow]
}
