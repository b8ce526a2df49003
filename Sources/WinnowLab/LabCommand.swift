import ArgumentParser

/// The contributors' tool: measures speed, and what each stage is worth.
@main
struct LabCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "WinnowLab",
    abstract: "Measures Winnow on pages that are not part of the repository.",
    subcommands: [
      BenchCommand.self, AblateCommand.self, FeaturesCommand.self, FieldsCommand.self, PhrasesCommand.self,
    ])
}
