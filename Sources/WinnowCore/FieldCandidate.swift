/// A field of the record that a page declares.
public enum Field: String, Sendable, Codable, CaseIterable {
  /// The article's title.
  case headline
  /// The standfirst.
  case dek
  /// A person who wrote it.
  case author
  /// Who published it.
  case publisher
  /// When it was published.
  case published
  /// When it was changed last.
  case modified
  /// The section of the publication.
  case section
  /// A keyword.
  case tag
  /// The language, as declared.
  case language
  /// The page's canonical address.
  case url
  /// What kind of page it says it is: `article`, `website`.
  case pageType
  /// The site's name.
  case siteName
  /// What the head says the page is about.
  case description
  /// The whole text, as declared.
  case articleBody
  /// The leading picture's address.
  case image
  /// Whether it can be read without paying.
  case accessibleForFree
  /// The schema.org type of the article.
  case articleType
}

/// Where a value stands.
public struct Origin: Sendable, Hashable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// `json-ld`, `meta:og:title`, `microdata`, `time`, `text:line 79`, …
  public let name: String
  /// An origin by name.
  public init(stringLiteral name: String) { self.name = name }
  /// An origin by name.
  public init(_ name: String) { self.name = name }
  /// The name.
  public var description: String { name }
}

/// One value that the page gives for a field, and where it stands.
public struct FieldCandidate: Sendable, Hashable {
  /// The field.
  public let field: Field
  /// The value as the page has it, white space folded, entities decoded.
  public let value: String
  /// Where it stands.
  public let origin: Origin
  /// The schema.org type of the object or agent that says so: `NewsArticle`, `Person`, `Organization`.
  public let type: String?
  /// The block whose text it is, if it is visible text.
  public let block: Int?

  /// A candidate.
  public init(field: Field, value: String, origin: Origin, type: String? = nil, block: Int? = nil) {
    self.field = field
    self.value = value
    self.origin = origin
    self.type = type
    self.block = block
  }
}
