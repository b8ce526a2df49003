public import WinnowCore
import WinnowStages

/// A reading for people and for programs: what became of each block, and why.
///
/// ``proof(of:)`` is the notation of fixtures, ``explained(_:width:colors:)`` is for a terminal,
/// ``json(of:source:)`` for programs and ``html(of:source:)`` a page to look at. All four show the same
/// labels: there is no other debug output.
///
/// In proofs the sigil says what became of the block: `=` field, `+` body, `~` beside the body, `-` dropped.
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

  /// One line of a proof.
  public static func line(_ verdict: Verdict, text: String) -> String {
    let name = verdict.role.name
    let padding = String(repeating: " ", count: max(1, roleWidth - name.utf8.count))
    return "\(verdict.disposition.sigil) \(name)\(padding)\(text)"
  }

  /// The reading as one JSON object on one line; `source` is where the page came from.
  ///
  /// Keys are stable and come in one order; `version` changes when a key changes its meaning. The byte
  /// ranges of blocks lie in the page as decoded to UTF-8.
  public static func json(of reading: Reading, source: String) -> String {
    String(decoding: ExplanationJSON.bytes(of: reading, source: source), as: UTF8.self)
  }

  /// The reading as one self-contained HTML page, which runs nothing and loads nothing.
  public static func html(of reading: Reading, source: String) -> String {
    ReportPage(reading, source: source).html()
  }

  /// A verdict's reason in a line: the deciding label and what it rests on.
  public static func reason(_ verdict: Verdict, in reading: Reading) -> String {
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

  /// A text on one line: line breaks become `⏎`, control characters `·`, so that no page can steer a
  /// terminal.
  package static func oneLine(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for character in text {
      if character.isNewline {
        result.append("⏎")
      } else if let scalar = character.unicodeScalars.first, isControl(scalar) {
        result.append("·")
      } else {
        result.append(character)
      }
    }
    return result
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar.value != 0x09 || (0x7F...0x9F).contains(scalar.value)
  }

  static func cut(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(width - 1) + "…"
  }

  /// Two digits behind the point.
  static func rounded(_ value: Double) -> String {
    // A stage of somebody else's may hand on anything.
    guard value.isFinite, abs(value) < 1e12 else { return "0.00" }
    let hundredths = Int((value * 100).rounded())
    let fraction = abs(hundredths % 100)
    return "\(hundredths < 0 ? "-" : "")\(abs(hundredths) / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}

extension Reading {
  /// The content score of each block: 0…1, how likely it belongs to the body; `nil` where it has none.
  package var scores: [Float?] {
    var scores = [Float?](repeating: nil, count: document.count)
    // Other stages compare other numbers.
    for label in ledger.labels
    where label.stage == ContentScoreStage.id && scores.indices.contains(label.block) {
      if let score = label.evidence.score { scores[label.block] = score }
    }
    return scores
  }
}
