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

  let page: FieldPage
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
  let headings: [Int]
  let firstHeadings: Int
  /// How many titles the page's head says.
  private let declaredTitles: Int
  let bodyCounts: WordCounts
  /// How many blocks of the body stand above each block.
  let bodyAbove: [Int]

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
    !short.isEmpty && short.count < long.count && long.holds(short)
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
  func eachOnce(_ words: ArraySlice<UInt64>, _ body: (UInt64) -> Void) {
    words.withUnsafeBufferPointer { words in
      for index in words.indices where !words[..<index].contains(words[index]) { body(words[index]) }
    }
  }

  private func writeText(_ text: ArraySlice<UInt8>, _ words: [UInt64], _ row: inout FieldRow) {
    row.put("is-site", Float(page.sites.likeness(text, words)))
    row.put("is-section", sections.contains(words))
    row.put("words", words.count, upTo: 40)
    row.put("bytes", text.count, upTo: 300)
    row.put("digits", text.reduce(0) { $0 + ($1.isASCIIDigit ? 1 : 0) }, upTo: 12)
    row.put("ends-stop", text.last == 0x2E)
    row.put("ends-question", text.last == 0x3F || text.last == 0x21)
    row.put("ends-colon", text.last == 0x3A)
    let capitals = text.reduce(0) { $0 + ($1.isASCIICapital ? 1 : 0) }
    let small = text.reduce(0) { $0 + ($1.isASCIISmall ? 1 : 0) }
    row.put("capitals", capitals + small == 0 ? -1 : Float(capitals) / Float(capitals + small))
  }
}
