import WinnowCore
import WinnowText

extension Reason {
  static let navigationElement: Reason = "navigation.element"
  static let navigationMarkup: Reason = "navigation.markup"
  static let navigationWord: Reason = "navigation.menu-word"
  static let navigationLinks: Reason = "navigation.run-of-links"
  static let navigationBullets: Reason = "navigation.run-of-short-items"
  static let breadcrumbMarkup: Reason = "breadcrumb.markup"
  static let breadcrumbPhrase: Reason = "breadcrumb.phrase"
  static let siteNameDeclared: Reason = "site-name.declared"
  static let siteNameRepeated: Reason = "site-name.repeated-line"
  static let furnitureInitials: Reason = "furniture.initials"
  static let furnitureReference: Reason = "furniture.reference"
  static let navigationContents: Reason = "navigation.contents-list"
  static let furnitureRepeated: Reason = "furniture.repeated-line"
  static let furnitureWord: Reason = "furniture.interface-word"
  static let furnitureLineNumbers: Reason = "furniture.line-numbers"
  static let contentsMarkup: Reason = "navigation.table-of-contents"
}

/// Finds menus, breadcrumbs, site names and words of the user interface.
public struct NavigationStage: Stage {
  public static let id: StageID = "navigation"
  public static let contract = StageContract(
    reads: [.headline, .byline, .publicationDate],
    writes: [.navigation, .breadcrumb, .siteName, .furniture, .subheading])
  public static let summary =
    "Labels menus by element, class, menu words and runs of short linked or bulleted lines; breadcrumbs; site names; lists of chapters in flat text."
  public static let risk =
    "Lists inside an article look like menus: runs count only outside the body, or where every item is a link."
  public static let examples: [StageExample] = [
    .text(
      "a bulleted menu above, a bulleted list inside",
      """
        • News
        • Politics
        • Sports
        • Culture

      Bakers agree on smaller loaves

      The bakers of the valley agreed on Wednesday to bake smaller loaves, because flour has become scarce.

        • Loaves will weigh 700 grams instead of a kilogram.
        • Rolls will keep their weight until the end of May.

      The agreement of the bakers ends in autumn, when the valley's own flour should be on the market again.
      """,
      proof: """
        - navigation  News
        - navigation  Politics
        - navigation  Sports
        - navigation  Culture
        = headline    Bakers agree on smaller loaves
        + paragraph   The bakers of the valley…
        + list-item   Loaves will weigh…
        + list-item   Rolls will keep…
        + paragraph   The agreement of the bakers…
        """)
  ]

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    let siteNames = document.declared(.siteName, or: .publisher)
      .map { WordHashes.of($0.value) }.filter { !$0.isEmpty }
    for index in document.indices {
      // Not by a name of its own: a block that is kept counts a reference to the page.
      guard let claim = claim(document[index], siteNames, document) else { continue }
      // The article's own date may stand among the dates of teasers.
      if claim.reason == .furnitureRepeated, ledger.isLed(index, by: [.publicationDate, .byline]) {
        continue
      }
      ledger.add(
        claim.role, to: index, claim.confidence, because: claim.reason, evidence: claim.evidence)
    }
    labelRuns(document, &ledger)
    labelContents(document, &ledger)
  }

  /// From so many words on a line is a paragraph: an encyclopedia's notes, "[1]", hide that its sentences end.
  private static let paragraph: Int32 = 20

  /// The list of a page's own chapters in flat text.
  private func labelContents(_ document: Document, _ ledger: inout Ledger) {
    var list = ContentsList(document)
    for run in list.entries() {
      for index in run where !ledger.isLed(index, by: [.headline]) {
        ledger.add(
          .navigation, to: index, .strong, because: .navigationContents, evidence: .block(run.lowerBound))
      }
      // "History" and "Decline" are a menu's word and a button's, but here they head chapters.
      let chapters = list.chapters(of: run)
      func isText(_ index: Int) -> Bool {
        let row = document.rows[index]
        return row.isProse || row.measures.words >= NavigationStage.paragraph
      }
      for chapter in chapters
      where chapter + 1 < document.count && (isText(chapter + 1) || chapters.contains(chapter + 1))
        && (run.upperBound..<chapter).contains(where: isText) && !ledger.isLed(chapter, by: [.headline])
      {
        ledger.add(
          .subheading, to: chapter, .strong, because: .navigationContents, evidence: .block(run.lowerBound))
      }
    }
  }

  private func claim(_ block: Block, _ siteNames: [[UInt64]], _ document: Document) -> Claim? {
    let m = block.measures
    let marks = block.marks
    if m.kind == .code, isLineNumbers(block) || isOnlyLine(block, document) {
      return Claim(.furniture, .certain, .furnitureLineNumbers)
    }
    if marks.contains(.breadcrumbToken), m.words <= 30 {
      return Claim(.breadcrumb, .strong, .breadcrumbMarkup)
    }
    if marks.contains(.nav), !m.flags.contains(.prose) {
      return Claim(.navigation, .strong, .navigationElement)
    }
    // In manuals the heading of a chapter leads back to the table of contents.
    if marks.contains(.contentsToken), m.kind == .heading, m.links == 1, block.id + 1 < document.count,
      document.rows[block.id + 1].isProse
    {
      return Claim(.subheading, .strong, .contentsMarkup)
    }
    // Chapters of a manual may be headed by a question of two lines.
    if marks.contains(.contentsToken), m.linkCharacters * 2 > m.characters,
      m.words <= 20 || m.words <= NavigationStage.longestChapter && m.linkCharacters * 10 >= m.characters * 9
    {
      return Claim(.navigation, .strong, .contentsMarkup)
    }
    if marks.contains(.navigationToken), !m.flags.contains(.prose), m.words <= 20 {
      return Claim(.navigation, m.kind == .heading ? .likely : .strong, .navigationMarkup)
    }
    for hit in block.hits {
      switch (hit.section, hit.anchor) {
      case (.breadcrumb, .start), (.breadcrumb, .whole):
        if m.words <= 30 { return Claim(.breadcrumb, .strong, .breadcrumbPhrase, evidence: .text(hit.range)) }
      case (.furniture, .whole), (.commentAction, .whole), (.contents, .whole):
        // A label such as "Edited" with a date behind it belongs to the date.
        if m.flags.contains(.hasDate), block.hit(.updated) != nil || block.hit(.published) != nil { continue }
        if InterfaceLines.isValue(block.id, document) { continue }
        // "Options" may head a chapter of the body.
        let isChapter = m.kind == .heading && opensChapter(block.id, document)
        return Claim(
          .furniture, isChapter ? .hint : .strong, .furnitureWord, evidence: .text(hit.range))
      case (.furniture, .start) where isRequest(block, m):
        return Claim(.furniture, .strong, .furnitureWord, evidence: .text(hit.range))
      case (.navigation, .start) where isWayOn(m):
        return Claim(.navigation, .strong, .navigationWord, evidence: .text(hit.range))
      case (.navigation, .whole):
        // A one-word heading between paragraphs may be a menu word too, so the body may overrule.
        let inBody = document.measures.proseSpan.contains(block.id) && m.linkCharacters == 0
        return Claim(
          .navigation, inBody ? .hint : .strong, .navigationWord, evidence: .text(hit.range))
      default: continue
      }
    }
    if m.words <= 8, !siteNames.isEmpty {
      let words = block.wordHashes
      if siteNames.contains(where: { $0.elementsEqual(words) }) {
        return Claim(.siteName, .strong, .siteNameDeclared)
      }
    }
    // Rows of figures are copies of one another once their digits are left out.
    if document.form == .flatText, m.words >= 2, m.words <= 5, m.copies >= 3, m.kind != .tableRow,
      !m.flags.contains(.endsSentence)
    {
      // Times and dates of teasers repeat too.
      if m.digits > 0 { return Claim(.furniture, .strong, .furnitureRepeated) }
      return Claim(.siteName, .likely, .siteNameRepeated)
    }
    if isRunningHead(block, document) { return Claim(.furniture, .strong, .furnitureRepeated) }
    if isInitials(block), block.id + 1 >= document.measures.proseSpan.upperBound {
      return Claim(.furniture, .strong, .furnitureInitials)
    }
    if isReference(block, document) { return Claim(.furniture, .strong, .furnitureReference) }
    // One letter or sign: icons' texts.
    if m.characters <= 2, m.words <= 1, !document.measures.proseSpan.contains(block.id) {
      return Claim(.furniture, .likely, .furnitureWord)
    }
    return nil
  }

  /// The column beside a listing that counts its lines: nothing but numbers, each one more than the last.
  private func isLineNumbers(_ block: Block) -> Bool {
    guard block.utf8.first(where: { $0 > 0x20 }).map({ $0.isASCIIDigit }) ?? false else { return false }
    var last = -1
    var lines = 0
    for word in block.utf8.split(whereSeparator: { $0 <= 0x20 }) {
      guard word.count <= 5, word.allSatisfy({ $0.isASCIIDigit }) else { return false }
      let number = word.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
      guard lines == 0 || number == last + 1 else { return false }
      last = number
      lines += 1
    }
    return lines >= 2
  }

  /// The same beside a listing of one line.
  private func isOnlyLine(_ block: Block, _ document: Document) -> Bool {
    let next = block.id + 1
    return block.utf8.elementsEqual([0x31]) && next < document.count
      && document.rows[next].measures.kind == .code && !document[next].utf8.contains(0x0A)
  }

  /// "Found a mistake? Select it and press Ctrl+Enter": short, or made of two such phrases.
  private func isRequest(_ block: Block, _ m: BlockMeasures) -> Bool {
    m.words <= 14 && !m.flags.contains(.prose)
      || m.words <= 30 && block.hits.count { $0.section == .furniture } >= 2
  }

  /// Whether a long sentence, a table or code follows, inside the densest stretch of prose.
  private func opensChapter(_ index: Int, _ document: Document) -> Bool {
    guard document.measures.proseSpan.contains(index), index + 1 < document.count else { return false }
    let next = document.rows[index + 1].measures
    guard next.linkCharacters * 2 < next.characters else { return false }
    return next.flags.contains(.prose) && next.words >= 12 || next.kind == .tableRow || next.kind == .code
  }

  /// Words of a chapter's heading in a table of contents.
  private static let longestChapter: Int32 = 60

  /// "Next: Lists, Previous: Numbers, Up: Types [Contents]": mostly links.
  private func isWayOn(_ m: BlockMeasures) -> Bool {
    m.links >= 1 && m.words <= NavigationStage.longestChapter && m.linkCharacters * 2 > m.characters
      && !m.flags.contains(.endsSentence)
  }

  /// What a printed page repeats below the number of the one before: "Page 2 of 9", then the paper's title.
  private func isRunningHead(_ block: Block, _ document: Document) -> Bool {
    guard document.form == .flatText else { return false }
    let m = block.measures
    guard m.copies > 1, block.id > 0, m.words <= 20 else { return false }
    let above = document[block.id - 1]
    return above.measures.copies > 1 && above.measures.digits > 0 && above.isWhole(.furniture)
  }

  /// "^ Hale, J. (1988). Boats of the Ness.": an encyclopedia's note, which a sign leads back to its place.
  private func isReference(_ block: Block, _ document: Document) -> Bool {
    guard document.form == .flatText else { return false }
    let text = block.utf8
    return text.starts(with: "^ ".utf8) || text.starts(with: "\u{2191} ".utf8)
  }

  /// "(rpu/kta)": who wrote and who edited, in small letters behind the last paragraph.
  private func isInitials(_ block: Block) -> Bool {
    guard (4...14).contains(block.row.textEnd - block.row.textStart) else { return false }
    let text = block.utf8
    guard text.first == 0x28, text.last == 0x29 else { return false }
    return text.dropFirst().dropLast().allSatisfy { $0.isASCIISmall || $0 == 0x2F }
  }

  private func labelRuns(_ document: Document, _ ledger: inout Ledger) {
    let span = document.measures.proseSpan
    var start = 0
    let rows = document.rows
    func isItem(_ index: Int) -> Bool {
      let m = rows[index].measures
      guard m.words <= 7, !m.flags.contains(.endsSentence), m.kind != .code, m.kind != .tableRow else {
        return false
      }
      if document.signals.contains(.links) { return m.linkCharacters * 5 >= m.characters * 4 }
      return m.flags.contains(.bullet) && m.words <= 5
    }
    while start < rows.count {
      guard isItem(start) else {
        start += 1
        continue
      }
      var end = start + 1
      while end < rows.count, isItem(end) { end += 1 }
      // Inside the body four links in a row may be a list of sources; elsewhere they are a menu.
      let inside = start > span.lowerBound && end < span.upperBound
      let reason: Reason = document.signals.contains(.links) ? .navigationLinks : .navigationBullets
      if end - start >= (inside ? 8 : 4) {
        for index in start..<end where ledger.role(of: index) == nil || ledger.role(of: index) == .siteName {
          ledger.add(
            .navigation, to: index, inside ? .hint : .likely, because: reason, evidence: .block(start))
        }
      }
      start = end
    }
  }
}
