public import Winnow
import WinnowCore

/// What came of a fixture.
public struct FixtureResult: Sendable {
  /// The fixture.
  public let fixture: Fixture
  /// How the page was read; `nil` when it could not be.
  public let reading: Reading?
  /// The proof that came out.
  public let actualProof: String
  /// Lines that differ from the approved proof; empty when none does or nothing was approved yet.
  public let changes: [ProofChange]
  /// Fields of the record that differ from what is expected.
  public let fields: [String: Difference]
  /// How much of the expected body came out: that of `article.json`, else the `+` lines of the proof.
  public let body: BodyScore

  init(fixture: Fixture, reading: Reading?, failure: String? = nil) {
    self.fixture = fixture
    self.reading = reading
    actualProof = reading.map { Explanation.proof(of: $0) } ?? ""
    changes = fixture.proof.map { ProofChange.changes(from: $0, to: reading) } ?? []
    if let reading {
      fields = fixture.expected.differences(from: reading.record)
    } else {
      fields = ["status": Difference(expected: "a page that can be read", actual: "failed: \(failure ?? "")")]
    }
    body = BodyScore(
      expected: fixture.expected.body ?? FixtureResult.body(of: fixture.proof ?? ""),
      actual: reading?.record.body ?? "")
  }

  /// The text of a proof's `+` lines.
  private static func body(of proof: String) -> String {
    proof.split(separator: "\n").compactMap { ProofLine($0) }.filter { $0.sigil == "+" }
      .map { $0.text.replacing("⏎", with: "\n") }.joined(separator: "\n")
  }

  /// What is wrong besides changed proof lines, a line each; empty when the record is as the fixture says.
  public var recordProblems: [String] {
    var problems: [String] = []
    let gaps = fixture.description.gaps ?? [:]
    for (key, difference) in fields.sorted(by: { $0.key < $1.key }) where gaps[key] == nil {
      problems.append("\(key): expected “\(difference.expected)”, got “\(difference.actual)”")
    }
    for key in gaps.keys.sorted() where fields[key] == nil {
      problems.append("\(key): this known gap is closed; take it out of \"gaps\" in fixture.json")
    }
    for (name, isThere) in [("page.proof", fixture.proof != nil), ("article.json", fixture.hasExpectation)]
    where !isThere {
      problems.append(
        "\(name) is missing; read \(name).new, mend it, and approve it: winnow fixture accept \(fixture.folder)"
      )
    }
    return problems
  }

  /// Whether anything differs from what the fixture expects, known gaps aside.
  private var differs: Bool { !changes.isEmpty || !recordProblems.isEmpty }

  /// Whether the fixture is as it says: it passes, or fails as it is known to.
  public var isAsExpected: Bool {
    fixture.description.expect == .fail ? differs : !differs
  }

  /// What is wrong, a line each; empty when all is as the fixture says.
  public var problems: [String] {
    guard fixture.description.expect == .pass else {
      return differs ? [] : ["the fixture passes now; set \"expect\": \"pass\" in fixture.json"]
    }
    return recordProblems + changes.map { "\($0.summary)\n    “\($0.text)”" }
  }

  /// Drift alarms: a part of the body or a whole field that is lost.
  ///
  /// - parameter bodyLoss: the share of the body's words that may be lost, 0…1.
  public func alarms(bodyLoss: Double) -> [String] {
    guard fixture.description.expect == .pass else { return [] }
    let gaps = fixture.description.gaps ?? [:]
    var alarms: [String] = []
    if gaps["body"] == nil, body.expected > 0, 1 - body.recall > bodyLoss {
      let percent = Int(((1 - body.recall) * 100).rounded())
      alarms.append("\(percent) % of the body is lost: \(body.lost) of \(body.expected) words")
    }
    for (key, difference) in fields.sorted(by: { $0.key < $1.key })
    where difference.isLost && gaps[key] == nil && key != "body" {
      alarms.append("\(key) is lost: “\(difference.expected)”")
    }
    return alarms
  }
}
