import ArgumentParser
import Foundation
import Winnow
import WinnowBatch
import WinnowCore
import WinnowFixtures

/// `winnow fixture`: pages with what should become of them.
struct FixtureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fixture", abstract: "Keeps pages with what should become of them, and says what changed.",
    discussion: """
      A fixture is a folder with a page, what is known of it (fixture.json), the proof of how it is read \
      (page.proof, one line a block), and the expected fields (article.json). Keep your own in your own folder:

        winnow fixture add story.html --into fixtures --url https://paper.example/story
        $EDITOR fixtures/paper.example/story/page.proof.new     # mend what is wrong
        winnow fixture accept fixtures/paper.example/story
        winnow fixture run fixtures                             # after every update
      """,
    subcommands: [
      FixtureAddCommand.self, FixtureRunCommand.self, FixtureDiffCommand.self, FixtureAcceptCommand.self,
      FixtureListCommand.self, FixtureCompareCommand.self,
    ])
}

/// The folders that a fixture subcommand is about.
struct FixtureFolders: ParsableArguments {
  static let usual = "Fixtures/pages"

  @Argument(help: "Fixture folders, or folders that hold fixtures at any depth (default: Fixtures/pages).")
  var folders: [String] = [usual]

  /// Every fixture folder meant.
  func all() throws -> [String] {
    var result: [String] = []
    for folder in folders {
      let found = Fixture.folders(below: folder)
      guard !found.isEmpty else {
        let what = OutputFolder.isFolder(folder) ? "is no fixture and holds none" : "is no folder"
        throw ValidationError(
          "\(folder) \(what); a fixture is a folder with a fixture.json: winnow fixture add PAGE --into FOLDER"
        )
      }
      result += found
    }
    return result
  }
}

/// When a lost part of a body raises an alarm.
struct DriftOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Percent of a body's words that may be lost before an alarm.", valueName: "percent"))
  var drift: Double = 10

  func validate() throws {
    guard drift >= 0, drift <= 100 else { throw ValidationError("--drift must be from 0 to 100.") }
  }
}

/// Writes text for people or programs to standard output.
enum StandardOutput {
  static func write(_ text: String) throws {
    do throws(OutputError) {
      try DescriptorOutput().write(Array(text.utf8))
    } catch {
      if error != .closed { Messages.print("Error: \(error)") }
      throw ExitCode.failure
    }
  }
}

/// `winnow fixture run`: exit 1 when anything differs.
struct FixtureRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Cleans the pages and says what differs from what is expected, and why.",
    discussion: """
      Exit code: 0 all as expected, 1 something differs, 2 usage. Nothing is written but the --junit file.
      """)

  @OptionGroup var folders: FixtureFolders
  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var drift: DriftOptions

  @Flag(name: .long, help: "The whole result as one JSON object.")
  var json = false

  @Option(name: .long, help: ArgumentHelp("Also write a JUnit report to this file.", valueName: "file"))
  var junit: String?

  /// Changed blocks that are shown of a page.
  private static let mostChanges = 12

  func run() throws {
    let winnow = try Winnow(try configuration.load())
    var report = FixtureReport(bodyLoss: drift.drift / 100)
    for folder in try folders.all() {
      let entry = report.run(folder, with: winnow)
      if !json { try StandardOutput.write(report.text(entry, most: Self.mostChanges)) }
    }
    try StandardOutput.write(json ? report.json : report.summary + "\n")
    if let junit {
      do throws(OutputError) {
        let file = try OutputFile(junit)
        try file.write(Array(report.junit.utf8))
        try file.finish()
      } catch {
        Messages.print("Error: \(error)")
        throw ExitCode.failure
      }
    }
    if !report.isAsExpected { throw ExitCode.failure }
  }
}

/// `winnow fixture diff`: everything that differs, whole texts.
struct FixtureDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Shows every block and field that differs, with whole texts.",
    discussion: "Exit code: 0 nothing differs, 1 something does, 2 usage. Nothing is written.")

  @OptionGroup var folders: FixtureFolders
  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var drift: DriftOptions

  func run() throws {
    let winnow = try Winnow(try configuration.load())
    var report = FixtureReport(bodyLoss: drift.drift / 100)
    for folder in try folders.all() {
      let entry = report.run(folder, with: winnow)
      try StandardOutput.write(report.text(entry, most: Int.max))
    }
    if !report.isAsExpected { throw ExitCode.failure }
  }
}

/// `winnow fixture accept`: approves expectations. For a person who has read them.
struct FixtureAcceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Approves drafts as you mended them, or what comes out now.",
    discussion: """
      Where a fixture has page.proof.new or article.json.new, these become the expectation as they stand. Else \
      page.proof is written from what comes out now; with --fields article.json too.
      """)

  @OptionGroup var folders: FixtureFolders
  @OptionGroup var configuration: ConfigurationOptions

  @Flag(name: .long, help: "Write article.json anew where the fields differ.")
  var fields = false

  func run() throws {
    let winnow = try Winnow(try configuration.load())
    var approved = 0
    var hasFailed = false
    for folder in try folders.all() {
      do throws(FixtureError) {
        let names = try FixtureFiles.accept(folder, with: winnow, fields: fields)
        guard !names.isEmpty else { continue }
        approved += 1
        try? StandardOutput.write("approved \(folder): \(names.joined(separator: ", "))\n")
      } catch {
        hasFailed = true
        Messages.print("Error: \(error)")
      }
    }
    try StandardOutput.write("\(approved) \(approved == 1 ? "fixture" : "fixtures") approved\n")
    if hasFailed { throw ExitCode.failure }
  }
}

/// `winnow fixture list`: what fixtures there are.
struct FixtureListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists fixtures: name, form, kind, language, and what is expected.")

  @OptionGroup var folders: FixtureFolders

  func run() throws {
    var hasFailed = false
    for folder in try folders.all() {
      do throws(FixtureError) {
        let fixture = try Fixture(folder: folder)
        let about = fixture.description
        var words = [about.form == .html ? "html" : "text", about.kind.rawValue, about.language ?? "-"]
        if fixture.proof == nil || !fixture.hasExpectation { words.append("not approved yet") }
        if about.expect == .fail { words.append("known to fail: \(about.because ?? "")") }
        try? StandardOutput.write("\(fixture.name)  \(words.joined(separator: "  "))\n")
      } catch {
        hasFailed = true
        Messages.print("Error: \(error)")
      }
    }
    if hasFailed { throw ExitCode.failure }
  }
}
