import ArgumentParser
import Foundation
import Winnow
import WinnowBatch
import WinnowCore
import WinnowModel

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
    chosen = RowBytes.columns(BlockFeatures.names, containing: filter)
    winnow = try RowBytes.readerBeforeScore()
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
    var out = try RowBytes(header: header)
    out.append(matrix, columns: chosen)
    guard isFull else { return out.bytes }
    for row in containers { out.append(row.parent) }
    for row in containers { out.append(Int32(row.tag.rawValue)) }
    for row in containers { out.append(row.tokenStart) }
    for row in containers { out.append(row.tokenEnd) }
    for token in storage.containers.tokens { out.append(Int32(bitPattern: token)) }
    for row in storage.rows { out.append(row.container) }
    for range in storage.inlineTokens { out.append(Int32(range.lowerBound)) }
    for range in storage.inlineTokens { out.append(Int32(range.upperBound)) }
    for group in features.signatureGroups { out.append(group) }
    out.appendLabelsAndWords(reading)
    out.appendText(document)
    return out.bytes
  }
}
