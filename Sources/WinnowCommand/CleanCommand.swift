import ArgumentParser
import Winnow
import WinnowBatch
import WinnowSettings
import WinnowStages

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension RecordFormat: ExpressibleByArgument {}
extension ContentScoreStage.Favor: ExpressibleByArgument {}

/// `winnow clean`: what is typed. What is done is a ``CleanJob``.
struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean", abstract: "Writes a record for every page.",
    discussion: """
      Every input gives one record, in the order of the inputs; one that cannot be read gives a record with \
      the status 'failed' and an error that says why. Exit code: 0 all well, 1 some inputs failed, 2 usage.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var configuration: ConfigurationOptions

  @Option(name: .long, help: "How records are written.")
  var format: RecordFormat = .jsonl

  @Option(
    name: .shortAndLong,
    help: "The file to write, which appears when it is whole; - for standard output.")
  var output: String?

  @Option(name: .shortAndLong, help: "How many threads clean (default: the processors).")
  var jobs: Int?

  @Option(
    name: .long,
    help: "What to favor where it is doubtful whether a block belongs to the body (default: balanced).")
  var favor: ContentScoreStage.Favor?

  @Option(name: .long, help: "A folder with content.forest and content.tokens that training wrote.")
  var model: String?

  @Flag(name: .shortAndLong, help: "No summary on standard error.")
  var quiet = false

  func validate() throws {
    if let jobs, jobs < 1 || jobs > 1024 { throw ValidationError("--jobs must be from 1 to 1024.") }
    if output == "" { throw ValidationError("--output has an empty name.") }
  }

  func run() throws {
    let settings = try configuration.settings()
    guard let job = job(settings) else {
      Messages.print(CleanCommand.helpMessage())
      throw ExitCode(UsageExit.code)
    }
    let outcome = try job.run()
    if let summary = outcome.summary, !quiet, summary.failed > 0 || isatty(2) == 1 {
      Messages.print(summary.line)
    }
    if let error = outcome.error, error != .closed { Messages.print("Error: \(error)") }
    let unused = settings.unusedRules == .ignore ? [] : UnusedRules.lines(outcome.ruleUsage)
    for line in unused { Messages.print(line) }
    if settings.unusedRules == .fail, !unused.isEmpty { throw ExitCode.failure }
    if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
  }

  /// What the arguments ask for; `nil` when there is nothing to read.
  private func job(_ settings: Settings) -> CleanJob? {
    input.resolvedInputs.map { inputs in
      var job = CleanJob(
        inputs: inputs, source: input.source(settings.configuration), format: format,
        destination: output.flatMap { $0 == "-" ? nil : .file($0) } ?? .standardOutput,
        jobs: jobs ?? CleanJob.processors)
      job.configuration = settings.configuration
      if let favor { job.configuration.favor = favor }
      job.modelFolder = model
      return job
    }
  }
}
