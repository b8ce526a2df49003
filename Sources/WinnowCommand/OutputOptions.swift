import ArgumentParser
import Winnow
import WinnowBatch
import WinnowSQLite

/// How records are written, as it is typed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case jsonl, json, markdown, text
  case schemaOrg = "schema-org"
  case sqlite

  /// The format of records in files; a database has none.
  var records: RecordFormat? { RecordFormat(rawValue: rawValue) }
}

/// What is typed about the output of `winnow clean`.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "How records are written (default: sqlite for an output named .sqlite or .db, else jsonl).")
  var format: OutputFormat?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write, which appears when it is whole; - for standard output.",
      discussion: """
        A folder, or a name that ends in /, gets a file for each record, in a tree like the inputs'. Gzip \
        for a name that ends in .gz.
        """))
  var output: String?

  @Option(name: .long, help: "Several files of so many records, numbered before the name's ending.")
  var shardSize: Int?

  @Flag(name: .long, help: "Gzip-compressed output, whatever its name.")
  var gzip = false

  @Option(name: .long, help: "The file that names the inputs that failed; it can be read as input again.")
  var errors: String?

  @Flag(name: .long, help: "Go on with a run into the same output that was cut off.")
  var resume = false

  func validate() throws {
    if output == "" { throw ValidationError("--output has an empty name.") }
    if errors == "" { throw ValidationError("--errors has an empty name.") }
    if let shardSize, shardSize < 1 { throw ValidationError("--shard-size must be at least 1.") }
    let isStream = output == nil || output == "-"
    if isStream, resume {
      throw ValidationError("--resume needs a file: name one with -o.")
    }
    if isStream || isTree || isDatabase, shardSize != nil {
      throw ValidationError("--shard-size needs a file: name one with -o.")
    }
    if isStream, isDatabase { throw ValidationError("--format sqlite needs a file: name one with -o.") }
    if isTree, isDatabase { throw ValidationError("--format sqlite writes one file, not a folder.") }
    if output?.hasSuffix(".zst") == true {
      throw ValidationError(
        "--output: Zstandard is read but not written; name it .gz, or pipe it through zstd.")
    }
    if isDatabase, compresses { throw ValidationError("--format sqlite cannot be gzip-compressed.") }
  }

  /// Whether records have a file each.
  var isTree: Bool {
    guard let output, output != "-" else { return false }
    if output.hasSuffix("/") { return true }
    if case .folder = try? PathKind.of(InputPath(output)) { return true }
    return false
  }

  /// Whether records go into a database.
  var isDatabase: Bool {
    if let format { return format == .sqlite }
    return ["sqlite", "sqlite3", "db"].contains { (output ?? "").hasSuffix("." + $0) }
  }

  /// Whether the output is gzip-compressed.
  var compresses: Bool { gzip || (output ?? "").hasSuffix(".gz") }

  /// The format of records; that of a database's is not used.
  var recordFormat: RecordFormat { format?.records ?? .jsonl }

  /// Where records go.
  var destination: Destination {
    guard let output, output != "-" else { return .standardOutput }
    if isTree { return .tree(output) }
    return isDatabase ? SQLiteSink.destination(output) : .file(output, partSize: shardSize)
  }
}
