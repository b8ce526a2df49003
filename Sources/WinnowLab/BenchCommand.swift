import ArgumentParser
import Winnow
import WinnowBatch
import WinnowCore

/// `WinnowLab bench`: pages a second of libxml2 alone, of the reader and of the whole walk.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Times libxml2's bare SAX parse, the page reader and the whole walk on HTML pages.",
    discussion: """
      Pages are read into memory first. Then every path goes over all of them in turns, on one thread; the \
      best of the rounds counts. Other work on the machine spoils the figures.
      """)

  @Argument(help: "Files, and folders with all that is in them; only HTML pages are taken, .gz or not.")
  var inputs: [String]

  @Option(name: .long, help: "How many pages, spread evenly over the inputs (default: all).")
  var pages: Int?

  @Option(name: .long, help: "How often each path goes over the pages.")
  var rounds: Int = 5

  @Option(name: .long, help: "The character set of pages that bring none.")
  var charset: String?

  func validate() throws {
    if let pages, pages < 1 { throw ValidationError("--pages must be at least 1.") }
    guard rounds >= 1 else { throw ValidationError("--rounds must be at least 1.") }
  }

  func run() throws {
    let options = SourceOptions(charset: charset)
    let source = PageSource(inputs, options: options)
    var items: [PageItem] = []
    while let item = source.next() {
      switch item.content {
      case .file(_, .html): items.append(item)
      case .failed(let error): throw ValidationError("\(item.source): \(error)")
      default: break
      }
    }
    guard !items.isEmpty else { throw ValidationError("The inputs hold no HTML page.") }
    let count = min(pages ?? items.count, items.count)
    let chosen = try (0..<count).map { index in
      let item = items[index * items.count / count]
      let loaded = item.load(options)
      if let error = loaded.error { throw ValidationError("\(item.source): \(error)") }
      return loaded.page
    }
    try ReaderBench(pages: chosen).run(rounds: rounds)
    try ScoreBench(pages: chosen)?.run(rounds: rounds)
  }
}
