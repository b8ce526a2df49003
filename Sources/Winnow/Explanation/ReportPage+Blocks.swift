import WinnowCore
import WinnowStages

extension ReportPage {
  // MARK: - The whole page

  /// Every block of the page in its role's colour, with filters above.
  func page(_ out: inout HTMLText) {
    out.raw("<section id=\"page\" class=\"report\" aria-labelledby=\"page-h\">\n")
    out.raw("<h2 id=\"page-h\">The whole page, block by block</h2>\n")
    filters(&out)
    out.raw("<ol class=\"blocks\">\n")
    for verdict in reading.verdicts { block(verdict, &out) }
    out.raw("</ol>\n")
    if reading.document.isEmpty { out.raw("<p class=\"note\">The page has no text at all.</p>\n") }
    out.raw("</section>\n")
  }

  private func filters(_ out: inout HTMLText) {
    let verdicts = reading.verdicts
    let contested = verdicts.count { !$0.dissenting.isEmpty }
    let kept = verdicts.count { $0.disposition != .drop }
    let views: [(id: String, name: String)] = [
      ("v-all", "All \(verdicts.count)"), ("v-kept", "Kept \(kept)"),
      ("v-dropped", "Dropped \(verdicts.count - kept)"), ("v-contested", "Contested \(contested)"),
    ]
    out.raw("<form class=\"filters\">\n<fieldset><legend>Show</legend><div class=\"seg\">")
    for view in views {
      out.void(
        "input",
        [
          "type": "radio", "name": "view", "id": view.id, "checked": view.id == "v-all" ? "checked" : nil,
        ])
      out.element("label", ["for": view.id], view.name)
    }
    out.raw("</div></fieldset>\n<details><summary>Filter by role and stage</summary>\n")
    out.raw("<fieldset><legend>Role</legend><div class=\"picks\">")
    for role in Role.allCases {
      let count = verdicts.count { $0.role == role }
      guard count > 0 else { continue }
      pick("r\(role.rawValue)", "r\(role.rawValue)", "\(role.name) \(count)", &out)
    }
    out.raw("</div></fieldset>\n<fieldset><legend>Stage that decided</legend><div class=\"picks\">")
    for (index, stage) in decidingStages.prefix(ReportStyle.stageFilters - 1).enumerated() {
      let count = verdicts.count { $0.deciding?.stage == stage }
      pick("s\(index)", nil, "\(stage.name) \(count)", &out)
    }
    let unnamed = verdicts.count { $0.deciding == nil }
    if unnamed > 0 { pick("s\(ReportStyle.stageFilters - 1)", nil, "no stage \(unnamed)", &out) }
    out.raw("</div></fieldset>\n<button type=\"reset\">Show everything again</button></details>\n</form>\n")
  }

  private func pick(_ id: String, _ colors: String?, _ name: String, _ out: inout HTMLText) {
    out.void("input", ["type": "checkbox", "id": id, "checked": "checked"])
    out.element("label", ["for": id, "class": colors], name)
  }

  private func block(_ verdict: Verdict, _ out: inout HTMLText) {
    let block = reading.document[verdict.block]
    var classes = "b r\(verdict.role.rawValue) \(verdict.disposition.rawValue)"
    if let stage = verdict.deciding?.stage {
      if let index = decidingStages.firstIndex(of: stage), index < ReportStyle.stageFilters - 1 {
        classes += " s\(index)"
      }
    } else {
      classes += " s\(ReportStyle.stageFilters - 1)"
    }
    if !verdict.dissenting.isEmpty { classes += " contested" }
    out.open("li", ["class": classes, "id": "b\(block.id)"])
    out.raw("<details><summary><span class=\"sig\" aria-hidden=\"true\">")
    out.text(verdict.disposition == .drop ? "−" : String(verdict.disposition.sigil))
    out.raw("</span><span>")
    out.text(verdict.role.name)
    out.raw("<span class=\"sr\">, ")
    out.text(Self.words(verdict.disposition))
    out.raw(": why?</span></span><span class=\"n\"><span class=\"sr\">block </span>")
    out.number(block.id)
    out.raw("</span><span class=\"hint\" aria-hidden=\"true\">")
    out.text(verdict.deciding?.reason.id ?? "no stage named it")
    out.raw("</span></summary>\n<div class=\"why\">")
    why(verdict, block, &out)
    out.raw("</div></details>")
    out.open("p", ["class": "txt", "dir": "auto", "lang": reading.record.language])
    marked(block, verdict, &out)
    out.raw("</p></li>\n")
  }

  private static func words(_ disposition: Disposition) -> String {
    switch disposition {
    case .body: "stands in the body"
    case .field: "fills a field"
    case .aside: "kept beside the body"
    case .drop: "dropped"
    }
  }

  // MARK: - Why

  private func why(_ verdict: Verdict, _ block: Block, _ out: inout HTMLText) {
    out.raw("<p><strong>")
    out.text(verdict.role.name)
    out.raw("</strong>: ")
    out.text(Self.words(verdict.disposition))
    if let label = verdict.deciding {
      out.raw(", because <code>")
      out.text(label.reason.id)
      out.raw("</code> by stage <strong>")
      out.text(label.stage.name)
      out.raw("</strong>, ")
      out.text("\(label.confidence)")
      out.raw(".</p>")
      evidence(label, block, &out)
    } else {
      out.raw(", because no stage named it.</p>")
    }
    let given = labels[block.id] ?? []
    if given.count > 1 { table(given, verdict, &out) }
    out.raw("<p class=\"note\">Block ")
    out.number(block.id)
    if block.row.line > 0 {
      out.raw(", line ")
      out.number(Int(block.row.line))
    }
    if block.row.sourceStart >= 0 {
      out.raw(", bytes ")
      out.number(Int(block.row.sourceStart))
      out.raw("–")
      out.number(Int(block.row.sourceEnd))
    }
    out.raw(", ")
    out.number(block.words)
    out.raw(block.words == 1 ? " word" : " words")
    if let score = scores[block.id] {
      out.raw(", score ")
      out.text(Explanation.rounded(Double(score)))
    }
    out.raw(".</p>")
  }

  private func evidence(_ label: Label, _ block: Block, _ out: inout HTMLText) {
    switch label.evidence {
    case .none: break
    case .block(let index):
      guard reading.document.indices.contains(index) else { return }
      out.raw("<p>It rests on ")
      out.element("a", ["href": "#b\(index)"], "block \(index)")
      out.raw(": <q dir=\"auto\">")
      out.text(Explanation.cut(reading.document[index].text, to: 140))
      out.raw("</q></p>")
    case .text(let range):
      out.raw("<p>It rests on the words <q dir=\"auto\">")
      out.text(block.text(range))
      out.raw("</q></p>")
    case .score(let score):
      let isContent = label.stage == ContentScoreStage.id
      out.raw(isContent ? "<p>Its content score is " : "<p>It rests on the number ")
      out.text(Explanation.rounded(Double(score)))
      out.raw(isContent ? ", where 1 is surely the body and 0 surely not.</p>" : ".</p>")
    }
  }

  private func table(_ given: [Label], _ verdict: Verdict, _ out: inout HTMLText) {
    out.raw("<div class=\"scroll\"><table><caption class=\"sr\">All labels of the block</caption><thead><tr>")
    out.raw("<th scope=\"col\">Stage</th><th scope=\"col\">says</th><th scope=\"col\">how sure</th>")
    out.raw("<th scope=\"col\">because</th></tr></thead><tbody>")
    for label in given {
      out.open("tr", ["class": label == verdict.deciding ? "leads" : nil])
      out.element("td", label.stage.name)
      var role = label.role.name
      if label.extent != nil { role += " (a part)" }
      out.element("td", role)
      out.element("td", "\(label.confidence)")
      out.raw("<td>")
      out.element("code", label.reason.id)
      if let score = label.evidence.score { out.text(" \(Explanation.rounded(Double(score)))") }
      out.raw("</td></tr>")
    }
    out.raw("</tbody></table></div>")
  }

  // MARK: - Text with marks

  /// The block's text; what the reason rests on, and what assembly cuts out, is marked.
  private func marked(_ block: Block, _ verdict: Verdict, _ out: inout HTMLText) {
    let utf8 = Array(block.utf8)
    var ranges = (labels[block.id] ?? []).compactMap(\.extent)
    if let label = verdict.deciding, case .text(let range) = label.evidence { ranges.append(range) }
    ranges.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    var position = 0
    for range in ranges where range.lowerBound >= position && range.upperBound <= utf8.count {
      guard !range.isEmpty, Self.isBoundary(range.lowerBound, utf8), Self.isBoundary(range.upperBound, utf8)
      else { continue }
      out.text(String(decoding: utf8[position..<range.lowerBound], as: UTF8.self))
      out.raw("<mark>")
      out.text(String(decoding: utf8[range], as: UTF8.self))
      out.raw("</mark>")
      position = range.upperBound
    }
    out.text(String(decoding: utf8[position...], as: UTF8.self))
  }

  private static func isBoundary(_ index: Int, _ utf8: [UInt8]) -> Bool {
    index == utf8.count || utf8[index] & 0xC0 != 0x80
  }
}
