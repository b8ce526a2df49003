import WinnowCore
import WinnowStages

/// Colours of a terminal, or none.
public struct TerminalColors: Sendable {
  private let isOn: Bool

  /// No colours: for files, pipes, and where `NO_COLOR` is set.
  public static let none = TerminalColors(isOn: false)
  /// The 256 colours that every terminal emulator of this century knows.
  public static let ansi256 = TerminalColors(isOn: true)

  /// A text in the colour of a role.
  public func role(_ role: Role, _ text: String) -> String { paint(text, "38;5;\(Self.color(of: role))") }

  /// A text that steps back.
  public func faint(_ text: String) -> String { paint(text, "2") }

  /// A text that matters.
  public func bold(_ text: String) -> String { paint(text, "1") }

  private func paint(_ text: String, _ code: String) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// Fields blue, body green, asides violet, boilerplate by what it wants of the reader.
  private static func color(of role: Role) -> Int {
    switch role {
    case .headline, .dek, .byline, .publicationDate, .dateline, .source, .tags: 75
    case .paragraph, .listItem, .quotation, .table, .code: 71
    case .subheading: 114
    case .caption, .credit, .disclaimer, .correction: 140
    case .navigation, .breadcrumb, .siteName, .footer: 179
    case .ticker, .relatedLinks, .mostRead, .readMore, .furtherArticle: 173
    case .promotion, .paywall, .consent, .advertisement, .share, .engagement: 167
    case .readingTime, .mediaStub, .comments, .authorBio: 137
    case .duplicate, .furniture: 245
    }
  }
}

extension Explanation {
  /// The proof with the reason of each verdict, its score, texts cut to a width, and what speaks against;
  /// then the fields' sources.
  public static func explained(
    _ reading: Reading, width: Int = 100, colors: TerminalColors = .none
  ) -> String {
    var lines = ""
    let scores = reading.scores
    for verdict in reading.verdicts {
      let text = cut(oneLine(reading.document[verdict.block].text), to: max(20, width))
      let head = line(verdict, text: "")
      lines += colors.role(verdict.role, head)
      lines += (verdict.disposition == .drop ? colors.faint(text) : text) + "\n"
      var reason = reason(verdict, in: reading)
      if let score = scores[verdict.block], !isScored(verdict) {
        reason += ", score \(rounded(Double(score)))"
      }
      lines += "    " + colors.faint(reason) + "\n"
      for label in verdict.dissenting {
        let against = "\(label.role.name), \(label.reason) (\(label.confidence))"
        lines += "    \(colors.bold("against:")) \(colors.role(label.role, against))\n"
      }
    }
    return lines + summary(reading)
  }

  private static func isScored(_ verdict: Verdict) -> Bool {
    guard case .score? = verdict.deciding?.evidence else { return false }
    return verdict.deciding?.stage == ContentScoreStage.id
  }

  private static func summary(_ reading: Reading) -> String {
    let record = reading.record
    var lines = "\nstatus \(record.status.rawValue), confidence \(rounded(record.confidence))"
    lines += ", read as \(reading.document.charset)"
    if let language = reading.document.language { lines += ", language \(language)" }
    lines += "\n"
    for (key, origin) in record.origins.sorted(by: { $0.key < $1.key }) {
      lines += "\(key) from \(oneLine(origin))\n"
    }
    if !reading.document.repairs.isEmpty {
      let repairs = reading.document.repairs.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      lines += "repaired: \(repairs.joined(separator: ", "))\n"
    }
    if !reading.skippedStages.isEmpty {
      lines += "skipped for want of signals: "
      lines += reading.skippedStages.map(\.name).joined(separator: ", ") + "\n"
    }
    return lines
  }
}
