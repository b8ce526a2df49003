/// What a block *is*, in a newsroom's words. Whether it is kept is the policy's affair.
public enum Role: UInt8, Sendable, CaseIterable, Hashable {
  // Fields of the record.
  /// The article's title.
  case headline
  /// The standfirst under the headline.
  case dek
  /// Who wrote it.
  case byline
  /// When it was published or changed.
  case publicationDate
  /// The place that the text opens with.
  case dateline
  /// A wire agency or other source.
  case source
  /// Topics.
  case tags

  // The body.
  /// Running text.
  case paragraph
  /// A heading within the text.
  case subheading
  /// An item of a list in the text.
  case listItem
  /// A quotation set off from the text.
  case quotation
  /// A table's row.
  case table
  /// Preformatted text.
  case code

  // Beside the body.
  /// A picture's caption.
  case caption
  /// A picture's credit on a line of its own.
  case credit
  /// A notice that a reader must not lose.
  case disclaimer
  /// A correction or editor's note.
  case correction

  // Boilerplate.
  /// The site's name.
  case siteName
  /// A menu.
  case navigation
  /// The way from the front page to this one.
  case breadcrumb
  /// A strip of newest stories.
  case ticker
  /// Links to other stories.
  case relatedLinks
  /// A box of stories that many read.
  case mostRead
  /// A pointer to another story within the text.
  case readMore
  /// A counter of views, shares or comments.
  case engagement
  /// Minutes to read.
  case readingTime
  /// Buttons to share or follow.
  case share
  /// What the publisher wants of the reader: newsletter, shop, app.
  case promotion
  /// A demand to pay or sign in.
  case paywall
  /// A cookie or privacy banner.
  case consent
  /// An advertisement or its label.
  case advertisement
  /// What is left of a video, gallery or player.
  case mediaStub
  /// Readers' comments.
  case comments
  /// Who the author is.
  case authorBio
  /// Copyright and legal links.
  case footer
  /// A text that stands elsewhere on the page.
  case duplicate
  /// Whatever else belongs to the page.
  case furniture
  /// Another whole article on the same page, such as the next one of an endless page.
  case furtherArticle

  /// Whether blocks of this role are the article's running text.
  @inlinable public var isBody: Bool { RoleSet.body.contains(self) }

  /// Whether blocks of this role belong to the page rather than to the article.
  @inlinable public var isBoilerplate: Bool { RoleSet.boilerplate.contains(self) }
}

/// A set of roles, as contracts declare it.
public struct RoleSet: Sendable, Hashable, ExpressibleByArrayLiteral, Sequence {
  // What is inlinable here is asked for every block by every stage; sets of constants are made when compiling.
  @usableFromInline var bits: UInt64 = 0

  /// The set of the listed roles.
  @inlinable public init(arrayLiteral elements: Role...) {
    for role in elements { insert(role) }
  }

  /// The set of the listed roles.
  public init(_ roles: some Sequence<Role>) {
    for role in roles { insert(role) }
  }

  /// Adds a role.
  @inlinable public mutating func insert(_ role: Role) { bits |= 1 &<< UInt64(role.rawValue) }

  /// Whether the role is in the set.
  @inlinable public func contains(_ role: Role) -> Bool { bits & (1 &<< UInt64(role.rawValue)) != 0 }

  /// Whether no role is in the set.
  @inlinable public var isEmpty: Bool { bits == 0 }

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
    .authorBio, .footer, .duplicate, .furniture, .furtherArticle,
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
    var name: [UInt8] = []
    for byte in "\(role)".utf8 {
      let isCapital = byte.isASCIICapital
      if isCapital { name.append(0x2D) }
      name.append(isCapital ? byte | 0x20 : byte)
    }
    return String(decoding: name, as: UTF8.self)
  }
}
