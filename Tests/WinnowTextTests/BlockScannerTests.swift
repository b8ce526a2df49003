import Testing
import WinnowCore

@testable import WinnowText

/// What is counted of many bytes at once against a count byte by byte.
@Suite struct BlockScannerTests {
  /// The rules for ASCII, one character after the other.
  private func expected(_ text: [UInt8]) -> String {
    var m = BlockMeasures()
    var inWord = false
    var isPending = false
    var ends = false
    var (small, capitals) = (0, 0)
    var last: UInt8 = 0
    for byte in text {
      if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
        if isPending { m.sentences += 1 }
        (isPending, inWord) = (false, false)
        continue
      }
      let isFirst = last == 0
      last = byte
      m.characters += 1
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A:
        if !inWord { m.words += 1 }
        if (0x41...0x5A).contains(byte) {
          if !inWord { m.capitalisedWords += 1 }
          capitals += 1
        } else if byte > 0x60 {
          small += 1
          if isFirst { m.flags.insert(.opensLowerCase) }
        } else {
          m.digits += 1
        }
        (inWord, isPending, ends) = (true, false, false)
      case 0x2E, 0x21, 0x3F: (inWord, isPending, ends) = (false, true, true)
      case 0x22, 0x27, 0x29, 0x5D:
        if isFirst, byte < 0x29 { m.flags.insert(.opensQuotation) }
        if byte != 0x27 { inWord = false }
      default:
        if byte == 0x7C || byte == 0x3E { m.separators += 1 }
        if byte == 0x2C || byte == 0x3B { m.commas += 1 }
        (inWord, isPending, ends) = (byte == 0x5F, false, false)
      }
    }
    if isPending { m.sentences += 1 }
    if ends { m.flags.insert(.endsSentence) }
    if last == 0x3A { m.flags.insert(.endsColon) }
    if capitals >= 2, small == 0 { m.flags.insert(.allCapitals) }
    return "\(m)"
  }

  private func measured(_ text: [UInt8]) -> String {
    var m = BlockMeasures()
    text.withUnsafeBufferPointer { BlockScanner.measure($0, into: &m) }
    return "\(m)"
  }

  @Test func bytesTogetherCountAsOneByOne() {
    // Numbers that look random and are the same on every run.
    var state: UInt64 = 7
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Int(state >> 33) % limit
    }
    let signs = Array("  ..!?\"'')]|>,;_-:(\n\t09AZ".utf8)
    for _ in 0..<4000 {
      let letters = next(6)
      let text = (0..<next(200)).map { _ in
        next(6) < letters ? UInt8(0x61 + next(26)) : signs[next(signs.count)]
      }
      #expect(measured(text) == expected(text), "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test func charactersBeyondASCIIPartWhatIsCountedTogether() {
    // Cyrillic letters count as Latin ones do, so that each text has a twin without them.
    let plain =
      "He said \"stop.\" Twice, at least! And the long sentence went on for more than sixty-four bytes: yes?"
    for place in plain.indices where plain[place] == "t" || plain[place] == "S" {
      var other = plain
      other.replaceSubrange(place...place, with: plain[place] == "t" ? "\u{442}" : "\u{421}")
      #expect(measured(Array(other.utf8)) == measured(Array(plain.utf8)), "\(other)")
    }
  }
}
