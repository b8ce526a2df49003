import WinnowCore
import WinnowText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How the prescan reads tags and looks ahead.
extension HTMLPrescan {
  /// An element's name where it stands.
  struct Name {
    /// Tells names apart; see ``HTMLTagTable/extend(_:with:at:)``.
    var key: UInt64
    /// Length in bytes.
    var length: Int
    /// First byte; -1 for a name that does not stand in the input.
    var start: Int
    /// One past the last byte.
    var end: Int
  }

  /// A look-ahead that found `at` when it searched from `from`: good for all places in between.
  struct Memo {
    var from = -1
    var at = -1
  }

  /// Where an element's content and the element end.
  struct Body {
    var start: Int
    var after: Int
  }

  /// What is in a `noscript`.
  enum NoscriptContent {
    case nothing
    case picture
    case other
  }

  /// The next place of a byte.
  @inline(__always)
  func find(_ byte: UInt8, from start: Int) -> Int? {
    guard start < count, let found = memchr(input + start, Int32(byte), count - start) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(input)
  }

  /// Reads a tag's name: all bytes up to white space, `/` or `>`.
  @inline(__always)
  func readName(at start: Int) -> Name {
    var key: UInt64 = 0
    var index = start
    // Nearly all names are short.
    if let (word, length) = shortName(at: start, endsAtSign: false) {
      let seven = word & 0x7F7F_7F7F_7F7F_7F7F
      let capitals =
        (seven &+ Self.ones &* (0x80 - 0x41)) & ~(seven &+ Self.ones &* (0x80 - 0x5B)) & ~word & Self.ones
        << 7
      key = (word | capitals >> 2).byteSwapped >> UInt64(64 - 8 * length)
      return Name(key: key, length: length, start: start, end: start + length)
    }
    while index < count {
      let byte = input[index]
      if byte == 0x3E || byte == 0x2F || byte.isASCIISpace { break }
      let lower = byte.asciiSmall
      HTMLTagTable.extend(&key, with: lower, at: index - start)
      index += 1
    }
    return Name(key: key, length: index - start, start: start, end: index)
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The eight bytes where a name of one to seven bytes stands, the first as the lowest, and the name's length; `nil`
  /// for others, and where it is not clear at a glance. An attribute's name ends at an equals sign as well.
  @inline(__always)
  private func shortName(at start: Int, endsAtSign: Bool) -> (word: UInt64, length: Int)? {
    guard start + 8 <= count else { return nil }
    let word = UInt64(littleEndian: UnsafeRawPointer(input + start).loadUnaligned(as: UInt64.self))
    func places(of byte: UInt8) -> UInt64 {
      let difference = word ^ Self.ones &* UInt64(byte)
      return (difference &- Self.ones) & ~difference
    }
    // The lowest of the bits is right, those above it may be wrong.
    var ends = places(of: 0x3E) | places(of: 0x2F) | (word &- Self.ones &* 0x21) & ~word
    if endsAtSign { ends |= places(of: 0x3D) }
    ends &= Self.ones << 7
    let length = ends.trailingZeroBitCount >> 3
    guard ends != 0, length > 0, input[start + length] >= 0x20 || input[start + length].isASCIISpace else {
      return nil
    }
    return (word, length)
  }

  /// Reads a tag's attributes; returns the place after its `>`, or nil when the page ends in the tag.
  mutating func readAttributes(from start: Int, keeping: Bool) -> Int? {
    var index = start
    var seen: UInt32 = 0
    while true {
      while index < count, input[index].isASCIISpace || input[index] == 0x2F { index += 1 }
      guard index < count else { return nil }
      if input[index] == 0x3E { return index + 1 }
      let nameStart = index
      var key: UInt64 = 0
      if let (word, length) = shortName(at: index, endsAtSign: true) {
        key = (word | Self.ones &* 0x20).byteSwapped >> UInt64(64 - 8 * length)
        index += length
      } else {
        repeat {
          if index - nameStart < 8 { key = key << 8 | UInt64(input[index] | 0x20) }
          index += 1
        } while index < count && !endsAttributeName(input[index])
      }
      let length = index - nameStart
      let last = input[index - 1] | 0x20
      while index < count, input[index].isASCIISpace { index += 1 }
      var valueStart = index
      var valueEnd = index
      if index < count, input[index] == 0x3D {
        index += 1
        while index < count, input[index].isASCIISpace { index += 1 }
        guard index < count else { return nil }
        let quote = input[index]
        valueStart = index
        if quote == 0x22 || quote == 0x27 {
          guard let close = closingQuote(quote, from: index + 1) else { return unclosed(index) }
          valueStart = index + 1
          valueEnd = close
          index = close + 1
        } else {
          while index < count, input[index] != 0x3E, !input[index].isASCIISpace { index += 1 }
          valueEnd = index
        }
      }
      guard keeping, let name = HTMLAttributeName.named(key, length: length, last: last) else { continue }
      let bit: UInt32 = 1 << UInt32(name.rawValue)
      guard seen & bit == 0 else { continue }
      seen |= bit
      addAttribute(HTMLAttribute(start: UInt32(valueStart), end: UInt32(valueEnd), name: name))
    }
  }

  @inline(__always)
  private func endsAttributeName(_ byte: UInt8) -> Bool {
    // Letters first.
    byte <= 0x3E && (byte == 0x3D || byte == 0x3E || byte == 0x2F || byte.isASCIISpace)
  }

  /// Whether a byte stands where it should behind a value's closing quotation mark.
  @inline(__always)
  private func endsValue(_ byte: UInt8) -> Bool { byte == 0x3E || byte == 0x2F || byte.isASCIISpace }

  /// A tag ends at the first `>` after a forgotten quotation mark; nil when there is none.
  private func unclosed(_ start: Int) -> Int? {
    find(0x3E, from: start).map { $0 + 1 }
  }

  /// The place of the closing quotation mark, if the value between can be meant.
  private mutating func closingQuote(_ quote: UInt8, from start: Int) -> Int? {
    // Values are short: look at the next bytes before asking anyone.
    if let near = nearQuote(quote, from: start) { return near }
    var memo = quote == 0x22 ? doubleQuote : singleQuote
    if memo.from < 0 || start < memo.from || start > memo.at {
      memo = Memo(from: start, at: find(quote, from: start) ?? count)
      if quote == 0x22 { doubleQuote = memo } else { singleQuote = memo }
    }
    guard memo.at < count else { return nil }
    // A forgotten quotation mark ends where the next value begins: markup lies between, and a letter follows.
    if memo.at + 1 < count, !endsValue(input[memo.at + 1]),
      memchr(input + start, 0x3C, memo.at - start) != nil
    {
      return nil
    }
    if memo.at - start > Self.longestMarkupValue,
      memchr(input + start, 0x3C, Self.longestMarkupValue) != nil
    {
      return nil
    }
    return memo.at
  }

  /// The place of a quotation mark within the next two dozen bytes, if no `<` stands before it.
  @inline(__always)
  private func nearQuote(_ quote: UInt8, from start: Int) -> Int? {
    guard start + 24 <= count else { return nil }
    let quotes = Self.ones &* UInt64(quote)
    for step in 0..<3 {
      let place = start + 8 * step
      let word = UInt64(littleEndian: UnsafeRawPointer(input + place).loadUnaligned(as: UInt64.self))
      let (one, other) = (word ^ quotes, word ^ Self.ones &* 0x3C)
      let found = ((one &- Self.ones) & ~one | (other &- Self.ones) & ~other) & Self.ones << 7
      guard found != 0 else { continue }
      let end = place + (found.trailingZeroBitCount >> 3)
      return input[end] == quote ? end : nil
    }
    return nil
  }

  // MARK: Looking ahead

  /// Where a comment, doctype or other declaration ends.
  func declarationEnd(_ start: Int) -> Int {
    guard start + 3 < count, input[start + 1] == 0x21, input[start + 2] == 0x2D, input[start + 3] == 0x2D
    else { return (find(0x3E, from: start + 2) ?? count - 1) + 1 }
    var index = start + 4
    while let found = find(0x3E, from: index) {
      if input[found - 1] == 0x2D, input[found - 2] == 0x2D, found - 2 >= start + 2 { return found + 1 }
      if found - 3 >= start + 4, input[found - 1] == 0x21, input[found - 2] == 0x2D, input[found - 3] == 0x2D
      {
        return found + 1
      }
      index = found + 1
    }
    return count
  }

  /// Whether a name stands at a place, followed by what ends a name.
  private func matches(_ name: StaticString, at start: Int) -> Bool {
    let length = name.utf8CodeUnitCount
    guard start + length <= count else { return false }
    for index in 0..<length where input[start + index] | 0x20 != name.utf8Start[index] { return false }
    guard start + length < count else { return true }
    let next = input[start + length]
    return next == 0x3E || next == 0x2F || next.isASCIISpace
  }

  /// The next end tag of an element whose content is no markup; nil when there is none.
  mutating func rawEnd(of name: StaticString, _ tag: HTMLTag, from start: Int) -> Body? {
    let slot = Int(tag.rawValue)
    if closings[slot].from < 0 || start < closings[slot].from || start > closings[slot].at {
      var at = count
      var index = start
      while let found = find(0x3C, from: index) {
        if found + 1 < count, input[found + 1] == 0x2F, matches(name, at: found + 2) {
          at = found
          break
        }
        index = found + 1
      }
      closings[slot] = Memo(from: start, at: at)
    }
    let at = closings[slot].at
    guard at < count else { return nil }
    return Body(start: at, after: (find(0x3E, from: at) ?? count - 1) + 1)
  }

  /// The place after an element that may hold others of its name; nil when it never ends.
  ///
  /// When the nesting does not come out even, the first end tag counts from then on: counting again for
  /// every start tag would be quadratic.
  mutating func nestedEnd(of name: StaticString, _ tag: HTMLTag, from start: Int) -> Int? {
    guard let first = rawEnd(of: name, tag, from: start) else { return nil }
    let broken = 128 + Int(tag.rawValue & 63)
    if closings[broken].from >= 0 { return first.after }
    var depth = 1
    var index = start
    while let found = find(0x3C, from: index) {
      index = found + 1
      guard index < count else { break }
      if input[index] == 0x2F {
        guard matches(name, at: index + 1) else { continue }
        depth -= 1
        let end = (find(0x3E, from: index) ?? count - 1) + 1
        if depth == 0 { return end }
        index = end
      } else if matches(name, at: index) {
        let end = (find(0x3E, from: index) ?? count - 1) + 1
        if input[end - 2] != 0x2F { depth += 1 }
        index = end
      }
    }
    closings[broken].from = 0
    return first.after
  }

  /// Tells what a `noscript` holds, by its first bytes.
  func noscriptContent(_ start: Int, _ end: Int) -> NoscriptContent {
    var result = NoscriptContent.nothing
    var index = start
    while index < end {
      let byte = input[index]
      if byte.isASCIISpace {
        index += 1
        continue
      }
      guard byte == 0x3C, index - start < 4096, !matches("noscript", at: index + 1),
        let close = find(0x3E, from: index), close < end
      else { return .other }
      if matches("img", at: index + 1) || matches("amp-img", at: index + 1) { result = .picture }
      if matches("style", at: index + 1) || matches("script", at: index + 1) { return .other }
      index = close + 1
    }
    return result
  }

  /// Whether a script's type says that it is JSON-LD.
  func isJSONLD(_ firstAttribute: Int) -> Bool {
    for index in firstAttribute..<attributes.count where attributes[index].name == .type {
      let start = Int(attributes[index].start)
      let end = Int(attributes[index].end)
      var place = start
      while place + 7 <= end {
        if matchesLetters("ld+json", at: place) { return true }
        place += 1
      }
    }
    return false
  }

  private func matchesLetters(_ word: StaticString, at start: Int) -> Bool {
    for index in 0..<word.utf8CodeUnitCount {
      let byte = input[start + index]
      let lower = byte.asciiSmall
      if lower != word.utf8Start[index] { return false }
    }
    return true
  }
}
