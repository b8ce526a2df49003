/// Where records go.
package enum Destination: Sendable {
  /// Standard output.
  case standardOutput
  /// A file, which appears when all records are in it; or files of so many records each.
  case file(String, partSize: Int? = nil)
  /// A file a record, below a folder.
  case tree(String)
  /// Something else that takes records, by its path.
  case other(String, OtherSink)

  /// An output that is made elsewhere, such as a database.
  package struct OtherSink: Sendable {
    /// Opens it, at its beginning or where an earlier run left it.
    package var open: @Sendable (String, SinkPosition?) throws(OutputError) -> any RecordSink
    /// Gives it its name, for a run that sealed it and came no further.
    package var complete: @Sendable (String) throws(OutputError) -> Void

    /// An output.
    package init(
      open: @escaping @Sendable (String, SinkPosition?) throws(OutputError) -> any RecordSink,
      complete: @escaping @Sendable (String) throws(OutputError) -> Void
    ) {
      self.open = open
      self.complete = complete
    }
  }

  /// The output's path; `nil` for standard output.
  package var path: String? {
    switch self {
    case .standardOutput: nil
    case .file(let path, _), .tree(let path), .other(let path, _): path
    }
  }

  var name: String {
    switch self {
    case .standardOutput: "standard output"
    case .file(_, let size): size.map { "files of \($0)" } ?? "file"
    case .tree: "tree"
    case .other: "database"
    }
  }

  var shape: RecordEncoder.Shape {
    switch self {
    case .standardOutput, .file: .stream
    case .tree: .tree
    case .other: .record
    }
  }
}
