import WinnowCore
import WinnowModel

/// What the content score keeps of a page that declares itself an article though the article is over: texts far behind
/// its boxes of other stories, and what a paywall's heading opens.
struct ArticleRest {
  private let document: Document

  /// `nil` on pages that are no articles: lists and shops go on behind whatever box.
  init?(_ document: Document) {
    guard document.form == .html, DeclaredKind(document).isArticle else { return nil }
    self.document = document
  }

  // MARK: - Far below

  /// Blocks that are gone in a row behind the text, with comments, most-read boxes and other stories among them. Of 835
  /// development pages that declare themselves articles, none goes on behind so many.
  private static let longestGap = 40
  private static let fewestNamed = 10
  /// Words that must be kept above.
  private static let shortestArticle = 100

  private static let boxes: RoleSet = [.relatedLinks, .mostRead, .comments]

  /// The first kept block behind such a gap: obituaries, a forum's rules, the teasers of a section.
  func startFarBelow(_ ledger: Ledger) -> Int? {
    guard let headline = ledger.first(.headline) else { return nil }
    var (words, gap, named) = (0, 0, 0)
    var texts: [Int] = []
    for index in document.indices {
      guard let role = ledger.role(of: index) else { continue }
      if role.isBody {
        if index > headline, gap >= Self.longestGap, named >= Self.fewestNamed,
          words >= Self.shortestArticle, !isStreamed(index), !isHeldTogether(texts, with: index, words)
        {
          return index
        }
        if index > headline {
          words += document[index].words
          texts.append(index)
        }
        (gap, named) = (0, 0)
      } else if role.isBoilerplate {
        gap += 1
        if Self.boxes.contains(role) { named += 1 }
      }
    }
    return nil
  }

  /// Whether a text stands hidden at the page's end, where frameworks put parts that a script moves to their place.
  private func isStreamed(_ index: Int) -> Bool {
    document[index].marks.contains(.hidden) || document[index].flags.contains(.hidden)
  }

  /// Whether an element with most of the text above also holds what stands behind the gap, and is not the whole page's:
  /// then the gap is one between two parts of the article.
  private func isHeldTogether(_ texts: [Int], with index: Int, _ words: Int) -> Bool {
    // The innermost element around the text's middle that holds three fifths of it.
    var container = Int(document.rows[texts[texts.count / 2]].container)
    while container > 0 {
      let row = document.containers[container]
      let range = Int(row.firstBlock)..<Int(row.endBlock)
      let held = texts.reduce(0) { $0 + (range.contains($1) ? document[$1].words : 0) }
      if held * 5 >= words * 3 { return range.contains(index) }
      container = Int(row.parent)
    }
    return true
  }

  // MARK: - Offers

  /// A phrase that says enough in a heading, in bytes.
  private static let longPhrase = 16
  /// Share of the page's prose in an offer's box.
  private static let mostOfOffer = 0.3

  /// Sections of what is offered besides access.
  private static let offers: Set<PhraseSection> = [.newsletter, .app, .follow]
  /// Words of a heading over such an offer.
  private static let longestOffer = 12

  /// The blocks of a box that a heading opens, below two paragraphs of the text: a paywall's, "Get full access and read
  /// on", or an offer's, "Join our WhatsApp community", which holds little of the page's text.
  func offer(_ heading: Int, _ ledger: Ledger) -> (role: Role, box: Range<Int>, phrase: Range<Int>)? {
    let block = document[heading]
    guard block.kind == .heading,
      let hit = block.hits.first(where: {
        $0.range.count >= Self.longPhrase
          && ($0.section == .paywall || Self.offers.contains($0.section) && block.words <= Self.longestOffer)
      })
    else { return nil }
    if hit.section != .paywall, document.proseShare(of: document.box(of: heading)) > Self.mostOfOffer {
      return nil
    }
    let container = document.containers[document.box(of: heading)]
    let box = Int(container.firstBlock)..<Int(container.endBlock)
    func isText(_ index: Int) -> Bool { document.rows[index].isProse && ledger.isLed(index, by: .body) }
    guard !(box.lowerBound..<heading).contains(where: isText),
      document.indices[..<box.lowerBound].lazy.filter(isText).prefix(2).count == 2
    else { return nil }
    return (hit.section == .paywall ? .paywall : .promotion, heading..<box.upperBound, hit.range)
  }
}
