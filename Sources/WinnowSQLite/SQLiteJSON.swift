import Winnow
import WinnowCore

/// Lists and counts of a record as JSON in a column.
enum SQLiteJSON {
  static func list(_ values: [String]) -> String {
    var json = JSONText()
    json.value(values)
    return text(json)
  }

  static func objects(_ values: [[(key: String, value: String?)]]) -> String {
    var json = JSONText()
    json.beginArray()
    for members in values {
      json.beginObject()
      for (key, value) in members {
        json.key(named: key)
        json.value(value)
      }
      json.endObject()
    }
    json.endArray()
    return text(json)
  }

  static func object(_ values: [String: String]) -> String {
    var json = JSONText()
    json.beginObject()
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      json.key(named: key)
      json.value(value)
    }
    json.endObject()
    return text(json)
  }

  static func counts(_ values: [Role: Int]) -> String {
    var json = JSONText()
    json.beginObject()
    for role in Role.allCases {
      guard let count = values[role] else { continue }
      json.key(named: role.name)
      json.value(count)
    }
    json.endObject()
    return text(json)
  }

  private static func text(_ json: JSONText) -> String { String(decoding: json.bytes, as: UTF8.self) }
}
