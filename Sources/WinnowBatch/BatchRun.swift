package import Winnow
internal import WinnowCore

/// Cleans many inputs on several threads and writes their records in the order of the inputs, the same
/// bytes whatever the number of threads.
///
/// Workers take items from the source, one worker at a time; whoever finishes the item that is next in
/// order writes it and all that wait behind it. A worker that is too far ahead waits: no more than
/// ``itemsPerJob`` items a job, and no more than ``mostPendingBytes``, are between source and output.
package struct BatchRun: Sendable {
  /// Items a job that may be taken and not yet written: so many that the others are not kept waiting by
  /// one long page. Those that are done hold no more than their record.
  package static let itemsPerJob = 64
  /// Bytes of input and of records that may be taken and not yet written, unless one item alone is longer.
  package static let mostPendingBytes = 32 << 20

  private let winnow: Winnow
  private let encoder: RecordEncoder
  private let options: SourceOptions
  private let jobs: Int
  /// Whether inputs that hold no page are left out instead of failing.
  package var skipsOtherMedia = false

  /// Where a run reads from and writes to.
  package struct Ends {
    /// The inputs.
    package var source: PageSource
    /// The records.
    package var sink: any RecordSink
    /// The failed inputs.
    package var errors: ErrorLog?
    /// The checkpoints.
    package var keeper: JournalKeeper?
    /// Who is told how the run comes along.
    package var progress: Progress?
    /// The signal that asks for an end, if one was sent.
    var interruption: @Sendable () -> Int32? = { Interruption.received }
    /// How far an earlier run came; the source and the sink stand there.
    package var start = Checkpoint()

    /// Ends of a run from the beginning.
    package init(_ source: PageSource, _ sink: any RecordSink) {
      self.source = source
      self.sink = sink
    }
  }

  /// How a run ended.
  package struct Result: Sendable, Equatable {
    /// How far it came.
    package var checkpoint: Checkpoint
    /// The signal that ended it early, if one did.
    package var signal: Int32?
  }

  /// A run.
  package init(_ winnow: Winnow, encoder: RecordEncoder, options: SourceOptions, jobs: Int) {
    self.winnow = winnow
    self.encoder = encoder
    self.options = options
    self.jobs = max(jobs, 1)
  }

  /// Cleans what the source gives, up to its end or a signal. The sink is not sealed.
  ///
  /// - throws: ``OutputError`` when records cannot be written; the run stops there.
  package func run(_ ends: Ends) throws(OutputError) -> Result {
    let queue = BatchQueue(ends, window: jobs * BatchRun.itemsPerJob)
    WorkerThreads.run(jobs) {
      while let (ticket, item) = queue.take() { queue.deliver(ticket, finished(item)) }
    }
    return try queue.outcome()
  }

  private func finished(_ item: PageItem) -> BatchQueue.Finished {
    let made = winnow.record(of: item, options: options)
    let failure = made.record.error
    if skipsOtherMedia, let code = failure?.code, BatchRun.mediaCodes.contains(code) {
      return BatchQueue.Finished(payload: nil, status: .failed, failure: code, errorLine: nil)
    }
    return BatchQueue.Finished(
      payload: encoder.payload(of: item, made), status: made.record.status, failure: failure?.code,
      errorLine: failure.map { ErrorLine.bytes(of: item, url: made.record.url, $0) })
  }

  /// Codes of inputs that hold no page.
  private static let mediaCodes: Set<String> = ["binary", "not-html"]
}

/// What the workers of a run share. All state is touched with the monitor's lock held; source and outputs
/// are used without it, each by one worker at a time, which `isTaking` and `isWriting` see to.
private final class BatchQueue: @unchecked Sendable {
  /// An item that is done.
  struct Finished {
    /// The record, ready to be written; `nil` for an input that is left out.
    let payload: Payload?
    let status: ArticleRecord.Status
    let failure: String?
    let errorLine: [UInt8]?
  }

  /// What is remembered of an item between source and output.
  private struct Taken {
    /// Bytes that it holds: of its input, and once it is done of its record.
    var weight: Int
    let position: Int
    /// The hash of all names up to this item's.
    let names: UInt64
  }

  private let monitor = Monitor()
  private let ends: BatchRun.Ends
  private let window: Int

  private var taken = 0
  private var written = 0
  private var names: UInt64
  private var pendingBytes = 0
  private var items: [Int: Taken] = [:]
  private var ready: [Int: Finished] = [:]
  private var isTaking = false
  private var isWriting = false
  private var hasEnded = false
  private var signal: Int32?
  private var failure: OutputError?
  private var checkpoint: Checkpoint

  init(_ ends: BatchRun.Ends, window: Int) {
    self.ends = ends
    self.window = window
    checkpoint = ends.start
    names = ends.start.names
  }

  /// The next item and its place in the order; `nil` when there is nothing more to do. Waits while the
  /// window is full.
  func take() -> (ticket: Int, item: PageItem)? {
    monitor.lock()
    defer { monitor.unlock() }
    while !hasEnded, failure == nil, isTaking || isFull { monitor.wait() }
    guard !hasEnded, failure == nil else { return nil }
    isTaking = true
    monitor.unlock()
    let item = source()
    monitor.lock()
    isTaking = false
    monitor.announce()
    guard let item else {
      hasEnded = true
      return nil
    }
    let ticket = taken
    taken += 1
    names = NameHash.of([0], after: NameHash.of(item.source.utf8, after: names))
    items[ticket] = Taken(weight: item.weight, position: item.position, names: names)
    pendingBytes += item.weight
    return (ticket, item)
  }

  /// The next item, unless a signal came: an item that was read while it did may be cut short.
  private func source() -> PageItem? {
    let item = ends.interruption() == nil ? ends.source.next() : nil
    guard let received = ends.interruption() else { return item }
    signal = received
    return nil
  }

  private var isFull: Bool {
    let pending = taken - written
    return pending >= window || pending > 0 && pendingBytes >= BatchRun.mostPendingBytes
  }

  /// Hands in an item and writes all that are next in order, unless another worker is about it.
  func deliver(_ ticket: Int, _ finished: Finished) {
    monitor.lock()
    defer { monitor.unlock() }
    ready[ticket] = finished
    let weight = finished.payload?.size ?? 0
    pendingBytes += weight - (items[ticket]?.weight ?? 0)
    items[ticket]?.weight = weight
    guard !isWriting else { return }
    isWriting = true
    while failure == nil, let next = ready.removeValue(forKey: written),
      let item = items.removeValue(forKey: written)
    {
      monitor.unlock()
      var error: OutputError?
      do throws(OutputError) { try write(next, item) } catch let caught { error = caught }
      monitor.lock()
      failure = error
      pendingBytes -= item.weight
      written += 1
      monitor.announce()
    }
    isWriting = false
  }

  private func write(_ finished: Finished, _ item: Taken) throws(OutputError) {
    if let payload = finished.payload {
      try ends.sink.write(payload)
      checkpoint.summary.count(finished.status, failure: finished.failure)
      if let line = finished.errorLine, let errors = ends.errors {
        try errors.write(line)
        checkpoint.errorBytes = errors.length
      }
    } else if let reason = finished.failure {
      checkpoint.summary.skip(reason)
    }
    checkpoint.items += 1
    checkpoint.names = item.names
    checkpoint.sink = ends.sink.position
    if let keeper = ends.keeper, ends.sink.isAtBoundary {
      try keeper.offer(checkpoint, ends.sink, ends.errors)
    }
    ends.progress?.update(checkpoint.summary, position: item.position)
  }

  /// What became of the items, once the workers are done.
  func outcome() throws(OutputError) -> BatchRun.Result {
    monitor.lock()
    defer { monitor.unlock() }
    if let failure { throw failure }
    return BatchRun.Result(checkpoint: checkpoint, signal: signal)
  }
}
