import WinnowCore

/// Chooses the authors: the most reliable source whose names stand in the text.
struct AuthorPicking {
  /// Names and where they stand.
  struct Choice: Equatable {
    /// People, in order.
    let names: [String]
    /// Where they stand.
    let origin: String
  }

  private struct Group {
    var rank: Int
    var origin: String
    var names: [String] = []
    var isText = false
  }

  private let names: NameCleaning
  private let siteNames: [String]
  private let headlineBlock: Int?

  /// What is known of the page.
  init(names: NameCleaning, siteNames: [String], headlineBlock: Int?) {
    self.names = names
    self.siteNames = siteNames
    self.headlineBlock = headlineBlock
  }

  /// A source that names more people than this lists other articles' authors.
  private static let maximumNames = 12
  private static let maximumLinks = 5
  /// Where, in blocks around the headline, links and microdata speak of this article.
  private static let nearby = -6...25

  /// The authors; nil if nobody is named.
  func pick(_ candidates: [FieldCandidate], isVisible: (String) -> Bool) -> Choice? {
    let groups = groups(candidates)
    var best: (group: Group, tier: Int)?
    var visible: [Group] = []
    for group in groups {
      guard let tier = tier(group, isVisible) else { continue }
      if tier == 0 { visible.append(group) }
      if best.map({ tier < $0.tier }) ?? true { best = (group, tier) }
    }
    guard let best else { return nil }
    // JSON-LD often has the first author only; a source that has all of them and more is complete. Text is
    // not taken for that: people who edited or are written about stand beside the author.
    let chosen = best.tier == 0 ? fuller(than: best.group, among: visible) : best.group
    return Choice(names: chosen.names, origin: chosen.origin)
  }

  private func fuller(than group: Group, among groups: [Group]) -> Group {
    let keys = Set(group.names.map(FieldText.key))
    let fuller = groups.first {
      !$0.isText && $0.rank <= Rank.relation && $0.names.count > keys.count && $0.names.count <= 8
        && keys.isSubset(of: $0.names.map(FieldText.key))
    }
    return fuller ?? group
  }

  /// 0: people whose names can be read on the page; 1: other names that can; 2: hidden people.
  private func tier(_ group: Group, _ isVisible: (String) -> Bool) -> Int? {
    let people = group.names.allSatisfy(names.looksLikePerson)
    let seen = group.isText ? group.names.count : group.names.filter(isVisible).count
    if seen * 2 >= group.names.count, seen > 0 { return people ? 0 : 1 }
    return people ? 2 : nil
  }

  // MARK: Groups

  /// Sources by how often they are right, measured on pages with known authors.
  private enum Rank {
    static let person = 0
    static let string = 1
    static let analytics = 2
    static let card = 3
    static let metaAuthor = 4
    static let articleAuthor = 5
    static let text = 6
    static let relation = 7
    static let microdata = 8
    static let link = 9
    static let page = 10
    static let other = 11
  }

  private func groups(_ candidates: [FieldCandidate]) -> [Group] {
    var groups: [Group] = []
    // Pages that list articles can have thousands.
    let shown = candidates.filter(\.isText).prefix(50)
    for candidate in candidates.filter({ !$0.isText }).prefix(300) + shown {
      guard let rank = rank(candidate), isNear(candidate, rank) else { continue }
      let found = people(candidate, rank)
      guard !found.isEmpty else { continue }
      // Each piece of text is a byline of its own; values of one property belong together.
      if rank != Rank.text,
        let index = groups.firstIndex(where: {
          $0.rank == rank && $0.origin == candidate.origin.name
        })
      {
        groups[index].names += found
      } else {
        groups.append(
          Group(rank: rank, origin: candidate.origin.name, names: found, isText: rank == Rank.text))
      }
    }
    for index in groups.indices {
      var found = NameCleaning.unique(groups[index].names)
      // Desks and sites stand beside people in properties that have no type.
      let named = found.filter(names.looksLikePerson)
      if !named.isEmpty, groups[index].rank != Rank.person { found = named }
      groups[index].names = found
    }
    let kept = groups.filter { group in
      let isLink = group.rank == Rank.relation || group.rank == Rank.link || group.rank == Rank.microdata
      return group.names.count <= (isLink ? Self.maximumLinks : Self.maximumNames)
    }
    return kept.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .map(\.element)
  }

  private func people(_ candidate: FieldCandidate, _ rank: Int) -> [String] {
    // A person's own site has the person's name.
    let sites = rank == Rank.person ? [] : siteNames
    let declared = rank != Rank.text && rank != Rank.card && rank != Rank.link
    let name = candidate.origin.name
    return names.names(
      in: candidate.value, siteNames: sites, declared: declared,
      inverted: name.hasPrefix("meta:citation_") || name.hasPrefix("meta:dc"))
  }

  private func isNear(_ candidate: FieldCandidate, _ rank: Int) -> Bool {
    guard rank == Rank.relation || rank == Rank.link || rank == Rank.microdata else { return true }
    guard let headlineBlock, let block = candidate.block else { return true }
    return Self.nearby.contains(block - headlineBlock)
  }

  /// Types beside the organisations that are no person.
  private static let bodies: Set<String> = ["Corporation", "WebSite", "WebPage", "LocalBusiness", "Brand"]

  /// The order of sources by how often they are right once cleaned; nil for what is never a person.
  private func rank(_ candidate: FieldCandidate) -> Int? {
    if let type = candidate.type, type.hasSuffix("Organization") || Self.bodies.contains(type) { return nil }
    let name = candidate.origin.name
    if candidate.isText { return Rank.text }
    if name.hasPrefix("meta:twitter:data") { return Rank.card }
    switch name {
    case "json-ld": return candidate.type == "Person" ? Rank.person : Rank.string
    case "meta:parsely-author", "meta:sailthru.author", "meta:cxenseparse:author", "meta:citation_author":
      return Rank.analytics
    case "meta:article:author", "meta:og:article:author", "meta:book:author": return Rank.articleAuthor
    // Mostly the site's account.
    case "meta:twitter:creator": return nil
    case "rel-author": return Rank.relation
    case "microdata", "rdfa": return Rank.microdata
    case "link:author": return Rank.link
    case "json-ld:page": return Rank.page
    case "json-ld:other": return Rank.other
    default: return name.hasPrefix("meta:") ? Rank.metaAuthor : Rank.other
    }
  }
}
