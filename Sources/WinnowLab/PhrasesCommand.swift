import ArgumentParser
import Foundation
import WinnowText

/// `WinnowLab phrases`: the table of all phrases that the program starts from.
struct PhrasesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phrases", abstract: "Writes the table of the lexicon's files that are part of the program.")

  @Option(name: .shortAndLong, help: "The file to write.")
  var output: String

  func run() throws {
    guard let bytes = LexiconTable.bytes() else {
      throw ValidationError("a word of some list in Sources/CWinnowData/lexicon holds a tab; use a space")
    }
    try Data(bytes).write(to: URL(fileURLWithPath: output), options: .atomic)
  }
}
