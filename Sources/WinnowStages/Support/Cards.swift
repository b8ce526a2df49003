import WinnowCore

/// Cards of other stories below an article: title, picture's text, date and teaser in one box.
struct Cards {
  private let document: Document

  init(_ document: Document) { self.document = document }

  /// Longest card, in blocks.
  private static let longest = 8
  /// Shortest title, in words.
  private static let shortestTitle: Int32 = 3

  private static let others: RoleSet = [.relatedLinks, .mostRead]
  private static let caption: RoleSet = [.caption]

  /// What a paragraph below the text is that stands in a card all of whose other lines are another story's; `nil` for
  /// others.
  func role(ofText index: Int, _ ledger: Ledger) -> Role? {
    guard let card = box(of: index) else { return nil }
    let rest = card.filter { $0 != index }
    guard rest.allSatisfy({ ledger.isLed($0, by: Cards.others) }),
      rest.contains(where: { document.rows[$0].linkDensity > 0.8 })
    else { return nil }
    return rest.first.flatMap(ledger.role)
  }

  /// Captions below the text that are links, or stand in one card with a linked title.
  func captions(_ ledger: Ledger) -> [Int] {
    guard document.form == .html else { return [] }
    return document.indices[document.measures.proseSpan.upperBound...].filter { index in
      guard ledger.isLed(index, by: Cards.caption) else { return false }
      if document.rows[index].linkDensity > 0.5 { return true }
      // The box of a short article holds titles of others as well.
      guard let card = box(of: index), !card.contains(where: { ledger.isLed($0, by: .body) }) else {
        return false
      }
      return card.contains { $0 != index && isLinked($0) }
    }
  }

  private func isLinked(_ index: Int) -> Bool {
    document.rows[index].linkDensity > 0.8 && document.rows[index].measures.words >= Cards.shortestTitle
  }

  /// The blocks of the innermost element that holds more than this one, if they are not too many.
  private func box(of index: Int) -> Range<Int>? {
    var box = Int(document.rows[index].container)
    while box > 0, document.containers[box].endBlock - document.containers[box].firstBlock < 2 {
      box = Int(document.containers[box].parent)
    }
    let blocks = Int(document.containers[box].firstBlock)..<Int(document.containers[box].endBlock)
    return (2...Cards.longest).contains(blocks.count) ? blocks : nil
  }
}
