import WinnowCore
import WinnowStages
import WinnowText

extension Reason {
  static let dekBelowHeadline: Reason = "dek.below-headline"
  static let bylineOfAuthors: Reason = "byline.of-authors"
  static let headlineChosen: Reason = "headline.chosen"
}

/// What the head of a flat text says once headline and authors are chosen: the standfirst right under the headline and
/// the line that names the authors, where no stage knew them and only the score had a word.
///
/// The stages look below the line that they take for the headline; the tables often choose another. Of 1,408 flattened
/// pages 552 have a dek by their markup; the score dropped that line on one of four.
enum ChosenHead {
  /// Labels dek and byline.
  ///
  /// - returns: whether any block was labelled.
  static func label(
    _ document: Document, _ verdicts: [Verdict], _ picked: PickedFields,
    _ options: [StageID: StageOptions] = [:], in ledger: inout Ledger,
    isOn: (StageID) -> Bool
  ) -> Bool {
    if document.form == .html {
      return isOn(HeadlineStage.id)
        && label(heading: picked.headlineBlock, verdicts, options[HeadlineStage.id], in: &ledger)
    }
    guard document.form == .flatText, let headline = picked.headline, isOn(HeadlineStage.id),
      let text = verdicts.indices.first(where: { isText(verdicts, $0, document) }),
      let head = position(of: headline, above: text, document)
    else { return false }
    var isChanged = false
    ledger.begin(HeadlineStage.id)
    // Under the site's name, which the stage took for the headline, the headline itself looks like a standfirst.
    if ledger.isLed(head, by: [.dek]) {
      ledger.add(.headline, to: head, .certain, because: .headlineChosen)
      isChanged = true
    }
    if isOn(DekStage.id), let dek = dek(below: head, above: text, document, verdicts, picked) {
      ledger.add(.dek, to: dek, .strong, because: .dekBelowHeadline, evidence: .block(head))
      isChanged = true
    }
    if isOn(BylineStage.id), let byline = byline(below: head, around: text, document, verdicts, picked) {
      ledger.add(.byline, to: byline, .strong, because: .bylineOfAuthors, evidence: .block(head))
      isChanged = true
    }
    return isChanged
  }

  /// A heading that opens the body is its headline alone, if the record took it for that and no stage named another.
  private static func label(
    heading: Int?, _ verdicts: [Verdict], _ options: StageOptions?, in ledger: inout Ledger
  ) -> Bool {
    guard let heading, ledger.isLed(heading, by: [.subheading]),
      verdicts.allSatisfy({ $0.role != .headline }),
      verdicts.first(where: { $0.disposition == .body })?.block == heading
    else { return false }
    ledger.begin(HeadlineStage.id, options)
    ledger.add(.headline, to: heading, .certain, because: .headlineChosen)
    return ledger.isLed(heading, by: [.headline])
  }

  /// Words of a block from which it is the text and no line of the head.
  private static let fewestOfText = 15

  private static func isText(_ verdicts: [Verdict], _ index: Int, _ document: Document) -> Bool {
    // By index: a copy of a verdict counts a reference to the labels against it.
    verdicts[index].disposition == .body && document[index].words >= fewestOfText
      && document[index].flags.contains(.prose)
  }

  /// How far above the text the headline is looked for, in blocks.
  private static let reach = 40

  /// The last line above the text that is the headline. A first paragraph that is a line of the head may stand above it.
  private static func position(of headline: String, above text: Int, _ document: Document) -> Int? {
    let words = WordHashes.of(headline)
    let last = min(document.count - 1, text + 2)
    return (max(0, text - reach)...last).last {
      document[$0].words <= words.count + 2 && document[$0].wordHashes.elementsEqual(words)
    }
  }

  // MARK: - Dek

  /// Words of a dek.
  static let fewestWords = 6
  private static let mostWords = 60
  /// A score below which the line under a headline is its longer form, another headline or a picture's text, unless
  /// byline, date or buttons follow.
  static let leastScore: Float = 0.1
  /// What it must be above a picture's credit, where captions stand too.
  private static let leastAbovePicture: Float = 0.4
  /// What follows a dek: only a line of these sets one apart that the score would leave in the body.
  static let head: RoleSet = [
    .byline, .publicationDate, .source, .engagement, .readingTime, .share,
  ]
  private static let pictures: RoleSet = [.caption, .credit, .footer]

  private static func dek(
    below headline: Int, above text: Int, _ document: Document, _ verdicts: [Verdict], _ picked: PickedFields
  ) -> Int? {
    let index = headline + 1
    guard index < text, index + 1 < document.count, picked.dek == nil,
      !verdicts.indices.contains(where: { verdicts[$0].role == .dek && $0 != headline }),
      let score = score(of: verdicts[index]) ?? captionScore(of: verdicts[index]),
      verdicts[index].disposition != .body
    else { return nil }
    let block = document[index]
    let m = block.measures
    guard block.words >= fewestWords, block.words <= mostWords, block.hits.isEmpty,
      m.flags.isDisjoint(with: [.bullet, .hasDate, .dateOnly, .endsColon]), m.kind == .paragraph,
      m.copies <= 2, !isSigned(block), !names(block, picked.authors.map(FieldText.spaced))
    else { return nil }
    let next = verdicts[index + 1]
    let isAboveHead = head.contains(next.role)
    guard score >= leastScore || isAboveHead, score >= leastAbovePicture || !pictures.contains(next.role),
      // An alternative text stands above its caption.
      !isLike(block, document[index + 1]), !isLike(block, document[headline])
    else { return nil }
    return index
  }

  /// What only the score said of a block.
  private static func score(of verdict: Verdict) -> Float? {
    guard let label = verdict.deciding, label.stage == ContentScoreStage.id else { return nil }
    return label.evidence.score
  }

  /// The score of a line that only the credit below it made a caption.
  private static func captionScore(of verdict: Verdict) -> Float? {
    guard let label = verdict.deciding, label.stage == InsertionStage.id, label.role == .caption else {
      return nil
    }
    return verdict.dissenting.lazy.filter { $0.stage == ContentScoreStage.id }.compactMap(\.evidence.score)
      .first
  }

  /// "Ann Smith | Daily Courier", "Ann (@annsmith)", "In town 11:00, today": signs that a sentence has not.
  /// So is a small letter at the start, with which alternative texts open.
  private static func isSigned(_ block: Block) -> Bool {
    block.withUTF8 { text in
      text.prefix(2).allSatisfy { $0.isASCIISmall || $0 == 0x20 }
        || text.indices.contains { index in
          text[index] == 0x7C || text[index] == 0x40
            || text[index] == 0x3A && index > 0 && index + 1 < text.count && text[index - 1].isASCIIDigit
              && text[index + 1].isASCIIDigit
        }
    }
  }

  private static func isLike(_ block: Block, _ other: Block) -> Bool {
    WordSet(block.wordHashes).containment(in: WordSet(other.wordHashes)) >= 0.8
  }

  private static func names(_ block: Block, _ authors: [String]) -> Bool {
    authors.contains(where: FieldText.spaced(block.text).contains)
  }

  // MARK: - Byline

  private static let longestByline = 12
  /// Blocks from the headline down to the byline: dek, picture, buttons.
  private static let toByline = 16

  /// A short line from the headline to the first paragraph that names an author and holds little else.
  private static func byline(
    below headline: Int, around text: Int, _ document: Document, _ verdicts: [Verdict], _ picked: PickedFields
  ) -> Int? {
    let authors = picked.authors.map(FieldText.spaced)
    let isKnown = verdicts.indices.contains {
      verdicts[$0].role == .byline && verdicts[$0].disposition == .field
        && names(document[$0], authors)
    }
    guard !picked.authors.isEmpty, !isKnown else { return nil }
    return (headline + 1..<max(headline + 1, min(text, headline + toByline))).first { index in
      let block = document[index]
      guard score(of: verdicts[index]) != nil, block.words <= longestByline,
        block.flags.isDisjoint(with: [.endsSentence, .bullet]), block.kind == .paragraph,
        block.hits.allSatisfy({ bylineSections.contains($0.section) })
      else { return false }
      let key = FieldText.spaced(block.text)
      let words = authors.filter { key.contains($0) }.reduce(0) { $0 + FieldText.words($1).count }
      return words * 3 >= block.words && words > 0
    }
  }

  private static let bylineSections: Set<PhraseSection> = [
    .byline, .role, .agency, .credit, .published, .updated,
  ]
}
