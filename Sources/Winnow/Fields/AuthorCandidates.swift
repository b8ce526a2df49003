import WinnowCore
import WinnowStages
import WinnowText

/// Names that may be the authors', each with all places that say it.
struct AuthorCandidates {
  private(set) var groups: [Group] = []
  /// Names in each list.
  private(set) var lists: [Int] = []
  private var index: [String: Int] = [:]
  private var organizations: Set<String> = []
  private let names: NameCleaning
  let page: FieldPage
  /// Where the article's head is.
  let head: Int

  private static let mostDeclared = 120
  private static let mostBlocks = 36
  private static let mostLines = 60
  private static let mostNames = 60

  /// The names that `declared` and the page's blocks say; `headline` is the block that shows the headline.
  init(_ page: FieldPage, declared: [FieldCandidate], names: NameCleaning, headline: Int? = nil) {
    self.page = page
    self.names = names
    head = headline ?? page.anchor
    addDeclared(declared)
    addSites()
    addBlocks()
  }

  /// Leaves only what a site rule names as the field's source.
  mutating func keep(only source: FieldSource) {
    let chosen = source.chosen(among: groups.flatMap { $0.places.map(\.origin) })
    for group in groups.indices { groups[group].places.removeAll { !chosen.contains($0.origin) } }
    groups.removeAll { $0.places.isEmpty }
  }

  // MARK: Declared

  private mutating func addDeclared(_ declared: [FieldCandidate]) {
    // Organisations by type are nobody, whatever other properties repeat them, unless one says they are a person.
    var people: Set<String> = []
    for candidate in declared.prefix(Self.mostDeclared) {
      switch Self.source(candidate) {
      case .organization: organizations.insert(Self.key(candidate.value))
      case .person: people.insert(Self.key(candidate.value))
      default: break
      }
    }
    organizations.subtract(people)
    // Values of one property belong together.
    var open: [String: (list: Int, position: Int)] = [:]
    for candidate in declared.prefix(Self.mostDeclared) {
      guard var source = Self.source(candidate), source != .organization else { continue }
      // "Written by Ann Smith, who …; Bob Jones, who …": links to authors in a block that a byline's word opens.
      let signed = source == .link ? candidate.block.flatMap { isSigned($0) ? $0 : nil } : nil
      if signed != nil { source = .byline }
      let origin = candidate.origin.name
      let isInverted = origin.hasPrefix("meta:citation_") || origin.hasPrefix("meta:dc")
      let value = withoutSite(candidate.value)
      let named = names.names(
        in: value, declared: source != .card && origin != "link:author", inverted: isInverted)
      let found = withoutPartsOfSite(Self.withoutOutlets(named, in: value), of: value)
      let whole = whole(value, source, besides: found)
      guard !found.isEmpty || whole != nil else { continue }
      let removed = max(
        0, FieldText.words(value).count - (found.first.map(FieldText.words)?.count ?? 0))
      let key =
        signed.map { "\(origin) \($0)" }
        ?? (source == .link || source == .relation ? "\(origin) \(lists.count)" : origin)
      var (list, position) = open[key] ?? (lists.count, 0)
      if list == lists.count { lists.append(0) }
      func place(isWhole: Bool) -> Place {
        Place(
          source: source, origin: origin, block: candidate.block, list: list, position: position,
          isRelaxed: isWhole, isWhole: isWhole, cut: whole == nil ? 0 : removed)
      }
      if let whole { add(whole, place(isWhole: true)) }
      for name in found {
        add(name, place(isWhole: false))
        position += 1
      }
      lists[list] = max(1, position)
      open[key] = (list, position)
    }
    for (group, known) in groups.enumerated() where organizations.contains(known.key) {
      groups[group].isOrganization = true
    }
  }

  private func isSigned(_ block: Int) -> Bool { page.document[block].hit(.byline, .start) != nil }

  /// The value as it stands if cleaning took something off that may be a part of the name.
  private func whole(_ value: String, _ source: Source, besides found: [String]) -> String? {
    guard source != .card, source != .link, found.count < 2, value.utf8.count <= 60 else { return nil }
    let name = names.withoutLabel(FieldText.folded(value))
    if let person = found.first, names.isOutlet(name, behind: person) { return nil }
    if name.utf8.contains(where: { ",;:|@/\\<>=".utf8.contains($0) }) { return nil }
    let key = FieldText.words(name)
    guard (1...6).contains(key.count), !Self.isSaid(key, by: found) else { return nil }
    return name
  }

  /// Whether the words are one of the names, or "Updated by", "Contributions from" and the only one.
  private static func isSaid(_ words: [String], by names: [String]) -> Bool {
    let known = names.map(FieldText.words)
    if known.contains(words) { return true }
    guard known.count == 1, words.count >= known[0].count + 2, words.suffix(known[0].count) == known[0][...]
    else { return false }
    return NameHelpers.isNamed(in: Array(words[0].utf8))
  }

  private static let bodies: Set<String> = ["Corporation", "WebSite", "WebPage", "LocalBusiness", "Brand"]

  private static func source(_ candidate: FieldCandidate) -> Source? {
    if let type = candidate.type, type.hasSuffix("Organization") || bodies.contains(type) {
      return .organization
    }
    let origin = candidate.origin.name
    if origin.hasPrefix("meta:twitter:data") { return .card }
    switch origin {
    case "json-ld": return candidate.type == "Person" ? .person : .string
    case "json-ld:page": return .page
    case "meta:parsely-author", "meta:sailthru.author", "meta:cxenseparse:author": return .analytics
    case "meta:article:author", "meta:og:article:author", "meta:book:author": return .articleAuthor
    case "meta:citation_author", "meta:dc.creator", "meta:dcterms.creator", "meta:dc.creator.name":
      return .library
    // Mostly the site's account.
    case "meta:twitter:creator": return nil
    case "rel-author": return .relation
    case "microdata", "rdfa", "microformat": return .microdata
    case "link:author": return .link
    default: return origin.hasPrefix("meta:") ? .meta : .other
    }
  }

  /// People's own sites bear their names.
  private mutating func addSites() {
    for name in page.siteNames.prefix(6) where names.looksLikePerson(name) {
      let list = lists.count
      lists.append(1)
      add(
        name,
        Place(source: .site, origin: "site", block: nil, list: list, position: 0, isRelaxed: false))
    }
  }

  // MARK: Visible

  /// The blocks around the head where what is not sure to be a byline may be one.
  private var near: Range<Int> { max(0, head - 12)..<min(page.document.count, max(0, head) + 40) }

  private mutating func addBlocks() {
    let rows = page.document.storage.rows
    var chosen: [(block: Int, source: Source)] = []
    let near = near
    for index in rows.indices {
      let m = rows[index].measures
      guard m.words >= 1, m.words <= 30 else { continue }
      if let source = source(of: index, m, near: near.contains(index)) { chosen.append((index, source)) }
    }
    // The nearest to the head first: pages that list articles name hundreds of people. Flat text does not tell where
    // the head is for certain, so there lines that say what they are come before those with the shape of a name.
    let most = page.hasMarkup ? Self.mostBlocks : Self.mostLines
    if chosen.count > most {
      func rank(_ source: Source) -> Int {
        source == .byline ? 0 : page.hasMarkup ? 1 : source == .marked ? 1 : source == .line ? 3 : 2
      }
      chosen.sort {
        (rank($0.source), abs($0.block - head), $0.block)
          < (rank($1.source), abs($1.block - head), $1.block)
      }
      chosen.removeSubrange(most...)
      chosen.sort { $0.block < $1.block }
    }
    var last: (block: Int, list: Int)?
    for (block, source) in chosen {
      let continued = last.flatMap { isContinued(block, source, from: $0.block) ? $0.list : nil }
      let list = addBlock(block, source, to: continued)
      if source == .byline, let list { last = (block, list) }
    }
  }

  /// Blocks between the names of one byline: portraits' initials and roles.
  private static let mostBetween = 3

  /// "Ann Smith" in a block and "Bob Jones" in the next are one byline's, if no other word introduces the second.
  private func isContinued(_ block: Int, _ source: Source, from last: Int) -> Bool {
    page.hasMarkup && source == .byline && block - last <= Self.mostBetween + 1
      && !page.document[block].hits.contains { $0.section == .byline || $0.opensBlock }
  }

  /// Adds the names in a block to a list, or to one of their own; gives the list, `nil` without a name.
  private mutating func addBlock(_ block: Int, _ source: Source, to continued: Int?) -> Int? {
    let view = page.document[block]
    guard var text = BylineText.names(in: view, language: page.document.language) else { return nil }
    if !page.hasMarkup, isOfPost(view) || isPlaceOrSection(text, view) { return nil }
    if source == .copyright { text = Self.holder(text) }
    text = withoutSite(owner(Self.undoubled(text), of: block))
    let isMarked = view.hit(.byline) != nil
    let isShort = view.words <= 4
    let cut = names.cut(text)
    var found = names.names(in: text, cut)
    let isRelaxed = found.isEmpty
    if found.isEmpty, isMarked || isShort && source.rawValue < Source.beside.rawValue {
      found = names.names(in: text, cut, declared: true)
    }
    if found.isEmpty, source == .byline || source == .token, let name = names.nameBeforeRole(in: text) {
      found = [name]
    }
    let language = page.document.language
    found.removeAll { Self.isMonth($0, language) }
    // "Updated Dec. 3": what the date leaves of its label.
    if view.measures.digits > 0 {
      found.removeAll { $0.split(separator: " ").last.map { Self.isMonth(String($0), language) } ?? false }
      found.removeAll { isOfDate($0, block) }
    }
    if !page.hasMarkup { found = found.flatMap(names.unglued).map(withoutNeighbour) }
    found = withoutTitles(Self.withoutPlaces(Self.withoutOutlets(found, in: text), in: text), in: text)
    found = withoutPartsOfSite(found, of: text)
    found.removeAll { Self.isLabel($0, in: view) }
    let isBare = isShort && near.contains(block) || isBesideDate(source, view.measures)
    var whole = Self.tellsWhole(source) || isBare ? names.undivided(text, cut) : nil
    if !page.hasMarkup { whole = whole.flatMap { wholeInFlatText($0, besides: found) } }
    let isNew =
      whole.map {
        !Self.isSaid(FieldText.words($0), by: found) && !Self.isMonth($0, language)
          && !Self.isLabel($0, in: view)
          && !(view.measures.digits > 0 && isOfDate($0, block))
      } ?? false
    guard !found.isEmpty || isNew else { return nil }
    let list = continued ?? lists.count
    let start = continued.map { lists[$0] } ?? 0
    if continued == nil { lists.append(max(1, found.count)) } else { lists[list] += found.count }
    if let whole, isNew {
      add(
        whole,
        Place(
          source: source, origin: page.origin(block), block: block, list: list, position: start,
          isRelaxed: true, isWhole: true))
    }
    for (position, name) in found.enumerated() {
      add(
        name,
        Place(
          source: source, origin: page.origin(block), block: block, list: list, position: start + position,
          isRelaxed: isRelaxed))
    }
    return list
  }

  /// "— Ann Smith (@annsmith) January 1, 2020": who signed an embedded post.
  private func isOfPost(_ view: Block) -> Bool {
    view.withUTF8 { text in
      (text.starts(with: [0xE2, 0x80, 0x94]) || text.starts(with: [0x2D]))
        && text.indices.dropLast().contains { text[$0] == 0x28 && text[$0 + 1] == 0x40 }
    }
  }

  /// "In Local News, News" above the day, where no byline's word stands: what a blog filed the article under.
  private func isPlaceOrSection(_ text: String, _ view: Block) -> Bool {
    view.hit(.byline) == nil && view.words <= 8 && names.opensWithTail(text)
  }

  /// "Ann Smith \u{2014} Blue Harbour": behind a dash stands where the author writes from, unless it opens with a given
  /// name.
  private static func withoutPlaces(_ names: [String], in text: String) -> [String] {
    // Most lines have no dash, and to search for strings in a string takes its time.
    guard names.count > 1, text.utf8.contains(where: { $0 == 0x2D || $0 == 0xE2 }),
      let first = text.firstRange(of: names[0]),
      let dash = [" \u{2014} ", " \u{2013} ", " - "].compactMap({
        text[first.upperBound...].firstRange(of: $0)
      }).first
    else { return names }
    let behind = text[dash.upperBound...]
    return names.enumerated().filter { index, name in
      index == 0 || !behind.contains(name) || GivenNames.open(name)
    }.map(\.element)
  }

  /// "ANN SMITH, LOCAL DEMOCRACY REPORTER": what stands before a role, behind the first name, belongs to the role,
  /// unless it opens with a given name.
  private func withoutTitles(_ found: [String], in text: String) -> [String] {
    guard found.count > 1 else { return found }
    let text = text.lowercased()
    return found.enumerated().filter { index, name in
      guard index > 0, !GivenNames.open(name), let place = text.firstRange(of: name.lowercased()),
        let next = text[place.upperBound...].split(separator: " ", maxSplits: 1).first,
        text[place.upperBound...].first == " "
      else { return true }
      return !names.holdsRole(String(next))
    }.map(\.element)
  }

  /// Sources whose text may name a desk or a firm: "Courier staff", "the Northwind team".
  private static func tellsWhole(_ source: Source) -> Bool {
    switch source {
    case .byline, .marked, .token, .beside: true
    default: false
    }
  }

  /// Whether a line of labels has one of authors.
  func tellsLabelledNames(_ text: String) -> Bool { names.tellsLabelledNames(text) }

  /// Whether a single word is a month's name: what is left of a date that was not understood.
  private static func isMonth(_ name: String, _ language: String?) -> Bool {
    guard !name.utf8.contains(0x20) else { return false }
    var date = "1 \(name) 2020"
    return date.withUTF8 { text in
      TextTools.dates.mentions(in: text, language: language, limit: 1).contains { $0.range == 0..<text.count }
    }
  }

  /// Whether a word beside a date is its label ("Uppdaterad") or the zone of its time ("MYT").
  private func isOfDate(_ name: String, _ block: Int) -> Bool {
    guard !name.utf8.contains(0x20) else { return opensAsDateLabel(name) }
    let isZone =
      page.roles[block] == .publicationDate && name.utf8.count <= 5
      && name.utf8.allSatisfy { $0.isASCIICapital }
    return isZone || TextTools.phrases.isPhrase(name, of: [.published, .updated])
  }

  /// "© 2025 Ann Smith. All rights reserved": what stands before the first stop that ends a sentence.
  private static func holder(_ notice: String) -> String {
    var words: [Substring] = []
    for word in notice.utf8.split(separator: 0x20).map({ Substring($0) }) {
      let hasLetter = word.unicodeScalars.contains(where: FieldText.isLetter)
      if words.isEmpty, !hasLetter || word.lowercased() == "copyright" { continue }
      words.append(word)
      if word.utf8.last == 0x2E, word.utf8.count > 3 { break }
    }
    return words.joined(separator: " ")
  }

  private mutating func add(_ name: String, _ place: Place) {
    let key = Self.key(name)
    // Organisations are nobody on the page; what some property calls an author is looked at more closely, and so is
    // what a byline names.
    let isOrganization = place.block != nil && organizations.contains(key)
    guard !key.isEmpty,
      !isOrganization || index[key] != nil || place.source == .marked || place.source == .byline
    else { return }
    if let known = index[key] {
      groups[known].places.append(place)
    } else if groups.count < Self.mostNames {
      index[key] = groups.count
      groups.append(Group(name: name, key: key, places: [place], on: page))
      groups[groups.count - 1].isOrganization = isOrganization
    }
  }
}
