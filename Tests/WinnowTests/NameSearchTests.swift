import Testing
import WinnowCore
import WinnowText

@testable import Winnow

@Suite("Names in a page's text")
struct NameSearchTests {
  /// Lines of many lengths, so that names stand across the edges of what is read at a time.
  private static func document() throws -> Document {
    let names = ["Ann Smith", "ANN SMITH", "Ann Smithson", "ann", "Émile Zola", "smith", "王小明", "Al"]
    var lines: [String] = []
    for length in 0..<140 {
      let name = names[length % names.count]
      let next = names[(length * 3 + 1) % names.count]
      lines.append(String(repeating: "x ", count: length) + name + ", " + next + (length % 3 == 0 ? "" : "."))
      lines.append(String(repeating: "word", count: length % 9) + name + " " + next + "s")
    }
    let page = Page(
      id: "names", form: .flatText, bytes: Array(lines.joined(separator: "\n\n").utf8))
    return try Winnow().read(page).document
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 && byte < 0x80 }
  private static func isWordByte(_ byte: UInt8) -> Bool { byte >= 0x80 || isLetter(byte) }
  private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  /// The same, byte by byte.
  private static func places(of name: String, in document: Document) -> [String] {
    let needle = name.utf8.map(lower)
    var found: [String] = []
    for block in document {
      let text = Array(block.utf8)
      for start in text.indices where start == 0 || !isLetter(text[start - 1]) {
        let end = start + needle.count
        guard end <= text.count, text[start..<end].map(lower) == needle,
          end == text.count || !isLetter(text[end])
        else { continue }
        found.append("\(block.id) \(start)..<\(end)")
        break
      }
    }
    return Array(found.prefix(24))
  }

  private static func isSmall(_ word: String, in text: [UInt8]) -> Bool {
    let needle = word.utf8.map(lower)
    return text.indices.contains { start in
      let end = start + needle.count
      return text[start] &- 0x61 < 26 && (start == 0 || !isWordByte(text[start - 1])) && end <= text.count
        && Array(text[start..<end]) == needle && (end == text.count || !isWordByte(text[end]))
    }
  }

  @Test("are found where a search byte by byte finds them")
  func findsAll() throws {
    let document = try Self.document()
    let names = ["Ann Smith", "Émile Zola", "Al", "王小明", "Zola", "Nobody Here", "x", "Ann Smithson"]
    let found = NameSearch.find(names, worded: names.count, in: document)
    #expect(document.count > 100)
    for (index, name) in names.enumerated() {
      let places = found.occurrences[index].map {
        "\($0.block) \($0.range.lowerBound)..<\($0.range.upperBound)"
      }
      #expect(places == (name.utf8.count < 2 ? [] : Self.places(of: name, in: document)), "\(name)")
      let words = name.split(separator: " ").map(String.init)
        .filter { $0.utf8.count >= 3 && Self.isLetter($0.utf8.first ?? 0) }
      let small = words.filter { Self.isSmall($0, in: document.storage.text) }
      let share = words.isEmpty ? 0 : Float(small.count) / Float(words.count)
      #expect(found.smallWords[index] == share, "\(name)")
    }
  }
}
