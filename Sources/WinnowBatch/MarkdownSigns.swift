/// The signs of Markdown in an input full of tags: converters keep boxes as HTML where Markdown has no sign for
/// them, but what has one (links, headings, paragraphs) is Markdown. In a page it is all tags.
struct MarkdownSigns {
  /// Fewer links and headings may stand in the scripts and texts of a page.
  private static let fewest = 3
  /// Elements that Markdown has a sign for, or that only a page's frame has.
  private static let converted: Set<String> = [
    "a", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "em",
  ]
  private static let frame: Set<String> = [
    "!doctype", "html", "head", "body", "meta", "title", "link", "script",
  ]

  private var signs = 0
  private var tags = 0
  /// Whether there is a page's frame; then nothing else was counted from there on.
  private var hasFrame = false

  /// Whether the input is Markdown, for all its tags.
  var areMarkdown: Bool { !hasFrame && signs >= MarkdownSigns.fewest && signs > 2 * tags }

  init(_ bytes: [UInt8]) {
    var isLineStart = true
    for index in bytes.indices {
      let byte = bytes[index]
      switch byte {
      case 0x0A:
        isLineStart = true
        continue
      case 0x20 where isLineStart:
        continue
      case 0x23 where isLineStart && MarkdownSigns.isHeading(bytes, index):
        signs += 1
      case 0x5D where index + 1 < bytes.count && bytes[index + 1] == 0x28:
        signs += 1
      case 0x3C:
        let name = MarkdownSigns.name(bytes, index + 1)
        if MarkdownSigns.converted.contains(name) { tags += 1 }
        if MarkdownSigns.frame.contains(name) {
          hasFrame = true
          return
        }
      default: break
      }
      isLineStart = false
    }
  }

  private static func isHeading(_ bytes: [UInt8], _ start: Int) -> Bool {
    var index = start
    while index < bytes.count, bytes[index] == 0x23 { index += 1 }
    return index - start <= 6 && index < bytes.count && bytes[index] == 0x20
  }

  /// The name of the element that opens at `start`, lower case; empty without one.
  private static func name(_ bytes: [UInt8], _ start: Int) -> String {
    var end = start
    while end < bytes.count, end - start < 10, bytes[end] > 0x20, bytes[end] != 0x3E, bytes[end] != 0x2F {
      end += 1
    }
    return String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
  }
}
