public import Winnow
import WinnowBatch
import WinnowCore
public import WinnowStages
import WinnowText
import Yams

/// What `--config` says: the library's configuration, and where its parts came from.
public struct Settings: Sendable {
  /// What becomes of rules that never fire in a batch.
  public enum UnusedRules: String, Sendable, CaseIterable {
    /// Nothing.
    case ignore
    /// A line on standard error.
    case report
    /// The same, and exit code 1.
    case fail
  }

  /// What the library is told.
  public var configuration = WinnowConfiguration()
  /// What becomes of rules that never fire in a batch.
  public var unusedRules = UnusedRules.report
  /// Phrase files, as paths that can be opened.
  public var phraseFiles: [String] = []
  /// Files with site rules, as paths that can be opened.
  public var ruleFiles: [String] = []
  /// Rules that stand in the settings themselves.
  public var ownSites: [SiteRules.Site] = []

  /// The settings of a run without any.
  public init() {}

  /// The version of the files' format. It changes when a key changes its meaning.
  public static let version = 1

  static let keys = [
    "winnow", "favor", "stages", "retention", "phrases", "rules", "sites", "limits", "strictness",
  ]

  /// Reads a settings file and all files that it names.
  ///
  /// - throws: ``SettingsError`` with every problem of all files.
  public init(file: String) throws(SettingsError) {
    var problems: [SettingsProblem] = []
    let text = SettingsFile.text(file, &problems)
    guard let text else { throw SettingsError(problems: problems) }
    self.init(text: text, file: file, problems: &problems)
    guard problems.isEmpty else { throw SettingsError(problems: problems) }
  }

  /// Reads settings from a text; files that it names are looked for beside `file`.
  ///
  /// - throws: ``SettingsError`` with every problem of all files.
  public init(text: String, file: String) throws(SettingsError) {
    var problems: [SettingsProblem] = []
    self.init(text: text, file: file, problems: &problems)
    guard problems.isEmpty else { throw SettingsError(problems: problems) }
  }

  /// Adds files with site rules, such as those that were named on the command line.
  ///
  /// - throws: ``SettingsError`` with every problem of the files.
  public mutating func add(ruleFiles files: [String]) throws(SettingsError) {
    var problems: [SettingsProblem] = []
    for file in files { read(ruleFile: file, &problems) }
    guard problems.isEmpty else { throw SettingsError(problems: problems) }
  }

  private init(text: String, file: String, problems: inout [SettingsProblem]) {
    var yaml = YAMLReading(file: file)
    let root = yaml.root(text)
    let members = yaml.members(root, "the settings", keys: Self.keys)
    if root != nil { SettingsFile.checkVersion(members["winnow"], root, &yaml) }
    configuration.favor = yaml.choice(
      members["favor"], "favor", "choice", ContentScoreStage.Favor.allCases.map(\.rawValue)
    ) { ContentScoreStage.Favor(rawValue: $0) }
    readStages(members["stages"], &yaml)
    readRetention(members["retention"], &yaml)
    let limits = yaml.members(members["limits"], "limits", keys: ["max-bytes", "max-blocks"])
    if let bytes = yaml.count(limits["max-bytes"], "max-bytes", atLeast: 1) { configuration.maxBytes = bytes }
    if let blocks = yaml.count(limits["max-blocks"], "max-blocks", atLeast: 1) {
      configuration.maxBlocks = blocks
    }
    let strictness = yaml.members(
      members["strictness"], "strictness", keys: ["doubtful-below", "unused-rules"])
    if let share = yaml.share(strictness["doubtful-below"], "doubtful-below") {
      configuration.doubtfulBelow = share
    }
    if let unused = yaml.choice(
      strictness["unused-rules"], "unused-rules", "choice", UnusedRules.allCases.map(\.rawValue),
      { UnusedRules(rawValue: $0) })
    {
      unusedRules = unused
    }
    ownSites = SiteRulesFile.sites(members["sites"], &yaml)
    configuration.rules.sites = ownSites
    let phrases = yaml.items(members["phrases"], "phrases").compactMap { node in
      yaml.text(node, "a phrase file").map { (path: SettingsFile.path($0, beside: file), node: node) }
    }
    let rules = yaml.items(members["rules"], "rules").compactMap { node in
      yaml.text(node, "a rule file").map { (path: SettingsFile.path($0, beside: file), node: node) }
    }
    for entry in phrases { read(phraseFile: entry.path, from: entry.node, &yaml) }
    problems += yaml.problems
    for entry in rules {
      var found: [SettingsProblem] = []
      read(ruleFile: entry.path, &found)
      problems += found
    }
    problems.sort { $0.file == file && $1.file == file && $0.line < $1.line }
  }

  // MARK: - Stages

  private mutating func readStages(_ node: Node?, _ yaml: inout YAMLReading) {
    let members = yaml.members(node, "stages", keys: ["skip", "order", "options"])
    let known = configuration.stages
    let names = known.map(\.id.name)
    func stage(_ node: Node) -> (any Stage)? {
      yaml.choice(node, "stages", "stage", names) { name in known.first { $0.id.name == name } }
    }
    var skipped: Set<String> = []
    for item in yaml.items(members["skip"], "skip") {
      guard let stage = stage(item) else { continue }
      skipped.insert(stage.id.name)
      configuration.options[stage.id, default: StageOptions()].isOn = false
    }
    for (name, key, value) in yaml.pairs(members["options"], "options") {
      guard let stage = known.first(where: { $0.id.name == name }) else {
        yaml.report(key, "options: " + YAMLReading.unknown("stage", name, names))
        continue
      }
      readOptions(of: stage, value, &yaml)
    }
    readOrder(members["order"], skipped, &yaml)
  }

  private mutating func readOrder(_ node: Node?, _ skipped: Set<String>, _ yaml: inout YAMLReading) {
    guard let node, !YAMLReading.isNull(node) else { return }
    let known = configuration.stages
    let names = known.map(\.id.name)
    var order: [any Stage] = []
    for item in yaml.items(node, "order") {
      let found = yaml.choice(item, "order", "stage", names) { name in known.first { $0.id.name == name } }
      guard let found else { continue }
      if order.contains(where: { $0.id == found.id }) {
        yaml.report(item, "order: '\(found.id)' stands twice; keep one of them")
      } else {
        order.append(found)
      }
    }
    let missing = known.filter { stage in
      !skipped.contains(stage.id.name) && !order.contains { $0.id == stage.id }
    }
    if !missing.isEmpty {
      let list = missing.map(\.id.name).joined(separator: ", ")
      yaml.report(node, "order leaves out \(list); add what is missing, or name it under 'skip'")
      return
    }
    let rest = known.filter { stage in !order.contains { $0.id == stage.id } }
    // What is skipped still needs a place, so that its name is known; where does not matter.
    do throws(PipelineError) {
      _ = try Pipeline(order)
      configuration.stages = order + rest
    } catch {
      // With a writer skipped its readers have nothing to read, which is what was asked for.
      if case .unmetRead(_, _, nil) = error, !skipped.isEmpty {
        configuration.stages = order + rest
      } else {
        yaml.report(node, "order: \(error)")
      }
    }
  }

  private mutating func readOptions(of stage: any Stage, _ node: Node, _ yaml: inout YAMLReading) {
    let what = "options of \(stage.id)"
    let members = yaml.members(node, what, keys: ["at-most", "only", "except"])
    var options = configuration.options[stage.id] ?? StageOptions()
    let sure = Confidence.allCases.map { "\($0)" }
    if let most = yaml.choice(
      members["at-most"], "at-most", "confidence", sure,
      { name in Confidence.allCases.first { "\($0)" == name } })
    {
      options.atMost = most
    }
    func roles(_ key: String) -> RoleSet? {
      guard let node = members[key] else { return nil }
      var set: RoleSet = []
      let written = stage.contract.writes
      for item in yaml.items(node, key) {
        let role = yaml.choice(item, what, "role", written.map(\.name)) { name in
          Role(name: name).flatMap { written.contains($0) ? $0 : nil }
        }
        if let role { set.insert(role) }
      }
      return set
    }
    options.only = roles("only")
    options.except = roles("except") ?? []
    if options.only != nil, !options.except.isEmpty {
      yaml.report(node, "\(what): 'only' and 'except' do not go together; use one of them")
    }
    configuration.options[stage.id] = options
  }

  // MARK: - Retention

  private mutating func readRetention(_ node: Node?, _ yaml: inout YAMLReading) {
    let roles = Role.allCases.map(\.name)
    for (name, key, value) in yaml.pairs(node, "retention") {
      let disposition = yaml.choice(
        value, "retention of \(YAMLReading.shown(name))", "disposition", Disposition.allCases.map(\.rawValue)
      ) { Disposition(rawValue: $0) }
      guard let role = Role(name: name) else {
        yaml.report(key, "retention: " + YAMLReading.unknown("role", name, roles))
        continue
      }
      guard let disposition else { continue }
      if let problem = WinnowConfiguration.problem(of: disposition, for: role) {
        yaml.report(value, "retention: \(problem)")
      } else {
        configuration.policy[role] = disposition
      }
    }
  }

  // MARK: - Files

  private mutating func read(phraseFile path: String, from node: Node, _ yaml: inout YAMLReading) {
    var found: [SettingsProblem] = []
    guard let text = SettingsFile.text(path, &found) else {
      for problem in found { yaml.report(node, "\(path): \(problem.message)") }
      return
    }
    let phrases = WinnowConfiguration.Phrases(name: path, text: text)
    let problems = WinnowConfiguration.phraseProblems(of: phrases)
    yaml.add(problems.map { SettingsProblem(file: path, line: $0.line, message: $0.problem) })
    phraseFiles.append(path)
    configuration.phrases.append(phrases)
  }

  private mutating func read(ruleFile path: String, _ problems: inout [SettingsProblem]) {
    guard let text = SettingsFile.text(path, &problems) else { return }
    var yaml = YAMLReading(file: path)
    let root = yaml.root(text)
    let members = yaml.members(root, "a rule file", keys: ["winnow", "sites"])
    if root != nil { SettingsFile.checkVersion(members["winnow"], root, &yaml) }
    if yaml.problems.isEmpty, members["sites"] == nil {
      yaml.report(root, "a rule file needs 'sites'; add it, with a list of hosts and their rules")
    }
    let sites = SiteRulesFile.sites(members["sites"], &yaml)
    problems += yaml.problems
    ruleFiles.append(path)
    configuration.rules.sites += sites
  }
}

/// Reading of settings files.
enum SettingsFile {
  /// The longest file that is read, in bytes.
  private static let longest = 8 << 20

  /// A file's text; `nil` when it cannot be read.
  static func text(_ path: String, _ problems: inout [SettingsProblem]) -> String? {
    do throws(InputError) {
      let bytes = try ByteInput(InputPath(path)).readAll(limit: longest)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        problems.append(
          SettingsProblem(file: path, line: 0, message: "the file is not UTF-8; save it as UTF-8"))
        return nil
      }
      return text
    } catch {
      problems.append(SettingsProblem(file: path, line: 0, message: error.description))
      return nil
    }
  }

  /// A path that is written in a file, which is meant from that file's folder.
  static func path(_ path: String, beside file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }

  /// Every file says which format it is in.
  static func checkVersion(_ node: Node?, _ root: Node?, _ yaml: inout YAMLReading) {
    guard let node else {
      // The other problems of a file that is no mapping say enough.
      if yaml.problems.isEmpty {
        yaml.report(root, "the file does not say its version; add 'winnow: \(Settings.version)'")
      }
      return
    }
    guard let text = yaml.text(node, "winnow") else { return }
    if text != String(Settings.version) {
      yaml.report(
        node,
        "this program reads version \(Settings.version), not '\(YAMLReading.shown(text))'; write 'winnow: \(Settings.version)', or update winnow"
      )
    }
  }
}
