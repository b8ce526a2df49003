import WinnowCore

extension Reason {
  static let duplicateText: Reason = "duplicate.same-text"
}

/// Finds blocks whose text stood on the page before: responsive copies, pull quotes, doubled boxes.
public struct DuplicateStage: Stage {
  public static let id: StageID = "duplicates"
  public static let contract = StageContract(reads: [.caption, .relatedLinks], writes: [.duplicate])
  public static let summary =
    "Labels later copies of a block of eight words or more, unless the first copy is itself boilerplate."
  public static let risk =
    "Refrains and repeated warnings; eight words, because shorter lines of dialogue do recur."
  public static let examples: [StageExample] = [
    .text(
      "a paragraph that stands twice",
      """
      Tram drivers get longer breaks

      Tram drivers will get breaks of twenty minutes from June, the transport company said on Tuesday.

      Tram drivers will get breaks of twenty minutes from June, the transport company said on Tuesday.

      The drivers had asked for longer breaks since the timetable was changed in the autumn of last year.
      """,
      proof: """
        = headline   Tram drivers get longer breaks
        + paragraph  Tram drivers will get…
        - duplicate  Tram drivers will get…
        + paragraph  The drivers had asked…
        """),
    .text(
      "a line of flat text that a list of contents names",
      """
      Tram drivers get longer breaks

      Tram drivers will get breaks of twenty minutes from June, the transport company said on Tuesday.

        • How long the drivers of the trams may rest from June
        • What the new breaks cost

      How long the drivers of the trams may rest from June

      The drivers had asked for longer breaks since the timetable was changed in the autumn of last year.
      """,
      proof: """
        = headline    Tram drivers get longer breaks
        + paragraph   Tram drivers will get…
        + list-item   How long the drivers…
        + list-item   What the new breaks cost
        + subheading  How long the drivers…
        + paragraph   The drivers had asked…
        """),
    .html(
      "headings that a table of contents names",
      """
      <html><head><title>Tram drivers get longer breaks</title></head><body><article>
      <h1>Tram drivers get longer breaks</h1>
      <p>Tram drivers will get breaks of twenty minutes from June, the transport company said on Tuesday.</p>
      <ul><li>How long the drivers of the trams may rest from June</li><li>What the new breaks cost</li></ul>
      <h2>How long the drivers of the trams may rest from June</h2>
      <p>The drivers had asked for longer breaks since the timetable was changed in the autumn of last year.</p>
      </article></body></html>
      """,
      proof: """
        = headline    Tram drivers get longer breaks
        + paragraph   Tram drivers will get…
        + list-item   How long the drivers…
        + list-item   What the new breaks cost
        + subheading  How long the drivers…
        + paragraph   The drivers had asked…
        """),
  ]

  private static let shortest: Int32 = 8

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    var firsts: [CopyKey: Int] = [:]
    for index in document.indices {
      let m = document.rows[index].measures
      guard m.copies > 1, m.words >= DuplicateStage.shortest else { continue }
      let key = CopyKey(document[index])
      guard let first = firsts[key] else {
        firsts[key] = index
        continue
      }
      // Copies of a caption and of the headline are settled by their own stages.
      if ledger.isLed(index, by: [.caption, .headline]) || ledger.isLed(first, by: .boilerplate) { continue }
      // A table of contents names the headings, which are no copies of it.
      if m.kind == .heading, document.rows[first].measures.kind == .listItem { continue }
      if ContentsList.isChapter(index, namedBy: first, document) { continue }
      // A hidden first copy is the one that readers did not see; its double is the text.
      if document.rows[first].measures.flags.contains(.hidden), !m.flags.contains(.hidden) {
        ledger.add(.duplicate, to: first, .strong, because: .duplicateText, evidence: .block(index))
        continue
      }
      ledger.add(.duplicate, to: index, .strong, because: .duplicateText, evidence: .block(first))
    }
  }
}
