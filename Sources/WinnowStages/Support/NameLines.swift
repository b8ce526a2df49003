import WinnowCore
import WinnowText

/// Lines that hold nothing but names of people, told by their words alone.
enum NameLines {
  /// Most words of one name, with a small one within: "Ludwig van der Rohe".
  private static let mostWords = 5

  /// "Ann Smith, Bob B. Jones, Carol King": two names and more, parted by signs, one of which is known to be a person's.
  static func isListOfNames(_ block: Block) -> Bool {
    let m = block.measures
    guard (4...24).contains(m.words), m.digits == 0, m.kind != .heading, m.kind != .figureCaption,
      m.capitalisedWords * 3 >= m.words * 2,
      m.flags.isDisjoint(with: [.endsSentence, .endsColon, .allCapitals]),
      block.hits.isEmpty,
      // Who the article is about stands below headlines too, as links to more about them.
      m.linkCharacters * 2 < m.characters
    else { return false }
    // "Ann Smith/Bob Jones" in bold: no title of a section parts its words so.
    var isKnown = m.flags.contains(.bold)
    return block.withUTF8 { text in
      // "Songwriters: Ann Smith, Bob Jones"
      if text.contains(0x3A) { return false }
      var names = 0
      for name in text.split(whereSeparator: parts) {
        let words = name.split(separator: 0x20)
        guard (2...mostWords).contains(words.count), words.first.map(opensName) == true,
          words.last.map(opensName) == true, !words.contains(where: isAcronym)
        else { return false }
        if GivenNames.open(String(decoding: words[0], as: UTF8.self)) { isKnown = true }
        names += 1
      }
      return names >= 2 && isKnown
    }
  }

  private static func parts(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x3B || byte == 0x2F || byte == 0x26 || byte == 0x7C
  }

  /// "Ann Smith/AFP Images": a picture's credit.
  private static func isAcronym(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    word.count >= 3 && word.allSatisfy { $0.isASCIICapital }
  }

  /// A capital, or a letter beyond ASCII.
  private static func opensName(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = word.first else { return false }
    return first.isASCIICapital || first >= 0xC3
  }

  /// "AS" above "Ann Smith": what stands in place of a portrait.
  static func isInitials(_ block: Block, of other: Block) -> Bool {
    let initials = block.utf8
    guard (2...3).contains(initials.count), initials.allSatisfy({ $0.isASCIICapital }),
      (2...4).contains(other.words)
    else { return false }
    return other.withUTF8 { text in
      let words = text.split(separator: 0x20)
      return words.first?.first == initials.first && words.last?.first == initials.last
    }
  }

  /// One short line of two to four words with capitals, and nothing that a phrase knows.
  static func isName(_ block: Block) -> Bool {
    let m = block.measures
    return (2...4).contains(m.words) && m.capitalisedWords == m.words && m.digits == 0 && m.kind != .heading
      && m.flags.isDisjoint(with: [.endsSentence, .endsColon, .dateOnly]) && block.hits.isEmpty
  }
}
