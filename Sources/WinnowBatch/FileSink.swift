package import Winnow

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Records in a file, or in files of so many records each. A file appears under its name when it is whole.
package final class FileSink: RecordSink {
  /// How the files are made.
  package struct Plan: Sendable {
    /// The file; where there are several, their number stands before its ending.
    package var path: String
    /// How records are written.
    package var format: RecordFormat
    /// Records a file; `nil` for one file.
    package var partSize: Int?
    /// Whether the files are gzip-compressed.
    package var compresses: Bool
    /// Bytes of records in a gzip member: where one ends, a run can be taken up.
    var memberSize = Plan.usualMemberSize
    static let usualMemberSize = 1 << 18

    /// A plan.
    package init(
      path: String, format: RecordFormat = .jsonl, partSize: Int? = nil, compresses: Bool = false
    ) {
      self.path = path
      self.format = format
      self.partSize = partSize
      self.compresses = compresses
    }

    /// The path of a part: `records-00003.jsonl.gz`.
    package func path(ofPart part: Int) -> String {
      guard partSize != nil else { return path }
      let digits = String(part)
      let number = "-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
      let nameStart = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
      let name = path[nameStart...]
      // A name may start with a dot.
      guard let dot = name.dropFirst().firstIndex(of: ".") else { return path + number }
      return String(path[..<dot]) + number + String(path[dot...])
    }
  }

  private let plan: Plan
  private let gzip: GzipWriter?
  private var part: PartFile?
  package private(set) var position: SinkPosition

  /// Opens the output, at its beginning or where an earlier run left it.
  ///
  /// - throws: ``OutputError`` when it cannot be opened.
  package init(_ plan: Plan, from position: SinkPosition? = nil) throws(OutputError) {
    self.plan = plan
    gzip = plan.compresses ? GzipWriter() : nil
    self.position = position ?? SinkPosition()
    if let gzip, !gzip.isUsable { throw .failed(output: plan.path, reason: "zlib is out of memory") }
    if let position {
      part = try PartFile(
        plan.path(ofPart: position.part), keeping: position.bytes, takingBack: plan.partSize != nil)
    } else {
      try begin()
    }
  }

  package var isAtBoundary: Bool { gzip == nil || gzip?.memberLength == 0 }

  package func write(_ payload: Payload) throws(OutputError) {
    guard case .bytes(let bytes) = payload else { return }
    if let partSize = plan.partSize, position.records >= partSize {
      try seal()
      try part?.publish()
      position.part += 1
      position.records = 0
      try begin()
    }
    if position.records > 0, !plan.format.separator.isEmpty { try add(Array(plan.format.separator.utf8)) }
    try add(bytes)
    position.records += 1
    position.total += 1
    if let gzip, gzip.memberLength >= plan.memberSize { try endMember() }
  }

  private func begin() throws(OutputError) {
    part = try PartFile(plan.path(ofPart: position.part))
    position.bytes = 0
    try add(Array(plan.format.opening.utf8))
  }

  private func add(_ bytes: [UInt8]) throws(OutputError) {
    guard let gzip else { return try append(bytes) }
    var output: [UInt8] = []
    gzip.add(bytes, to: &output)
    try append(output)
  }

  private func endMember() throws(OutputError) {
    var output: [UInt8] = []
    gzip?.endMember(into: &output)
    try append(output)
  }

  private func append(_ bytes: [UInt8]) throws(OutputError) {
    guard let part, !bytes.isEmpty else { return }
    try part.append(bytes)
    position.bytes = part.length
  }

  package func synchronise() throws(OutputError) { try part?.synchronise() }

  package func seal() throws(OutputError) {
    try add(Array(plan.format.closing.utf8))
    try endMember()
    // No bytes at all would not be gzip data.
    if plan.compresses, position.bytes == 0 { try append(GzipWriter.emptyMember) }
    try synchronise()
  }

  package func publish() throws(OutputError) {
    try part?.publish()
    FileSink.removeParts(of: plan, after: position)
  }

  /// Does what ``publish()`` does for a run that sealed its output and came no further.
  package static func complete(_ plan: Plan, at position: SinkPosition) throws(OutputError) {
    try PartFile.publish(plan.path(ofPart: position.part))
    removeParts(of: plan, after: position)
  }

  /// Parts of an earlier, longer output would pass for parts of this one.
  private static func removeParts(of plan: Plan, after position: SinkPosition) {
    guard plan.partSize != nil else { return }
    var next = position.part + 1
    while InputPath(plan.path(ofPart: next)).withCString({ unlink($0) }) == 0 { next += 1 }
  }

  package func suspend() { part?.suspend() }

  package func abandon() { part?.abandon() }
}
