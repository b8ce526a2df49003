package import Winnow
package import WinnowCore

/// A record, made ready by a worker for being written.
package enum Payload: Sendable {
  /// Bytes that follow those of the record before.
  case bytes([UInt8])
  /// A file of its own, by its path in the tree.
  case file(InputPath, [UInt8])
  /// The record itself, and what came with its page as JSON.
  case record(ArticleRecord, input: [UInt8]?)

  /// Bytes that it holds, about.
  var size: Int {
    switch self {
    case .bytes(let bytes), .file(_, let bytes): bytes.count
    case .record(let record, let input):
      record.parts.reduce(input?.count ?? 0) { $0 + $1.text.utf8.count }
    }
  }
}

/// How far an output has come.
package struct SinkPosition: Sendable, Equatable {
  /// The file that is being written, counted from 0.
  package var part = 0
  /// Its length in bytes.
  package var bytes = 0
  /// Records in it.
  package var records = 0
  /// Records in all.
  package var total = 0

  /// The beginning.
  package init() {}
}

/// Where records go, in order. A run that was cut off goes on from a ``position`` that was made durable.
package protocol RecordSink: AnyObject {
  /// How far it has come.
  var position: SinkPosition { get }
  /// Whether it could be taken up from here.
  var isAtBoundary: Bool { get }
  /// Adds a record.
  func write(_ payload: Payload) throws(OutputError)
  /// Makes durable what was written; when it returns, a loss of power does not undo it.
  func synchronise() throws(OutputError)
  /// Writes what stands after the last record and makes all of it durable.
  func seal() throws(OutputError)
  /// Gives the output its name.
  func publish() throws(OutputError)
  /// Leaves what is there for a later run to go on from.
  func suspend()
  /// Leaves nothing behind.
  func abandon()
}

/// Makes payloads of records; workers do it side by side.
package struct RecordEncoder: Sendable {
  /// What a record becomes.
  package enum Shape: Sendable, Equatable {
    /// Bytes in a common file or stream.
    case stream
    /// A file of its own.
    case tree
    /// Itself, for a database.
    case record
  }

  /// How records are written.
  package var format: RecordFormat
  /// What a record becomes.
  package var shape: Shape
  /// Whether files of their own are compressed.
  package var compresses: Bool

  /// An encoder.
  package init(_ format: RecordFormat, shape: Shape = .stream, compresses: Bool = false) {
    self.format = format
    self.shape = shape
    self.compresses = compresses
  }

  /// The payload of an item's record.
  package func payload(of item: PageItem, _ made: ItemRecord) -> Payload {
    switch shape {
    case .stream: return .bytes(format.bytes(of: made.record, input: made.input))
    case .record: return .record(made.record, input: made.input)
    case .tree:
      let bytes =
        format.opening.utf8 + format.bytesOfFile(of: made.record, input: made.input) + format.closing.utf8
      let path = TreePath.path(of: item.place, ending: format.fileEnding + (compresses ? ".gz" : ""))
      return .file(path, compresses ? GzipWriter.whole(bytes) : Array(bytes))
    }
  }
}
