import WinnowCore
import WinnowText

extension Reason {
  static let headlineDeclared: Reason = "headline.agrees-with-declared-title"
  static let headlineHeading: Reason = "headline.best-heading"
  static let headlineAboveByline: Reason = "headline.line-above-byline"
  static let headlineSupport: Reason = "headline.supported-by-body"
  static let headlineCopy: Reason = "headline.copy"
}

/// Finds the headline: in HTML the heading that agrees with the declared titles and stands before the
/// prose; in flat text the line above the prose whose words the body takes up.
public struct HeadlineStage: Stage {
  public static let id: StageID = "headline"
  public static let contract = StageContract(writes: [.headline, .duplicate])
  public static let summary =
    "Labels one block as headline, and repetitions of it as duplicates. Looks no further than the body's start."
  public static let risk =
    "A line of a ticker or menu could be taken for the headline; lines in runs of like siblings are ruled out."
  public static let examples: [StageExample] = [
    .text(
      "the line that the body takes up",
      """
      Home
      World

      Harbour bridge reopens after two years of repairs

      The harbour bridge reopened on Monday after two years of repairs that cost the city forty million.

      Thousands of residents walked across the bridge in the first hour, the city said in a statement.

      Repairs had been delayed twice because steel for the bridge did not arrive in the harbour in time.
      """,
      proof: """
        - navigation   Home
        - navigation   World
        = headline     Harbour bridge reopens after two years of repairs
        + paragraph    The harbour bridge reopened…
        + paragraph    Thousands of residents…
        + paragraph    Repairs had been delayed…
        """),
    .text(
      "clean text that opens with a sentence has no headline",
      """
      The harbour bridge reopened on Monday after two years of repairs.

      Thousands of residents walked across the bridge in the first hour, the city said in a statement.

      Repairs had been delayed twice because steel for the bridge did not arrive in the harbour in time.
      """,
      proof: """
        + paragraph  The harbour bridge…
        + paragraph  Thousands of residents…
        + paragraph  Repairs had been delayed…
        """),
    .html(
      "a title of two words, and the author whom the page's title names as well",
      """
      <html><head><title>Low Water by Elspeth Gray - The Verse Shelf</title></head><body>
      <h1>Low Water</h1><div>By <a href="/gray">Elspeth Gray</a></div>
      <p>The boats lie down like cattle on the mud, and nobody who walks among them owns the light or wants to.</p>
      <p>A heron counts the things that it has not eaten, folds itself up twice, and is a post for the night.</p>
      </body></html>
      """,
      proof: """
        = headline   Low Water
        = byline     By Elspeth Gray
        + paragraph  The boats lie down…
        + paragraph  A heron counts…
        """),
    .html(
      "the site's name is the only heading of the first rank",
      """
      <html><head><title>Clicking noise under load - Tandem Owners Forum</title></head><body>
      <h1>Tandem Owners Forum</h1><h2>Clicking noise under load</h2>
      <p>We have a loud click from somewhere near the rear bottom bracket, but only when we both push hard uphill.</p>
      <p>I have greased the pedals and swapped the bolts of the chainring already, and it made no difference.</p>
      </body></html>
      """,
      proof: """
        - furniture  Tandem Owners Forum
        = headline   Clicking noise under load
        + paragraph  We have a loud click…
        + paragraph  I have greased…
        """),
    .html(
      "the site's name opens the title, and its heading leads to the front page",
      """
      <html><head><title>The Marsh Walker: Bitterns at the north sluice</title></head><body>
      <h1 class="title"><a href="/">The Marsh Walker</a></h1><div class="post">
      <h3 class="post-title entry-title">Bitterns at the north sluice</h3>
      <p>Ice on the north pool this morning, and everything that needs open water had come to the sluice by seven.</p>
      <p>The first bittern walked out at ten past eight, and I had taken it for reeds for quite some time.</p>
      </div></body></html>
      """,
      proof: """
        - furniture  The Marsh Walker
        = headline   Bitterns at the north sluice
        + paragraph  Ice on the north pool…
        + paragraph  The first bittern…
        """),
    .html(
      "an old page without a heading, whose title names the site only",
      """
      <html><head><title>Eddy County Clarion Online: News</title></head><body><table><tr><td>
      <font size=5><b>Grain elevator burns again</b></font><br><i>By Hank Sorenson</i><br>Posted: Oct. 14, 1997
      <p>Fire broke out early on Monday in the west leg of the elevator, and by daylight there was nothing left.
      <p>The night man, who had gone for coffee, saw the glow from the highway and called it in from a pay phone.
      </td></tr></table></body></html>
      """,
      proof: """
        = headline          Grain elevator burns again
        = byline            By Hank Sorenson
        = publication-date  Posted: Oct. 14, 1997
        + paragraph         Fire broke out…
        + paragraph         The night man…
        """),
  ]

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    let winner =
      document.signals.contains(.markup)
      ? MarkupHeadline(document).best() : FlatHeadline(document).best()
    guard let winner else { return }
    ledger.add(.headline, to: winner.block, .strong, because: winner.reason, evidence: .score(winner.score))
    let fold = document.rows[winner.block].measures.fold
    for block in document.indices where block != winner.block && document.rows[block].measures.fold == fold {
      ledger.add(
        .duplicate, to: block, .strong, because: .headlineCopy, evidence: .block(winner.block))
    }
    guard !document.signals.contains(.markup) else { return }
    for block in 0..<winner.block where FlatHeadline.isTitle(document[block], of: document[winner.block]) {
      ledger.add(.duplicate, to: block, .strong, because: .headlineCopy, evidence: .block(winner.block))
    }
  }
}

/// A block that may be the headline.
struct HeadlineChoice {
  let block: Int
  let score: Float
  let reason: Reason
}

/// Headlines in markup.
struct MarkupHeadline {
  private let document: Document
  private let titles: [WordSet]
  private let titleWords: [[UInt64]]
  /// The words of all titles: most blocks share none with any.
  private let anyTitle: WordSet
  private let siteNames: [[UInt64]]
  private let openingNames: [[UInt64]]

  init(_ document: Document) {
    self.document = document
    titleWords = document.declared(.headline)
      .map { WordHashes.of($0.value) }.filter { !$0.isEmpty }
    titles = titleWords.map { WordSet($0) }
    anyTitle = WordSet(titleWords.flatMap { $0 })
    let parts = MarkupHeadline.partsOfTitle(document)
    siteNames =
      document.declared(.siteName, or: .publisher)
      .map { WordHashes.of($0.value) } + parts.closing
    openingNames = parts.opening
  }

  /// Headings that are one end of a title whose other end is a later heading. At its end the site's name stands, which
  /// is often the page's only heading of the first rank: "Clicking noise - Tandem Forum" over both. At its start it may
  /// be that or a kicker. The site's name stands above the article; a heading above the title's end is its kicker.
  private static func partsOfTitle(_ document: Document) -> (opening: [[UInt64]], closing: [[UInt64]]) {
    let titles = document.declared(.headline).prefix(mostTitles)
      .map { WordHashes.of($0.value) }.filter { $0.count >= 2 }
    guard !titles.isEmpty else { return ([], []) }
    // An array, and not the lazy view: that would be indexed by blocks, and hash its words again at each look.
    let blocks = document.rows.indices.filter {
      document.rows[$0].measures.kind == .heading && !document[$0].wordHashes.isEmpty
    }.prefix(mostHeadings)
    let headings = blocks.map { Array(document[$0].wordHashes) }
    func isLinked(_ heading: Int) -> Bool { document.rows[blocks[heading]].linkDensity > 0.9 }
    func isNamed(_ heading: Int) -> Bool { document[blocks[heading]].marks.contains(.headlineToken) }
    var parts: (opening: [[UInt64]], closing: [[UInt64]]) = ([], [])
    for (index, name) in headings.enumerated() {
      let later = headings[(index + 1)...]
      for title in titles where title.count > name.count {
        let rest = title.dropFirst(name.count)
        if title.starts(with: name),
          later.contains(where: { $0.count >= 2 && rest.suffix($0.count).elementsEqual($0) })
        {
          parts.opening.append(name)
        }
        // "The Marsh Walker: Bitterns at the sluice" over a heading that its class calls the entry's title.
        if title.starts(with: name), !isNamed(index) || isLinked(index),
          (index + 1..<headings.count).contains(where: { headings[$0].elementsEqual(rest) && isNamed($0) })
        {
          parts.closing.append(name)
        }
        if title.suffix(name.count).elementsEqual(name),
          later.contains(where: { $0.elementsEqual(title.dropLast(name.count)) })
        {
          parts.closing.append(name)
        }
      }
    }
    return parts
  }

  private static let mostTitles = 8
  private static let mostHeadings = 24

  func best() -> HeadlineChoice? {
    let start = document.proseStart
    let rows = document.rows
    var best: HeadlineChoice?
    for index in rows.indices {
      let row = rows[index]
      let isHeading = row.measures.kind == .heading
      let marks = document[index].marks
      let named = marks.contains(.headlineToken)
      // Past the body's first paragraphs only headings count: a title may stand in the text's way
      // when a lead picture or summary comes first.
      guard isHeading || named || index < (start ?? rows.count) else { continue }
      guard row.measures.words >= 1, row.measures.words <= 60 else { continue }
      // A title with a number in it agrees with a line that is a date.
      guard isHeading || !row.measures.flags.contains(.dateOnly) else { continue }
      guard let choice = score(index, row, marks, isHeading, named, start) else { continue }
      if best.map({ choice.score > $0.score }) ?? true { best = choice }
    }
    return best ?? lineAboveByline(start)
  }

  /// Old pages have no headings, and a title that names only the site: the headline is the short line right above
  /// the byline.
  private func lineAboveByline(_ start: Int?) -> HeadlineChoice? {
    let rows = document.rows
    guard let start, !rows.prefix(start).contains(where: { $0.measures.kind == .heading }) else { return nil }
    for byline in max(1, start - MarkupHeadline.reach)..<max(1, start + 1)
    where document[byline].hit(.byline, .start) != nil && rows[byline].measures.words <= 12 {
      let m = rows[byline - 1].measures
      guard m.kind == .paragraph, m.words >= 3, m.words <= 30, m.linkCharacters * 2 < m.characters,
        !m.flags.contains(.endsSentence), !m.flags.contains(.hasDate),
        !document[byline - 1].hits.contains(where: { $0.anchor == .whole })
      else { continue }
      return HeadlineChoice(block: byline - 1, score: 1.2, reason: .headlineAboveByline)
    }
    return nil
  }

  /// How far above the prose a byline is looked for, in blocks.
  private static let reach = 12

  private func hasWordOfTitle(_ row: BlockRow) -> Bool {
    for place in Int(row.wordStart)..<Int(row.wordEnd) where anyTitle.contains(document.wordHash(place)) {
      return true
    }
    return false
  }

  private func score(
    _ index: Int, _ row: BlockRow, _ marks: MarkupMarks, _ isHeading: Bool, _ named: Bool, _ start: Int?
  ) -> HeadlineChoice? {
    // Before anything is made of the words: most blocks share none with any title, and are no headings.
    let isRelated = hasWordOfTitle(row)
    guard isHeading || isRelated else { return nil }
    let words = document[index].wordHashes
    // Titles name the author too: "Low Water by Elspeth Gray".
    if !isHeading, !named, document[index].hit(.byline, .start) != nil { return nil }
    guard !words.isEmpty, !siteNames.contains(where: { $0.elementsEqual(words) })
    else { return nil }
    var agreement = 0.0
    if isRelated {
      let distinct = WordSet(words)
      for title in titles.indices where words.contains(where: titles[title].contains) {
        var value = distinct.similarity(to: titles[title])
        // Titles often carry the site's name; a block that is wholly inside one agrees with it.
        if words.count >= 3 {
          value = max(value, 0.95 * distinct.containment(in: titles[title]))
        }
        agreement = max(agreement, value)
      }
    }
    // Two words are a headline where a title opens with them: "Low Water by Elspeth Gray".
    if words.count == 2, isHeading, row.measures.level == 1,
      titleWords.contains(where: { $0.starts(with: words) }),
      !openingNames.contains(where: { $0.elementsEqual(words) })
    {
      agreement = max(agreement, 0.9)
    }
    // Short words of a menu occur in titles by chance.
    if words.count < 3, agreement < 0.9 { agreement *= 0.5 }
    guard isHeading || agreement >= 0.75 || named && agreement >= 0.5 else { return nil }
    var score = 3 * agreement
    if isHeading {
      switch row.measures.level {
      case 1: score += 1.3
      case 2: score += 0.5
      default: score += 0.1
      }
    }
    if named { score += 0.3 }
    if !marks.isDisjoint(with: Places.notAnchor) { score -= 1.2 }
    if !marks.isDisjoint(with: [.sidebarToken, .aside]) { score -= 0.8 }
    if row.measures.linkCharacters * 2 > row.measures.characters { score -= 0.4 }
    if row.measures.flags.contains(.hidden) { score -= 0.5 }
    if words.count < 2 { score -= 0.6 }
    if let start {
      let distance = abs(start - index)
      score -= 0.5 * min(Double(distance) / 60, 1)
      if index > start { score -= 0.4 }
      if index > document.measures.proseSpan.upperBound { score -= 1.5 }
    }
    guard score >= 1.2 else { return nil }
    return HeadlineChoice(
      block: index, score: Float(score), reason: agreement >= 0.75 ? .headlineDeclared : .headlineHeading)
  }
}
