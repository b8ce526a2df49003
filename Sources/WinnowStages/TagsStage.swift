import WinnowCore

extension Reason {
  package static let tagsMarkup: Reason = "tags.markup"
  static let tagsLabel: Reason = "tags.label"
  static let tagsHashtags: Reason = "tags.hashtags"
  static let tagsItem: Reason = "tags.item"
  static let tagsAfterBody: Reason = "tags.list-after-body"
}

/// Finds the article's topics: a labelled list, a list by class, or the short bullets just after the body.
public struct TagsStage: Stage {
  public static let id: StageID = "tags"
  public static let contract = StageContract(reads: [.headline, .navigation], writes: [.tags])
  public static let summary =
    "Labels topic lists: by class, after a label, or as the first short bullets behind the last paragraph."
  public static let risk =
    "A closing list of the article could pass for tags: items must have at most five words and no full stop."
  public static let examples: [StageExample] = [
    .text(
      "bullets behind the last paragraph",
      """
      Village keeps its only shop

      The village's only shop will stay open, because its customers have bought it together, they said.

      Each of the two hundred families in the village paid for a share of the shop and its old bread oven.

        • Villages
        • Shops
        • Cooperatives
      """,
      proof: """
        = headline   Village keeps its only shop
        + paragraph  The village's only…
        + paragraph  Each of the two hundred…
        = tags       Villages
        = tags       Shops
        = tags       Cooperatives
        """)
  ]

  private static let longestItem: Int32 = 5

  /// Menus of the site have headings like "Categories", too. The foot of an entry is no such place: there stand its
  /// tags.
  private static let elsewhere: MarkupMarks = [.nav]

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    let span = document.measures.proseSpan
    var term = -1
    for index in document.indices
    where document.has(index, phrasesOr: .tagsToken) || document.firstByte(of: index) == 0x23 {
      let block = document[index]
      let m = block.measures
      if block.marks.contains(.tagsToken), isTerm(block, document) {
        term = index
      } else if term >= 0, isSaid(index, of: term, document) {
        continue
      } else if block.marks.contains(.tagsToken), m.words <= 6, !m.flags.contains(.endsSentence),
        block.marks.isDisjoint(with: Places.notAnchor), m.kind != .heading, block.id > span.lowerBound,
        // "Photo: Ann Smith" under a class that is named like tags.
        block.hit(.credit, .start) == nil
      {
        ledger.add(.tags, to: block.id, .strong, because: .tagsMarkup)
      } else if let hit = block.hits.first(where: {
        $0.section == .tags && ($0.anchor == .whole || $0.anchor == .start)
      }), block.id > span.lowerBound, m.words <= 40, !m.flags.contains(.prose), m.kind != .tableRow,
        block.marks.isDisjoint(with: TagsStage.elsewhere),
        // "In this article" heads topics, and the list of its chapters.
        ledger.leadingLabel(of: index + 1)?.reason != .navigationContents
      {
        ledger.add(.tags, to: block.id, .strong, because: .tagsLabel, evidence: .text(hit.range))
        if hit.anchor == .whole { labelItems(after: block.id, document, &ledger) }
      } else if block.id > span.lowerBound, isHashtags(block) {
        ledger.add(.tags, to: block.id, .strong, because: .tagsHashtags)
      }
    }
    labelListAfterBody(document, &ledger)
  }

  /// "Returns:", "Since:", "See also:": what documentation calls the tags of a comment in code, and what they say.
  private func isTerm(_ block: Block, _ document: Document) -> Bool {
    let next = block.id + 1
    return block.measures.flags.contains(.endsColon) && block.measures.links == 0
      && next < document.count && document.rows[next].measures.kind == .listItem
      && !block.hits.contains { $0.section == .tags }
  }

  /// Whether a block stands in the list right below a term.
  private func isSaid(_ index: Int, of term: Int, _ document: Document) -> Bool {
    let box = document.containers[document[term].container].parent
    guard index - term <= TagsStage.mostSaid, document.rows[index].measures.kind == .listItem else {
      return false
    }
    var container = document[index].container
    for _ in 0..<TagsStage.deepestSaid where container > 0 {
      container = Int(document.containers[container].parent)
      if container == Int(box) { return true }
    }
    return false
  }

  private static let mostSaid = 8
  /// Elements from an item's up to what holds term and list.
  private static let deepestSaid = 3

  private func labelItems(after opener: Int, _ document: Document, _ ledger: inout Ledger) {
    var index = opener + 1
    while index < document.count, index - opener <= 20 {
      let m = document.rows[index].measures
      guard m.words <= TagsStage.longestItem, !m.flags.contains(.endsSentence), m.kind != .heading,
        m.kind != .tableRow, !m.flags.contains(.hasCopyright), isFree(document[index]),
        isLike(opener + 1, index, document)
      else { return }
      ledger.add(.tags, to: index, .strong, because: .tagsItem, evidence: .block(opener))
      index += 1
    }
  }

  /// Items of one list are bullets all or none, and a blank line sets apart what is no list.
  private func isLike(_ first: Int, _ index: Int, _ document: Document) -> Bool {
    let rows = document.rows
    guard document.form == .flatText, index > first else { return true }
    return rows[first].measures.flags.contains(.bullet) == rows[index].measures.flags.contains(.bullet)
  }

  /// "#sea #salt": nothing but words that open with a number sign.
  private func isHashtags(_ block: Block) -> Bool {
    guard block.utf8.first == 0x23 else { return false }
    let words = block.utf8.split(separator: 0x20)
    return words.count >= 2 && words.count <= 20 && words.allSatisfy { $0.first == 0x23 && $0.count > 1 }
  }

  private func labelListAfterBody(_ document: Document, _ ledger: inout Ledger) {
    guard document.form == .flatText else { return }
    let end = document.measures.proseSpan.upperBound
    // "They need:" above bullets, of which the first ones count as prose.
    guard end > 0, document.rows[end - 1].measures.flags.isDisjoint(with: [.bullet, .endsColon]) else {
      return
    }
    var index = end
    while index < document.count {
      let m = document.rows[index].measures
      guard m.flags.contains(.bullet), m.words <= TagsStage.longestItem, !m.flags.contains(.endsSentence),
        isFree(document[index]), !ledger.isLed(index, by: [.share, .engagement])
      else { break }
      index += 1
    }
    guard index - end >= 2, index - end <= 15 else { return }
    for item in end..<index {
      ledger.add(.tags, to: item, .strong, because: .tagsAfterBody)
    }
  }

  /// Menu words, share buttons and legal links end a list of topics.
  private func isFree(_ block: Block) -> Bool {
    !block.hits.contains {
      $0.anchor == .whole
        && [
          .footer, .share, .follow, .related, .mostRead, .latest, .comments, .account, .furniture, .moreLink,
          .authorBio,
        ]
        .contains($0.section)
    }
  }
}
