/// What an input holds.
package enum InputFormat: String, Sendable, CaseIterable {
  /// What the name's ending says, else what the first bytes look like.
  case auto
  /// A page in HTML.
  case html
  /// A page that somebody already flattened to text.
  case text
  /// JSON Lines: a page a line.
  case jsonl
  /// A web archive, WARC or WET.
  case warc
  /// A list of failed inputs, as `--errors` writes it.
  case errors

  /// The format that a file's name tells, `.gz` aside.
  package static func named(_ path: InputPath) -> InputFormat? {
    let name = path.inflatedName
    let endings: [(InputFormat, [String])] = [
      (.warc, [".warc", ".wet"]), (.jsonl, [".jsonl", ".ndjson"]), (.html, [".html", ".htm", ".xhtml"]),
      (.text, [".txt", ".md", ".text"]),
    ]
    return endings.first { $0.1.contains { InputPath.ends(name, with: $0) } }?.0
  }

  /// Whether ``guess(_:isWhole:)`` has seen enough of an input.
  package static func isEnough(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = sample.first(where: { !isSpace($0) }), first == 0x7B else {
      return sample.count >= tagReach
    }
    return sample.contains(0x0A)
  }

  /// The format that an input's first bytes look like, never `auto`.
  ///
  /// `isWhole` says that the input ends with the sample.
  package static func guess(
    _ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool, fields: JSONFields = JSONFields()
  ) -> InputFormat {
    if sample.starts(with: Array("WARC/".utf8)) { return .warc }
    if let format = lineFormat(sample, isWhole: isWhole, fields: fields) { return format }
    // Without NULs and marks, UTF-16 reads like ASCII where it matters.
    let mark = marks.first { sample.starts(with: $0) }?.count ?? 0
    let head = sample.dropFirst(mark).prefix(tagReach).drop { isSpace($0) || $0 == 0 }.filter { $0 != 0 }
    if opensMarkup(head) { return .html }
    return tagCount(head) >= fewestTags ? .html : .text
  }

  /// Bytes in which tags are looked for.
  private static let tagReach = 4096
  /// Flat text may quote a tag or two.
  private static let fewestTags = 5
  /// Byte order marks.
  private static let marks: [[UInt8]] = [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]]
  private static let openings = ["!doctype", "html", "head", "body", "div", "p"]

  /// The format that a first line in JSON tells.
  private static func lineFormat(
    _ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool, fields: JSONFields
  ) -> InputFormat? {
    guard let start = sample.firstIndex(where: { !isSpace($0) }), sample[start] == 0x7B else { return nil }
    let end = sample[start...].firstIndex(of: 0x0A)
    let line = UnsafeBufferPointer(rebasing: sample[start..<(end ?? sample.count)])
    do throws(JSONFault) {
      let names = try JSONScanner.members(of: line).map { JSONScanner.unescaped(line[$0.key]) }
      func has(_ name: String) -> Bool { names.contains { $0.elementsEqual(name.utf8) } }
      if has(fields.html) || has(fields.text) { return .jsonl }
      return ErrorLine.members.allSatisfy(has) ? .errors : nil
    } catch {
      // A line longer than the sample: JSON as far as one can see. A brace alone is no sign.
      return error.isEarlyEnd && end == nil && !isWhole ? .jsonl : nil
    }
  }

  private static func opensMarkup(_ head: [UInt8]) -> Bool {
    guard head.first == 0x3C else { return false }
    return openings.contains { name in
      let rest = head.dropFirst()
      guard rest.count >= name.utf8.count else { return false }
      let isNamed = zip(rest, name.utf8).allSatisfy { ($0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0) == $1 }
      guard isNamed else { return false }
      guard let following = rest.dropFirst(name.utf8.count).first else { return true }
      return following == 0x3E || following == 0x2F || isSpace(following)
    }
  }

  private static func tagCount(_ head: [UInt8]) -> Int {
    var count = 0
    for index in head.indices.dropLast() where head[index] == 0x3C {
      let following = head[index + 1]
      let isLetter = (following | 0x20) >= 0x61 && (following | 0x20) <= 0x7A
      if isLetter || following == 0x2F || following == 0x21 { count += 1 }
    }
    return count
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte >= 0x09 && byte <= 0x0D
  }
}
