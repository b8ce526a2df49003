import WinnowCore

/// A reading as one JSON object: the record, the stages, and every block with all its labels.
enum ExplanationJSON {
  /// Changes when a key changes its meaning or goes; new keys leave it as it is.
  private static let version = 1

  static func bytes(of reading: Reading, source: String) -> [UInt8] {
    let document = reading.document
    var json = JSONText()
    json.beginObject()
    json.key("version")
    json.value(version)
    text("source", source, &json)
    text("form", document.form.rawValue, &json)
    text("charset", document.charset, &json)
    text("language", document.language, &json)
    json.key("stages")
    stages(reading, &json)
    json.key("repairs")
    json.beginObject()
    for (name, count) in document.repairs.sorted(by: { $0.key < $1.key }) {
      json.key(named: name)
      json.value(count)
    }
    json.endObject()
    json.key("blocks")
    blocks(reading, &json)
    var record = reading.record
    record.source = source
    json.key("record")
    json.raw(JSONRecordWriter.bytes(of: record, input: nil))
    json.endObject()
    return json.bytes
  }

  private static func stages(_ reading: Reading, _ json: inout JSONText) {
    var counts: [StageID: Int] = [:]
    for label in reading.ledger.labels { counts[label.stage, default: 0] += 1 }
    json.beginArray()
    for stage in reading.stages {
      json.beginObject()
      text("id", stage.name, &json)
      json.key("ran")
      json.raw(Array((reading.skippedStages.contains(stage) ? "false" : "true").utf8))
      json.key("labels")
      json.value(counts[stage] ?? 0)
      json.endObject()
    }
    json.endArray()
  }

  private static func blocks(_ reading: Reading, _ json: inout JSONText) {
    let document = reading.document
    let scores = reading.scores
    let labels = Dictionary(grouping: reading.ledger.labels, by: \.block)
    json.beginArray()
    for verdict in reading.verdicts {
      let block = document[verdict.block]
      json.beginObject()
      json.key("id")
      json.value(block.id)
      json.key("bytes")
      if block.row.sourceStart >= 0 {
        range(Int(block.row.sourceStart)..<Int(max(block.row.sourceStart, block.row.sourceEnd)), &json)
      } else {
        json.value(nil as String?)
      }
      json.key("line")
      if block.row.line > 0 { json.value(Int(block.row.line)) } else { json.value(nil as String?) }
      text("role", verdict.role.name, &json)
      text("disposition", verdict.disposition.rawValue, &json)
      text("stage", verdict.deciding?.stage.name, &json)
      text("reason", verdict.deciding?.reason.id, &json)
      text("confidence", verdict.deciding.map { "\($0.confidence)" }, &json)
      json.key("evidence")
      evidence(verdict.deciding?.evidence ?? .none, block, document, &json)
      json.key("score")
      if let score = scores[block.id] { json.share(Double(score)) } else { json.value(nil as String?) }
      text("text", block.text, &json)
      json.key("labels")
      json.beginArray()
      for given in labels[block.id] ?? [] { label(given, block, document, &json) }
      json.endArray()
      json.endObject()
    }
    json.endArray()
  }

  private static func label(_ label: Label, _ block: Block, _ document: Document, _ json: inout JSONText) {
    json.beginObject()
    text("role", label.role.name, &json)
    text("stage", label.stage.name, &json)
    text("reason", label.reason.id, &json)
    text("confidence", "\(label.confidence)", &json)
    json.key("evidence")
    evidence(label.evidence, block, document, &json)
    json.key("extent")
    if let extent = label.extent { range(extent, &json) } else { json.value(nil as String?) }
    json.endObject()
  }

  private static func evidence(
    _ evidence: Evidence, _ block: Block, _ document: Document, _ json: inout JSONText
  ) {
    switch evidence {
    case .none: json.value(nil as String?)
    case .block(let index):
      json.beginObject()
      json.key("block")
      json.value(index)
      text("text", document.indices.contains(index) ? document[index].text : nil, &json)
      json.endObject()
    case .text(let extent):
      json.beginObject()
      json.key("extent")
      range(extent, &json)
      text("text", block.text(extent), &json)
      json.endObject()
    case .score(let score):
      json.beginObject()
      json.key("score")
      // Stages may compare numbers that are no shares.
      json.raw(Array(Explanation.rounded(Double(score)).utf8))
      json.endObject()
    }
  }

  private static func range(_ range: Range<Int>, _ json: inout JSONText) {
    json.beginArray()
    json.value(range.lowerBound)
    json.value(range.upperBound)
    json.endArray()
  }

  private static func text(_ key: String, _ value: String?, _ json: inout JSONText) {
    json.key(named: key)
    json.value(value)
  }
}
