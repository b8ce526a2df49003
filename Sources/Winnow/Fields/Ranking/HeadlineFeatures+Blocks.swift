import WinnowCore
import WinnowText

/// What is known about a headline by the block that says it: where it stands, and what the lines around it are.
extension HeadlineFeatures {
  func writeBlock(_ block: Int?, _ row: inout FieldRow) {
    guard let block, page.document.indices.contains(block) else {
      writeNoBlock(&row)
      return
    }
    let view = page.document[block]
    let m = view.measures
    let marks = view.marks
    row.put("visible", true)
    row.put("level", Float(m.kind == .heading ? m.level : 0))
    row.put("labelled", block == page.labelledHeadline)
    row.put("headline-token", marks.contains(.headlineToken))
    row.put("elsewhere", !marks.isDisjoint(with: FieldPage.elsewhere))
    row.put("aside", !marks.isDisjoint(with: [.aside, .sidebarToken, .authorBioToken]))
    row.put("header", marks.contains(.header))
    row.put("main", !marks.isDisjoint(with: [.main, .article]))
    row.put("teaser", !marks.isDisjoint(with: [.teaserToken, .relatedToken, .list]))
    row.put("masthead", marks.contains(.mastheadToken))
    row.put("hidden", m.flags.contains(.hidden))
    row.put("links", view.linkDensity ?? -1)
    row.put("copies", Int(m.copies), upTo: 5)
    row.put("first-headings", firstHeadings, upTo: 6)
    row.put("heading-order", headings.firstIndex(of: block).map { Float(min($0, 6)) } ?? -1)
    let start = page.proseStart
    row.put("from-prose", start.map { Float(max(-60, min(60, block - $0))) } ?? 99)
    let next = (block + 1)..<min(page.document.count, block + 7)
    row.put("index", block, upTo: 400)
    row.put("from-body", Float(max(-60, min(60, block - page.bodyStart))))
    row.put("body-above", bodyAbove[block], upTo: 12)
    let near = (block + 1)..<min(page.document.count, block + 16)
    row.put("body-below", near.count { page.roles[$0].isBody })
    let name = next.first { page.isNameLine($0, mostWords: 6) && page.document[$0].kind != .heading }
    row.put("names-below", Float(name.map { $0 - block } ?? 9))
    row.put("dates-below", Float(next.first(where: page.isDated).map { $0 - block } ?? 9))
    row.put(
      "dates-above",
      Float((max(0, block - 4)..<block).last(where: page.isDated).map { block - $0 } ?? 9))
    row.put("from-label", page.labelledHeadline.map { Float(max(-60, min(60, block - $0))) } ?? 99)
    let role = page.roles[block]
    row.put("is-body", role.isBody)
    row.put("is-boilerplate", role.isBoilerplate && role != .duplicate)
    row.put("byline-below", next.contains { page.roles[$0] == .byline })
    row.put("date-below", next.contains { page.roles[$0] == .publicationDate })
    row.put("dek-below", next.contains { page.roles[$0] == .dek })
    writeFlat(view, &row)
  }

  private func writeFlat(_ block: Block, _ row: inout FieldRow) {
    let m = block.measures
    let index = block.id
    row.put("indent", Int(m.indent), upTo: 12)
    row.put("blank-before", Int(m.blankLinesBefore), upTo: 4)
    row.put("bullet", m.flags.contains(.bullet))
    row.put("sentence", m.flags.contains(.endsSentence))
    row.put("prose", m.flags.contains(.prose))
    row.put("says-name", block.hits.contains { $0.anchor == .whole })
    row.put("says-start", block.hits.contains { $0.anchor == .start })
    row.put("credit", block.hit(.credit) != nil)
    row.put("has-date", m.flags.contains(.hasDate))
    row.put("separators", Int(m.separators), upTo: 6)
    let rows = page.document.storage.rows
    func measures(_ position: Int) -> BlockMeasures? {
      rows.indices.contains(position) ? rows[position].measures : nil
    }
    for (offset, names) in Self.neighbours {
      let other = measures(index + offset)
      row.put(names.0, other.map { Float(min($0.words, 60)) } ?? -1)
      row.put(names.1, other.map { $0.flags.contains(.bullet) ? 1 : 0 } ?? -1)
    }
    row.put("same-shape", siblings(index), upTo: 8)
    guard !page.hasMarkup else {
      row.put("support", -1)
      row.put("coverage", -1)
      return
    }
    let own = m.flags.contains(.prose) && page.document.measures.proseSpan.contains(index) ? 1 : 0
    var support = 0
    var found = 0
    var distinct = 0
    eachOnce(block.wordHashes) { word in
      distinct += 1
      let count = bodyCounts.texts(with: word) - own
      if count > 0 { found += 1 }
      // Words that stand everywhere say nothing.
      if count < max(3, bodyCounts.count / 40) { support += min(max(0, count), 3) }
    }
    row.put("support", support, upTo: 30)
    row.put("coverage", distinct == 0 ? 0 : Float(found) / Float(distinct))
  }

  private static let neighbours: [(Int, (StaticString, StaticString))] = [
    (-2, ("words-2", "bullet-2")), (-1, ("words-1", "bullet-1")), (1, ("words+1", "bullet+1")),
    (2, ("words+2", "bullet+2")),
  ]

  /// Lines of the same shape around, without a blank line between: menu items, ticker lines.
  private func siblings(_ index: Int) -> Int {
    let rows = page.document.storage.rows
    let own = rows[index].measures
    func isAlike(_ other: BlockMeasures) -> Bool {
      let sizes =
        own.words >= 5 && other.words >= 5 || other.words <= own.words * 2 && own.words <= other.words * 2
      return sizes && other.flags.contains(.bullet) == own.flags.contains(.bullet)
        && other.flags.contains(.prose) == own.flags.contains(.prose) && abs(other.indent - own.indent) <= 1
        && other.kind == own.kind && !other.flags.contains(.dateOnly)
    }
    var count = 0
    var position = index
    while position > 0, count < 8, rows[position].measures.blankLinesBefore == own.blankLinesBefore,
      isAlike(rows[position - 1].measures)
    {
      position -= 1
      count += 1
    }
    position = index
    while position + 1 < rows.count, count < 8,
      rows[position + 1].measures.blankLinesBefore == own.blankLinesBefore,
      isAlike(rows[position + 1].measures)
    {
      position += 1
      count += 1
    }
    return count
  }

  private func writeNoBlock(_ row: inout FieldRow) {
    // An empty page has no block to take the columns from, so they are named here once more; a test holds
    // both lists against each other.
    row.put("visible", false)
    for name in Self.blockColumns { row.put(name, -1) }
  }

  private static let blockColumns: [StaticString] = [
    "level", "labelled", "headline-token", "elsewhere", "aside", "header", "main", "teaser", "masthead",
    "hidden", "links", "copies", "first-headings", "heading-order", "from-prose", "index", "from-body",
    "body-above",
    "body-below", "names-below", "dates-below", "dates-above", "from-label",
    "is-body", "is-boilerplate", "byline-below", "date-below", "dek-below", "indent", "blank-before",
    "bullet",
    "sentence", "prose", "says-name", "says-start", "credit", "has-date", "separators", "words-2", "bullet-2",
    "words-1", "bullet-1", "words+1", "bullet+1", "words+2", "bullet+2", "same-shape", "support", "coverage",
  ]
}
