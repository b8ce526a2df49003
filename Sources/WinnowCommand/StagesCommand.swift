import ArgumentParser
import WinnowBatch
import WinnowCore
import WinnowStages

/// `winnow stages`: what looks at a page, in order.
struct StagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages", abstract: "Lists the stages, or tells all about one.")

  @Argument(help: "A stage's id.")
  var id: String?

  func run() throws {
    let text: String
    if let id {
      guard let stage = BuiltInStages.all.first(where: { $0.id.name == id }) else {
        let nearest = nearestName(to: id, in: BuiltInStages.all.map(\.id.name)).map { StageID($0) }
        Messages.print("Error: \(PipelineError.unknownStage(StageID(id), nearest: nearest))")
        throw ExitCode(UsageExit.code)
      }
      text = StageDescription.text(of: type(of: stage))
    } else {
      text = StageDescription.list(of: BuiltInStages.all)
    }
    do throws(OutputError) {
      try DescriptorOutput().write(Array(text.utf8))
    } catch {
      if error != .closed { Messages.print("Error: \(error)") }
      throw ExitCode.failure
    }
  }
}

/// Stages in words.
enum StageDescription {
  /// One line a stage: place, id, summary.
  static func list(of stages: [any Stage]) -> String {
    let width = stages.map(\.id.name.count).max() ?? 0
    var lines = ""
    for (index, stage) in stages.enumerated() {
      let place = index < 9 ? " \(index + 1)" : "\(index + 1)"
      let padding = String(repeating: " ", count: width - stage.id.name.count + 2)
      lines += "\(place)  \(stage.id)\(padding)\(type(of: stage).summary)\n"
    }
    return lines
  }

  /// All that a stage says of itself.
  static func text(of stage: any Stage.Type) -> String {
    let contract = stage.contract
    var text = "\(stage.id)\n\n\(stage.summary)\n\n"
    text += "needs    \(signals(contract.needs))\n"
    text += "reads    \(roles(contract.reads))\n"
    text += "writes   \(roles(contract.writes))\n"
    text += "risk     \(stage.risk)\n"
    for example in stage.examples {
      let form = example.form == .html ? "HTML" : "flat text"
      text += "\nExample: \(example.name) (\(form))\n\n"
      text += indented(example.page) + "\n" + indented(example.proof)
    }
    return text
  }

  private static func signals(_ signals: SignalSet) -> String {
    let names: [(SignalSet, String)] = [
      (.links, "links"), (.markup, "markup"), (.bullets, "bullets"), (.indentation, "indentation"),
    ]
    let present = names.filter { signals.contains($0.0) }.map(\.1)
    return present.isEmpty ? "nothing in particular" : present.joined(separator: ", ")
  }

  private static func roles(_ roles: RoleSet) -> String {
    roles.isEmpty ? "none" : roles.map(\.name).joined(separator: ", ")
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
  }
}
