import WinnowCore
import WinnowModel

/// Sentences that an article shows once more in large letters, in a box of their own between its paragraphs.
struct PullQuotes {
  private let document: Document

  /// `nil` on pages that are no articles: lists and forums repeat sentences for other reasons.
  init?(_ document: Document) {
    guard document.form == .html, DeclaredKind(document).isArticle else { return nil }
    self.document = document
  }

  typealias Finding = (quote: Int, holder: Int)

  private static let words: ClosedRange<Int32> = 7...50
  /// Blocks between a quote and the paragraph that has its words.
  private static let reach = 40
  /// Words of the line that says whose the quote is.
  private static let longestAttribution: Int32 = 14

  /// The quotes, with the paragraphs that hold them.
  func find(_ ledger: Ledger) -> [Finding] {
    let kept = document.indices.filter { ledger.isLed($0, by: .body) }
    let paragraphs = kept.filter {
      document.rows[$0].isProse && document.rows[$0].measures.kind == .paragraph
    }
    guard paragraphs.count > 1 else { return [] }
    let plain = plainest(paragraphs)
    let candidates = kept.filter { isSetApart($0, plain) && !isAnnounced($0, kept) }
    guard !candidates.isEmpty else { return [] }
    var words: [Int: [UInt64]] = [:]
    var found: [Finding] = []
    for quote in candidates {
      let sought = Array(document[quote].wordHashes)
      for holder in paragraphs where abs(holder - quote) <= Self.reach && holder != quote {
        let isPlainer =
          document.rows[quote].measures.kind == .quotation || wrappings(holder) < wrappings(quote)
        guard isPlainer, document.rows[holder].measures.words > document.rows[quote].measures.words else {
          continue
        }
        let held = words[holder] ?? Array(document[holder].wordHashes)
        words[holder] = held
        guard held.count > sought.count, !sought.isEmpty, held.holds(sought) else { continue }
        found.append((quote, holder))
        found += attributions(of: quote, ledger).map { ($0, quote) }
        break
      }
    }
    return found
  }

  /// How many elements hold a paragraph alone where the fewest do: mostly its own.
  private func plainest(_ paragraphs: [Int]) -> Int {
    var fewest = Int.max
    for paragraph in paragraphs {
      fewest = min(fewest, wrappings(paragraph))
      if fewest <= 1 { break }
    }
    return fewest
  }

  /// Whether a sentence stands in a quotation, or in more elements of its own than the text's paragraphs do.
  private func isSetApart(_ index: Int, _ plain: Int) -> Bool {
    let m = document.rows[index].measures
    guard Self.words.contains(m.words), m.links == 0, !m.flags.contains(.opensLowerCase),
      m.flags.contains(.endsSentence) || isQuoted(index)
    else { return false }
    switch m.kind {
    case .quotation: return true
    case .paragraph, .heading: return wrappings(index) > plain
    default: return false
    }
  }

  /// Whether a quotation mark closes the text.
  private func isQuoted(_ index: Int) -> Bool {
    let text = document[index].utf8
    return text.last == 0x22 || text.suffix(2).elementsEqual([0xC2, 0xBB])
      || Self.quotes.contains { text.suffix(3).elementsEqual([0xE2, 0x80, $0]) }
  }

  private static let quotes: [UInt8] = [0x99, 0x9C, 0x9D]

  /// "She wrote:" above: then the quote is a part of the text.
  private func isAnnounced(_ index: Int, _ kept: [Int]) -> Bool {
    guard let above = kept.last(where: { $0 < index }) else { return true }
    return document.rows[above].measures.flags.contains(.endsColon)
  }

  /// How many elements hold the block and nothing else.
  private func wrappings(_ index: Int) -> Int {
    var container = Int(document.rows[index].container)
    var count = 0
    while container > 0, Int(document.containers[container].firstBlock) == index,
      Int(document.containers[container].endBlock) == index + 1
    {
      count += 1
      container = Int(document.containers[container].parent)
    }
    return count
  }

  /// "Ann Smith, reader" behind the quote in its own box.
  private func attributions(of quote: Int, _ ledger: Ledger) -> [Int] {
    let next = quote + 1
    guard next < document.count, ledger.isLed(next, by: .body) else { return [] }
    let box = document.containers[document.box(of: quote)]
    let m = document.rows[next].measures
    return Int(box.firstBlock) == quote && Int(box.endBlock) == next + 1
      && m.words <= Self.longestAttribution && !m.flags.contains(.endsSentence) ? [next] : []
  }
}
