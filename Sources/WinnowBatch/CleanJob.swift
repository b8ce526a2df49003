package import Winnow
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
  /// Files, folders, patterns, and `-` for standard input.
  package var inputs: [String]
  /// A file with further inputs, a path a line.
  package var inputList: String?
  /// How they are read.
  package var source: SourceOptions
  /// How records are written.
  package var format: RecordFormat
  /// Where they go.
  package var destination: Destination
  /// Whether the output is gzip-compressed.
  package var compresses = false
  /// How many threads clean.
  package var jobs: Int
  /// How pages are cleaned; the longest page is that of ``source``.
  package var configuration = WinnowConfiguration()
  /// A folder with models to use in place of the program's own: `content.forest`, `content.tokens` and
  /// `content.network` for markup, or `flat.forest`, `flat.words` and `flat.network` for flat text.
  package var modelFolder: String?
  /// What else the configuration was made from, as text: a run is only taken up with the same.
  package var settings = ""
  /// Whether inputs that hold no page are left out, and counted, instead of failing.
  package var skipsOtherMedia = false
  /// The file that names the inputs that failed.
  package var errorsPath: String?
  /// Whether to go on with a run that was cut off.
  package var resumes = false
  /// The least time between two checkpoints.
  package var checkpointInterval = Duration.seconds(1)
  /// The program's version: a run is only taken up by the one that began it.
  package var version = ""
  /// Puts the progress on a terminal; `nil` for none.
  package var progress: (@Sendable (String) -> Void)?

  /// Stands between the run and its output; tests let it fail there.
  var decoration: (@Sendable (any RecordSink) -> any RecordSink)?
  /// The signal that asks for an end, if one was sent.
  var interruption: @Sendable () -> Int32? = { Interruption.received }
  /// Bytes of records in a gzip member.
  var memberSize = FileSink.Plan.usualMemberSize

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
    package var summary: Summary?
    /// Why they could not.
    package var error: OutputError?
    /// The signal that ended the run early.
    package var signal: Int32?
    /// Whether `resumes` would go on with what is left.
    package var canResume = false
    /// Inputs that this process was done with, earlier ones of a resumed run aside.
    package var pages = 0
    /// How often each site rule was of use.
    package var ruleUsage: [SiteRuleUsage] = []

    /// The exit code of the process: 0 all well, 1 some inputs failed or records could not be written, 130
    /// and the like after a signal.
    package var exitCode: Int32 {
      if error != nil { return 1 }
      if let signal { return 128 + signal }
      return summary?.exitCode ?? 1
    }
  }

  /// Does the job. Inputs that fail are records; only the output can stop it.
  ///
  /// - throws: ``ConfigurationError`` when the limits make no sense.
  package func run() throws(ConfigurationError) -> Outcome {
    var configuration = configuration
    if let modelFolder { configuration = try ModelFolder(modelFolder).applied(to: configuration) }
    configuration.maxBytes = source.maxBytes
    let winnow = try Winnow(configuration)
    do throws(OutputError) {
      var outcome = try run(winnow)
      outcome.ruleUsage = winnow.siteRuleUsage
      return outcome
    } catch {
      return Outcome(error: error)
    }
  }

  private func run(_ winnow: Winnow) throws(OutputError) -> Outcome {
    switch destination {
    case .standardOutput:
      return try stream(winnow, DescriptorOutput())
    case .file(let path, nil) where CleanJob.isDevice(path):
      let descriptor = InputPath(path).withCString { open($0, O_WRONLY | O_CLOEXEC) }
      guard descriptor >= 0 else { throw .system(errno, path) }
      defer { close(descriptor) }
      return try stream(winnow, DescriptorOutput(descriptor: descriptor, name: path))
    default: return try ResumableRun(self, winnow).run()
    }
  }

  /// Into something that cannot be taken up again.
  private func stream(_ winnow: Winnow, _ output: DescriptorOutput) throws(OutputError) -> Outcome {
    guard !resumes else {
      throw .cannotResume(reason: "records that went into a pipe or device are gone; name a file with -o")
    }
    let sink = StreamSink(output, format: format, compresses: compresses)
    let own = OwnFiles(output: nil, isTree: false, errors: errorsPath)
    var ends = BatchRun.Ends(
      PageSource(inputs, list: inputList, options: source, leavingOut: own), sink)
    ends.interruption = interruption
    if let errorsPath { ends.errors = try ErrorLog(errorsPath) }
    ends.progress = makeProgress()
    defer { ends.progress?.end() }
    let result = try batch(winnow, .stream).run(ends)
    try sink.seal()
    return Outcome(
      summary: result.checkpoint.summary, signal: result.signal, pages: result.checkpoint.items)
  }

  func batch(_ winnow: Winnow, _ shape: RecordEncoder.Shape) -> BatchRun {
    let encoder = RecordEncoder(format, shape: shape, compresses: compresses)
    var run = BatchRun(winnow, encoder: encoder, options: source, jobs: jobs)
    run.skipsOtherMedia = skipsOtherMedia
    return run
  }

  func makeProgress() -> Progress? {
    progress.map { Progress(size: inputList == nil ? InputSize(of: inputs) : nil, write: $0) }
  }

  private static func isDevice(_ path: String) -> Bool {
    var status = stat()
    guard InputPath(path).withCString({ stat($0, &status) == 0 }) else { return false }
    return [S_IFIFO, S_IFCHR, S_IFSOCK].contains(status.st_mode & S_IFMT)
  }

  /// Processors that are online.
  package static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
