import WinnowCore
import WinnowText

extension Reason {
  static let bylineMarker: Reason = "byline.marker"
  static let bylineDeclared: Reason = "byline.declared-author"
  static let bylineMarkup: Reason = "byline.markup"
  static let bylineAboveRole: Reason = "byline.name-above-role"
  static let bylineBesideDate: Reason = "byline.name-beside-date"
  static let bylineAfterMarker: Reason = "byline.after-marker"
  static let bylineNames: Reason = "byline.list-of-names"
  static let sourceMarker: Reason = "source.marker"
  static let sourceAgency: Reason = "source.agency"
}

/// Finds bylines and source lines around the headline and the body's start, and just after the body.
public struct BylineStage: Stage {
  public static let id: StageID = "byline"
  public static let contract = StageContract(reads: [.headline], writes: [.byline, .source])
  public static let summary =
    "Labels short lines that name who wrote the article or which agency it came from, near its head or end."
  public static let risk =
    "A sentence that opens with a byline word could be taken: the line must be short and no prose."
  public static let examples: [StageExample] = [
    .text(
      "marker, source and date in one list",
      """
      Council votes to keep the night trains

        • By Mara Lindqvist
        • Source: Agencies
        • 3 May 2024 18:40

      The city council voted on Friday to keep the night trains, ending months of debate about their cost.

      Night trains carry some four thousand passengers a week, most of them shift workers, the council said.
      """,
      proof: """
        = headline         Council votes to keep the night trains
        = byline           By Mara Lindqvist
        = source           Source: Agencies
        = publication-date 3 May 2024 18:40
        + paragraph        The city council voted…
        + paragraph        Night trains carry…
        """)
  ]

  /// Longest byline in words: several names with their roles.
  private static let longest: Int32 = 24

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    let anchors = Anchors(document, ledger)
    let authors = document.declared(.author).map { WordHashes.of($0.value) }
      .filter { $0.count >= 2 && $0.count <= 8 }
    for index in Array(anchors.window) + Array(anchors.tail) {
      guard index != anchors.headline else { continue }
      let block = document[index]
      let m = block.measures
      guard m.words <= BylineStage.longest,
        !m.flags.contains(.prose) || isDatedByline(block) || opensWithAuthor(block, authors)
      else { continue }
      if let claim = claim(block, m, authors, document, headline: anchors.headline) {
        ledger.add(claim.role, to: index, claim.confidence, because: claim.reason, evidence: claim.evidence)
        if claim.reason == .bylineMarker, Self.isMarkerAlone(block) { labelNext(index, document, &ledger) }
      }
    }
    labelListsOfNames(anchors, document, &ledger)
    labelNamesBesideDates(anchors, document, &ledger)
  }

  /// Byline, date and reading time in one line can look like sentences.
  private func isDatedByline(_ block: Block) -> Bool {
    block.flags.contains(.hasDate) && block.hit(.byline, .start) != nil
      && (block.hit(.published) != nil || block.hit(.readingTime) != nil)
  }

  /// "By Ann Smith, our correspondent. Reading time: 4 min.": a byline word and the declared author.
  private func opensWithAuthor(_ block: Block, _ authors: [[UInt64]]) -> Bool {
    guard block.hit(.byline, .start) != nil, !authors.isEmpty else { return false }
    let words = WordSet(block.wordHashes)
    return authors.contains { $0.allSatisfy(words.contains) }
  }

  /// Whether the block is nothing but a byline word, without the name that a phrase's slot may stand for.
  package static func isMarkerAlone(_ block: Block) -> Bool {
    // A colon and a space, or the colon of East Asian scripts.
    let signs = block.utf8.suffix(3).elementsEqual([0xEF, 0xBC, 0x9A]) ? 3 : 2
    return block.hits.contains {
      $0.section == .byline && $0.anchor == .whole && $0.range.count + signs >= block.utf8.count
    }
  }

  /// Words of the user interface that look like a byline's: "글자 크기" opens like "글 <name>".
  private func isInterface(_ block: Block) -> Bool {
    block.hits.contains {
      $0.anchor == .whole && ($0.section == .furniture || $0.section == .share)
        && $0.range.count + 2 >= block.utf8.count
    }
  }

  /// Whether the block ends with a question mark of any script.
  private func asks(_ block: Block) -> Bool {
    block.utf8.last == 0x3F || block.utf8.suffix(3).elementsEqual([0xEF, 0xBC, 0x9F])
      || block.utf8.suffix(2).elementsEqual([0xD8, 0x9F])
  }

  private func claim(
    _ block: Block, _ m: BlockMeasures, _ authors: [[UInt64]], _ document: Document, headline: Int?
  ) -> Claim? {
    // "REPORTER: And the church?" is a turn of a conversation.
    if isInterface(block) || m.kind == .figureCaption || asks(block) { return nil }
    if let hit = block.hit(.source, .start), !isWordOfText(hit, block) {
      return Claim(.source, .strong, .sourceMarker, evidence: .text(hit.range))
    }
    // "Press release" right above the headline says what the page is.
    if block.isWhole(.agency), block.id + 1 != headline { return Claim(.source, .likely, .sourceAgency) }
    let marks = block.marks
    let around = document.containers[block.container].inherited
    // An inline link to the thread of comments does not make a byline a comment.
    var elsewhere = Places.notAnchor
    // "Posted by Ann Smith at 5:11 AM" right below the text, in what blogs call the post's footer.
    let isAbove = isAboveText(block, document, below: headline)
    if isAbove || isPostFooter(block, document) { elsewhere.subtract([.footerToken, .footer]) }
    // "caption" is also what some call small letters.
    let isSmall = isAbove && block.hit(.byline, .start)?.range.lowerBound == 0
    guard marks.subtracting(BylineStage.inline).union(around).isDisjoint(with: elsewhere),
      marks.isDisjoint(with: isSmall ? [.figure] : [.figure, .captionToken])
    else { return nil }
    if BylineStage.closesCaption(block, document) { return nil }
    // "From the source to the sea", a heading between paragraphs.
    let isChapter =
      document.form == .html && m.kind == .heading && document.measures.proseSpan.contains(block.id)
      && document.proseStart.map { block.id > $0 } ?? false
    if let hit = block.hits.first(where: { $0.section == .byline }), !isPhotographers(hit, block), !isChapter
    {
      if m.words <= 16 || !m.flags.contains(.endsSentence) || opensWithAuthor(block, authors) {
        return Claim(.byline, .strong, .bylineMarker, evidence: .text(hit.range))
      }
    }
    // "Photo: Harbour Radio / Ann Smith" names who publishes, too.
    if m.words <= 12, !authors.isEmpty, !endsInCredit(block), !opensWithCredit(block) {
      let words = WordSet(block.wordHashes)
      if authors.contains(where: { $0.allSatisfy(words.contains) && !isSigned(block, by: $0) }) {
        return Claim(.byline, .strong, .bylineDeclared)
      }
    }
    // Avatars' captions and "more by" boxes carry the same class names, so the line must look like a name.
    // "7:22 AM EDT" has two words in capitals as well.
    if marks.contains(.bylineToken), m.words >= 2, m.words <= 12, m.capitalisedWords >= 2,
      m.digits == 0 || m.words > 4,
      !m.flags.contains(.dateOnly), m.kind != .heading || m.level > 2
    {
      return Claim(.byline, .likely, .bylineMarkup)
    }
    return nil
  }

  /// "Source code: lamp.py", "source() returns …": one word of a phrase before another, without a sign between.
  private func isWordOfText(_ hit: PhraseHit, _ block: Block) -> Bool {
    block.withUTF8 { text in
      guard text[hit.range].allSatisfy(\.isASCIILetter) else { return false }
      var next = hit.range.upperBound
      while next < text.count, text[next] == 0x20 { next += 1 }
      return next < text.count && (text[next].isASCIILetter || text[next] == 0x28)
    }
  }

  /// "The hall on Tuesday. Ann Smith, reporter", in flat text above the prose: a caption, for a sentence ends before
  /// the name and the role closes the line, as in Korean, Chinese and Japanese.
  static func closesCaption(_ block: Block, _ document: Document) -> Bool {
    guard document.form == .flatText, block.words >= 6, document.proseStart.map({ block.id < $0 }) ?? false,
      let hit = block.hits.last(where: { $0.section == .byline }), hit.range.upperBound >= block.utf8.count,
      hit.range.lowerBound > 12
    else { return false }
    return block.withUTF8 { text in
      text[hit.range.lowerBound] >= 0xE3
        && (12..<hit.range.lowerBound).contains {
          text[$0] == 0x2E && $0 + 1 < text.count && text[$0 + 1] == 0x20 && text[$0 - 1] >= 0x80
        }
    }
  }

  /// "… reading a book. Photo=Ann Smith, reporter": behind a credit's label stands who took the picture.
  private func isPhotographers(_ hit: PhraseHit, _ block: Block) -> Bool {
    hit.anchor != .start
      && block.hits.contains {
        $0.section == .credit && $0.range.lowerBound > 0 && $0.range.upperBound <= hit.range.lowerBound
      }
  }

  /// "Maybe that is why she left. Ann Smith", "Our offers are those of Harbour Online.": a sentence before or around the
  /// author's name, which is text.
  private func isSigned(_ block: Block, by author: [UInt64]) -> Bool {
    block.measures.sentences >= 1 && Int(block.words) >= author.count + BylineStage.fewestOfSentence
      && !block.wordHashes.starts(with: author) && block.hit(.byline, .start) == nil
  }

  /// Words beside the name that make a sentence.
  private static let fewestOfSentence = 5

  /// `<footer class="entry-meta">` between headline and text.
  private func isAboveText(_ block: Block, _ document: Document, below headline: Int?) -> Bool {
    guard document.form == .html, let headline, let start = document.proseStart else { return false }
    return headline < block.id && block.id < start
  }

  /// Links to the thread and buttons within a line of the head say nothing of it.
  private static let inline: MarkupMarks = [.commentsToken, .toolsToken, .button]

  private func isPostFooter(_ block: Block, _ document: Document) -> Bool {
    let end = document.measures.proseSpan.upperBound
    return document.form == .html && block.id >= end && block.id < end + BylineStage.footerReach
      && block.words <= BylineStage.longestFooter && block.hit(.byline, .start) != nil
  }

  /// Blocks below the prose, and words.
  private static let footerReach = 3
  private static let longestFooter = 12

  /// "Photo: …".
  private func opensWithCredit(_ block: Block) -> Bool {
    guard let hit = block.hit(.credit, .start) else { return false }
    // "Photo\u{A0}:", as French has it.
    return block.utf8.dropFirst(max(0, hit.range.upperBound - 1)).prefix(4).contains(0x3A)
  }

  /// "The carpenter shapes a plank. (Ann Smith/Journal)": words, and the name only in brackets behind them.
  private func endsInCredit(_ block: Block) -> Bool {
    let text = block.utf8
    guard text.last == 0x29, let open = text.lastIndex(of: 0x28) else { return false }
    return text[..<open].split(separator: 0x20).count >= 4
  }

  /// Blocks behind "Authors" that may hold portraits, names and roles in turns.
  private static let mostBehindMarker = 12

  /// "Written by" alone on a line: the name stands on the next, or behind a portrait's initials; and further names
  /// in the same list, or behind their initials.
  private func labelNext(_ index: Int, _ document: Document, _ ledger: inout Ledger) {
    var next = index + 1
    guard next < document.count, ledger.role(of: next) == nil else { return }
    let hasInitials =
      next + 1 < document.count && NameLines.isInitials(document[next], of: document[next + 1])
    if hasInitials { next += 1 }
    let m = document.rows[next].measures
    guard m.words >= 1, m.words <= 8, !m.flags.contains(.endsSentence), !m.flags.contains(.dateOnly)
    else { return }
    ledger.add(.byline, to: next, .strong, because: .bylineAfterMarker, evidence: .block(index))
    let isItem = m.kind == .listItem && NameLines.isName(document[next])
    guard hasInitials || isItem else { return }
    for other in next + 1..<min(document.count, next + BylineStage.mostBehindMarker) {
      let block = document[other]
      if isItem {
        guard block.kind == .listItem, NameLines.isName(block) else { return }
      } else if !NameLines.isInitials(document[other - 1], of: block) {
        continue
      }
      ledger.add(.byline, to: other, .strong, because: .bylineAfterMarker, evidence: .block(index))
    }
  }

  /// Lines between the headline and a list of names: dek, section.
  private static let mostAboveNames = 3

  /// "Ann Smith, Bob B. Jones" alone below the headline, or in bold right above the prose.
  private func labelListsOfNames(_ anchors: Anchors, _ document: Document, _ ledger: inout Ledger) {
    guard let headline = anchors.headline, let start = anchors.bodyStart, headline < start else { return }
    for index in headline + 1...start {
      let isPlaced = index <= headline + BylineStage.mostAboveNames || index + 2 >= start
      guard isPlaced, ledger.role(of: index) == nil, NameLines.isListOfNames(document[index]) else {
        continue
      }
      ledger.add(.byline, to: index, .strong, because: .bylineNames)
      return
    }
  }

  /// "Ann Smith" above "correspondent", between headline and body.
  private func labelNameAboveRole(
    _ headline: Int, _ anchors: Anchors, _ document: Document, _ ledger: inout Ledger
  ) -> Bool {
    for index in anchors.window
    where index > headline && index + 1 < (anchors.bodyStart ?? headline + 8) && index + 1 < document.count {
      let m = document[index].measures
      let role = document[index + 1]
      guard m.words >= 2, m.words <= 4, m.capitalisedWords == m.words, m.digits == 0,
        !m.flags.contains(.allCapitals), document[index].hits.isEmpty, ledger.role(of: index) == nil,
        role.words <= 4, role.measures.digits == 0, !role.flags.contains(.endsSentence),
        role.hits.contains(where: { $0.section == .role })
      else { continue }
      ledger.add(.byline, to: index, .likely, because: .bylineAboveRole, evidence: .block(index + 1))
      return true
    }
    return false
  }

  /// Two to four capitalised words next to a line that is a date, between headline and body.
  private func labelNamesBesideDates(_ anchors: Anchors, _ document: Document, _ ledger: inout Ledger) {
    guard !document.signals.contains(.markup), let headline = anchors.headline,
      !anchors.window.contains(where: { ledger.role(of: $0) == .byline })
    else { return }
    if labelNameAboveRole(headline, anchors, document, &ledger) { return }
    for index in anchors.window where index > headline && index <= (anchors.bodyStart ?? headline + 8) {
      let block = document[index]
      let m = block.measures
      guard m.words >= 2, m.words <= 4, m.capitalisedWords == m.words, m.digits == 0,
        !m.flags.contains(.allCapitals), !m.flags.contains(.endsColon), block.hits.isEmpty,
        ledger.role(of: index) == nil
      else { continue }
      let neighbours = [index - 2, index - 1, index + 1, index + 2].filter(document.indices.contains)
      guard neighbours.contains(where: { document.rows[$0].measures.flags.contains(.dateOnly) }) else {
        continue
      }
      ledger.add(.byline, to: index, .likely, because: .bylineBesideDate)
      return
    }
  }
}
