import WinnowCore

/// The record as one JSON object, every key present, in the documented order.
enum JSONRecordWriter {
  static func bytes(of record: ArticleRecord, input: [UInt8]?) -> [UInt8] {
    // The body stands in it twice: as a whole and in parts.
    var json = JSONText()
    json.reserve(4096 + 2 * record.parts.reduce(0) { $0 + $1.text.utf8.count + 32 })
    json.beginObject()
    text("id", record.id, &json)
    text("source", record.source, &json)
    text("url", record.url, &json)
    text("status", record.status.rawValue, &json)
    json.key("error")
    if let error = record.error {
      json.beginObject()
      text("code", error.code, &json)
      text("message", error.message, &json)
      json.endObject()
    } else {
      json.value(nil as String?)
    }
    text("headline", record.headline, &json)
    text("dek", record.dek, &json)
    text("byline", record.byline, &json)
    json.key("authors")
    json.value(record.authors)
    text("agency", record.agency, &json)
    text("publisher", record.publisher, &json)
    text("date", record.date, &json)
    text("dateModified", record.dateModified, &json)
    text("dateline", record.dateline, &json)
    text("section", record.section, &json)
    json.key("tags")
    json.value(record.tags)
    text("language", record.language, &json)
    parts(record, written: body(record, &json), &json)
    captions(record, &json)
    image(record, &json)
    json.key("accessibleForFree")
    json.value(record.accessibleForFree)
    notices("disclaimers", record.disclaimers, &json)
    notices("corrections", record.corrections, &json)
    json.key("confidence")
    json.share(record.confidence)
    json.key("origins")
    json.beginObject()
    for (key, origin) in record.origins.sorted(by: { $0.key < $1.key }) { text(key, origin, &json) }
    json.endObject()
    json.key("dropped")
    json.beginObject()
    for role in Role.allCases {
      guard let count = record.dropped[role] else { continue }
      json.key(named: role.name)
      json.value(count)
    }
    json.endObject()
    if let input {
      json.key("input")
      json.raw(input)
    }
    json.endObject()
    return json.bytes
  }

  private static func text(_ key: String, _ value: String?, _ json: inout JSONText) {
    json.key(named: key)
    json.value(value)
  }

  /// Writes the body, part by part; returns where each stands, so that none is escaped twice.
  private static func body(_ record: ArticleRecord, _ json: inout JSONText) -> [Range<Int>] {
    json.key("body")
    json.beginString()
    var written: [Range<Int>] = []
    written.reserveCapacity(record.parts.count)
    for index in record.parts.indices {
      if let separator = record.separator(before: index) { json.piece(separator) }
      written.append(json.piece(record.parts[index].text))
    }
    json.endString()
    return written
  }

  private static func parts(_ record: ArticleRecord, written: [Range<Int>], _ json: inout JSONText) {
    json.key("parts")
    json.beginArray()
    for (part, place) in zip(record.parts, written) {
      json.beginObject()
      text("kind", part.kind.name, &json)
      json.key("text")
      json.value(copying: place)
      if let level = part.level {
        json.key("level")
        json.value(level)
      }
      json.endObject()
    }
    json.endArray()
  }

  private static func captions(_ record: ArticleRecord, _ json: inout JSONText) {
    json.key("captions")
    json.beginArray()
    for caption in record.captions {
      json.beginObject()
      text("text", caption.text, &json)
      text("credit", caption.credit, &json)
      json.endObject()
    }
    json.endArray()
  }

  private static func image(_ record: ArticleRecord, _ json: inout JSONText) {
    json.key("image")
    guard let image = record.image else {
      json.value(nil as String?)
      return
    }
    json.beginObject()
    text("url", image.url, &json)
    text("caption", image.caption, &json)
    text("credit", image.credit, &json)
    json.endObject()
  }

  private static func notices(_ key: String, _ notices: [ArticleRecord.Notice], _ json: inout JSONText) {
    json.key(named: key)
    json.beginArray()
    for notice in notices {
      json.beginObject()
      text("kind", notice.kind, &json)
      text("text", notice.text, &json)
      json.endObject()
    }
    json.endArray()
  }
}
