import Foundation
import WinnowCore
import Winnow

/// Compares records that an older and a newer run made of the same pages: what drifted.
///
/// Both are read line by line. Records are matched by `id`, equal ids in their order; as long as both runs
/// have the same order nothing is kept in memory, else what has no partner yet.
public struct RecordComparison: Sendable {
  /// A page whose record lost something, or that is missing.
  public struct Finding: Sendable, Equatable {
    /// The record's id.
    public let id: String
    /// What happened, one fact each.
    public let alarms: [String]
  }

  /// The share of a body's words that may be lost before an alarm, 0…1.
  public let bodyLoss: Double
  /// Records that are in both.
  public private(set) var compared = 0
  /// Records in both that differ in some key.
  public private(set) var changed = 0
  /// Keys that differ, with the number of records.
  public private(set) var changedKeys: [String: Int] = [:]
  /// Records only in the newer.
  public private(set) var added = 0
  /// Drift, in the order of the older file as far as both have the same order.
  public private(set) var findings: [Finding] = []
  private var f1 = 0.0
  private var waitingOld: [String: [Item]] = [:]
  private var waitingNew: [String: [Item]] = [:]
  private var order = 0

  private struct Item: Sendable {
    let order: Int
    let record: RecordSummary
  }

  /// A comparison of nothing yet.
  public init(bodyLoss: Double) { self.bodyLoss = bodyLoss }

  /// Takes in the next record of each run; `nil` where a run has ended.
  ///
  /// - throws: ``FixtureError`` when a line is no record.
  public mutating func add(old: [UInt8]?, new: [UInt8]?) throws(FixtureError) {
    order += 1
    let one = try old.map { line throws(FixtureError) in try RecordSummary(line) }
    let two = try new.map { line throws(FixtureError) in try RecordSummary(line) }
    if let one, let two, one.id == two.id, waitingOld[one.id] == nil, waitingNew[one.id] == nil {
      compare(one, two)
      return
    }
    if let one {
      if let partner = Self.take(one.id, from: &waitingNew) {
        compare(one, partner)
      } else {
        waitingOld[one.id, default: []].append(Item(order: order, record: one))
      }
    }
    if let two {
      if let partner = Self.take(two.id, from: &waitingOld) {
        compare(partner, two)
      } else {
        waitingNew[two.id, default: []].append(Item(order: order, record: two))
      }
    }
  }

  private static func take(_ id: String, from waiting: inout [String: [Item]]) -> RecordSummary? {
    guard var items = waiting.removeValue(forKey: id), !items.isEmpty else { return nil }
    let first = items.removeFirst()
    if !items.isEmpty { waiting[id] = items }
    return first.record
  }

  /// Counts what has found no partner.
  public mutating func finish() {
    for item in waitingOld.values.joined().sorted(by: { $0.order < $1.order }) {
      findings.append(Finding(id: item.record.id, alarms: ["the record is gone"]))
    }
    added = waitingNew.values.reduce(0) { $0 + $1.count }
    waitingOld = [:]
    waitingNew = [:]
  }

  private mutating func compare(_ old: RecordSummary, _ new: RecordSummary) {
    compared += 1
    var alarms: [String] = []
    if old.status != new.status, RecordComparison.rank(new.status) > RecordComparison.rank(old.status) {
      alarms.append("status went from \(old.status) to \(new.status)")
    }
    let body = BodyScore(expected: old.body, actual: new.body)
    f1 += body.f1
    if body.expected > 0, 1 - body.recall > bodyLoss {
      let percent = Int(((1 - body.recall) * 100).rounded())
      alarms.append("\(percent) % of the body is lost: \(body.lost) of \(body.expected) words")
    }
    var differs = false
    for key in Set(old.values.keys).union(new.values.keys).sorted() {
      let (one, two) = (old.values[key] ?? "", new.values[key] ?? "")
      guard one != two else { continue }
      differs = true
      changedKeys[key, default: 0] += 1
      if two.isEmpty, key != "body" { alarms.append("\(key) is lost: “\(one)”") }
    }
    if differs { changed += 1 }
    if !alarms.isEmpty { findings.append(Finding(id: old.id, alarms: alarms)) }
  }

  private static func rank(_ status: String) -> Int {
    ["article": 0, "partial": 1, "notAnArticle": 2, "failed": 3][status] ?? 4
  }

  /// Mean F1 of the newer bodies against the older, 0…1.
  public var meanF1: Double { compared == 0 ? 1 : f1 / Double(compared) }

  /// The comparison in a few lines.
  public var summary: String {
    var text = "\(compared) records in both, \(changed) differ, \(findings.count) with an alarm"
    if added > 0 { text += ", \(added) new" }
    let thousandths = Int((meanF1 * 1000).rounded())
    text += "; body F1 of new against old \(Double(thousandths) / 1000)\n"
    if !changedKeys.isEmpty {
      let keys = changedKeys.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      text += "changed: " + keys.map { "\($0.key) \($0.value)" }.joined(separator: ", ") + "\n"
    }
    return text
  }

  /// The comparison as one JSON object.
  public var json: String {
    var json = JSONText()
    json.beginObject()
    for (name, value) in [("compared", compared), ("changed", changed), ("added", added)] {
      json.key(named: name)
      json.value(value)
    }
    json.key("bodyF1")
    json.share(meanF1)
    json.key("changedKeys")
    json.beginObject()
    for (key, count) in changedKeys.sorted(by: { $0.key < $1.key }) {
      json.key(named: key)
      json.value(count)
    }
    json.endObject()
    json.key("findings")
    json.beginArray()
    for finding in findings {
      json.beginObject()
      json.key("id")
      json.value(finding.id)
      json.key("alarms")
      json.value(finding.alarms)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return String(decoding: json.bytes, as: UTF8.self) + "\n"
  }
}

/// What of a record is compared.
private struct RecordSummary: Sendable {
  let id: String
  let status: String
  let body: String
  /// Fields as one text each; absent and empty ones are left out.
  let values: [String: String]

  private static let compared = [
    "headline", "dek", "byline", "authors", "agency", "publisher", "date", "dateModified", "dateline",
    "section", "tags", "language", "url", "body", "captions", "disclaimers", "corrections", "status",
  ]

  init(_ line: [UInt8]) throws(FixtureError) {
    guard let object = (try? JSONSerialization.jsonObject(with: Data(line))) as? [String: Any],
      let id = object["id"] as? String, let status = object["status"] as? String
    else {
      throw FixtureError(
        description:
          "the line is no record of `winnow clean`: it needs 'id' and 'status'; write both files as jsonl"
      )
    }
    self.id = id
    self.status = status
    body = object["body"] as? String ?? ""
    var values: [String: String] = [:]
    for name in Self.compared {
      let text = Self.text(object[name])
      if !text.isEmpty { values[name] = text }
    }
    self.values = values
  }

  private static func text(_ value: Any?) -> String {
    switch value {
    case let text as String: text
    case let list as [String]: list.joined(separator: "; ")
    case let list as [[String: Any]]:
      list.map { object in
        ["kind", "text", "credit"].compactMap { object[$0] as? String }.joined(separator: " ")
      }.joined(separator: "\n")
    default: ""
    }
  }
}
