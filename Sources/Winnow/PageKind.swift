import WinnowCore

/// Whether a page holds an article at all.
struct PageKind {
  /// Words in the body.
  private var bodyWords = 0
  /// Kept paragraphs of a sentence or more.
  private var paragraphs = 0
  /// Those that stand alone between titles: teasers.
  private var teasers = 0
  /// Words of the body in blocks that are links, and in paragraphs of a sentence or more.
  private var linkedWords = 0
  private var proseWords = 0
  private var asksForConsent = 0
  private var apologises = false
  private var hasPaywall = false

  /// Words that a body needs to be one: less is a notice or a caption.
  private static let fewestWords = 30
  /// Words up to which a page with notices is nothing but a notice.
  private static let longestNotice = 450

  /// Words in sentences that are an article whatever list of links is kept with it.
  private static let fewestOfArticle = 80

  /// How often a link's words stand on a page from where they are taken for a button's.
  private static let timesOfButton = 3

  /// How far behind the densest stretch of prose a paywall's message may stand, in blocks.
  private static let paywallReach = 12

  init(_ document: Document, _ verdicts: [Verdict]) {
    let span = document.measures.proseSpan
    // By index: a copy of a verdict counts a reference to the labels against it.
    for index in verdicts.indices {
      let (role, disposition) = (verdicts[index].role, verdicts[index].disposition)
      let block = verdicts[index].block
      if disposition == .body {
        let row = document.storage.rows[block].measures
        bodyWords += Int(row.words)
        if row.linkCharacters * 10 > row.characters * 8 { linkedWords += Int(row.words) }
        if row.flags.contains(.prose) { proseWords += Int(row.words) }
      }
      // "Subscribe" in the page's head says nothing about this article.
      if role == .paywall, block >= span.lowerBound, block < span.upperBound + PageKind.paywallReach {
        hasPaywall = true
      }
      if disposition == .body || role == .consent || role == .headline {
        // A banner may lie over any page; consent asked for in what would be the body is the page itself.
        if disposition == .body, document[block].hit(.consent) != nil { asksForConsent += 1 }
        if role == .headline, document[block].hit(.consent) != nil { asksForConsent += 2 }
        if document[block].hit(.errorPage) != nil { apologises = true }
      }
    }
    countTeasers(document, verdicts)
  }

  /// A teaser is a kept paragraph whose neighbours on both sides are no paragraphs, one of them a linked
  /// title.
  private mutating func countTeasers(_ document: Document, _ verdicts: [Verdict]) {
    guard document.signals.contains(.links) else { return }
    func isParagraph(_ index: Int) -> Bool {
      verdicts.indices.contains(index) && verdicts[index].disposition == .body
        && document[index].flags.contains(.prose)
    }
    func isLinked(_ index: Int) -> Bool {
      document[index].words >= 3 && (document[index].linkDensity ?? 0) > 0.8
    }
    // "Book a guide" under every item of a list is a button, no title.
    var times: [UInt64: Int] = [:]
    for index in document.indices where isLinked(index) {
      times[document[index].measures.fold, default: 0] += 1
    }
    func isLinkedTitle(_ index: Int) -> Bool {
      document.indices.contains(index) && isLinked(index)
        && times[document[index].measures.fold, default: 0] < PageKind.timesOfButton
    }
    // A title is one teaser's; "Read also: …" among the paragraphs of an article is nobody's.
    var next = 0
    for index in verdicts.indices where isParagraph(index) {
      paragraphs += 1
      guard !isParagraph(index - 1), !isParagraph(index + 1), next <= index + 3 else { continue }
      let title = (max(next, index - 3)...index + 3).first {
        isLinkedTitle($0) && verdicts[$0].role != .readMore
      }
      if let title {
        teasers += 1
        next = title + 1
      }
    }
  }

  /// Whether the page only asks for consent, or says that there is no such page.
  var isNotice: Bool { bodyWords < PageKind.longestNotice && (apologises || asksForConsent >= 2) }

  /// Whether what the page shows is too short to be an article.
  var isNextToNothing: Bool { bodyWords < PageKind.fewestWords }

  /// Whether the page lists other pages.
  private var isListing: Bool {
    paragraphs >= 3 && teasers * 10 >= paragraphs * 7
      || linkedWords * 2 > bodyWords && proseWords < min(bodyWords / 5, PageKind.fewestOfArticle)
  }

  /// The record's status.
  func status(hasHeadline: Bool, confidence: Double, doubtfulBelow: Double) -> ArticleRecord.Status {
    if isNotice || isListing || isNextToNothing { return .notAnArticle }
    if !hasHeadline || confidence < doubtfulBelow { return .partial }
    return hasPaywall && bodyWords < PageKind.longestNotice ? .partial : .article
  }
}
