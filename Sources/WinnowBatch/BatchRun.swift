package import Winnow
internal import WinnowCore

/// Cleans many inputs on several threads and writes their records in the order of the inputs, the same
/// bytes whatever the number of threads.
///
/// Workers take items from the source, one worker at a time; whoever finishes the item that is next in
/// order writes it and all that wait behind it. A worker that is too far ahead waits: no more than
/// ``itemsPerJob`` items a job, and no more than ``mostPendingBytes``, are between source and output.
package struct BatchRun: Sendable {
  /// Items a job that may be taken and not yet written.
  package static let itemsPerJob = 4
  /// Bytes of input that may be taken and not yet written, unless one item alone is longer.
  package static let mostPendingBytes = 64 << 20

  private let winnow: Winnow
  private let format: RecordFormat
  private let options: SourceOptions
  private let jobs: Int

  /// A run.
  package init(_ winnow: Winnow, format: RecordFormat, options: SourceOptions, jobs: Int) {
    self.winnow = winnow
    self.format = format
    self.options = options
    self.jobs = max(jobs, 1)
  }

  /// Cleans what the source gives.
  ///
  /// - throws: ``OutputError`` when records cannot be written; the run stops there.
  package func run(_ source: PageSource, into output: any RecordOutput) throws(OutputError) -> Summary {
    try output.write(Array(format.opening.utf8))
    let queue = BatchQueue(
      source: source, output: output, separator: Array(format.separator.utf8),
      window: jobs * BatchRun.itemsPerJob)
    WorkerThreads.run(jobs) {
      while let (ticket, item) = queue.take() {
        let made = winnow.record(of: item, options: options)
        queue.deliver(
          ticket,
          BatchQueue.Finished(
            bytes: format.bytes(of: made.record, input: made.input), status: made.record.status,
            failure: made.record.error?.code))
      }
    }
    let summary = try queue.outcome()
    try output.write(Array(format.closing.utf8))
    return summary
  }
}

/// What the workers of a run share. All state is touched with the monitor's lock held; source and output
/// are used without it, each by one worker at a time, which `isTaking` and `isWriting` see to.
private final class BatchQueue: @unchecked Sendable {
  /// A record, ready to be written.
  struct Finished {
    let bytes: [UInt8]
    let status: ArticleRecord.Status
    let failure: String?
  }

  private let monitor = Monitor()
  private let source: PageSource
  private let output: any RecordOutput
  private let separator: [UInt8]
  private let window: Int

  private var taken = 0
  private var written = 0
  private var pendingBytes = 0
  private var weights: [Int: Int] = [:]
  private var ready: [Int: Finished] = [:]
  private var isTaking = false
  private var isWriting = false
  private var hasEnded = false
  private var failure: OutputError?
  private var summary = Summary()

  init(source: PageSource, output: any RecordOutput, separator: [UInt8], window: Int) {
    self.source = source
    self.output = output
    self.separator = separator
    self.window = window
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
    let item = source.next()
    monitor.lock()
    isTaking = false
    monitor.announce()
    guard let item else {
      hasEnded = true
      return nil
    }
    let ticket = taken
    taken += 1
    weights[ticket] = item.weight
    pendingBytes += item.weight
    return (ticket, item)
  }

  private var isFull: Bool {
    let pending = taken - written
    return pending >= window || pending > 0 && pendingBytes >= BatchRun.mostPendingBytes
  }

  /// Hands in a record and writes all that are next in order, unless another worker is about it.
  func deliver(_ ticket: Int, _ finished: Finished) {
    monitor.lock()
    defer { monitor.unlock() }
    ready[ticket] = finished
    guard !isWriting else { return }
    isWriting = true
    while failure == nil, let next = ready.removeValue(forKey: written) {
      let bytes = written == 0 ? next.bytes : separator + next.bytes
      monitor.unlock()
      var error: OutputError?
      do throws(OutputError) { try output.write(bytes) } catch let caught { error = caught }
      monitor.lock()
      failure = error
      pendingBytes -= weights.removeValue(forKey: written) ?? 0
      written += 1
      summary.count(next.status, failure: next.failure)
      monitor.announce()
    }
    isWriting = false
  }

  /// What became of the items, once the workers are done.
  func outcome() throws(OutputError) -> Summary {
    monitor.lock()
    defer { monitor.unlock() }
    if let failure { throw failure }
    return summary
  }
}
