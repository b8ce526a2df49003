import WinnowCore

/// Codes in brackets that a content system should have replaced, as feeds, mobile pages and exports show them:
/// `[vc_row]`, `[caption id="a1" width="800"] … [/caption]`.
///
/// Only those at the edges of a block are cut: within a sentence they are what a text about such codes talks of.
enum Shortcodes {
  /// Whether a page has any, so that its blocks must be looked at.
  static func occur(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while let found = UTF8Bytes.firstIndex(of: 0x5B, in: UnsafeBufferPointer(rebasing: text[index...])) {
      index += found
      // What closes a code is one itself, so nobody need look for it from each word in brackets.
      if end(text, index, text.count, seeksClosing: false) != nil { return true }
      index += 1
    }
    return false
  }

  /// The part of a block that stands between the codes at its edges.
  static func inner(_ text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var (start, stop) = (0, text.count)
    while start < stop {
      if text[start] <= 0x20 {
        start += 1
      } else if text[start] == 0x5B, let after = end(text, start, stop) {
        start = after
      } else {
        break
      }
    }
    while stop > start {
      if text[stop - 1] <= 0x20 {
        stop -= 1
        continue
      }
      guard text[stop - 1] == 0x5D, let open = opening(text, start, stop), end(text, open, stop) == stop
      else {
        break
      }
      stop = open
    }
    return start..<stop
  }

  /// Where the last bracket before `stop` opens.
  private static func opening(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ stop: Int) -> Int? {
    var index = stop - 2
    while index >= start, stop - index <= longest {
      if text[index] == 0x5B { return index }
      if text[index] == 0x5D { return nil }
      index -= 1
    }
    return nil
  }

  /// In bytes. Builders of pages write dozens of attributes.
  private static let longest = 2000

  /// One past the code that opens at `start`; `nil` where there is none.
  ///
  /// A bare word in brackets, as "[laughter]" or "[1]", is none: a code closes, has quoted attributes, or is a name
  /// such as no language writes.
  private static func end(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ stop: Int, seeksClosing: Bool = true
  ) -> Int? {
    var index = start + 1
    let closes = index < stop && text[index] == 0x2F
    if closes { index += 1 }
    let name = index
    var isJoined = false
    while index < stop, isNameByte(text[index], isFirst: index == name) {
      if text[index] == 0x5F { isJoined = true }
      index += 1
    }
    guard index - name >= 2, index < stop else { return nil }
    if text[index] == 0x5D {
      return closes || isJoined || seeksClosing && isClosed(text, name..<index, stop) ? index + 1 : nil
    }
    guard text[index] == 0x20, !closes else { return nil }
    var hasAttribute = false
    while index < stop, index - start < longest {
      switch text[index] {
      case 0x5D: return hasAttribute ? index + 1 : nil
      case 0x5B, 0x0A: return nil
      case 0x3D where index + 1 < stop && isQuote(text, index + 1, stop): hasAttribute = true
      default: break
      }
      index += 1
    }
    return nil
  }

  /// Whether `[/name]` stands further on.
  private static func isClosed(_ text: UnsafeBufferPointer<UInt8>, _ name: Range<Int>, _ stop: Int) -> Bool {
    let stop = min(stop, name.upperBound + longest)
    var index = name.upperBound + 1
    while index + name.count + 2 < stop {
      if text[index] == 0x5B, text[index + 1] == 0x2F, text[index + 2 + name.count] == 0x5D,
        text[index + 2..<index + 2 + name.count].elementsEqual(text[name])
      {
        return true
      }
      index += 1
    }
    return false
  }

  /// A quotation mark, straight or, as some systems make it, curly.
  private static func isQuote(_ text: UnsafeBufferPointer<UInt8>, _ index: Int, _ stop: Int) -> Bool {
    if text[index] == 0x22 || text[index] == 0x27 { return true }
    return index + 2 < stop && text[index] == 0xE2 && text[index + 1] == 0x80
      && text[index + 2] & 0xFC == 0x9C
  }

  private static func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
    if byte.isASCIISmall { return true }
    return !isFirst && (byte == 0x5F || byte == 0x2D || byte.isASCIIDigit)
  }
}
