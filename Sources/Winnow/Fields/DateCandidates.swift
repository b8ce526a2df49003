import WinnowCore
import WinnowStages
import WinnowText

/// Days that may be that of publication, each with all places that say it.
struct DateCandidates {
  /// Where a date stands.
  enum Source: Int, CaseIterable {
    case meta, jsonLD, jsonLDPage, microdata, created, loose, timePublished, url, time, labelled, bare
    case text, updatedText, modifiedMeta, modifiedLD, modifiedOther, imageURL, otherLD
  }

  /// One place that says a date.
  struct Place {
    let source: Source
    let iso: String
    let origin: String
    let block: Int?
    /// Whether the words around call it the day of publication, or of a change.
    let saysPublished: Bool
    let saysUpdated: Bool
    /// How much the date says: a day, midnight (mostly a day in disguise), a time, a time with its zone.
    let precision: Int

    init(
      source: Source, iso: String, origin: String, block: Int?, saysPublished: Bool, saysUpdated: Bool
    ) {
      self.source = source
      self.iso = iso
      self.origin = origin
      self.block = block
      self.saysPublished = saysPublished
      self.saysUpdated = saysUpdated
      precision = Self.precision(of: iso)
    }

    private static func precision(of iso: String) -> Int {
      guard let mark = iso.utf8.firstIndex(of: UInt8(ascii: "T")) else { return 0 }
      let time = iso.utf8[iso.utf8.index(after: mark)...]
      let zone = time.firstIndex { "Zz+-".utf8.contains($0) }
      let clock = time[..<(zone ?? time.endIndex)]
      if clock.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }) {
        return 1
      }
      return zone == nil ? 2 : 3
    }
  }

  /// A day.
  struct Group {
    /// `YYYY-MM-DD`.
    let day: String
    /// Days since some fixed day.
    let number: Int
    var places: [Place]
  }

  private(set) var groups: [Group] = []
  private let page: FieldPage

  private static let mostDeclared = 80
  private static let mostTimes = 40
  private static let mostBlocks = 40
  private static let mostGroups = 40

  init(_ page: FieldPage, published: [FieldCandidate], modified: [FieldCandidate], images: [FieldCandidate]) {
    self.page = page
    var times = 0
    var open: [(candidate: FieldCandidate, source: Source)] = []
    for candidate in published.prefix(400) {
      let source = Self.source(published: candidate.origin.name)
      if source == .time {
        times += 1
        if times > Self.mostTimes { continue }
      }
      if let order = NumericOrder(candidate.value), order.certain == nil {
        open.append((candidate, source))
      } else {
        add(candidate, source)
      }
    }
    for candidate in modified.prefix(Self.mostDeclared) {
      add(candidate, Self.source(modified: candidate.origin.name))
    }
    if let url = page.url, let date = FieldWords.dateInURL(url) {
      add(
        Place(
          source: .url, iso: date.iso, origin: "url", block: nil, saysPublished: false, saysUpdated: false),
        date.day)
    }
    for image in images.prefix(3) {
      guard let date = FieldWords.dateInURL(image.value) else { continue }
      add(
        Place(
          source: .imageURL, iso: date.iso, origin: "url:\(image.origin.name)", block: nil,
          saysPublished: false,
          saysUpdated: false), date.day)
    }
    // The others may tell how "02-12-2025" is meant.
    for (candidate, source) in open { add(candidate, source) }
    addBlocks()
  }

  /// Sources that tell of a change.
  static let changes: Set<Source> = [.updatedText, .modifiedMeta, .modifiedLD, .modifiedOther]

  /// Leaves only what a site rule names as the source of the day of publication, or of the last change.
  mutating func keep(only source: FieldSource, ofChanges: Bool) {
    func isMeant(_ place: Place) -> Bool { Self.changes.contains(place.source) == ofChanges }
    let chosen = source.chosen(among: groups.flatMap { $0.places.filter(isMeant).map(\.origin) })
    for group in groups.indices {
      groups[group].places.removeAll { isMeant($0) && !chosen.contains($0.origin) }
    }
    groups.removeAll { $0.places.isEmpty }
  }

  private static func source(published origin: String) -> Source {
    switch origin {
    case "json-ld": .jsonLD
    case "json-ld:page": .jsonLDPage
    case "json-ld:other", "json-ld:other:created": .otherLD
    case "microdata", "rdfa", "microformat": .microdata
    case "time:pub": .timePublished
    case "time": .time
    case "url": .url
    case "meta:date", "meta:dc.date", "meta:dcterms.date", "meta:dc.date.created", "meta:dcterms.created",
      "meta:article:created", "meta:datecreated", "meta:displaydate", "meta:ptime", "meta:pdate":
      .loose
    default: origin.hasSuffix(":created") ? .created : origin.hasPrefix("meta:") ? .meta : .otherLD
    }
  }

  private static func source(modified origin: String) -> Source {
    origin.hasPrefix("meta:") ? .modifiedMeta : origin.hasPrefix("json-ld") ? .modifiedLD : .modifiedOther
  }

  private mutating func add(_ candidate: FieldCandidate, _ source: Source) {
    guard var date = FieldWords.parse(candidate.value, language: page.document.language) else { return }
    if let order = NumericOrder(candidate.value), let other = swapped(date.day, order, by: nil) {
      date = (other + date.iso.dropFirst(10), other)
    }
    var saysPublished = false
    var saysUpdated = false
    if let block = candidate.block, page.document.indices.contains(block) {
      saysPublished = page.document[block].hit(.published) != nil
      saysUpdated = page.document[block].hit(.updated) != nil
    }
    add(
      Place(
        source: source, iso: date.iso, origin: candidate.origin.name, block: candidate.block,
        saysPublished: saysPublished, saysUpdated: saysUpdated), date.day)
  }

  private mutating func add(_ place: Place, _ day: String) {
    if let known = groups.firstIndex(where: { $0.day == day }) {
      groups[known].places.append(place)
    } else if groups.count < Self.mostGroups, let number = Self.number(day) {
      groups.append(Group(day: day, number: number, places: [place]))
    }
  }

  /// Days since 1 March of the year 0, by the civil calendar.
  private static func number(_ day: String) -> Int? {
    let bytes = Array(day.utf8)
    guard bytes.count >= 10 else { return nil }
    func value(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1 &- 0x30) } }
    let (year, month, date) = (value(0..<4), value(5..<7), value(8..<10))
    let y = month <= 2 ? year - 1 : year
    let m = (month + 9) % 12
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + date - 1
  }

  // MARK: Visible

  private mutating func addBlocks() {
    let rows = page.document.storage.rows
    var blocks = rows.indices.filter { index in
      let m = rows[index].measures
      guard m.flags.contains(.hasDate) else { return false }
      // The day of a post that a flat text embeds.
      if !page.hasMarkup, page.roles[index] == .mediaStub { return false }
      if m.words <= 30 || page.roles[index] == .byline || page.roles[index] == .publicationDate {
        return true
      }
      // "This post was published on … in …": a sentence that says what its date is.
      return m.words <= 60
        && page.document[index].hits.contains { $0.section == .published || $0.section == .updated }
    }
    if blocks.count > Self.mostBlocks {
      let anchor = page.anchor
      blocks.sort { (abs($0 - anchor), $0) < (abs($1 - anchor), $1) }
      blocks.removeSubrange(Self.mostBlocks...)
      blocks.sort()
    }
    let language = page.document.language
    let found = blocks.map { index in
      page.document[index].withUTF8 { text in
        TextTools.dates.mentions(in: text, language: language, limit: 3).map { mention in
          Mention(
            range: mention.range, iso: mention.date.iso8601, day: mention.date.isoDay,
            order: NumericOrder(text, mention.range))
        }
      }
    }
    // What the page's other dates say about the order of day and month.
    let orders = found.joined().compactMap { $0.order?.certain }
    var certain = Set(orders).count == 1 ? orders.first : nil
    if orders.isEmpty, language == "en", let ending = page.url.flatMap({ HostName(of: $0).ending }),
      NumericOrder.dayFirstCountries.contains(ending)
    {
      certain = .dayFirst
    }
    for (index, mentions) in zip(blocks, found) {
      addBlock(index, mentions.map { settled($0, by: certain) })
    }
  }

  /// A date that a block shows.
  private struct Mention {
    let range: Range<Int>
    var iso: String
    var day: String
    let order: NumericOrder?
  }

  /// "06/01/2026": the other way round if the page's address or stamps have that day and not this one, or its other
  /// dates are written that way.
  private func settled(_ mention: Mention, by certain: NumericOrder.Order?) -> Mention {
    guard let order = mention.order, let day = swapped(mention.day, order, by: certain) else {
      return mention
    }
    var other = mention
    other.day = day
    other.iso = day + mention.iso.dropFirst(10)
    return other
  }

  /// The day with month and day of the month the other way round, if that is what is meant.
  private func swapped(_ day: String, _ order: NumericOrder, by certain: NumericOrder.Order?) -> String? {
    guard order.certain == nil else { return nil }
    let (year, rest) = (day.prefix(5), day.dropFirst(5))
    let swapped = "\(year)\(rest.suffix(2))-\(rest.prefix(2))"
    let isFirstMonth = Int(rest.prefix(2)) == order.first
    let isDeclared = groups.contains { $0.day == day }
    let isOther = groups.contains { $0.day == swapped }
    let isAgainst = certain.map { ($0 == .monthFirst) != isFirstMonth } ?? false
    return isOther && !isDeclared || isAgainst && !(isDeclared && !isOther) ? swapped : nil
  }

  /// In years.
  private static let shortestLife = 10

  private static func years(_ first: String, _ second: String) -> Int {
    (Int(second.prefix(4)) ?? 0) - (Int(first.prefix(4)) ?? 0)
  }

  private mutating func addBlock(_ index: Int, _ mentions: [Mention]) {
    let block = page.document[index]
    let updates = block.hits.filter { $0.section == .updated }
    let publications = block.hits.filter { $0.section == .published }
    let isLabelled = page.roles[index] == .publicationDate || page.roles[index] == .byline
    // "March 3, 1938 – November 12, 2024": when somebody lived.
    if mentions.count == 2, updates.isEmpty, publications.isEmpty, !isLabelled,
      block.flags.contains(.dateOnly), Self.years(mentions[0].day, mentions[1].day) >= Self.shortestLife
    {
      return
    }
    // "Closed | 30 September 1951": a fact among others, in the row of a table.
    if page.hasMarkup, block.kind == .tableRow, updates.isEmpty, publications.isEmpty, !isLabelled,
      mentions.allSatisfy({ $0.iso.utf8.count <= 10 })
    {
      return
    }
    // "Joined: 3 May 2011": since when somebody belongs to a forum.
    if updates.isEmpty, publications.isEmpty,
      block.hits.contains(where: { $0.section == .furniture && $0.opensBlock })
    {
      return
    }
    for (number, mention) in mentions.enumerated() {
      // "Published 1 May, updated 2 May": the label nearest before a date says which it is; on a line of
      // its own the label may stand just above.
      let start = mention.range.lowerBound
      let update = updates.last { $0.range.lowerBound <= start }?.range.lowerBound
      let publication = publications.last { $0.range.lowerBound <= start }?.range.lowerBound
      var saysUpdated = update.map { $0 > publication ?? -1 } ?? false
      var saysPublished = publication.map { $0 > update ?? -1 } ?? false
      if !saysUpdated, !saysPublished, number == 0, index > 0, page.document[index - 1].words <= 3 {
        saysUpdated = page.document[index - 1].hit(.updated) != nil
        saysPublished = page.document[index - 1].hit(.published) != nil
      }
      // "발행일자 2018. 11. 23" among a publisher's particulars: since when its paper appears.
      if page.roles[index] == .footer { saysPublished = false }
      // Two dates without a label between: the later one is that of the change.
      if mentions.count == 2, number == 1, updates.isEmpty,
        !publications.contains(where: { $0.range.lowerBound >= mentions[0].range.upperBound })
      {
        saysUpdated = mentions[0].day <= mention.day
      }
      let source: Source =
        saysUpdated
        ? .updatedText
        : isLabelled ? .labelled : block.flags.contains(.dateOnly) ? .bare : .text
      add(
        Place(
          source: source, iso: mention.iso, origin: page.origin(index), block: index,
          saysPublished: saysPublished, saysUpdated: saysUpdated), mention.day)
    }
  }
}
