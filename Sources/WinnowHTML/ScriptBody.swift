import WinnowCore
import WinnowText

/// The article's text in what a page hands to its scripts: `__NEXT_DATA__`, `window.__PRELOADED_STATE__ = {…}`, and what
/// ``FlightData`` reads.
///
/// Such data holds teasers, menus and legal lines as well, so a text counts only inside an object that bears the
/// page's title.
package struct ScriptBody {
  /// Word hashes of what the page declares as its title, the site's name and all.
  private let titles: [[UInt64]]
  private var seen = 0

  private static let fewestWords = 50
  private static let fewestTitleWords = 3
  private static let mostNodes = 50_000
  private static let mostDepth = 24
  /// How far into a script the value that it assigns may begin, in bytes.
  private static let reach = 400

  private init(titles: [String]) {
    self.titles = titles.map { WordHashes.of($0) }.filter { $0.count >= Self.fewestTitleWords }
  }

  /// The longest text of an object that bears one of the titles, a paragraph a line; `nil` if there is none.
  package static func find(in scripts: [[UInt8]], titles: [String]) -> String? {
    var search = ScriptBody(titles: titles)
    guard !search.titles.isEmpty else { return nil }
    var best: (words: Int, text: String)?
    for value in FlightData.values(of: scripts) { search.look(in: value, depth: 0, &best) }
    for script in scripts where !script.withUnsafeBufferPointer(FlightData.isPiece) {
      guard let start = start(of: script) else { continue }
      for document in documents(in: script[start...]) { search.look(in: document, depth: 0, &best) }
    }
    return best?.text
  }

  /// Where a script's data begins: at once, or behind an equals sign near its start.
  private static func start(of script: [UInt8]) -> Int? {
    func opens(_ index: Int) -> Bool { script[index] == 0x7B || script[index] == 0x5B }
    var index = 0
    func skipSpaces() {
      while index < script.count, script[index] <= 0x20 { index += 1 }
    }
    skipSpaces()
    if index < script.count, opens(index) { return index }
    while let sign = script[index...].prefix(reach).firstIndex(of: 0x3D) {
      index = sign + 1
      skipSpaces()
      let call = Array("JSON.parse(".utf8)
      if script[index...].starts(with: call) { index += call.count }
      if index < script.count, opens(index) || script[index] == 0x22 { return index }
    }
    return nil
  }

  private static func documents(in data: ArraySlice<UInt8>) -> [JSONValue] {
    guard data.first == 0x22, let end = data.lastIndex(of: 0x22) else {
      return JSONValue.documents(in: Array(data))
    }
    // `JSON.parse("…")`: a string that holds the data.
    let text = JSONValue.documents(in: [0x5B] + data[...end] + [0x5D]).first?.elements.first?.text
    return text.map { JSONValue.documents(in: Array($0.utf8)) } ?? []
  }

  // MARK: The object with the title

  private mutating func look(in value: JSONValue, depth: Int, _ best: inout (words: Int, text: String)?) {
    seen += 1
    guard seen < Self.mostNodes, depth < Self.mostDepth else { return }
    switch value {
    case .array(let elements):
      for element in elements { look(in: element, depth: depth + 1, &best) }
    case .object(let members):
      if bearsTitle(members) {
        for member in members where Self.mayHoldText(member.name) {
          let text = Self.paragraphs(Self.texts(member.value, depth: 0)).joined(separator: "\n")
          let words = WordHashes.of(text).count
          if words >= Self.fewestWords, words > best?.words ?? 0 { best = (words, text) }
        }
      }
      for member in members { look(in: member.value, depth: depth + 1, &best) }
    default: break
    }
  }

  private func bearsTitle(_ members: [JSONValue.Member]) -> Bool {
    members.contains { Self.titleKeys.contains($0.name) && isTitle($0.value) }
  }

  private func isTitle(_ named: JSONValue) -> Bool {
    let texts = [named.text, named["basic"]?.text, named["rendered"]?.text, named["default"]?.text]
    return texts.contains { text in
      guard let text, text.utf8.count <= 600 else { return false }
      let words = WordHashes.of(text)
      return words.count >= Self.fewestTitleWords && titles.contains { $0.starts(with: words) }
    }
  }

  private static let titleKeys = ["headline", "title", "name", "headlines"]

  // MARK: Its text

  private static let foreign = [
    "relat", "recommend", "comment", "author", "footer", "header", "nav", "menu", "teaser", "promo", "seo",
    "meta", "caption", "image", "video", "media", "ads", "tag", "breadcrumb", "newsletter", "popular",
    "byline",
  ]

  /// Whether a member of that name may lead to the article's text.
  private static func mayHoldText(_ name: String) -> Bool {
    let name = name.lowercased()
    return name != "ad" && !foreign.contains { name.contains($0) }
  }

  private static let textKeys = ["content", "text", "value", "html", "body", "rendered"]

  /// The texts of a value in order, a paragraph or a piece of markup each.
  private static func texts(_ value: JSONValue, depth: Int) -> [String] {
    guard depth < mostDepth else { return [] }
    switch value {
    case .string(let text): return text.utf8.contains(0x20) ? [text] : []
    case .array(let elements):
      if elements.contains(where: isInline) {
        return [elements.flatMap { inline($0, depth: depth + 1) }.joined()]
      }
      return elements.flatMap { texts($0, depth: depth + 1) }
    case .object(let members):
      // A piece of the type "header" is a heading.
      if let type = kind(value), type != "header", !mayHoldText(type) { return [] }
      for key in textKeys {
        if let member = value[key], case .string = member { return texts(member, depth: depth + 1) }
      }
      return members.filter { mayHoldText($0.name) }.flatMap { member -> [String] in
        switch member.value {
        case .array, .object: texts(member.value, depth: depth + 1)
        default: []
        }
      }
    default: return []
    }
  }

  private static func kind(_ value: JSONValue) -> String? {
    (value["_type"] ?? value["nodeType"] ?? value["type"] ?? value["__typename"])?.text
  }

  /// Whether a value is a run of words within a paragraph, as editors store them: `{"text": "…", "bold": true}`.
  private static func isInline(_ value: JSONValue) -> Bool {
    guard case .object = value, value["text"] != nil || value["value"] != nil else { return false }
    return value["marks"] != nil || value["_type"]?.text == "span" || value["nodeType"]?.text == "text"
      || kind(value) == nil
  }

  private static func inline(_ value: JSONValue, depth: Int) -> [String] {
    if let text = (value["text"] ?? value["value"])?.text { return [text] }
    return texts(value, depth: depth)
  }

  /// The blocks of each text that holds markup, captions aside, the lines of others.
  private static func paragraphs(_ texts: [String]) -> [String] {
    texts.flatMap { text -> [String] in
      guard text.utf8.contains(0x3C) || text.utf8.contains(0x26) else {
        return text.split(separator: "\n").map { String($0) }
      }
      guard let (raw, _) = try? HTMLReader().scan(Array(text.utf8)) else { return [] }
      var builder = DocumentBuilder()
      let document = builder.build(raw)
      return document.indices.compactMap { index in
        let block = document[index]
        let isCaption = block.kind == .figureCaption || !block.marks.isDisjoint(with: captions)
        return isCaption || block.withUTF8(isPlaceholder) ? nil : block.text
      }
    }
  }

  private static let captions: MarkupMarks = [.figcaption, .captionToken, .creditToken]

  /// `$$ADVERT$$`, `[[gallery-2]]`, `{{ player }}`: where an editor's program puts something in.
  private static func isPlaceholder(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= 5, text.count <= longestPlaceholder, let first = text.first, let last = text.last
    else { return false }
    let isClosed =
      switch first {
      case 0x24, 0x25, 0x23, 0x40: last == first
      case 0x5B: last == 0x5D
      case 0x7B: last == 0x7D
      default: false
      }
    return isClosed && text[1] == first && text[text.count - 2] == last
  }

  private static let longestPlaceholder = 60
}
