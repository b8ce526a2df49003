import WinnowCore

extension MetadataText {
  /// The last part of a path or prefixed name: `Person` of `https://schema.org/Person` and `schema:Person`.
  static func lastPart(_ name: String) -> String {
    let end = name.utf8.lastIndex { byte in "/:#".utf8.contains(byte) }
    return String(end.map { name[name.utf8.index(after: $0)...] } ?? name[...])
  }

  /// The entries of a comma or semicolon list.
  static func list(_ text: String) -> [String] {
    let pieces = text.unicodeScalars.prefix(20_000).split { ",;，、،".unicodeScalars.contains($0) }
    return pieces.prefix(100).map { String($0) }
  }

  /// The lines of a long text, each cleaned: its paragraphs, where the text has any.
  private static func paragraphs(_ value: String, _ limit: Limit) -> String {
    var text = ""
    var value = value
    value.withUTF8 { utf8 in
      for line in utf8.prefix(limit.bytes * 8).split(separator: 0x0A) {
        let room = limit.bytes - text.utf8.count - (text.isEmpty ? 0 : 1)
        guard room > 0 else { break }
        let paragraph = clean(String(decoding: line, as: UTF8.self), Limit(bytes: room))
        if paragraph.isEmpty { continue }
        if !text.isEmpty { text += "\n" }
        text += paragraph
      }
    }
    return text
  }

  /// Adds a candidate, cleaned as its field demands, unless nothing is left of it.
  static func append(
    _ field: Field, _ value: String, _ origin: Origin, _ type: String?, _ block: Int?,
    to found: inout [FieldCandidate]
  ) {
    let limit: Limit =
      switch field {
      case .headline, .dek, .url, .image, .section, .tag: .line
      case .articleBody: .body
      case .description: .passage
      default: .name
      }
    let text =
      field == .articleBody
      ? paragraphs(value, limit)
      : clean(value, field == .url || field == .image ? Limit(scalars: 2_000) : limit)
    guard !text.isEmpty else { return }
    found.append(FieldCandidate(field: field, value: text, origin: origin, type: type, block: block))
  }
}
