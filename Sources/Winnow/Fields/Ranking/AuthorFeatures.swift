import WinnowCore
import WinnowText

/// What is known about a name that may be an author's, as numbers.
struct AuthorFeatures {
  /// The columns' names.
  static let names: [String] = {
    var row = FieldRow(width: 0)
    let page = FieldPage.empty
    row.put("leads", false)
    row.put("is-second", false)
    row.put("surname-in-body", 0)
    let candidates = AuthorCandidates(page, declared: [], names: FieldWords.names)
    AuthorFeatures(page, candidates, names: FieldWords.names, headline: nil)
      .write(
        AuthorCandidates.Group(name: "Ann Smith", key: "ann smith", places: [], on: page), (true, false), [],
        0, &row)
    return row.names.map { "\($0)" }
  }()

  private typealias Shape = (isPerson: Bool, holdsRole: Bool)

  private let page: FieldPage
  private let candidates: AuthorCandidates
  /// What the groups' names look like.
  private let shapes: [Shape]
  private let headline: [UInt64]
  private let headlineBlock: Int
  /// Which sources name anybody.
  private let present: [Bool]
  private let links: Int
  /// Whether what the head declares is the site itself, which says nothing about people.
  private let isSiteDeclared: Bool
  /// The groups' keys: a copy of a group would count references to all that it holds.
  private let keys: [String]
  /// Keys of the names of people that stand near the headline, in places of bylines.
  private let people: [String]

  init(
    _ page: FieldPage, _ candidates: AuthorCandidates, names: NameCleaning, headline: HeadlinePicking.Choice?
  ) {
    self.page = page
    self.candidates = candidates
    let shapes = candidates.groups.map { names.shape(of: $0.name) }
    self.shapes = shapes
    self.headline = headline.map { WordHashes.of($0.text) } ?? []
    headlineBlock = headline?.block ?? page.anchor
    var present = [Bool](repeating: false, count: AuthorCandidates.Source.allCases.count)
    var links: Set<Int> = []
    for group in candidates.groups {
      for place in group.places {
        present[place.source.rawValue] = true
        if place.source == .link || place.source == .relation { links.insert(place.list) }
      }
    }
    self.present = present
    self.links = links.count
    keys = candidates.groups.map(\.key)
    let headlineBlock = headlineBlock
    isSiteDeclared = candidates.groups.contains { group in
      group.siteLikeness == 2 && group.places.contains { $0.source.isHead }
    }
    people = candidates.groups.indices.filter { index in
      let group = candidates.groups[index]
      let isNear = group.places.contains { place in
        guard let block = place.block, place.source != .line else { return false }
        return abs(block - headlineBlock) <= 8
      }
      return isNear && group.siteLikeness == 0 && shapes[index].isPerson
    }.map { candidates.groups[$0].key }
  }

  /// A row for each name.
  func rows() -> [FieldRow] {
    let names = candidates.groups.map(\.name)
    // Surnames stand alone where the text speaks of somebody.
    let surnames = names.map { name in
      name.utf8.lastIndex(of: 0x20).map { String(name[name.utf8.index(after: $0)...]) } ?? ""
    }
    let findings = NameSearch.find(names + surnames, worded: names.count, in: page.document)
    let found = zip(candidates.groups, findings.occurrences).map(withOwnPlaces)
    let mentions = findings.occurrences[names.count...].map { found in
      found.count { page.roles[$0.block].isBody && page.document.storage.rows[$0.block].measures.words > 12 }
    }
    let small = findings.smallWords
    let leading = leadingLists(found.map { !$0.isEmpty })
    return candidates.groups.indices.map { index in
      let group = candidates.groups[index]
      var row = FieldRow(width: Self.names.count)
      let lists = Set(group.places.map(\.list))
      row.put("leads", leading.first.map(lists.contains) ?? false)
      row.put("is-second", leading.dropFirst().first.map(lists.contains) ?? false)
      row.put("surname-in-body", mentions[index], upTo: 8)
      write(group, shapes[index], found[index], small[index], &row)
      return row
    }
  }

  /// Where a name stands, with the blocks that made it a candidate: a converter may have glued it to other words there,
  /// "ByAnn Smith5 hours ago".
  private func withOwnPlaces(
    _ group: AuthorCandidates.Group, _ found: [NameSearch.Occurrence]
  ) -> [NameSearch.Occurrence] {
    var all = found
    for case let block? in group.places.lazy.map(\.block) where !all.contains(where: { $0.block == block }) {
      if let range = NameSearch.firstRange(of: group.name, in: page.document[block].utf8) {
        all.append(NameSearch.Occurrence(block: block, range: range))
      }
    }
    if all.count > found.count { all.sort { $0.block < $1.block } }
    return all
  }

  /// Lists as a person would trust them: first those whose names are people's and stand in the text, in the
  /// order of sources by how often they are right; then those of other names; then of hidden ones.
  private func leadingLists(_ isVisible: [Bool]) -> [Int] {
    var sums = [(source: Int, names: Int, visible: Int, people: Int)](
      repeating: (99, 0, 0, 0), count: candidates.lists.count)
    for (index, group) in candidates.groups.enumerated() {
      for place in group.places {
        sums[place.list].source = place.source.rawValue
        sums[place.list].names += 1
        if isVisible[index] { sums[place.list].visible += 1 }
        if shapes[index].isPerson { sums[place.list].people += 1 }
      }
    }
    func tier(_ list: Int) -> Int {
      let sum = sums[list]
      let isPeople = sum.people == sum.names
      if sum.visible * 2 >= sum.names, sum.visible > 0 { return isPeople ? 0 : 1 }
      return isPeople ? 2 : 3
    }
    return sums.indices.filter { sums[$0].names > 0 }
      .sorted { (tier($0), sums[$0].source, $0) < (tier($1), sums[$1].source, $1) }
  }

  private static let columns: [StaticString] = [
    "person", "string", "organization", "page", "other", "analytics", "card", "meta", "article-author",
    "library", "relation", "microdata", "link", "byline", "marked", "token", "beside", "bio", "tail", "site",
    "site-notice", "line",
  ]

  private func write(
    _ group: AuthorCandidates.Group, _ shape: Shape, _ found: [NameSearch.Occurrence], _ small: Float,
    _ row: inout FieldRow
  ) {
    // 1: says this name; 0: says others; -1: says nothing.
    var says = present.map { $0 ? Float(0) : -1 }
    for place in group.places { says[place.source.rawValue] = 1 }
    for (index, name) in Self.columns.enumerated() { row.put(name, says[index]) }
    row.put("sources", says.reduce(0) { $0 + ($1 == 1 ? 1 : 0) })
    row.put("sources-against", says.reduce(0) { $0 + ($1 == 0 ? 1 : 0) })
    let declared = group.places.filter { $0.source.rawValue < AuthorCandidates.Source.relation.rawValue }
    row.put("declared", declared.count, upTo: 6)
    // 0 for what the most trusted source says that says anything.
    let first = says.firstIndex(of: 1) ?? says.count
    row.put("rank", says[..<first].reduce(0) { $0 + ($1 == 0 ? 1 : 0) })
    row.put("list", group.places.map { candidates.lists[$0.list] }.min() ?? 0, upTo: 12)
    row.put("longest-list", group.places.map { candidates.lists[$0.list] }.max() ?? 0, upTo: 12)
    row.put("position", group.places.map(\.position).min() ?? 0, upTo: 8)
    row.put("relaxed", !group.places.isEmpty && group.places.allSatisfy(\.isRelaxed))
    row.put("names", candidates.groups.count, upTo: 30)
    row.put("author-links", links, upTo: 12)
    row.put("article-type", page.articleType)
    row.put("small-words", small)
    row.put("whole", !group.places.isEmpty && group.places.allSatisfy(\.isWhole))
    row.put("says-organization", group.isOrganization)
    row.put("cut-words", group.places.map(\.cut).max() ?? 0, upTo: 6)
    writePeers(group, &row)
    writeShape(group, shape, &row)
    writePlace(group, found.map(\.block), &row)
    NameContext(page, headlineBlock: headlineBlock).write(found, &row)
  }

  /// The names beside this one, in a list or on the lines around: who stands beside an author is likely one.
  private func writePeers(_ group: AuthorCandidates.Group, _ row: inout FieldRow) {
    var inLists = 0
    var around = 0
    var declared = 0
    let own = group.places.map { (list: $0.list, block: $0.block) }
    for index in candidates.groups.indices {
      let peers = candidates.groups[index].places
      var isListed = false
      var isNear = false
      for peer in peers.indices {
        let (list, block) = (peers[peer].list, peers[peer].block)
        for place in own {
          if list == place.list { isListed = true }
          if let block, let beside = place.block, abs(block - beside) <= 3 { isNear = true }
        }
      }
      // Comparing the names comes last: most groups are nowhere near.
      guard isListed || isNear, keys[index] != group.key,
        !AuthorCandidates.overlap(keys[index], group.key)
      else { continue }
      let sources = peers.reduce(into: 0 as UInt32) { $0 |= 1 << UInt32($1.source.rawValue) }.nonzeroBitCount
      if isListed { inLists = max(inLists, sources) }
      if isNear { around = max(around, sources) }
      declared = max(declared, peers.count { $0.source.isHead })
    }
    row.put("peer-listed", inLists, upTo: 6)
    row.put("peer-near", around, upTo: 6)
    row.put("peer-declared", declared, upTo: 4)
  }

  private func writeShape(_ group: AuthorCandidates.Group, _ shape: Shape, _ row: inout FieldRow) {
    let words = group.words
    let bytes = Array(group.name.utf8)
    row.put("is-person", shape.isPerson)
    row.put("has-role", shape.holdsRole)
    row.put("words", words.count, upTo: 8)
    row.put("bytes", bytes.count, upTo: 60)
    row.put("digits", bytes.contains { $0.isASCIIDigit })
    row.put("dots", bytes.contains(0x2E))
    row.put("capital", bytes.first.map { $0.isASCIICapital || $0 >= 0x80 } ?? false)
    row.put("is-site", Float(group.siteLikeness))
    row.put("given-name", group.opensWithGivenName)
    row.put("given-names", words.count { GivenNames.contains($0) }, upTo: 3)
    row.put("is-handle", isHandle(bytes))
    row.put("site-declared", isSiteDeclared)
    row.put("people-near", people.count { $0 != group.key }, upTo: 6)
    row.put("surname-in-headline", words.count > 1 && words.last.map(headline.contains) ?? false)
    row.put("in-headline", words.allSatisfy(headline.contains))
    row.put("other-contains", keys.contains { AuthorCandidates.holds($0, group.key) })
    row.put("contains-other", keys.contains { AuthorCandidates.holds(group.key, $0) })
  }

  /// One word as accounts are called: small letters, digits, dots, or a capital within.
  private func isHandle(_ name: [UInt8]) -> Bool {
    guard !name.contains(0x20), let first = name.first, first < 0x80 else { return false }
    let hasSign = name.contains { $0 == 0x2E || $0 == 0x5F || $0 == 0x2D || $0.isASCIIDigit }
    return hasSign || first.isASCIISmall || name.dropFirst().contains { $0.isASCIICapital }
  }

  private func writePlace(_ group: AuthorCandidates.Group, _ found: [Int], _ row: inout FieldRow) {
    var prose = 0
    var short = 0
    var nearest = 99
    var nearestBlock: Int?
    var fromEnd = 99
    for block in found {
      let m = page.document.storage.rows[block].measures
      if m.flags.contains(.prose), m.words > 25 {
        prose += 1
        continue
      }
      short += 1
      if abs(block - headlineBlock) < abs(nearest) {
        nearest = block - headlineBlock
        nearestBlock = block
      }
      fromEnd = min(fromEnd, abs(block - page.proseEnd))
    }
    row.put("visible", !found.isEmpty)
    row.put("in-prose", prose, upTo: 6)
    row.put("in-short", short, upTo: 8)
    row.put("first-block", found.first.map { Float(max(-40, min(99, $0 - headlineBlock))) } ?? 120)
    row.put("nearest", Float(max(-60, min(99, nearest))))
    row.put("from-end", Float(min(fromEnd, 99)))
    let own = group.places.compactMap(\.block)
    let place = own.min { abs($0 - headlineBlock) < abs($1 - headlineBlock) }
    row.put("place", place.map { Float(max(-60, min(99, $0 - headlineBlock))) } ?? 120)
    row.put("place-from-prose", place.map { Float(max(-60, min(99, $0 - (page.proseStart ?? 0)))) } ?? 120)
    row.put("place-from-body", place.map { Float(max(-60, min(99, $0 - page.bodyStart))) } ?? 120)
    row.put("place-from-body-end", place.map { Float(max(-60, min(60, $0 - page.bodyEnd))) } ?? 120)
    let known = nearestBlock ?? place
    row.put("order", known.map { order($0, group.key) } ?? -1)
    writeBlock(known, &row)
  }

  /// How many other names in byline-like places stand between the headline and this one.
  private func order(_ block: Int, _ key: String) -> Float {
    var count = 0
    for group in candidates.groups where group.key != key {
      let isBetween = group.places.contains { place in
        guard let other = place.block, place.source.rawValue >= AuthorCandidates.Source.relation.rawValue
        else {
          return false
        }
        return other > headlineBlock && other < block
      }
      if isBetween { count += 1 }
    }
    return Float(min(count, 10))
  }

  private func writeBlock(_ block: Int?, _ row: inout FieldRow) {
    guard let block, page.document.indices.contains(block) else {
      for name in Self.blockColumns { row.put(name, -1) }
      return
    }
    let view = page.document[block]
    let marks = view.marks
    row.put("block-words", view.words, upTo: 40)
    row.put("byline-token", marks.contains(.bylineToken))
    row.put("bio-token", marks.contains(.authorBioToken))
    row.put("elsewhere", !marks.isDisjoint(with: FieldPage.elsewhere))
    row.put("aside", !marks.isDisjoint(with: [.aside, .sidebarToken]))
    row.put("teaser", !marks.isDisjoint(with: [.teaserToken, .relatedToken, .postToken]))
    row.put("comments", marks.contains(.commentsToken))
    row.put("caption", !marks.isDisjoint(with: [.figure, .figcaption, .captionToken, .creditToken]))
    row.put("byline-word", Float(view.hits.contains { $0.section == .byline } ? 1 : 0))
    row.put("byline-start", view.hit(.byline, .start) != nil || view.hit(.byline, .whole) != nil)
    row.put("role-word", view.hit(.role) != nil)
    row.put("whole-phrase", view.hits.contains { $0.anchor == .whole && $0.section != .byline })
    row.put("agency-word", view.hit(.agency) != nil)
    row.put("credit-word", view.hit(.credit) != nil)
    row.put("block-date", view.flags.contains(.hasDate))
    row.put("heading", Float(view.kind == .heading ? view.level : 0))
    row.put("block-links", view.linkDensity ?? -1)
    row.put("copies", Int(view.measures.copies), upTo: 6)
    let role = page.roles[block]
    row.put("role-byline", role == .byline)
    row.put("role-bio", role == .authorBio)
    row.put("role-boilerplate", role.isBoilerplate)
    row.put("role-body", role.isBody)
    let before = block - 1
    let after = block + 1
    row.put("marker-before", page.document.indices.contains(before) && isMarker(before))
    row.put("date-before", isDate(before) || isDate(before - 1))
    row.put("date-after", isDate(after) || isDate(after + 1))
  }

  private static let blockColumns: [StaticString] = [
    "block-words", "byline-token", "bio-token", "elsewhere", "aside", "teaser", "comments", "caption",
    "byline-word", "byline-start", "role-word", "whole-phrase", "agency-word", "credit-word", "block-date",
    "heading",
    "block-links", "copies", "role-byline", "role-bio", "role-boilerplate", "role-body", "marker-before",
    "date-before", "date-after",
  ]

  private func isMarker(_ block: Int) -> Bool {
    page.document[block].hits.contains { $0.section == .byline } && page.document[block].words <= 4
  }

  private func isDate(_ block: Int) -> Bool {
    page.document.indices.contains(block)
      && page.document.storage.rows[block].measures.flags.contains(.dateOnly)
  }
}
