import WinnowCore
import WinnowText

/// Headlines in flat text.
///
/// The features are those that a ranker learned on real pages found most telling: words that the body
/// takes up, closeness to the body, and not standing among siblings of its own kind.
struct FlatHeadline {
  /// How far above the body's start a headline may stand, in blocks.
  private static let reach = 60
  /// How far below: a first paragraph or dek can pass for the body's start.
  private static let below = 3
  /// The longest first line, in words, that ends with a stop and may be a headline.
  private static let longestSentence = 20
  /// What stands there more often is the label of a list: title, headline, breadcrumb, share box and "next" make five.
  private static let mostCopies: Int32 = 6
  /// The longest line, in words, that holds a sentence's end and may be a headline.
  private static let longestTitle = 24

  private let document: Document
  private let start: Int
  /// In how many blocks of the densest prose each word stands.
  private let bodyCounts: WordCounts

  init(_ document: Document) {
    self.document = document
    start = document.proseStart ?? -1
    let prose = document.measures.proseSpan.filter { document.rows[$0].isProse }
    var counts = WordCounts(mostWords: prose.reduce(0) { $0 + document[$1].wordHashes.count })
    for block in prose { counts.add(document[block].wordHashes, of: block) }
    bodyCounts = counts
  }

  func best() -> HeadlineChoice? {
    guard start >= 0 else { return firstMarkdownHeading() }
    var best: HeadlineChoice?
    let lower = max(0, start - FlatHeadline.reach)
    for index in lower..<min(document.count, start + FlatHeadline.below) {
      guard let value = score(index) else { continue }
      if best.map({ value > $0.score }) ?? true {
        best = HeadlineChoice(block: index, score: value, reason: .headlineSupport)
      }
    }
    return best.map(withoutSiteName)
  }

  /// A page's first line is often its title: the headline with the site's name behind a sign. Where the
  /// headline stands again further down, that one is it.
  private func withoutSiteName(_ choice: HeadlineChoice) -> HeadlineChoice {
    let title = document[choice.block]
    guard choice.block == 0 else { return choice }
    for index in 1..<max(1, min(document.count, start + FlatHeadline.below)) {
      let block = document[index]
      guard FlatHeadline.isTitle(title, of: block) else { continue }
      return HeadlineChoice(block: index, score: choice.score, reason: choice.reason)
    }
    return choice
  }

  /// Whether a line is the page's title: the headline with the site's name behind a sign.
  static func isTitle(_ title: Block, of headline: Block) -> Bool {
    let length = headline.utf8.count
    return headline.words >= 3 && title.utf8.count > length && length * 2 > title.utf8.count
      && title.utf8.starts(with: headline.utf8) && isSign(title.text(length..<title.utf8.count))
  }

  /// Whether what follows the headline in a title opens with a sign that parts it from a site's name.
  private static func isSign(_ rest: String) -> Bool {
    guard let first = rest.unicodeScalars.first(where: { $0 != " " }) else { return false }
    return "|-\u{2013}\u{2014}\u{FF5C}\u{B7}\u{BB}:".unicodeScalars.contains(first) && rest.utf8.count <= 60
  }

  private func firstMarkdownHeading() -> HeadlineChoice? {
    guard
      let index = document.indices.first(where: {
        document.rows[$0].measures.kind == .heading && document.rows[$0].measures.level == 1
      })
    else { return nil }
    return HeadlineChoice(block: index, score: 0, reason: .headlineHeading)
  }

  private func score(_ index: Int) -> Float? {
    let block = document[index]
    let m = block.measures
    guard m.words >= 2, m.words <= 45, !m.flags.contains(.dateOnly), m.copies <= FlatHeadline.mostCopies
    else {
      return nil
    }
    let isFirst = index == 0
    // The first line may be a long headline, even a sentence, but no paragraph: clean text that is cleaned once
    // more keeps its opening.
    let isParagraph = m.flags.contains(.endsSentence) && m.words > FlatHeadline.longestSentence
    if m.flags.contains(.prose), index >= start, !isFirst || isParagraph { return nil }
    if isFirst, opensCleanText(m) { return nil }
    // "… on the lower Ness. It is propelled with a pole.[1]"
    if !isFirst, m.words > FlatHeadline.longestTitle, m.sentences >= 1 { return nil }
    if isLabelled(block) || isCaption(index) { return nil }
    let words = block.wordHashes
    let distinct = Self.distinct(words)
    guard !distinct.isEmpty else { return nil }
    // A dek that counts as prose must not support itself.
    let own = m.flags.contains(.prose) && document.measures.proseSpan.contains(index) ? 1 : 0
    let common = distinct.count < 4 ? Int.max : max(3, bodyCounts.count / 40)
    var support: Float = 0
    var found = 0
    for word in distinct {
      let count = bodyCounts.texts(with: word) - own
      if count > 0 { found += 1 }
      if count < common { support += min(Float(count), 3) }
    }
    let coverage = Float(found) / Float(distinct.count)
    var score = 2.2 * coverage + 0.22 * min(support, 8)
    score -= 1.2 * min(Float(abs(start - index)) / 30, 1)
    if m.kind == .heading { score += m.level == 1 ? 1.5 : 0.5 }
    if isFirst { score += 0.8 }
    if m.flags.contains(.endsSentence), !isFirst { score -= 0.9 }
    if m.flags.contains(.bullet) { score -= 1.2 }
    if m.flags.contains(.endsColon) { score -= 0.8 }
    if m.words < 4 { score -= 0.8 }
    if m.copies > 1 { score += 0.3 }
    if siblings(of: index) >= 3 { score -= 2.5 }
    if m.blankLinesBefore > 0 || isFirst { score += 0.2 }
    return score >= 0.8 ? score : nil
  }

  /// Each word once. Lines are short: comparing their words is quicker than hashing them again.
  private static func distinct(_ words: ArraySlice<UInt64>) -> [UInt64] {
    // Words of scripts without spaces are counted otherwise, and may be many.
    if words.count > 90 { return Array(Set(words)) }
    var distinct: [UInt64] = []
    distinct.reserveCapacity(words.count)
    for word in words where !distinct.contains(word) { distinct.append(word) }
    return distinct
  }

  /// Whether a first line that ends with a stop runs straight on into prose: text that is clean already and has
  /// no headline, only a first sentence. Below a page's headline, or its dek, stand a byline, a date, a button.
  private func opensCleanText(_ m: BlockMeasures) -> Bool {
    let next = document.rows.dropFirst().prefix(3)
    guard m.flags.contains(.endsSentence), !next.isEmpty, next.allSatisfy(\.isProse) else { return false }
    let last = document[0].text.unicodeScalars.last { !"\"'”’»)".unicodeScalars.contains($0) }
    return last.map { !"?!？！".unicodeScalars.contains($0) } ?? false
  }

  /// Lines that say their name are no headlines.
  private func isLabelled(_ block: Block) -> Bool {
    for hit in block.hits {
      switch (hit.section, hit.anchor) {
      case (.navigation, .whole), (.furniture, .whole), (.share, .whole), (.related, .whole),
        (.mostRead, .whole), (.latest, .whole), (.comments, .whole), (.account, .whole),
        (.footer, .whole), (.moreLink, .whole), (.tags, .whole), (.media, .whole), (.credit, _),
        (.byline, .start), (.published, .start), (.updated, .start), (.consent, _), (.newsletter, _),
        (.engagement, .whole), (.readingTime, _), (.readMore, .start), (.advertisement, .whole),
        (.source, .start):
        return true
      default: continue
      }
    }
    return false
  }

  /// A picture's alternative text: the caption, with its credit, says the same just below.
  private func isCaption(_ index: Int) -> Bool {
    let next = index + 1
    if document.indices.contains(next), document[next].hit(.credit, .start) != nil, document[next].words <= 8
    {
      return true
    }
    let isDoubled =
      document.indices.contains(next)
      && document.rows[next].measures.fold == document.rows[index].measures.fold
    if isDoubled, document.indices.contains(next + 1), document[next + 1].hit(.credit, .start) != nil {
      return true
    }
    if isCreditedNearby(index) { return true }
    return (index + 1...index + 2).contains { next in
      guard document.indices.contains(next), document[next].hit(.credit) != nil else { return false }
      return WordSet(document[index].wordHashes).containment(in: WordSet(document[next].wordHashes)) >= 0.95
    }
  }

  /// Whether this line and one beside it are two copies of a caption, of which one has a credit behind a bar or slash:
  /// "The weir on Sunday." and "The weir on Sunday. / A. Smith".
  private func isCreditedNearby(_ index: Int) -> Bool {
    let own = document[index]
    return [index - 2, index - 1, index + 1, index + 2].contains { other in
      guard document.indices.contains(other) else { return false }
      return CreditExtent.behind(own, in: document[other]) != nil
        || CreditExtent.behind(document[other], in: own) != nil
    }
  }

  /// Lines of the same shape next to this one, without a blank line between: menu items, ticker lines.
  private func siblings(of index: Int) -> Int {
    var count = 1
    let rows = document.rows
    let isBullet = rows[index].measures.flags.contains(.bullet)
    func isSibling(_ other: Int) -> Bool {
      let m = rows[other].measures
      let own = rows[index].measures
      // Of one kind: about as long, or both as long as titles are. A breadcrumb above and a date below
      // a headline make no run of siblings.
      let isAlike = m.words >= 5 && own.words >= 5 || m.words <= own.words * 2 && own.words <= m.words * 2
      return isAlike && m.flags.contains(.bullet) == isBullet
        && m.flags.contains(.prose) == own.flags.contains(.prose)
        && abs(m.indent - own.indent) <= 1 && !m.flags.contains(.dateOnly)
        && !opensByline(document[other])
    }
    var position = index
    while position > 0, rows[position].measures.blankLinesBefore == 0, isSibling(position - 1) {
      position -= 1
      count += 1
      if count >= 4 { return count }
    }
    position = index
    while position + 1 < rows.count, rows[position + 1].measures.blankLinesBefore == 0,
      isSibling(position + 1)
    {
      position += 1
      count += 1
      if count >= 4 { return count }
    }
    return hasBlankLines ? count : 1
  }

  private func opensByline(_ block: Block) -> Bool {
    block.hits.contains {
      $0.anchor == .start && ($0.section == .byline || $0.section == .published || $0.section == .updated)
    }
  }

  /// Without any blank line in the page (one string a line), adjacency says nothing.
  private var hasBlankLines: Bool {
    document.rows.prefix(200).contains { $0.measures.blankLinesBefore > 0 }
  }
}
