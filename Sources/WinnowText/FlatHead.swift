import WinnowCore

/// What stands above a flat text about it: front matter between two lines of dashes, or lines of the form
/// `Title: …`, as scrapers and readers write them before the text.
///
/// Front matter is YAML in name only: titles with colons stand in it without quotes. So it is read by lines.
struct FlatHead {
  /// The most lines that a head has.
  private static let longest = 80
  /// The longest name of a value.
  private static let longestName = 24

  /// The values that the head gives, in order.
  private(set) var candidates: [FieldCandidate] = []
  /// Rows of the lines that belong to the head.
  private var members: [Int] = []
  /// The name under which items of a list stand.
  private var list: String?
  private let bytes: UnsafeBufferPointer<UInt8>

  /// Reads the head and marks its lines as machinery; gives what it declares.
  static func read(_ lines: inout FlatLines) -> [FieldCandidate] {
    guard let first = lines.rows.prefix(longest).firstIndex(where: { !$0.isBlank }) else { return [] }
    var head = FlatHead(lines.bytes)
    let isHead =
      head.isFence(lines.rows[first]) ? head.readFrontMatter(lines, first) : head.readLines(lines, first)
    guard isHead else { return [] }
    for index in head.members { lines.rows[index].flags.insert(.skip) }
    return head.candidates
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Whether a line is the dashes that open and close front matter.
  private func isFence(_ line: FlatLine) -> Bool {
    let text = text(line)
    return line.indent == 0 && (text == "---" || text == "...")
  }

  private func text(_ line: FlatLine) -> String {
    String(decoding: bytes[Int(line.content)..<Int(line.end)], as: UTF8.self)
  }

  /// Front matter: names and values, lists and what is set in, up to the next line of dashes.
  private mutating func readFrontMatter(_ lines: FlatLines, _ first: Int) -> Bool {
    members.append(first)
    for index in first + 1..<max(first + 1, min(lines.rows.count, first + FlatHead.longest)) {
      let line = lines.rows[index]
      members.append(index)
      if isFence(line) { return !candidates.isEmpty }
      if line.isBlank { continue }
      let text = text(line)
      if text.hasPrefix("#") { continue }
      if text.hasPrefix("- "), let list {
        add(list, String(text.dropFirst(2)))
      } else if line.indent > 0 {
        // A part of a value that is no plain one.
        continue
      } else if let (name, value) = pair(text) {
        list = value.isEmpty ? name : nil
        add(name, value)
      } else {
        return false
      }
    }
    return false
  }

  /// Lines with names that are known, with or without blank lines between them: at least two values, a title or
  /// an address among them.
  private mutating func readLines(_ lines: FlatLines, _ first: Int) -> Bool {
    for index in first..<min(lines.rows.count, first + FlatHead.longest) {
      let line = lines.rows[index]
      if line.isBlank { continue }
      guard line.indent == 0, let (name, value) = pair(text(line)), FlatHead.names[name] != nil else { break }
      members.append(index)
      add(name, value)
      if name == FlatHead.end { break }
    }
    let fields = Set(candidates.map(\.field))
    return fields.count >= 2 && !fields.isDisjoint(with: [.headline, .url])
  }

  /// Name and value of a line.
  private func pair(_ text: String) -> (name: String, value: String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let name = text[..<colon]
    let rest = text[text.index(after: colon)...]
    guard !name.isEmpty, name.utf8.count <= FlatHead.longestName, rest.isEmpty || rest.first == " ",
      name.utf8.allSatisfy({
        $0 >= 0x80 || $0.isASCIILetter || " _-0123456789".utf8.contains($0)
      })
    else { return nil }
    return (
      name.lowercased().filter { !" _-".contains($0) }, String(rest.drop { $0 == " " })
    )
  }

  private mutating func add(_ name: String, _ value: String) {
    guard let field = FlatHead.names[name] ?? nil else { return }
    for part in parts(value, isList: field == .tag || field == .author) {
      candidates.append(FieldCandidate(field: field, value: part, origin: Origin("head:\(name)")))
    }
  }

  /// The values of `[a, "b"]`, or of one that is quoted or plain; tags and authors also parted by `;`.
  private func parts(_ value: String, isList: Bool) -> [String] {
    var parts: [Substring] = [value[...]]
    if value.hasPrefix("["), value.hasSuffix("]") {
      parts = value.dropFirst().dropLast().split(separator: ",")
    } else if isList {
      parts = value.split(separator: ";")
    }
    return parts.map(unquoted).filter { !$0.isEmpty && $0 != "null" && $0 != "~" && $0 != "None" }
  }

  private func unquoted(_ part: Substring) -> String {
    var part = part
    while part.first == " " { part.removeFirst() }
    while part.last == " " { part.removeLast() }
    guard part.count >= 2, let quote = part.first, quote == "\"" || quote == "'", part.last == quote else {
      return String(part)
    }
    part = part.dropFirst().dropLast()
    return quote == "'"
      ? part.split(separator: "''", omittingEmptySubsequences: false).joined(separator: "'")
      : part.split(separator: "\\\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }

  /// The line that ends a head of lines.
  private static let end = "markdowncontent"

  /// Names of values, without spaces and signs, as readers, static-site generators and extractors write them;
  /// `nil` for what is known and of no use.
  private static let names: [String: Field?] = [
    "title": .headline, "headline": .headline, "subject": .headline,
    "author": .author, "authors": .author, "byline": .author,
    "date": .published, "published": .published, "publishedtime": .published, "publishedat": .published,
    "datepublished": .published, "publicationdate": .published, "publishdate": .published,
    "updated": .modified, "modified": .modified, "datemodified": .modified, "lastmod": .modified,
    "url": .url, "urlsource": .url, "sourceurl": .url, "link": .url, "canonical": .url,
    "sitename": .siteName, "site": .siteName, "publisher": .siteName,
    "description": .description, "summary": .description, "excerpt": .description,
    "dek": .dek, "subtitle": .dek,
    "section": .section, "tags": .tag, "keywords": .tag, "categories": .tag,
    "language": .language, "lang": .language, "image": .image,
    "hostname": nil, "fingerprint": nil, "id": nil, "warning": nil, "numberofpages": nil, "license": nil,
    // A newsletter's mail.
    "from": nil, "to": nil, "cc": nil, "replyto": nil, "sent": .published,
    end: nil,
  ]
}
