import Foundation
import Winnow
import WinnowCore
import WinnowModel
import WinnowStages

/// What the rows of pages with markup and those of flat text have in common: a line of JSON with the sizes, then
/// little-endian numbers.
struct RowBytes {
  private(set) var bytes: [UInt8]

  /// Pages as they stand before the score: what rules say is an input of it; what comes from it on is not.
  ///
  /// - throws: ``ConfigurationError`` never, with built-in stages.
  static func readerBeforeScore() throws(ConfigurationError) -> Winnow {
    var configuration = WinnowConfiguration.article
    configuration.stages = Array(BuiltInStages.all.prefix { $0.id != ContentScoreStage.id })
    return try Winnow(configuration)
  }

  /// The columns whose name contains a text; all without one.
  static func columns(_ names: [String], containing text: String?) -> [Int] {
    names.indices.filter { text.map(names[$0].contains) ?? true }
  }

  init(header: [String: Any]) throws {
    bytes = [UInt8](try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys]))
    bytes.append(0x0A)
  }

  mutating func append(_ value: Int32) { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }

  mutating func append(_ matrix: FeatureMatrix, columns: [Int]) {
    for row in 0..<matrix.count {
      for column in columns { append(Int32(bitPattern: matrix[row, column].bitPattern)) }
    }
  }

  /// Role and confidence of each block, and its words.
  mutating func appendLabelsAndWords(_ reading: Reading) {
    for index in reading.document.indices {
      let label = reading.ledger.leadingLabel(of: index)
      append(label.map { Int32($0.role.rawValue) * 4 + Int32($0.confidence.rawValue) } ?? -1)
    }
    for row in reading.document.storage.rows { append(row.measures.words) }
  }

  /// Where each block's text stands, and the text.
  mutating func appendText(_ document: Document) {
    for row in document.storage.rows { append(row.textStart) }
    for row in document.storage.rows { append(row.textEnd) }
    bytes += document.storage.text
  }
}
