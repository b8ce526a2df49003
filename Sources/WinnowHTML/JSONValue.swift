/// A value of a JSON text as real pages hold it.
package indirect enum JSONValue: Sendable, Equatable {
  /// `null`, and whatever stands deeper than ``maximumDepth``.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number as written.
  case number(String)
  /// A string, its escapes resolved.
  case string(String)
  /// Values in order.
  case array([JSONValue])
  /// Members in order; a name may occur twice.
  case object([Member])

  /// A name and its value.
  package struct Member: Sendable, Equatable {
    /// The name.
    package let name: String
    /// The value.
    package let value: JSONValue

    /// A member.
    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// How deep arrays and objects may nest before their content is passed over.
  package static let maximumDepth = 64

  /// The first member of that name that is not `null`.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name && $0.value != .null }?.value
  }

  /// The string, or the number as written.
  package var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  /// The elements of an array, nothing for `null`, else the value alone.
  package var elements: [JSONValue] {
    switch self {
    case .array(let elements): elements
    case .null: []
    default: [self]
    }
  }

  /// All values of a text that may hold several back to back, wrapped in comments or CDATA marks.
  ///
  /// Never fails: a text that breaks off or goes wrong gives what stood before the fault.
  package static func documents(in bytes: [UInt8]) -> [JSONValue] {
    let plain = JSONReader.unescaped(bytes)
    return plain.withUnsafeBufferPointer { buffer in
      var reader = JSONReader(buffer)
      return reader.documents()
    }
  }
}
