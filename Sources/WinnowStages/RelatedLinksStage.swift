import WinnowCore
import WinnowModel

extension Reason {
  static let relatedOpener: Reason = "related-links.opener"
  static let relatedItem: Reason = "related-links.item"
  static let relatedMarkup: Reason = "related-links.markup"
  static let mostReadOpener: Reason = "most-read.opener"
  static let mostReadItem: Reason = "most-read.item"
  static let mostReadMarkup: Reason = "most-read.markup"
  static let readMorePointer: Reason = "read-more.pointer"
  static let readMoreSigned: Reason = "read-more.title-behind-sign"
  static let readMoreTitle: Reason = "read-more.linked-title"
  static let readMoreListed: Reason = "read-more.listed-title"
  static let readMoreLink: Reason = "read-more.link"
}

/// Finds boxes of other stories and pointers to them.
///
/// A run opens at a heading such as "Related News" and closes itself: in HTML at the end of the heading's
/// box, in flat text at the first real sentence while the body is still to come, else at the next opener.
public struct RelatedLinksStage: Stage {
  public static let id: StageID = "related-links"
  public static let contract = StageContract(
    reads: [.headline, .byline, .publicationDate, .navigation, .footer, .siteName],
    writes: [.relatedLinks, .mostRead, .readMore])
  public static let summary =
    "Labels related and most-read boxes from their heading to where they close, and read-more pointers in the text."
  public static let risk =
    "A box in the middle of the body must not swallow what follows: a sentence of fifteen words closes it."
  public static let examples: [StageExample] = [
    .text(
      "a box inside the body and one after it",
      """
      River swimmers win a clean-water ruling

      A court ruled on Monday that the city must clean the river, which swimmers had demanded for ten years.

      Talks 'impossible'

      Related News

      Mayor opens the new swimming hall

      The swimmers had declared that talks with the city were impossible while the water failed every test.

      Read more: Why the river turned green in 2019

      The city said it would study the ruling of the court before deciding whether to appeal against it.

      Most Read

      Ten lakes worth the journey

      Bus drivers strike again
      """,
      proof: """
        = headline       River swimmers win a clean-water ruling
        + paragraph      A court ruled…
        + subheading     Talks 'impossible'
        - related-links  Related News
        - related-links  Mayor opens the new swimming hall
        + paragraph      The swimmers had declared…
        - read-more      Read more: Why the river…
        + paragraph      The city said…
        - most-read      Most Read
        - most-read      Ten lakes worth the journey
        - most-read      Bus drivers strike again
        """),
    .text(
      "a menu's word that also opens boxes, above the head",
      """
      Home
      Popular
      Opinion
      Sport

      River swimmers win a clean-water ruling

      Published: 3 May 2024, 18:40

      A court ruled on Monday that the city must clean the river, which swimmers had demanded for ten years.

      The swimmers had declared that talks with the city were impossible while the water failed every test.
      """,
      proof: """
        - navigation        Home
        - furniture         Popular
        - navigation        Opinion
        - navigation        Sport
        = headline          River swimmers win…
        = publication-date  Published: 3 May…
        + paragraph         A court ruled…
        + paragraph         The swimmers had…
        """),
  ]

  /// Words that a sentence needs to close a run in flat text.
  private static let closingWords: Int32 = 15

  /// Words from which two sentences, whose last has lost its stop, close a run too.
  private static let paragraphWords: Int32 = 40

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    labelMarkup(document, &ledger)
    var index = 0
    while index < document.count {
      if let (role, hit) = opener(document[index], document, ledger) {
        let isMostRead = role == .mostRead
        let end = runEnd(opener: index, document, ledger)
        if isSummary(index + 1..<max(index + 1, end), document) {
          index += 1
          continue
        }
        ledger.add(
          role, to: index, .strong, because: isMostRead ? .mostReadOpener : .relatedOpener,
          evidence: .text(hit.range))
        for item in index + 1..<max(index + 1, end) {
          ledger.add(
            role, to: item, .strong, because: isMostRead ? .mostReadItem : .relatedItem,
            evidence: .block(index))
        }
        index = max(index + 1, end)
        continue
      }
      labelPointer(document[index], document, &ledger)
      if let end = titlesEnd(behind: index, document, ledger) {
        for title in index + 1..<end {
          ledger.add(.readMore, to: title, .strong, because: .readMoreListed, evidence: .block(index))
        }
        index = end
        continue
      }
      index += 1
    }
  }

  private func labelMarkup(_ document: Document, _ ledger: inout Ledger) {
    for index in document.indices {
      let marks = document[index].marks
      guard !marks.isDisjoint(with: [.relatedToken, .mostReadToken]) else { continue }
      let isMostRead = marks.contains(.mostReadToken)
      ledger.add(
        isMostRead ? .mostRead : .relatedLinks, to: index,
        document[index].flags.contains(.prose) ? .likely : .strong,
        because: isMostRead ? .mostReadMarkup : .relatedMarkup)
    }
  }

  private func opener(_ block: Block, _ document: Document, _ ledger: Ledger) -> (Role, PhraseHit)? {
    let m = block.measures
    guard m.words <= 9, !m.flags.contains(.endsSentence), !ledger.isLed(block.id, by: [.headline]),
      !isMenuWord(block.id, document, ledger)
    else { return nil }
    // "See also" closes the list of a manual's chapters, and the first of these follows.
    if isLiveLabel(block, document) || ledger.leadingLabel(of: block.id)?.reason == .navigationContents {
      return nil
    }
    if block.hits.isEmpty || isSection(block, document, ledger) { return nil }
    for hit in block.hits where hit.anchor == .whole || hit.anchor == .start && m.words <= 7 {
      switch hit.section {
      case .related: return (.relatedLinks, hit)
      case .mostRead: return (.mostRead, hit)
      case .latest where hit.anchor == .whole && block.id > ledger.first(.headline) ?? -1:
        return (.relatedLinks, hit)
      default: continue
      }
    }
    return nil
  }

  /// "News" between "Home" and "Opinion" above the text: one entry of a menu, and the heading of nothing.
  private func isMenuWord(_ index: Int, _ document: Document, _ ledger: Ledger) -> Bool {
    guard document.form == .flatText, index < document.measures.proseSpan.lowerBound else { return false }
    func isMenu(_ other: Int) -> Bool {
      document.indices.contains(other) && ledger.isLed(other, by: RelatedLinksStage.menu)
    }
    return isMenu(index + 1) && (isMenu(index - 1) || isMenu(index + 2))
  }

  private static let menu: RoleSet = [.navigation]

  /// "LIVE" right above a line of some words and above the text: the label of a blog that this page is.
  private func isLiveLabel(_ block: Block, _ document: Document) -> Bool {
    document.form == .flatText && block.id < document.measures.proseSpan.lowerBound && block.isWhole(.media)
      && block.id + 1 < document.count && document.rows[block.id + 1].measures.words >= 5
  }

  /// "News" between the headline and its byline: the section that the article stands in.
  private func isSection(_ block: Block, _ document: Document, _ ledger: Ledger) -> Bool {
    let next = block.id + 1
    return document.form == .html && next < document.count && block.words <= 3
      && ledger.leadingLabel(of: next)?.reason == .bylineMarker && Anchors.isOfHead(next, document, ledger)
      && ledger.first(.headline).map { block.id > $0 } ?? false
  }

  private func labelPointer(_ block: Block, _ document: Document, _ ledger: inout Ledger) {
    let m = block.measures
    // "Watch: the step under the water" may be what the page is about.
    if ledger.isLed(block.id, by: [.headline]) { return }
    // "Read more: * Ferry stops * Bridge opens": several links may follow.
    let isList = m.links >= 2 && m.words <= 80 && m.linkCharacters * 10 >= m.characters * 7
    if let hit = block.hit(.readMore, .start) ?? block.hit(.readMore, .whole), m.words <= 30 || isList {
      ledger.add(
        .readMore, to: block.id, .strong,
        because: isTitle(behind: hit, block, document) ? .readMoreSigned : .readMorePointer,
        evidence: .text(hit.range))
    } else if let hit = block.hit(.moreLink, .whole) {
      ledger.add(.readMore, to: block.id, .strong, because: .readMoreLink, evidence: .text(hit.range))
    } else if m.links == 1, isLinkedTitle(block, document) || isBelowPointer(block, document, ledger) {
      ledger.add(.readMore, to: block.id, .strong, because: .readMoreTitle)
    }
  }

  private static let titleWords: ClosedRange<Int32> = 4...25

  /// "Also read | Why the river turned green": a title and no sentence, whose link a copy of the article may have lost.
  private func isTitle(behind hit: PhraseHit, _ block: Block, _ document: Document) -> Bool {
    let m = block.measures
    guard document.form == .html, m.kind == .paragraph, !m.flags.contains(.endsSentence),
      RelatedLinksStage.titleWords.contains(m.words), hit.range.lowerBound == 0,
      DeclaredKind(document).isArticle
    else { return false }
    let signs = block.utf8.dropFirst(max(0, hit.range.upperBound - 1)).prefix(3)
    return signs.contains(0x3A) || signs.contains(0x7C)
  }

  /// A linked title right below "More: Another linked title", each a paragraph of its own.
  private func isBelowPointer(_ block: Block, _ document: Document, _ ledger: Ledger) -> Bool {
    let m = block.measures
    guard document.form == .html, block.id > 0, m.kind == .paragraph,
      RelatedLinksStage.titleWords.contains(m.words), m.linkCharacters * 10 >= m.characters * 9,
      !m.flags.contains(.endsSentence), let above = ledger.leadingLabel(of: block.id - 1)
    else { return false }
    let pointer = document.rows[block.id - 1]
    return above.reason == .readMoreTitle
      || (above.reason == .readMorePointer || above.reason == .readMoreSigned) && pointer.linkDensity >= 0.5
        && pointer.measures.words > 3
  }

  /// "MAYOR OPENS BRIDGE AFTER TEN YEARS" as a link between the text's paragraphs. Without the capitals such a line is
  /// as often the article's own: of 40 pages that lost some, 25 had them in their gold text.
  private func isLinkedTitle(_ block: Block, _ document: Document) -> Bool {
    let m = block.measures
    return document.form == .html && m.kind == .paragraph && m.flags.contains(.allCapitals)
      && RelatedLinksStage.titleWords.contains(m.words) && m.linkCharacters * 10 >= m.characters * 9
      && document.measures.proseSpan.contains(block.id) && DeclaredKind(document).isArticle
  }

  private static let pointers: RoleSet = [.readMore]
  private static let mostTitles = 5

  /// Where the titles end that stand, each on a line of its own, below "READ MORE:" among a flat text's paragraphs.
  private func titlesEnd(behind pointer: Int, _ document: Document, _ ledger: Ledger) -> Int? {
    let m = document.rows[pointer].measures
    guard document.form == .flatText, m.words <= 3, m.flags.contains(.endsColon),
      document.measures.proseSpan.contains(pointer), ledger.isLed(pointer, by: RelatedLinksStage.pointers)
    else { return nil }
    var end = pointer + 1
    while end < document.count, isTitle(end, document, ledger),
      // The last one may head the paragraph below it.
      end == pointer + 1 || end + 1 < document.count && !document.rows[end + 1].isProse
    {
      end += 1
      if end - pointer > RelatedLinksStage.mostTitles + 1 { return nil }
    }
    return end > pointer + 1 && end < document.count ? end : nil
  }

  private func isTitle(_ index: Int, _ document: Document, _ ledger: Ledger) -> Bool {
    let m = document.rows[index].measures
    return RelatedLinksStage.titleWords.contains(m.words) && m.sentences <= 1
      && m.flags.isDisjoint(with: [.endsSentence, .endsColon]) && m.kind == .paragraph
      && ledger.role(of: index) == nil
  }

  /// "The essentials": sentences without a single link under a heading like these are a summary of the
  /// article, since a box of other stories links to them.
  private func isSummary(_ run: Range<Int>, _ document: Document) -> Bool {
    guard document.signals.contains(.links), !run.isEmpty, document.measures.proseSpan.overlaps(run) else {
      return false
    }
    return run.allSatisfy {
      let m = document.rows[$0].measures
      return m.linkCharacters == 0 && m.flags.contains(.endsSentence) && m.words >= 4
    }
  }

  // MARK: - Where a run ends

  private func runEnd(opener: Int, _ document: Document, _ ledger: Ledger) -> Int {
    if document.signals.contains(.markup) { return markupRunEnd(opener, document) }
    return flatRunEnd(opener, document, ledger)
  }

  private func markupRunEnd(_ opener: Int, _ document: Document) -> Int {
    let box = document.containers[document.box(of: opener)]
    let boxEnd = Int(box.endBlock)
    let rows = document.rows
    // A box of its own ends the run. A heading that stands loose in the article does not.
    if Double(box.proseWords) <= 0.3 * Double(document.measures.proseWords) || boxEnd - opener <= 2 {
      return boxEnd
    }
    let level = rows[opener].measures.kind == .heading ? rows[opener].measures.level : 7
    var index = opener + 1
    while index < boxEnd {
      let row = rows[index]
      if row.isProse, row.linkDensity < 0.3 { break }
      if row.measures.kind == .heading, row.measures.level <= level, row.linkDensity < 0.5 { break }
      if row.linkDensity < 0.5, row.measures.words > 12 { break }
      index += 1
    }
    return index
  }

  private func flatRunEnd(_ opener: Int, _ document: Document, _ ledger: Ledger) -> Int {
    let rows = document.rows
    // Below the densest stretch of prose the article is over: teasers there may be whole sentences.
    let bodyFollows = opener < document.measures.proseSpan.upperBound
    let isAbove = opener < document.measures.proseSpan.lowerBound
    var index = opener + 1
    while index < rows.count {
      let row = rows[index]
      if self.opener(document[index], document, ledger) != nil { break }
      if ledger.isLed(index, by: [.siteName, .headline]) { break }
      if ledger.isLed(index, by: [.footer]), ledger.leadingLabel(of: index)?.confidence == .strong { break }
      if isAbove, isHeadLine(index, document, ledger) {
        return headStart(before: index, after: opener, document, ledger)
      }
      if bodyFollows, row.isProse, row.measures.words >= RelatedLinksStage.closingWords,
        row.measures.flags.contains(.endsSentence)
          || isAbove && row.measures.words >= RelatedLinksStage.paragraphWords && row.measures.sentences >= 2
      {
        break
      }
      // Two long sentences in a row are an article, wherever they stand.
      if row.isProse, row.measures.words >= 25, index + 1 < rows.count, rows[index + 1].isProse,
        rows[index + 1].measures.words >= 25
      {
        break
      }
      index += 1
    }
    return index
  }

  /// "Published: 3 May, 07:15" above the text, or "By Ann Smith" beside a date: the head of the article, which no box
  /// swallows. The teasers of a section's page have bylines too, but no paragraph follows them.
  private func isHeadLine(_ index: Int, _ document: Document, _ ledger: Ledger) -> Bool {
    guard let label = ledger.leadingLabel(of: index), label.confidence >= .strong,
      label.reason == .dateLabelled || label.reason == .bylineMarker && isBesideDate(index, document, ledger)
    else { return false }
    let below = index + 1..<min(document.count, index + 1 + RelatedLinksStage.toText)
    return below.contains {
      let row = document.rows[$0]
      return row.isProse && row.measures.words >= RelatedLinksStage.closingWords
    }
  }

  private func isBesideDate(_ index: Int, _ document: Document, _ ledger: Ledger) -> Bool {
    [index - 1, index + 1].contains {
      document.indices.contains($0) && ledger.isLed($0, by: RelatedLinksStage.dates)
    }
  }

  private static let dates: RoleSet = [.publicationDate]
  /// Blocks between an article's byline or date and its first paragraph: buttons, a caption.
  private static let toText = 14

  /// Where the head that `line` belongs to begins: headline and dek stand above it, lines of some words that
  /// nobody named.
  private func headStart(before line: Int, after opener: Int, _ document: Document, _ ledger: Ledger) -> Int {
    var start = line
    while start - 1 > opener, line - start < RelatedLinksStage.headLines, ledger.role(of: start - 1) == nil,
      document.rows[start - 1].measures.words >= 4
    {
      start -= 1
    }
    return start
  }

  /// Headline, dek and a breadcrumb or kicker.
  private static let headLines = 3
}
