package import Winnow

/// Records into a pipe or device, each given to the system at once, so that who waits for one gets it.
package final class StreamSink: RecordSink {
  private let output: any RecordOutput
  private let format: RecordFormat
  private let gzip: GzipWriter?
  private var hasBegun = false
  package private(set) var position = SinkPosition()

  /// A sink into an output that somebody else closes.
  package init(_ output: any RecordOutput, format: RecordFormat, compresses: Bool = false) {
    self.output = output
    self.format = format
    gzip = compresses ? GzipWriter() : nil
  }

  package var isAtBoundary: Bool { false }

  package func write(_ payload: Payload) throws(OutputError) {
    guard case .bytes(let bytes) = payload else { return }
    let before = position.total == 0 ? format.opening : format.separator
    hasBegun = true
    try add(before.isEmpty ? bytes : Array(before.utf8) + bytes)
    position.total += 1
  }

  private func add(_ bytes: [UInt8]) throws(OutputError) {
    guard let gzip else { return try output.write(bytes) }
    var packed: [UInt8] = []
    gzip.add(bytes, to: &packed)
    if !packed.isEmpty { try output.write(packed) }
  }

  package func synchronise() {}

  package func seal() throws(OutputError) {
    let rest = (hasBegun ? "" : format.opening) + format.closing
    if !rest.isEmpty { try add(Array(rest.utf8)) }
    guard let gzip else { return }
    var packed: [UInt8] = []
    gzip.endMember(into: &packed)
    if packed.isEmpty, !hasBegun { packed = GzipWriter.emptyMember }
    if !packed.isEmpty { try output.write(packed) }
  }

  package func publish() {}
  package func suspend() {}
  package func abandon() {}
}
