import Foundation
public import Winnow
public import WinnowCore

/// Writes fixtures: new ones with drafts of their expectations, and expectations that a person approved.
///
/// A draft is a file that ends in `.new`. Nothing is expected of a page before a draft is approved, so a
/// wrong result never becomes an expectation unread.
public enum FixtureFiles {
  /// The files that hold expectations.
  private static let expectations = ["page.proof", "article.json"]

  /// Makes a fixture of a page, with drafts of what comes out now.
  ///
  /// - throws: ``FixtureError`` when there is one already, or a file cannot be written.
  public static func add(
    _ page: Page, _ description: FixtureDescription, to folder: String, reading: Reading
  ) throws(FixtureError) {
    let manager = FileManager.default
    guard !manager.fileExists(atPath: folder + "/fixture.json") else {
      throw FixtureError(description: "\(folder): there is a fixture already; choose another --name")
    }
    do {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FixtureError(description: "\(folder): the folder cannot be made: \(error.localizedDescription)")
    }
    try write(Data(page.bytes), folder, page.form == .html ? "page.html" : "page.txt")
    try write(Data(Explanation.proof(of: reading).utf8), folder, "page.proof.new")
    try write(Data(article(reading.record).utf8), folder, "article.json.new")
    // Last, because it is what makes the folder a fixture.
    try write(Data(json(description).utf8), folder, "fixture.json")
  }

  /// Approves drafts, or where there is none what comes out now.
  ///
  /// - parameter fields: whether `article.json` is written anew from what comes out, if it differs.
  /// - returns: the names of the files that were written.
  /// - throws: ``FixtureError`` when the fixture cannot be read or written.
  public static func accept(
    _ folder: String, with winnow: Winnow, fields: Bool = false
  ) throws(FixtureError) -> [String] {
    var approved: [String] = []
    for name in expectations {
      let draft = folder + "/" + name + ".new"
      guard let data = FileManager.default.contents(atPath: draft) else { continue }
      try write(data, folder, name)
      try? FileManager.default.removeItem(atPath: draft)
      approved.append(name)
    }
    // A draft that a person has just mended stays as it is; the next run shows what is left to do.
    guard approved.isEmpty else {
      _ = try Fixture(folder: folder)
      return approved
    }
    let fixture = try Fixture(folder: folder)
    let result = fixture.run(with: winnow)
    guard let reading = result.reading else {
      throw FixtureError(
        description: "\(folder): the page cannot be read: \(result.fields["status"]?.actual ?? "")")
    }
    if fixture.proof != result.actualProof {
      try write(Data(result.actualProof.utf8), folder, "page.proof")
      approved.append("page.proof")
    }
    if !fixture.hasExpectation || fields && !result.fields.isEmpty {
      let text = article(reading.record, body: fixture.expected.body != nil)
      try write(Data(text.utf8), folder, "article.json")
      approved.append("article.json")
    }
    return approved
  }

  private static func write(_ data: Data, _ folder: String, _ name: String) throws(FixtureError) {
    do {
      try data.write(to: URL(fileURLWithPath: folder + "/" + name), options: .atomic)
    } catch {
      throw FixtureError(description: "\(folder)/\(name): cannot be written: \(error.localizedDescription)")
    }
  }

  // MARK: - JSON, one key a line

  /// `article.json` of a record. The body is left out unless asked for: the proof holds each word of it.
  static func article(_ record: ArticleRecord, body: Bool = false) -> String {
    var lines: [(String, JSONText)] = []
    func add(_ key: String, _ value: String?) { lines.append((key, JSONText(value))) }
    add("status", record.status.rawValue)
    add("headline", record.headline)
    add("dek", record.dek)
    add("byline", record.byline)
    lines.append(("authors", JSONText(record.authors)))
    add("agency", record.agency)
    add("publisher", record.publisher)
    add("date", record.date)
    add("dateModified", record.dateModified)
    add("dateline", record.dateline)
    add("section", record.section)
    lines.append(("tags", JSONText(record.tags)))
    add("language", record.language.map { String($0.prefix { $0 != "-" }) })
    if body { add("body", record.body) }
    lines.append(
      ("captions", JSONText(objects: record.captions.map { [("text", $0.text), ("credit", $0.credit)] })))
    lines.append(
      ("disclaimers", JSONText(objects: record.disclaimers.map { [("kind", $0.kind), ("text", $0.text)] })))
    lines.append(
      ("corrections", JSONText(objects: record.corrections.map { [("kind", $0.kind), ("text", $0.text)] })))
    return object(lines)
  }

  /// `fixture.json` of a description.
  static func json(_ description: FixtureDescription) -> String {
    var lines: [(String, JSONText)] = [
      ("url", JSONText(description.url)), ("form", JSONText(description.form.rawValue)),
      ("language", JSONText(description.language)), ("kind", JSONText(description.kind.rawValue)),
      ("expect", JSONText(description.expect.rawValue)),
    ]
    if let because = description.because { lines.append(("because", JSONText(because))) }
    lines.append(("charset", JSONText(description.charset)))
    lines.append(("notes", JSONText(description.notes)))
    return object(lines)
  }

  private static func object(_ lines: [(String, JSONText)]) -> String {
    let members = lines.map { "  \"\($0.0)\": \(String(decoding: $0.1.bytes, as: UTF8.self))" }
    return "{\n" + members.joined(separator: ",\n") + "\n}\n"
  }
}

extension JSONText {
  fileprivate init(_ text: String?) {
    self.init()
    value(text)
  }

  fileprivate init(_ texts: [String]) {
    self.init()
    value(texts)
  }

  fileprivate init(objects: [[(String, String?)]]) {
    self.init()
    beginArray()
    for object in objects {
      beginObject()
      for (name, text) in object {
        key(named: name)
        value(text)
      }
      endObject()
    }
    endArray()
  }
}
