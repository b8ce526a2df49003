public import WinnowCore
public import WinnowStages

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
  private let maxSeconds: Double?
  private let rules: SiteRulesStage?
  private let doubtfulBelow: Double

  /// A cleaner.
  ///
  /// - throws: ``ConfigurationError`` when the stages do not make a pipeline or a limit makes no sense.
  public init(_ configuration: WinnowConfiguration = .article) throws(ConfigurationError) {
    let problems = configuration.problems
    guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
    let stages = configuration.stages.map { stage -> any Stage in
      guard let favor = configuration.favor, let score = stage as? ContentScoreStage else { return stage }
      return score.favoring(favor)
    }
    do {
      var pipeline = try Pipeline(stages).applying(configuration.options)
      rules = configuration.rules.isEmpty ? nil : try SiteRulesStage(configuration.rules)
      if let rules { pipeline = try pipeline.appending(rules) }
      self.pipeline = pipeline
    } catch {
      throw ConfigurationError(problems: ["\(error)"])
    }
    policy = configuration.policy
    maxSeconds = configuration.maxSeconds
    doubtfulBelow = configuration.doubtfulBelow
    reader = PageReader(
      maxBytes: configuration.maxBytes, maxBlocks: configuration.maxBlocks,
      lexicon: WinnowConfiguration.lexicon(with: configuration.phrases))
  }

  /// How often each site rule was of use so far.
  public var siteRuleUsage: [SiteRuleUsage] { rules?.usage ?? [] }

  /// The clean record of a page. A page without an article is a status, no error.
  ///
  /// - throws: `ReadError` when the bytes are no text or exceed a limit.
  public func clean(_ page: Page) throws(ReadError) -> ArticleRecord {
    try read(page).record
  }

  /// The record with all that led to it.
  ///
  /// - throws: `ReadError` when the bytes are no text or exceed a limit.
  public func read(_ page: Page) throws(ReadError) -> Reading {
    let clock = PageClock(limit: maxSeconds)
    let document = try reader.read(page)
    guard var ledger = pipeline.label(document, unless: { clock.isOver }) else {
      throw .tooSlow(limit: maxSeconds ?? 0)
    }
    let labelled = Adjudication.verdicts(of: document, ledger: ledger, policy: policy)
    let picked = FieldPicking().pick(document, labelled, sources: rules?.sources(for: document) ?? [:])
    var verdicts = labelled
    if UnusedHeadline.label(document, labelled, headline: picked.headline, in: &ledger) {
      verdicts = Adjudication.verdicts(of: document, ledger: ledger, policy: policy)
    }
    let isHeadNamed = ChosenHead.label(document, verdicts, picked, pipeline.options, in: &ledger) { id in
      pipeline.stages.contains { $0.id == id }
    }
    if isHeadNamed {
      verdicts = Adjudication.verdicts(of: document, ledger: ledger, policy: policy)
    }
    let record = RecordAssembly(
      page: page, document: document, ledger: ledger, verdicts: verdicts, picked: picked,
      doubtfulBelow: doubtfulBelow
    ).record()
    return Reading(
      document: document, ledger: ledger, verdicts: verdicts, labelledVerdicts: labelled, record: record,
      stages: pipeline.stages.map(\.id), skippedStages: pipeline.skipped(by: document))
  }
}
