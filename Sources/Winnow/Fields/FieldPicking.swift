package import WinnowCore
package import WinnowStages
import WinnowText

/// Chooses the fields of a page: headline, authors and date by learned tables, the others by fixed chains of
/// sources, most reliable first.
package struct FieldPicking: Sendable {
  private let names: NameCleaning
  private let rankers: FieldRankers

  /// A picker that cleans names with `names` and ranks with `rankers`.
  package init(names: NameCleaning, rankers: FieldRankers = .builtIn) {
    self.names = names
    self.rankers = rankers
  }

  /// A picker with the program's own words and tables.
  package init(rankers: FieldRankers = .builtIn) { self.init(names: FieldWords.names, rankers: rankers) }

  /// Fields that tables choose among all candidates, those on the page included.
  private static let ranked: Set<RuledField> = [.headline, .authors, .date, .dateModified]

  /// The rows of one table on one page, the text that each row stands for, and for names the lists that hold them.
  package typealias Rows = (table: FieldRankers.Table, texts: [String], rows: [[Float]], lists: [[Int]])

  /// The fields of a page, from what it declares and from its blocks.
  /// A site's rules say with `sources` where fields are taken from.
  package func pick(
    _ document: Document, _ verdicts: [Verdict], sources: [RuledField: FieldSource] = [:]
  ) -> PickedFields {
    var ignored: [Rows] = []
    let sources = sources.merging(Self.headSources(document)) { ruled, _ in ruled }
    return pick(
      document, verdicts,
      declared: FieldSource.choose(
        among: document.metadata, by: sources.filter { !Self.ranked.contains($0.key) }),
      pageURL: document.url, sources: sources, collecting: false, into: &ignored)
  }

  /// What the head of a flat text says was cut out of the page by somebody who saw its markup: it is taken.
  private static func headSources(_ document: Document) -> [RuledField: FieldSource] {
    guard document.form == .flatText, !document.metadata.isEmpty else { return [:] }
    let declared = RuledField.allCases.filter { field in
      document.metadata.contains { field.fields.contains($0.field) && $0.origin.name.hasPrefix("head:") }
    }
    return Dictionary(uniqueKeysWithValues: declared.map { ($0, FieldSource(["head"])) })
  }

  /// The rows that the tables are learned from: the same that ``pick(_:_:)`` goes by.
  ///
  /// - Parameters:
  ///   - hidden: candidates to leave out, so that tables learn from pages that lack them.
  ///   - hidesURL: whether to leave out the page's address.
  package func rows(
    _ document: Document, _ verdicts: [Verdict], hiding hidden: (FieldCandidate) -> Bool = { _ in false },
    hidesURL: Bool = false
  ) -> [Rows] {
    var rows: [Rows] = []
    _ = pick(
      document, verdicts, declared: document.metadata.filter { !hidden($0) },
      pageURL: hidesURL ? nil : document.url, collecting: true, into: &rows)
    return rows
  }

  private func pick(
    _ document: Document, _ verdicts: [Verdict], declared: [FieldCandidate], pageURL: String?,
    sources: [RuledField: FieldSource] = [:], collecting: Bool, into collected: inout [Rows]
  ) -> PickedFields {
    let byField = Dictionary(grouping: declared, by: \.field)
    var picked = PickedFields()
    let url = Self.url(byField[.url] ?? [], pageURL: pageURL)
    (picked.url, picked.urlOrigin) = (url?.value, url?.origin.name)
    // By index: a copy of a verdict counts a reference to the labels against it.
    let named = verdicts.indices.first { verdicts[$0].role == .siteName }.map {
      document[verdicts[$0].block].text
    }
    let repeated = (SiteNameText.find(in: document, verdicts) ?? named).map { [$0] } ?? []
    let tail = (byField[.headline] ?? []).first { $0.origin.name == "title" }.flatMap {
      TitleText($0.value).tail
    }
    let page = FieldPage(
      document, verdicts, siteNames: Self.siteNames(byField) + repeated, titleTail: tail,
      url: picked.url ?? pageURL,
      types: byField[.articleType] ?? [])
    let isFlat = document.form == .flatText

    let sections = (byField[.section] ?? []).map(\.value)
    let headlines = HeadlinePicking(
      page, declared: byField[.headline] ?? [], sections: sections, source: sources[.headline])
    let headline = headlines.pick(rankers[isFlat ? .flatHeadline : .headline])
    (picked.headline, picked.headlineOrigin) = (headline?.text, headline?.origin)
    picked.headlineBlock = headline?.block

    let people = AuthorPicking(
      page, declared: byField[.author] ?? [], names: names, headline: headline, source: sources[.authors])
    let authors = people.pick(rankers[isFlat ? .flatAuthors : .authors])
    (picked.authors, picked.authorsOrigin) = (authors?.names ?? [], authors?.origin)

    let dates = DatePicking(
      page, published: byField[.published] ?? [], modified: byField[.modified] ?? [],
      images: byField[.image] ?? [], headlineBlock: headline?.block, sources: sources)
    let published = dates.pick(rankers[isFlat ? .flatDate : .date])
    (picked.published, picked.publishedOrigin) = (published?.iso, published?.origin)
    let modified = dates.modified(notBefore: published?.day)
    (picked.modified, picked.modifiedOrigin) = (modified?.iso, modified?.origin)
    if collecting {
      collected = [
        (isFlat ? .flatHeadline : .headline, headlines.texts(), headlines.rows.map(\.values), []),
        (
          isFlat ? .flatAuthors : .authors, people.candidates.groups.map(\.name), people.rows.map(\.values),
          people.candidates.groups.map { group in Set(group.places.map(\.list)).sorted() }
        ),
        (isFlat ? .flatDate : .date, dates.candidates.groups.map(\.day), dates.rows.map(\.values), []),
      ]
    }
    fillPlain(&picked, byField)
    return picked
  }

  private func fillPlain(_ picked: inout PickedFields, _ byField: [Field: [FieldCandidate]]) {
    picked.dek = byField[.dek]?.first?.value
    let publisher = Self.publisher(byField, headline: picked.headline)
    (picked.publisher, picked.publisherOrigin) = (
      publisher.map { PublisherName.withoutSlogan($0.value, url: picked.url) }, publisher?.origin.name
    )
    let section = Self.first(byField[.section] ?? [], of: Self.sectionOrigins)
    (picked.section, picked.sectionOrigin) = (section?.value, section?.origin.name)
    (picked.tags, picked.tagsOrigin) = Self.tags(byField[.tag] ?? [])
    let language = Self.language(byField[.language] ?? [])
    (picked.language, picked.languageOrigin) = (language?.tag, language?.origin)
    if let image = Self.image(byField[.image] ?? []) { (picked.image, picked.imageOrigin) = image }
    if let free = Self.accessibleForFree(byField[.accessibleForFree] ?? []) {
      (picked.accessibleForFree, picked.accessibleForFreeOrigin) = free
    }
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
    _ byField: [Field: [FieldCandidate]], headline: String?
  ) -> FieldCandidate? {
    let all = ((byField[.siteName] ?? []) + (byField[.publisher] ?? [])).filter { !isAddress($0.value) }
      .compactMap(withoutNotice).map { withoutHeadline($0, headline) }
    let named = all.filter { candidate in
      // "Booking.com" is a name.
      !HostName.isHost(candidate.value, endings: 2...12) || candidate.value != candidate.value.lowercased()
    }
    return first(named.isEmpty ? all : named, of: publisherOrigins)
  }

  /// Longest name of a publisher, in bytes: more is a slogan, or a menu that a property encloses.
  private static let longestPublisher = 120

  /// "Copyright © 2017 Courier Ltd. All rights reserved." as the name of the house alone; `nil` where none is left.
  private static func withoutNotice(_ candidate: FieldCandidate) -> FieldCandidate? {
    guard candidate.value.utf8.count <= longestPublisher else { return nil }
    guard candidate.origin.name == "meta:copyright" else { return candidate }
    let isYear = { (word: Substring) in word.utf8.contains { $0.isASCIIDigit } }
    var words = candidate.value.split(separator: " ")[...]
    while let word = words.first, notices.contains(word.lowercased()) || isYear(word) { words.removeFirst() }
    // What a dash or "All rights …" begins is no part of the name.
    let end = words.firstIndex { noticeEnds.contains($0.lowercased()) } ?? words.endIndex
    words = words[..<end]
    while let word = words.last, isYear(word) { words.removeLast() }
    // "Copyright 1999 Quay Street 4, 36320 Lowmere, Tel. +34 986 814600": where the house is.
    guard !words.isEmpty, words.count(where: isYear) < fewestNumbers else { return nil }
    return FieldCandidate(
      field: candidate.field, value: FieldText.trimmed(words.joined(separator: " "), of: [",", ";"]),
      origin: candidate.origin, type: candidate.type)
  }

  private static let fewestNumbers = 2

  /// The page's whole title as the name of its site: what stands behind the headline.
  private static func withoutHeadline(_ candidate: FieldCandidate, _ headline: String?) -> FieldCandidate {
    guard let headline, headline.utf8.count >= shortestHeadline,
      candidate.value.utf8.starts(with: headline.utf8)
    else { return candidate }
    let rest = candidate.value.unicodeScalars.dropFirst(headline.unicodeScalars.count)
    let name = FieldText.trimmed(String(rest), of: titleSigns)
    guard FieldText.hasWords(name), let sign = rest.first(where: { $0 != " " }), titleSigns.contains(sign)
    else { return candidate }
    return FieldCandidate(
      field: candidate.field, value: name, origin: candidate.origin, type: candidate.type)
  }

  /// In bytes: a site may be named for its front page.
  private static let shortestHeadline = 20
  private static let titleSigns: Set<Unicode.Scalar> = [
    " ", "|", "-", "\u{2013}", "\u{2014}", ":", "\u{B7}", "\u{AB}", "\u{BB}", "\u{FF5C}",
  ]

  private static let notices = Set(WordFile.words(of: "bylines.words", section: "notice"))
  private static let noticeEnds = Set(WordFile.words(of: "bylines.words", section: "notice-end"))

  /// The first picture with a whole address; the networks' cards show what the editors chose.
  private static func image(_ candidates: [FieldCandidate]) -> (String, String)? {
    let leading = ["meta:og:image", "json-ld", "meta:twitter:image"].compactMap { origin in
      candidates.first { $0.origin.name == origin }
    }
    for candidate in leading + candidates {
      let value = candidate.value
      if value.hasPrefix("http://") || value.hasPrefix("https://") { return (value, candidate.origin.name) }
      if value.hasPrefix("//") { return ("https:\(value)", candidate.origin.name) }
    }
    return nil
  }

  /// What the page says of its paywall; anything but yes, no and the three tiers says nothing.
  private static func accessibleForFree(_ candidates: [FieldCandidate]) -> (Bool, String)? {
    for candidate in candidates {
      switch candidate.value.lowercased() {
      case "true", "free", "yes": return (true, candidate.origin.name)
      case "false", "locked", "metered", "no": return (false, candidate.origin.name)
      default: continue
      }
    }
    return nil
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
    // A third part says enough.
    !url.utf8.contains(UInt8(ascii: "?"))
      && url.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 3).count <= 2
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
        $0.utf8.allSatisfy { $0.isASCIILetterOrDigit }
      }),
      primary.utf8.allSatisfy({ $0.isASCIILetter })
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
}
