/// One input: the bytes of a page as somebody fetched or flattened it.
public struct Page: Sendable {
  /// What the bytes are.
  public enum Form: String, Sendable, Codable, CaseIterable {
    /// Markup; libxml2 reads it.
    case html
    /// Text that a scraper already flattened: menus, article and footer as lines.
    case flatText
  }

  /// The input's own id, or what the source made of its path.
  public var id: String
  /// Where the page was found; helps with dates and the publisher, never needed.
  public var url: String?
  /// HTML or flat text.
  public var form: Form
  /// The character set that the fetcher's HTTP header named, if the caller knows it.
  public var charset: String?
  /// The page as fetched, in any encoding.
  public var bytes: [UInt8]

  /// A page to clean.
  public init(id: String, url: String? = nil, form: Form, charset: String? = nil, bytes: [UInt8]) {
    self.id = id
    self.url = url
    self.form = form
    self.charset = charset
    self.bytes = bytes
  }
}

/// Why a page could not be read. Every case says what to do about it.
public enum ReadError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The page is longer than the limit, in bytes.
  case tooLarge(bytes: Int, limit: Int)
  /// The page has more elements or lines than the limit.
  case tooManyBlocks(limit: Int)
  /// The page took more processor time than the limit, in seconds.
  case tooSlow(limit: Double)
  /// The bytes are no text in any encoding: an image, an archive, a PDF.
  case binary(hint: String)
  /// libxml2 could not be set up, which only happens without memory.
  case parserUnavailable

  /// A stable name for programs.
  public var code: String {
    switch self {
    case .tooLarge: "too-large"
    case .tooManyBlocks: "too-many-blocks"
    case .tooSlow: "too-slow"
    case .binary: "binary"
    case .parserUnavailable: "parser-unavailable"
    }
  }

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .tooLarge(let bytes, let limit):
      "the page has \(bytes) bytes, over the limit of \(limit); raise maxBytes (--max-bytes) to read it"
    case .tooManyBlocks(let limit):
      "the page has more blocks or elements than a limit of \(limit) blocks allows; raise maxBlocks (--max-blocks) to read it"
    case .tooSlow(let limit):
      "the page took more than \(limit) seconds; raise maxSeconds (--max-seconds) to read it, and please report the page"
    case .binary(let hint):
      "the bytes are no text (\(hint)); fetch the page itself, or leave this input out"
    case .parserUnavailable:
      "libxml2 could not allocate a parser; free memory and run again"
    }
  }
}

/// Turns a page's bytes into blocks.
public protocol DocumentReader: Sendable {
  /// Reads a page.
  ///
  /// - throws: ``ReadError`` when the bytes are no text or exceed a limit.
  func read(_ page: Page) throws(ReadError) -> Document
}
