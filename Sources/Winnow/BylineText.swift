import WinnowCore
import WinnowText

/// Cuts a byline out of a line that holds more: "By Ann Smith 6:15am, 11 March 2025 4 min read".
enum BylineText {
  /// Sections whose phrases are no part of a byline.
  private static let foreign: Set<PhraseSection> = [
    .published, .updated, .readingTime, .engagement, .source, .comments, .share, .credit, .follow,
  ]

  /// The part of the block that is the byline, as written; `nil` when nothing with a letter is left.
  static func byline(in block: Block, language: String?) -> String? {
    // "By Reuters": the name is a label of its own.
    if block.words <= 4, block.measures.digits == 0, block.hit(.byline, .start) != nil {
      return text(block, 0..<block.utf8.count)
    }
    let parts = parts(of: block, language: language)
    let marker = block.hit(.byline)?.range.lowerBound
    if let marker, let part = parts.first(where: { $0.contains(marker) }) { return text(block, part) }
    let texts = parts.compactMap { text(block, $0) }
    // "Posted on … by Ann Smith": small words between label and date are no name.
    let named = texts.first { text in
      text.unicodeScalars.contains { $0.properties.isAlphabetic && !$0.properties.isLowercase }
    }
    return named ?? texts.first
  }

  /// The byline as names are looked for in it: dots of formulas part like bars, and a dot between the
  /// byline's word and the name ("記者・三枝") is no part of the name.
  static func names(in block: Block, language: String?) -> String? {
    var text = byline(in: block, language: language) ?? block.text
    if let hit = block.hit(.byline), hit.range.upperBound < block.utf8.count {
      let rest = block.text(hit.range.upperBound..<block.utf8.count)
      if rest.hasPrefix("\u{30FB}"), text.hasSuffix(rest) { text = String(rest.dropFirst()) }
    }
    // "Ann Smith ⋅ Editor"
    guard text.utf8.contains(0x8B) else { return text }
    return String(text.map { $0 == "\u{22C5}" ? "|" : $0 })
  }

  /// What follows a label, up to the next label or date.
  static func rest(of block: Block, after hit: PhraseHit, language: String?) -> String? {
    // Agencies' names are credits too, but here they are what is looked for.
    parts(of: block, language: language, cutting: foreign.subtracting([.credit]))
      .first { $0.lowerBound >= hit.range.upperBound }
      .flatMap { text(block, $0) }
  }

  /// The ranges between dates and foreign labels.
  private static func parts(
    of block: Block, language: String?, cutting sections: Set<PhraseSection> = foreign
  ) -> [Range<Int>] {
    var cuts = block.hits.filter {
      sections.contains($0.section) && !isSmallWord($0, in: block) && !isShared($0, in: block)
    }.map(\.range)
    if block.measures.digits > 0 {
      cuts += block.withUTF8 { TextTools.dates.mentions(in: $0, language: language, limit: 4) }.map(\.range)
      cuts += block.withUTF8(times)
    }
    cuts.sort { $0.lowerBound < $1.lowerBound }
    var parts: [Range<Int>] = []
    var start = 0
    for cut in cuts {
      if cut.lowerBound > start { parts.append(start..<cut.lowerBound) }
      start = max(start, cut.upperBound)
    }
    let end = block.utf8.count
    if start < end { parts.append(start..<end) }
    return parts
  }

  /// Whether an agency's initials are written small, and so are none: "Gwilym ap Rhys".
  private static func isSmallWord(_ hit: PhraseHit, in block: Block) -> Bool {
    hit.range.count <= 3 && hit.section == .credit
      && isSmall(block.text(hit.range))
  }

  /// "Par Maëlle Kervadec avec AFP": an agency's initials behind a small word are a part of the byline.
  private static func isShared(_ hit: PhraseHit, in block: Block) -> Bool {
    guard hit.section == .credit, hit.range.count <= 5, let marker = block.hit(.byline, .start),
      hit.range.lowerBound > marker.range.upperBound + 1
    else { return false }
    let before = block.text(marker.range.upperBound..<hit.range.lowerBound).split(separator: " ")
    guard before.count >= 3, let last = before.last, last.utf8.count <= 5 else { return false }
    return isSmall(last)
  }

  private static func isSmall(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { $0.isASCIISmall }
  }

  /// Times of day that stand apart from their date: "6:15am, Tuesday".
  private static func times(_ text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    func isDigit(_ index: Int) -> Bool { index < text.count && text[index].isASCIIDigit }
    var found: [Range<Int>] = []
    for index in text.indices
    where text[index] == 0x3A && index > 0 && isDigit(index - 1) && isDigit(index + 1) {
      var start = index
      while start > 0, isDigit(start - 1) { start -= 1 }
      var end = index + 1
      while isDigit(end) { end += 1 }
      // am, pm
      if end + 1 < text.count, text[end + 1] | 0x20 == 0x6D,
        text[end] | 0x20 == 0x61 || text[end] | 0x20 == 0x70
      {
        end += 2
      }
      found.append(start..<end)
    }
    return found
  }

  private static func isEdge(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", ",", "|", "•", "·", "-", "–", "—", ":", "/", "(", "\u{A0}", "：", "⋅", "»": true
    default: false
    }
  }

  /// Letters and spaces only, so that no sign is cut off.
  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= 2, bytes[0] != 0x20, bytes[bytes.count - 1] != 0x20 else { return false }
    var letters = 0
    for byte in bytes {
      if byte.isASCIILetter { letters += 1 } else if byte != 0x20 { return false }
    }
    return letters >= 2
  }

  /// "By Ann Smith \u{2022} Published", "By Ann Smith on": without the label of the date that was cut off behind it, and
  /// without small words, with which no name ends.
  private static func withoutLabel(_ line: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
    var text = line
    // A label and its small word, at most.
    for _ in 0..<2 {
      guard let start = labelStart(in: text) else { break }
      text = text[..<start]
      while let last = text.last, isEdge(last) || last == "." { text.removeLast() }
    }
    // "Posted on": nothing but the label.
    return text.contains(" ") ? text : line
  }

  /// "Ann Smith No Comments": without the counter that closes the line.
  private static func withoutComments(_ line: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
    guard let space = line.lastIndex(of: " "), let before = line[..<space].lastIndex(of: " "),
      before > line.startIndex
    else { return line }
    guard TextTools.phrases.isPhrase(String(line[line.index(after: before)...]), of: counters) else {
      return line
    }
    var text = line[..<before]
    while let last = text.last, isEdge(last) { text.removeLast() }
    return text
  }

  private static let counters: Set<PhraseSection> = [.comments, .commentAction, .engagement]

  /// "Ann Smith 7 days ago", "Ann Smith Follow": without how old the article is, and the button behind.
  private static func withoutAge(
    _ line: Substring.UnicodeScalarView, _ block: Block
  ) -> Substring.UnicodeScalarView {
    let hasAge = Substring(line).utf8.suffix(longestAge).contains { $0.isASCIIDigit }
    var start = line.endIndex
    // Flat text has words of other lines there, too.
    let hasButton = block.storage.form == .html
    guard hasAge || hasButton else { return line }
    for words in 1...(hasAge ? mostOfAge : 1) {
      guard let space = line[..<start].lastIndex(of: " "), space > line.startIndex else { return line }
      start = space
      let tail = line[line.index(after: space)...]
      let isAge = words > 1 && tail.contains { $0.value &- 0x30 < 10 }
      guard isAge || words == 1 && hasButton else { continue }
      if TextTools.phrases.isPhrase(String(tail), of: words == 1 ? buttons : ages) {
        var text = line[..<space]
        while let last = text.last, isEdge(last) { text.removeLast() }
        // What is left must be a name: "By Follow".
        return text.contains(" ") ? text : line
      }
    }
    return line
  }

  private static let mostOfAge = 4
  /// In bytes.
  private static let longestAge = 32
  private static let ages: Set<PhraseSection> = [.furniture]
  private static let buttons: Set<PhraseSection> = [.follow]

  /// Where a label of one or two words begins that ends a line.
  private static func labelStart(in text: Substring.UnicodeScalarView) -> String.Index? {
    guard let space = text.lastIndex(of: " ") else { return nil }
    let word = text[text.index(after: space)...]
    if word.count <= 4, word.allSatisfy(FieldText.isSmall) { return space }
    if let before = text[..<space].lastIndex(of: " "),
      TextTools.phrases.isPhrase(String(text[text.index(after: before)...]), of: dateLabels)
    {
      return before
    }
    return TextTools.phrases.isPhrase(String(word), of: dateLabels) ? space : nil
  }

  private static let dateLabels: Set<PhraseSection> = [.published, .updated]

  /// The part without separators at its edges; `nil` without two letters.
  private static func text(_ block: Block, _ part: Range<Int>) -> String? {
    var whole = block.text(part)
    if whole.withUTF8(isPlain) {
      return part.upperBound < block.utf8.count
        ? whole : String(withoutAge(withoutComments(whole.unicodeScalars[...]), block))
    }
    var text = whole.unicodeScalars[...]
    while let first = text.first, isEdge(first) { text.removeFirst() }
    while text.last == " " || text.last == "\u{A0}" { text.removeLast() }
    // "By Ann Smith Published: 3 May": a word with a colon just before a cut is the label of what follows.
    if text.last == ":", part.upperBound < block.utf8.count, let space = text.lastIndex(of: " ") {
      // "Ann NorrisPublished:": a label that a converter glued to the name leaves the name.
      text = text[..<(FieldText.glueCapitals(in: text[text.index(after: space)...], behind: 2).last ?? space)]
    }
    while let last = text.last, isEdge(last) { text.removeLast() }
    text =
      part.upperBound < block.utf8.count
      ? withoutLabel(withoutAge(text, block)) : withoutAge(withoutComments(text), block)
    // "(Place - Outlet)", whose first bracket is gone.
    if text.last == ")", !text.contains("(") { text.removeLast() }
    var letters = 0
    for scalar in text where scalar.isASCII ? FieldText.isLetter(scalar) : scalar.properties.isAlphabetic {
      letters += 1
      if letters == 2 { return String(text) }
    }
    return nil
  }
}
