import Foundation
public import Winnow
public import WinnowCore

/// Why a fixture cannot be used.
public struct FixtureError: Error, Sendable, CustomStringConvertible {
  /// Where, what and what to do.
  public let description: String

  /// An error.
  init(description: String) { self.description = description }
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
  /// The expected record; without keys when there is none yet.
  public let expected: ExpectedArticle
  /// Whether there is an expected record.
  public let hasExpectation: Bool

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
    let isExpected = FileManager.default.fileExists(atPath: folder + "/article.json")
    expected =
      isExpected
      ? try Fixture.load(url, "article.json") { try decoder.decode(ExpectedArticle.self, from: $0) }
      : ExpectedArticle()
    hasExpectation = isExpected
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
      throw FixtureError(description: "\(file.path): \(Fixture.words(error)); add or mend the file")
    }
  }

  /// What is wrong with a file, as exactly as the decoder knows.
  private static func words(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return error.localizedDescription }
    switch error {
    case .dataCorrupted(let context):
      let key = context.codingPath.map(\.stringValue).joined(separator: ".")
      return (key.isEmpty ? "" : "'\(key)': ") + context.debugDescription
    case .keyNotFound(let key, _): return "'\(key.stringValue)' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "'\(context.codingPath.map(\.stringValue).joined(separator: "."))': \(context.debugDescription)"
    @unknown default: return error.localizedDescription
    }
  }

  /// Deepest folder that is looked into for fixtures.
  private static let maxDepth = 8

  /// All fixture folders below a folder, at any depth, in order of their paths.
  public static func folders(below root: String) -> [String] {
    var result: [String] = []
    collect(root, depth: 0, into: &result)
    return result
  }

  private static func collect(_ folder: String, depth: Int, into result: inout [String]) {
    let manager = FileManager.default
    if manager.fileExists(atPath: folder + "/fixture.json") {
      result.append(folder)
      return
    }
    guard depth < maxDepth else { return }
    for name in (try? manager.contentsOfDirectory(atPath: folder))?.sorted() ?? [] {
      // A link could lead back up; a fixture is a folder of its own.
      let path = folder + "/" + name
      var isFolder: ObjCBool = false
      guard manager.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue,
        (try? manager.destinationOfSymbolicLink(atPath: path)) == nil
      else { continue }
      collect(path, depth: depth + 1, into: &result)
    }
  }

  /// Cleans the page and holds the result against the expectations.
  public func run(with winnow: Winnow) -> FixtureResult {
    do throws(ReadError) {
      return FixtureResult(fixture: self, reading: try winnow.read(page))
    } catch {
      return FixtureResult(fixture: self, reading: nil, failure: error.description)
    }
  }
}
