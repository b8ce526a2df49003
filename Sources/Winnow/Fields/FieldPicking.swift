import WinnowCore

/// Chooses among the candidates of a page by fixed chains of sources, most reliable first.
///
/// Candidates with origin `text:…` are visible text that the caller found; all others are what the head
/// and the markup declare.
package struct FieldPicking: Sendable {
  /// A date as some parser read it: ISO 8601 text, its calendar day `YYYY-MM-DD`, and whether it has a
  /// time of day.
  package typealias ParsedDate = (iso: String, day: String, hasTime: Bool)

  private let names: NameCleaning

  /// A picker that cleans names with `names`.
  package init(names: NameCleaning) { self.names = names }

  /// The fields of a page.
  ///
  /// - Parameters:
  ///   - candidates: all of them, in the order of their families.
  ///   - pageURL: the address that the page was fetched from.
  ///   - isVisible: whether a name stands in the page's text.
  ///   - parseDate: reads a date; nil if the text holds none.
  ///   - dateInURL: reads the date in an address's path; nil if it holds none.
  package func pick(
    _ candidates: [FieldCandidate], pageURL: String? = nil, isVisible: (String) -> Bool,
    parseDate: (String) -> ParsedDate?, dateInURL: (String) -> ParsedDate? = { _ in nil }
  ) -> PickedFields {
    let byField = Dictionary(grouping: candidates, by: \.field)
    var picked = PickedFields()
    let url = Self.url(byField[.url] ?? [], pageURL: pageURL)
    (picked.url, picked.urlOrigin) = (url?.value, url?.origin.name)
    let sites = Self.siteNames(byField)
    let cleaning = HeadlineCleaning(
      siteNames: sites, url: picked.url ?? pageURL, sections: (byField[.section] ?? []).map(\.value))

    let headline = HeadlinePicking(
      candidates: byField[.headline] ?? [], siteNames: sites, url: picked.url ?? pageURL,
      sections: (byField[.section] ?? []).map(\.value)
    ).pick()
    (picked.headline, picked.headlineOrigin) = (headline?.text, headline?.origin)

    let authors = AuthorPicking(names: names, siteNames: sites, headlineBlock: headline?.block)
      .pick(byField[.author] ?? [], isVisible: isVisible)
    (picked.authors, picked.authorsOrigin) = (authors?.names ?? [], authors?.origin)

    let inURL = pageURL.flatMap(dateInURL) ?? picked.url.flatMap(dateInURL)
    let dates = DatePicking(headlineBlock: headline?.block, inURL: inURL)
    let published = dates.published(
      byField[.published] ?? [], modified: byField[.modified] ?? [], parse: parseDate)
    (picked.published, picked.publishedOrigin) = (published?.iso, published?.origin)
    let modified = dates.modified(byField[.modified] ?? [], notBefore: published?.day, parse: parseDate)
    (picked.modified, picked.modifiedOrigin) = (modified?.iso, modified?.origin)

    let dek = byField[.dek]?.first { $0.isText } ?? byField[.dek]?.first
    (picked.dek, picked.dekOrigin) = (dek?.value, dek?.origin.name)
    let description = byField[.description]?.first
    (picked.description, picked.descriptionOrigin) = (description?.value, description?.origin.name)
    let publisher = Self.publisher(byField, cleaning)
    (picked.publisher, picked.publisherOrigin) = (publisher?.value, publisher?.origin.name)
    let section = Self.first(byField[.section] ?? [], of: Self.sectionOrigins)
    (picked.section, picked.sectionOrigin) = (section?.value, section?.origin.name)
    (picked.tags, picked.tagsOrigin) = Self.tags(byField[.tag] ?? [])
    let language = Self.language(byField[.language] ?? [])
    (picked.language, picked.languageOrigin) = (language?.tag, language?.origin)
    picked.isArticleType = Self.isArticle(byField)
    return picked
  }

  // MARK: Plain fields

  /// The candidate whose origin comes first in the list, else the first.
  private static func first(_ candidates: [FieldCandidate], of origins: [String]) -> FieldCandidate? {
    for origin in origins {
      if let found = candidates.first(where: { $0.origin.name == origin }) { return found }
    }
    return candidates.first
  }

  private static let sectionOrigins = [
    "meta:article:section", "json-ld", "microdata", "meta:parsely-section",
  ]

  private static func siteNames(_ byField: [Field: [FieldCandidate]]) -> [String] {
    let publishers = (byField[.publisher] ?? []).filter { $0.type != "Person" }
    return ((byField[.siteName] ?? []) + publishers).map(\.value).filter { !isAddress($0) }
  }

  private static func isAddress(_ value: String) -> Bool {
    value.hasPrefix("http:") || value.hasPrefix("https:") || value.hasPrefix("//")
      || value.hasPrefix("www.") || value.hasPrefix("@")
  }

  private static let publisherOrigins = ["meta:og:site_name", "json-ld", "json-ld:site", "microdata"]

  private static func publisher(
    _ byField: [Field: [FieldCandidate]], _ cleaning: HeadlineCleaning
  ) -> FieldCandidate? {
    let all = ((byField[.siteName] ?? []) + (byField[.publisher] ?? [])).filter { !isAddress($0.value) }
    let named = all.filter { !isDomain($0.value) }
    return first(named.isEmpty ? all : named, of: publisherOrigins)
  }

  private static func isDomain(_ value: String) -> Bool {
    value.contains(".") && !value.contains(" ") && value.unicodeScalars.allSatisfy(\.isASCII)
      && value == value.lowercased()
  }

  private static let tagOrigins = [
    "json-ld", "meta:article:tag", "meta:parsely-tags", "meta:sailthru.tags", "meta:news_keywords",
    "meta:keywords", "microdata",
  ]
  private static let maximumTags = 50

  /// The tags of the first family that has some; families repeat each other in other spellings.
  private static func tags(_ candidates: [FieldCandidate]) -> ([String], String?) {
    guard let origin = first(candidates, of: tagOrigins)?.origin else { return ([], nil) }
    var seen: Set<String> = []
    var tags: [String] = []
    for candidate in candidates where candidate.origin == origin && tags.count < maximumTags {
      if seen.insert(FieldText.key(candidate.value)).inserted { tags.append(candidate.value) }
    }
    return (tags, origin.name)
  }

  private static func url(_ candidates: [FieldCandidate], pageURL: String?) -> FieldCandidate? {
    let absolute = candidates.filter { $0.value.hasPrefix("http://") || $0.value.hasPrefix("https://") }
    // Some sites declare their front page as the address of every page.
    let fetched = pageURL.map { FieldCandidate(field: .url, value: $0, origin: "page") }
    let deep = absolute.filter { !isFrontPage($0.value) || fetched.map { isFrontPage($0.value) } ?? true }
    return first(deep, of: ["link:canonical", "meta:og:url", "json-ld"]) ?? fetched
  }

  private static func isFrontPage(_ url: String) -> Bool {
    url.utf8.split(separator: UInt8(ascii: "/")).count <= 2 && !url.contains("?")
  }

  private static let languageOrigins = ["html:lang", "json-ld", "meta:og:locale", "meta:content-language"]

  private static func language(_ candidates: [FieldCandidate]) -> (tag: String, origin: String)? {
    let leading = languageOrigins.compactMap { origin in candidates.first { $0.origin.name == origin } }
    for candidate in leading + candidates {
      if let tag = languageTag(candidate.value) { return (tag, candidate.origin.name) }
    }
    return nil
  }

  /// `pt_BR` as `pt-BR`; nil for what is no BCP 47 tag.
  static func languageTag(_ value: String) -> String? {
    let first = value.unicodeScalars.prefix(40).split { $0 == "," || $0 == " " || $0 == "." }.first
    let parts = (first.map { Array($0) } ?? []).split { $0 == "-" || $0 == "_" }
      .map { String(String.UnicodeScalarView($0)) }
    guard let primary = parts.first, (2...3).contains(primary.utf8.count),
      parts.allSatisfy({
        $0.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) }
      }),
      primary.utf8.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) })
    else { return nil }
    let rest = parts.dropFirst().prefix(3).map { part in
      switch part.utf8.count {
      case 2: part.uppercased()
      case 4: part.prefix(1).uppercased() + part.dropFirst().lowercased()
      default: part.lowercased()
      }
    }
    return ([primary.lowercased()] + rest).joined(separator: "-")
  }

  private static func isArticle(_ byField: [Field: [FieldCandidate]]) -> Bool {
    let typed = (byField[.articleType] ?? []).contains {
      $0.value.hasSuffix("Article") || $0.value.hasSuffix("Posting") || $0.value == "Report"
    }
    return typed || (byField[.pageType] ?? []).contains { FieldText.words($0.value).first == "article" }
  }
}

extension FieldCandidate {
  /// Whether the value is visible text that the caller found.
  var isText: Bool { origin.name.hasPrefix("text:") }
}
