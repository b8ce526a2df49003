import WinnowCore

extension Reason {
  static let commentsMarkup: Reason = "comments.markup"
  static let commentsOpener: Reason = "comments.opener"
  static let commentsThread: Reason = "comments.thread"
}

/// Finds readers' comments under an article. A forum's thread is content and is left alone.
public struct CommentsStage: Stage {
  public static let id: StageID = "comments"
  public static let contract = StageContract(
    reads: [.headline, .byline, .publicationDate, .relatedLinks, .mostRead, .footer], writes: [.comments])
  public static let summary =
    "Labels comment threads by class, or from their heading behind the body to the page's end or next box."
  public static let risk =
    "Forum and question pages, whose replies are the content: without an article before it no thread opens."
  public static let examples: [StageExample] = [
    .text(
      "a thread behind the article",
      """
      Owls return to the town hall tower

      A pair of barn owls has moved into the town hall's tower after an absence of more than thirty years.

      The owls hunt in the meadows by the river, and the town has promised not to light the tower at night.

      Bird watchers have counted four young owls in the tower, which they expect to leave the nest in July.

      3 comments

      Ann says:
      I saw them last night! Really beautiful birds.
      Reply
      """,
      proof: """
        = headline   Owls return to the town hall tower
        + paragraph  A pair of barn owls…
        + paragraph  The owls hunt…
        + paragraph  Bird watchers…
        - comments   3 comments
        - comments   Ann says:
        - comments   I saw them…
        - comments   Reply
        """)
  ]

  /// Words of prose that must stand before a thread for it to be a thread *under* something.
  private static let articleWords = 50

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    for index in document.indices where document[index].marks.contains(.commentsToken) {
      let block = document[index]
      // Highlighters call the comments of program code so, and bylines link to the thread.
      let isInline = !document.containers[block.container].inherited.contains(.commentsToken)
      if block.kind == .code || isInline && ledger.isLed(block.id, by: [.byline, .publicationDate]) {
        continue
      }
      ledger.add(
        .comments, to: block.id, block.flags.contains(.prose) ? .likely : .strong, because: .commentsMarkup)
    }
    guard !isThread(document) else { return }
    var before = 0
    let headline = ledger.first(.headline)
    for index in document.indices {
      // Share buttons under the headline look like a form's words; the article starts there.
      if index == headline { before = 0 }
      if before >= CommentsStage.articleWords, opens(document[index], document) {
        labelThread(from: index, document, &ledger)
        return
      }
      let m = document.rows[index].measures
      if m.flags.contains(.prose) { before += Int(m.words) }
    }
  }

  /// Blocks that a heading such as "Leave a comment" put into a thread, whatever led them later.
  static func threads(_ ledger: Ledger) -> Set<Int> {
    Set(
      ledger.labels.lazy.filter { $0.reason == .commentsThread || $0.reason == .commentsOpener }.map(\.block))
  }

  private func isThread(_ document: Document) -> Bool {
    document.metadata.contains {
      $0.field == .articleType
        && ["DiscussionForumPosting", "QAPage", "Question"].contains($0.value)
    }
  }

  private func opens(_ block: Block, _ document: Document) -> Bool {
    let m = block.measures
    guard m.words <= 8, block.isWhole(.comments) || block.hit(.comments, .start) != nil && m.words <= 6 else {
      return false
    }
    // A counter beside the byline says how many there are; the thread's heading stands behind the body.
    let span = document.measures.proseSpan
    guard document.form == .flatText else {
      return block.id > span.lowerBound + span.count / 2
    }
    let wordsAfter = document.rows[(block.id + 1)...].prefix(40).reduce(0) {
      $0 + ($1.isProse ? Int($1.measures.words) : 0)
    }
    return block.id >= span.upperBound || wordsAfter * 2 < document.measures.proseWords
      || block.id > span.lowerBound + span.count / 2
  }

  private func labelThread(from opener: Int, _ document: Document, _ ledger: inout Ledger) {
    ledger.add(.comments, to: opener, .strong, because: .commentsOpener)
    var end = document.count
    if document.signals.contains(.markup) {
      let box = document.containers[document.box(of: opener)]
      guard Double(box.proseWords) < 0.5 * Double(document.measures.proseWords) else { return }
      end = Int(box.endBlock)
    }
    for index in opener + 1..<max(opener + 1, end) {
      if document.form == .flatText,
        ledger.isLed(index, by: [.relatedLinks, .mostRead, .footer]),
        ledger.leadingLabel(of: index)?.confidence == .strong
      {
        return
      }
      ledger.add(.comments, to: index, .strong, because: .commentsThread, evidence: .block(opener))
    }
  }
}
