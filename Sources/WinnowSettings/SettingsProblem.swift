/// What is wrong in a settings file: where, what, and what to do.
public struct SettingsProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// The line, from 1; 0 when the whole file is meant.
  public let line: Int
  /// What is wrong and what to do.
  public let message: String

  /// A problem.
  public init(file: String, line: Int, message: String) {
    self.file = file
    self.line = line
    // What a file holds must not steer the terminal that shows it.
    self.message = String(
      String.UnicodeScalarView(
        message.unicodeScalars.map { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) ? "\u{FFFD}" : $0 }))
  }

  /// `file:line: message`.
  public var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
}

/// All problems of the settings, in the order of files and lines.
public struct SettingsError: Error, Sendable, CustomStringConvertible {
  /// The problems; never empty.
  public let problems: [SettingsProblem]

  /// Problems.
  public init(problems: [SettingsProblem]) { self.problems = problems }

  /// One problem a line.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
