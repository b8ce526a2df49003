import WinnowCore

/// What is known about a day that may be that of publication, as numbers.
struct DateFeatures {
  /// The columns' names.
  static let names: [String] = {
    var row = FieldRow(width: 0)
    let page = FieldPage.empty
    let candidates = DateCandidates(page, published: [], modified: [], images: [])
    DateFeatures(page, candidates, headlineBlock: nil)
      .write(DateCandidates.Group(day: "2024-05-03", number: 0, places: []), &row)
    return row.names.map { "\($0)" }
  }()

  private let page: FieldPage
  private let candidates: DateCandidates
  private let headlineBlock: Int
  private let hasHeadline: Bool
  private let present: [Bool]
  private let firstDay: Int
  private let lastDay: Int
  /// The day that published stamps, modified stamps, the address and the text near the head give first.
  private let published: Int?
  private let modified: Int?
  private let address: Int?
  private let near: Int?
  /// How many short lines hold a date: lists and comments have many.
  private let datedLines: Int

  init(_ page: FieldPage, _ candidates: DateCandidates, headlineBlock: Int?) {
    self.page = page
    self.candidates = candidates
    self.headlineBlock = headlineBlock ?? page.anchor
    hasHeadline = headlineBlock != nil
    var present = [Bool](repeating: false, count: DateCandidates.Source.allCases.count)
    for group in candidates.groups { for place in group.places { present[place.source.rawValue] = true } }
    self.present = present
    firstDay = candidates.groups.map(\.number).min() ?? 0
    lastDay = candidates.groups.map(\.number).max() ?? 0
    func first(_ sources: [DateCandidates.Source]) -> Int? {
      for source in sources {
        if let group = candidates.groups.first(where: { $0.places.contains { $0.source == source } }) {
          return group.number
        }
      }
      return nil
    }
    published = first([.meta, .jsonLD, .microdata, .jsonLDPage, .timePublished])
    modified = first([.modifiedMeta, .modifiedLD, .modifiedOther])
    address = first([.url])
    near = first([.labelled])
    datedLines = page.document.indices.count(where: page.isDated)
  }

  /// A row for each day.
  func rows() -> [FieldRow] {
    candidates.groups.map { group in
      var row = FieldRow(width: Self.names.count)
      write(group, &row)
      return row
    }
  }

  private static let columns: [StaticString] = [
    "meta", "json-ld", "json-ld-page", "microdata", "created", "loose", "time-published", "url", "time",
    "labelled", "bare", "text", "updated-text", "modified-meta", "modified-ld", "modified-other", "image-url",
    "other-ld",
  ]

  private func write(_ group: DateCandidates.Group, _ row: inout FieldRow) {
    // 1: says this day; 0: says others; -1: says nothing.
    var says = present.map { $0 ? Float(0) : -1 }
    for place in group.places { says[place.source.rawValue] = 1 }
    for (index, name) in Self.columns.enumerated() { row.put(name, says[index]) }
    row.put("sources", says.reduce(0) { $0 + ($1 == 1 ? 1 : 0) })
    row.put("article-type", page.articleType)
    row.put("days", candidates.groups.count, upTo: 30)
    row.put("precision", group.places.map(\.precision).max() ?? 0)
    row.put("says-published", group.places.contains(where: \.saysPublished))
    row.put("says-updated", group.places.contains(where: \.saysUpdated))
    row.put("anyone-published", candidates.groups.contains { $0.places.contains(where: \.saysPublished) })
    row.put("anyone-updated", candidates.groups.contains { $0.places.contains(where: \.saysUpdated) })
    row.put("is-first", group.number == firstDay)
    row.put("is-last", group.number == lastDay)
    row.put("from-published", Self.distance(group.number, published))
    row.put("from-modified", Self.distance(group.number, modified))
    row.put("from-address", Self.distance(group.number, address))
    row.put("from-near", Self.distance(group.number, near))
    row.put("from-last", Self.distance(group.number, lastDay))
    row.put("published-to-modified", modified.map { Self.distance($0, published) } ?? 9)
    row.put("is-january-first", group.day.hasSuffix("-01-01"))
    row.put("zone-is-utc", group.places.contains { $0.precision == 3 && $0.iso.hasSuffix("Z") })
    row.put("early-hour", Float(group.places.compactMap(Self.hour).min() ?? -1))
    writePlace(group, &row)
  }

  /// Signed days, squeezed: -1 and 1 stay apart from more.
  private static func distance(_ day: Int, _ other: Int?) -> Float {
    guard let other else { return 9 }
    let days = day - other
    let size: Float =
      switch abs(days) {
      case 0: 0
      case 1: 1
      case 2...7: 2
      case 8...31: 3
      case 32...366: 4
      default: 5
      }
    return days < 0 ? -size : size
  }

  private static func hour(_ place: DateCandidates.Place) -> Int? {
    let bytes = Array(place.iso.utf8)
    guard place.precision == 3, bytes.count > 13 else { return nil }
    return Int(bytes[11] &- 0x30) * 10 + Int(bytes[12] &- 0x30)
  }

  private func writePlace(_ group: DateCandidates.Group, _ row: inout FieldRow) {
    let blocks = group.places.compactMap(\.block).filter(page.document.indices.contains)
    let nearest = blocks.min { abs($0 - headlineBlock) < abs($1 - headlineBlock) }
    row.put("has-headline", hasHeadline)
    row.put("places", group.places.count, upTo: 10)
    row.put("visible", blocks.count, upTo: 6)
    row.put("nearest", nearest.map { Float(max(-60, min(99, $0 - headlineBlock))) } ?? 120)
    row.put("order", nearest.map { order($0, group.day) } ?? -1)
    row.put("from-prose", nearest.map { Float(max(-60, min(99, $0 - (page.proseStart ?? 0)))) } ?? 120)
    row.put("from-body", nearest.map { Float(max(-60, min(99, $0 - page.bodyStart))) } ?? 120)
    row.put("from-body-end", nearest.map { Float(max(-60, min(60, $0 - page.bodyEnd))) } ?? 120)
    row.put("dated-lines", datedLines, upTo: 40)
    row.put("from-end", nearest.map { Float(max(-60, min(60, $0 - page.proseEnd))) } ?? 120)
    guard let block = nearest else {
      for name in Self.blockColumns { row.put(name, -1) }
      return
    }
    let view = page.document[block]
    let marks = view.marks
    row.put("block-words", view.words, upTo: 40)
    row.put("date-only", view.flags.contains(.dateOnly))
    row.put("date-token", marks.contains(.dateToken))
    row.put("byline-token", marks.contains(.bylineToken))
    row.put("meta-token", marks.contains(.metaToken))
    row.put("elsewhere", !marks.isDisjoint(with: FieldPage.elsewhere))
    row.put("aside", !marks.isDisjoint(with: [.aside, .sidebarToken, .relatedToken, .mostReadToken]))
    row.put("comments", marks.contains(.commentsToken))
    row.put("footer", !marks.isDisjoint(with: [.footer, .footerToken]))
    row.put("teaser", !marks.isDisjoint(with: [.teaserToken, .postToken]))
    row.put("caption", !marks.isDisjoint(with: [.figure, .figcaption, .captionToken]))
    row.put("time-element", view.flags.contains(.hasTime))
    row.put("byline-word", view.hit(.byline) != nil)
    row.put("copyright", view.flags.contains(.hasCopyright))
    row.put("block-links", view.linkDensity ?? -1)
    row.put("bullet", view.flags.contains(.bullet))
    row.put("sentence", view.flags.contains(.endsSentence))
    let role = page.roles[block]
    row.put("role-date", role == .publicationDate || role == .byline)
    row.put("role-body", role.isBody)
    row.put("role-boilerplate", role.isBoilerplate)
    row.put("role-comments", role == .comments)
    row.put("comment-word", isIn(.comments, block))
    row.put(
      "updated-above",
      block > 0 && page.document[block - 1].words <= 4 && page.document[block - 1].hit(.updated) != nil)
    let around = max(0, block - 3)..<min(page.document.count, block + 4)
    row.put("names-near", around.count { $0 != block && page.isNameLine($0, mostWords: 5) }, upTo: 4)
    row.put("dated-near", around.count { $0 != block && page.isDated($0) }, upTo: 4)
    row.put("byline-near", around.contains { page.roles[$0] == .byline })
    row.put("dates-near", around.reduce(0) { $0 + (page.roles[$1] == .publicationDate ? 1 : 0) })
  }

  /// Whether the block or one of the two above says what stands in such a section: "3 comments".
  private func isIn(_ section: PhraseSection, _ block: Int) -> Bool {
    (max(0, block - 2)...block).contains { page.document[$0].hit(section) != nil }
  }

  private static let blockColumns: [StaticString] = [
    "block-words", "date-only", "date-token", "byline-token", "meta-token", "elsewhere", "aside", "comments",
    "footer", "teaser", "caption", "time-element", "byline-word", "copyright", "block-links", "bullet",
    "sentence", "role-date", "role-body", "role-boilerplate", "role-comments", "comment-word",
    "updated-above", "names-near", "dated-near", "byline-near", "dates-near",
  ]

  /// How many other days stand between the headline and this one.
  private func order(_ block: Int, _ day: String) -> Float {
    var count = 0
    for group in candidates.groups where group.day != day {
      let isBetween = group.places.contains { place in
        guard let other = place.block else { return false }
        return other > headlineBlock && other < block
      }
      if isBetween { count += 1 }
    }
    return Float(min(count, 10))
  }
}
