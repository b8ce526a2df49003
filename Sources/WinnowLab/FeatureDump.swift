import ArgumentParser
import Foundation
import Winnow
import WinnowBatch
import WinnowCore
import WinnowModel
import WinnowStages

/// `winnow-lab features`: the rows that training learns from, written by the code that serves.
///
/// For each page a line of JSON with the sizes, then the columns as little-endian numbers in the order
/// of ``PageRows/bytes``.
struct FeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features", abstract: "Writes the feature rows of pages for training.")

  @Argument(help: "Pages: files, folders, JSON lines.")
  var inputs: [String]

  @Option(name: .shortAndLong, help: "The file to write.")
  var output: String

  @Option(help: "Token weights to use; none gives zero scores.")
  var tokens: String?

  @Option(help: "Only columns whose name contains this, and no texts and tokens.")
  var columns: String?

  @Flag(help: "The features of flat text; --tokens names word weights then.")
  var flat = false

  @Flag(help: "Print the columns' names, a line each, and stop.")
  var names = false

  func run() throws {
    if names {
      for name in flat ? FlatFeatures.names : BlockFeatures.names { print(name) }
      return
    }
    if flat {
      let words = try tokens.map { try TokenFile.load($0, WordWeights.init) } ?? WordWeights()
      return try write(FlatPageRows(weights: words, filter: columns).bytes)
    }
    let weights = try tokens.map { try TokenFile.load($0, TokenWeights.init) } ?? TokenWeights()
    try write(PageRows(weights: weights, filter: columns).bytes)
  }

  /// Writes the rows of every page that can be read.
  private func write(_ rows: (Page) throws -> [UInt8]) throws {
    guard let file = fopen(output, "wb") else { throw ValidationError("cannot write \(output)") }
    defer { fclose(file) }
    let options = SourceOptions(
      format: .auto, charset: "utf-8", url: nil, maxBytes: 64 << 20)
    let source = PageSource(inputs, options: options)
    while let item = source.next() {
      let loaded = item.load(options)
      guard loaded.error == nil else { continue }
      let bytes = try rows(loaded.page)
      bytes.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) }
    }
  }
}

/// Reads weights from a file.
enum TokenFile {
  static func load<Weights>(
    _ path: String, _ make: (UnsafeRawBufferPointer) -> Weights?
  ) throws -> Weights {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    guard let weights = data.withUnsafeBytes(make) else {
      throw ValidationError("\(path) holds no weights")
    }
    return weights
  }
}

/// One page's rows as bytes.
struct PageRows {
  private let weights: TokenWeights
  private let filter: String?
  private let chosen: [Int]
  private let winnow: Winnow

  init(weights: TokenWeights, filter: String?) throws {
    self.weights = weights
    self.filter = filter
    chosen = BlockFeatures.names.indices.filter { filter.map(BlockFeatures.names[$0].contains) ?? true }
    var configuration = WinnowConfiguration.article
    // What rules say is an input of the score; what comes from the score on is not.
    let judgement = ["content-score", "continuity"]
    configuration.stages = BuiltInStages.all.filter { !judgement.contains($0.id.name) }
    winnow = try Winnow(configuration)
  }

  func bytes(_ page: Page) throws -> [UInt8] {
    let reading = try winnow.read(page)
    let document = reading.document
    let features = BlockFeatures(document, reading.ledger, weights)
    let matrix = features.matrix()
    let storage = document.storage
    let containers = storage.containers.rows
    let isFull = filter == nil
    var header: [String: Any] = [
      "id": page.id, "n": document.count, "f": chosen.count, "full": isFull,
    ]
    if isFull {
      header["m"] = containers.count
      header["t"] = storage.containers.tokens.count
      header["b"] = storage.text.count
    }
    var out = [UInt8](try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys]))
    out.append(0x0A)
    for row in 0..<matrix.count {
      for column in chosen { append(matrix[row, column], &out) }
    }
    guard isFull else { return out }
    for row in containers { append(row.parent, &out) }
    for row in containers { append(Int32(row.tag.rawValue), &out) }
    for row in containers { append(row.tokenStart, &out) }
    for row in containers { append(row.tokenEnd, &out) }
    for token in storage.containers.tokens { append(Int32(bitPattern: token), &out) }
    for row in storage.rows { append(row.container, &out) }
    for range in storage.inlineTokens { append(Int32(range.lowerBound), &out) }
    for range in storage.inlineTokens { append(Int32(range.upperBound), &out) }
    for group in features.signatureGroups { append(group, &out) }
    for index in document.indices {
      let label = reading.ledger.leadingLabel(of: index)
      append(label.map { Int32($0.role.rawValue) * 4 + Int32($0.confidence.rawValue) } ?? -1, &out)
    }
    for row in storage.rows { append(row.measures.words, &out) }
    for row in storage.rows { append(row.textStart, &out) }
    for row in storage.rows { append(row.textEnd, &out) }
    out += storage.text
    return out
  }

  private func append(_ value: Float, _ out: inout [UInt8]) {
    append(Int32(bitPattern: value.bitPattern), &out)
  }

  private func append(_ value: Int32, _ out: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { out += $0 }
  }
}
