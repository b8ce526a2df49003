import WinnowCore

extension Reason {
  static let authorBioMarkup: Reason = "author-bio.markup"
  static let authorBioOpener: Reason = "author-bio.opener"
  static let authorBioSentence: Reason = "author-bio.sentence"
}

/// Finds what tells who the author is, at the article's end.
public struct AuthorBioStage: Stage {
  public static let id: StageID = "author-bio"
  public static let contract = StageContract(
    reads: [.headline, .byline, .publicationDate], writes: [.authorBio])
  public static let summary =
    "Labels author boxes by class, and sentences about the author among the last blocks of the body."
  public static let risk =
    "A portrait article says what its subject is in the same words; only the body's last three blocks count."
  public static let examples: [StageExample] = [
    .text(
      "about the author",
      """
      Why we should mend our clothes again

      We throw away more clothes each year than our grandparents owned in a lifetime, and we hardly notice.

      Mending a shirt takes twenty minutes and a needle, and it teaches the hands what a machine forgot.

      About the author
      Lena Haverkamp mends clothes in a workshop by the harbour and writes about it twice a month for us.
      """,
      proof: """
        = headline    Why we should mend our clothes again
        + paragraph   We throw away…
        + paragraph   Mending a shirt…
        - author-bio  About the author
        - author-bio  Lena Haverkamp…
        """)
  ]

  /// Words of a sentence about the author; "Contact us" and bylines are shorter.
  private static let shortest: Int32 = 8

  /// The stage; it has no settings of its own.
  public init() {}

  /// Whether the element that is named for the author tells something of them.
  private func isInBox(_ block: Block, _ document: Document) -> Bool {
    var container = block.container
    while container > 0 {
      let parent = Int(document.containers[container].parent)
      guard document.containers[parent].inherited.contains(.authorBioToken) else { break }
      container = parent
    }
    return document.containers[container].proseWords > 0
  }

  public func label(_ document: Document, in ledger: inout Ledger) {
    let span = document.measures.proseSpan
    for index in document.indices where document.has(index, phrasesOr: .authorBioToken) {
      let block = document[index]
      let m = block.measures
      if block.marks.contains(.authorBioToken), document.proseShare(of: block.container) < 0.4 {
        // "author-info" is what some call the line of byline and date.
        if Anchors.isOfHead(index, document, ledger), !isInBox(block, document) { continue }
        ledger.add(.authorBio, to: block.id, .strong, because: .authorBioMarkup)
        continue
      }
      guard let hit = block.hits.first(where: { $0.section == .authorBio }), m.words <= 90 else { continue }
      let atEnd = block.id >= span.upperBound - 3
      guard atEnd, hit.anchor == .whole || m.words >= AuthorBioStage.shortest else { continue }
      if hit.anchor == .whole, m.words <= 8 {
        ledger.add(.authorBio, to: block.id, .strong, because: .authorBioOpener, evidence: .text(hit.range))
        let next = block.id + 1
        if next < document.count, document.rows[next].measures.words >= 6 {
          ledger.add(
            .authorBio, to: next, .strong, because: .authorBioSentence, evidence: .block(block.id))
        }
      } else {
        ledger.add(
          .authorBio, to: block.id, .strong, because: .authorBioSentence, evidence: .text(hit.range))
      }
    }
  }
}
