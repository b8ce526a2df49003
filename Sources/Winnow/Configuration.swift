public import WinnowCore
import WinnowStages

/// What may be wrong with a configuration: every problem, not only the first.
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
  /// The problems, each with what to do.
  public let problems: [String]

  /// Problems.
  public init(problems: [String]) { self.problems = problems }

  /// One problem a line.
  public var description: String { problems.joined(separator: "\n") }
}

/// How pages are cleaned: stages, retention, limits.
public struct WinnowConfiguration: Sendable {
  /// The stages in order.
  public var stages: [any Stage]
  /// What becomes of each role.
  public var policy: RetentionPolicy
  /// The longest page that is read, in bytes of decoded text.
  public var maxBytes: Int
  /// The most blocks that a page may have.
  public var maxBlocks: Int
  /// Processor time that a page may take, in seconds; `nil` for any. It is looked at before each stage, so
  /// a page may take somewhat longer. Whether a page is near the limit differs from machine to machine.
  public var maxSeconds: Double?

  /// A configuration.
  public init(
    stages: [any Stage] = BuiltInStages.all, policy: RetentionPolicy = .article,
    maxBytes: Int = 64 << 20, maxBlocks: Int = 1_000_000
  ) {
    self.stages = stages
    self.policy = policy
    self.maxBytes = maxBytes
    self.maxBlocks = maxBlocks
  }

  /// News, blogs, documentation, threads: whatever has an article or a main text.
  public static var article: WinnowConfiguration { WinnowConfiguration() }
}
