import WinnowCore
import WinnowStages

/// Which blocks may hold the authors' names, by what they say and what they look like.
extension AuthorCandidates {
  /// Where a name in a block would stand; `nil` for blocks that hold no author's name.
  func source(of index: Int, _ m: BlockMeasures, near: Bool) -> Source? {
    if page.roles[index] == .byline { return .byline }
    if index == page.labelledHeadline { return nil }
    // Asked for anew each time: a block that is kept counts a reference to the page.
    var block: Block { page.document[index] }
    let isProse = m.flags.contains(.prose)
    let marker = block.hit(.byline)
    if let marker, marker.anchor == .start || marker.anchor == .whole, !isProse || m.words <= 16 {
      return .marked
    }
    if isProse {
      // "This post was written by Ann Smith, a baker in Leeds."
      let isEdge = index < (page.proseStart ?? 0) + 2 || index >= page.proseEnd - 3
      return marker != nil && isEdge && m.words <= 26 ? .marked : nil
    }
    if m.flags.contains(.hasCopyright), m.words <= 12 {
      // "The hall on Monday © Ann Smith" under a picture names who took it.
      let isPictures = Self.pictures.contains(page.roles[index]) || block.marks.contains(.figure)
      return isPictures || block.kind == .figureCaption ? nil : .copyright
    }
    let marks = block.marks
    if marks.contains(.bylineToken), m.words <= 14 { return .token }
    if marks.contains(.authorBioToken) || page.roles[index] == .authorBio {
      return m.words <= 8 ? .bio : nil
    }
    if near, marker != nil, m.words <= 24 { return .marked }
    if isFollowedByItself(index, m) { return .bio }
    // "2020-05-01 来源:… 记者 张三": no phrase opens the line, and no capital tells the name.
    if near, page.hasMarkup, m.capitalisedWords * 2 < m.words, m.words <= 80, m.characters <= 120,
      block.withUTF8({ $0.contains { $0 >= 0xE3 } }), tellsLabelledNames(block.text)
    {
      return .marked
    }
    // "1 May 2020 by Ann Smith, our reporter"
    let isDated = page.roles[index] == .publicationDate || m.flags.contains(.hasDate)
    if near, isDated, m.words <= 24, m.capitalisedWords >= 2 || page.hasMarkup && capitals(index, m) >= 4 {
      return .line
    }
    // "Ann 2025/4/29"
    if near, isDated, !page.hasMarkup, m.words <= 6, m.capitalisedWords >= 1 { return .line }
    if near, index > head, index < head + 8, isRowOfNames(index, m) { return .line }
    // "Collage: Ann Smith" in flat text: who made the picture.
    if !page.hasMarkup, marker == nil, page.roles[index] == .credit,
      block.hits.contains(where: { $0.section == .credit && $0.range.lowerBound == 0 })
    {
      return nil
    }
    // "Ann Smith / Northern Wire" under what the picture shows.
    if !page.hasMarkup, marker == nil, page.roles[index] == .credit, m.words <= 8, index > 0,
      page.roles[index - 1] == .caption
    {
      return nil
    }
    // What follows goes by shape alone: lines that say what they are, are no names.
    if !page.hasMarkup, isNameLine(index, m) { return .line }
    let isBelow = index > head && index <= head + 6 && page.hasMarkup
    guard !Self.furniture.contains(page.roles[index]) || isBelow && page.roles[index] == .navigation else {
      return nil
    }
    // A name on a line of its own beside a date or a byline word.
    if near, m.words >= 1, m.words <= 5, m.digits == 0, Int(m.capitalisedWords) >= max(1, Int(m.words) - 2),
      !m.flags.contains(.endsSentence), m.kind != .heading || m.level > 2
    {
      let around = [index - 1, index + 1, index - 2, index + 2]
      for other in around where page.document.indices.contains(other) {
        let flags = page.document.storage.rows[other].measures.flags
        if flags.contains(.dateOnly) || page.roles[other] == .publicationDate { return .beside }
        if other == index - 1, page.document[other].hit(.byline) != nil { return .beside }
      }
    }
    // A line that may be a name, between a little above the headline and the body's first paragraphs. With markup single
    // words there are sections and buttons.
    let top = head - 4...max(head + 14, min(head + 24, (page.proseStart ?? 0) + 3))
    if top.contains(index), (page.hasMarkup ? 2...8 : 1...8).contains(m.words),
      Int(m.capitalisedWords) * 2 >= Int(m.words),
      !m.flags.contains(.dateOnly),
      !m.flags.contains(.endsSentence), m.kind != .heading || m.level > 2
    {
      return .line
    }
    // After the text: "Ann Smith" alone.
    // Flat text has more lines between the last paragraph and a portrait's words.
    let tail = page.hasMarkup ? 6 : 16
    let isBehind =
      index >= page.proseEnd && index < page.proseEnd + tail
      || !page.hasMarkup && index >= page.bodyEnd - 2 && index < page.bodyEnd + tail
    if isBehind, !isContact(index), m.words >= 2, m.words <= (page.hasMarkup ? 4 : 6), m.digits == 0,
      capitals(index, m) * 2 >= max(4, Int(m.words)), !m.flags.contains(.endsSentence)
    {
      return .tail
    }
    return nil
  }

  /// "Media contact:" above a name: whom to call, not who wrote.
  private func isContact(_ index: Int) -> Bool {
    guard index > 0, !page.hasMarkup else { return false }
    let above = page.document[index - 1]
    return above.words <= 4 && above.measures.flags.contains(.endsColon)
      && above.hit(.byline) == nil
  }

  /// In flat text: a short line of capitals that stands twice (a portrait's text and the name), just above the prose,
  /// or beside a date.
  private func isNameLine(_ index: Int, _ m: BlockMeasures) -> Bool {
    let isInHead = index > head && index < head + 12
    let capitals = capitals(index, m)
    guard (isInHead ? 1...8 : 2...5).contains(m.words), capitals * 3 >= Int(m.words), m.digits == 0,
      !m.flags.contains(.endsSentence), m.kind != .heading || m.level > 2
    else { return false }
    if isInHead { return true }
    guard capitals >= max(2, Int(m.words) - 1) else { return false }
    if m.copies > 1 { return true }
    if [page.proseStart ?? 0, page.bodyStart].contains(where: { index < $0 + 3 && index + 16 >= $0 }) {
      return true
    }
    let rows = page.document.storage.rows
    return [index - 2, index - 1, index + 1, index + 2].contains { other in
      rows.indices.contains(other) && rows[other].measures.flags.contains(.hasDate)
        && rows[other].measures.words <= 12
    }
  }

  /// The words that start with a capital; all of them where the script has none.
  private func capitals(_ index: Int, _ m: BlockMeasures) -> Int {
    // Letters of scripts from Hebrew on.
    let first = page.document[index].withUTF8 { text in text.first { $0 >= 0x80 || $0.isASCIILetter }
    }
    return (first ?? 0) >= 0xD6 ? Int(m.words) : Int(m.capitalisedWords)
  }

  /// "Ann Smith" above "Ann Smith is a baker in Leeds": what stands above a note about a person.
  private func isFollowedByItself(_ index: Int, _ m: BlockMeasures) -> Bool {
    let rows = page.document.storage.rows
    guard (2...5).contains(m.words), m.capitalisedWords >= 2, index + 1 < rows.count,
      rows[index + 1].measures.words >= m.words + 3
    else { return false }
    let name = page.document[index].utf8
    return page.document[index + 1].utf8.starts(with: name)
  }

  /// "Ann Smith, MD; Bob Jones, PhD; Carol King": mostly capitals, in pieces.
  private func isRowOfNames(_ index: Int, _ m: BlockMeasures) -> Bool {
    guard (4...30).contains(m.words), m.capitalisedWords * 3 >= m.words * 2, m.digits == 0, m.kind != .heading
    else { return false }
    var pieces = 1
    for byte in page.document[index].utf8 where byte == 0x2C || byte == 0x3B { pieces += 1 }
    return pieces >= 2 && Int(m.words) <= pieces * 5
  }

  private static let pictures: RoleSet = [.caption, .credit]

  private static let furniture: RoleSet = [
    .share, .engagement, .readingTime, .navigation, .breadcrumb, .consent, .paywall, .advertisement, .footer,
    .readMore, .siteName,
  ]
}
