import WinnowCore
import WinnowText

@testable import WinnowHTML

/// A page as the tests look at it.
struct ScannedPage {
  let document: RawDocument
  let facts: HeadFacts

  /// Scans markup.
  init(_ markup: String, limits: ReaderLimits = ReaderLimits()) throws {
    try self.init(bytes: Array(markup.utf8), limits: limits)
  }

  /// Scans bytes.
  init(bytes: [UInt8], limits: ReaderLimits = ReaderLimits()) throws {
    (document, facts) = try HTMLReader(limits: limits).scan(bytes)
  }

  /// The blocks' texts.
  var texts: [String] { document.rows.map { text(of: $0) } }

  /// The text of a block.
  func text(of row: RawRow) -> String {
    String(decoding: document.text[Int(row.textStart)..<Int(row.textEnd)], as: UTF8.self)
  }

  /// The first block with this text.
  func row(_ text: String) -> RawRow? { document.rows.first { self.text(of: $0) == text } }

  /// The container of the first block with this text.
  func container(of text: String) -> ContainerRow? {
    row(text).map { document.containers[Int($0.container)] }
  }

  /// Whether the containers form a tree in pre-order.
  var isWellFormed: Bool {
    let rows = document.containers
    for (index, row) in rows.enumerated() {
      guard Int(row.subtreeEnd) > index, Int(row.subtreeEnd) <= rows.count else { return false }
      guard row.tokenStart <= row.tokenEnd, Int(row.tokenEnd) <= document.tokens.count else { return false }
      if index == 0 { continue }
      let parent = Int(row.parent)
      guard parent >= 0, parent < index, row.depth == rows[parent].depth + 1 else { return false }
      guard row.subtreeEnd <= rows[parent].subtreeEnd else { return false }
    }
    return document.rows.allSatisfy {
      $0.textStart < $0.textEnd && Int($0.container) < rows.count && $0.container > 0
        && Int($0.textEnd) <= document.text.count
    }
  }
}
