package import Winnow
import WinnowModel
package import WinnowStages

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What `winnow clean` is to do, free of how it was typed.
package struct CleanJob: Sendable {
  /// Where records go.
  package enum Destination: Sendable, Equatable {
    /// Standard output.
    case standardOutput
    /// A file, which appears when all records are in it.
    case file(String)
  }

  /// Files, folders, and `-` for standard input.
  package var inputs: [String]
  /// How they are read.
  package var source: SourceOptions
  /// How records are written.
  package var format: RecordFormat
  /// Where they go.
  package var destination: Destination
  /// How many threads clean.
  package var jobs: Int
  /// How pages are cleaned; the longest page is that of ``source``.
  package var configuration = WinnowConfiguration()
  /// A folder with `content.forest` and `content.tokens` to use in place of the program's own model.
  package var modelFolder: String?

  /// A job.
  package init(
    inputs: [String], source: SourceOptions = SourceOptions(), format: RecordFormat = .jsonl,
    destination: Destination = .standardOutput, jobs: Int = 1
  ) {
    self.inputs = inputs
    self.source = source
    self.format = format
    self.destination = destination
    self.jobs = jobs
  }

  /// How a job ended.
  package struct Outcome: Sendable, Equatable {
    /// What became of the inputs; `nil` when the records could not be written.
    package let summary: Summary?
    /// Why they could not.
    package let error: OutputError?
    /// How often each site rule was of use.
    package var ruleUsage: [SiteRuleUsage] = []

    /// The exit code of the process: 0 all well, 1 some inputs failed or records could not be written.
    package var exitCode: Int32 { error == nil ? summary?.exitCode ?? 1 : 1 }
  }

  /// Does the job. Inputs that fail are records; only the output can stop it.
  ///
  /// - throws: ``ConfigurationError`` when the limits make no sense.
  package func run() throws(ConfigurationError) -> Outcome {
    var configuration = configuration
    if let contentScore = try contentScore() {
      configuration.stages = configuration.stages.map { $0 is ContentScoreStage ? contentScore : $0 }
    }
    configuration.maxBytes = source.maxBytes
    let winnow = try Winnow(configuration)
    let run = BatchRun(winnow, format: format, options: source, jobs: jobs)
    let pages = PageSource(inputs, options: source)
    do throws(OutputError) {
      switch destination {
      case .standardOutput:
        let summary = try run.run(pages, into: DescriptorOutput())
        return Outcome(summary: summary, error: nil, ruleUsage: winnow.siteRuleUsage)
      case .file(let path):
        let file = try OutputFile(path)
        do throws(OutputError) {
          let summary = try run.run(pages, into: file)
          try file.finish()
          return Outcome(summary: summary, error: nil, ruleUsage: winnow.siteRuleUsage)
        } catch {
          file.abandon()
          throw error
        }
      }
    } catch {
      return Outcome(summary: nil, error: error)
    }
  }

  private func contentScore() throws(ConfigurationError) -> ContentScoreStage? {
    guard let modelFolder else { return nil }
    do {
      let forest = try ByteInput(InputPath(modelFolder + "/content.forest")).readAll(
        limit: CleanJob.largestModel)
      let tokens = try ByteInput(InputPath(modelFolder + "/content.tokens")).readAll(
        limit: CleanJob.largestModel)
      let model = try forest.withUnsafeBytes { forest in
        try tokens.withUnsafeBytes { try ContentModel(forest: forest, tokens: $0) }
      }
      return ContentScoreStage(judge: .model(model))
    } catch {
      throw ConfigurationError(problems: ["the model in \(modelFolder) cannot be used: \(error)"])
    }
  }

  private static let largestModel = 64 << 20

  /// Processors that are online.
  package static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
