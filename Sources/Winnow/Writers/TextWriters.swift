import WinnowCore

/// The record as plain text: head, body, then what stands beside it.
enum TextWriter {
  static func text(of record: ArticleRecord) -> String {
    var lines: [String] = []
    if let error = record.error {
      return "\(record.source): failed: \(error.message)\n"
    }
    lines += [record.headline, record.dek].compactMap { $0 }
    let line = [record.byline ?? joined(record.authors), record.agency, record.date].compactMap { $0 }
    if !line.isEmpty { lines.append(line.joined(separator: " | ")) }
    if !record.parts.isEmpty { lines.append(record.body) }
    for caption in record.captions {
      lines.append("[" + caption.text + (caption.credit.map { " (\($0))" } ?? "") + "]")
    }
    lines += record.disclaimers.map(\.text) + record.corrections.map(\.text)
    return lines.joined(separator: "\n\n") + "\n"
  }

  private static func joined(_ names: [String]) -> String? {
    names.isEmpty ? nil : names.joined(separator: ", ")
  }
}

/// The record as Markdown with YAML front matter.
enum MarkdownWriter {
  /// The record's fields as YAML between two rules.
  static func frontMatter(of record: ArticleRecord) -> String {
    var text = "---\n"
    func field(_ key: String, _ value: String?) {
      if let value { text += "\(key): \(quoted(value))\n" }
    }
    field("id", record.id)
    field("source", record.source)
    field("url", record.url)
    field("status", record.status.rawValue)
    field("error", record.error?.message)
    field("headline", record.headline)
    field("dek", record.dek)
    field("byline", record.byline)
    list("authors", record.authors)
    field("agency", record.agency)
    field("publisher", record.publisher)
    field("date", record.date)
    field("dateModified", record.dateModified)
    field("dateline", record.dateline)
    field("section", record.section)
    list("tags", record.tags)
    field("language", record.language)
    return text + "---\n"

    func list(_ key: String, _ values: [String]) {
      if !values.isEmpty { text += "\(key): [\(values.map(quoted).joined(separator: ", "))]\n" }
    }
  }

  static func text(of record: ArticleRecord) -> String {
    var text = frontMatter(of: record)
    if let headline = record.headline { text += "\n# \(headline)\n" }
    if let dek = record.dek { text += "\n*\(dek)*\n" }
    var previous: Role?
    for part in record.parts {
      text += separator(previous, part.kind) + markdown(part) + "\n"
      if part.kind == .table, previous != .table { text += rule(for: part.text) }
      previous = part.kind
    }
    for caption in record.captions {
      text += "\n> Caption: \(caption.text)\(caption.credit.map { " (\($0))" } ?? "")\n"
    }
    for notice in record.disclaimers + record.corrections { text += "\n> \(notice.text)\n" }
    return text
  }

  /// Items of one list and rows of one table stand close; everything else is parted by a blank line.
  private static func separator(_ previous: Role?, _ kind: Role) -> String {
    previous == kind && (kind == .listItem || kind == .table) ? "" : "\n"
  }

  private static func rule(for row: String) -> String {
    let columns = row.components(separatedByBar: " | ")
    return "|" + String(repeating: " --- |", count: columns) + "\n"
  }

  private static func markdown(_ part: ArticleRecord.Part) -> String {
    switch part.kind {
    case .subheading: String(repeating: "#", count: min(max(part.level ?? 2, 2), 6)) + " " + part.text
    case .listItem: String(repeating: "  ", count: max((part.level ?? 1) - 1, 0)) + "- " + part.text
    case .quotation: "> " + part.text.replacing("\n", with: "\n> ")
    case .code: "```\n" + part.text + "\n```"
    case .table: "| " + part.text + " |"
    default: part.text
    }
  }

  private static func quoted(_ text: String) -> String {
    var json = JSONText()
    json.value(text)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

extension String {
  /// How many parts a separator makes.
  fileprivate func components(separatedByBar bar: String) -> Int {
    split(separator: bar, omittingEmptySubsequences: false).count
  }
}
