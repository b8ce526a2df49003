import ArgumentParser
import Foundation
import Winnow
import WinnowBatch
import WinnowCore
import WinnowStages

extension AblationCorpus.Name: ExpressibleByArgument {}

/// `WinnowLab ablate`: what each stage adds or costs.
struct AblateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ablate",
    abstract: "Scores the pipeline, and again without each of its stages, and prints a Markdown table.",
    discussion: """
      The first row is the whole pipeline; the others are what changes when a stage says nothing, in \
      thousandths: negative where the stage helps, positive where it costs.
      """)

  @Argument(help: "The folder that holds the corpora.")
  var corpora: String

  @Option(name: .long, help: "The scorer, called as: python3 SCORER CORPUS RECORDS --json")
  var score: String

  @Option(name: .long, parsing: .upToNextOption, help: "Which corpora (default: all).")
  var corpus: [AblationCorpus.Name] = AblationCorpus.Name.allCases

  @Option(name: .long, parsing: .upToNextOption, help: "Ids of the stages to leave out (default: each).")
  var stage: [String] = []

  @Option(name: .shortAndLong, help: "How many threads clean (default: the processors).")
  var jobs: Int?

  func validate() throws {
    let names = BuiltInStages.all.map(\.id.name)
    for id in stage where !names.contains(id) {
      throw ValidationError("There is no stage '\(id)'; there are: \(names.joined(separator: ", ")).")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
  }

  func run() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "winnow-ablation-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let scored = try AblationCorpus.Name.allCases.filter(corpus.contains).map {
      try AblationCorpus($0, corpora: URL(fileURLWithPath: corpora), scorer: score, work: folder)
    }
    let columns = scored.flatMap { corpus in corpus.name.figures.map { "\(corpus.name) \($0.title)" } }
    line(["stage"] + columns)
    line(["---"] + columns.map { _ in "---:" })

    let all = BuiltInStages.all
    let whole = try figures(of: all, scored, name: "whole")
    line(["(whole pipeline)"] + whole.map { AblateCommand.digits($0, places: 4) })
    for left in all where stage.isEmpty || stage.contains(left.id.name) {
      let others = all.map { $0.id == left.id ? AblateCommand.silenced($0) : $0 }
      let values = try figures(of: others, scored, name: left.id.name)
      line(["\(left.id)"] + zip(values, whole).map { AblateCommand.thousandths($0 - $1) })
    }
  }

  /// All columns of a row.
  private func figures(
    of stages: [any Stage], _ corpora: [AblationCorpus], name: String
  ) throws -> [Double] {
    let winnow = try Winnow(WinnowConfiguration(stages: stages))
    let threads = jobs ?? CleanJob.processors
    // Scorers run beside each other: each is a process with one thread.
    let runs = try corpora.map { try $0.begin(winnow, jobs: threads, name: name) }
    return try runs.flatMap { try $0.figures() }
  }

  /// A stage that keeps its place and contract, so that the pipeline stays valid, and says nothing.
  private static func silenced<Base: Stage>(_ stage: Base) -> any Stage { SilencedStage<Base>() }

  private func line(_ cells: [String]) {
    print("| " + cells.joined(separator: " | ") + " |")
    fflush(nil)
  }

  private static func digits(_ value: Double, places: Int) -> String {
    String(format: "%.\(places)f", value)
  }

  /// A difference in thousandths; a dot where nothing changed at all.
  private static func thousandths(_ difference: Double) -> String {
    difference == 0 ? "·" : String(format: "%+.1f", difference * 1000)
  }
}

/// A stage's place without the stage.
private struct SilencedStage<Base: Stage>: Stage {
  static var id: StageID { Base.id }
  static var contract: StageContract { Base.contract }
  static var summary: String { Base.summary }
  static var risk: String { Base.risk }
  static var examples: [StageExample] { [] }

  func label(_ document: Document, in ledger: inout Ledger) {}
}
