internal import Winnow

/// A flat JSON object that is written member by member; what is absent is left out.
package struct JSONObject {
  private var json = JSONText()
  private var isEmpty = true

  /// An object without members.
  package init() { json.beginObject() }

  /// Adds a string, unless it is absent.
  package mutating func add(_ name: String, _ value: String?) {
    guard let value else { return }
    json.key(named: name)
    json.value(value)
    isEmpty = false
  }

  /// Adds a whole number, unless it is absent.
  package mutating func add(_ name: String, _ value: Int?) {
    guard let value else { return }
    json.key(named: name)
    json.value(value)
    isEmpty = false
  }

  /// Adds a truth value.
  package mutating func add(_ name: String, _ flag: Bool) {
    json.key(named: name)
    json.raw(Array((flag ? "true" : "false").utf8))
    isEmpty = false
  }

  /// Adds counts by name, in the order of the names.
  package mutating func add(_ name: String, _ counts: [String: Int]) {
    json.key(named: name)
    json.beginObject()
    for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
      json.key(named: key)
      json.value(count)
    }
    json.endObject()
    isEmpty = false
  }

  /// The closed object; `nil` when nothing was added.
  package var bytes: [UInt8]? {
    guard !isEmpty else { return nil }
    var json = json
    json.endObject()
    return json.bytes
  }
}
