import ArgumentParser
import WinnowBatch
import WinnowFixtures

/// `winnow fixture compare`: what drifted between two runs over the same pages.
struct FixtureCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compares the records of an older and a newer run: what was lost.",
    discussion: """
      OLD and NEW are what `winnow clean --format jsonl` wrote, packed or not; records are matched by their id. An \
      alarm is a record that is gone, a worse status, a field that is lost, or a body that lost more than \
      --drift percent of its words. Exit code: 0 no alarm, 1 alarms, 2 usage.
      """)

  @Argument(help: "Records of the older run.")
  var old: String

  @Argument(help: "Records of the newer run.")
  var new: String

  @OptionGroup var drift: DriftOptions

  @Flag(name: .long, help: "The result as one JSON object.")
  var json = false

  @Option(name: .long, help: ArgumentHelp("Findings that are shown.", valueName: "n"))
  var limit: Int = 100

  /// The longest line that is read, in bytes.
  private static let longestLine = 256 << 20

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit must be at least 0.") }
  }

  func run() throws {
    var comparison = RecordComparison(bodyLoss: drift.drift / 100)
    var one = try Lines(old)
    var two = try Lines(new)
    while true {
      let (a, b) = (try one.next(), try two.next())
      if a == nil, b == nil { break }
      do throws(FixtureError) {
        try comparison.add(old: a, new: b)
      } catch {
        Messages.print("Error: \(old):\(one.number) or \(new):\(two.number): \(error)")
        throw ExitCode.failure
      }
    }
    comparison.finish()
    if json {
      try StandardOutput.write(comparison.json)
    } else {
      var text = ""
      for finding in comparison.findings.prefix(limit) {
        text += finding.id + "\n"
        for alarm in finding.alarms { text += "  ALARM: \(alarm)\n" }
      }
      if comparison.findings.count > limit { text += "and \(comparison.findings.count - limit) more\n" }
      try StandardOutput.write(text + comparison.summary)
    }
    if !comparison.findings.isEmpty { throw ExitCode.failure }
  }

  /// The lines of a file that are not blank.
  private struct Lines {
    let name: String
    let reader: LineReader
    var number: Int { reader.number }

    init(_ name: String) throws {
      self.name = name
      do throws(InputError) {
        let input = name == "-" ? ByteInput(descriptor: 0) : try ByteInput(InputPath(name))
        reader = LineReader(input, limit: FixtureCompareCommand.longestLine)
      } catch {
        Messages.print("Error: \(name): \(error)")
        throw ExitCode.failure
      }
    }

    mutating func next() throws -> [UInt8]? {
      while let line = reader.next() {
        switch line {
        case .bytes(let bytes): if bytes.contains(where: { $0 > 0x20 }) { return bytes }
        case .failed(let error), .broken(let error):
          Messages.print("Error: \(name):\(reader.number): \(error)")
          throw ExitCode.failure
        }
      }
      return nil
    }
  }
}
