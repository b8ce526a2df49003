import CWinnowKernels
import WinnowCore

/// Counts what a block's text is made of, in one pass over its UTF-8.
package enum BlockScanner {
  private enum Class {
    static let space: UInt8 = 1
    static let lower: UInt8 = 2
    static let upper: UInt8 = 4
    static let digit: UInt8 = 8
    static let terminal: UInt8 = 16
    static let closing: UInt8 = 32
    static let separator: UInt8 = 64
    static let comma: UInt8 = 128
  }

  /// What a character beyond ASCII counts as.
  private enum Wide {
    case letter, capital, unspaced, mark, terminal, closing, opening, comma, separator, other, digit
  }

  /// Letters of a script without full stops from which a block counts as a sentence: headlines have some 70 with
  /// their vowel signs, paragraphs mostly over 120.
  private static let unstoppedProse = 100

  private static let table: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 128)
    for byte in [0x20, 0x0A, 0x09, 0x0D] { table[byte] = Class.space }
    for byte in 0x61...0x7A { table[byte] = Class.lower }
    for byte in 0x41...0x5A { table[byte] = Class.upper }
    for byte in 0x30...0x39 { table[byte] = Class.digit }
    for byte in [0x2E, 0x21, 0x3F] { table[byte] = Class.terminal }
    for byte in [0x22, 0x27, 0x29, 0x5D] { table[byte] = Class.closing }
    for byte in [0x7C, 0x3E] { table[byte] = Class.separator }
    table[0x2C] = Class.comma
    table[0x3B] = Class.comma
    return table
  }()

  /// Bytes of ASCII from which looking at them together is quicker than one by one.
  private static let shortestRun = 12

  /// Fills words, characters, sentences, commas, digits, capitals, separators and the flags that follow
  /// from the text alone.
  package static func measure(_ text: UnsafeBufferPointer<UInt8>, into m: inout BlockMeasures) {
    table.withUnsafeBufferPointer { measure(text, table: $0, into: &m) }
  }

  private static func measure(
    _ text: UnsafeBufferPointer<UInt8>, table: UnsafeBufferPointer<UInt8>, into m: inout BlockMeasures
  ) {
    var characters: Int32 = 0
    var words: Int32 = 0
    var unspaced: Int32 = 0
    var unstopped = 0
    var lowerLetters = 0
    var upperLetters = 0
    var inWord = false
    var pendingTerminal = false
    var terminalSeen = false
    var first = true
    var last: UInt8 = 0
    var index = 0
    let count = text.count
    // Where many bytes are looked at together again.
    var nextRun = 0
    while index < count {
      let byte = text[index]
      if index >= nextRun {
        let rest = UnsafeBufferPointer(rebasing: text[index..<min(count, index + 64)])
        let run = ASCIIRun(rest)
        if run.count >= BlockScanner.shortestRun || run.count == rest.count {
          if first { run.noteOpening(into: &m) }
          words += run.countWords(&inWord, into: &m)
          run.countSentences(&pendingTerminal, into: &m)
          if let seen = run.endsSentence { terminalSeen = seen }
          characters += run.characters
          lowerLetters += run.kinds.small.nonzeroBitCount
          upperLetters += run.kinds.capitals.nonzeroBitCount
          if let place = run.lastVisible {
            last = rest[place]
            first = false
          }
          index += run.count
          continue
        }
        nextRun = index + 64
      }
      if byte < 0x80 {
        index += 1
        let kind = table[Int(byte)]
        if kind & Class.space != 0 {
          if pendingTerminal { m.sentences += 1 }
          pendingTerminal = false
          inWord = false
          continue
        }
        characters += 1
        if kind & (Class.lower | Class.upper | Class.digit) != 0 {
          if !inWord {
            words += 1
            if kind & Class.upper != 0 { m.capitalisedWords += 1 }
          }
          inWord = true
          if kind & Class.lower != 0 {
            lowerLetters += 1
            if first { m.flags.insert(.opensLowerCase) }
          } else if kind & Class.upper != 0 {
            upperLetters += 1
          } else {
            m.digits += 1
          }
          pendingTerminal = false
          terminalSeen = false
          last = byte
          first = false
          // The rest of a word is small letters for the most part, and they change nothing else.
          let start = index
          while index < count, text[index].isASCIISmall { index += 1 }
          if index > start {
            characters += Int32(truncatingIfNeeded: index - start)
            lowerLetters += index - start
            last = 0x61
          }
          continue
        } else {
          if byte == 0x5F { inWord = true } else if byte != 0x27 { inWord = false }
          if kind & Class.terminal != 0 {
            pendingTerminal = true
            terminalSeen = true
          } else if kind & Class.closing != 0 {
            if first, byte == 0x22 || byte == 0x27 { m.flags.insert(.opensQuotation) }
          } else {
            if kind & Class.separator != 0 { m.separators += 1 }
            if kind & Class.comma != 0 { m.commas += 1 }
            pendingTerminal = false
            terminalSeen = false
          }
        }
        last = byte
        first = false
        continue
      }
      let (scalar, length) = decode(text, at: index)
      index += length
      switch classify(scalar) {
      case .letter, .capital, .digit:
        let kind = classify(scalar)
        characters += 1
        if !inWord {
          words += 1
          if kind == .capital { m.capitalisedWords += 1 }
        }
        if kind == .digit { m.digits += 1 }
        if kind == .capital { upperLetters += 1 } else { lowerLetters += 1 }
        inWord = true
        pendingTerminal = false
        terminalSeen = false
      case .unspaced:
        characters += 1
        unspaced += 1
        if scalar < 0x3000 { unstopped += 1 }
        lowerLetters += 1
        inWord = false
        pendingTerminal = false
        terminalSeen = false
      case .mark:
        break
      case .terminal:
        characters += 1
        m.sentences += 1
        pendingTerminal = false
        terminalSeen = true
        inWord = false
      case .closing:
        characters += 1
        inWord = false
        if scalar == 0x2019 { inWord = true }
      case .opening:
        characters += 1
        if first { m.flags.insert(.opensQuotation) }
        inWord = false
        pendingTerminal = false
        terminalSeen = false
      case .comma:
        characters += 1
        m.commas += 1
        inWord = false
        terminalSeen = false
      case .separator:
        characters += 1
        m.separators += 1
        inWord = false
        terminalSeen = false
      case .other:
        characters += 1
        if scalar == 0xA9 { m.flags.insert(.hasCopyright) }
        inWord = false
        terminalSeen = false
      }
      last = 0xFF
      first = false
    }
    if pendingTerminal { m.sentences += 1 }
    m.characters = characters
    m.words = words + (unspaced + 1) / 2
    // Thai, Lao, Khmer and Burmese part sentences by spaces: only its length tells a paragraph from a headline.
    if unstopped >= BlockScanner.unstoppedProse, m.sentences == 0 {
      m.sentences = 1
      terminalSeen = true
    }
    if terminalSeen { m.flags.insert(.endsSentence) }
    if last == 0x3A || endsWithWideColon(text) { m.flags.insert(.endsColon) }
    if upperLetters >= 2, lowerLetters == 0 { m.flags.insert(.allCapitals) }
  }

  private static func endsWithWideColon(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let n = text.count
    return n >= 3 && text[n - 3] == 0xEF && text[n - 2] == 0xBC && text[n - 1] == 0x9A
  }

  /// Decodes one scalar of valid UTF-8; a stray byte counts as one.
  @inline(__always)
  static func decode(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> (scalar: UInt32, length: Int) {
    let byte = UInt32(text[index])
    let rest = text.count - index
    if byte >= 0xF0, rest >= 4 {
      let value =
        (byte & 7) << 18 | UInt32(text[index + 1] & 63) << 12 | UInt32(text[index + 2] & 63) << 6
        | UInt32(text[index + 3] & 63)
      return (value, 4)
    }
    if byte >= 0xE0, rest >= 3 {
      return ((byte & 15) << 12 | UInt32(text[index + 1] & 63) << 6 | UInt32(text[index + 2] & 63), 3)
    }
    if byte >= 0xC0, rest >= 2 { return ((byte & 31) << 6 | UInt32(text[index + 1] & 63), 2) }
    return (0xFFFD, 1)
  }

  private static func classify(_ c: UInt32) -> Wide {
    switch c {
    case 0xAA, 0xB5, 0xBA: return .letter
    case 0xA0...0xBF:
      if c == 0xBB { return .closing }
      if c == 0xAB { return .opening }
      return c == 0xB7 ? .separator : .other
    case 0xD7, 0xF7: return .other
    case 0xC0...0xDE, 0x386...0x3AB, 0x400...0x42F, 0x531...0x556, 0x10A0...0x10C5: return .capital
    case 0x100...0x17F: return c & 1 == (c >= 0x139 && c <= 0x148 || c >= 0x179 ? 1 : 0) ? .capital : .letter
    case 0x300...0x36F, 0x483...0x489, 0x591...0x5BD, 0x610...0x61A, 0x64B...0x65F, 0x200C...0x200F:
      return .mark
    case 0x37E, 0x61F, 0x6D4, 0x589, 0x964, 0x965, 0x2026, 0x203C, 0x2047...0x2049, 0x3002, 0xFF01, 0xFF0E,
      0xFF1F, 0xFF61:
      return .terminal
    case 0x55A...0x55F, 0x5BE, 0x5C0, 0x5C3, 0x66A...0x66D: return .other
    case 0x60C, 0x61B, 0x3001, 0xFF0C, 0xFF1B, 0xFF64: return .comma
    case 0x660...0x669, 0x6F0...0x6F9, 0x966...0x96F, 0x9E6...0x9EF, 0xA66...0xA6F, 0xAE6...0xAEF,
      0xB66...0xB6F, 0xBE6...0xBEF, 0xC66...0xC6F, 0xCE6...0xCEF, 0xD66...0xD6F, 0xFF10...0xFF19:
      return .digit
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3041...0x30FA, 0x30FC...0x30FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0x3005...0x3007, 0xFF66...0xFF9F:
      return .unspaced
    case 0x2018, 0x201A, 0x201B, 0x201C, 0x201E, 0x2039, 0x300C, 0x300E, 0x3008, 0x300A, 0x3010, 0xFF08,
      0x2013, 0x2014, 0x2015:
      return .opening
    case 0x2019, 0x201D, 0x203A, 0x300D, 0x300F, 0x3009, 0x300B, 0x3011, 0xFF09: return .closing
    case 0x2022, 0x2190...0x21FF, 0x25A0...0x25FF, 0x30FB, 0xFF5C, 0x2502: return .separator
    case 0x2000...0x206F, 0x2070...0x2BFF, 0x3000...0x3004, 0x3012...0x3040, 0xFE10...0xFE4F,
      0xFF00...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65, 0x1F000...0x1FFFF, 0xFFFD,
      0xFFF0...0xFFFC:
      return .other
    default: return .letter
    }
  }
}
