import WinnowCore

/// What stands on a line of names and is none: labels, and the words of portraits.
extension AuthorCandidates {
  /// Sections whose phrases name people, desks and firms.
  private static let namers: Set<PhraseSection> = [.byline, .role, .agency, .source, .credit, .authorBio]

  /// Whether a phrase of the page's furniture holds the name: "min read", "Last" of "Last updated".
  static func isLabel(_ name: String, in block: Block) -> Bool {
    let hits = block.hits.filter { !Self.namers.contains($0.section) }
    guard !hits.isEmpty else { return false }
    let text = block.utf8
    let needle = Array(name.utf8)
    guard needle.count <= text.count else { return false }
    return hits.contains { hit in
      hit.range.count >= needle.count
        && (hit.range.lowerBound...hit.range.upperBound - needle.count).contains { start in
          text.dropFirst(start).starts(with: needle)
        }
    }
  }

  /// "Ann Smith Ann Smith", "Picture of Ann Smith Ann Smith": a portrait's words and the name, which a converter put on
  /// one line.
  static func undoubled(_ text: String) -> String {
    var text = text
    let once = text.withUTF8 { bytes -> String? in
      let words = bytes.split(separator: 0x20)
      guard words.count >= 2 else { return nil }
      for half in (1...words.count / 2).reversed() {
        // A single word says itself twice by chance.
        if half == 1, words.count > 2 { break }
        let name = words[(words.count - half)...]
        if zip(name, words[(words.count - 2 * half)...]).allSatisfy({ $0.elementsEqual($1) }) {
          return name.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        }
      }
      return nil
    }
    return once ?? text
  }

  /// "Ann Smith's avatar" beside "Ann Smith": the name.
  func owner(_ text: String, of block: Int) -> String {
    guard text.utf8.count <= 60, text.utf8.contains(where: { $0 == 0x27 || $0 == 0xE2 }),
      let mark = text.firstRange(of: "'s ") ?? text.firstRange(of: "\u{2019}s ")
    else { return text }
    let name = text[..<mark.lowerBound]
    let isPortrait = text[mark.upperBound...].utf8.first.map { $0.isASCIISmall } ?? false
    let isNamed = [block - 1, block + 1].contains { other in
      page.document.indices.contains(other) && page.document[other].utf8.starts(with: name.utf8)
    }
    return isPortrait && isNamed ? String(name) : text
  }
}
