import WinnowCore
import WinnowStages
import WinnowText

/// What the page's visible text gives for fields: the blocks that stages found.
struct VisibleCandidates {
  /// A field's text and where it stands.
  struct Found {
    let text: String
    let origin: String
    /// The whole of the line that a byline was cut out of.
    var line: String? = nil
    /// Whether it is a byline's word without a name.
    var isBare = false
  }

  /// Longest line that names a source, in words, its label among them.
  private static let longestSource = 12

  private let document: Document
  private let bodyEnd: Int
  private let headline: Int?
  private(set) var dek: Found?
  /// Bylines in the order of the page.
  private var bylines: [Found] = []
  /// Whether the first byline says that it is one, by a byline's word.
  private var isFirstMarked = false
  /// How many of the bylines stand above the end of the body.
  private var bylinesAbove = 0
  private(set) var agency: String?
  private(set) var siteName: String?
  private(set) var tags: [String] = []
  /// Lines with a date, in the order of the page.
  private var dates: [Int] = []

  init(document: Document, verdicts: [Verdict]) {
    self.document = document
    siteName = SiteNameText.publisher(in: document, verdicts)
    bodyEnd = verdicts.indices.last { verdicts[$0].disposition == .body }.map { verdicts[$0].block } ?? 0
    headline = verdicts.indices.first { verdicts[$0].role == .headline }.map { verdicts[$0].block }
    let wanted: RoleSet = [.dek, .byline, .source, .tags, .publicationDate]
    for index in verdicts.indices where wanted.contains(verdicts[index].role) {
      let verdict = verdicts[index]
      let block = document[verdict.block]
      // Who drops a field's role wants nothing of what stands there.
      if verdict.disposition == .drop, RoleSet.fields.contains(verdict.role) { continue }
      switch verdict.role {
      case .dek: if dek == nil { dek = Found(text: block.text, origin: origin(block)) }
      case .byline: addByline(block)
      case .source: addSource(block, verdict)
      case .tags: if isListed(index, verdicts) { addTags(block) }
      case .publicationDate: dates.append(verdict.block)
      default: break
      }
    }
  }

  private func origin(_ block: Block) -> String {
    block.row.line > 0 ? "text:line \(block.row.line)" : "text:block \(block.id)"
  }

  private mutating func addByline(_ block: Block) {
    let text = BylineText.byline(in: block, language: document.language)
    if let text {
      if block.id > 0, let last = bylines.last, last.origin == origin(document[block.id - 1]),
        BylineStage.isMarkerAlone(document[block.id - 1])
      {
        // A bare "By" stands on a line of its own before the name.
        bylines[bylines.count - 1] = Found(text: last.text + " " + withoutCount(text), origin: last.origin)
      } else {
        if bylines.isEmpty { isFirstMarked = block.words >= 2 && block.hit(.byline) != nil }
        bylines.append(
          Found(text: text, origin: origin(block), line: block.text, isBare: BylineStage.isMarkerAlone(block))
        )
        if block.id < bodyEnd { bylinesAbove += 1 }
      }
    }
    if let source = block.hit(.source), agency == nil {
      agency = BylineText.rest(of: block, after: source, language: document.language)
    }
  }

  /// The first byline that names one of the authors, else the first one. Credits of pictures, dates and boxes of
  /// columnists have the marks of bylines too.
  func byline(of authors: [String]) -> Found? {
    // Two words tell a name, whatever desk stands behind it.
    let names = authors.map { " \(FieldText.words($0).prefix(2).joined(separator: " ")) " }
    // "Reporting by …" below the text is no byline where "By Reuters" stands above it.
    let naming = bylines.prefix(isFirstMarked ? max(1, bylinesAbove) : bylines.count).first { line in
      let words = FieldText.spaced(line.text)
      return names.contains { FieldText.holds(words, $0) }
    }
    return naming ?? dated(naming: names) ?? named(among: authors)
      ?? bylines.first.flatMap { $0.isBare ? nil : $0 }
  }

  /// "Ann Smith. Updated 3 May 2024": a line that the stages know as a date's.
  private func dated(naming names: [String]) -> Found? {
    guard document.form == .flatText ? !isFirstMarked : bylines.isEmpty else { return nil }
    for block in dates {
      let block = document[block]
      guard block.hit(.source) == nil, let text = BylineText.byline(in: block, language: document.language)
      else { continue }
      let words = FieldText.spaced(text)
      // "8 participants, last post by Ann" names somebody else's part.
      if document.form == .html, text.split(separator: " ").count > Self.longestDated || namesSource(text) {
        continue
      }
      if names.contains(where: { FieldText.holds(words, $0) }) {
        return Found(text: text, origin: origin(block))
      }
    }
    return nil
  }

  /// "3 May 2024 Ann Smith News, Region 0 comments": in a long line of the head the author's name alone is the byline.
  private func named(among authors: [String]) -> Found? {
    guard document.form == .html, bylines.isEmpty else { return nil }
    for line in dates where line < bodyEnd {
      let block = document[line]
      if let name = authors.first(where: { $0.contains(" ") && FieldText.holds(block.text, $0) }) {
        return Found(text: name, origin: origin(block))
      }
    }
    return nil
  }

  /// "Source: Northern Wire".
  private func namesSource(_ text: String) -> Bool {
    text.firstIndex(of: ":").map { TextTools.phrases.isPhrase(String(text[..<$0]), of: [.source]) } ?? false
  }

  /// Words of a byline beside a date on a page with markup.
  private static let longestDated = 5

  /// The first line that looks like a byline, whomever it names: agencies sign too.
  var firstByline: String? { bylines.first?.text }

  /// "Ann Smith 2": a number of comments behind the name.
  private func withoutCount(_ text: String) -> String {
    let words = text.split(separator: " ")
    guard words.count > 1, let last = words.last, last.utf8.allSatisfy({ $0.isASCIIDigit }) else {
      return text
    }
    return words.dropLast().joined(separator: " ")
  }

  private mutating func addSource(_ block: Block, _ verdict: Verdict) {
    guard agency == nil else { return }
    guard let label = verdict.deciding, case .text(let marker) = label.evidence else {
      if isInArticle(block.id) { agency = block.text }
      return
    }
    let rest = block.text(marker.upperBound..<block.utf8.count)
    let name = String(rest.drop { $0 == " " || $0 == ":" || $0 == "\u{A0}" || $0 == "：" })
    // The label alone, above the name; or the title that the text bore where it comes from.
    guard !name.isEmpty, block.words <= Self.longestSource else { return }
    // "Source code: …"
    if let first = name.unicodeScalars.first, FieldText.isSmall(first), name.contains(":") { return }
    agency = name
  }

  /// "BETA" in the menu above the headline and "Uni" among the topics far below are agencies' names, too.
  private func isInArticle(_ block: Int) -> Bool {
    guard document.form == .html else { return true }
    return headline.map { block > $0 } ?? true && block <= bodyEnd + Self.belowBody
  }

  /// Blocks below the body in which an agency signs.
  private static let belowBody = 6

  /// Whether a tag stands by the article or among others. Teasers below have tags of their own.
  private func isListed(_ index: Int, _ verdicts: [Verdict]) -> Bool {
    guard document.form == .html, verdicts[index].deciding?.reason == .tagsMarkup,
      verdicts[index].block > bodyEnd + Self.belowText
    else { return true }
    let block = document[verdicts[index].block]
    return block.measures.links > 1 || block.utf8.contains(0x2C)
      || index > 0 && verdicts[index - 1].role == .tags
      || index + 1 < verdicts.count && verdicts[index + 1].role == .tags
  }

  /// Blocks below the body in which a tag may stand alone.
  private static let belowText = 8

  private mutating func addTags(_ block: Block) {
    var text = block.text
    if let links = document.storage.linkTexts[block.id] {
      for link in links { addTag(link) }
    } else if let hit = block.hit(.tags) {
      guard hit.range.upperBound + 1 < block.utf8.count else { return }
      text = block.text(hit.range.upperBound..<block.utf8.count)
      // "Tags #Sea #Salt", "Tags Sea, Salt"
      let separators = FieldText.holds(text, " #") ? "#,;|" : ",;|·،、"
      for part in text.split(whereSeparator: { separators.contains($0) }) { addTag(String(part)) }
    } else if FieldText.holds(text, " #") || text.hasPrefix("#") {
      for part in text.split(separator: "#") { addTag(String(part)) }
    } else {
      addTag(text)
    }
  }

  private mutating func addTag(_ text: String) {
    let tag = FieldText.trimmed(text, of: [" ", ":", "#", "•", ",", "："])
    if !tag.isEmpty, !tags.contains(tag) { tags.append(tag) }
  }
}
