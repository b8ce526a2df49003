import ArgumentParser
import Winnow
import WinnowBatch
import WinnowCore

/// `winnow explain`: how pages were understood.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Shows what became of every block of a page, and why.",
    discussion: """
      As text, one line a block: = fills a field, + stands in the body, ~ is kept beside it, - is dropped; \
      then the block's role and text, and the reason below. As json, one object a page with every block and \
      label. As html, a page to look at in a browser, which runs nothing and loads nothing.

      Examples:
        winnow explain page.html
        winnow explain page.html --format html -o report.html
        winnow explain pages/ --format html -o reports/
        curl -s https://paper.example/story | winnow explain --format json | jq '.blocks[] | .role'

      Exit code: 0 all well, 1 some pages could not be read, 2 usage.
      """)

  /// How a reading is shown.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, html
  }

  @OptionGroup var input: InputOptions
  @OptionGroup var configuration: ConfigurationOptions

  @Option(name: .long, help: "How the reading is shown.")
  var format: Format = .text

  @Option(
    name: .shortAndLong,
    help: "The file to write; for html also a folder (with a / at its end), which takes one file a page.")
  var output: String?

  @Option(name: .long, help: "A folder with content.* or flat.* files that training wrote.")
  var model: String?

  @Option(name: .long, help: "Colors by role: auto for a terminal without NO_COLOR.")
  var color: ColorChoice = .auto

  @Flag(name: .long, help: "Only the blocks: sign, role and whole text, without reasons.")
  var proof = false

  @Flag(name: .long, help: "The record for reading: its fields, the whole body, and what was dropped.")
  var summary = false

  func validate() throws {
    if proof, summary { throw ValidationError("--proof and --summary do not go together.") }
    if format != .text, proof || summary {
      throw ValidationError("--proof and --summary go with --format text only.")
    }
    if output == "" { throw ValidationError("--output has an empty name.") }
    if let problem = OutputClash.problem(inputs: input.inputs, outputs: [("--output", output)]) {
      throw ValidationError(problem)
    }
  }

  func run() throws {
    guard let inputs = input.resolvedInputs else {
      Messages.print(ExplainCommand.helpMessage())
      throw ExitCode(UsageExit.code)
    }
    var settings = try configuration.load()
    let options = input.source(settings)
    settings.maxBytes = options.maxBytes
    if let model { settings = try ModelFolder(model).applied(to: settings) }
    let winnow = try Winnow(settings)
    let source = PageSource(inputs, options: options)
    var hasFailed = false
    do throws(OutputError) {
      let sink = try ExplanationSink(format: format, output: output)
      var count = 0
      var following = source.next()
      while let item = following {
        following = source.next()
        let isAlone = count == 0 && following == nil
        count += 1
        let loaded = item.load(options)
        if let error = loaded.error {
          hasFailed = true
          Messages.print("\(item.source): \(error)")
          continue
        }
        let reading: Reading
        do throws(ReadError) {
          reading = try winnow.read(loaded.page)
        } catch {
          hasFailed = true
          Messages.print("\(item.source): \(error)")
          continue
        }
        try sink.write(shown(reading, from: item.source, isAlone: isAlone), id: loaded.page.id)
      }
      try sink.finish()
    } catch {
      if error != .closed { Messages.print("Error: \(error)") }
      throw ExitCode.failure
    }
    if hasFailed { throw ExitCode.failure }
  }

  private func shown(_ reading: Reading, from source: String, isAlone: Bool) -> String {
    switch format {
    case .json: return Explanation.json(of: reading, source: source) + "\n"
    case .html: return Explanation.html(of: reading, source: source)
    case .text: break
    }
    if summary { return ReadingReport.text(of: reading, from: source) }
    let lines =
      proof
      ? Explanation.proof(of: reading)
      : Explanation.explained(
        reading, width: Terminal.textWidth,
        colors: color.colors(isTerminal: output == nil && Terminal.isOutput))
    return isAlone ? lines : "# \(source)\n\(lines)\n"
  }
}

/// Where explanations go: standard output, one file, or for HTML a folder with one file a page.
private final class ExplanationSink {
  private let format: ExplainCommand.Format
  private let folder: String?
  private let file: OutputFile?
  private let stream = DescriptorOutput()
  private var names: Set<String> = []
  private var pages = 0

  init(format: ExplainCommand.Format, output: String?) throws(OutputError) {
    self.format = format
    guard let output, output != "-" else {
      folder = nil
      file = nil
      return
    }
    let isFolder = output.hasSuffix("/") || OutputFolder.isFolder(output)
    guard isFolder else {
      folder = nil
      file = try OutputFile(output)
      return
    }
    guard format == .html else {
      throw .failed(output: output, reason: "only --format html writes a folder; name a file")
    }
    try OutputFolder.make(output)
    folder = output.hasSuffix("/") ? output : output + "/"
    file = nil
  }

  func write(_ text: String, id: String) throws(OutputError) {
    pages += 1
    if let folder {
      let page = try OutputFile(folder + name(for: id))
      do throws(OutputError) {
        try page.write(Array(text.utf8))
        try page.finish()
      } catch {
        page.abandon()
        throw error
      }
      return
    }
    if format == .html, pages > 1 {
      throw .failed(
        output: "the report", reason: "each page is a file of its own; give a folder: --output reports/")
    }
    if let file { try file.write(Array(text.utf8)) } else { try stream.write(Array(text.utf8)) }
  }

  func finish() throws(OutputError) { try file?.finish() }

  /// A file name from an id, which may hold anything: letters, digits, `.`, `_` and `-` stay.
  private func name(for id: String) -> String {
    var stem = String(
      String.UnicodeScalarView(
        id.unicodeScalars.prefix(120).map { scalar in
          let isLetter = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          return isLetter || "._-".unicodeScalars.contains(scalar) ? scalar : "_"
        }))
    if stem.isEmpty || stem.hasPrefix(".") { stem = "page" + stem }
    var name = stem + ".html"
    var copy = 2
    while !names.insert(name.lowercased()).inserted {
      name = "\(stem)-\(copy).html"
      copy += 1
    }
    return name
  }
}
