package import WinnowCore

/// What became of the inputs of a run.
package struct Summary: Sendable, Equatable {
  /// Records by status.
  package private(set) var counts: [ArticleRecord.Status: Int] = [:]
  /// Failed records by the code of their error.
  package private(set) var failures: [String: Int] = [:]
  /// Inputs that were left out because they hold no page, by the code that their error would have had.
  package private(set) var skipped: [String: Int] = [:]

  /// Nothing yet.
  package init() {}

  /// Counts as a journal holds them.
  init(statuses: [String: Int], failures: [String: Int], skipped: [String: Int]) {
    for (name, count) in statuses {
      if let status = ArticleRecord.Status(rawValue: name) { counts[status] = count }
    }
    self.failures = failures
    self.skipped = skipped
  }

  /// Counts a record.
  package mutating func count(_ status: ArticleRecord.Status, failure: String? = nil) {
    counts[status, default: 0] += 1
    if status == .failed { failures[failure ?? "unknown", default: 0] += 1 }
  }

  /// Counts an input that gives no record.
  package mutating func skip(_ reason: String) { skipped[reason, default: 0] += 1 }

  /// Records by the name of their status.
  var statusCounts: [String: Int] {
    Dictionary(counts.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: +)
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
    if failed > 0 { line += " (" + Summary.list(failures) + ")" }
    let left = skipped.values.reduce(0, +)
    if left > 0 { line += "; \(left) left out (" + Summary.list(skipped) + ")" }
    return line
  }

  private static func list(_ counts: [String: Int]) -> String {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
      .joined(separator: ", ")
  }

  /// The run as a JSON object in a line, for programs. Times are of this process, counts of the whole run.
  package func json(seconds: Double, pages: Int, signal: Int32?) -> [UInt8] {
    var json = JSONObject()
    json.add("records", total)
    for status in ArticleRecord.Status.allCases { json.add(status.rawValue, counts[status] ?? 0) }
    json.add("failures", failures)
    json.add("skipped", skipped)
    json.add("milliseconds", Int(seconds * 1000))
    json.add("pagesCleaned", pages)
    json.add("pagesPerSecond", Summary.rate(pages, seconds))
    json.add("interrupted", signal != nil)
    return (json.bytes ?? []) + [0x0A]
  }

  /// Pages a second, rounded.
  package static func rate(_ pages: Int, _ seconds: Double) -> Int {
    seconds > 0 ? Int((Double(pages) / seconds).rounded()) : 0
  }
}
