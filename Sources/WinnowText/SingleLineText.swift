/// Text whose line ends an export turned into tabs or runs of spaces, so that all of it stands on one line: a row of a
/// table, the cells of which are headline, author, date and text.
package enum SingleLineText {
  private static let shortest = 300
  private static let fewest = 4
  /// The longest part must be this long, in bytes: a row of figures has none.
  private static let longestPart = 100

  /// The text with line ends where tabs stood, or runs of spaces; `nil` for a text that is not of that kind.
  package static func parted(_ bytes: [UInt8]) -> [UInt8]? {
    bytes.withUnsafeBufferPointer { text in
      guard text.count >= shortest, isSingleLine(text) else { return nil }
      let tabs = text.indices.filter { text[$0] == 0x09 }
      let cuts = tabs.count >= fewest - 1 ? tabs : runsOfSpaces(text)
      guard cuts.count >= fewest - 1, longestPart(text, cuts) >= longestPart else { return nil }
      var parted = Array(text)
      for cut in cuts { parted[cut] = 0x0A }
      return parted
    }
  }

  private static func isSingleLine(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var end = text.count
    while end > 0, text[end - 1] <= 0x20 { end -= 1 }
    return !text[..<end].contains { $0 == 0x0A || $0 == 0x0D }
  }

  /// The first space of each run of two or more; typists set two behind a full stop, which part nothing.
  private static func runsOfSpaces(_ text: UnsafeBufferPointer<UInt8>) -> [Int] {
    var cuts: [Int] = []
    var index = 1
    while index + 1 < text.count {
      guard text[index] == 0x20, text[index + 1] == 0x20 else {
        index += 1
        continue
      }
      cuts.append(index)
      while index < text.count, text[index] == 0x20 { index += 1 }
    }
    let behindStops = cuts.count { [0x2E, 0x21, 0x3F].contains(text[$0 - 1]) }
    return behindStops * 5 > cuts.count * 4 ? [] : cuts
  }

  private static func longestPart(_ text: UnsafeBufferPointer<UInt8>, _ cuts: [Int]) -> Int {
    zip([-1] + cuts, cuts + [text.count]).reduce(0) { max($0, $1.1 - $1.0) }
  }
}
