public import WinnowCore

/// A form in which records are written.
public enum RecordFormat: String, Sendable, CaseIterable {
  /// One JSON object a line.
  case jsonl
  /// A JSON array, one record a line.
  case json
  /// A document with front matter for each record.
  case markdown
  /// Headline, byline, date and body as plain text.
  case text
  /// schema.org NewsArticle as JSON-LD, one object a line.
  case schemaOrg = "schema-org"

  /// What stands before the first record.
  public var opening: String { self == .json ? "[\n" : "" }

  /// What stands between two records.
  public var separator: String {
    switch self {
    case .jsonl, .schemaOrg: ""
    case .json: ",\n"
    case .markdown, .text: "\n"
    }
  }

  /// What stands after the last record.
  public var closing: String { self == .json ? "\n]\n" : "" }

  /// A record's bytes, line end included where the format has one.
  ///
  /// `input` holds members of the input line that come back unread, as JSON; only the JSON formats
  /// write them.
  public func bytes(of record: ArticleRecord, input: [UInt8]? = nil) -> [UInt8] {
    switch self {
    case .jsonl: JSONRecordWriter.bytes(of: record, input: input) + [0x0A]
    case .json: JSONRecordWriter.bytes(of: record, input: input)
    case .markdown: Array(MarkdownWriter.text(of: record).utf8)
    case .text: Array(TextWriter.text(of: record).utf8)
    case .schemaOrg: SchemaOrgWriter.bytes(of: record) + [0x0A]
    }
  }

  /// The ending of a file that holds one record: ".md".
  package var fileEnding: String {
    switch self {
    case .jsonl, .json: ".json"
    case .markdown: ".md"
    case .text: ".txt"
    case .schemaOrg: ".jsonld"
    }
  }

  /// A record's bytes where it has a file to itself; text then has front matter too, because nothing else
  /// in the file says whose record it is.
  package func bytesOfFile(of record: ArticleRecord, input: [UInt8]? = nil) -> [UInt8] {
    guard self == .text else { return bytes(of: record, input: input) }
    return Array((MarkdownWriter.frontMatter(of: record) + "\n" + TextWriter.text(of: record)).utf8)
  }
}
