import WinnowCore
import WinnowText

/// The site's name in flat text, which declares none: a short line of the page's head that the copyright
/// line repeats.
enum SiteNameText {
  /// How many blocks from the top a repeated line is the site's name.
  private static let topLines = 3
  /// Blocks from the top that may hold the name, where no headline tells where the head ends.
  private static let reach = 30
  private static let longest = 60

  /// The site's name as the record gives it: how the page writes what its address says, else what its notice of
  /// copyright repeats. Of lines that merely stand on a page several times one in seven was the name; the others were
  /// headings of boxes, places and people.
  static func publisher(in document: Document, _ verdicts: [Verdict]) -> String? {
    guard document.form == .flatText else { return nil }
    if let name = document.url.flatMap({ SiteNameOfHost(url: $0) })?.find(in: document) { return name }
    // "© REUTERS / HEALTH MINISTRY" under a picture, "Email: Connect:".
    let noticed = find(in: document, verdicts).flatMap { $0.contains(":") || $0.hasPrefix("©") ? nil : $0 }
    return noticed ?? verdicts.prefix(topLines).first { $0.role == .siteName }.map { document[$0.block].text }
  }

  /// The name as it stands in the page's head; `nil` in a page with markup, or where nothing repeats it.
  static func find(in document: Document, _ verdicts: [Verdict]) -> String? {
    guard document.form == .flatText else { return nil }
    let notices = document.indices.filter { isNotice($0, in: document) }.suffix(6)
      .map { Array(document[$0].utf8) }
    guard !notices.isEmpty else { return nil }
    let end = verdicts.indices.first { verdicts[$0].role == .headline }.map { verdicts[$0].block } ?? reach
    var best: [UInt8] = []
    for index in 0..<min(document.count, max(end + 1, 1)) {
      let block = document[index]
      block.withUTF8 { text in
        for range in names(in: text, block, isFirst: index == 0) where range.count > max(best.count, 3) {
          let name = UnsafeBufferPointer(rebasing: text[range])
          if notices.contains(where: { holds($0, name) }) { best = Array(name) }
        }
      }
    }
    return best.isEmpty ? nil : String(decoding: best, as: UTF8.self)
  }

  private static func isNotice(_ block: Int, in document: Document) -> Bool {
    let row = document.storage.rows[block]
    return row.measures.flags.contains(.hasCopyright)
      || row.hitStart < row.hitEnd
        && (row.hitStart..<row.hitEnd).contains { hit in
          let hit = document.storage.hits[Int(hit)]
          return hit.section == .footer && hit.anchor != .whole
        }
  }

  /// The block's text, or of the page's title what stands behind its last sign.
  private static func names(in text: Bytes, _ block: Block, isFirst: Bool) -> [Range<Int>] {
    // Menu words stand in copyright lines too.
    let isName =
      block.words <= 6 && text.count <= longest && block.measures.digits == 0
      && !block.hits.contains { $0.anchor == .whole }
    guard isName || isFirst || text.first == 0x5B else { return [] }
    var found: [Range<Int>] = []
    if isName { found.append(trimmed(text, 0..<text.count)) }
    // "[logo] The Daily": a picture's text in brackets.
    if text.first == 0x5B, let close = text.firstIndex(of: 0x5D), text.count - close <= longest {
      found.append(trimmed(text, close + 1..<text.count))
    }
    if isFirst {
      for sign in signs {
        if let start = tail(of: text, behind: sign) { found.append(trimmed(text, start..<text.count)) }
      }
    }
    return found
  }

  private typealias Bytes = UnsafeBufferPointer<UInt8>
  private static let signs = [" | ", " - ", " – ", " — ", "｜"].map { Array($0.utf8) }

  /// Where what stands behind a sign begins, if it is no longer than a name may be.
  private static func tail(of text: Bytes, behind sign: [UInt8]) -> Int? {
    var start = text.count - sign.count
    let first = max(0, start - longest)
    return sign.withUnsafeBufferPointer { sign in
      while start >= first, !stands(sign, in: text, at: start) { start -= 1 }
      return start < first ? nil : start + sign.count
    }
  }

  private static func stands(_ part: Bytes, in text: Bytes, at start: Int) -> Bool {
    for offset in part.indices where text[start + offset] != part[offset] { return false }
    return true
  }

  private static func trimmed(_ text: Bytes, _ range: Range<Int>) -> Range<Int> {
    var (from, to) = (range.lowerBound, range.upperBound)
    while from < to, text[from] == 0x20 { from += 1 }
    while to > from, text[to - 1] == 0x20 { to -= 1 }
    return from..<to
  }

  /// Whether a notice repeats a name as a whole: no letter or digit of the Latin alphabet goes on from it.
  private static func holds(_ notice: [UInt8], _ name: Bytes) -> Bool {
    guard name.count <= notice.count else { return false }
    return notice.withUnsafeBufferPointer { notice in
      (0...(notice.count - name.count)).contains { start in
        stands(name, in: notice, at: start)
          && (start == 0 || !notice[start - 1].isASCIILetterOrDigit)
          && (start + name.count == notice.count || !notice[start + name.count].isASCIILetterOrDigit)
      }
    }
  }
}
