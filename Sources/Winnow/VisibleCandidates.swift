import WinnowCore
import WinnowText

/// What the page's visible text gives for fields: the blocks that stages found.
struct VisibleCandidates {
  /// A field's text and where it stands.
  struct Found {
    let text: String
    let origin: String
  }

  private let document: Document
  private(set) var candidates: [FieldCandidate] = []
  private(set) var dek: Found?
  private(set) var byline: Found?
  private(set) var agency: String?
  private(set) var siteName: String?
  private(set) var tags: [String] = []

  /// A site's repeated name, which is nobody's and no part of a headline.
  var siteNames: [FieldCandidate] {
    siteName.map { [FieldCandidate(field: .siteName, value: $0, origin: "text:repeated-line")] } ?? []
  }

  init(document: Document, verdicts: [Verdict]) {
    self.document = document
    for verdict in verdicts {
      let block = document[verdict.block]
      switch verdict.role {
      case .headline: add(.headline, block.text, block)
      case .dek: if dek == nil { dek = Found(text: block.text, origin: origin(block)) }
      case .byline: addByline(block)
      case .source: addSource(block, verdict)
      case .publicationDate: addDates(block, verdict)
      case .siteName: if siteName == nil { siteName = block.text }
      case .tags: addTags(block, verdict)
      default: break
      }
    }
  }

  private func origin(_ block: Block) -> String {
    block.row.line > 0 ? "text:line \(block.row.line)" : "text:block \(block.id)"
  }

  private mutating func add(_ field: Field, _ value: String, _ block: Block) {
    candidates.append(
      FieldCandidate(field: field, value: value, origin: Origin(origin(block)), block: block.id))
  }

  private mutating func addByline(_ block: Block) {
    let text = BylineText.byline(in: block, language: document.language)
    // A bare "By" stands on a line of its own before the name.
    if let text, byline == nil || byline?.text.utf8.count ?? 0 < 4 {
      byline = Found(text: text, origin: origin(block))
    }
    add(.author, text ?? block.text, block)
    if let source = block.hit(.source), agency == nil {
      agency = BylineText.rest(of: block, after: source, language: document.language)
    }
    if block.flags.contains(.hasDate) { addDates(block, nil) }
  }

  private mutating func addSource(_ block: Block, _ verdict: Verdict) {
    guard agency == nil else { return }
    guard let label = verdict.deciding, case .text(let marker) = label.evidence else {
      agency = block.text
      return
    }
    let rest = block.text(marker.upperBound..<block.utf8.count)
    agency = String(rest.drop { $0 == " " || $0 == ":" || $0 == "\u{A0}" || $0 == "：" })
  }

  private mutating func addDates(_ block: Block, _ verdict: Verdict?) {
    let isUpdate = block.hit(.updated) != nil
    let isPublished = block.hit(.published) != nil
    let mentions = block.withUTF8 {
      TextTools.dates.mentions(in: $0, language: document.language, limit: 3)
    }
    for (index, mention) in mentions.enumerated() {
      // "Published 1 May, updated 2 May": the label nearest before a date says which it is.
      let modified = mentions.count > 1 && isPublished ? index > 0 && isUpdate : isUpdate
      add(modified ? .modified : .published, mention.date.iso8601, block)
    }
  }

  private mutating func addTags(_ block: Block, _ verdict: Verdict) {
    var text = block.text
    if let hit = block.hit(.tags) {
      guard hit.range.upperBound + 1 < block.utf8.count else { return }
      text = block.text(hit.range.upperBound..<block.utf8.count)
      for part in text.split(whereSeparator: { ",;|·،、".contains($0) }) { addTag(String(part)) }
    } else if text.contains(" #") || text.hasPrefix("#") {
      for part in text.split(separator: "#") { addTag(String(part)) }
    } else {
      addTag(text)
    }
  }

  private mutating func addTag(_ text: String) {
    let edges: Set<Character> = [" ", ":", "#", "•", ",", "："]
    var part = text[...]
    while let first = part.first, edges.contains(first) { part.removeFirst() }
    while let last = part.last, edges.contains(last) { part.removeLast() }
    let tag = String(part)
    if !tag.isEmpty, !tags.contains(tag) { tags.append(tag) }
  }

  /// Whether a name stands in the page's text, letter case aside.
  func contains(_ name: String) -> Bool {
    let needle = Array(name.utf8).map(lower)
    guard let first = needle.first else { return false }
    return document.storage.text.withUnsafeBufferPointer { text in
      var index = 0
      while index + needle.count <= text.count {
        if lower(text[index]) == first {
          var offset = 1
          while offset < needle.count, lower(text[index + offset]) == needle[offset] { offset += 1 }
          if offset == needle.count { return true }
        }
        index += 1
      }
      return false
    }
  }

  private func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}

/// The lexicon's words as the field cleaners take them.
enum FieldWords {
  static let names = NameCleaning(
    stripPrefixes: Lexicon.builtIn.words[.byline] ?? [], joinWords: Lexicon.builtIn.nameJoins,
    roleWords: (Lexicon.builtIn.words[.role] ?? []) + (Lexicon.builtIn.words[.agency] ?? []),
    tailWords: Lexicon.builtIn.nameTails)

  /// The full date in an address's path.
  static func dateInURL(_ url: String) -> FieldPicking.ParsedDate? {
    var url = url
    guard let date = url.withUTF8({ TextTools.dates.dateInURL($0) }) else { return nil }
    return (date.iso8601, date.isoDay, date.hour != nil)
  }

  /// A machine's or a person's date.
  static func parse(_ text: String, language: String?) -> FieldPicking.ParsedDate? {
    var text = text
    guard let date = text.withUTF8({ TextTools.dates.parseISO($0, language: language) }) else { return nil }
    return (date.iso8601, date.isoDay, date.hour != nil)
  }
}
