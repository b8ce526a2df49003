import WinnowCore

/// A reading as a page to look at: the cleaned article beside the whole page, every block in its role's
/// colour with the reason behind it, filters by role and stage, and where each field came from.
///
/// It works without a script: reasons are `details`, filters are checkboxes that the stylesheet asks
/// for with `:has()`. So nothing that a hostile page brings could run, even if an escape were forgotten.
struct ReportPage {
  let reading: Reading
  let source: String
  /// Labels by block.
  let labels: [Int: [Label]]
  let scores: [Float?]
  /// Stages that decided a block, in the order of the pipeline; the index is the filter's.
  let decidingStages: [StageID]
  /// Blocks by line of flat text, for origins such as `text:line 79`.
  private let blockOfLine: [Int: Int]

  init(_ reading: Reading, source: String) {
    self.reading = reading
    self.source = source
    labels = Dictionary(grouping: reading.ledger.labels, by: \.block)
    scores = reading.scores
    let deciding = Set(reading.verdicts.compactMap { $0.deciding?.stage })
    decidingStages = reading.stages.filter(deciding.contains)
    var lines: [Int: Int] = [:]
    for block in reading.document where block.row.line > 0 && lines[Int(block.row.line)] == nil {
      lines[Int(block.row.line)] = block.id
    }
    blockOfLine = lines
  }

  func html() -> String {
    var out = HTMLText()
    let title = reading.record.headline ?? source
    out.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n")
    out.void("meta", ["http-equiv": "Content-Security-Policy", "content": ReportStyle.policy])
    out.raw(
      """

      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <meta name="robots" content="noindex" />

      """)
    out.element("title", "\(title) · Winnow")
    out.style()
    out.raw("\n</head>\n<body>\n<a class=\"skip\" href=\"#page\">Skip to the whole page</a>\n")
    header(title, &out)
    out.raw(
      """
      <nav class="jump" aria-label="Parts of this report"><div class="wrap"><ul>
      <li><a href="#article">Article</a></li><li><a href="#page">Whole page</a></li>
      <li><a href="#fields">Fields</a></li></ul></div></nav>
      <main class="wrap">
      <div class="grid">

      """)
    article(&out)
    page(&out)
    // Outside the columns, or the article that stays in sight would come to lie over it.
    out.raw("</div>\n")
    fields(&out)
    out.raw("</main>\n<footer class=\"wrap\"><p>Made by Winnow from ")
    out.element("bdi", source)
    out.raw(". This page holds no script and loads nothing.</p></footer>\n</body>\n</html>\n")
    return out.html
  }

  // MARK: - Head

  private func header(_ title: String, _ out: inout HTMLText) {
    let record = reading.record
    let document = reading.document
    out.raw("<header class=\"wrap top\">\n<p class=\"kicker\">Winnow explains <bdi>")
    out.text(source)
    out.raw("</bdi></p>\n")
    out.element("h1", ["dir": "auto", "lang": record.language], title)
    out.raw("\n<div class=\"badges\">")
    out.element("span", ["class": "status \(record.status.rawValue)"], Self.words(record.status))
    out.raw("<span class=\"conf\"><span id=\"conf\">Confidence</span>")
    let percent = Int((record.confidence * 100).rounded())
    out.element(
      "meter",
      [
        "aria-labelledby": "conf", "min": "0", "max": "100", "low": "40", "high": "70", "optimum": "100",
        "value": String(percent),
      ], "\(percent) %")
    out.element("span", "\(percent) %")
    out.raw("</span>")
    let kept = reading.verdicts.filter { $0.disposition != .drop }
    let words = kept.reduce(0) { $0 + document[$1.block].words }
    out.element(
      "span",
      "\(kept.count) of \(document.count) blocks kept, \(words) of \(document.measures.words) words")
    var about = document.form == .html ? "HTML" : "flat text"
    about += ", \(document.charset)"
    if let language = record.language { about += ", language \(language)" }
    out.element("span", about)
    out.raw("</div>\n")
    ribbon(&out)
    out.raw("</header>\n")
  }

  private static func words(_ status: ArticleRecord.Status) -> String {
    switch status {
    case .article: "article"
    case .partial: "partial article"
    case .notAnArticle: "not an article"
    case .failed: "failed"
    }
  }

  /// The page from top to bottom as a ribbon: where the article stands in it.
  private func ribbon(_ out: inout HTMLText) {
    guard reading.document.count > 0 else { return }
    let weights = reading.document.map { min($0.words, 80) + 4 }
    out.open(
      "svg",
      [
        "class": "ribbon", "viewBox": "0 0 \(weights.reduce(0, +)) 10", "preserveAspectRatio": "none",
        "aria-hidden": "true", "focusable": "false",
      ])
    var x = 0
    for (verdict, weight) in zip(reading.verdicts, weights) {
      let kept = verdict.disposition == .drop ? "" : " k"
      out.void(
        "rect",
        [
          "class": "r\(verdict.role.rawValue)\(kept)", "x": String(x), "y": "0", "width": String(weight),
          "height": "10",
        ])
      x += weight
    }
    out.raw(
      "</svg>\n<p class=\"legend\">The whole page from first to last block: blue fills a field, green is the body, "
    )
    out.raw("violet stands beside it, what is dropped is pale.</p>\n")
  }

  // MARK: - Fields

  private func fields(_ out: inout HTMLText) {
    let record = reading.record
    out.raw("<section class=\"card sheet\" id=\"fields\" aria-labelledby=\"fields-h\">\n")
    out.raw("<h2 id=\"fields-h\">Fields, and where each came from</h2>\n<dl class=\"fields\">\n")
    let rows: [(key: String, value: String?, field: Field?)] = [
      ("headline", record.headline, .headline), ("dek", record.dek, .dek),
      ("byline", record.byline, nil), ("authors", Self.joined(record.authors), .author),
      ("agency", record.agency, nil), ("publisher", record.publisher, .publisher),
      ("date", record.date, .published), ("dateModified", record.dateModified, .modified),
      ("dateline", record.dateline, nil), ("section", record.section, .section),
      ("tags", Self.joined(record.tags), .tag), ("language", record.language, .language),
      ("url", record.url, .url),
    ]
    for row in rows {
      out.raw("<div>")
      out.element("dt", row.key)
      out.raw("<dd>")
      if let value = row.value {
        out.element("bdi", value)
        if let origin = record.origins[row.key] { self.origin(origin, &out) }
      } else {
        out.raw("<span class=\"note\">none found</span>")
      }
      if let field = row.field { candidates(field, &out) }
      out.raw("</dd></div>\n")
    }
    out.raw("</dl>\n")
    if !reading.skippedStages.isEmpty {
      out.raw("<p class=\"note\">Stages skipped because the page lacks what they need: ")
      out.text(reading.skippedStages.map(\.name).joined(separator: ", "))
      out.raw(".</p>\n")
    }
    if !reading.document.repairs.isEmpty {
      out.raw("<p class=\"note\">Repaired while reading: ")
      let repairs = reading.document.repairs.sorted { $0.key < $1.key }
      out.text(repairs.map { "\($0.key) \($0.value)×" }.joined(separator: ", "))
      out.raw(".</p>\n")
    }
    out.raw("</section>\n")
  }

  private static func joined(_ values: [String]) -> String? {
    values.isEmpty ? nil : values.joined(separator: ", ")
  }

  private func origin(_ origin: String, _ out: inout HTMLText) {
    out.raw("<span class=\"from\">from ")
    if let block = block(named: origin) {
      out.element("a", ["href": "#b\(block)"], origin)
    } else {
      out.element("code", origin)
    }
    out.raw("</span>")
  }

  /// The block that an origin names: `text:line 79` of flat text, `text:block 12` of HTML.
  private func block(named origin: String) -> Int? {
    guard origin.hasPrefix("text:"), let number = origin.split(separator: " ").last.flatMap({ Int($0) })
    else { return nil }
    if origin.hasPrefix("text:line ") { return blockOfLine[number] }
    return reading.document.indices.contains(number) ? number : nil
  }

  private static let mostCandidates = 20

  /// What else the page declares for a field.
  private func candidates(_ field: Field, _ out: inout HTMLText) {
    let all = reading.document.metadata.filter { $0.field == field }
    guard !all.isEmpty else { return }
    out.raw("<details>")
    out.element("summary", "\(all.count) declared")
    out.raw("<ul>")
    for candidate in all.prefix(Self.mostCandidates) {
      out.raw("<li>")
      out.element("bdi", Explanation.cut(candidate.value, to: 200))
      out.raw(" <code>")
      out.text(candidate.origin.name)
      out.raw("</code></li>")
    }
    if all.count > Self.mostCandidates {
      out.element("li", "and \(all.count - Self.mostCandidates) more")
    }
    out.raw("</ul></details>")
  }
}
