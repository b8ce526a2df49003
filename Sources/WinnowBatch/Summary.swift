package import WinnowCore

/// What became of the inputs of a run.
package struct Summary: Sendable, Equatable {
  /// Records by status.
  package private(set) var counts: [ArticleRecord.Status: Int] = [:]
  /// Failed records by the code of their error.
  package private(set) var failures: [String: Int] = [:]

  /// Nothing yet.
  package init() {}

  /// Counts a record.
  package mutating func count(_ status: ArticleRecord.Status, failure: String? = nil) {
    counts[status, default: 0] += 1
    if status == .failed { failures[failure ?? "unknown", default: 0] += 1 }
  }

  /// All records.
  package var total: Int { counts.values.reduce(0, +) }

  /// Records that say why there is none.
  package var failed: Int { counts[.failed] ?? 0 }

  /// 0 when every input could be read, 1 when some could not.
  package var exitCode: Int32 { failed == 0 ? 0 : 1 }

  /// The run in a line: "3 records: 2 article, 0 partial, 0 notAnArticle, 1 failed (1 not-found)".
  package var line: String {
    let statuses = ArticleRecord.Status.allCases.map { "\(counts[$0] ?? 0) \($0.rawValue)" }
    var line = "\(total) \(total == 1 ? "record" : "records"): " + statuses.joined(separator: ", ")
    if failed > 0 {
      let codes = failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
      line += " (" + codes.joined(separator: ", ") + ")"
    }
    return line
  }
}
