/// What Winnow makes of a page. Absent values are `nil` or empty and are written as `null` or `[]`.
public struct ArticleRecord: Sendable, Equatable {
  /// How far the page is an article.
  public enum Status: String, Sendable, Codable, CaseIterable {
    /// Headline and body are there.
    case article
    /// A body without headline, or a doubtful one.
    case partial
    /// The page holds no article; not an error.
    case notAnArticle
    /// The input could not be read; ``ArticleRecord/error`` says why.
    case failed
  }

  /// A piece of the body.
  public struct Part: Sendable, Equatable {
    /// What the piece is.
    public var kind: Role
    /// Its text.
    public var text: String
    /// Heading level of a subheading, nesting of a list item.
    public var level: Int?

    /// A piece of the body.
    public init(kind: Role, text: String, level: Int? = nil) {
      self.kind = kind
      self.text = text
      self.level = level
    }
  }

  /// A picture's caption.
  public struct Caption: Sendable, Equatable {
    /// The caption without its credit.
    public var text: String
    /// Who made the picture.
    public var credit: String?

    /// A caption.
    public init(text: String, credit: String? = nil) {
      self.text = text
      self.credit = credit
    }
  }

  /// The picture that stands for the article.
  public struct Image: Sendable, Equatable {
    /// Its address.
    public var url: String
    /// Its caption, where one stands at the article's head.
    public var caption: String?
    /// Who made it.
    public var credit: String?

    /// A picture.
    public init(url: String, caption: String? = nil, credit: String? = nil) {
      self.url = url
      self.caption = caption
      self.credit = credit
    }
  }

  /// A notice taken out of the body that a reader must not lose.
  public struct Notice: Sendable, Equatable {
    /// `machine-translation`, `opinion`, `correction`, …
    public var kind: String
    /// The notice as written.
    public var text: String

    /// A notice.
    public init(kind: String, text: String) {
      self.kind = kind
      self.text = text
    }
  }

  /// Why there is no record.
  public struct Failure: Sendable, Equatable {
    /// A stable name for programs.
    public var code: String
    /// What happened and what to do.
    public var message: String

    /// A failure.
    public init(code: String, message: String) {
      self.code = code
      self.message = message
    }
  }

  /// The input's own id if it had one, else made from its source.
  public var id: String
  /// Path, `file.jsonl:LINE`, or archive record.
  public var source: String
  /// Canonical URL if known.
  public var url: String?
  /// How far the page is an article.
  public var status: Status
  /// Why the input failed, only with ``Status/failed``.
  public var error: Failure?
  /// As written.
  public var headline: String?
  /// Standfirst under the headline.
  public var dek: String?
  /// As written: "By Ann Smith in Paris".
  public var byline: String?
  /// Names of people only, in order.
  public var authors: [String] = []
  /// Wire or source credit.
  public var agency: String?
  /// The site.
  public var publisher: String?
  /// Publication, ISO 8601 with just the precision and zone that the page gives.
  public var date: String?
  /// Last change, likewise.
  public var dateModified: String?
  /// Place line: "KYIV".
  public var dateline: String?
  /// Section of the publication.
  public var section: String?
  /// Keywords.
  public var tags: [String] = []
  /// BCP 47.
  public var language: String?
  /// The clean text as pieces; ``body`` is made from them.
  public var parts: [Part] = []
  /// Captions, each once.
  public var captions: [Caption] = []
  /// The picture that the page puts forward, if it declares one.
  public var image: Image?
  /// Whether the page says that all of it can be read without paying; `nil` where it says nothing.
  public var accessibleForFree: Bool?
  /// Disclaimers taken out of the body.
  public var disclaimers: [Notice] = []
  /// Corrections and editor's notes.
  public var corrections: [Notice] = []
  /// How good the body probably is, 0…1.
  public var confidence: Double = 0
  /// Where each field came from, by key.
  public var origins: [String: String] = [:]
  /// Dropped blocks by role.
  public var dropped: [Role: Int] = [:]

  /// An empty record.
  public init(id: String, source: String, status: Status) {
    self.id = id
    self.source = source
    self.status = status
  }

  /// The clean text: the parts joined by blank lines; rows of one table by line ends.
  public var body: String {
    var text = ""
    for (index, part) in parts.enumerated() {
      if let separator = separator(before: index) { text += separator }
      text += part.text
    }
    return text
  }

  /// What stands in the body between a part and the one before; `nil` for the first.
  package func separator(before part: Int) -> String? {
    guard part > 0 else { return nil }
    return parts[part].kind == .table && parts[part - 1].kind == .table ? "\n" : "\n\n"
  }
}
