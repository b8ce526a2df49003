import ArgumentParser
import Winnow
import WinnowBatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension InputFormat: ExpressibleByArgument {}

/// What is typed about inputs, shared by the commands that read pages.
struct InputOptions: ParsableArguments {
  @Argument(
    help: "Files, folders (with all that is in them), patterns such as '*.html', or - for standard input.")
  var inputs: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the inputs hold.",
      discussion: """
        auto goes by the name's ending, else by the first bytes. A line of jsonl has 'html' or 'text', \
        perhaps 'id', 'url' and 'charset'; its other members come back under 'input'. warc is a web \
        archive, WARC or WET; archive a tar or zip file of pages; errors a file that --errors wrote. Gzip \
        and Zstandard are unpacked.
        """))
  var inputFormat: InputFormat = .auto

  @Option(name: .long, help: "The character set that the fetcher's HTTP header named.")
  var charset: String?

  @Option(name: .long, help: "The page's address, for pages that bring none.")
  var url: String?

  @Option(name: .long, help: "The longest page that is read, in bytes (default: 64 MiB).")
  var maxBytes: Int?

  func validate() throws {
    guard maxBytes ?? 1 > 0 else { throw ValidationError("--max-bytes must be at least 1.") }
    guard inputs.count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("Standard input ('-') can be read only once.")
    }
    guard !inputs.contains("") else { throw ValidationError("An input has an empty name.") }
  }

  /// The inputs to read: those typed, else standard input where something is piped into it; `nil` when there
  /// is nothing to read.
  var resolvedInputs: [String]? {
    guard inputs.isEmpty else { return inputs }
    return isatty(0) == 1 ? nil : ["-"]
  }

  /// How the inputs are read.
  var source: SourceOptions { source(WinnowConfiguration()) }

  /// How the inputs are read; what was typed goes before what is configured.
  func source(_ configuration: WinnowConfiguration) -> SourceOptions {
    SourceOptions(
      format: inputFormat, charset: charset, url: url, maxBytes: maxBytes ?? configuration.maxBytes)
  }
}
