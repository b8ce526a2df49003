import WinnowCore

extension Reason {
  static let contentScoreBody: Reason = "content-score.body"
  static let contentScoreOther: Reason = "content-score.not-body"
}

/// Settles blocks that no rule named: is it the article's text?
///
/// A hand rule that adds up what speaks for and against a block: length, sentences, links, place in the
/// container that holds most prose, class names; in flat text sentences in runs. A learned score is to
/// take its place; the interface stays.
public struct ContentScoreStage: Stage {
  public static let id: StageID = "content-score"
  public static let contract = StageContract(
    writes: [.paragraph, .subheading, .listItem, .quotation, .table, .code, .furniture])
  public static let summary =
    "Labels every block as body or furniture by a score over length, links, place and markup. Rules that are sure lead."
  public static let risk =
    "Short paragraphs at the body's edges, and sentences of other stories below it."
  public static let examples: [StageExample] = [
    .html(
      "the container with the prose wins",
      """
      <html><head><title>Ice skaters wait for the canal to freeze</title></head><body>
      <div class="a"><a href="/1">Short link</a> <a href="/2">Another link</a></div>
      <div class="b"><h1>Ice skaters wait for the canal to freeze</h1>
      <p>Skaters have waited since December for the canal to freeze, and forecasters promise them a cold week.</p>
      <p>The ice must be fifteen centimetres thick along all two hundred kilometres before the race can start.</p></div>
      <div class="c"><a href="/3">Some other story of today</a></div></body></html>
      """,
      proof: """
        - furniture  Short link Another link
        = headline   Ice skaters wait for the canal to freeze
        + paragraph  Skaters have waited…
        + paragraph  The ice must be…
        - furniture  Some other story of today
        """)
  ]

  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    let scores =
      document.signals.contains(.markup)
      ? MarkupContentScore(document, ledger).scores() : FlatContentScore(document, ledger).scores()
    for (index, score) in scores.enumerated() {
      let keeps = score > 0
      // A rule that named the block says more than "not body".
      if !keeps, ledger.role(of: index) != nil { continue }
      let role = isUnmarkedHeading(index, scores, document) ? .subheading : BodyRole.of(document.rows[index])
      ledger.add(
        keeps ? role : .furniture, to: index, .likely,
        because: keeps ? .contentScoreBody : .contentScoreOther,
        evidence: .score(1 / (1 + exponential(-score))))
    }
  }
}

extension ContentScoreStage {
  /// Flat text has no heading elements: a line without an end of sentence straight before kept prose.
  private func isUnmarkedHeading(_ index: Int, _ scores: [Float], _ document: Document) -> Bool {
    guard document.form == .flatText, index + 1 < document.count else { return false }
    let m = document.rows[index].measures
    return m.kind == .paragraph && m.words <= 25 && m.sentences == 0
      && m.flags.isDisjoint(with: [.endsSentence, .endsColon, .bullet, .opensLowerCase])
      && document.rows[index + 1].isProse && scores[index + 1] > 0
  }
}

/// e to a power, by repeated squaring of a short series: the standard library has none, and the score's
/// use as evidence needs three digits.
func exponential(_ x: Float) -> Float {
  let clamped = max(-30, min(30, x))
  var value = 1 + clamped / 1024
  for _ in 0..<10 { value *= value }
  return value
}
