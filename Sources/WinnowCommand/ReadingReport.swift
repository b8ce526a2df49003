import Winnow
import WinnowCore

/// A reading as a page for people: the record's fields, the whole body, and a look at what was dropped.
enum ReadingReport {
  /// Width of the column with the fields' names.
  private static let nameWidth = 13
  /// Dropped lines that are shown.
  private static let exampleCount = 5
  /// Characters of a dropped line.
  private static let exampleWidth = 70

  /// The report, with an empty line at its end.
  static func text(of reading: Reading, from source: String) -> String {
    let record = reading.record
    var report = "── \(source) " + String(repeating: "─", count: max(3, 76 - source.count)) + "\n"
    let confidence = Int((record.confidence * 100).rounded())
    report += field("status", "\(record.status.rawValue), confidence \(confidence) %")
    report += field("headline", record.headline)
    report += field("dek", record.dek)
    report += field("byline", record.byline)
    report += field("authors", record.authors.isEmpty ? nil : record.authors.joined(separator: ", "))
    report += field("agency", record.agency)
    report += field("publisher", record.publisher)
    report += field("date", record.date)
    report += field("modified", record.dateModified)
    report += field("dateline", record.dateline)
    report += field("section", record.section)
    report += field("tags", record.tags.isEmpty ? nil : record.tags.joined(separator: ", "))
    report += field("language", record.language)
    report += list("captions", record.captions.map { $0.text + ($0.credit.map { " [\($0)]" } ?? "") })
    report += list("disclaimers", record.disclaimers.map { "\($0.kind): \($0.text)" })
    report += list("corrections", record.corrections.map(\.text))
    report += "\n" + body(record) + "\n" + dropped(reading)
    return report + "\n"
  }

  private static func field(_ name: String, _ value: String?) -> String {
    guard let value else { return "" }
    return padded(name) + oneLine(value) + "\n"
  }

  private static func list(_ name: String, _ values: [String]) -> String {
    var lines = ""
    for (index, value) in values.enumerated() {
      lines += padded(index == 0 ? name : "") + oneLine(value) + "\n"
    }
    return lines
  }

  private static func body(_ record: ArticleRecord) -> String {
    guard !record.parts.isEmpty else { return "  (no body)\n" }
    var text = ""
    for part in record.parts {
      let sign =
        switch part.kind {
        case .subheading: "## "
        case .listItem: "• "
        case .quotation: "> "
        default: ""
        }
      let lines = part.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        text += "  " + (index == 0 ? sign : String(repeating: " ", count: sign.count)) + line + "\n"
      }
      if part.kind != .listItem, part.kind != .table { text += "\n" }
    }
    return text.hasSuffix("\n\n") ? String(text.dropLast()) : text
  }

  /// Counts by role, most first, then a line of each of the first roles with its reason.
  private static func dropped(_ reading: Reading) -> String {
    let dropped = reading.verdicts.filter { $0.disposition == .drop }
    guard !dropped.isEmpty else { return "dropped: nothing\n" }
    var counts: [Role: Int] = [:]
    for verdict in dropped { counts[verdict.role, default: 0] += 1 }
    let order = counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
    var text = "dropped: " + order.map { "\($0.value) \($0.key.name)" }.joined(separator: ", ") + "\n"

    var examples = order.compactMap { entry in dropped.first { $0.role == entry.key } }
    // With fewer roles than examples, further lines of the commonest role.
    let further = dropped.filter { verdict in !examples.contains { $0.block == verdict.block } }
    examples = Array((examples + further.filter { $0.role == order[0].key }).prefix(exampleCount))
    for verdict in examples {
      let line = cut(oneLine(reading.document[verdict.block].text))
      text += "  - “\(line)”\n      \(verdict.role.name): \(reason(verdict, reading))\n"
    }
    return text
  }

  private static func reason(_ verdict: Verdict, _ reading: Reading) -> String {
    guard let label = verdict.deciding else { return "no stage named it" }
    var text = "\(label.reason) by \(label.stage)"
    if case .block(let opener) = label.evidence, reading.document.indices.contains(opener) {
      text += ", from “\(cut(oneLine(reading.document[opener].text)))”"
    }
    return text
  }

  private static func padded(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, nameWidth - name.count))
  }

  private static func oneLine(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }) }

  private static func cut(_ text: String) -> String {
    text.count <= exampleWidth ? text : text.prefix(exampleWidth - 1) + "…"
  }
}
