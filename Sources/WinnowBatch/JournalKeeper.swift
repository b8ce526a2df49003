/// Decides when a checkpoint is due and commits it: first the output, then the error list, last the journal.
///
/// The journal is made with the first checkpoint, so a run of a second leaves no trace of it.
package final class JournalKeeper {
  private let path: String
  private let job: [(name: String, value: String)]
  private let past: Journal.Past?
  private let interval: Duration
  private var journal: Journal?
  private var last = ContinuousClock.now
  /// The last checkpoint that was offered and not committed.
  private var waiting: Checkpoint?
  /// Whether there is something that a run could go on from.
  package private(set) var hasCommitted: Bool

  /// A keeper of the journal at `path`, for a run that goes on from `past` if there is one.
  package init(
    _ path: String, job: [(name: String, value: String)], after past: Journal.Past?, interval: Duration
  ) {
    self.path = path
    self.job = job
    self.past = past
    self.interval = interval
    hasCommitted = past?.checkpoint != nil
  }

  /// Takes a checkpoint at which the output could be taken up, and commits it when it is time.
  func offer(_ checkpoint: Checkpoint, _ sink: any RecordSink, _ errors: ErrorLog?) throws(OutputError) {
    waiting = checkpoint
    if last.duration(to: .now) >= interval { try commit(checkpoint, sink, errors) }
  }

  /// Commits the last checkpoint that was offered, if it is not yet.
  package func commitLast(_ sink: any RecordSink, _ errors: ErrorLog?) throws(OutputError) {
    if let waiting { try commit(waiting, sink, errors) }
  }

  /// Commits a checkpoint.
  package func commit(
    _ checkpoint: Checkpoint, _ sink: any RecordSink, _ errors: ErrorLog?
  ) throws(OutputError) {
    try sink.synchronise()
    try errors?.synchronise()
    if journal == nil { journal = try Journal(path, job: job, after: past) }
    try journal?.commit(checkpoint)
    hasCommitted = true
    waiting = nil
    last = .now
  }

  /// Removes the journal, or lets go of it.
  package func end(keeping: Bool) {
    journal?.close()
    if !keeping { Journal.remove(path) }
  }
}
