internal import Winnow
internal import WinnowStages

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A run whose output stays: it keeps a journal, and goes on where an earlier one was cut off.
struct ResumableRun {
  private let job: CleanJob
  private let winnow: Winnow
  private let path: String
  private let journalPath: String

  init(_ job: CleanJob, _ winnow: Winnow) {
    self.job = job
    self.winnow = winnow
    path = job.destination.path ?? ""
    journalPath = Journal.path(of: path)
  }

  func run() throws(OutputError) -> CleanJob.Outcome {
    let description = description
    let past = job.resumes ? try Journal.past(journalPath) : nil
    if let past { try check(past.job, against: description) }
    let own = OwnFiles(output: path, isTree: job.destination.shape == .tree, errors: job.errorsPath)
    let source = PageSource(
      job.inputs, list: job.inputList, options: job.source, leavingOut: own)
    let start = past?.checkpoint ?? Checkpoint()
    try skip(start, in: source)
    if start.isFinished { return try complete(start, source) }

    let opened = try open(at: past?.checkpoint?.sink)
    let sink = job.decoration?(opened) ?? opened
    // Only now it is sure that no other run is at work here.
    if past == nil { Journal.remove(journalPath) }
    var ends = BatchRun.Ends(source, sink)
    let keeper = JournalKeeper(
      journalPath, job: description, after: past, interval: job.checkpointInterval)
    ends.keeper = keeper
    ends.start = start
    ends.interruption = job.interruption
    do throws(OutputError) {
      if let errors = job.errorsPath { ends.errors = try ErrorLog(errors, keeping: start.errorBytes) }
      ends.progress = job.makeProgress()
      defer { ends.progress?.end() }
      let result = try job.batch(winnow, job.destination.shape).run(ends)
      return try finish(result, ends, keeper, done: start.items)
    } catch {
      // What was committed is worth keeping; before that there is nothing that a run could go on from.
      if keeper.hasCommitted { sink.suspend() } else { sink.abandon() }
      keeper.end(keeping: keeper.hasCommitted)
      var outcome = CleanJob.Outcome(error: error)
      outcome.canResume = keeper.hasCommitted
      return outcome
    }
  }

  private func finish(
    _ result: BatchRun.Result, _ ends: BatchRun.Ends, _ keeper: JournalKeeper, done: Int
  ) throws(OutputError) -> CleanJob.Outcome {
    var checkpoint = result.checkpoint
    var outcome = CleanJob.Outcome(
      summary: checkpoint.summary, signal: result.signal, pages: checkpoint.items - done)
    if result.signal != nil {
      try keeper.commitLast(ends.sink, ends.errors)
      outcome.canResume = keeper.hasCommitted
      if keeper.hasCommitted { ends.sink.suspend() } else { ends.sink.abandon() }
      keeper.end(keeping: keeper.hasCommitted)
      return outcome
    }
    try ends.sink.seal()
    checkpoint.sink = ends.sink.position
    checkpoint.isFinished = true
    if job.resumes || keeper.hasCommitted { try keeper.commit(checkpoint, ends.sink, ends.errors) }
    try ends.sink.publish()
    // Who asked to resume may ask again, and is told that all is done.
    keeper.end(keeping: job.resumes)
    return outcome
  }

  /// An earlier run sealed its output: at most its name is missing.
  private func complete(_ start: Checkpoint, _ source: PageSource) throws(OutputError) -> CleanJob.Outcome {
    guard source.next() == nil else {
      throw changed("there are more than the \(start.items) it was done with")
    }
    switch job.destination {
    case .file(let path, let partSize): try FileSink.complete(plan(path, partSize), at: start.sink)
    case .other(let path, let sink): try sink.complete(path)
    case .tree, .standardOutput: break
    }
    return CleanJob.Outcome(summary: start.summary)
  }

  private func open(at position: SinkPosition?) throws(OutputError) -> any RecordSink {
    switch job.destination {
    case .tree(let path): return try TreeSink(path, from: position)
    case .other(let path, let sink): return try sink.open(path, position)
    case .standardOutput: throw .cannotResume(reason: "standard output is gone")
    case .file(let path, let partSize):
      return try FileSink(plan(path, partSize), from: position)
    }
  }

  private func plan(_ path: String, _ partSize: Int?) -> FileSink.Plan {
    var plan = FileSink.Plan(
      path: path, format: job.format, partSize: partSize, compresses: job.compresses)
    plan.memberSize = job.memberSize
    return plan
  }

  /// Steps over the items that an earlier run was done with, and sees that they are the same.
  private func skip(_ start: Checkpoint, in source: PageSource) throws(OutputError) {
    var names = NameHash.start
    for number in 0..<start.items {
      guard let item = source.next() else { throw changed("only \(number) of \(start.items) are left") }
      names = NameHash.of([0], after: NameHash.of(item.source.utf8, after: names))
    }
    if names != start.names { throw changed("the first \(start.items) are not those it was done with") }
  }

  private func changed(_ how: String) -> OutputError {
    .cannotResume(
      reason: "the inputs have changed since the run was cut off: \(how); "
        + "bring them back, or remove \(journalPath) to start over")
  }

  private func check(
    _ past: [String: String], against job: [(name: String, value: String)]
  ) throws(OutputError) {
    let different = job.filter { past[$0.name] != $0.value }.map(\.name)
    guard !different.isEmpty else { return }
    throw .cannotResume(
      reason: "the run that was cut off had other settings (\(different.joined(separator: ", "))); "
        + "give the same ones, or remove \(journalPath) to start over")
  }

  /// All that the output depends on, apart from what is in the inputs.
  private var description: [(name: String, value: String)] {
    let source = job.source
    let fields = source.fields
    return [
      ("version", job.version), ("folder", ResumableRun.folder),
      ("inputs", job.inputs.joined(separator: "\n")), ("files-from", job.inputList ?? ""),
      ("input-format", source.format.rawValue), ("charset", source.charset ?? ""), ("url", source.url ?? ""),
      ("fields", [fields.html, fields.text, fields.id, fields.url, fields.charset].joined(separator: "\n")),
      ("shard", source.shard?.description ?? ""), ("limit", source.limit.map { "\($0)" } ?? ""),
      ("max-bytes", "\(source.maxBytes)"), ("max-blocks", "\(job.configuration.maxBlocks)"),
      ("max-seconds", job.configuration.maxSeconds.map { "\($0)" } ?? ""),
      ("skip-non-html", "\(job.skipsOtherMedia)"),
      ("format", job.format.rawValue), ("output", job.destination.name), ("gzip", "\(job.compresses)"),
      ("favor", job.configuration.favor?.rawValue ?? ""), ("settings", job.settings),
      ("model", job.modelFolder ?? ""), ("errors", job.errorsPath ?? ""),
    ]
  }

  private static var folder: String {
    guard let path = getcwd(nil, 0) else { return "" }
    defer { free(path) }
    return String(cString: path)
  }
}
