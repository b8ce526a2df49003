#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How far a run has come: everything that is needed to go on.
package struct Checkpoint: Sendable, Equatable {
  /// Items of the source that are done, whether they gave a record or were left out.
  package var items = 0
  /// A hash of what the items were called, so that a run does not go on with other inputs.
  package var names = NameHash.start
  /// How far the output has come.
  package var sink = SinkPosition()
  /// Bytes of the error list.
  package var errorBytes = 0
  /// What became of the items.
  package var summary = Summary()
  /// Whether the output is whole and only lacks its name.
  package var isFinished = false

  /// The beginning.
  package init() {}

  /// As a line, its end included.
  var line: [UInt8] {
    var json = JSONObject()
    json.add("items", items)
    json.add("names", String(names, radix: 16))
    json.add("part", sink.part)
    json.add("bytes", sink.bytes)
    json.add("records", sink.records)
    json.add("total", sink.total)
    json.add("errorBytes", errorBytes)
    json.add("finished", isFinished)
    json.add("statuses", summary.statusCounts)
    json.add("failures", summary.failures)
    json.add("skipped", summary.skipped)
    return (json.bytes ?? []) + [0x0A]
  }

  /// A checkpoint from its line; `nil` when the line is none.
  init?(_ line: [UInt8]) {
    guard let json = try? FlatObject(line), let items = json.number("items"), let part = json.number("part"),
      let names = json.string("names").flatMap({ UInt64($0, radix: 16) }), let bytes = json.number("bytes"),
      let records = json.number("records"), let total = json.number("total"),
      let errorBytes = json.number("errorBytes"), let finished = json.bool("finished"),
      let statuses = json.object("statuses"), let failures = json.object("failures"),
      let skipped = json.object("skipped")
    else { return nil }
    self.items = items
    self.names = names
    sink.part = part
    sink.bytes = bytes
    sink.records = records
    sink.total = total
    self.errorBytes = errorBytes
    isFinished = finished
    summary = Summary(
      statuses: Checkpoint.counts(statuses), failures: Checkpoint.counts(failures),
      skipped: Checkpoint.counts(skipped))
  }

  private static func counts(_ object: FlatObject) -> [String: Int] {
    Dictionary(
      object.names.compactMap { name in object.number(name).map { (name, $0) } },
      uniquingKeysWith: { $1 })
  }
}

/// The journal of a run: a line that says what the run was asked to do, then a line a checkpoint.
///
/// A checkpoint's line goes last, after everything it speaks of is durable. A line that was cut off is as if
/// it had not been written.
package final class Journal {
  /// What an earlier run left.
  package struct Past: Sendable, Equatable {
    /// What it was asked to do, by name.
    package var job: [String: String] = [:]
    /// How far it came; `nil` when it reached no checkpoint.
    package var checkpoint: Checkpoint?
    /// Bytes of whole lines.
    var length = 0
  }

  private let path: InputPath
  private let descriptor: Int32
  private let output: DescriptorOutput
  private var isOpen = true

  private static let longestJournal = 1 << 30

  /// The journal of an output.
  package static func path(of output: String) -> String {
    var name = output[...]
    while name.count > 1, name.last == "/" { name.removeLast() }
    return String(name) + ".journal"
  }

  /// What an earlier run wrote; `nil` when there is nothing.
  ///
  /// - throws: ``OutputError`` when the journal cannot be read or is none.
  package static func past(_ path: String) throws(OutputError) -> Past? {
    let bytes: [UInt8]
    do throws(InputError) {
      bytes = try ByteInput(InputPath(path)).readAll(limit: longestJournal)
    } catch .notFound {
      return nil
    } catch {
      throw .failed(output: path, reason: "\(error)")
    }
    var past = Past()
    var start = 0
    var isFirst = true
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      let line = Array(bytes[start..<end])
      if isFirst {
        guard let json = try? FlatObject(line), json.number("winnowJournal") == 1 else {
          throw .failed(output: path, reason: "it is there and is no journal of winnow")
        }
        for name in json.names { past.job[name] = json.string(name) }
        isFirst = false
      } else if let checkpoint = Checkpoint(line) {
        past.checkpoint = checkpoint
      } else {
        break
      }
      start = end + 1
      past.length = start
    }
    return isFirst ? nil : past
  }

  /// Begins a journal, or goes on with one.
  ///
  /// - throws: ``OutputError`` when it cannot be written.
  package init(_ name: String, job: [(name: String, value: String)], after past: Past?) throws(OutputError) {
    path = InputPath(name)
    descriptor = path.withCString { open($0, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666) }
    guard descriptor >= 0 else { throw .system(errno, name) }
    output = DescriptorOutput(descriptor: descriptor, name: name)
    let length = past?.length ?? 0
    guard ftruncate(descriptor, off_t(length)) == 0, lseek(descriptor, off_t(length), SEEK_SET) >= 0 else {
      throw .system(errno, name)
    }
    guard past == nil else { return }
    var json = JSONObject()
    json.add("winnowJournal", 1)
    for (name, value) in job { json.add(name, value) }
    try append((json.bytes ?? []) + [0x0A])
  }

  deinit { close() }

  /// Adds a checkpoint, all of whose output is durable.
  package func commit(_ checkpoint: Checkpoint) throws(OutputError) { try append(checkpoint.line) }

  private func append(_ line: [UInt8]) throws(OutputError) {
    try output.write(line)
    if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP { throw .system(errno, path.text) }
  }

  /// Lets go of the journal and keeps it.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    systemClose(descriptor)
  }

  /// Removes a journal.
  package static func remove(_ name: String) { InputPath(name).withCString { _ = unlink($0) } }
}

/// `close(2)` by a name that the method above does not hide.
private func systemClose(_ descriptor: Int32) { close(descriptor) }
