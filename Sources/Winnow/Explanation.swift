public import WinnowCore

/// A reading as lines for people: one a block, with sigil, role and text.
///
/// The sigil says what became of the block: `=` field, `+` body, `~` beside the body, `-` dropped.
public enum Explanation {
  /// Width of the role's column: the longest role name and a space.
  private static let roleWidth = 17

  /// The proof: sigil, role and the whole text of every block. Line breaks in a text become `⏎`.
  public static func proof(of reading: Reading) -> String {
    var lines = ""
    for verdict in reading.verdicts {
      lines += line(verdict, text: oneLine(reading.document[verdict.block].text)) + "\n"
    }
    return lines
  }

  /// The proof with the reason of each verdict, texts cut to a width, and what speaks against.
  public static func explained(_ reading: Reading, width: Int = 100) -> String {
    var lines = ""
    for verdict in reading.verdicts {
      let text = oneLine(reading.document[verdict.block].text)
      lines += line(verdict, text: cut(text, to: width)) + "\n"
      lines += "    " + reason(verdict, in: reading) + "\n"
      for label in verdict.dissenting {
        lines += "    against: \(label.role.name), \(label.reason) (\(label.confidence))\n"
      }
    }
    let record = reading.record
    lines += "\nstatus \(record.status.rawValue), confidence \(rounded(record.confidence))"
    lines += ", read as \(reading.document.charset)"
    if let language = reading.document.language { lines += ", language \(language)" }
    lines += "\n"
    for (key, origin) in record.origins.sorted(by: { $0.key < $1.key }) {
      lines += "\(key) from \(origin)\n"
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

  /// One line of a proof.
  public static func line(_ verdict: Verdict, text: String) -> String {
    let name = verdict.role.name
    let padding = String(repeating: " ", count: max(1, roleWidth - name.utf8.count))
    return "\(verdict.disposition.sigil) \(name)\(padding)\(text)"
  }

  private static func reason(_ verdict: Verdict, in reading: Reading) -> String {
    guard let label = verdict.deciding else { return "no stage named it" }
    var text = "\(label.reason) by \(label.stage) (\(label.confidence))"
    switch label.evidence {
    case .none: break
    case .block(let index):
      if reading.document.indices.contains(index) {
        text += ": block \(index) “\(cut(oneLine(reading.document[index].text), to: 60))”"
      }
    case .text(let range):
      text += ": “\(oneLine(reading.document[verdict.block].text(range)))”"
    case .score(let score):
      text += ": \(rounded(Double(score)))"
    }
    return text
  }

  private static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? "⏎" : $0 })
  }

  private static func cut(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(width - 1) + "…"
  }

  private static func rounded(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let fraction = abs(hundredths % 100)
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}
