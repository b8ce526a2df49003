import WinnowCore
import WinnowText

extension Reason {
  static let dateAlone: Reason = "date.alone-near-head"
  static let dateLabelled: Reason = "date.labelled"
  static let dateMarkup: Reason = "date.markup"
  static let dateInfoLine: Reason = "date.info-line"
  static let dateLifespan: Reason = "date.lifespan"
}

/// Finds the lines that give the day of publication or change, near the article's head or end.
public struct PublicationDateStage: Stage {
  public static let id: StageID = "publication-date"
  public static let contract = StageContract(
    reads: [.headline, .byline], writes: [.publicationDate, .furniture])
  public static let summary =
    "Labels lines that are a date, or a date with a label, between a little above the headline and the body."
  public static let risk =
    "A date line of a diary entry inside the text could be taken; only the head and the five blocks after the body count."
  public static let examples: [StageExample] = [
    .text(
      "labelled date",
      """
      Storm closes the coastal road for a third day

      Published: 14 January 2023, 07:15

      The coastal road stayed closed for a third day on Saturday because waves had washed gravel onto it.

      Crews hope to clear the coastal road by Sunday evening, the road authority said, if the storm eases.
      """,
      proof: """
        = headline          Storm closes the coastal road for a third day
        = publication-date  Published: 14 January 2023, 07:15
        + paragraph         The coastal road…
        + paragraph         Crews hope to clear…
        """),
    .html(
      "a line of dates that ends like a sentence, and how long a member has been one",
      """
      <html><head><title>Storm closes the coastal road</title></head><body><h1>Storm closes the coastal road</h1>
      <p>PUBLISHED: January 14, 2023 at 5:00 a.m. | UPDATED: January 14, 2023 at 9:12 a.m.</p>
      <div>Joined: Feb 1, 2016</div>
      <p>The coastal road stayed closed for a third day on Saturday because waves had washed gravel onto it.</p>
      <p>Crews hope to clear the coastal road by Sunday evening, the road authority said, if the storm eases.</p>
      </body></html>
      """,
      proof: """
        = headline          Storm closes the coastal road
        = publication-date  PUBLISHED: January 14…
        - furniture         Joined: Feb 1, 2016
        + paragraph         The coastal road…
        + paragraph         Crews hope to clear…
        """),
  ]

  /// The stage; it has no settings of its own.
  public init() {}

  /// "PUBLISHED: 3 November at 5 a.m. | UPDATED: 4 November at 9 a.m.": the stops of its times make it look like
  /// a sentence.
  private func isStamps(_ block: Block, _ language: String?) -> Bool {
    block.hit(.published, .start) != nil
      && block.withUTF8 { TextTools.dates.mentions(in: $0, language: language, limit: 2).count == 2 }
  }

  /// "2025-01-09 08:12 Source: Daily Reporter: Li Size: A A A Views: 2104": a date, then labels and no sentence. In
  /// Chinese, where characters count, such a line is long.
  private func opensInfoLine(_ block: Block, _ language: String?) -> Bool {
    let m = block.measures
    guard m.words <= PublicationDateStage.longestInfoLine, m.flags.contains(.hasDate), m.sentences == 0,
      !m.flags.contains(.endsSentence),
      block.hits.contains(where: { PublicationDateStage.labels.contains($0.section) })
    else { return false }
    return block.withUTF8 { text in
      TextTools.dates.mentions(in: text, language: language, limit: 1).first?.range.lowerBound == 0
    }
  }

  private static let longestInfoLine: Int32 = 60

  /// "3 May 2024 Ann Smith News, Region, Harbour 0 comments on Bridge opens": a line that its element's class calls the
  /// entry's particulars, with a day at either end.
  private func isMetaLine(_ block: Block, _ m: BlockMeasures) -> Bool {
    block.storage.form == .html && m.words <= PublicationDateStage.longestMetaLine && m.links >= 2
      && m.flags.contains(.hasDate) && !m.flags.contains(.endsSentence)
      && block.marks.contains(.metaToken)
  }

  private static let longestMetaLine: Int32 = 40
  private static let labels: Set<PhraseSection> = [
    .source, .byline, .engagement, .readingTime, .published, .updated, .share, .furniture,
  ]

  /// "\u{2014} Ann Smith (@annsmith) May 6, 2016": who wrote an embedded post, and when.
  private func isSignature(_ block: Block, _ document: Document) -> Bool {
    guard document.form == .html, block.utf8.starts(with: [0xE2, 0x80, 0x94]) else { return false }
    return block.text(0..<block.utf8.count).contains("(@")
  }

  /// "Updated: 9.45pm": a date's label with a time of day, and nothing else.
  private func isTimeAlone(_ block: Block, _ m: BlockMeasures) -> Bool {
    guard block.storage.form == .html, m.words <= 3, (2...6).contains(m.digits), m.kind == .paragraph else {
      return false
    }
    return block.hits.contains {
      ($0.section == .updated || $0.section == .published) && $0.anchor == .start && $0.range.count >= 6
        && block.utf8.count - $0.range.upperBound <= PublicationDateStage.longestTime
    }
  }

  /// In bytes: " 11.45 p.m."
  private static let longestTime = 11

  /// "Joined: 6 May 2016": how long a member has belonged to a forum.
  private func isMembership(_ block: Block) -> Bool {
    block.hits.contains { $0.section == .furniture && $0.opensBlock }
  }

  /// "Closed | 30 September 1951": a fact among others, in the row of a table. Where a time of day stands with it, it
  /// is the head of a post.
  private func isFact(_ block: Block, _ document: Document) -> Bool {
    guard document.signals.contains(.markup), block.kind == .tableRow, block.hit(.published) == nil,
      block.hit(.updated) == nil
    else { return false }
    return block.withUTF8 { text in
      TextTools.dates.mentions(in: text, language: document.language, limit: 1)
        .allSatisfy { !$0.date.iso8601.utf8.contains(0x54) }
    }
  }

  /// "Joined" on a line of its own, above the day, and again at the next post: how converters print a forum's column
  /// of members.
  private func isBelowMembership(_ index: Int, _ document: Document) -> Bool {
    guard index > 0, document.form == .flatText else { return false }
    let above = document[index - 1]
    return above.words <= 2 && above.measures.copies > 1 && above.isWhole(.furniture)
  }

  /// "March 3, 1938 – November 12, 2024": when somebody lived, or the years of anything else.
  private func isLifespan(_ block: Block, _ language: String?) -> Bool {
    guard block.hit(.published) == nil, block.hit(.updated) == nil else { return false }
    return block.withUTF8 { text in
      let dates = TextTools.dates.mentions(in: text, language: language, limit: 3)
      guard dates.count == 2, dates[0].date.year + PublicationDateStage.shortestLife <= dates[1].date.year
      else { return false }
      let between = text[dates[0].range.upperBound..<dates[1].range.lowerBound]
      return between.allSatisfy { $0 == 0x20 || $0 == 0x2D || $0 >= 0x80 }
    }
  }

  /// In years. Posts are changed ten years later too, but then a word says so.
  private static let shortestLife = 10

  /// Whether the elements around a line may be those of the article's head. An inline link to the thread of comments or
  /// a button within a line of byline and date says nothing of it.
  private func isAnchor(
    _ block: Block, _ marks: MarkupMarks, _ document: Document, below headline: Int?
  ) -> Bool {
    if marks.isDisjoint(with: Places.notAnchor) { return true }
    guard document.form == .html, let headline, let start = document.proseStart, headline < block.id,
      block.id < start
    else { return false }
    let around = document.containers[block.container].inherited
    return around.subtracting([.footer, .footerToken]).isDisjoint(with: Places.notAnchor)
      && marks.subtracting(around).subtracting(PublicationDateStage.inline).isDisjoint(with: Places.notAnchor)
  }

  private static let inline: MarkupMarks = [.commentsToken, .toolsToken, .button]

  public func label(_ document: Document, in ledger: inout Ledger) {
    let anchors = Anchors(document, ledger)
    for index in Array(anchors.window) + Array(anchors.tail) where index != anchors.headline {
      let block = document[index]
      let m = block.measures
      guard m.flags.contains(.hasDate) || m.flags.contains(.hasTime) || isTimeAlone(block, m),
        m.words <= 20 || opensInfoLine(block, document.language) || isMetaLine(block, m),
        !m.flags.contains(.prose) || isStamps(block, document.language), ledger.role(of: index) != .byline
      else { continue }
      if isSignature(block, document) || isMembership(block) || isBelowMembership(index, document)
        || isFact(block, document)
      {
        continue
      }
      if isLifespan(block, document.language) {
        ledger.add(.furniture, to: index, .strong, because: .dateLifespan)
        continue
      }
      let marks = block.marks
      guard isAnchor(block, marks, document, below: anchors.headline) else { continue }
      if m.flags.contains(.dateOnly) {
        ledger.add(.publicationDate, to: index, .strong, because: .dateAlone)
      } else if m.flags.contains(.hasDate) || isTimeAlone(block, m),
        let hit = block.hits.first(where: {
          ($0.section == .published || $0.section == .updated) && $0.anchor != .within
        })
      {
        ledger.add(
          .publicationDate, to: index, .strong, because: .dateLabelled, evidence: .text(hit.range))
      } else if m.words > 20 || m.flags.contains(.hasDate) && isMetaLine(block, m) {
        ledger.add(.publicationDate, to: index, .strong, because: .dateInfoLine)
      } else if m.flags.contains(.hasDate), let hit = block.hit(.readingTime) {
        // "Ann Smith, 3 May 2024 at 9:41 · 2-min read"
        ledger.add(
          .publicationDate, to: index, .strong, because: .dateLabelled, evidence: .text(hit.range))
      } else if m.words <= 14, m.flags.contains(.hasTime) || marks.contains(.dateToken) {
        ledger.add(.publicationDate, to: index, .likely, because: .dateMarkup)
      }
    }
  }
}
