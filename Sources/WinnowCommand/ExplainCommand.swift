import ArgumentParser
import Winnow
import WinnowBatch
import WinnowCore

/// `winnow explain`: how pages were understood.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Shows what became of every block of a page, and why.",
    discussion: """
      One line a block: = fills a field, + stands in the body, ~ is kept beside it, - is dropped; then \
      the block's role and text, and the reason below.
      """)

  @OptionGroup var input: InputOptions

  @Flag(name: .long, help: "Only the blocks: sign, role and whole text, without reasons.")
  var proof = false

  @Flag(name: .long, help: "The record for reading: its fields, the whole body, and what was dropped.")
  var summary = false

  func validate() throws {
    if proof, summary { throw ValidationError("--proof and --summary do not go together.") }
  }

  func run() throws {
    guard let inputs = input.resolvedInputs else {
      Messages.print(ExplainCommand.helpMessage())
      throw ExitCode(UsageExit.code)
    }
    let options = input.source
    let winnow = try Winnow(WinnowConfiguration(maxBytes: options.maxBytes))
    let source = PageSource(inputs, options: options)
    let output = DescriptorOutput()
    var count = 0
    var hasFailed = false
    var following = source.next()
    while let item = following {
      following = source.next()
      let isAlone = count == 0 && following == nil
      let loaded = item.load(options)
      do {
        if let error = loaded.error { throw error }
        let reading = try winnow.read(loaded.page)
        try output.write(Array(text(of: reading, from: item.source, isAlone: isAlone).utf8))
      } catch let error as OutputError {
        if error != .closed { Messages.print("Error: \(error)") }
        throw ExitCode.failure
      } catch {
        hasFailed = true
        Messages.print("\(item.source): \(error)")
      }
      count += 1
    }
    if hasFailed { throw ExitCode.failure }
  }

  private func text(of reading: Reading, from source: String, isAlone: Bool) -> String {
    if summary { return ReadingReport.text(of: reading, from: source) }
    let lines = proof ? Explanation.proof(of: reading) : Explanation.explained(reading)
    return isAlone ? lines : "# \(source)\n\(lines)\n"
  }
}
