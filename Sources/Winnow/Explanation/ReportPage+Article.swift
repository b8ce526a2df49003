import WinnowCore

extension ReportPage {
  /// The cleaned article, each piece with a link to its block.
  func article(_ out: inout HTMLText) {
    let record = reading.record
    out.raw("<section id=\"article\" class=\"left card\" aria-labelledby=\"article-h\" tabindex=\"0\">\n")
    out.raw("<h2 id=\"article-h\">The cleaned article</h2>\n")
    out.open("article", ["class": "story", "dir": "auto", "lang": record.language])
    if let headline = record.headline { out.element("h2", ["dir": "auto"], headline) }
    if let dek = record.dek { out.element("p", ["class": "dek", "dir": "auto"], dek) }
    let line = [record.byline ?? Self.list(record.authors), record.agency, record.date].compactMap { $0 }
    if !line.isEmpty { out.element("p", ["class": "by"], line.joined(separator: " · ")) }
    body(&out)
    out.raw("</article>\n")
    aside(&out)
    out.raw("</section>\n")
  }

  private static func list(_ names: [String]) -> String? {
    names.isEmpty ? nil : names.joined(separator: ", ")
  }

  private func body(_ out: inout HTMLText) {
    let parts = reading.record.parts
    guard !parts.isEmpty else {
      out.raw("<p class=\"note\">No body: no block of this page was judged to be an article's text.</p>")
      return
    }
    // A body that the page only declares has no blocks to point at.
    let blocks = reading.verdicts.filter { $0.disposition == .body }.map(\.block)
    let known = blocks.count == parts.count
    var index = 0
    while index < parts.count {
      let kind = parts[index].kind
      guard kind == .listItem || kind == .table else {
        part(parts[index], known ? blocks[index] : nil, &out)
        index += 1
        continue
      }
      var end = index
      while end < parts.count, parts[end].kind == kind { end += 1 }
      let run = (index..<end).map { (part: parts[$0], block: known ? blocks[$0] : nil) }
      kind == .table ? table(run, &out) : list(run, &out)
      index = end
    }
  }

  private func part(_ part: ArticleRecord.Part, _ block: Int?, _ out: inout HTMLText) {
    let name: StaticString =
      switch part.kind {
      case .subheading: (part.level ?? 2) > 2 ? "h4" : "h3"
      case .quotation: "blockquote"
      case .code: "pre"
      default: "p"
      }
    out.open(name, ["dir": "auto"])
    out.text(part.text)
    reference(block, &out)
    out.close(name)
    out.raw("\n")
  }

  private func list(_ run: [(part: ArticleRecord.Part, block: Int?)], _ out: inout HTMLText) {
    out.raw("<ul>\n")
    for item in run {
      out.open("li", ["dir": "auto"])
      out.text(item.part.text)
      reference(item.block, &out)
      out.raw("</li>\n")
    }
    out.raw("</ul>\n")
  }

  private func table(_ run: [(part: ArticleRecord.Part, block: Int?)], _ out: inout HTMLText) {
    out.raw("<div class=\"scroll\"><table>\n")
    for row in run {
      out.raw("<tr>")
      let cells = row.part.text.split(separator: "|", omittingEmptySubsequences: false)
      for (index, cell) in cells.enumerated() {
        out.open("td", ["dir": "auto"])
        out.text(cell.trimmingSpaces)
        if index == cells.count - 1 { reference(row.block, &out) }
        out.raw("</td>")
      }
      out.raw("</tr>\n")
    }
    out.raw("</table></div>\n")
  }

  private func reference(_ block: Int?, _ out: inout HTMLText) {
    guard let block else { return }
    out.open("a", ["class": "ref", "href": "#b\(block)", "aria-label": "block \(block) in the whole page"])
    out.number(block)
    out.raw("</a>")
  }

  /// Captions, disclaimers, corrections.
  private func aside(_ out: inout HTMLText) {
    let record = reading.record
    notes("Captions", record.captions.map { ($0.credit.map { "credit: \($0)" }, $0.text) }, &out)
    notes("Disclaimers", record.disclaimers.map { ($0.kind, $0.text) }, &out)
    notes("Corrections", record.corrections.map { ($0.kind, $0.text) }, &out)
  }

  private func notes(_ title: String, _ notes: [(kind: String?, text: String)], _ out: inout HTMLText) {
    guard !notes.isEmpty else { return }
    out.element("h3", title)
    out.raw("<ul>\n")
    for note in notes {
      out.raw("<li><bdi>")
      out.text(note.text)
      out.raw("</bdi>")
      if let kind = note.kind {
        out.raw(" <span class=\"note\">")
        out.text(kind)
        out.raw("</span>")
      }
      out.raw("</li>\n")
    }
    out.raw("</ul>\n")
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    var part = self
    while part.first == " " { part.removeFirst() }
    while part.last == " " { part.removeLast() }
    return String(part)
  }
}
