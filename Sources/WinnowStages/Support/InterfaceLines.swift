import WinnowCore

/// "Joined: 3 May 2011", "Back to top": what forum software writes beside every post, and the score takes for part
/// of it. One such line may be the author's; the same phrase at three posts is not.
struct InterfaceLines {
  private let document: Document

  /// In words: a label and a date.
  private static let longest = 5
  private static let fewest = 3

  init(_ document: Document) {
    self.document = document
  }

  /// The kept ones of the lines that a page repeats, and where their phrase stands.
  func repeated(_ ledger: Ledger) -> [(block: Int, phrase: Range<Int>)] {
    guard document.form == .html else { return [] }
    var lines: [(block: Int, range: Range<Int>, phrase: String)] = []
    var counts: [String: Int] = [:]
    // Those that the score gave up count as well: near its threshold some posts keep the line and some do not.
    for index in document.indices where ledger.isLed(index, by: [.paragraph, .listItem, .furniture]) {
      let block = document[index]
      guard block.words <= Self.longest, !Self.isValue(index, document),
        let hit = block.hits.first(where: {
          $0.section == .furniture && ($0.anchor == .whole || $0.opensBlock)
        })
      else { continue }
      let phrase = block.text(hit.range)
      if ledger.role(of: index) != .furniture { lines.append((index, hit.range, phrase)) }
      counts[phrase, default: 0] += 1
    }
    return lines.filter { counts[$0.phrase, default: 0] >= Self.fewest }.map { ($0.block, $0.range) }
  }

  /// "4.12" below the term "Since:" of a list of definitions.
  static func isValue(_ index: Int, _ document: Document) -> Bool {
    guard index > 0, document.rows[index].measures.kind == .listItem else { return false }
    let term = document.rows[index - 1].measures
    return term.kind == .listItem && term.flags.contains(.endsColon)
      && !document[index - 1].hits.contains { $0.section == .furniture }
  }
}
