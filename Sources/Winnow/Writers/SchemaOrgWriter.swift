import WinnowCore

/// The record as a schema.org NewsArticle in JSON-LD. Absent properties are left out, as JSON-LD asks.
enum SchemaOrgWriter {
  static func bytes(of record: ArticleRecord) -> [UInt8] {
    var json = JSONText()
    json.beginObject()
    text("@context", "https://schema.org", &json)
    text("@type", record.status == .notAnArticle ? "WebPage" : "NewsArticle", &json)
    text("identifier", record.id, &json)
    text("url", record.url, &json)
    text("headline", record.headline, &json)
    text("alternativeHeadline", record.dek, &json)
    if !record.authors.isEmpty {
      json.key("author")
      json.beginArray()
      // Pages name desks as authors too: "Courier Newsdesk" is nobody.
      for author in record.authors {
        thing(FieldWords.names.holdsRole(author) ? "Organization" : "Person", author, &json)
      }
      json.endArray()
    } else if let byline = record.byline {
      json.key("author")
      thing("Organization", byline, &json)
    }
    if let agency = record.agency {
      json.key("sourceOrganization")
      thing("Organization", agency, &json)
    }
    if let publisher = record.publisher {
      json.key("publisher")
      thing("Organization", publisher, &json)
    }
    text("datePublished", record.date, &json)
    text("dateModified", record.dateModified, &json)
    text("dateline", record.dateline, &json)
    text("articleSection", record.section, &json)
    if !record.tags.isEmpty {
      json.key("keywords")
      json.value(record.tags)
    }
    text("inLanguage", record.language, &json)
    if !record.parts.isEmpty { text("articleBody", record.body, &json) }
    if !record.captions.isEmpty || record.image != nil { images(record, &json) }
    if let isFree = record.accessibleForFree {
      json.key("isAccessibleForFree")
      json.value(isFree)
    }
    if let note = record.corrections.first { text("correction", note.text, &json) }
    json.endObject()
    return json.bytes
  }

  private static func text(_ key: String, _ value: String?, _ json: inout JSONText) {
    guard let value else { return }
    json.key(named: key)
    json.value(value)
  }

  private static func thing(_ type: String, _ name: String, _ json: inout JSONText) {
    json.beginObject()
    text("@type", type, &json)
    text("name", name, &json)
    json.endObject()
  }

  private static func images(_ record: ArticleRecord, _ json: inout JSONText) {
    json.key("image")
    json.beginArray()
    if let image = record.image {
      json.beginObject()
      text("@type", "ImageObject", &json)
      text("url", image.url, &json)
      text("caption", image.caption, &json)
      text("creditText", image.credit, &json)
      json.endObject()
    }
    for caption in record.captions
    where record.image?.caption != caption.text || record.image?.credit != caption.credit {
      json.beginObject()
      text("@type", "ImageObject", &json)
      text("caption", caption.text, &json)
      text("creditText", caption.credit, &json)
      json.endObject()
    }
    json.endArray()
  }
}
