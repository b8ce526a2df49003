import Foundation
import Winnow
import WinnowCore
import WinnowModel
import WinnowStages

/// One flat page's rows as bytes: a line of JSON with the sizes, then the columns.
struct FlatPageRows {
  private let weights: WordWeights
  private let filter: String?
  private let chosen: [Int]
  private let winnow: Winnow

  init(weights: WordWeights, filter: String?) throws {
    self.weights = weights
    self.filter = filter
    chosen = FlatFeatures.names.indices.filter { filter.map(FlatFeatures.names[$0].contains) ?? true }
    var configuration = WinnowConfiguration.article
    let judgement = ["content-score", "continuity"]
    configuration.stages = BuiltInStages.all.filter { !judgement.contains($0.id.name) }
    winnow = try Winnow(configuration)
  }

  func bytes(_ page: Page) throws -> [UInt8] {
    let reading = try winnow.read(page)
    let document = reading.document
    let features = FlatFeatures(document, reading.ledger, weights)
    let matrix = features.matrix()
    let tokens = document.indices.map(features.tokens)
    let isFull = filter == nil
    var header: [String: Any] = [
      "id": page.id, "n": document.count, "f": chosen.count, "full": isFull, "html": page.form == .html,
    ]
    if isFull {
      header["t"] = tokens.reduce(0) { $0 + $1.count }
      header["b"] = document.storage.text.count
    }
    var out = [UInt8](try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys]))
    out.append(0x0A)
    for row in 0..<matrix.count {
      for column in chosen {
        append(Int32(bitPattern: matrix[row, column].bitPattern), &out)
      }
    }
    guard isFull else { return out }
    for way in features.shapes.groups { for group in way { append(group, &out) } }
    for index in document.indices {
      let label = reading.ledger.leadingLabel(of: index)
      append(label.map { Int32($0.role.rawValue) * 4 + Int32($0.confidence.rawValue) } ?? -1, &out)
    }
    for row in document.storage.rows { append(row.measures.words, &out) }
    for list in tokens { append(Int32(list.count), &out) }
    for list in tokens { for token in list { append(Int32(bitPattern: token), &out) } }
    for row in document.storage.rows { append(row.textStart, &out) }
    for row in document.storage.rows { append(row.textEnd, &out) }
    out += document.storage.text
    return out
  }

  private func append(_ value: Int32, _ out: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { out += $0 }
  }
}
