public import WinnowCore
public import WinnowStages
import WinnowText

/// What may be wrong with a configuration: every problem, not only the first.
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
  /// The problems, each with what to do.
  public let problems: [String]

  /// Problems.
  public init(problems: [String]) { self.problems = problems }

  /// One problem a line.
  public var description: String { problems.joined(separator: "\n") }
}

/// How pages are cleaned: stages and how far they are trusted, retention, phrases, site rules, limits.
///
/// The command reads the same value from YAML: see `winnow config --print-default`.
public struct WinnowConfiguration: Sendable {
  /// Phrases beside the built-in ones: the text of a `.phrases` file.
  public struct Phrases: Sendable, Hashable {
    /// What messages call the file.
    public var name: String
    /// The file's text.
    public var text: String

    /// Phrases.
    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// The stages in order.
  public var stages: [any Stage]
  /// How far stages are trusted, by id, and which are off.
  public var options: [StageID: StageOptions]
  /// What to favor where it is doubtful whether a block belongs to the body; `nil` for what the content
  /// score among the stages says itself.
  public var favor: ContentScoreStage.Favor?
  /// What becomes of each role.
  public var policy: RetentionPolicy
  /// Phrases beside the built-in ones.
  public var phrases: [Phrases]
  /// What is known of sites.
  public var rules: SiteRules
  /// The longest page that is read, in bytes of decoded text.
  public var maxBytes: Int
  /// The most blocks that a page may have.
  public var maxBlocks: Int
  /// Processor time that a page may take, in seconds; `nil` for any. It is looked at before each stage, so
  /// a page may take somewhat longer. Whether a page is near the limit differs from machine to machine.
  public var maxSeconds: Double?
  /// A body of less confidence makes a record `partial`, 0…1.
  public var doubtfulBelow: Double

  /// A configuration.
  public init(
    stages: [any Stage] = BuiltInStages.all, options: [StageID: StageOptions] = [:],
    favor: ContentScoreStage.Favor? = nil, policy: RetentionPolicy = .article, phrases: [Phrases] = [],
    rules: SiteRules = SiteRules(), maxBytes: Int = 64 << 20, maxBlocks: Int = 1_000_000,
    maxSeconds: Double? = nil, doubtfulBelow: Double = 0.4
  ) {
    self.stages = stages
    self.options = options
    self.favor = favor
    self.policy = policy
    self.phrases = phrases
    self.rules = rules
    self.maxBytes = maxBytes
    self.maxBlocks = maxBlocks
    self.maxSeconds = maxSeconds
    self.doubtfulBelow = doubtfulBelow
  }

  /// News, blogs, documentation, threads: whatever has an article or a main text.
  public static var article: WinnowConfiguration { WinnowConfiguration() }

  /// What is wrong with the configuration, each with what to do; empty when nothing is.
  public var problems: [String] {
    var problems: [String] = []
    if maxBytes < 1 { problems.append("maxBytes must be at least 1") }
    if maxBlocks < 1 { problems.append("maxBlocks must be at least 1") }
    if let maxSeconds, !(maxSeconds > 0) { problems.append("maxSeconds must be more than 0") }
    if !(0...1).contains(doubtfulBelow) { problems.append("doubtfulBelow must be from 0 to 1") }
    problems += Role.allCases.compactMap { WinnowConfiguration.problem(of: policy[$0], for: $0) }
    problems += rules.problems
    for file in phrases { problems += WinnowConfiguration.problems(of: file) }
    do throws(PipelineError) {
      _ = try Pipeline(stages).applying(options)
    } catch {
      problems.append(error.description)
    }
    for stage in stages {
      guard let options = options[stage.id] else { continue }
      problems += WinnowConfiguration.problems(of: options, for: stage)
    }
    return problems
  }

  /// Why a role cannot have a disposition and what to do; `nil` when it can.
  public static func problem(of disposition: Disposition, for role: Role) -> String? {
    switch disposition {
    case .body, .drop: return nil
    case .field:
      return RoleSet.fields.contains(role)
        ? nil : "'\(role.name)' fills no field of the record; use body or drop"
    case .aside:
      return RoleSet.asides.contains(role)
        ? nil : "'\(role.name)' has no place beside the body; use body or drop"
    }
  }

  /// What is wrong with a stage's options and what to do.
  public static func problems(of options: StageOptions, for stage: any Stage) -> [String] {
    let written = stage.contract.writes
    var problems: [String] = []
    for role in (options.only ?? []).union(options.except) where !written.contains(role) {
      let names = written.map(\.name)
      let near = nearestName(to: role.name, in: names)
      problems.append(
        "stage '\(stage.id)' never says '\(role.name)'; "
          + (near.map { "did you mean '\($0)'?" } ?? "it says \(names.joined(separator: ", "))"))
    }
    return problems
  }

  /// What is wrong with a phrase file, with its lines.
  public static func problems(of file: Phrases) -> [String] {
    phraseFile(file).problems.map(\.description)
  }

  /// The same, with lines as numbers.
  package static func phraseProblems(of file: Phrases) -> [(line: Int, problem: String)] {
    phraseFile(file).problems.map { ($0.line, $0.problem) }
  }

  static func phraseFile(_ file: Phrases) -> PhraseFile {
    var text = file.text
    return text.withUTF8 { PhraseFile($0, file: file.name) }
  }

  /// The built-in lexicon with more phrases.
  static func lexicon(with phrases: [Phrases]) -> Lexicon {
    phrases.isEmpty ? .builtIn : Lexicon.builtIn(with: phrases.map { phraseFile($0) })
  }
}
