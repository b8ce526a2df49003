import WinnowCore
import WinnowStages
import WinnowText

/// Chooses the authors among the names that head and page give, by a learned table: each name for itself.
struct AuthorPicking {
  /// Names and where they stand.
  struct Choice: Equatable {
    /// People, in order.
    let names: [String]
    /// Where they stand.
    let origin: String
  }

  let candidates: AuthorCandidates
  let rows: [FieldRow]
  /// Whether a site rule says where the names are taken from: then all of them are taken.
  private let isRuled: Bool
  /// Whether each name is somebody's for certain not.
  private let isNobody: [Bool]

  init(
    _ page: FieldPage, declared: [FieldCandidate], names: NameCleaning, headline: HeadlinePicking.Choice?,
    source: FieldSource? = nil
  ) {
    var candidates = AuthorCandidates(page, declared: declared, names: names, headline: headline?.block)
    if let source { candidates.keep(only: source) }
    isRuled = source != nil
    self.candidates = candidates
    rows = AuthorFeatures(page, candidates, names: names, headline: headline).rows()
    // What credits a source was written there, not at the site.
    let isCredited = page.roles.contains(.source)
    isNobody = zip(candidates.groups, rows).map { group, row in
      Self.isNobody(group, isIntroduced: row.values[Self.introduced] > 0 && !isCredited, on: page)
    }
  }

  /// The authors; nil if nobody is likely enough.
  func pick(_ ranker: FieldRanker?) -> Choice? {
    guard !candidates.groups.isEmpty else { return nil }
    var probabilities = withoutRoles(ranker?.probabilities(rows) ?? rows.map { _ in 0 })
    if candidates.page.hasMarkup { probabilities = preferringLong(probabilities) }
    var chosen = choose(probabilities, from: isRuled ? 0 : ranker?.threshold ?? 0.5)
    if chosen.isEmpty { chosen = signed(probabilities) }
    if let people = peopleOfTheSite(chosen) ?? signedPeople(chosen) { chosen = people }
    if !candidates.page.hasMarkup { chosen = withoutDesks(chosen) }
    guard let best = chosen.max(by: { probabilities[$0] < probabilities[$1] }) else { return signature() }
    // The order of the list that holds most of them.
    var counts: [Int: Int] = [:]
    for index in chosen {
      for list in Set(candidates.groups[index].places.map(\.list)) { counts[list, default: 0] += 1 }
    }
    let list = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    func position(_ index: Int) -> Int {
      candidates.groups[index].places.first { $0.list == list }?.position ?? 1_000 + index
    }
    let names = chosen.sorted { position($0) < position($1) }.map { candidates.groups[$0].name }
    let origin = candidates.groups[best].places.min { $0.source.rawValue < $1.source.rawValue }?.origin
    return Choice(names: NameCleaning.unique(names), origin: origin ?? "text")
  }

  /// The site's account publishes what others wrote: where a byline near the headline holds nothing but names of
  /// people, these.
  private func peopleOfTheSite(_ chosen: [Int]) -> [Int]? {
    let page = candidates.page
    guard page.hasMarkup, !isRuled, chosen.contains(where: { candidates.groups[$0].isSite }) else {
      return nil
    }
    var lines: [Int: [Int]] = [:]
    for (index, group) in candidates.groups.enumerated() where !isNobody[index] {
      for place in group.places where place.source == .byline && !place.isRelaxed {
        guard let block = place.block, page.document[block].hit(.byline) == nil else { continue }
        lines[block, default: []].append(index)
      }
    }
    let lists = lines.filter { block, people in
      people.count > 1 && Set(people).isSuperset(of: chosen.filter { !candidates.groups[$0].isSite })
        && people.allSatisfy { FieldWords.names.looksLikePerson(candidates.groups[$0].name) }
        && people.reduce(0) { $0 + candidates.groups[$1].words.count }
          == page.document[block].wordHashes.count
    }
    return lists.min { $0.key < $1.key }?.value
  }

  /// Desks and agencies publish what others wrote: "By Ann Smith" on a line of its own names the author where the page
  /// declares only a house.
  private func signedPeople(_ chosen: [Int]) -> [Int]? {
    let page = candidates.page
    guard page.hasMarkup, !isRuled, chosen.contains(where: { isHouse(candidates.groups[$0]) }) else {
      return nil
    }
    var lines: [Int: [Int]] = [:]
    for (index, group) in candidates.groups.enumerated() where !isNobody[index] && !isHouse(group) {
      for place in group.places where place.source == .byline && !place.isRelaxed && !place.isWhole {
        guard let block = place.block, isSignature(block) else { continue }
        lines[block, default: []].append(index)
      }
    }
    guard let signed = lines.min(by: { $0.key < $1.key })?.value else { return nil }
    let houses = chosen.map { candidates.groups[$0] }.filter(isHouse)
    // "By The Harbour editors" names the desk, and not "The Harbour".
    let isPart = signed.contains { index in
      houses.contains { AuthorCandidates.overlap($0.key, candidates.groups[index].key) }
    }
    return !isPart && houses.count + signed.count(where: chosen.contains) == chosen.count ? signed : nil
  }

  /// "NEWSROOM" and "harbour.example" beside a person in flat text: a desk and an address, where a person wrote.
  private func withoutDesks(_ chosen: [Int]) -> [Int] {
    guard chosen.count > 1 else { return chosen }
    let people = chosen.filter { index in
      let group = candidates.groups[index]
      return group.words.count > 1 && FieldWords.names.looksLikePerson(group.name) && !isHouse(group)
    }
    guard !people.isEmpty else { return chosen }
    return chosen.filter { index in
      let group = candidates.groups[index]
      return !HostName.isHost(group.name, endings: 2...4)
        && !(group.words.count == 1 && FieldWords.names.holdsRole(group.name))
    }
  }

  /// Words of a line that says who wrote the article, and nothing more.
  private static let longestSignature = 8

  /// Whether a line beside the headline or at the edges of the body opens with a byline's word.
  private func isSignature(_ block: Int) -> Bool {
    let page = candidates.page
    let view = page.document[block]
    let isNear =
      block > candidates.head - Self.headLines && block < candidates.head + Self.headLines
      || abs(block - page.bodyStart) <= 3 || abs(block - page.bodyEnd) <= 2
    if isNear, view.words <= Self.longestSignature, view.hit(.byline, .start) != nil {
      return page.roles[block] == .byline
    }
    return isNamedBehindMarker(block)
  }

  /// Blocks below the text in which "Author:" and a name on the next line still are its own: buttons, topics.
  private static let signatureReach = 8

  /// "Author:" on a line of its own, and the name on the next.
  private func isNamedBehindMarker(_ block: Int) -> Bool {
    let page = candidates.page
    guard block > 0, block > candidates.head, block <= page.bodyEnd + Self.signatureReach,
      page.roles[block] == .byline, page.roles[block - 1] == .byline,
      page.document[block].words <= Self.longestSignature
    else { return false }
    let marker = page.document[block - 1]
    return marker.words <= 3 && marker.utf8.last == 0x3A && marker.hit(.byline) != nil
  }

  /// Whether a name is the site's, a desk's or an agency's.
  private func isHouse(_ group: AuthorCandidates.Group) -> Bool {
    group.isSite || AgencyCredit.isAgency(group.name) || HostName.isHost(group.name, endings: 2...4)
      || !group.opensWithGivenName && FieldWords.names.holdsRole(group.name)
  }

  /// A name in bold alone below the text, as Vietnamese papers have it, if nobody else is likely: the table saw few.
  private func signature() -> Choice? {
    let page = candidates.page
    guard page.hasMarkup, !isRuled, let last = page.roles.lastIndex(where: \.isBody) else { return nil }
    let block = page.document[last]
    guard (2...4).contains(block.words), block.kind == .paragraph,
      block.measures.boldCharacters * 10 >= block.measures.characters * 8,
      let index = candidates.groups.indices.first(where: { index in
        candidates.groups[index].places.contains { $0.block == last }
          && candidates.groups[index].words.elementsEqual(block.wordHashes)
      }), !isNobody[index],
      block.flags.contains(.allCapitals) || candidates.groups[index].opensWithGivenName,
      FieldWords.names.looksLikePerson(candidates.groups[index].name)
    else { return nil }
    return Choice(names: [candidates.groups[index].name], origin: page.origin(last))
  }

  /// What a further name must reach: some share of the first one's probability, and a probability of its own. Less
  /// is asked of what stands in one list with the first: co-authors come together.
  private static let further: (share: Float, least: Float) = (0.5, 0.55)
  private static let listed: (share: Float, least: Float) = (0.4, 0.35)
  /// The same for a person's name in one byline with the first, if that is an author for certain: to name one author of
  /// a byline and leave out the next is to be wrong about the byline.
  private static let signedWith: (first: Float, least: Float) = (0.35, 0.15)
  /// What the site's own name must reach in flat text that no byline says it in and that credits no source.
  private static let site: Float = 0.7
  /// The same for a name in one list with the first in flat text that opens with a given name.
  private static let beside: (share: Float, least: Float) = (0.3, 0.25)

  /// What is asked of a name that a byline's word introduces in the head of flat text, where nobody is likely: less in
  /// scripts of which the table saw few.
  private static let introducedLeast: (latin: Float, other: Float) = (0.1, 0.01)

  /// "By Ann Smith" on a line of its own between flat text's headline and body.
  private func signed(_ probabilities: [Float]) -> [Int] {
    let page = candidates.page
    guard !page.hasMarkup else { return [] }
    let best = candidates.groups.indices.filter { index in
      let group = candidates.groups[index]
      let isLatin = (group.name.utf8.first ?? 0) < 0xCC
      return !isNobody[index] && group.siteLikeness == 0 && (!isLatin || group.opensWithGivenName)
        && (isLatin
          ? probabilities[index] >= Self.introducedLeast.latin
            && group.places.contains(where: isIntroducedInHead)
          : probabilities[index] >= Self.introducedLeast.other
            && group.places.contains {
              isIntroducedInHead($0) || isDatedInHead($0, group.name) || isLabelled($0)
            })
    }.max { (probabilities[$0], -$0) < (probabilities[$1], -$1) }
    return best.map { [$0] } ?? []
  }

  /// "Author: Ann Smith", wherever it stands from the headline to a little below the text: a label with a colon says
  /// more than a preposition.
  private func isLabelled(_ place: AuthorCandidates.Place) -> Bool {
    guard let block = place.block, !place.isRelaxed, place.position == 0, block > candidates.head,
      block <= (candidates.page.roles.lastIndex(where: \.isBody) ?? 0) + Self.linesBelow
    else { return false }
    let view = candidates.page.document[block]
    return view.words <= 12
      && view.hits.contains { hit in
        guard hit.section == .byline, hit.opensBlock else { return false }
        let around = view.utf8.dropFirst(max(0, hit.range.upperBound - 1)).prefix(3)
        return hit.range.count < view.utf8.count && around.contains(0x3A)
      }
  }

  private static let linesBelow = 6

  private func isIntroducedInHead(_ place: AuthorCandidates.Place) -> Bool {
    guard let block = place.block, !place.isRelaxed, place.source == .byline, block > candidates.head,
      block < candidates.head + Self.headLines
    else { return false }
    let view = candidates.page.document[block]
    return view.hits.contains {
      $0.section == .byline
        && ($0.opensBlock && view.words <= 30 || view.words <= 4 && $0.range.upperBound >= view.utf8.count)
    }
  }

  /// "Ann Smith \u{2014} Friday, 3 May 2024" in a script of which the table saw few.
  private func isDatedInHead(_ place: AuthorCandidates.Place, _ name: String) -> Bool {
    guard let block = place.block, !place.isRelaxed, place.position == 0, block > candidates.head,
      block < candidates.head + Self.headLines / 2
    else { return false }
    let view = candidates.page.document[block]
    return view.words <= 12 && view.flags.contains(.hasDate) && candidates.page.roles[block] != .credit
      && view.utf8.starts(with: name.utf8)
  }

  /// Blocks from the headline to the byline: dek, date, buttons.
  private static let headLines = 12

  /// The column that says how often a byline's word stands before the name.
  private static let introduced = AuthorFeatures.names.firstIndex(of: "introduced") ?? 0

  /// Whether a name is a label ("Log in"), or the site's.
  private static func isNobody(
    _ group: AuthorCandidates.Group, isIntroduced: Bool, on page: FieldPage
  ) -> Bool {
    // Flat text declares no one: what bears the site's name there is the site, unless a byline says it, "By Blue
    // Harbour". On other pages a site's name that stands nowhere else has the shape of a person's by chance. Unless
    // somebody is called so.
    let isSite =
      page.hasMarkup
      ? group.places.allSatisfy { $0.source == .site } : group.siteLikeness == 2 && !isIntroduced
    if isSite, !group.opensWithGivenName { return true }
    return group.places.allSatisfy { place in
      guard let block = place.block else { return false }
      return page.document[block].hits.contains { $0.anchor == .whole && !names.contains($0.section) }
    }
  }

  /// "홍길동 기자": where no capitals part name and role, the shorter name is the person's.
  private func withoutRoles(_ probabilities: [Float]) -> [Float] {
    var result = probabilities
    for (long, group) in candidates.groups.enumerated()
    where (group.name.utf8.first ?? 0) >= 0xD6 && group.places.allSatisfy(\.isWhole) {
      for (short, other) in candidates.groups.enumerated()
      where other.key != group.key && group.key.hasPrefix(other.key + " ") {
        result[short] = max(result[short], result[long])
        result[long] = 0
      }
    }
    return result
  }

  /// "Blue Harbour Editorial Team" is not Blue Harbour, and 12 Oak Studio not Oak Studio: of two forms of a name the
  /// longer, if it is half as likely, for what shortens names takes parts of desks and firms for roles and dates. What
  /// opens with a common given name stays as short as it was cut. Not for flat text, whose longer forms run on.
  private func preferringLong(_ probabilities: [Float]) -> [Float] {
    var result = probabilities
    let order = probabilities.indices.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
    for index in order where result[index] > 0 {
      let group = candidates.groups[index]
      guard group.words.count == 1 || !group.opensWithGivenName else { continue }
      let long = order.first { other in
        let longer = candidates.groups[other]
        return result[other] >= result[index] / 2 && AuthorCandidates.holds(longer.key, group.key)
          && !Self.endsSmall(longer.name)
          && !(longer.key.hasSuffix(group.key) && FieldWords.names.opensWithPrefix(longer.name))
      }
      guard let long else { continue }
      result[long] = max(result[long], result[index])
      result[index] = 0
    }
    return result
  }

  /// "Ann Smith on": what follows a name came with it.
  private static func endsSmall(_ name: String) -> Bool {
    name.unicodeScalars.split(separator: " ").last?.first.map(FieldText.isSmall) ?? false
  }

  /// Sections whose phrases stand where names do.
  private static let names: Set<PhraseSection> = [.byline, .role, .agency]

  /// The likeliest name, then those that are likely beside it and no form of one that is in already.
  private func choose(_ probabilities: [Float], from threshold: Float) -> [Int] {
    // What credits a source was written there.
    let asksSite = !candidates.page.hasMarkup && !candidates.page.roles.contains(.source)
    let open = probabilities.indices.filter { index in
      isRuled || !isNobody[index]
        || asksSite && candidates.groups[index].isSite && probabilities[index] >= Self.site
    }
    let order = open.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
    let likely = order.prefix { probabilities[$0] >= threshold }
    // What the page types as an organisation is an author only if it is the likeliest and no person is likely.
    var people = isRuled ? Array(likely) : order.filter { !candidates.groups[$0].isOrganization }
    // "Ann Smith, The Daily Courier": of the site's own name, as the page declares it, beside others nobody asks.
    let others = people.filter { !candidates.groups[$0].isSite }
    let isOther = others.first.map { probabilities[$0] >= threshold } ?? false
    if !isRuled, candidates.page.hasMarkup, isOther { people = others }
    guard let first = people.first, probabilities[first] >= threshold else {
      return likely.first.map { [$0] } ?? []
    }
    var chosen = [first]
    for index in people.dropFirst() {
      guard isRuled || isFurther(index, beside: first, probabilities, from: threshold) else { continue }
      let key = candidates.groups[index].key
      let isForm = chosen.contains { other in
        let known = candidates.groups[other].key
        return AuthorCandidates.overlap(known, key)
          || !candidates.page.hasMarkup && AuthorCandidates.isGlued(known, key)
      }
      if !isForm { chosen.append(index) }
    }
    return chosen.sorted()
  }

  /// Whether a name is an author beside the likeliest one.
  private func isFurther(
    _ index: Int, beside first: Int, _ probabilities: [Float], from threshold: Float
  ) -> Bool {
    let own = probabilities[index]
    let shared = candidates.groups[index].places.filter { place in
      candidates.groups[first].places.contains { $0.list == place.list }
    }
    if probabilities[first] >= Self.signedWith.first, own >= Self.signedWith.least,
      shared.contains(where: {
        ($0.source == .byline || $0.source == .marked) && !$0.isRelaxed
          && (candidates.page.hasMarkup || isIntroducedInHead($0) && isShort($0.list))
      }), isPersonForCertain(candidates.groups[index])
    {
      return true
    }
    let isBeside =
      !shared.isEmpty && !candidates.page.hasMarkup && candidates.groups[index].opensWithGivenName
    let asked = isBeside ? Self.beside : shared.isEmpty ? Self.further : Self.listed
    return own >= threshold && own >= max(asked.least, probabilities[first] * asked.share)
  }

  /// Whether a list holds no more names than a byline: longer ones also have roles among them.
  private func isShort(_ list: Int) -> Bool {
    candidates.groups.count { $0.places.contains { $0.list == list } } <= Self.mostInByline
  }

  private static let mostInByline = 4

  /// Where a script has no capitals, any two words have the shape of a name: the place behind "/".
  private func isPersonForCertain(_ group: AuthorCandidates.Group) -> Bool {
    let hasCapitals = group.name.unicodeScalars.contains(where: FieldText.isCapital)
    return (hasCapitals || group.opensWithGivenName) && FieldWords.names.looksLikePerson(group.name)
  }
}
