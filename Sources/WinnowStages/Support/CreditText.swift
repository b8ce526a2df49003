import WinnowCore
import WinnowText

/// Asks of bytes whether they can be who made a picture.
enum CreditText {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Whether a name follows: a label that is a name itself ("Getty Images") has none behind it.
  static func opensName(_ text: Bytes, _ index: Int) -> Bool {
    var index = index
    while index < text.count, text[index] == 0x20 { index += 1 }
    guard index < text.count else { return false }
    // Of the letters behind C3, those from 9F on are small: "ü".
    if text[index] == 0xC3 { return index + 1 < text.count && text[index + 1] < 0x9F }
    return text[index].isASCIICapital || text[index] > 0xC3
  }

  /// Whether a range is capitals only, "DPA": an agency, whose name goes on behind, and no label.
  static func isInitials(_ text: Bytes, _ range: Range<Int>) -> Bool {
    range.count >= 2 && range.allSatisfy { text[$0].isASCIICapital }
  }

  /// Whether a bracket closes at `index` around whom the sentence names, before the dash behind a place, or around what
  /// kind of picture it is: "Agence Sud (ASD) photographer Ann Smith said", "LOWMERE (NWA) — Two barges", "The weir
  /// (file photo): It has stood since 1904".
  static func closesMention(_ text: Bytes, _ index: Int) -> Bool {
    guard index + 4 < text.count, text[index] == 0x29 else { return false }
    if text[index + 1] == 0x3A { return true }
    let next = text[index + 2]
    return text[index + 1] == 0x20
      && (next.isASCIISmall || next == 0x2D || next == 0x28 || next == 0xE2 && text[index + 3] == 0x80)
  }

  /// Where the names begin that slashes join with the one at `cut`, "(Ann Smith/Pool/Northern Wire": behind a bracket or
  /// a sentence's end. `nil` where no such name stands there.
  static func slashedStart(_ text: Bytes, before cut: Int) -> Int? {
    guard cut > 4, text[cut - 1] == 0x2F, text[cut - 2] != 0x20 else { return nil }
    var index = cut - 1
    while index > 0, cut - index < 50 {
      if text[index - 1] == 0x28 || text[index - 1] == 0x5B { break }
      // The stop of an initial or of "U.S." ends no sentence: "Ann C. Smith/NWA".
      if text[index - 1] == 0x20, index > 3, text[index - 2] == 0x2E, text[index - 4] != 0x20,
        text[index - 4] != 0x2E
      {
        break
      }
      index -= 1
    }
    guard index > 0, cut - index < 50, isNameLike(text, index..<cut - 1) else { return nil }
    return index
  }

  /// Whether the bracket that opens at `index` stands behind a time of day, "16:00 (IST)".
  static func isBehindTime(_ text: Bytes, _ index: Int) -> Bool {
    index >= 6 && text[index - 1] == 0x20 && text[index - 2].isASCIIDigit && text[index - 4] == 0x3A
  }

  /// "(NWA)", and not "(VIDEO)", "(SP)", or the initials of the words before the bracket.
  static func isAgencysInitials(_ text: Bytes, _ inside: Range<Int>) -> Bool {
    guard (3...4).contains(inside.count) else { return false }
    let words = text[..<max(0, inside.lowerBound - 1)].split(separator: 0x20).suffix(inside.count + 2)
    let initials = words.compactMap(\.first)
    guard let first = text[inside].first, let last = initials.last else { return true }
    return !(initials.contains(first) && text[inside].contains(last))
  }

  /// How many blocks above and below a line are asked whether they speak of what it has in brackets: a page may consist
  /// of such lines.
  private static let reach = 60

  /// Whether the page says near a block what the block has in brackets, and without these: "the server of NFS" under a
  /// heading that ends in "(NFS)". An agency closes its captions and is spoken of nowhere.
  static func isTerm(_ text: Bytes, _ inside: Range<Int>, in block: Block) -> Bool {
    guard let word = WordHashes.of(UnsafeBufferPointer(rebasing: text[inside])).first else { return false }
    let brackets = text[inside.lowerBound - 1..<inside.upperBound + 1]
    let document = block.storage
    var said = 0
    for index in max(0, block.id - reach)...min(document.rows.count - 1, block.id + reach) {
      let other = Block(storage: document, id: index)
      let count = other.wordHashes.count { $0 == word }
      if count == 0 { continue }
      said += count
      other.withUTF8 { line in
        said -= line.indices.count { line[$0] == brackets.first && line[$0...].starts(with: brackets) }
      }
    }
    return said > 0
  }

  /// Two to six capitals, or names joined by a slash: "AP", "AFP/Getty".
  static func isAgencyLike(_ text: Bytes, _ range: Range<Int>) -> Bool {
    var capitals = 0
    var others = 0
    var slash = false
    for index in range {
      switch text[index] {
      case 0x41...0x5A: capitals += 1
      case 0x2F: slash = true
      default: others += 1
      }
    }
    // "(M/W/D)"
    let isLetters = slash && range.count == capitals * 2 - 1
    return others == 0 && capitals >= 2 && capitals <= 6 && !isLetters
      || slash && capitals >= 2 && range.count <= 50 && !isLetters
  }

  /// One to six words that open with a capital, small words between, no digits and no sentence.
  static func isNameLike(_ text: Bytes, _ range: Range<Int>) -> Bool {
    var words = 0
    var capitals = 0
    var atStart = true
    for index in range {
      let byte = text[index]
      if byte.isASCIIDigit || byte == 0x2C || byte == 0x3F || byte == 0x21 { return false }
      if byte == 0x20 || byte == 0x2F {
        atStart = true
        continue
      }
      if atStart {
        words += 1
        if byte.isASCIICapital || byte >= 0xC3 { capitals += 1 }
      }
      atStart = false
    }
    return words >= 1 && words <= 6 && capitals * 2 > words && range.count <= 60
  }

  /// Two to four words, each with a capital.
  static func isPhotographer(_ text: Slice<Bytes>) -> Bool {
    let words = text.split(separator: 0x20)
    return (2...4).contains(words.count)
      && words.allSatisfy { word in word.first.map { $0.isASCIICapital || $0 >= 0xC3 } ?? false }
      && isNameLike(text.base, text.startIndex..<text.endIndex)
  }

  /// "After a month of rain, a third of the fields of the valley are lost" behind "Map:": ten words or more, mostly in
  /// small letters, are a title.
  static func isProse(_ text: Bytes, _ range: Range<Int>) -> Bool {
    var words = 0
    var small = 0
    for index in range where index == range.lowerBound || text[index - 1] == 0x20 {
      words += 1
      if text[index].isASCIISmall { small += 1 }
    }
    return words >= 10 && small * 3 >= words * 2
  }

  /// Whether a sentence's end, a bracket or nothing stands before a place.
  static func opensPart(_ text: Bytes, _ index: Int) -> Bool {
    guard let before = text[..<index].last(where: { $0 != 0x20 }) else { return true }
    return before == 0x2E || before == 0x21 || before == 0x3F || before == 0x28 || before == 0x7C
  }

  /// Letters of any script, digits and what user names have.
  static func isPlainWord(_ word: Slice<Bytes>) -> Bool {
    word.allSatisfy {
      $0 >= 0xC0 || $0.isASCIILetterOrDigit || $0 == 0x5F || $0 &- 0x80 < 0x40
    }
  }

  static func isSmallWord(_ word: Slice<Bytes>) -> Bool {
    word.count <= 4 && word.allSatisfy { $0.isASCIISmall }
  }

  /// Whether an ideographic comma or full stop, a full-width comma, equals sign or bracket ends at `index`.
  static func endsSign(_ text: Bytes, _ index: Int) -> Bool {
    guard index >= 3 else { return false }
    switch (text[index - 3], text[index - 2], text[index - 1]) {
    case (0xE3, 0x80, 0x81), (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x8C), (0xEF, 0xBC, 0x9D), (0xEF, 0xBC, 0x88),
      (0xEF, 0xBC, 0x8F):
      return true
    default: return false
    }
  }

  /// Whether the label ends with a colon or has one right behind it.
  static func hasColon(_ text: Bytes, _ hit: PhraseHit) -> Bool {
    let upper = min(text.count, hit.range.upperBound + 2)
    return (max(0, hit.range.upperBound - 1)..<max(upper, 1)).contains { $0 < upper && text[$0] == 0x3A }
  }

  /// Whether a colon, slash, bracket or copyright sign stands in or beside the label.
  static func hasSign(_ text: Bytes, _ hit: PhraseHit) -> Bool {
    let lower = max(0, hit.range.lowerBound - 2)
    let upper = min(text.count, hit.range.upperBound + 1)
    return (lower..<upper).contains {
      switch text[$0] {
      case 0x3A, 0x2F, 0x28, 0x5B, 0xA9, 0x3D: true
      default: false
      }
    }
  }
}
