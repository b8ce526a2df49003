internal import WinnowCore

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
  /// A tar or zip file of pages.
  case archive
  /// A list of failed inputs, as `--errors` writes it.
  case errors

  /// The format that a file's name tells, `.gz` and `.zst` aside.
  package static func named(_ path: InputPath) -> InputFormat? {
    let name = path.inflatedName
    if archiveEndings.contains(where: { InputPath.ends(name, with: $0) }) { return .archive }
    let endings: [(InputFormat, [String])] = [
      (.warc, [".warc", ".wet"]), (.jsonl, [".jsonl", ".ndjson"]), (.html, [".html", ".htm", ".xhtml"]),
      (.text, [".txt", ".md", ".text"]),
    ]
    return endings.first { $0.1.contains { InputPath.ends(name, with: $0) } }?.0
  }

  /// What the names of tar and zip files end with. Their bytes do not tell: documents of word processors are zip files
  /// too.
  static let archiveEndings = [".zip", ".tar", ".tgz", ".tzst", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"]

  /// Whether ``guess(_:isWhole:)`` has seen enough of an input.
  package static func isEnough(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
    switch sample.first(where: { !$0.isASCIISpace }) {
    case 0x7B: sample.contains(0x0A)
    case 0x3C: sample.count >= markdownReach
    default: sample.count >= tagReach
    }
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
    let start = sample.dropFirst(mark).prefix(markdownReach)
      .drop { $0.isASCIISpace || $0 == 0 }.filter { $0 != 0 }
    let head = Array(start.prefix(tagReach))
    guard opensMarkup(head) || TagCensus(head).isMarkup else { return .text }
    // What does not open with a tag is judged by its head alone: no more of it may have come yet.
    return MarkdownSigns(start.first == 0x3C ? start : head).areMarkdown ? .text : .html
  }

  /// Bytes in which tags are looked for.
  private static let tagReach = 4096
  /// Bytes in which Markdown is looked for behind a tag: menus of nothing but boxes can be long.
  private static let markdownReach = 32_768
  /// Byte order marks.
  private static let marks: [[UInt8]] = [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]]
  private static let openings = ["!doctype", "html", "head", "body", "div", "p"]

  /// The format that a first line in JSON tells.
  private static func lineFormat(
    _ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool, fields: JSONFields
  ) -> InputFormat? {
    guard let start = sample.firstIndex(where: { !$0.isASCIISpace }), sample[start] == 0x7B else {
      return nil
    }
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
      let isNamed = zip(rest, name.utf8).allSatisfy { $0.asciiSmall == $1 }
      guard isNamed else { return false }
      guard let following = rest.dropFirst(name.utf8.count).first else { return true }
      return following == 0x3E || following == 0x2F || following.isASCIISpace
    }
  }
}

/// The tags at the start of an input: markup, or text that talks of markup.
private struct TagCensus {
  private var tags = 0
  /// Tags that close an element or carry an attribute: quoted ones are mostly bare.
  private var telling = 0
  private var tagBytes = 0
  private var allBytes = 0
  private var opensWithTag = false

  /// Whether the bytes read as markup. A text that opens with a tag has few others only if it is about tags;
  /// one that opens with words must be full of them: a tutorial quotes a tag here and there.
  var isMarkup: Bool {
    if opensWithTag { return tags >= 2 && telling > 0 && tagBytes * 25 >= allBytes }
    return tags >= 5 && telling * 3 >= tags && tagBytes * 12 >= allBytes
  }

  init(_ bytes: [UInt8]) {
    allBytes = bytes.count
    var index = 0
    var isQuoted = false
    var isFenced = false
    var isLineStart = true
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x60 {
        // Markdown's code, in a line or fenced.
        if isLineStart, bytes[index...].starts(with: [0x60, 0x60, 0x60]) {
          isFenced.toggle()
          index += 3
          continue
        }
        isQuoted.toggle()
      } else if byte == 0x0A {
        isQuoted = false
      } else if byte == 0x3C, !isQuoted, !isFenced, let end = tag(bytes, index) {
        if index == 0 { opensWithTag = true }
        tags += 1
        tagBytes += end - index
        index = end
        isLineStart = false
        continue
      }
      isLineStart = byte == 0x0A
      index += 1
    }
  }

  /// The end of the tag or comment that opens at `start`, if one does.
  private mutating func tag(_ bytes: [UInt8], _ start: Int) -> Int? {
    var index = start + 1
    let isClosing = index < bytes.count && bytes[index] == 0x2F
    if isClosing { index += 1 }
    let nameStart = index
    while index < bytes.count, index - nameStart < 12, bytes[index].isASCIILetterOrDigit { index += 1 }
    let name = String(decoding: bytes[nameStart..<index], as: UTF8.self).lowercased()
    guard TagCensus.names.contains(name), index < bytes.count else { return nil }
    guard bytes[index] == 0x3E || bytes[index] == 0x2F || bytes[index].isASCIISpace else {
      return nil
    }
    var hasAttribute = false
    while index < bytes.count, index - start < 2000, bytes[index] != 0x3C {
      if bytes[index] == 0x3D { hasAttribute = true }
      if bytes[index] == 0x3E {
        if isClosing || hasAttribute { telling += 1 }
        return index + 1
      }
      index += 1
    }
    return nil
  }

  private static let names: Set<String> = [
    "a", "article", "aside", "b", "blockquote", "br", "button", "center", "dd", "div", "dl", "dt", "em",
    "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i",
    "iframe", "img", "input", "li", "link", "main", "meta", "nav", "noscript", "ol", "option", "p", "pre",
    "script", "section", "select", "small", "span", "strong", "style", "svg", "table", "tbody", "td", "th",
    "thead", "time", "title", "tr", "ul", "video",
  ]
}
