import Foundation
import WinnowCore

/// The record that a person expects of a page: `article.json`.
///
/// A key that is missing is not compared; a key that is `null` or empty expects nothing there.
public struct ExpectedArticle: Sendable, Equatable, Decodable {
  struct Caption: Sendable, Equatable, Decodable {
    var text: String
    var credit: String?
  }

  struct Notice: Sendable, Equatable, Decodable {
    var kind: String?
    var text: String
  }

  /// What may be expected; the order is that of the file.
  enum Key: String, CodingKey, CaseIterable {
    case status, headline, dek, byline, authors, agency, publisher, date, dateModified, dateline, section
    case tags, language, body, captions, disclaimers, corrections
  }

  /// The keys that the file has.
  private(set) var keys: Set<Key>
  private(set) var body: String?
  /// Each expected value as one text, white space folded; nothing and an empty text are the same.
  private var values: [Key: String]

  /// Nothing is expected.
  init() {
    keys = []
    values = [:]
  }

  /// Reads the file; a key that no record has is an error, for it would never be compared.
  public init(from decoder: any Decoder) throws {
    let all = try decoder.container(keyedBy: AnyKey.self)
    for key in all.allKeys where Key(stringValue: key.stringValue) == nil {
      let near = nearestName(to: key.stringValue, in: Key.allCases.map(\.rawValue))
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: [],
          debugDescription: "there is no field '\(key.stringValue)'"
            + (near.map { "; did you mean '\($0)'?" } ?? "")))
    }
    let container = try decoder.container(keyedBy: Key.self)
    keys = Set(container.allKeys)
    body = try container.decodeIfPresent(String.self, forKey: .body)
    var values: [Key: String] = [:]
    for key in keys {
      switch key {
      case .authors, .tags:
        values[key] = try container.decodeIfPresent([String].self, forKey: key)?.joined(separator: "; ")
      case .captions:
        values[key] = try container.decodeIfPresent([Caption].self, forKey: key)?
          .map { "\($0.text) (\($0.credit ?? ""))" }.joined(separator: "\n")
      case .disclaimers, .corrections:
        values[key] = try container.decodeIfPresent([Notice].self, forKey: key)?
          .map(\.text).joined(separator: "\n")
      default: values[key] = try container.decodeIfPresent(String.self, forKey: key)
      }
    }
    self.values = values.mapValues { ExpectedArticle.folded($0) }
  }

  /// Whether the page is expected to hold no article.
  private var expectsNoArticle: Bool { values[.status] == ArticleRecord.Status.notAnArticle.rawValue }

  /// Every field of a record that differs, by key, with what was expected and what came out.
  func differences(from record: ArticleRecord) -> [String: Difference] {
    var found: [String: Difference] = [:]
    for key in keys {
      // A page without an article has no fields that anyone would miss.
      if expectsNoArticle, key != .status, key != .body { continue }
      // A listing keeps its teasers as body; `null` says that nobody minds.
      if key == .body, body == nil { continue }
      let expected = values[key] ?? ""
      let actual = ExpectedArticle.folded(ExpectedArticle.value(of: key, in: record))
      if expected != actual { found[key.rawValue] = Difference(expected: expected, actual: actual) }
    }
    return found
  }

  /// A record's value as it is compared.
  private static func value(of key: Key, in record: ArticleRecord) -> String? {
    switch key {
    case .status: record.status.rawValue
    case .headline: record.headline
    case .dek: record.dek
    case .byline: record.byline
    case .authors: record.authors.joined(separator: "; ")
    case .agency: record.agency
    case .publisher: record.publisher
    case .date: record.date
    case .dateModified: record.dateModified
    case .dateline: record.dateline
    case .section: record.section
    case .tags: record.tags.joined(separator: "; ")
    case .language: record.language.map { String($0.prefix { $0 != "-" }) }
    case .body: record.body
    case .captions: record.captions.map { "\($0.text) (\($0.credit ?? ""))" }.joined(separator: "\n")
    case .disclaimers: record.disclaimers.map(\.text).joined(separator: "\n")
    case .corrections: record.corrections.map(\.text).joined(separator: "\n")
    }
  }

  private static func folded(_ text: String?) -> String {
    (text ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

/// What was expected of a field and what came out, white space folded.
public struct Difference: Sendable, Equatable {
  /// What a person expects.
  public let expected: String
  /// What came out.
  public let actual: String

  /// Whether something was expected and nothing came.
  public var isLost: Bool { !expected.isEmpty && actual.isEmpty }
}
