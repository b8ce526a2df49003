import ArgumentParser
import Winnow
import WinnowSettings
import WinnowStages

/// `--config` and `--rules`, shared by the commands that clean.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Settings in YAML; `winnow config --print-default` shows all.", valueName: "file"))
  var config: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Rules for sites in YAML, besides those of --config; may be repeated.", valueName: "file"))
  var rules: [String] = []

  /// Whether nothing was typed.
  var isEmpty: Bool { config == nil && rules.isEmpty }

  /// The settings; those of a program without any where nothing was typed.
  ///
  /// Wrong settings end the command with exit code 2 and all problems.
  func settings() throws -> Settings {
    do throws(SettingsError) {
      var settings = if let config { try Settings(file: config) } else { Settings() }
      try settings.add(ruleFiles: rules)
      return settings
    } catch {
      Messages.print(error.description)
      let count = error.problems.count
      Messages.print(
        "Error: \(count) \(count == 1 ? "problem" : "problems") in the settings; nothing was done.")
      throw ExitCode(UsageExit.code)
    }
  }

  /// The library's part of the settings.
  func load() throws -> WinnowConfiguration { try settings().configuration }
}

/// What is said of rules that never fired.
enum UnusedRules {
  /// Lines for rules that labelled nothing although pages of their site were cleaned.
  static func lines(_ usage: [SiteRuleUsage]) -> [String] {
    usage.filter { $0.pages > 0 && $0.blocks == 0 }.map { rule in
      let pages = rule.pages == 1 ? "the only page" : "any of \(rule.pages) pages"
      return "\(rule.place ?? rule.host): rule '\(rule.rule)' fired on no block of \(pages) of \(rule.host); "
        + "mend or remove it"
    }
  }
}
