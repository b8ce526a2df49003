import WinnowCore

extension Reason {
  static let furtherArticleUnit: Reason = "further-article.unit"
}

/// Takes out whole articles that follow the page's own: what a page loads when its reader scrolls on.
///
/// Their sentences read like the body's, and no score over blocks can tell whose they are. What can is the
/// outline: behind the `article` element that holds the headline comes another one, which a heading of the
/// headline's rank opens.
public struct FurtherArticleStage: Stage {
  public static let id: StageID = "further-article"
  public static let contract = StageContract(reads: [.headline, .paragraph], writes: [.furtherArticle])
  public static let summary =
    "Labels complete articles behind the page's own, each in an element of its own with a heading of equal rank."
  public static let risk =
    "A page that is one text in several article elements, each with a heading of the title's rank."
  public static let examples: [StageExample] = [
    .html(
      "the next story of an endless page",
      """
      <html><head><title>Ice skaters wait for the canal to freeze</title>
      <meta property="og:title" content="Ice skaters wait for the canal to freeze"></head><body>
      <article><h1>Ice skaters wait for the canal to freeze</h1>
      <p>Skaters have waited since December for the canal to freeze, and forecasters promise them a cold week.</p>
      <p>The ice must be fifteen centimetres thick along all two hundred kilometres before the race can start.</p>
      <p>Volunteers measure it every morning at forty places, and publish a map that thousands look at.</p>
      <p>The last race was held long ago, and many of those who skated it have children who never saw one.</p>
      </article>
      <article><h1>Old tram returns to the harbour line</h1>
      <p>A tram built in 1931 carries passengers along the harbour again, after four years in the workshop.</p>
      <p>Its motors were rewound by hand, and its benches were made anew from the drawings of the builder.</p>
      <p>The tram leaves the fish market every half hour on Sundays, and a ticket costs as much as for the bus.</p>
      <p>Friends of the line have saved for it since the spring, with a lottery and with dinners on the quay.</p>
      </article></body></html>
      """,
      proof: """
        = headline         Ice skaters wait for the canal to freeze
        + paragraph        Skaters have waited…
        + paragraph        The ice must be…
        + paragraph        Volunteers measure…
        + paragraph        The last race…
        - further-article  Old tram returns…
        - further-article  A tram built…
        - further-article  Its motors…
        - further-article  The tram leaves…
        - further-article  Friends of the line…
        """),
    .html(
      "chapters within the article stay",
      """
      <html><head><title>A year on the river</title><meta property="og:title" content="A year on the river"></head>
      <body><article><h1>A year on the river</h1>
      <p>Four people who live by the river have kept a diary for us since January, and this is what they wrote.</p>
      <p>They were asked to note the weather, the water and whoever came along, and to leave out nothing else.</p>
      <article><h1>The ferryman</h1>
      <p>In March the water stood so high that the ferry did not run, and I painted the cabin for two weeks.</p>
      <p>A heron stood on the ramp every morning of that month as if it were waiting to be taken across.</p>
      <p>When I could sail again the first to come was the doctor, who had not seen her patients for long.</p>
      <p>She paid for both ways at once and told me that nobody over there had been ill without her.</p>
      </article></article></body></html>
      """,
      proof: """
        = headline    A year on the river
        + paragraph   Four people…
        + paragraph   They were asked…
        + subheading  The ferryman
        + paragraph   In March…
        + paragraph   A heron…
        + paragraph   When I could…
        + paragraph   She paid…
        """),
  ]

  /// Words of kept prose that make an article, and that must be left of the page's own.
  private static let articleWords = 60
  /// Blocks at the start of a container among which its heading must stand.
  private static let head = 12

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    guard document.signals.contains(.markup), let headline = ledger.first(.headline),
      // A list of posts has no headline that the head declares.
      ledger.leadingLabel(of: headline)?.reason == .headlineDeclared
    else { return }
    let title = document[headline]
    guard title.level == 1 || title.level == 2, let own = article(around: headline, document),
      words(in: own, document, ledger) >= FurtherArticleStage.articleWords
    else { return }
    var index = own.upperBound
    while index < document.count {
      let block = document[index]
      guard block.kind == .heading, (1...title.level).contains(block.level),
        block.measures.fold != title.measures.fold, let further = article(around: index, document),
        further.lowerBound >= own.upperBound, index - further.lowerBound <= FurtherArticleStage.head,
        words(in: further, document, ledger) >= FurtherArticleStage.articleWords
      else {
        index += 1
        continue
      }
      for member in further where !isNamed(member, ledger) {
        ledger.add(
          .furtherArticle, to: member, .strong, because: .furtherArticleUnit, evidence: .block(index))
      }
      index = further.upperBound
    }
  }

  /// The blocks of the outermost `article` element around a block.
  private func article(around block: Int, _ document: Document) -> Range<Int>? {
    let containers = document.containers
    let inner = document[block].container
    guard containers[inner].inherited.contains(.article) else { return nil }
    var result: Range<Int>?
    for container in [inner] + Array(containers.ancestors(of: inner)) {
      let row = containers[container]
      if row.tag == .article { result = Int(row.firstBlock)..<Int(row.endBlock) }
    }
    return result
  }

  /// Words that are kept so far.
  private func words(in blocks: Range<Int>, _ document: Document, _ ledger: Ledger) -> Int {
    blocks.reduce(0) { $0 + (ledger.isLed($1, by: .body) ? document[$1].words : 0) }
  }

  /// Whether a rule named the block as some part of the page.
  private func isNamed(_ block: Int, _ ledger: Ledger) -> Bool {
    guard let role = ledger.role(of: block) else { return false }
    return role.isBoilerplate && role != .furniture
  }
}
