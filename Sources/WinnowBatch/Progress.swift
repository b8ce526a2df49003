import Synchronization

/// How a run comes along, in one line of a terminal that is written over.
///
/// Not safe to use from two threads at once; ``InputSize`` counts beside it.
package final class Progress {
  private let size: InputSize?
  private let write: (String) -> Void
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var last: ContinuousClock.Instant
  private var first: (position: Int, total: Int)?
  private var isDrawn = false

  private static let pause = Duration.milliseconds(200)
  private static let barWidth = 20

  /// Progress over inputs of a size, if it is known; `write` puts text on the terminal.
  package init(size: InputSize?, write: @escaping (String) -> Void) {
    self.size = size
    self.write = write
    start = clock.now
    last = start
  }

  /// Takes note of how far the run is and draws the line when it is time. `position` counts bytes of input.
  func update(_ summary: Summary, position: Int) {
    let done = summary.total + summary.skipped.values.reduce(0, +)
    // Where a run is taken up, what was done before says nothing about the rate.
    let first = self.first ?? (position, done - 1)
    self.first = first
    let now = clock.now
    guard last.duration(to: now) >= Progress.pause else { return }
    last = now
    isDrawn = true
    let seconds = Progress.seconds(start.duration(to: now))
    let line = Progress.line(
      done: done, failed: summary.failed, doneNow: done - first.total, seconds: seconds,
      bytes: position, bytesNow: position - first.position, of: size?.bytes)
    write("\r\u{1B}[K" + line)
  }

  /// Takes the line away.
  package func end() {
    if isDrawn { write("\r\u{1B}[K") }
    isDrawn = false
    size?.stop()
  }

  /// The line: a bar and the time left where the size of the inputs is known.
  static func line(
    done: Int, failed: Int, doneNow: Int, seconds: Double, bytes: Int, bytesNow: Int, of total: Int?
  ) -> String {
    var line = ""
    var left: String?
    if let total, total > 0 {
      let share = min(1, Double(bytes) / Double(total))
      let full = Int(share * Double(barWidth))
      line += "[" + String(repeating: "#", count: full) + String(repeating: "-", count: barWidth - full)
      line += "] \(Int(share * 100)) %  "
      if bytesNow > 0 { left = time(Double(max(0, total - bytes)) * seconds / Double(bytesNow)) }
    }
    line += "\(done) done, \(failed) failed, \(Summary.rate(doneNow, seconds)) pages/s"
    if let left { line += ", \(left) left" }
    return line
  }

  static func time(_ seconds: Double) -> String {
    let all = Int(min(seconds, 1e8).rounded(.up))
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let rest = "\(two(all / 60 % 60)):\(two(all % 60))"
    return all >= 3600 ? "\(all / 3600):\(rest)" : rest
  }

  static func seconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
  }
}

/// The size of a run's inputs, counted on a thread of its own because folders may be large.
package final class InputSize: Sendable {
  private let counted = Atomic<Int>(-1)
  private let isStopped = Atomic<Bool>(false)

  /// Begins to count; `nil` when the inputs have no size, such as standard input.
  package init?(of inputs: [String]) {
    guard !inputs.contains("-") else { return nil }
    WorkerThreads.detach { [self] in count(inputs) }
  }

  /// Bytes as stored; `nil` while they are being counted.
  package var bytes: Int? {
    let bytes = counted.load(ordering: .relaxed)
    return bytes < 0 ? nil : bytes
  }

  /// Ends the counting.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  private func count(_ inputs: [String]) {
    var list = InputList(inputs)
    var total = 0
    while let entry = list.next() {
      guard case .path(let path) = entry, let kind = try? PathKind.of(path) else { continue }
      switch kind {
      case .file(let size): total += size
      case .folder(let identity):
        var walk = FolderWalk(path, identity)
        while let entry = walk.next() {
          if isStopped.load(ordering: .relaxed) { return }
          if case .file(_, let size) = entry { total += size }
        }
      case .stream: return
      case .other: continue
      }
    }
    counted.store(total, ordering: .relaxed)
  }
}
