import Winnow
import WinnowCore
import WinnowModel

/// One flat page's rows as bytes: a line of JSON with the sizes, then the columns.
struct FlatPageRows {
  private let weights: WordWeights
  private let filter: String?
  private let chosen: [Int]
  private let winnow: Winnow

  init(weights: WordWeights, filter: String?) throws {
    self.weights = weights
    self.filter = filter
    chosen = RowBytes.columns(FlatFeatures.names, containing: filter)
    winnow = try RowBytes.readerBeforeScore()
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
    var out = try RowBytes(header: header)
    out.append(matrix, columns: chosen)
    guard isFull else { return out.bytes }
    for way in features.shapes.groups { for group in way { out.append(group) } }
    out.appendLabelsAndWords(reading)
    for list in tokens { out.append(Int32(list.count)) }
    for list in tokens { for token in list { out.append(Int32(bitPattern: token)) } }
    out.appendText(document)
    return out.bytes
  }
}
