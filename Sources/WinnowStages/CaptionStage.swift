import WinnowCore
import WinnowText

extension Reason {
  static let captionElement: Reason = "caption.figcaption"
  static let captionMarkup: Reason = "caption.markup"
  static let captionCredit: Reason = "caption.credit"
  package static let captionDoubled: Reason = "caption.doubled-line"
  static let captionPhrase: Reason = "caption.phrase"
  static let captionCopy: Reason = "caption.copy"
  static let creditLabel: Reason = "credit.label"
  static let creditBracket: Reason = "credit.bracket"
}

/// Finds captions, parts their credits off, and keeps one copy of each.
///
/// Flattened pages double captions: the picture's alternative text and the caption under it become two
/// lines. The last copy stays, because it is the caption that readers saw.
public struct CaptionStage: Stage {
  public static let id: StageID = "caption"
  public static let contract = StageContract(
    reads: [
      .headline, .byline, .publicationDate, .dek, .source, .promotion, .paywall, .consent, .advertisement,
    ],
    writes: [.caption, .credit, .duplicate])
  public static let summary =
    "Labels captions by element, class, credit or doubling; marks the credit's extent; earlier copies are duplicates."
  public static let risk =
    "A sentence that ends in a bracketed agency is a caption only when it is no running text of the body."
  public static let examples: [StageExample] = [
    .text(
      "alternative text and caption, credit glued on",
      """
      Glacier loses its last ice cave

      The glacier's last ice cave collapsed on Tuesday night, mountain guides who reached it in the morning said.

      Guides at the mouth of the cave (Illustration)
      Guides at the mouth of the cave (Illustration)photo: NORDBILD

      Nobody was hurt in the collapse, because the cave had been closed to visitors since the first warm days.
      """,
      proof: """
        = headline   Glacier loses its last ice cave
        + paragraph  The glacier's last…
        - duplicate  Guides at the mouth…
        ~ caption    Guides at the mouth…
        + paragraph  Nobody was hurt…
        """),
    .html(
      "a credit in an element of its own within the caption, and a card that is none",
      """
      <html><head><title>Ice skaters wait for the canal to freeze</title></head><body>
      <article><h1>Ice skaters wait for the canal to freeze</h1>
      <p>Skaters have waited since December for the canal to freeze, and forecasters promise them a cold week.</p>
      <figure><img src="a.jpg"><figcaption>The canal at Lowmere on Monday. <span class="credit">Hanna Moss</span>
      </figcaption></figure>
      <figure><img src="b.jpg"><figcaption>Photo by <a href="/o">Oren Vale</a></figcaption></figure>
      <figure class="card"><a href="/race"><div>The last race</div><div>Who won it, and on what</div></a></figure>
      <p>The ice must be fifteen centimetres thick along all two hundred kilometres before the race can start.</p>
      </article></body></html>
      """,
      proof: """
        = headline   Ice skaters wait for the canal to freeze
        + paragraph  Skaters have waited…
        ~ caption    The canal at Lowmere…
        ~ caption    Photo by Oren Vale
        - furniture  The last race
        - furniture  Who won it…
        + paragraph  The ice must be…
        """),
    .html(
      "a report of one paragraph, which the agency closes",
      """
      <html><head><title>Ferry stops for a week</title></head><body>
      <h1>Ferry stops for a week</h1>
      <div><p>LOWMERE, 5 MAY - The ferry across the Lower Wend will stop for a week from Monday, because its engine must
      be mended. Until then the captain will sail every half hour, and twice an hour on Sunday. (REUTERS).</p></div>
      </body></html>
      """,
      proof: """
        = headline   Ferry stops for a week
        + paragraph  LOWMERE, 5 MAY…
        """),
  ]

  private static let longest: Int32 = 90
  // Made once: a set written where it is used would be made for every block.
  private static let fields: RoleSet = [.headline, .byline, .dek]
  private static let headline: RoleSet = [.headline]
  private static let source: RoleSet = [.source]
  private static let promotion: RoleSet = [.promotion, .paywall, .consent]

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    var captions: [Int] = []
    let headline = ledger.first(.headline)
    for index in document.indices {
      // Asked for anew each time: a block that is kept counts a reference to the page.
      var block: Block { document[index] }
      let m = document.rows[index].measures
      guard m.words <= CaptionStage.longest, m.kind != .heading || PictureParts.isCaption(heading: block),
        m.kind != .code,
        !ledger.isLed(block.id, by: CaptionStage.fields), !isPromoted(block, ledger)
      else { continue }
      let isMarked = isCaptionByMarkup(block)
      // "Published: 21 April 2025, 07:45 AM (IST)" closes with its zone and no credit.
      let isFramed = !block.marks.isDisjoint(with: [.figure, .creditToken])
      if !isMarked || !isFramed && m.kind != .figureCaption, isDateLine(block.id, ledger) { continue }
      // "Source: Agencies" in the article's head names where the text came from.
      if ledger.isLed(block.id, by: CaptionStage.source), !isMarked, captions.last != block.id - 1 {
        continue
      }
      var credit = CreditExtent.find(in: block, isCaption: isMarked)
      if credit == nil, isUnderPicture(block, document) {
        credit = CreditExtent.find(in: block, isCaption: true)
        if credit?.reason != .creditLabel { credit = nil }
      }
      if credit == nil, BylineStage.closesCaption(block, document) || PictureParts.opensWithSign(block) {
        credit = CreditExtent.find(in: block, isCaption: true)
      }
      if m.kind != .figureCaption, PictureParts.isButton(block) { continue }
      if let claim = claim(block, m, credit, document, below: headline), !isKicker(block.id, claim, ledger) {
        ledger.add(
          claim.role, to: block.id, claim.confidence, because: claim.reason, evidence: claim.evidence)
        captions.append(block.id)
        if claim.role == .caption, let credit, credit.isAll,
          PictureParts.isBelowCaption(block.id, document, ledger)
        {
          // The caption stands in the same figure, in an element of its own.
          ledger.add(
            .credit, to: block.id, .strong, because: credit.reason, evidence: .text(credit.name))
          continue
        }
        if claim.role == .credit { labelAbove(block.id, document, &captions, &ledger) }
        if let credit, claim.role == .caption {
          ledger.add(
            .credit, to: block.id, extent: credit.extent, .strong, because: credit.reason,
            evidence: .text(credit.name))
        }
      }
    }
    labelSlashed(document, &captions, &ledger)
    labelDoubles(document, &captions, &ledger)
    labelCopies(document, captions, &ledger)
  }

  private func isDateLine(_ block: Int, _ ledger: Ledger) -> Bool {
    guard let lead = ledger.lead(of: block) else { return false }
    return lead.role == .publicationDate && lead.confidence >= .strong
  }

  /// A credit on a line of its own stands under its caption.
  private func labelAbove(
    _ credit: Int, _ document: Document, _ captions: inout [Int], _ ledger: inout Ledger
  ) {
    let above = credit - 1
    guard above >= 0, ledger.role(of: above) == nil else { return }
    let confidence: Confidence
    switch document.form {
    case .html where sharesBox(above, with: credit, document): confidence = .strong
    case .flatText where CaptionLines.isSentence(above, document) && CaptionLines.hasLabel(document[credit]):
      confidence = .strong
    case .flatText where isShortLine(above, on: credit, document): confidence = .likely
    default: return
    }
    ledger.add(.caption, to: above, confidence, because: .captionCredit, evidence: .block(credit))
    captions.append(above)
  }

  /// Whether an element holds the paragraph together with the credit and nothing else.
  private func sharesBox(_ above: Int, with credit: Int, _ document: Document) -> Bool {
    let m = document.rows[above].measures
    let box = document.containers[document.box(of: above)]
    // `<div><img><h2>The quay on Monday</h2><p>Photo: …`
    let isUnderPicture = m.kind == .heading && m.images > 0 && m.words <= CaptionStage.longest
    return box.firstBlock >= above && box.endBlock == credit + 1 && m.words >= 1 && m.linkCharacters == 0
      && (isUnderPicture || m.kind == .paragraph && m.words <= CaptionStage.longestUnderPicture)
  }

  /// Whether the line of flat text stands right above the credit and is no sentence among the body's.
  private func isShortLine(_ above: Int, on credit: Int, _ document: Document) -> Bool {
    let m = document.rows[above].measures
    let isBeforeBody = document.proseStart.map { credit <= $0 } ?? true
    return m.words >= 3 && m.words <= 30 && m.sentences <= 1 && (isBeforeBody || !m.flags.contains(.prose))
      && document.rows[credit].measures.blankLinesBefore == 0
  }

  /// Whether a line follows a picture in the article, and so may end in a credit without a label.
  private func isUnderPicture(_ block: Block, _ document: Document) -> Bool {
    let m = block.measures
    return document.form == .html && m.kind == .paragraph && m.images > 0 && m.links == 0
      && m.words <= CaptionStage.longestUnderPicture
  }

  private static let longestUnderPicture: Int32 = 40

  /// Whether only a class name makes a caption of the line right above the headline: so some pages call the
  /// kicker.
  private func isKicker(_ block: Int, _ claim: Claim, _ ledger: Ledger) -> Bool {
    claim.reason == .captionMarkup && ledger.isLed(block + 1, by: CaptionStage.headline)
  }

  private func isCaptionByMarkup(_ block: Block) -> Bool {
    block.kind == .figureCaption || !block.marks.isDisjoint(with: [.figure, .captionToken, .creditToken])
  }

  /// Whether words, and not only class names, say that the block wants something of the reader: boxes of
  /// newsletters have captions of their own.
  private func isPromoted(_ block: Block, _ ledger: Ledger) -> Bool {
    guard block.kind != .figureCaption, let label = ledger.leadingLabel(of: block.id) else { return false }
    return label.confidence >= .strong && CaptionStage.promotion.contains(label.role)
      || label.reason == .advertisementLabel
  }

  /// How far outside the densest stretch of prose a caption without markup may stand, in blocks.
  private static let reach = 12

  private func claim(
    _ block: Block, _ m: BlockMeasures, _ credit: CreditExtent?, _ document: Document, below headline: Int?
  ) -> Claim? {
    let marks = block.marks
    if m.kind == .heading, m.linkCharacters * 2 > m.characters { return nil }
    if let credit, credit.isAll, PictureParts.isRights(block, document, below: headline) {
      return Claim(.credit, .strong, .creditLabel, evidence: .text(credit.name))
    }
    if m.kind == .figureCaption || m.kind == .heading { return Claim(.caption, .strong, .captionElement) }
    // A row's last cell looks like a name behind a bar.
    if m.kind == .tableRow { return nil }
    // A card that links to another page has a picture and a frame too.
    if marks.contains(.figure), m.linkCharacters * 2 > m.characters { return nil }
    if marks.contains(.figure), m.kind == .paragraph { return Claim(.caption, .strong, .captionMarkup) }
    if !marks.isDisjoint(with: [.captionToken, .creditToken]), m.words <= 60, !isAmongProse(block, document) {
      guard let credit, credit.isAll else { return Claim(.caption, .strong, .captionMarkup) }
      return Claim(.credit, .strong, .captionMarkup, evidence: .text(credit.name))
    }
    // Footers and teasers name agencies and photographers too.
    let span = document.measures.proseSpan
    let isInHead =
      document.form == .html && credit?.isAll == true && block.id < span.lowerBound
      && block.utf8.contains(0x3A) && headline.map { block.id > $0 } ?? false
    guard isInHead || block.id >= span.lowerBound - CaptionStage.reach, block.id < span.upperBound + 4,
      marks.isDisjoint(with: Places.notAnchor)
    else { return nil }
    if let credit {
      if credit.isAll { return Claim(.credit, .strong, .creditLabel, evidence: .text(credit.name)) }
      // A credit label at the end makes a caption; a bracketed agency only of a line that is no prose.
      let isSigned =
        document.form == .html && m.words > CaptionStage.longestSentence && isAgencyInBrackets(block, credit)
      if credit.reason == .creditLabel && !isSigned ? m.words <= 60 : !m.flags.contains(.prose) {
        // "Pictured: the ferry on Monday. Photo: Ann Smith" says at both ends what it is.
        let opens = document.form == .html && block.hit(.caption)?.anchor == .start
        return Claim(
          .caption, opens ? .certain : .strong, .captionCredit, evidence: .text(credit.name))
      }
    }
    if m.words <= 40, !m.flags.contains(.prose) || CaptionLines.opensCaption(block, m, document),
      let hit = block.hit(.caption), hit.range.count + 2 < block.utf8.count
    {
      return Claim(.caption, .strong, .captionPhrase, evidence: .text(hit.range))
    }
    return nil
  }

  /// Words from which sentences with an agency in brackets behind them are a short report, as agencies close it.
  private static let longestSentence: Int32 = 30

  /// Whether a credit is a name in brackets without a label: "(ANSA)" and not "(Photo: ANSA)".
  private func isAgencyInBrackets(_ block: Block, _ credit: CreditExtent) -> Bool {
    let text = block.utf8.dropFirst(credit.extent.lowerBound)
    return text.first { $0 != 0x20 } == 0x28 && !text.contains(0x3A)
  }

  /// Class names like `caption` also sit on galleries that wrap whole articles.
  private func isAmongProse(_ block: Block, _ document: Document) -> Bool {
    block.measures.flags.contains(.prose) && document.proseShare(of: block.container) > 0.3
  }

  /// "BBC/Ann Smith" on a line of its own between paragraphs of flat text, under a short line without a stop: agency and
  /// photographer, and what the picture shows.
  private func labelSlashed(_ document: Document, _ captions: inout [Int], _ ledger: inout Ledger) {
    guard document.form == .flatText else { return }
    let span = document.measures.proseSpan
    for index in document.indices.dropFirst().dropLast()
    where index + CaptionStage.reach >= span.lowerBound && index < span.upperBound {
      let above = document.rows[index - 1].measures
      let isFree = ledger.role(of: index) == nil && ledger.role(of: index - 1) == nil
      guard isFree, above.words >= 4, above.words <= 30, !above.flags.contains(.prose),
        !above.flags.contains(.endsSentence), !above.flags.contains(.endsColon),
        (index + 1...min(index + 2, document.count - 1)).contains(where: { document.rows[$0].isProse }),
        isSlashed(document[index])
      else { continue }
      let text = document[index]
      ledger.add(
        .credit, to: index, .strong, because: .creditLabel, evidence: .text(0..<text.utf8.count))
      ledger.add(.caption, to: index - 1, .strong, because: .captionCredit, evidence: .block(index))
      captions += [index - 1, index]
    }
  }

  /// Two to five words with capitals, a slash without spaces between two of them.
  private func isSlashed(_ block: Block) -> Bool {
    let m = block.measures
    guard m.words >= 2, m.words <= 6, m.digits == 0, !m.flags.contains(.endsSentence) else { return false }
    let text = Array(block.utf8)
    guard text.split(separator: 0x20).allSatisfy({ $0.first.map(isCapital) ?? false }) else { return false }
    let slashes = text.indices.filter { text[$0] == 0x2F }
    guard slashes.count == 1, let slash = slashes.first, slash > 1, slash + 2 < text.count else {
      return false
    }
    return isCapital(text[slash + 1]) && isCapital(text[0]) && text[slash - 1] != 0x20
  }

  private func isCapital(_ byte: UInt8) -> Bool { byte.isASCIICapital || byte >= 0xC3 }

  /// Two lines next to each other (or with an icon's text between) that say the same, neither a sentence
  /// of the body nor a teaser's title.
  private func labelDoubles(_ document: Document, _ captions: inout [Int], _ ledger: inout Ledger) {
    guard document.form == .flatText else { return }
    let span = document.measures.proseSpan
    for index in document.indices.dropLast() {
      let m = document.rows[index].measures
      guard m.words >= 3, m.words <= 70, m.kind != .tableRow,
        ledger.role(of: index) == nil || captions.contains(index),
        !CaptionLines.isDay(index, document),
        index + 4 >= span.lowerBound, index <= span.upperBound
      else { continue }
      for other in index + 1...min(index + 2, document.count - 1) {
        if labelShorter(other, copyOf: index, document, &captions, &ledger) { break }
        if m.flags.contains(.prose) || other == index + 2 && document[index + 1].words > 2 { continue }
        guard let credit = double(document[index], document[other]) else { continue }
        ledger.add(.duplicate, to: index, .strong, because: .captionCopy, evidence: .block(other))
        captions.removeAll { $0 == index }
        if !captions.contains(other) {
          ledger.add(.caption, to: other, .strong, because: .captionDoubled, evidence: .block(index))
          captions.append(other)
          if let credit = credit.extent {
            ledger.add(
              .credit, to: other, extent: credit.extent, .strong, because: credit.reason,
              evidence: .text(credit.name))
          }
        }
        break
      }
    }
  }

  /// Where the first of two copies has the credit, it stays: "… at the weir. / A. Smith" above "… at the weir."
  private func labelShorter(
    _ other: Int, copyOf index: Int, _ document: Document, _ captions: inout [Int], _ ledger: inout Ledger
  ) -> Bool {
    let second = document[other]
    guard second.words >= 3, ledger.role(of: other) == nil || captions.contains(other),
      let credit = CreditExtent.behind(second, in: document[index])
    else { return false }
    ledger.add(.duplicate, to: other, .strong, because: .captionCopy, evidence: .block(index))
    captions.removeAll { $0 == other }
    if !captions.contains(index) {
      ledger.add(.caption, to: index, .strong, because: .captionCredit, evidence: .block(other))
      ledger.add(
        .credit, to: index, extent: credit.extent, .strong, because: credit.reason,
        evidence: .text(credit.name))
      captions.append(index)
    }
    return true
  }

  /// Whether the second block says what the first does, perhaps with a credit behind it, and which.
  private func double(_ first: Block, _ second: Block) -> (isDouble: Bool, extent: CreditExtent?)? {
    // "… of the bridgephoto: NORDBILD": the credit is glued to the caption's last word.
    if let glued = CreditExtent.glued(first, second) { return (true, glued) }
    guard abs(second.words - first.words) <= 8,
      !second.flags.contains(.prose) || CreditExtent.find(in: second) != nil
    else { return nil }
    let words = first.wordHashes
    let others = second.wordHashes
    guard others.count <= words.count + 8, others.count >= words.count,
      WordSet(words).containment(in: WordSet(others)) >= 0.95,
      words.first == others.first || others.count <= words.count + 2,
      others.count > words.count || first.hasNumbers(of: second)
    else { return nil }
    return (true, CreditExtent.find(in: second, isCaption: true))
  }

  /// One caption may stand on a page more than twice: in the gallery, in the lightbox.
  private func labelCopies(_ document: Document, _ captions: [Int], _ ledger: inout Ledger) {
    var last: [UInt64: Int] = [:]
    for index in captions.sorted() where ledger.role(of: index) == .caption {
      let fold = document.rows[index].measures.fold
      if let earlier = last[fold], document[index].hasNumbers(of: document[earlier]) {
        ledger.add(.duplicate, to: earlier, .strong, because: .captionCopy, evidence: .block(index))
      }
      last[fold] = index
    }
  }
}
