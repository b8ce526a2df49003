import WinnowCore

/// What stands between the parts of a date and at its edges.
extension DateScanner {
  /// A separator of an all-number date.
  struct Separator {
    let byte: UInt8
    /// The first byte of what follows.
    let end: Int
    let isSpaced: Bool
  }

  /// The separator at `position`: `-`, `/`, `.`; a slash may have spaces around it, a dot behind it.
  func separator(at position: Int) -> Separator? {
    var start = position
    if byte(position) == UInt8(ascii: " "), byte(position + 1) == UInt8(ascii: "/") { start += 1 }
    let mark = byte(start)
    switch mark {
    case UInt8(ascii: "-"): return Separator(byte: mark, end: start + 1, isSpaced: false)
    case UInt8(ascii: "/"), UInt8(ascii: "."):
      let end = skipSpace(start + 1)
      guard end - start <= 4 else { return nil }
      return Separator(byte: mark, end: end, isSpaced: end > start + 1)
    default: return nil
    }
  }

  /// The position after the ending of a day number: `st`, `º`, `°`, `-го`.
  func skipOrdinal(_ position: Int) -> Int {
    if byte(position) == 0xC2, byte(position + 1) == 0xB0 { return position + 2 }
    let start = byte(position) == UInt8(ascii: "-") ? position + 1 : position
    if let ending = word(at: start), has(ending, .ordinal, 0) { return ending.end }
    // Converters set a space where the ending is an element of its own, "21 st".
    let spaced = skipSpace(position)
    guard let ending = word(at: spaced), ending.end - spaced == 2, has(ending, .ordinal, 0) else {
      return position
    }
    return ending.end
  }

  /// The position after one dot, hyphen or slash and the space around it.
  func skipJoint(_ position: Int) -> Int {
    let start = skipSpace(position)
    switch byte(start) {
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"): return skipSpace(start + 1)
    default: return start
    }
  }

  /// The position after at most two words like "of" and "de", and the apostrophe behind one. "Des" may be
  /// December too, which goes first.
  func skipLinks(_ position: Int) -> Int {
    var position = position
    for _ in 0..<2 {
      guard let word = word(at: position), has(word, .link, 1), value(word, .month) == nil else { break }
      position = skipSpace(apostropheEnd(word.end) ?? word.end)
    }
    return position
  }

  /// The position after an apostrophe at `position`; `nil` if there is none.
  func apostropheEnd(_ position: Int) -> Int? {
    if byte(position) == UInt8(ascii: "'") { return position + 1 }
    let isCurly = byte(position) == 0xE2 && byte(position + 1) == 0x80
    return isCurly && (byte(position + 2) == 0x99 || byte(position + 2) == 0x98) ? position + 3 : nil
  }

  /// Whether the Arabic comma stands at `position`.
  func isArabicComma(_ position: Int) -> Bool { byte(position) == 0xD8 && byte(position + 1) == 0x8C }

  /// Whether `:` and a digit follow, so that the number before is an hour.
  func isClock(_ position: Int) -> Bool {
    byte(position) == UInt8(ascii: ":") && isDigit(at: position + 1)
  }

  /// Whether a part of the text ends at `position`: its end, a line's end, a comma, bar, dot or bracket.
  func endsPart(_ position: Int) -> Bool {
    var position = position
    while byte(position) == UInt8(ascii: " ") || byte(position) == 0x09 { position += 1 }
    guard position < text.count else { return true }
    switch text[position] {
    case 0x0A, 0x0D, UInt8(ascii: "|"), UInt8(ascii: ")"): return true
    case UInt8(ascii: ","):
      return number(at: skipSpace(position + 1), digits: 1...2).map { isClock($0.end) } ?? false
    case 0xC2: return byte(position + 1) == 0xB7 || byte(position + 1) == 0xBB
    case 0xE2: return byte(position + 1) == 0x80 && byte(position + 2) == 0xA2
    default: return false
    }
  }

  /// The position after what may end a year: `г.`, `r.`, `god.`, `年`.
  func skipYearEnding(_ position: Int) -> Int {
    guard let word = word(at: skipSpace(position)), has(word, .link, 3) else { return position }
    return byte(word.end) == UInt8(ascii: ".") ? word.end + 1 : word.end
  }

  /// Whether the number at `start` is not the rest of a larger number, an amount or a path.
  func startsFreely(_ start: Int) -> Bool {
    guard start > 0 else { return true }
    switch text[start - 1] {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"): return !isDigit(before: start - 1)
    case UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "_"), UInt8(ascii: "="): return false
    case 0xA3, 0xA5: return byte(start - 2) != 0xC2
    case 0xAC: return !(byte(start - 2) == 0x82 && byte(start - 3) == 0xE2)
    default: return true
    }
  }

  /// The same for a date of numbers only, which needs more care: no letter, slash or number may touch it.
  func startsStrictly(_ start: Int, _ separator: UInt8) -> Bool {
    guard startsFreely(start) else { return false }
    guard start > 0 else { return true }
    let previous = text[start - 1]
    switch previous {
    case UInt8(ascii: "/"), UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "&"), UInt8(ascii: "?"):
      return false
    case UInt8(ascii: "-"):
      return separator != UInt8(ascii: "-") && !isDigit(before: start - 1)
    default: break
    }
    guard previous.isASCIILetter else { return true }
    // "v1.2.2024" is a version; in "Published28/12/2024" the page glued two elements.
    for offset in 2...4 where !byte(start - offset).isASCIILetter { return false }
    return separator != UInt8(ascii: "-")
  }

  /// Whether nothing that follows makes the date of numbers a part of something longer.
  func endsStrictly(_ end: Int) -> Bool {
    switch byte(end) {
    case UInt8(ascii: "%"), UInt8(ascii: "_"): return false
    case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "-"):
      guard let next = number(at: end + 1, digits: 1...15) else { return !isDigit(at: end + 1) }
      return isClock(next.end)
    default: return !isDigit(at: end)
    }
  }
}
