public import WinnowCore

/// Cleans pages: reads them into blocks, has stages label the blocks, and assembles the record.
///
/// For example:
///
///     let winnow = try Winnow()
///     let page = Page(id: "1", form: .html, bytes: bytes)
///     let record = try winnow.clean(page)
///     print(record.headline ?? "no headline", record.body)
///
/// A value may be used from any number of tasks at once.
public struct Winnow: Sendable {
  /// The stages in order.
  public let pipeline: Pipeline
  /// What becomes of each role.
  public let policy: RetentionPolicy
  private let reader: PageReader

  /// A cleaner.
  ///
  /// - throws: ``ConfigurationError`` when the stages do not make a pipeline or a limit makes no sense.
  public init(_ configuration: WinnowConfiguration = .article) throws(ConfigurationError) {
    var problems: [String] = []
    if configuration.maxBytes < 1 { problems.append("maxBytes must be at least 1") }
    if configuration.maxBlocks < 1 { problems.append("maxBlocks must be at least 1") }
    do throws(PipelineError) {
      pipeline = try Pipeline(configuration.stages)
    } catch {
      problems.append(error.description)
      throw ConfigurationError(problems: problems)
    }
    guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
    policy = configuration.policy
    reader = PageReader(maxBytes: configuration.maxBytes, maxBlocks: configuration.maxBlocks)
  }

  /// The clean record of a page. A page without an article is a status, no error.
  ///
  /// - throws: ``ReadError`` when the bytes are no text or exceed a limit.
  public func clean(_ page: Page) throws(ReadError) -> ArticleRecord {
    try read(page).record
  }

  /// The record with all that led to it.
  ///
  /// - throws: ``ReadError`` when the bytes are no text or exceed a limit.
  public func read(_ page: Page) throws(ReadError) -> Reading {
    let document = try reader.read(page)
    let ledger = pipeline.label(document)
    let verdicts = Adjudication.verdicts(of: document, ledger: ledger, policy: policy)
    let record = RecordAssembly(page: page, document: document, ledger: ledger, verdicts: verdicts)
      .record()
    return Reading(
      document: document, ledger: ledger, verdicts: verdicts, record: record,
      stages: pipeline.stages.map(\.id), skippedStages: pipeline.skipped(by: document))
  }
}

/// A page as Winnow understood it: blocks, labels, verdicts and the record.
public struct Reading: Sendable {
  /// The page's blocks.
  public let document: Document
  /// All labels.
  public let ledger: Ledger
  /// One verdict a block.
  public let verdicts: [Verdict]
  /// The record.
  public let record: ArticleRecord
  /// The pipeline's stages, in order.
  public let stages: [StageID]
  /// Stages that the page lacked the signals for.
  public let skippedStages: [StageID]
}
