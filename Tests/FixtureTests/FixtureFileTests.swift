import Foundation
import Testing
import Winnow
import WinnowCore
import WinnowFixtures
import WinnowStages

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Fixtures of one's own: adding, mending drafts, approving, running.
@Suite struct FixtureFileTests {
  static let page = """
    <html lang="en"><head><title>Rain fills the upper reservoir</title></head><body>
    <h1>Rain fills the upper reservoir</h1><p class="by">By Ann Smith</p>
    <p>Three weeks of rain have filled the upper reservoir to the brim, the water company said on Monday.</p>
    <p>It was the first time since 1987 that the spillway was open in May, and people came from the valley to see it.</p>
    <p>Engineers will check the dam on Thursday, and until then the road along its crest is closed to all traffic.</p>
    </body></html>
    """

  /// A folder that is gone when the test is.
  final class Folder {
    let path = NSTemporaryDirectory() + "winnow-fixture-\(UUID().uuidString)"
    deinit { try? FileManager.default.removeItem(atPath: path) }
    func text(_ name: String) -> String? { try? String(contentsOfFile: path + "/" + name, encoding: .utf8) }
    func change(_ name: String, _ old: String, _ new: String) throws {
      let text = try #require(self.text(name))
      #expect(text.contains(old))
      try text.replacingOccurrences(of: old, with: new).write(
        toFile: path + "/" + name, atomically: true, encoding: .utf8)
    }
  }

  static func added(_ bytes: [UInt8] = Array(page.utf8)) throws -> Folder {
    let folder = Folder()
    let page = Page(id: "1", url: "https://paper.example/rain", form: .html, bytes: bytes)
    var about = FixtureDescription(form: .html)
    about.url = page.url
    about.notes = "a \"note\"\nof two lines"
    try FixtureFiles.add(page, about, to: folder.path + "/paper/rain", reading: try Winnow().read(page))
    return folder
  }

  @Test func aNewFixtureExpectsNothingUntilItIsApproved() throws {
    let folder = try Self.added()
    let at = folder.path + "/paper/rain"
    #expect(Fixture.folders(below: folder.path) == [at])
    #expect(folder.text("paper/rain/page.html") == Self.page)
    let fixture = try Fixture(folder: at)
    #expect(fixture.description.notes == "a \"note\"\nof two lines")
    #expect(fixture.description.url == "https://paper.example/rain")
    let winnow = try Winnow()
    #expect(fixture.run(with: winnow).problems.count == 2)
    #expect(try FixtureFiles.accept(at, with: winnow) == ["page.proof", "article.json"])
    #expect(folder.text("paper/rain/page.proof.new") == nil)
    #expect(try Fixture(folder: at).run(with: winnow).problems.isEmpty)
    #expect(try FixtureFiles.accept(at, with: winnow) == [])
    #expect(throws: FixtureError.self) {
      try FixtureFiles.add(
        fixture.page, fixture.description, to: at, reading: try Winnow().read(fixture.page))
    }
  }

  @Test func aMendedDraftIsWhatIsExpected() throws {
    let folder = try Self.added()
    let at = folder.path + "/paper/rain"
    // The person says that the last paragraph is an advertisement and that the author is somebody else.
    try folder.change(
      "paper/rain/page.proof.new", "+ paragraph        Engineers", "- promotion        Engineers")
    try folder.change("paper/rain/article.json.new", "[\"Ann Smith\"]", "[\"Bea Jones\"]")
    let winnow = try Winnow()
    #expect(try FixtureFiles.accept(at, with: winnow) == ["page.proof", "article.json"])
    let result = try Fixture(folder: at).run(with: winnow)
    #expect(!result.isAsExpected)
    #expect(result.changes.count == 1)
    let change = try #require(result.changes.first)
    #expect(
      change.summary.hasPrefix(
        "block 4 went from - promotion to + paragraph, because content-score.body by content-score ("))
    #expect(change.text.hasPrefix("Engineers will check"))
    #expect(result.recordProblems == ["authors: expected “Bea Jones”, got “Ann Smith”"])
    #expect(result.body.recall == 1 && result.body.precision < 0.8)
    #expect(result.alarms(bodyLoss: 0.1).isEmpty)
    // A rule for the site mends the page, and the diff is gone.
    var mended = WinnowConfiguration()
    mended.rules = SiteRules(sites: [
      .init(
        host: "paper.example",
        rules: [.init(name: "dam", .label(.promotion), text: .init(.start, "Engineers will check"))],
        fields: [:])
    ])
    #expect(try Fixture(folder: at).run(with: try Winnow(mended)).changes.isEmpty)
    // Or the person takes back what she said.
    #expect(try FixtureFiles.accept(at, with: winnow, fields: true) == ["page.proof", "article.json"])
    #expect(try Fixture(folder: at).run(with: winnow).isAsExpected)
  }

  @Test func lostTextAndFieldsRaiseAnAlarm() throws {
    let folder = try Self.added()
    let at = folder.path + "/paper/rain"
    _ = try FixtureFiles.accept(at, with: try Winnow())
    var worse = WinnowConfiguration()
    worse.options["byline"] = StageOptions(isOn: false)
    worse.rules = SiteRules(sites: [
      .init(
        host: "*", rules: [.init(name: "gone", .drop, text: .init(.start, "It was the first"))],
        fields: [.authors: FieldSource([])])
    ])
    let winnow = try Winnow(worse)
    let result = try Fixture(folder: at).run(with: winnow)
    let alarms = result.alarms(bodyLoss: 0.1)
    #expect(alarms.contains { $0.hasPrefix("3") && $0.contains("% of the body is lost: 2") }, "\(alarms)")
    #expect(alarms.contains("authors is lost: “Ann Smith”"))
    #expect(!result.alarms(bodyLoss: 0.9).contains { $0.contains("body") })

    var report = FixtureReport(bodyLoss: 0.1)
    let entry = report.run(at, with: winnow)
    report.run(folder.path + "/nowhere", with: winnow)
    #expect(!report.isAsExpected)
    let text = report.text(entry, most: 10)
    #expect(text.contains("ALARM: authors is lost"))
    #expect(
      text.contains(
        "block 3 went from + paragraph to - furniture, because site-rule.gone by site-rules (certain)"))
    #expect(report.summary.hasPrefix("0 of 2 fixtures are as expected; 1 with a drift alarm"))

    let json = try #require(try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
    let fixtures = try #require(json["fixtures"] as? [[String: Any]])
    #expect(fixtures.count == 2 && json["asExpected"] as? Bool == false)
    let changes = try #require(fixtures[0]["changes"] as? [[String: Any]])
    #expect(changes.contains { $0["block"] as? Int == 3 && $0["from"] as? String == "+ paragraph" })
    #expect((fixtures[1]["error"] as? String)?.contains("fixture.json") == true)

    let cases = CaseCounter()
    let parser = XMLParser(data: Data(report.junit.utf8))
    parser.delegate = cases
    #expect(parser.parse())
    #expect(cases.cases == 2 && cases.failures == 2)
  }

  @Test func aKnownGapShoutsWhenItCloses() throws {
    let folder = try Self.added()
    let at = folder.path + "/paper/rain"
    let winnow = try Winnow()
    try folder.change(
      "paper/rain/page.proof.new", "+ paragraph        Engineers", "- promotion        Engineers")
    _ = try FixtureFiles.accept(at, with: winnow)
    try folder.change("paper/rain/fixture.json", "\"pass\"", "\"fail\"")
    #expect(throws: FixtureError.self) { try Fixture(folder: at) }
    try folder.change("paper/rain/fixture.json", "\"fail\"", "\"fail\", \"because\": \"the shop is new\"")
    #expect(try Fixture(folder: at).run(with: winnow).problems.isEmpty)
    _ = try FixtureFiles.accept(at, with: winnow)
    let closed = try Fixture(folder: at).run(with: winnow)
    #expect(closed.problems == ["the fixture passes now; set \"expect\": \"pass\" in fixture.json"])
    #expect(!closed.isAsExpected)
  }

  @Test func slipsInFilesAreErrors() throws {
    for (name, old, new, message) in [
      ("fixture.json", "\"notes\"", "\"note\"", "there is no key 'note'; did you mean 'notes'?"),
      (
        "article.json", "\"headline\"", "\"headlin\"", "there is no field 'headlin'; did you mean 'headline'?"
      ),
      ("article.json", "[\"Ann Smith\"]", "\"Ann Smith\"", "authors"),
      ("fixture.json", "\"html\"", "\"pdf\"", "form"),
      ("fixture.json", "{", "", "fixture.json"),
    ] {
      let folder = try Self.added()
      let at = folder.path + "/paper/rain"
      _ = try FixtureFiles.accept(at, with: try Winnow())
      try folder.change("paper/rain/" + name, old, new)
      do throws(FixtureError) {
        _ = try Fixture(folder: at)
        Issue.record("\(new) was accepted")
      } catch {
        #expect(error.description.contains(message) && error.description.contains(name), "\(error)")
      }
    }
  }

  private final class CaseCounter: NSObject, XMLParserDelegate {
    var cases = 0
    var failures = 0
    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      if name == "testcase" { cases += 1 }
      if name == "failure" { failures += 1 }
    }
  }
}

/// Records of an older and a newer run.
@Suite struct RecordComparisonTests {
  static func line(_ id: String, body: String, headline: String? = "A headline", status: String = "article")
    -> [UInt8]
  {
    let headline = headline.map { "\"\($0)\"" } ?? "null"
    return Array(
      "{\"id\":\"\(id)\",\"status\":\"\(status)\",\"headline\":\(headline),\"authors\":[],\"body\":\"\(body)\"}"
        .utf8)
  }

  static let long = "One two three four five six seven eight nine ten"

  static func compare(_ old: [[UInt8]], _ new: [[UInt8]]) throws -> RecordComparison {
    var comparison = RecordComparison(bodyLoss: 0.1)
    for index in 0..<max(old.count, new.count) {
      try comparison.add(
        old: old.indices.contains(index) ? old[index] : nil,
        new: new.indices.contains(index) ? new[index] : nil)
    }
    comparison.finish()
    return comparison
  }

  @Test func equalRunsRaiseNothing() throws {
    let lines = (0..<20).map { Self.line("p\($0)", body: Self.long) }
    for order in [lines, lines.reversed(), Array(lines[7...] + lines[..<7])] {
      let comparison = try Self.compare(lines, order)
      #expect(comparison.compared == 20 && comparison.changed == 0 && comparison.findings.isEmpty)
      #expect(comparison.meanF1 == 1)
    }
  }

  @Test func whatIsLostIsFound() throws {
    let old = ["a", "b", "c", "d", "e"].map { Self.line($0, body: Self.long) }
    let new = [
      Self.line("f", body: "new"), Self.line("a", body: "One two three four five six seven"),
      Self.line("b", body: Self.long, headline: nil, status: "partial"),
      Self.line("c", body: Self.long + " eleven"),
      Self.line("d", body: Self.long),
    ]
    let comparison = try Self.compare(old, new)
    #expect(comparison.compared == 4 && comparison.added == 1 && comparison.changed == 3)
    #expect(
      Set(comparison.findings.map { "\($0.id): \($0.alarms.joined(separator: ", "))" }) == [
        "a: 30 % of the body is lost: 3 of 10 words",
        "b: status went from article to partial, headline is lost: “A headline”", "e: the record is gone",
      ])
    #expect(comparison.changedKeys == ["body": 2, "headline": 1, "status": 1])
    #expect(throws: FixtureError.self) { try Self.compare([Array("{}".utf8)], []) }
  }

  @Test func equalIdsAreMatchedInTheirOrder() throws {
    let old = [Self.line("x", body: "one two"), Self.line("x", body: "three four")]
    let comparison = try Self.compare(old, [Self.line("y", body: "")] + old)
    #expect(comparison.compared == 2 && comparison.changed == 0 && comparison.added == 1)
  }
}
