import ArgumentParser
import Winnow
import WinnowSettings
import WinnowStages

/// `winnow config`: what settings say, and whether they are right.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Checks settings, or prints what is in force.",
    discussion: """
      winnow config settings.yaml                        names every problem with its line
      winnow config --print-default > settings.yaml      a file with every key and what it means
      winnow config --effective --config settings.yaml   what is in force, every value

      A file with rules for sites is checked with --rules. Exit code: 0 all well, 2 something is wrong.
      """)

  @Argument(help: "The settings to check; the same as --config.")
  var file: String?

  @OptionGroup var configuration: ConfigurationOptions

  @Flag(name: .long, help: "Print every value that is in force, as a file that gives the same again.")
  var effective = false

  @Flag(name: .long, help: "Print a file with every key at its default, and what each means.")
  var printDefault = false

  func validate() throws {
    if file != nil, configuration.config != nil {
      throw ValidationError("Name the settings once: as FILE or with --config.")
    }
    if effective, printDefault {
      throw ValidationError("--effective and --print-default do not go together.")
    }
  }

  func run() throws {
    if printDefault {
      try StandardOutput.write(Settings.defaultText)
      return
    }
    var options = configuration
    options.config = options.config ?? file
    let settings = try options.settings()
    // What the loader finds right the library must find right too.
    _ = try Winnow(settings.configuration)
    if effective || (options.config == nil && options.rules.isEmpty) {
      try StandardOutput.write(settings.effectiveText)
      return
    }
    let sites = settings.configuration.rules.sites
    let rules = sites.reduce(0) { $0 + $1.rules.count }
    let files = [options.config].compactMap { $0 } + options.rules
    try StandardOutput.write(
      "\(files.joined(separator: ", ")): right; phrase files: \(settings.configuration.phrases.count), "
        + "rules: \(rules), sites: \(sites.count)\n")
  }
}
