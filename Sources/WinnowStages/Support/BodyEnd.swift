import WinnowCore
import WinnowText

/// What the content score keeps below an article's last sentence, since it reads like the article: who the author is,
/// what readers are asked for, whose rights it is.
///
/// Looked at only from the last kept block upwards, and only on pages with markup.
struct BodyEnd {
  private let document: Document
  /// The authors that the page declares, and names in its bylines: hashes of two words or more.
  private let names: [ArraySlice<UInt64>]
  /// Those of them that the page types as people.
  private let people: [ArraySlice<UInt64>]

  typealias Finding = (role: Role, reason: Reason, evidence: Evidence)

  private static let byline: RoleSet = [.byline]
  /// Words of a line that names an author.
  private static let longestByline = 14
  /// Words of a name.
  private static let name = 2...5

  init(_ document: Document, _ ledger: Ledger) {
    self.document = document
    guard document.form == .html else {
      (names, people) = ([], [])
      return
    }
    let declared = document.declared(.author).map { (WordHashes.of($0.value)[...], $0.type == "Person") }
      .filter { BodyEnd.name.contains($0.0.count) }
    var names = declared.map(\.0)
    for index in document.indices where ledger.isLed(index, by: BodyEnd.byline) {
      let words = document[index].wordHashes
      // Characters of scripts without spaces are words of their own.
      guard words.count <= BodyEnd.longestByline, document[index].utf8.first.map({ $0 < 0xE0 }) == true else {
        continue
      }
      for start in words.indices.dropLast() { names.append(words[start...start + 1]) }
    }
    self.names = names
    people = declared.filter(\.1).map(\.0)
  }

  /// What the last kept block is, if it is none of the text.
  func finding(_ index: Int) -> Finding? {
    guard document.form == .html else { return nil }
    let block = document[index]
    if block.kind == .heading, let range = openingNotice(block) {
      return (.footer, .leftoverFooter, .text(range))
    }
    guard block.kind == .paragraph || block.kind == .listItem else { return nil }
    if isBiography(block) { return (.authorBio, .leftoverBiography, .none) }
    if let range = request(block) { return (.promotion, .leftoverInvitation, .text(range)) }
    if let range = notice(block) { return (.footer, .leftoverFooter, .text(range)) }
    return nil
  }

  // MARK: - Pointers

  private static let pointers: Set<PhraseSection> = [.related, .readMore, .mostRead, .latest]
  /// Words of the line over links to other stories.
  private static let longestOpener: Int32 = 6
  /// Links below such a line.
  private static let mostLinks = 12

  /// "Read also:" over lines that are links and nothing else, down to the end; asked from the last of them upwards.
  func isPointer(_ index: Int, _ ledger: Ledger) -> Bool {
    guard document.form == .html else { return false }
    if isOpener(index) {
      let m = document.rows[index].measures
      // Whatever it headed is gone: "What to read next...", "Up next".
      if m.kind == .heading || m.flags.contains(.endsColon) { return true }
      return index + 1 < document.count && ledger.isLed(index + 1, by: BodyEnd.others)
    }
    if isPointingSentence(index) { return true }
    guard isLink(index) else { return false }
    if opensWithArrow(index) { return true }
    var line = index
    while line > 0, index - line <= BodyEnd.mostLinks {
      line -= 1
      if isOpener(line) { return true }
      guard isLink(line) || !ledger.isLed(line, by: .body) else { return false }
    }
    return false
  }

  private static let others: RoleSet = [.relatedLinks, .readMore, .mostRead]

  /// Words of a pointer that is a sentence.
  private static let longestPointer = 45

  /// "More: The ferry will stop for a week from Monday, as its engine must be mended.", with a link.
  private func isPointingSentence(_ index: Int) -> Bool {
    let block = document[index]
    guard block.kind == .paragraph, block.measures.links > 0, block.words <= BodyEnd.longestPointer,
      let hit = block.hit(.readMore, .start)
    else { return false }
    let text = block.utf8.dropFirst(max(0, hit.range.upperBound - 1))
    return text.prefix(2).contains(0x3A) && text.count > 3
  }

  /// "> Why the river turned green": a sign that points, before a link.
  private func opensWithArrow(_ index: Int) -> Bool {
    let text = document[index].utf8
    return document.rows[index].measures.kind == .paragraph
      && Self.arrows.contains { text.starts(with: $0) && text.dropFirst($0.count).first == 0x20 }
  }

  /// Greater-than, guillemet, arrow, pointer, triangle.
  private static let arrows: [[UInt8]] = [
    [0x3E], [0xC2, 0xBB], [0xE2, 0x86, 0x92], [0xE2, 0x96, 0xBA], [0xE2, 0x96, 0xB6],
  ]

  private func isOpener(_ index: Int) -> Bool {
    let m = document.rows[index].measures
    guard m.words <= BodyEnd.longestOpener, m.linkCharacters == 0 else { return false }
    return document[index].hits.contains {
      BodyEnd.pointers.contains($0.section) && ($0.anchor == .whole || $0.anchor == .start)
    }
  }

  private func isLink(_ index: Int) -> Bool {
    let row = document.rows[index]
    return row.measures.words >= 3 && row.linkDensity > 0.8 && row.measures.kind != .heading
      && row.measures.kind != .code && row.measures.kind != .tableRow
  }

  // MARK: - Biographies

  private static let biography = 6...110
  /// Words of a line about how to reach the author.
  private static let longestContact = 60

  /// "Ann Smith is a reporter in Lowmere.", "Email Ann Smith at …".
  private func isBiography(_ block: Block) -> Bool {
    let words = block.wordHashes
    guard BodyEnd.biography.contains(words.count), let name = names.first(where: words.starts) else {
      guard words.count <= BodyEnd.longestContact, block.hit(.authorBio) != nil else { return false }
      return names.contains { words.holds($0) }
    }
    // "Ann Smith: And then?" is a turn of a conversation.
    let opening = block.text.split(separator: " ", maxSplits: 5).prefix(name.count)
    guard opening.allSatisfy({ $0.last != ":" && $0.first?.isLowercase == false }) else { return false }
    return block.hit(.authorBio) != nil || block.hit(.role) != nil
      || words.first.map(GivenNames.contains) == true
      || people.contains(where: words.starts)
  }

  // MARK: - Requests

  /// Words of a line that asks for tips or opens with a question.
  private static let longestQuestion = 60
  private static let longestTip = 40
  /// The same where two phrases ask.
  private static let longestRequest = 70
  /// A phrase, in bytes, that says enough beside a question or another phrase.
  private static let fewestBytes = 8
  /// The same that says enough alone in a short line.
  private static let longPhrase = 28

  private static let requests: Set<PhraseSection> = [.newsletter, .app, .follow, .paywall]

  /// Words of an invitation among the text's paragraphs.
  private static let longestInvitation = 45

  /// "Want more stories in your inbox? Subscribe to our weekly newsletter.", with a link, anywhere in an article's text.
  func invitation(_ block: Block) -> Range<Int>? {
    guard block.words <= BodyEnd.longestInvitation, block.measures.links > 0,
      let hit = block.hits.first(where: {
        ($0.section == .newsletter || $0.section == .app) && $0.range.count >= BodyEnd.fewestBytes
      }), let question = firstQuestion(block), question.lowerBound == 0
    else { return nil }
    return hit.range
  }

  /// "Got a tip? Write to …", "Want more? Sign up for …", "Get the news delivered … Follow us on …".
  private func request(_ block: Block) -> Range<Int>? {
    let words = Int(block.words)
    guard words <= BodyEnd.longestRequest else { return nil }
    let question = firstQuestion(block)
    if words <= BodyEnd.longestTip, let question, holdsAddress(block) { return question }
    let hits = block.hits.filter {
      BodyEnd.requests.contains($0.section) && $0.range.count >= BodyEnd.fewestBytes
    }
    guard let first = hits.first else { return nil }
    if let question, question.lowerBound == 0, words <= BodyEnd.longestQuestion { return first.range }
    if words <= BodyEnd.longestTip, first.range.count >= BodyEnd.longPhrase { return first.range }
    return hits.contains { !$0.range.overlaps(first.range) } ? first.range : nil
  }

  /// The first sentence that asks.
  private func firstQuestion(_ block: Block) -> Range<Int>? {
    let text = Array(block.utf8)
    // Of Latin, Greek, Arabic and East Asian scripts.
    guard
      let end = text.indices.first(where: {
        text[$0] == 0x3F || text[$0] == 0x3B && $0 > 1 && text[$0 - 1] >= 0x80
          || $0 + 1 < text.count && text[$0] == 0xD8 && text[$0 + 1] == 0x9F
          || $0 + 2 < text.count && text[$0] == 0xEF && text[$0 + 1] == 0xBC && text[$0 + 2] == 0x9F
      })
    else { return nil }
    let start = text[..<end].lastIndex { $0 == 0x2E || $0 == 0x21 }.map { $0 + 1 } ?? 0
    return start..<end
  }

  /// Nothing but an e-mail address.
  static func isAddress(_ block: Block) -> Bool {
    let text = block.utf8
    guard text.count <= 80, let at = text.firstIndex(of: 0x40), at > text.startIndex else { return false }
    return !text.contains(0x20) && text[at...].contains(0x2E)
  }

  private func holdsAddress(_ block: Block) -> Bool {
    let text = block.utf8
    guard let at = text.firstIndex(of: 0x40), at > text.startIndex else { return false }
    let (before, behind) = (text[text.index(before: at)], text[text.index(after: at)...])
    let domain = behind.prefix { $0 != 0x20 }
    return before != 0x20 && domain.dropLast().contains(0x2E)
  }

  // MARK: - Rights

  /// "Copyright © 2012 Harbour Daily. All rights reserved; …" however long; "(Copyright (c) 2012 …".
  private func notice(_ block: Block) -> Range<Int>? {
    let isSpelled = block.withUTF8(BodyEnd.opensWithCopyright)
    guard isSpelled || block.flags.contains(.hasCopyright), let hit = block.hit(.footer),
      hit.range.count >= BodyEnd.fewestBytes
    else { return nil }
    return isSpelled || block.text(0..<BodyEnd.noticeReach).contains("\u{A9}") ? hit.range : nil
  }

  private static let spelling = Array("copyright (c)".utf8)

  private static func opensWithCopyright(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = text.first == 0x28 ? 1 : 0
    return text.count >= start + spelling.count
      && zip(text[start...], spelling).allSatisfy { $0 == $1 || $0 | 0x20 == $1 }
  }

  /// "<저작권자ⓒ…>", "© Harbour Daily": a notice that is marked up as a heading.
  private func openingNotice(_ block: Block) -> Range<Int>? {
    let text = block.text(0..<BodyEnd.noticeReach)
    guard text.contains("\u{A9}") || text.contains("\u{24D2}") else { return nil }
    return block.hits.first { $0.section == .footer && $0.anchor == .start && $0.range.lowerBound <= 2 }?
      .range
  }

  /// Bytes before the sign: "All data without guarantee. Copyright ©".
  private static let noticeReach = 60
}
