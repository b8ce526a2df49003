import WinnowCore
import WinnowModel
import WinnowText

extension Reason {
  static let dekMarkup: Reason = "dek.markup"
  static let dekDescription: Reason = "dek.equals-description"
  static let dekHeading: Reason = "dek.heading-under-headline"
  static let dekAboveByline: Reason = "dek.above-byline"
  static let dekSetApart: Reason = "dek.set-apart-from-body"
}

/// Finds the standfirst: the sentence or two under the headline that is set apart from the body.
public struct DekStage: Stage {
  public static let id: StageID = "dek"
  public static let contract = StageContract(
    reads: [.headline, .byline, .publicationDate], writes: [.dek])
  public static let summary =
    "Labels one block between headline and body as dek, when markup, description or layout sets it apart."
  public static let risk =
    "The first paragraph could be taken for a dek; it must stand in another container or behind a gap."
  public static let examples: [StageExample] = [
    .text(
      "a sentence before the counters",
      """
      Museum finds a lost map in its own cellar

      The map was drawn in 1641 and had been missing for nearly a century.

      152 views
      2 May 2024

      Staff of the city museum have found a map from 1641 in a cellar that was due to be painted this week.

      The map shows the harbour before the great fire and was last seen at an exhibition in the year 1927.
      """,
      proof: """
        = headline          Museum finds a lost map in its own cellar
        = dek               The map was drawn in 1641…
        - engagement        152 views
        = publication-date  2 May 2024
        + paragraph         Staff of the city museum…
        + paragraph         The map shows…
        """),
    .html(
      "a description that repeats the first paragraph, with a short one and an advertisement behind it",
      """
      <html><head><title>Two barges collide on the Lower Wend</title><meta name="description"
      content="Two barges laden with gravel collided on the Lower Wend on Friday night, the river police said.">
      </head><body><h1>Two barges collide on the Lower Wend</h1>
      <div class="part"><p>Two barges laden with gravel collided on the Lower Wend on Friday night, the river police
      said.</p></div>
      <div class="part"><p>It was dark.</p></div><div class="slot">Advertisement</div>
      <div class="part"><p>One of the skippers was taken to a hospital with light injuries, and the other was unhurt,
      officers told reporters at the lock.</p></div></body></html>
      """,
      proof: """
        = headline       Two barges collide on the Lower Wend
        + paragraph      Two barges laden…
        + paragraph      It was dark.
        - advertisement  Advertisement
        + paragraph      One of the skippers…
        """),
    .html(
      "a sentence below the picture and above byline and date",
      """
      <html><head><title>Museum finds a lost map in its own cellar</title><meta property="og:type" content="article">
      </head><body><article><h1>Museum finds a lost map in its own cellar</h1>
      <div class="lead">The map was drawn in 1641 and had been missing for nearly a century.</div>
      <div class="meta"><span>By Ann Vale</span></div><div class="meta">2 May 2024</div>
      <div class="text"><p>Staff of the city museum have found a map from 1641 in a cellar that was due to be painted.</p>
      <p>The map shows the harbour before the great fire and was last seen at an exhibition in the year 1927.</p></div>
      </article></body></html>
      """,
      proof: """
        = headline          Museum finds a lost map…
        = dek               The map was drawn in 1641…
        = byline            By Ann Vale
        = publication-date  2 May 2024
        + paragraph         Staff of the city museum…
        + paragraph         The map shows…
        """),
    .html(
      "a description that was cut short",
      """
      <html><head><title>Museum finds a lost map in its own cellar</title><meta name="description"
      content="The map was drawn in 1641 and had been missing for nearly a cent..."></head><body><article>
      <h1>Museum finds a lost map in its own cellar</h1>
      <div class="top"><span>The map was drawn in 1641 and had been missing for nearly a century, until painters came</span></div>
      <div class="text"><p>Staff of the city museum have found a map from 1641 in a cellar that was due to be painted.</p>
      <p>The map shows the harbour before the great fire and was last seen at an exhibition in the year 1927.</p></div>
      </article></body></html>
      """,
      proof: """
        = headline   Museum finds a lost map…
        = dek        The map was drawn in 1641…
        + paragraph  Staff of the city museum…
        + paragraph  The map shows…
        """),
    .html(
      "a chapter right below the headline",
      """
      <html><head><title>The harbour's lamps</title></head><body><h1>The harbour's lamps</h1>
      <p>All lamps of the harbour burn from dusk to dawn, and two keepers look after them in turns.</p>
      <h2>6.1. How the lamps of a harbour are kept in order</h2>
      <p>Each lamp is cleaned on Monday, when the keepers row out with oil, cloths and a new wick for every one.</p>
      <p>A lamp that smokes is taken down at once, for its glass would be black before the night is over.</p></body></html>
      """,
      proof: """
        = headline    The harbour's lamps
        + paragraph   All lamps…
        + subheading  6.1. How the lamps…
        + paragraph   Each lamp…
        + paragraph   A lamp that smokes…
        """),
  ]

  private static let reach = 10
  /// Fewer words are a label.
  private static let fewestWords: Int32 = 3

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    guard let headline = ledger.first(.headline) else { return }
    let choice =
      document.signals.contains(.markup)
      ? fromMarkup(document, ledger, headline) : fromLayout(document, ledger, headline)
    guard let (block, confidence, reason) = choice else { return }
    ledger.add(.dek, to: block, confidence, because: reason)
  }

  private typealias Choice = (block: Int, confidence: Confidence, reason: Reason)

  private func fromMarkup(_ document: Document, _ ledger: Ledger, _ headline: Int) -> Choice? {
    marked(document, ledger, headline)
      ?? aboveByline(headline, document, ledger).map { ($0, .strong, .dekAboveByline) }
  }

  /// What markup or the page's description says is the dek.
  private func marked(_ document: Document, _ ledger: Ledger, _ headline: Int) -> Choice? {
    let descriptions = document.declared(.dek, or: .description)
      .map { WordHashes.of($0.value) }.filter { $0.count >= Int(DekStage.fewestWords) }.map { WordSet($0) }
    let openings = document.declared(.dek, or: .description).compactMap { Self.opening($0.value) }
    let titles = document.declared(.headline).map { WordHashes.of($0.value) }
      .filter { $0.count >= DekStage.fewestOfTitle }
    let rows = document.rows
    for index in headline + 1..<min(document.count, headline + 1 + DekStage.reach) {
      let block = document[index]
      let m = block.measures
      guard ledger.role(of: index) == nil, m.words >= DekStage.fewestWords, m.words <= 80 else {
        continue
      }
      let marks = block.marks
      guard marks.isDisjoint(with: Places.notAnchor), !marks.contains(.figure),
        m.linkCharacters * 2 <= m.characters
      else { continue }
      // A few words are a dek only where the page declares them as one, straight under the headline.
      if m.words < 5 {
        let words = WordSet(block.wordHashes)
        if index - headline <= 2, descriptions.contains(where: { words.similarity(to: $0) >= 0.99 }) {
          return (index, .strong, .dekDescription)
        }
        continue
      }
      if marks.contains(.dekToken), !isAmongParagraphs(index, rows, ledger) {
        return (index, .strong, .dekMarkup)
      }
      let words = WordSet(block.wordHashes)
      if descriptions.contains(where: { words.similarity(to: $0) >= 0.85 })
        || openings.contains(where: block.wordHashes.starts), !isAmongParagraphs(index, rows, ledger)
      {
        return isFirstOfParagraphs(index, document, ledger) ? nil : (index, .strong, .dekDescription)
      }
      if m.kind == .heading, index - headline <= 3, m.words >= 8, !isChapter(block),
        !m.flags.contains(.endsColon),
        // "At the harbour / Bridge opens on Monday" under the same in another language or spelling.
        !titles.contains(where: { block.wordHashes.suffix($0.count).elementsEqual($0) })
      {
        return (index, .strong, .dekHeading)
      }
      // The body has begun.
      if m.flags.contains(.prose), isAmongParagraphs(index, rows, ledger) { return nil }
    }
    return nil
  }

  /// "6.1. Controlling the lamp with a browser": numbers head chapters.
  private func isChapter(_ block: Block) -> Bool {
    guard let number = block.utf8.split(separator: 0x20, maxSplits: 1).first else { return false }
    return number.contains(0x2E) && number.allSatisfy { $0 == 0x2E || $0.isASCIIDigit }
  }

  /// Words of a declared title that a dek does not end with.
  private static let fewestOfTitle = 4

  /// Blocks from a dek to the byline or date below it: counters, labels.
  private static let reachOfByline = 4
  private static let mostWords: Int32 = 45

  /// On an article, a sentence right below the headline, but for a picture's words, and right above byline or date.
  private func aboveByline(_ headline: Int, _ document: Document, _ ledger: Ledger) -> Int? {
    guard DeclaredKind(document).isArticle else { return nil }
    return (headline + 1..<min(document.count, headline + 4)).first { index in
      let block = document[index]
      let m = block.measures
      guard ledger.role(of: index) == nil, m.kind == .paragraph, m.words >= 5, m.words <= DekStage.mostWords,
        m.links == 0, m.flags.contains(.endsSentence),
        block.marks.isDisjoint(with: Places.notAnchor), !block.marks.contains(.figure),
        block.hits.allSatisfy({ $0.section == .agency || $0.section == .role }),
        !isAmongParagraphs(index, document.rows, ledger), !isFirstOfParagraphs(index, document, ledger)
      else { return false }
      let below = index + 1..<min(document.count, index + 1 + DekStage.reachOfByline)
      guard let byline = below.first(where: { ledger.isLed($0, by: [.byline, .publicationDate]) }) else {
        return false
      }
      return !(index + 1..<byline).contains { document.rows[$0].isProse }
    }
  }

  /// Words of a description that was cut short, "The map was drawn in 1641 and had been…", without the last, which may
  /// be half of one.
  private static func opening(_ description: String) -> ArraySlice<UInt64>? {
    guard description.hasSuffix("...") || description.hasSuffix("\u{2026}") else { return nil }
    let words = WordHashes.of(description)
    return words.count >= fewestOfOpening ? words.dropLast() : nil
  }

  private static let fewestOfOpening = 8

  /// Whether the next block of the same container is prose too: then it is a paragraph like others.
  private func isAmongParagraphs(_ index: Int, _ rows: [BlockRow], _ ledger: Ledger) -> Bool {
    guard rows[index].measures.kind != .heading else { return false }
    for next in index + 1..<min(rows.count, index + 4)
    where rows[next].container == rows[index].container || sameShape(rows[next], rows[index]) {
      if rows[next].isProse, !ledger.isLed(next, by: [.byline, .publicationDate]) { return true }
    }
    return false
  }

  /// How far behind a first paragraph the second one stands, past short ones, pictures and advertisements, in blocks.
  private static let reachOfText = 8

  /// Whether a block that the description repeats is made like the text below it: the same elements with the same
  /// classes up to the one that holds both. Most descriptions repeat the first paragraph.
  private func isFirstOfParagraphs(_ index: Int, _ document: Document, _ ledger: Ledger) -> Bool {
    let rows = document.rows
    let m = rows[index].measures
    // A paragraph in bold above others that are not is set apart.
    guard m.kind == .paragraph, m.flags.contains(.prose), !m.flags.contains(.bold) else { return false }
    for next in index + 1..<min(rows.count, index + 1 + DekStage.reachOfText) {
      if ledger.isLed(next, by: [.byline, .publicationDate]) { return false }
      guard rows[next].isProse, rows[next].measures.kind == .paragraph else { continue }
      if isSibling(Int(rows[next].container), of: Int(rows[index].container), document.containers) {
        return true
      }
    }
    return false
  }

  /// Whether two containers stand side by side, in elements alike or themselves.
  private func isSibling(_ a: Int, of b: Int, _ containers: ContainerTree) -> Bool {
    var (a, b) = (a, b)
    while a != b, a > 0, b > 0 {
      guard containers[a].signature == containers[b].signature else { return false }
      (a, b) = (Int(containers[a].parent), Int(containers[b].parent))
    }
    return a == b
  }

  private func sameShape(_ a: BlockRow, _ b: BlockRow) -> Bool {
    a.measures.kind == b.measures.kind && a.container == b.container + 1
  }

  private func fromLayout(_ document: Document, _ ledger: Ledger, _ headline: Int) -> Choice? {
    let rows = document.rows
    for index in headline + 1..<min(document.count, headline + 1 + DekStage.reach) {
      let m = rows[index].measures
      // What a Markdown picture says of itself is no dek.
      if ledger.role(of: index) != nil || m.words < 6 || m.images > 0 || m.flags.contains(.bullet) {
        continue
      }
      if document[index].hits.contains(where: { $0.section == .credit || $0.section == .caption }) {
        continue
      }
      guard m.words <= 60, m.flags.contains(.endsSentence) || m.words >= 10 else { continue }
      // Set apart: something of the head stands between this block and the body, which follows. A box or
      // picture behind the first paragraph would be no sign.
      guard index + 1 < rows.count, belongsToHead(document[index + 1], ledger) else { return nil }
      // Pictures with captions and credits may stand between byline and text.
      let isAboveByline = ledger.isLed(index + 1, by: DekStage.bylines)
      let next = document.next(after: index, limit: isAboveByline ? 28 : 14) { rows[$0].isProse }
      guard let next, next - index >= 2 else { return nil }
      return m.sentences <= 3 ? (index, .strong, .dekSetApart) : nil
    }
    return nil
  }

  private static let bylines: RoleSet = [.byline, .publicationDate]

  /// Byline, date, counters, buttons and icons' texts.
  private func belongsToHead(_ block: Block, _ ledger: Ledger) -> Bool {
    if ledger.isLed(block.id, by: [.byline, .publicationDate, .source]) { return true }
    if block.measures.characters <= 2 { return true }
    return block.words <= 14
      && block.hits.contains {
        [.engagement, .readingTime, .share, .follow, .published, .updated, .byline].contains($0.section)
      }
  }
}
