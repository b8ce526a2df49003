import WinnowCore
import WinnowText

/// What is known about a text that may be the headline, as numbers.
struct HeadlineFeatures {
  /// The columns' names.
  static let names: [String] = {
    var row = FieldRow(width: 0)
    let page = FieldPage.empty
    let features = HeadlineFeatures(page, HeadlineCandidates(page, declared: []), sections: [])
    features.write(HeadlineCandidates.Group(words: [1], places: []), &row)
    return row.names.map { "\($0)" }
  }()

  private let page: FieldPage
  private let candidates: HeadlineCandidates
  /// Who says each title, and where it stands.
  private let places: [(source: Int, block: Int?, isHeading: Bool)]
  /// What sources agree with a text that shares no word with any title: -1 for those that have no title.
  private let noAgreement: [Float]
  /// The last title that the labelled headline's block has.
  private let labelledTitle: Int?
  private let titles: TitleWords
  private let sections: [[UInt64]]
  private let slug: [UInt64]
  private let headings: [Int]
  private let firstHeadings: Int
  /// How many titles the page's head says.
  private let declaredTitles: Int
  private let bodyCounts: WordCounts
  /// How many blocks of the body stand above each block.
  private let bodyAbove: [Int]

  init(_ page: FieldPage, _ candidates: HeadlineCandidates, sections: [String]) {
    self.page = page
    self.candidates = candidates
    let rows = page.document.storage.rows
    places = candidates.titles.map { title in
      let isHeading = title.block.map {
        rows[$0].measures.kind == .heading && rows[$0].measures.level == 1
      }
      return (title.source.rawValue, title.block, isHeading == true)
    }
    var least = [Float](repeating: -1, count: HeadlineCandidates.Source.allCases.count)
    for place in places { least[place.source] = 0 }
    noAgreement = least
    labelledTitle = places.lastIndex { $0.block != nil && $0.block == page.labelledHeadline }
    titles = TitleWords(candidates.titles.map(\.words))
    self.sections = sections.prefix(12).map { WordHashes.of($0) }
    slug = page.url.map(Self.slug) ?? []
    headings = places.filter(\.isHeading).compactMap(\.block)
    firstHeadings = headings.count
    declaredTitles = places.count { $0.block == nil }
    bodyCounts = Self.bodyCounts(page)
    var count = 0
    bodyAbove = page.roles.map { role in
      defer { if role.isBody { count += 1 } }
      return count
    }
  }

  /// In how many blocks of the densest prose each word stands. Only flat text needs it: it declares nothing.
  private static func bodyCounts(_ page: FieldPage) -> WordCounts {
    guard !page.hasMarkup else { return WordCounts(mostWords: 0) }
    let prose = page.document.measures.proseSpan.prefix(60).filter {
      page.document.storage.rows[$0].measures.flags.contains(.prose)
    }
    var counts = WordCounts(mostWords: prose.reduce(0) { $0 + page.document[$1].wordHashes.count })
    for block in prose { counts.add(page.document[block].wordHashes, of: block) }
    return counts
  }

  /// The words of the address's last segment that has several.
  private static func slug(_ url: String) -> [UInt64] {
    let bytes = Array(url.utf8.prefix(400))
    let end = bytes.firstIndex { $0 == 0x3F || $0 == 0x23 } ?? bytes.count
    for segment in bytes[..<end].split(separator: 0x2F).dropFirst(2).reversed() {
      let words = WordHashes.of(
        String(decoding: segment.map { $0 == 0x2D || $0 == 0x5F || $0 == 0x2E ? 0x20 : $0 }, as: UTF8.self))
      if words.count >= 3 { return words }
    }
    return []
  }

  /// A row for each group.
  func rows() -> [FieldRow] {
    candidates.groups.map { group in
      var row = FieldRow(width: Self.names.count)
      write(group, &row)
      return row
    }
  }

  private func write(_ group: HeadlineCandidates.Group, _ row: inout FieldRow) {
    writeSources(group, &row)
    writeShape(group, &row)
    writeBlock(group.block, &row)
  }

  // MARK: Who says it

  private func writeSources(_ group: HeadlineCandidates.Group, _ row: inout FieldRow) {
    var best = noAgreement
    let said = declaredTitles
    var whole = 0
    var within = 0
    var holding = 0
    var heading: Float = headings.isEmpty ? -1 : 0
    var others = (same: 0, holding: 0)
    var around = (front: 0, back: 0)
    var label: Float = labelledTitle == nil ? -1 : 0
    let shared = titles.shared(with: group.words)
    for index in shared.indices where shared[index] > 0 {
      let title = places[index]
      let agreement = agreement(group.words, index, shared: shared[index])
      best[title.source] = max(best[title.source], agreement)
      guard title.block != nil else {
        if agreement == 2 { whole += 1 }
        if agreement == 1.5 { within += 1 }
        if agreement == 1.25 { holding += 1 }
        continue
      }
      if title.isHeading { heading = max(heading, agreement) }
      if index == labelledTitle { label = agreement }
      if agreement == 2 { others.same += 1 }
      guard agreement == 1.5, group.words.count >= 3 else { continue }
      others.holding += 1
      let words = titles.words[index]
      let more = words.count - group.words.count
      // "Nuclear power Towers blown up": a kicker in the heading, which the head leaves out.
      if words.suffix(group.words.count).elementsEqual(group.words) { around.front = max(around.front, more) }
      if words.starts(with: group.words) { around.back = max(around.back, more) }
    }
    row.put("json-ld", best[0])
    row.put("open-graph", best[1])
    row.put("card", best[2])
    row.put("title", best[3])
    row.put("microdata", best[4])
    row.put("meta", best[5])
    row.put("page", best[6])
    row.put("blocks", best[7])
    row.put("first-heading", heading)
    row.put("article-type", page.articleType)
    row.put("labelled-says", label)
    row.put("blocks-same", others.same, upTo: 5)
    row.put("blocks-holding", others.holding, upTo: 5)
    row.put("kicker-words", around.front, upTo: 12)
    row.put("further-words", around.back, upTo: 12)
    row.put("declared", said, upTo: 8)
    row.put("declared-whole", whole, upTo: 6)
    row.put("share-whole", said == 0 ? 0 : Float(whole) / Float(said))
    row.put("declared-within", within, upTo: 6)
    row.put("declared-around", holding, upTo: 6)
  }

  /// 2 for the same words, 1.5 where the title holds these and more, 1.25 where it holds a part of these, else
  /// how much both share, 0…1; `shared` of the words stand in the title.
  private func agreement(_ words: [UInt64], _ title: Int, shared: Int) -> Float {
    let title = titles.words[title]
    if shared == words.count {
      if words == title { return 2 }
      if Self.contains(title, words) { return 1.5 }
    }
    if shared >= title.count, Self.contains(words, title) { return 1.25 }
    return 2 * Float(shared) / Float(words.count + title.count)
  }

  private static func contains(_ long: [UInt64], _ short: [UInt64]) -> Bool {
    guard let first = short.first, short.count < long.count else { return false }
    for start in 0...long.count - short.count where long[start] == first {
      if long[start..<start + short.count].elementsEqual(short) { return true }
    }
    return false
  }

  // MARK: What it looks like

  private func writeShape(_ group: HeadlineCandidates.Group, _ row: inout FieldRow) {
    let places = group.places
    let wholes = places.filter(\.part.isWhole)
    row.put("is-whole", !wholes.isEmpty)
    row.put("is-opening", places.contains { $0.part.opens })
    row.put("is-closing", places.contains { $0.part.closes })
    let parts = places.filter { !$0.part.isWhole }
    row.put("weakest-sign", Float(parts.compactMap { $0.part.sign?.rawValue }.min() ?? 0))
    row.put("strongest-sign", Float(parts.compactMap { $0.part.sign?.rawValue }.max() ?? 0))
    var removed = 0
    var likeness = 0
    var isSection = false
    var unexplained = 0
    for place in parts.prefix(8) {
      let title = candidates.titles[place.title].text
      for segment in [place.part.before, place.part.after].joined() {
        let words = title.words(of: segment)
        let like = page.sites.likeness(title.bytes[title.segments[segment]], words)
        removed = max(removed, words.count)
        likeness = max(likeness, like)
        if sections.contains(words) {
          isSection = true
        } else if like == 0 {
          unexplained += words.count
        }
      }
    }
    row.put("cut-words", removed, upTo: 20)
    row.put("cut-unexplained", unexplained, upTo: 20)
    row.put("cut-is-site", Float(likeness))
    row.put("cut-is-section", isSection)
    // What would still have to be cut off.
    var tail = 0
    var head = 0
    var segments = 1
    var tailWords = 0
    if let place = wholes.first ?? places.first {
      let title = candidates.titles[place.title].text
      let from = place.part.before.upperBound
      let to = place.part.after.lowerBound
      segments = to - from
      if segments > 1 {
        tailWords = title.words(of: to - 1).count
        tail = page.sites.likeness(title.bytes[title.segments[to - 1]], title.words(of: to - 1))
        head = page.sites.likeness(title.bytes[title.segments[from]], title.words(of: from))
        if sections.contains(title.words(of: to - 1)) { tail = max(tail, 1) }
      }
      writeText(place.part.text, group.words, &row)
    } else {
      writeText([], group.words, &row)
    }
    row.put("segments", segments, upTo: 6)
    row.put("tail-is-site", Float(tail))
    row.put("head-is-site", Float(head))
    row.put("tail-words", tailWords, upTo: 12)
    var distinct = 0
    var inSlug = 0
    if !slug.isEmpty {
      eachOnce(group.words[...]) { word in
        distinct += 1
        if slug.contains(word) { inSlug += 1 }
      }
    }
    row.put("slug-covered", slug.isEmpty ? -1 : Float(inSlug) / Float(slug.count))
    row.put("covered-by-slug", slug.isEmpty ? -1 : Float(inSlug) / Float(max(1, distinct)))
  }

  /// Calls `body` with each word, once. Titles are short: comparing their words is quicker than hashing them again.
  private func eachOnce(_ words: ArraySlice<UInt64>, _ body: (UInt64) -> Void) {
    words.withUnsafeBufferPointer { words in
      for index in words.indices where !words[..<index].contains(words[index]) { body(words[index]) }
    }
  }

  private func writeText(_ text: ArraySlice<UInt8>, _ words: [UInt64], _ row: inout FieldRow) {
    row.put("is-site", Float(page.sites.likeness(text, words)))
    row.put("is-section", sections.contains(words))
    row.put("words", words.count, upTo: 40)
    row.put("bytes", text.count, upTo: 300)
    row.put("digits", text.reduce(0) { $0 + ($1 &- 0x30 < 10 ? 1 : 0) }, upTo: 12)
    row.put("ends-stop", text.last == 0x2E)
    row.put("ends-question", text.last == 0x3F || text.last == 0x21)
    row.put("ends-colon", text.last == 0x3A)
    let capitals = text.reduce(0) { $0 + ($1 &- 0x41 < 26 ? 1 : 0) }
    let small = text.reduce(0) { $0 + ($1 &- 0x61 < 26 ? 1 : 0) }
    row.put("capitals", capitals + small == 0 ? -1 : Float(capitals) / Float(capitals + small))
  }

  // MARK: Where it stands

  private func writeBlock(_ block: Int?, _ row: inout FieldRow) {
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
