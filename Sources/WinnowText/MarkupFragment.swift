/// Tells markup that came under the name of text: the content of a feed's entry, or of a content system's database.
package enum MarkupFragment {
  /// Bytes that are looked at.
  private static let reach = 32_768
  /// Fewer ends of paragraphs and headings, or line breaks, may be an example.
  private static let fewest = 2

  /// Whether a text opens with an element, closes paragraphs as markup does, and has no signs of Markdown, which
  /// may hold elements as well.
  package static func opens(_ text: [UInt8]) -> Bool {
    guard let start = text.firstIndex(where: { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }),
      text[start] == 0x3C
    else { return false }
    return text.withUnsafeBufferPointer { text in
      let end = min(text.count, start + reach)
      guard isOpening(text, start, end) else { return false }
      var closed = 0
      for index in start..<end {
        switch text[index] {
        case 0x3C where closes(text, index, end): closed += 1
        case 0x5D where index + 1 < end && text[index + 1] == 0x28: return false
        case 0x23 where text[max(start, index - 1)] == 0x0A && index + 1 < end && text[index + 1] == 0x20:
          return false
        default: break
        }
      }
      return closed >= fewest
    }
  }

  /// A comment, or the start of an element that opens a text.
  private static func isOpening(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    openings.contains { name in
      let after = start + name.count
      guard after < end, text[start..<after].elementsEqual(name, by: { $0 | 0x20 == $1 | 0x20 }) else {
        return false
      }
      return name.count == 4 && name[1] == 0x21 || text[after] == 0x3E || text[after] <= 0x20
    }
  }

  private static let openings = [
    "<!--", "<p", "<div", "<h1", "<h2", "<h3", "<h4", "<article", "<section", "<figure", "<blockquote", "<ul",
    "<ol", "<table", "<span", "<strong", "<em", "<b", "<i", "<a", "<img",
  ].map { Array($0.utf8) }

  /// `</p>`, `</h2>`, `</div>`.
  private static func closes(_ text: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int) -> Bool {
    closings.contains { name in
      index + name.count <= end
        && text[index..<index + name.count].elementsEqual(name, by: { $0 == $1 || $0 | 0x20 == $1 })
    }
  }

  private static let closings = ["</p>", "</div>", "</h1>", "</h2>", "</h3>", "</li>", "</blockquote>"]
    .map { Array($0.utf8) }
}
