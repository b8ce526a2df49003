import Foundation
import WinnowCore

/// The record that a person expects of a page: `article.json`.
public struct ExpectedArticle: Sendable, Equatable, Decodable {
  struct Caption: Sendable, Equatable, Decodable {
    var text: String
    var credit: String?
  }

  struct Notice: Sendable, Equatable, Decodable {
    var kind: String?
    var text: String
  }

  var status: String
  var headline: String?
  var dek: String?
  var byline: String?
  var authors: [String]?
  var agency: String?
  var publisher: String?
  var date: String?
  var dateModified: String?
  var dateline: String?
  var section: String?
  var tags: [String]?
  var language: String?
  var body: String?
  var captions: [Caption]?
  var disclaimers: [Notice]?
  var corrections: [Notice]?

  /// Every field of a record that differs, by key, with what was expected and what came out.
  func differences(from record: ArticleRecord) -> [String: Difference] {
    var found: [String: Difference] = [:]
    func compare(_ key: String, _ expected: String?, _ actual: String?) {
      let one = ExpectedArticle.folded(expected)
      let two = ExpectedArticle.folded(actual)
      if one != two { found[key] = Difference(expected: one, actual: two) }
    }
    compare("status", status, record.status.rawValue)
    // A listing keeps its teasers as body; `null` says that nobody minds.
    if let body { compare("body", body, record.body) }
    // A page without an article has no fields that anyone would miss.
    guard status != ArticleRecord.Status.notAnArticle.rawValue else { return found }
    compare("headline", headline, record.headline)
    compare("dek", dek, record.dek)
    compare("byline", byline, record.byline)
    compare("authors", authors?.joined(separator: "; "), record.authors.joined(separator: "; "))
    compare("agency", agency, record.agency)
    compare("publisher", publisher, record.publisher)
    compare("date", date, record.date)
    compare("dateModified", dateModified, record.dateModified)
    compare("dateline", dateline, record.dateline)
    compare("section", section, record.section)
    compare("tags", tags?.joined(separator: "; "), record.tags.joined(separator: "; "))
    compare("language", language, record.language.map { String($0.prefix { $0 != "-" }) })
    compare(
      "captions", captions?.map { "\($0.text) (\($0.credit ?? ""))" }.joined(separator: "\n"),
      record.captions.map { "\($0.text) (\($0.credit ?? ""))" }.joined(separator: "\n"))
    compare(
      "disclaimers", disclaimers?.map(\.text).joined(separator: "\n"),
      record.disclaimers.map(\.text).joined(separator: "\n"))
    compare(
      "corrections", corrections?.map(\.text).joined(separator: "\n"),
      record.corrections.map(\.text).joined(separator: "\n"))
    return found
  }

  /// White space folded; nothing and an empty text are the same.
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
}
