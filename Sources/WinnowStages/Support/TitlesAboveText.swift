import WinnowCore
import WinnowModel

/// Lists above an article's text whose lines are titles of other stories and nothing else.
enum TitlesAboveText {
  /// Words of a title. A list of chapters has shorter ones.
  private static let shortest: Int32 = 6
  private static let fewest = 8

  /// The lines of such a list, if the content score kept one first of all.
  static func find(_ document: Document, _ ledger: Ledger) -> [Int] {
    guard document.form == .html, DeclaredKind(document).isArticle else { return [] }
    var titles: [Int] = []
    for index in document.indices where ledger.isLed(index, by: .body) {
      let row = document.rows[index]
      guard row.measures.kind == .listItem, row.linkDensity >= 0.9, row.measures.words >= shortest else {
        break
      }
      titles.append(index)
    }
    return titles.count >= fewest ? titles : []
  }
}
