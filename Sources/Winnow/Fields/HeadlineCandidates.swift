import WinnowCore
import WinnowStages
import WinnowText

/// Texts that may be the headline, each with all places that say it.
struct HeadlineCandidates {
  /// Where a title stands.
  enum Source: Int, CaseIterable {
    case jsonLD, openGraph, card, title, microdata, meta, page, block
  }

  /// One place that says a text.
  struct Place {
    let source: Source
    let title: Int
    let part: TitleText.Part
    let origin: String
    let block: Int?
  }

  /// Places with the same words.
  struct Group {
    let words: [UInt64]
    var places: [Place]

    /// The block that shows the text, headings first.
    var block: Int? { places.first { $0.source == .block }?.block }
  }

  /// All titles, declared and visible.
  private(set) var titles: [(text: TitleText, words: [UInt64], source: Source, block: Int?)] = []
  private(set) var groups: [Group] = []
  private var index: [UInt64: Int] = [:]

  private static let mostDeclared = 40
  private static let mostBlocks = 60
  private static let mostLines = 90
  /// How far above and below the body's start lines of flat text are looked at.
  private static let reach = 100
  private static let below = 9
  /// Longest headline, in bytes.
  private static let longest = 600

  init(_ page: FieldPage, declared: [FieldCandidate]) {
    for candidate in declared.prefix(Self.mostDeclared) {
      add(
        Array(candidate.value.utf8.prefix(Self.longest)), Self.source(candidate.origin.name),
        candidate.origin.name, nil)
    }
    let blocks = page.hasMarkup ? markupBlocks(page) : flatBlocks(page)
    for block in blocks.prefix(page.hasMarkup ? Self.mostBlocks : Self.mostLines) {
      let text = page.document[block].utf8
      add(
        Array(text.prefix(Self.longest)), .block, page.origin(block), block,
        words: text.count <= Self.longest ? page.document[block].wordHashes : nil)
    }
  }

  /// Leaves only what a site rule names as the field's source.
  mutating func keep(only source: FieldSource) {
    let chosen = source.chosen(among: groups.flatMap { $0.places.map(\.origin) })
    for group in groups.indices { groups[group].places.removeAll { !chosen.contains($0.origin) } }
    groups.removeAll { $0.places.isEmpty }
  }

  private static func source(_ origin: String) -> Source {
    switch origin {
    case "json-ld": .jsonLD
    case "meta:og:title": .openGraph
    case "meta:twitter:title": .card
    case "title": .title
    case "microdata", "rdfa", "microformat": .microdata
    case "microdata:name", "json-ld:name", "json-ld:page", "json-ld:page:name", "json-ld:other",
      "json-ld:other:name":
      .page
    default: .meta
    }
  }

  private mutating func add(
    _ bytes: [UInt8], _ source: Source, _ origin: String, _ block: Int?, words: ArraySlice<UInt64>? = nil
  ) {
    let text = TitleText(bytes, words: words)
    let words = text.words
    guard !words.isEmpty else { return }
    let title = titles.count
    titles.append((text, words, source, block))
    for part in text.parts() where !part.words.isEmpty && !part.text.isEmpty {
      let place = Place(source: source, title: title, part: part, origin: origin, block: block)
      let key = Self.key(part.words)
      if let known = index[key], groups[known].words == part.words {
        groups[known].places.append(place)
      } else {
        index[key] = groups.count
        groups.append(Group(words: part.words, places: [place]))
      }
    }
  }

  private static func key(_ words: [UInt64]) -> UInt64 {
    var hash: UInt64 = 0
    for word in words { hash = (hash &* 31) &+ word }
    return hash
  }

  // MARK: Blocks

  /// The chosen block, then headings and what is marked up as headline.
  private func markupBlocks(_ page: FieldPage) -> [Int] {
    let rows = page.document.storage.rows
    var first: [Int] = []
    var second: [Int] = []
    var third: [Int] = []
    if let labelled = page.labelledHeadline { first.append(labelled) }
    for index in rows.indices where index != page.labelledHeadline {
      let m = rows[index].measures
      guard m.words >= 1 || m.characters >= 2, m.words <= 60 else { continue }
      if m.kind == .heading {
        if m.level == 1 {
          first.append(index)
        } else if m.level == 2, index <= (page.proseStart ?? 0) + 3 {
          second.append(index)
        }
      } else if page.document[index].marks.contains(.headlineToken), m.words >= 2 {
        third.append(index)
      }
    }
    let near = Array(second.suffix(12))
    return Array(first.prefix(24)) + near + Array(third.prefix(16))
  }

  /// What a picture says above its credit, or the copy of it. Of doubled lines without one, some are headlines.
  private func isCaption(_ index: Int, _ page: FieldPage) -> Bool {
    if isCredited(page.document[index]) { return true }
    if page.creditedCaptions.isEmpty { return false }
    if page.creditedCaptions.contains(index) { return true }
    return page.roles[index] == .duplicate
      && (index - 2...index + 2).contains(where: page.creditedCaptions.contains)
  }

  /// "The quay on Monday, Photo: Ann Smith". In front such a word may be the headline's: "Photos: A storm in ten pictures".
  private func isCredited(_ block: Block) -> Bool {
    guard block.hit(.credit) != nil else { return false }
    return block.withUTF8 { text in
      block.hits.contains {
        $0.section == .credit && $0.range.lowerBound > 0 && text[$0.range].last == UInt8(ascii: ":")
      }
    }
  }

  /// "This article is part of:", "Visit: https://harbour.example": lines of flat text that are about something else.
  private func leadsElsewhere(_ block: Block) -> Bool {
    block.flags.contains(.endsColon) || block.withUTF8 { $0.holds(Self.address) }
  }

  private static let address = Array("://".utf8)

  private func flatBlocks(_ page: FieldPage) -> [Int] {
    let rows = page.document.storage.rows
    var blocks: [Int] = []
    if let labelled = page.labelledHeadline, !leadsElsewhere(page.document[labelled]) {
      blocks.append(labelled)
    }
    // From the body's start upwards: the head is near it, and the page's first lines hold its title. What is the
    // body is not certain, so the start of dense prose counts as well.
    func around(_ start: Int, reach: Int, below: Int) -> [Int] {
      Array(start..<max(start, min(rows.count, start + below)))
        + Array(stride(from: min(start, rows.count) - 1, through: max(3, start - reach), by: -1))
    }
    let prose = around(page.proseStart ?? 0, reach: Self.reach, below: Self.below)
    let body = page.bodyStart == page.proseStart ? [] : around(page.bodyStart, reach: 30, below: Self.below)
    for index in Array(0..<min(3, rows.count)) + body + prose
    where index != page.labelledHeadline && (index >= 3 || !blocks.contains(index)) {
      let m = rows[index].measures
      guard m.words >= 1, m.words <= 45, !m.flags.contains(.dateOnly), !isCaption(index, page) else {
        continue
      }
      // One-word lines are menus' unless they are marked as headings.
      guard m.words >= 2 || m.kind == .heading else { continue }
      if leadsElsewhere(page.document[index]) { continue }
      // In scripts without spaces a menu's word counts as several.
      if m.kind != .heading, m.capitalisedWords == 0, page.document[index].isWhole(.navigation) { continue }
      if !blocks.contains(index) { blocks.append(index) }
    }
    return blocks
  }
}
