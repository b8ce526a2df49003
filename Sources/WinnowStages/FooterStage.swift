import WinnowCore

extension Reason {
  static let footerElement: Reason = "footer.element"
  static let footerMarkup: Reason = "footer.markup"
  static let footerPhrase: Reason = "footer.phrase"
  static let footerCopyright: Reason = "footer.copyright"
  static let footerAbout: Reason = "footer.about-the-site"
  static let footerTail: Reason = "footer.after-copyright"
}

/// Finds the page's footer: copyright, legal links and what stands among them.
public struct FooterStage: Stage {
  public static let id: StageID = "footer"
  public static let contract = StageContract(
    reads: [.headline, .byline, .publicationDate, .caption, .credit], writes: [.footer])
  public static let summary =
    "Labels footers by element, class, legal phrases and copyright signs; in flat text also the lines after them."
  public static let risk =
    "An article's own footer may hold its last paragraph; inside an article element prose is left alone."
  public static let examples: [StageExample] = [
    .text(
      "copyright and legal links",
      """
      Choir sings on the frozen lake

      Some ninety singers of the village choir stood on the frozen lake on Sunday and sang until dusk fell.

      The ice was thirty centimetres thick, and firemen stood ready at the shore while the choir sang.

      Copyright 2024 Lakeside Press. All rights reserved.
      Privacy Policy
      Terms of Use
      """,
      proof: """
        = headline   Choir sings on the frozen lake
        + paragraph  Some ninety singers…
        + paragraph  The ice was…
        - footer     Copyright 2024…
        - footer     Privacy Policy
        - footer     Terms of Use
        """)
  ]

  /// Lines that a footer may say about the site before its legal lines.
  private static let aboutLines = 3

  private static let bylines: RoleSet = [.byline]
  private static let captions: RoleSet = [.caption]
  private static let credits: RoleSet = [.credit]

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    let span = document.measures.proseSpan
    var firstAfterBody: Int?
    for index in document.indices {
      // "Posted by Ann Smith" in a post's own footer.
      if document.form == .html, ledger.isLed(index, by: FooterStage.bylines),
        ledger.leadingLabel(of: index)?.reason == .bylineMarker,
        document.containers[document[index].container].inherited.contains(.footerToken)
      {
        continue
      }
      // `<footer class="entry-meta">` between headline and text.
      if Anchors.isOfHead(index, document, ledger) { continue }
      if let claim = claim(document[index], document.rows[index].measures, document) {
        if isPictures(index, claim, document, ledger) { continue }
        ledger.add(
          claim.role, to: index, claim.confidence, because: claim.reason, evidence: claim.evidence)
        if claim.confidence == .strong, index >= span.upperBound, firstAfterBody == nil {
          firstAfterBody = index
        }
      }
    }
    // Flat text has no footer element: short lines after the first legal line are part of it.
    guard document.form == .flatText, let first = firstAfterBody else { return }
    for index in first + 1..<max(first + 1, document.count) {
      let row = document.rows[index]
      guard !row.isProse else { break }
      ledger.add(.footer, to: index, .likely, because: .footerTail, evidence: .block(first))
    }
    // "… is an independent channel.": the lines between the site's repeated name and the first legal line.
    for index in stride(
      from: first - 1, through: max(span.upperBound, first - FooterStage.aboutLines), by: -1)
    {
      let m = document.rows[index].measures
      if m.copies >= 3, m.words <= 5 {
        for about in index + 1..<first {
          ledger.add(.footer, to: about, .strong, because: .footerAbout, evidence: .block(first))
        }
        break
      }
    }
  }

  /// "Photo: Ann Smith" in an element named for copyright, under a picture of the article.
  private func isPictures(_ index: Int, _ claim: Claim, _ document: Document, _ ledger: Ledger) -> Bool {
    let marks = document[index].marks
    guard document.form == .html, !marks.contains(.footer),
      index < document.measures.proseSpan.upperBound || marks.contains(.article)
    else { return false }
    return ledger.isLed(index, by: FooterStage.credits)
      || (claim.reason == .footerMarkup || isSign(claim)) && marks.contains(.figure)
        && ledger.isLed(index, by: FooterStage.captions)
  }

  /// Whether nothing but a copyright sign says that a block is a footer's.
  private func isSign(_ claim: Claim) -> Bool {
    guard case .text(let phrase) = claim.evidence else { return false }
    return phrase.count <= 3
  }

  /// Whether the footer around a block stands in the quotation, and not the other way round.
  private func isQuoted(_ block: Block, _ document: Document) -> Bool {
    var container = block.container
    while container > 0, document.containers[container].tag != .blockquote {
      container = Int(document.containers[container].parent)
    }
    return container > 0 && !document.containers[container].inherited.contains(.footer)
  }

  private func claim(_ block: Block, _ m: BlockMeasures, _ document: Document) -> Claim? {
    let marks = block.marks
    let around = document.containers[block.container].inherited
    // `<blockquote>… <footer>Ann Smith</footer></blockquote>`: whose the quotation is.
    if marks.contains(.blockquote), marks.contains(.footer), isQuoted(block, document) { return nil }
    if marks.contains(.footer), !marks.contains(.article) || !m.flags.contains(.prose) {
      return Claim(.footer, marks.contains(.article) ? .likely : .strong, .footerElement)
    }
    // Inline, "copyright" names the credit of a picture.
    if around.contains(.footerToken), !m.flags.contains(.prose) || !marks.contains(.article) {
      return Claim(.footer, m.flags.contains(.prose) ? .likely : .strong, .footerMarkup)
    }
    if let hit = block.hit(.footer) {
      if hit.anchor == .whole { return Claim(.footer, .strong, .footerPhrase, evidence: .text(hit.range)) }
      if m.words <= 40, !m.flags.contains(.prose) || hit.anchor == .start {
        return Claim(.footer, .strong, .footerPhrase, evidence: .text(hit.range))
      }
    }
    if m.flags.contains(.hasCopyright), m.words <= 40, m.kind != .figureCaption, !marks.contains(.figure) {
      return Claim(.footer, .likely, .footerCopyright)
    }
    return nil
  }
}
