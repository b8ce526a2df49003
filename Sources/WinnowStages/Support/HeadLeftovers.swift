import WinnowCore

/// Short lines of a flat text's head that the score kept: between headline, byline, date and picture, or above the
/// headline, where no paragraph stands.
struct HeadLeftovers {
  private let document: Document
  private let headline: Int
  /// What stands in a head besides the headline.
  private static let head: RoleSet = [.byline, .publicationDate, .source, .credit, .readingTime]
  private static let longestInHead: Int32 = 8
  private static let longestAbove: Int32 = 12
  /// More lines are what the page is about: a price list, a chart.
  private static let mostAbove = 6

  init?(_ document: Document, _ ledger: Ledger) {
    guard document.form == .flatText, let headline = ledger.first(.headline) else { return nil }
    self.document = document
    self.headline = headline
  }

  /// The lines, from the first to the last.
  func lines(_ ledger: Ledger) -> [Int] { above(ledger) + within(ledger) }

  /// "FT Northgate 2-1 Colby", above the headline: nothing, if a paragraph stands there too.
  private func above(_ ledger: Ledger) -> [Int] {
    // A headline far down, or one in the midst of what was kept, may be a subheading that the stage mistook.
    guard document.proseStart.map({ headline < $0 }) ?? false else { return [] }
    let kept = (0..<headline).filter { ledger.isLed($0, by: .body) }
    return kept.count <= HeadLeftovers.mostAbove && kept.allSatisfy(isShortAbove) ? kept : []
  }

  private func isShortAbove(_ index: Int) -> Bool {
    let m = document.rows[index].measures
    return m.words <= HeadLeftovers.longestAbove && (!m.flags.contains(.endsSentence) || m.words <= 3)
      && m.kind != .code
  }

  /// "Ann Smith at Mill Lane" between headline and date.
  private func within(_ ledger: Ledger) -> [Int] {
    guard
      let start = document.next(after: headline, limit: HeadLeftovers.reach, where: { isText($0, ledger) }),
      let last = (headline + 1..<start).last(where: { isHead($0, ledger) })
    else { return [] }
    return (headline + 1...last).filter { index in
      let m = document.rows[index].measures
      return ledger.isLed(index, by: .body) && m.words <= HeadLeftovers.longestInHead
        && !m.flags.contains(.endsSentence) && m.kind != .tableRow && m.kind != .code
    }
  }

  /// "Published on 29 June 2019" right above the first paragraph, where the stage of dates looked elsewhere since it
  /// had taken another line for the headline. Three dates are a list's.
  static func datesAboveText(_ document: Document, _ ledger: Ledger) -> [Int] {
    guard document.form == .flatText,
      let text = document.indices.first(where: {
        // Teasers above end in dots as sentences do.
        document.rows[$0].isProse && document.rows[$0].measures.words >= fewestOfText
          && ledger.isLed($0, by: .body)
      })
    else { return [] }
    let dates = (max(0, text - nearText)..<text).filter {
      let m = document.rows[$0].measures
      return m.flags.contains(.dateOnly) && m.words <= longestAbove && m.kind != .tableRow && m.kind != .code
        && ledger.isLed($0, by: .body)
    }
    return dates.count <= 2 ? dates : []
  }

  private static let nearText = 4
  private static let fewestOfText: Int32 = 20

  private static let reach = 24

  private func isText(_ index: Int, _ ledger: Ledger) -> Bool {
    document.rows[index].isProse && ledger.isLed(index, by: .body)
  }

  private func isHead(_ index: Int, _ ledger: Ledger) -> Bool {
    if isAddress(index) { return true }
    guard let label = ledger.leadingLabel(of: index) else { return false }
    // Of doubled lines without a credit some are the body's.
    if label.role == .caption { return label.reason == .captionCredit }
    return label.confidence >= .likely && HeadLeftovers.head.contains(label.role)
  }

  /// Nothing but a web address.
  private func isAddress(_ index: Int) -> Bool {
    let text = document[index].utf8
    return text.starts(with: "http".utf8) && !text.contains(0x20) && text.contains(0x3A)
  }
}
