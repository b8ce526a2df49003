import WinnowCore

/// A field whose sources a site rule can choose.
public enum RuledField: String, Sendable, CaseIterable, Hashable {
  /// The headline.
  case headline
  /// The names of the authors.
  case authors
  /// The publisher or site.
  case publisher
  /// The date of publication.
  case date
  /// The date of the last change.
  case dateModified
  /// The section.
  case section
  /// The keywords.
  case tags
  /// The language.
  case language
  /// The canonical address.
  case url

  /// The candidates' fields that fill it.
  package var fields: Set<Field> {
    switch self {
    case .headline: [.headline]
    case .authors: [.author]
    case .publisher: [.publisher, .siteName]
    case .date: [.published]
    case .dateModified: [.modified]
    case .section: [.section]
    case .tags: [.tag]
    case .language: [.language]
    case .url: [.url]
    }
  }
}

/// Where a field of a site's pages is taken from.
public struct FieldSource: Sendable, Hashable {
  /// Origins, best first: `json-ld`, `meta:og:title`, `meta` for any of them, `head` for lines above a flat text,
  /// `text` for what stages found on the page, `any` for whatever there is. The first that the page has is used and
  /// nothing else.
  public var origins: [String]

  /// These origins; none for a field that stays empty.
  public init(_ origins: [String]) { self.origins = origins }

  /// Families of origins that are valid names.
  public static let families = [
    "json-ld", "microdata", "meta", "link", "head", "text", "time", "title", "html", "rel-author", "page",
    "any",
  ]

  /// What is wrong with an origin's name and what to do; `nil` when nothing is.
  public static func problem(of origin: String) -> String? {
    let family = String(origin.prefix { $0 != ":" })
    if families.contains(family), !origin.hasSuffix(":") { return nil }
    let near = nearestName(to: family, in: families)
    return "there is no origin '\(origin)'; "
      + (near.map { "did you mean '\($0)'?" } ?? "use \(families.joined(separator: ", ")), or meta:NAME")
  }

  /// Whether an origin's name is a given one, or of its family.
  private static func matches(_ name: String, _ origin: String) -> Bool {
    origin == "any" || name == origin || name.hasPrefix(origin + ":")
  }

  /// Which of the origins that a page has are used: those of the first that is among them.
  package func chosen(among names: some Sequence<String>) -> Set<String> {
    let names = Set(names)
    let first = origins.first { origin in names.contains { FieldSource.matches($0, origin) } }
    return first.map { origin in names.filter { FieldSource.matches($0, origin) } } ?? []
  }

  /// The candidates that are left when the sources of fields are chosen.
  package static func choose(
    among candidates: [FieldCandidate], by sources: [RuledField: FieldSource]
  ) -> [FieldCandidate] {
    guard !sources.isEmpty else { return candidates }
    var left = candidates
    for (field, source) in sources {
      let mine = left.filter { field.fields.contains($0.field) }
      let chosen = source.chosen(among: mine.map(\.origin.name))
      left.removeAll { field.fields.contains($0.field) && !chosen.contains($0.origin.name) }
    }
    return left
  }
}
