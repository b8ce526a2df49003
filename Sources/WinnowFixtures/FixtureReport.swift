import Winnow

/// What came of a run over fixtures: for people, for programs, and for CI.
public struct FixtureReport: Sendable {
  /// One fixture's part: its result, or why it cannot be used.
  public struct Entry: Sendable {
    /// `publisher/slug`, or the folder of a fixture that cannot be used.
    public let name: String
    /// The folder.
    public let folder: String
    /// The result; `nil` when the fixture cannot be used.
    public let result: FixtureResult?
    /// Why the fixture cannot be used.
    public let error: String?
  }

  /// The fixtures, in the order they were run.
  public private(set) var entries: [Entry] = []
  /// The share of a body's words that may be lost before an alarm, 0…1.
  public let bodyLoss: Double

  /// A report without entries.
  public init(bodyLoss: Double) { self.bodyLoss = bodyLoss }

  /// Runs a fixture and adds what came of it; one that cannot be used is an entry that says why.
  @discardableResult
  public mutating func run(_ folder: String, with winnow: Winnow) -> Entry {
    let entry: Entry
    do throws(FixtureError) {
      let fixture = try Fixture(folder: folder)
      entry = Entry(name: fixture.name, folder: folder, result: fixture.run(with: winnow), error: nil)
    } catch {
      entry = Entry(name: folder, folder: folder, result: nil, error: error.description)
    }
    entries.append(entry)
    return entry
  }

  /// Whether every fixture is as it says.
  public var isAsExpected: Bool { entries.allSatisfy { $0.result?.isAsExpected ?? false } }

  /// Drift alarms of an entry.
  private func alarms(_ entry: Entry) -> [String] { entry.result?.alarms(bodyLoss: bodyLoss) ?? [] }

  private func problems(_ entry: Entry) -> [String] { entry.result?.problems ?? [entry.error ?? ""] }

  // MARK: - For people

  /// An entry's problems and alarms; empty when all is as expected.
  ///
  /// - parameter most: changed lines that are shown before the rest is only counted.
  public func text(_ entry: Entry, most: Int) -> String {
    guard let result = entry.result else { return "\(entry.name)\n  \(entry.error ?? "")\n" }
    let problems = result.problems
    let alarms = alarms(entry)
    guard !problems.isEmpty || !alarms.isEmpty else { return "" }
    var text = "\(entry.name)\n"
    for alarm in alarms { text += "  ALARM: \(alarm)\n" }
    if result.fixture.description.expect == .pass {
      for problem in result.recordProblems { text += "  \(cut(problem, most))\n" }
      for change in result.changes.prefix(most) {
        text += "  \(change.summary)\n      “\(cut(change.text, most))”\n"
      }
      if result.changes.count > most {
        text +=
          "  and \(result.changes.count - most) more blocks; all of them: winnow fixture diff \(entry.folder)\n"
      }
    } else {
      for problem in problems { text += "  \(problem)\n" }
    }
    return text
  }

  private func cut(_ text: String, _ most: Int) -> String {
    most == Int.max || text.count <= 400 ? text : text.prefix(399) + "…"
  }

  /// The run in a line: how many are as expected, known gaps, alarms, and the mean score of the bodies.
  public var summary: String {
    let results = entries.compactMap(\.result)
    let good = results.count { $0.isAsExpected }
    let gaps = results.count { $0.fixture.description.expect == .fail && $0.isAsExpected }
    let alarmed = entries.count { !alarms($0).isEmpty }
    var line = "\(good) of \(entries.count) fixtures are as expected"
    if gaps > 0 { line += " (\(gaps) known to fail)" }
    if alarmed > 0 { line += "; \(alarmed) with a drift alarm" }
    let changed = results.reduce(0) { $0 + $1.changes.count }
    if changed > 0 { line += "; \(changed) blocks changed" }
    if let mean = Self.mean(results) {
      line += "; body: precision \(mean.precision), recall \(mean.recall), F1 \(mean.f1)"
    }
    return line
  }

  /// Mean scores of the bodies, three digits each.
  private static func mean(_ results: [FixtureResult]) -> (precision: String, recall: String, f1: String)? {
    let bodies = results.map(\.body).filter { $0.expected > 0 }
    guard !bodies.isEmpty else { return nil }
    func mean(_ value: (BodyScore) -> Double) -> String {
      let thousandths = Int((bodies.map(value).reduce(0, +) / Double(bodies.count) * 1000).rounded())
      let digits = String(thousandths % 1000)
      return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }
    return (mean(\.precision), mean(\.recall), mean(\.f1))
  }

  // MARK: - For programs

  /// The run as one JSON object.
  public var json: String {
    var json = JSONText()
    json.beginObject()
    json.key("asExpected")
    bool(isAsExpected, &json)
    json.key("fixtures")
    json.beginArray()
    for entry in entries { write(entry, &json) }
    json.endArray()
    json.endObject()
    return String(decoding: json.bytes, as: UTF8.self) + "\n"
  }

  private func write(_ entry: Entry, _ json: inout JSONText) {
    json.beginObject()
    text("name", entry.name, &json)
    text("folder", entry.folder, &json)
    json.key("asExpected")
    bool(entry.result?.isAsExpected ?? false, &json)
    text("expect", entry.result?.fixture.description.expect.rawValue, &json)
    text("error", entry.error, &json)
    json.key("alarms")
    json.value(alarms(entry))
    json.key("problems")
    json.value(entry.result?.recordProblems ?? [])
    json.key("changes")
    json.beginArray()
    for change in entry.result?.changes ?? [] {
      json.beginObject()
      number("block", change.block, &json)
      number("line", change.line, &json)
      text("from", change.from?.description, &json)
      text("to", change.to?.description, &json)
      text("because", change.reason, &json)
      text("text", change.text, &json)
      json.endObject()
    }
    json.endArray()
    json.key("body")
    if let body = entry.result?.body {
      json.beginObject()
      for (name, value) in [("precision", body.precision), ("recall", body.recall), ("f1", body.f1)] {
        json.key(named: name)
        json.share(value)
      }
      json.endObject()
    } else {
      json.value(nil as String?)
    }
    json.endObject()
  }

  private func text(_ key: String, _ value: String?, _ json: inout JSONText) {
    json.key(named: key)
    json.value(value)
  }

  private func number(_ key: String, _ value: Int?, _ json: inout JSONText) {
    json.key(named: key)
    if let value { json.value(value) } else { json.value(nil as String?) }
  }

  private func bool(_ value: Bool, _ json: inout JSONText) {
    json.raw(Array((value ? "true" : "false").utf8))
  }

  /// The run as JUnit XML, which CI services show by test.
  public var junit: String {
    let failures = entries.count { !($0.result?.isAsExpected ?? false) }
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    xml +=
      "<testsuites><testsuite name=\"winnow fixtures\" tests=\"\(entries.count)\" failures=\"\(failures)\""
    xml += " errors=\"0\" skipped=\"0\">\n"
    for entry in entries {
      let name = XMLText.escaped(entry.name)
      xml += "<testcase classname=\"winnow.fixture\" name=\"\(name)\""
      let problems = problems(entry)
      if entry.result?.isAsExpected ?? false {
        xml += "/>\n"
        continue
      }
      let alarms = alarms(entry)
      let first = XMLText.escaped(String((alarms.first ?? problems.first ?? "").prefix(300)))
      xml += "><failure message=\"\(first)\">"
      xml += XMLText.escaped((alarms + problems).joined(separator: "\n"))
      xml += "</failure></testcase>\n"
    }
    return xml + "</testsuite></testsuites>\n"
  }
}
