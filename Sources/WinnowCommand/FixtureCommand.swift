import ArgumentParser
import Foundation
import Winnow
import WinnowBatch
import WinnowFixtures

/// `winnow fixture`: pages with what should become of them.
struct FixtureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fixture", abstract: "Runs page fixtures, or approves what came out.",
    subcommands: [FixtureRunCommand.self, FixtureAcceptCommand.self])
}

/// The folders that a fixture subcommand is about.
struct FixtureFolders: ParsableArguments {
  @Argument(help: "Fixture folders, or a folder that holds publishers' folders (default: Fixtures/pages).")
  var folders: [String] = ["Fixtures/pages"]

  /// Every fixture folder meant.
  func all() throws -> [String] {
    var result: [String] = []
    for folder in folders {
      if FileManager.default.fileExists(atPath: folder + "/fixture.json") {
        result.append(folder)
        continue
      }
      let below = Fixture.folders(below: folder)
      guard !below.isEmpty else {
        throw ValidationError("\(folder) is no fixture and holds none; a fixture has a fixture.json")
      }
      result += below
    }
    return result
  }
}

/// `winnow fixture run`: exit 1 when anything differs.
struct FixtureRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Cleans the pages and says what differs from what is expected.")

  @OptionGroup var folders: FixtureFolders

  func run() throws {
    let winnow = try Winnow()
    var failed = 0
    let all = try folders.all()
    for folder in all {
      let result = try Fixture(folder: folder).run(with: winnow)
      guard !result.problems.isEmpty else { continue }
      failed += 1
      Swift.print(result.fixture.name)
      for problem in result.problems { Swift.print("  " + problem) }
    }
    Swift.print("\(all.count - failed) of \(all.count) fixtures are as expected")
    if failed > 0 { throw ExitCode.failure }
  }
}

/// `winnow fixture accept`: writes `page.proof` from what came out. For a person who has read it.
struct FixtureAcceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Approves the proofs that come out now, after you have read them.")

  @OptionGroup var folders: FixtureFolders

  func run() throws {
    let winnow = try Winnow()
    var written = 0
    for folder in try folders.all() {
      let result = try Fixture(folder: folder).run(with: winnow)
      guard result.fixture.proof != result.actualProof else { continue }
      try result.actualProof.write(toFile: folder + "/page.proof", atomically: true, encoding: .utf8)
      written += 1
      Swift.print("approved \(result.fixture.name)")
    }
    Swift.print("\(written) proofs written")
  }
}
