import Foundation
public import Winnow
public import WinnowCore

/// Why a fixture cannot be used.
public struct FixtureError: Error, Sendable, CustomStringConvertible {
  /// Where, what and what to do.
  public let description: String
}

/// A page with what should become of it: a folder with `page.html` or `page.txt`, `page.proof`,
/// `article.json` and `fixture.json`.
public struct Fixture: Sendable {
  /// `publisher/slug`.
  public let name: String
  /// The folder's path.
  public let folder: String
  /// What `fixture.json` says.
  public let description: FixtureDescription
  /// The page.
  public let page: Page
  /// The approved proof; `nil` when none was approved yet.
  public let proof: String?
  /// The expected record.
  public let expected: ExpectedArticle

  /// Loads a fixture.
  ///
  /// - throws: ``FixtureError`` when a file is missing or cannot be understood.
  public init(folder: String) throws(FixtureError) {
    self.folder = folder
    let url = URL(fileURLWithPath: folder)
    name = url.pathComponents.suffix(2).joined(separator: "/")
    let decoder = JSONDecoder()
    description = try Fixture.load(url, "fixture.json") {
      try decoder.decode(FixtureDescription.self, from: $0)
    }
    expected = try Fixture.load(url, "article.json") { try decoder.decode(ExpectedArticle.self, from: $0) }
    let file = description.form == .html ? "page.html" : "page.txt"
    let bytes = try Fixture.load(url, file) { [UInt8]($0) }
    page = Page(
      id: name, url: description.url, form: description.form, charset: description.charset, bytes: bytes)
    proof = try? String(contentsOf: url.appendingPathComponent("page.proof"), encoding: .utf8)
    if description.expect == .fail, description.because == nil {
      throw FixtureError(description: "\(folder)/fixture.json: \"expect\": \"fail\" needs a \"because\"")
    }
  }

  private static func load<T>(
    _ folder: URL, _ name: String, _ read: (Data) throws -> T
  ) throws(FixtureError) -> T {
    let file = folder.appendingPathComponent(name)
    do {
      return try read(try Data(contentsOf: file))
    } catch {
      throw FixtureError(description: "\(file.path): \(error.localizedDescription); add or mend the file")
    }
  }

  /// All fixture folders below a folder, in order of their names.
  public static func folders(below root: String) -> [String] {
    let manager = FileManager.default
    var result: [String] = []
    for publisher in (try? manager.contentsOfDirectory(atPath: root))?.sorted() ?? [] {
      let path = root + "/" + publisher
      for slug in (try? manager.contentsOfDirectory(atPath: path))?.sorted() ?? [] {
        if manager.fileExists(atPath: path + "/" + slug + "/fixture.json") {
          result.append(path + "/" + slug)
        }
      }
    }
    return result
  }

  /// Cleans the page and holds the result against the expectations.
  public func run(with winnow: Winnow) -> FixtureResult {
    do throws(ReadError) {
      let reading = try winnow.read(page)
      let actual = Explanation.proof(of: reading)
      return FixtureResult(
        fixture: self, actualProof: actual, proofDifference: ProofDifference(expected: proof, actual: actual),
        fields: expected.differences(from: reading.record))
    } catch {
      let failure = Difference(expected: expected.status, actual: "failed: \(error.description)")
      return FixtureResult(
        fixture: self, actualProof: "", proofDifference: ProofDifference(expected: proof, actual: ""),
        fields: ["status": failure])
    }
  }
}

/// What came of a fixture.
public struct FixtureResult: Sendable {
  /// The fixture.
  public let fixture: Fixture
  /// The proof that came out.
  public let actualProof: String
  /// How it differs from the approved one; `nil` when it does not.
  public let proofDifference: ProofDifference?
  /// Fields of the record that differ from what is expected.
  public let fields: [String: Difference]

  /// What is wrong, a line each; empty when all is as the fixture says.
  public var problems: [String] {
    var problems: [String] = []
    let gaps = fixture.description.gaps ?? [:]
    for (key, difference) in fields.sorted(by: { $0.key < $1.key }) where gaps[key] == nil {
      problems.append("\(key): expected “\(difference.expected)”, got “\(difference.actual)”")
    }
    for key in gaps.keys.sorted() where fields[key] == nil {
      problems.append("\(key): this known gap is closed; take it out of \"gaps\" in fixture.json")
    }
    if fixture.proof == nil {
      problems.append("page.proof is missing; read the proof and approve it with `winnow fixture accept`")
    } else if let proofDifference {
      problems.append("page.proof differs:\n\(proofDifference.text)")
    }
    guard fixture.description.expect == .fail else { return problems }
    return problems.isEmpty
      ? ["the fixture passes now; set \"expect\": \"pass\" in fixture.json"] : []
  }
}
