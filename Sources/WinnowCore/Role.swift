/// What a block *is*, in a newsroom's words. Whether it is kept is the policy's affair.
public enum Role: UInt8, Sendable, CaseIterable, Hashable {
  // Fields of the record.
  case headline
  case dek
  case byline
  case publicationDate
  case dateline
  case source
  case tags

  // The body.
  case paragraph
  case subheading
  case listItem
  case quotation
  case table
  case code

  // Beside the body.
  case caption
  case credit
  case disclaimer
  case correction

  // Boilerplate.
  case siteName
  case navigation
  case breadcrumb
  case ticker
  case relatedLinks
  case mostRead
  case readMore
  case engagement
  case readingTime
  case share
  case promotion
  case paywall
  case consent
  case advertisement
  case mediaStub
  case comments
  case authorBio
  case footer
  case duplicate
  case furniture

  /// Whether blocks of this role are the article's running text.
  public var isBody: Bool { RoleSet.body.contains(self) }

  /// Whether blocks of this role belong to the page rather than to the article.
  public var isBoilerplate: Bool { RoleSet.boilerplate.contains(self) }
}

/// A set of roles, as contracts declare it.
public struct RoleSet: Sendable, Hashable, ExpressibleByArrayLiteral, Sequence {
  private var bits: UInt64 = 0

  /// The set of the listed roles.
  public init(arrayLiteral elements: Role...) {
    for role in elements { insert(role) }
  }

  /// The set of the listed roles.
  public init(_ roles: some Sequence<Role>) {
    for role in roles { insert(role) }
  }

  /// Adds a role.
  public mutating func insert(_ role: Role) { bits |= 1 << UInt64(role.rawValue) }

  /// Whether the role is in the set.
  public func contains(_ role: Role) -> Bool { bits & (1 << UInt64(role.rawValue)) != 0 }

  /// Whether no role is in the set.
  public var isEmpty: Bool { bits == 0 }

  /// The roles of both sets.
  public func union(_ other: RoleSet) -> RoleSet {
    var result = self
    result.bits |= other.bits
    return result
  }

  /// The roles in declaration order.
  public func makeIterator() -> AnyIterator<Role> {
    var rest = Role.allCases.filter(contains).makeIterator()
    return AnyIterator { rest.next() }
  }

  /// Running text of the article.
  public static let body: RoleSet = [.paragraph, .subheading, .listItem, .quotation, .table, .code]

  /// What a record has a field for.
  public static let fields: RoleSet = [
    .headline, .dek, .byline, .publicationDate, .dateline, .source, .tags,
  ]

  /// What a record keeps beside the body.
  public static let asides: RoleSet = [.caption, .credit, .disclaimer, .correction]

  /// What belongs to the page, not to the article.
  public static let boilerplate: RoleSet = [
    .siteName, .navigation, .breadcrumb, .ticker, .relatedLinks, .mostRead, .readMore, .engagement,
    .readingTime, .share, .promotion, .paywall, .consent, .advertisement, .mediaStub, .comments,
    .authorBio, .footer, .duplicate, .furniture,
  ]
}

extension Role: Codable {
  /// The role's stable name: `related-links`.
  public var name: String { Role.names[Int(rawValue)] }

  /// The role of a name, if there is one.
  public init?(name: String) {
    guard let index = Role.names.firstIndex(of: name) else { return nil }
    self = Role.allCases[index]
  }

  /// Reads the role's name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let role = Role(name: name) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "there is no role '\(name)'")
    }
    self = role
  }

  /// Writes the role's name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }

  /// Case names with hyphens, in declaration order.
  private static let names: [String] = allCases.map { role in
    var name = ""
    for character in "\(role)" {
      if character.isUppercase { name += "-" }
      name += character.lowercased()
    }
    return name
  }
}
