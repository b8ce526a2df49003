public import WinnowCore

/// A page as Winnow understood it: blocks, labels, verdicts and the record.
public struct Reading: Sendable {
  /// The page's blocks.
  public let document: Document
  /// All labels.
  public let ledger: Ledger
  /// One verdict a block.
  public let verdicts: [Verdict]
  /// The verdicts by the stages alone, which the fields were picked from.
  package let labelledVerdicts: [Verdict]
  /// The record.
  public let record: ArticleRecord
  /// The pipeline's stages, in order.
  public let stages: [StageID]
  /// Stages that the page lacked the signals for.
  public let skippedStages: [StageID]
}
