import WinnowCore

extension Reason {
  static let keptCopiesText: Reason = "kept-copies.same-text"
  static let keptCopiesPullQuote: Reason = "kept-copies.pull-quote"
  static let keptCopiesCaption: Reason = "kept-copies.caption"
}

/// Takes out the second of two equal texts that the content score kept.
///
/// What stands on a page twice is most often one text for narrow screens and one for wide ones, or a reply and
/// the quotation of it. The score judges each by its place and may keep both. What stands there three times and
/// more belongs to a list, whose items say the same of different things.
public struct KeptCopiesStage: Stage {
  public static let id: StageID = "kept-copies"
  public static let contract = StageContract(reads: [.paragraph, .caption], writes: [.duplicate])
  public static let summary =
    "Labels the second copy of a text of six words or more of which the body kept exactly two, and of a caption."
  public static let risk =
    "Two columns that compare offers, where both list the same thing; program code and table rows are left alone."
  public static let examples: [StageExample] = [
    .html(
      "a price list that stands there for narrow screens and for wide ones",
      """
      <html><head><title>What a ferry ticket costs</title></head><body>
      <h1>What a ferry ticket costs</h1>
      <div class="tabs"><div class="tab comments"><p>A single crossing costs four crowns, and children under six sail for nothing.</p></div></div>
      <p>The ferry has run between the two banks since the bridge was closed in March, every half hour until ten.</p>
      <div class="accordion"><p>A single crossing costs four crowns, and children under six sail for nothing.</p></div>
      <p>Those who cross every day can buy a card for the month at the fish market, which opens at seven.</p>
      </body></html>
      """,
      proof: """
        = headline   What a ferry ticket costs
        + paragraph  A single crossing…
        + paragraph  The ferry has run…
        - duplicate  A single crossing…
        + paragraph  Those who cross…
        """),
    .html(
      "what is said of three crossings stays with each",
      """
      <html><head><title>What a ferry ticket costs</title></head><body><h1>What a ferry ticket costs</h1>
      <h2>To the mill</h2><p>The crossing to the mill takes ten minutes, and the ferry carries forty people at a time.</p>
      <p>A single crossing costs four crowns here.</p>
      <h2>To the island</h2><p>The crossing to the island takes half an hour, and the ferry sails only from May to September.</p>
      <p>A single crossing costs four crowns here.</p>
      <h2>To the harbour</h2><p>The crossing to the harbour takes an hour, and there is a kitchen on board that sells soup.</p>
      <p>A single crossing costs four crowns here.</p></body></html>
      """,
      proof: """
        = headline    What a ferry ticket costs
        + subheading  To the mill
        + paragraph   The crossing to the mill…
        + paragraph   A single crossing…
        + subheading  To the island
        + paragraph   The crossing to the island…
        + paragraph   A single crossing…
        + subheading  To the harbour
        + paragraph   The crossing to the harbour…
        + paragraph   A single crossing…
        """),
    .html(
      "a manual says the same of two functions",
      """
      <html><head><title>Light lists</title></head><body><h1>Light lists</h1>
      <p>A light list names every lighthouse, light vessel and beacon along a coast, and says at what hours each shines.</p>
      <h2>Reading</h2><pre><code>lists.read(file)</code></pre><p>Reads a list from a file that is open, and gives it a number.</p>
      <p>Gives nothing if there is no such list.</p><pre><code>west = lists.read(file)</code></pre>
      <h2>Asking</h2><pre><code>lists.seen(place)</code></pre><p>Names the lights that can be seen from a place, the nearest one first.</p>
      <p>Gives nothing if there is no such list.</p></body></html>
      """,
      proof: """
        = headline    Light lists
        + paragraph   A light list names…
        + subheading  Reading
        + code        lists.read(file)
        + paragraph   Reads a list…
        + paragraph   Gives nothing…
        + code        west = lists.read(file)
        + subheading  Asking
        + code        lists.seen(place)
        + paragraph   Names the lights…
        + paragraph   Gives nothing…
        """),
    .html(
      "a caption for narrow screens and for wide ones",
      """
      <html><head><title>A schooner returns to the water</title></head><body><article>
      <h1>A schooner returns to the water</h1>
      <p>After eleven years on the hard, the schooner was launched on Saturday before a crowd of two thousand.</p>
      <div><p>A crew caulks the hull of the schooner on Friday, the day before.</p></div>
      <figure><img src="a.jpg"><figcaption>A crew caulks the hull of the schooner on Friday, the day before.</figcaption></figure>
      <p>She was built in 1911 for the cod trade and sank twice at her moorings before a trust bought her.</p>
      </article></body></html>
      """,
      proof: """
        = headline   A schooner returns to the water
        + paragraph  After eleven years…
        - duplicate  A crew caulks…
        ~ caption    A crew caulks…
        + paragraph  She was built…
        """),
    .html(
      "a caption that quotes the text",
      """
      <html><head><title>A schooner returns to the water</title></head><body><article>
      <h1>A schooner returns to the water</h1>
      <p>After eleven years on the hard, the schooner was launched on Saturday before a crowd of two thousand.</p>
      <p>The crew had caulked the hull of the schooner on Friday, the day before, until it was dark.</p>
      <p>She was built in 1911 for the cod trade and sank twice at her moorings before a trust bought her.</p>
      <figure><img src="a.jpg"><figcaption>The crew had caulked the hull of the schooner on Friday, the day before, until it
      was dark.</figcaption></figure></article></body></html>
      """,
      proof: """
        = headline   A schooner returns to the water
        + paragraph  After eleven years…
        + paragraph  The crew had caulked…
        + paragraph  She was built…
        ~ caption    The crew had caulked…
        """),
  ]

  /// Words of a text that does not recur by chance.
  private static let shortest: Int32 = 6

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    labelCaptions(document, &ledger)
    for (quote, holder) in PullQuotes(document)?.find(ledger) ?? [] {
      ledger.add(.duplicate, to: quote, .strong, because: .keptCopiesPullQuote, evidence: .block(holder))
    }
    let kept = copies(document, ledger).values.filter { $0.count == 2 }
    guard !kept.isEmpty else { return }
    let seconds = Set(kept.map { $0[1] })
    let isManual = isManual(document, ledger)
    for places in kept.sorted(by: { $0[1] < $1[1] }) {
      // Copies are counted without their digits: "24.1 MP CMOS Sensor", "24.2 MP CMOS Sensor" are two products'.
      guard document[places[0]].utf8.elementsEqual(document[places[1]].utf8) else { continue }
      if isLoneItem(places[1], among: seconds, document) { continue }
      if isManual, isOfAnotherChapter(places[1], places[0], ledger) { continue }
      // A table of contents names the headings.
      if document.rows[places[1]].measures.kind == .heading,
        document.rows[places[0]].measures.kind == .listItem
      {
        continue
      }
      if ContentsList.isChapter(places[1], namedBy: places[0], document) { continue }
      ledger.add(.duplicate, to: places[1], .strong, because: .keptCopiesText, evidence: .block(places[0]))
    }
  }

  /// Blocks of program code that make a page a manual.
  private static let fewestCode = 3

  /// What a manual says of one function it says of another as well, and once more in the list of them all.
  private func isManual(_ document: Document, _ ledger: Ledger) -> Bool {
    if document.form == .flatText { return ProgramText.isManual(document) }
    return document.indices.lazy.filter {
      document.rows[$0].measures.kind == .code && ledger.isLed($0, by: KeptCopiesStage.code)
    }.prefix(KeptCopiesStage.fewestCode).count == KeptCopiesStage.fewestCode
  }

  private func isOfAnotherChapter(_ index: Int, _ first: Int, _ ledger: Ledger) -> Bool {
    (first + 1..<index).contains { ledger.isLed($0, by: KeptCopiesStage.subheading) }
  }

  private static let code: RoleSet = [.code]
  private static let subheading: RoleSet = [.subheading]

  /// "Label: Harbour Records" under two of many titles: a short line of a list whose neighbours have no copies.
  private func isLoneItem(_ index: Int, among seconds: Set<Int>, _ document: Document) -> Bool {
    let m = document.rows[index].measures
    return m.kind == .listItem && m.words <= KeptCopiesStage.longestItem && !seconds.contains(index - 1)
      && !seconds.contains(index + 1)
  }

  private static let longestItem: Int32 = 9

  /// What a caption says too is no sentence of the text: a gallery shows it once more for another width of screen, in
  /// an element that does not say what it is.
  private func labelCaptions(_ document: Document, _ ledger: inout Ledger) {
    var captions: [Int32: Int] = [:]
    func text(_ index: Int) -> Int32 {
      let first = document.rows[index].measures.firstCopy
      return first >= 0 ? first : Int32(index)
    }
    for index in document.indices
    where document.rows[index].measures.copies > 1 && ledger.isLed(index, by: KeptCopiesStage.captions) {
      captions[text(index)] = index
    }
    guard !captions.isEmpty else { return }
    for index in document.indices {
      let m = document.rows[index].measures
      // Copies are counted without their digits: "12 reviews" below each picture of a shop are no copies.
      guard m.copies > 1, m.copies <= KeptCopiesStage.mostOfCaption, isText(m),
        let caption = captions[text(index)], ledger.isLed(index, by: .body),
        document[index].utf8.elementsEqual(document[caption].utf8),
        !isAmongParagraphs(index, document, ledger)
      else { continue }
      ledger.add(.duplicate, to: index, .strong, because: .keptCopiesCaption, evidence: .block(caption))
    }
  }

  /// Words of a sentence that a caption may quote from the text.
  private static let shortestSentence: Int32 = 12

  /// Whether a sentence stands between paragraphs of the text in the element that holds them all: some papers take their
  /// captions from the text.
  private func isAmongParagraphs(_ index: Int, _ document: Document, _ ledger: Ledger) -> Bool {
    let row = document.rows[index]
    guard row.isProse, row.measures.kind == .paragraph,
      row.measures.words >= KeptCopiesStage.shortestSentence,
      row.measures.images == 0, index > 0, index + 1 < document.count
    else { return false }
    let parent = document.containers[Int(row.container)].parent
    return [index - 1, index + 1].allSatisfy {
      let other = Int(document.rows[$0].container)
      return document.rows[$0].isProse && ledger.isLed($0, by: .body)
        && (other == Int(row.container) || document.containers[other].parent == parent)
    }
  }

  private static let captions: RoleSet = [.caption]
  /// What stands there more often belongs to a list.
  private static let mostOfCaption: Int32 = 3

  /// Where texts with copies were kept, by the block that has them first.
  private func copies(_ document: Document, _ ledger: Ledger) -> [Int: [Int]] {
    var copies: [Int: [Int]] = [:]
    for index in document.indices {
      let m = document.rows[index].measures
      guard m.firstCopy >= 0, isText(m), ledger.isLed(index, by: .body) else { continue }
      let first = Int(m.firstCopy)
      copies[first, default: ledger.isLed(first, by: .body) ? [first] : []].append(index)
    }
    return copies
  }

  private func isText(_ measures: BlockMeasures) -> Bool {
    measures.words >= KeptCopiesStage.shortest && measures.kind != .code && measures.kind != .tableRow
  }
}
