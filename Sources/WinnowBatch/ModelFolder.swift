package import Winnow
import WinnowModel
internal import WinnowStages

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder with models that training wrote, in place of those that are built in: for pages with markup, for flat text, or
/// for both.
package struct ModelFolder {
  private let path: String

  private static let markup = ["content.forest", "content.tokens", "content.network"]
  private static let flat = ["flat.words", "flat.forest", "flat.network"]
  /// Largest file of a model, in bytes.
  private static let largest = 64 << 20

  package init(_ path: String) { self.path = path }

  /// The configuration with these models.
  ///
  /// - throws: ``ConfigurationError`` when the folder holds no model, only a part of one, or what is none.
  package func applied(to configuration: WinnowConfiguration) throws(ConfigurationError)
    -> WinnowConfiguration
  {
    let stage = try contentScore()
    var configuration = configuration
    configuration.stages = configuration.stages.map { $0 is ContentScoreStage ? stage : $0 }
    return configuration
  }

  private func contentScore() throws(ConfigurationError) -> ContentScoreStage {
    do {
      let judge = try files(Self.markup).map { files in
        ContentScoreStage.Judge.model(
          try Self.withBytes(files) { try ContentModel(forest: $0, tokens: $1, network: $2) })
      }
      let flatJudge = try files(Self.flat).map { files in
        ContentScoreStage.FlatJudge.model(
          try Self.withBytes(files) { try FlatModel(words: $0, forest: $1, network: $2) })
      }
      guard judge != nil || flatJudge != nil else {
        throw Incomplete(
          description: "it holds neither \(Self.list(Self.markup)) nor \(Self.list(Self.flat))")
      }
      return ContentScoreStage(judge: judge, flatJudge: flatJudge)
    } catch {
      throw ConfigurationError(problems: ["the model in \(path) cannot be used: \(error)"])
    }
  }

  /// The bytes of a model's files; nil if there are none of them.
  private func files(_ names: [String]) throws -> [[UInt8]]? {
    let found = names.filter { access(path + "/" + $0, F_OK) == 0 }
    if found.isEmpty { return nil }
    let missing = names.filter { !found.contains($0) }
    guard missing.isEmpty else {
      // Without an error the built-in model would do the work, and nobody would know.
      throw Incomplete(
        description: "it holds \(Self.list(found)) but not \(Self.list(missing)); all are of one training")
    }
    return try names.map { try ByteInput(InputPath(path + "/" + $0)).readAll(limit: Self.largest) }
  }

  private static func withBytes<Model>(
    _ files: [[UInt8]],
    _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Model
  ) rethrows -> Model {
    try files[0].withUnsafeBytes { first in
      try files[1].withUnsafeBytes { second in
        try files[2].withUnsafeBytes { try body(first, second, $0) }
      }
    }
  }

  private static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  private struct Incomplete: Error, CustomStringConvertible {
    let description: String
  }
}
