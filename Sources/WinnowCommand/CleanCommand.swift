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

extension ContentScoreStage.Favor: ExpressibleByArgument {}

/// How the end of a run is told.
enum SummaryStyle: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// `winnow clean`: what is typed. What is done is a ``CleanJob``.
struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean", abstract: "Writes a record for every page.",
    discussion: """
      Every input gives one record, in the order of the inputs; one that cannot be read gives a record with \
      the status 'failed' and an error that says why. Lines on standard input are answered one by one, as \
      they come. Exit code: 0 all well, 1 some inputs failed or the output cannot be written, 2 usage, 130 \
      after Ctrl-C.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var output: OutputOptions

  // `-j8`, as every other tool takes it.
  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "How many threads clean (default: the processors).")
  var jobs: Int?

  @Option(name: .long, help: "The most blocks that a page may have (default: 1000000).")
  var maxBlocks: Int?

  @Option(name: .long, help: "Processor time that a page may take, in seconds; 0 for any.")
  var maxSeconds: Double = 60

  @Option(
    name: .long,
    help: "What to favor where it is doubtful whether a block belongs to the body (default: balanced).")
  var favor: ContentScoreStage.Favor?

  @Option(name: .long, help: "A folder with content.* or flat.* files that training wrote.")
  var model: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How the run is summed up on standard error.",
      discussion: "By default as text: on a terminal, when inputs failed, and when there were none."))
  var summary: SummaryStyle?

  @Flag(name: .shortAndLong, help: "No progress and no summary on standard error.")
  var quiet = false

  func validate() throws {
    if let jobs, jobs < 1 || jobs > 1024 { throw ValidationError("--jobs must be from 1 to 1024.") }
    if maxBlocks ?? 1 < 1 { throw ValidationError("--max-blocks must be at least 1.") }
    if !(maxSeconds >= 0) { throw ValidationError("--max-seconds must not be negative.") }
    if selection.filesFrom == "-", input.inputs.contains("-") {
      throw ValidationError("Standard input ('-') can be read only once.")
    }
    let inputs = input.inputs + (selection.filesFrom.map { [$0] } ?? [])
    let outputs = [("--output", output.output), ("--errors", output.errors)]
    if let problem = OutputClash.problem(inputs: inputs, outputs: outputs) { throw ValidationError(problem) }
  }

  func run() throws {
    let settings = try configuration.settings()
    guard let job = job(settings) else {
      Messages.print(CleanCommand.helpMessage())
      throw ExitCode(UsageExit.code)
    }
    Interruption.watch()
    let start = ContinuousClock.now
    let outcome = try job.run()
    report(outcome, seconds: start.duration(to: .now))
    let unused = settings.unusedRules == .ignore ? [] : UnusedRules.lines(outcome.ruleUsage)
    for line in unused { Messages.print(line) }
    if settings.unusedRules == .fail, !unused.isEmpty { throw ExitCode.failure }
    if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
  }

  /// What the arguments ask for; `nil` when there is nothing to read.
  func job(_ settings: Settings) -> CleanJob? {
    guard let inputs = selection.filesFrom == nil ? input.resolvedInputs : input.inputs else { return nil }
    var source = input.source(settings.configuration)
    selection.apply(to: &source)
    var job = CleanJob(
      inputs: inputs, source: source, format: output.recordFormat, destination: output.destination,
      jobs: jobs ?? CleanJob.processors)
    job.inputList = selection.filesFrom
    job.compresses = output.compresses
    job.configuration = settings.configuration
    if let favor { job.configuration.favor = favor }
    if let maxBlocks { job.configuration.maxBlocks = maxBlocks }
    job.configuration.maxSeconds = maxSeconds > 0 ? maxSeconds : nil
    job.settings = configuration.isEmpty ? "" : settings.wholeText
    job.modelFolder = model
    job.skipsOtherMedia = selection.skipNonHTML
    job.errorsPath = output.errors
    job.resumes = output.resume
    job.version = WinnowCommand.configuration.version
    if !quiet, isatty(2) == 1 { job.progress = { Messages.put($0) } }
    return job
  }

  private func report(_ outcome: CleanJob.Outcome, seconds duration: Duration) {
    let parts = duration.components
    let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    if let counts = outcome.summary, !quiet || summary != nil {
      switch summary {
      case .json:
        Messages.put(
          String(
            decoding: counts.json(seconds: seconds, pages: outcome.pages, signal: outcome.signal),
            as: UTF8.self))
      case .text: Messages.print(line(counts, outcome.pages, seconds))
      case nil:
        // A run without a single record is seldom meant: an empty folder, a pattern that took nothing.
        if counts.failed > 0 || counts.total == 0 || isatty(2) == 1 {
          Messages.print(line(counts, outcome.pages, seconds))
        }
      }
    }
    if let error = outcome.error, error != .closed { Messages.print("Error: \(error)") }
    if outcome.canResume, outcome.signal != nil || outcome.error != nil {
      Messages.print("The same command with --resume goes on from here.")
    }
  }

  private func line(_ counts: Summary, _ pages: Int, _ seconds: Double) -> String {
    counts.line + "; \(Summary.rate(pages, seconds)) pages/s"
  }
}
