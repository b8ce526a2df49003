import WinnowCore
import WinnowText

/// A block's text as phrases are matched: folded, with the way back to the original bytes.
struct FoldedText {
  private var bytes: [UInt8] = []
  private var offsets: [Int32]? = []
  private let length: Int

  init(_ block: Block) {
    length = block.utf8.count
    var bytes: [UInt8] = []
    var offsets: [Int32]? = []
    block.withUTF8 { Folding.fold($0, into: &bytes, offsets: &offsets) }
    self.bytes = bytes
    self.offsets = offsets
  }

  /// Where folded words stand in the block, in bytes of its text; `nil` where they do not stand so.
  func find(_ words: [UInt8], _ anchor: PhraseAnchor) -> Range<Int>? {
    guard !words.isEmpty, words.count <= bytes.count else { return nil }
    switch anchor {
    case .start: return isWord(at: 0, words) ? range(0, words.count) : nil
    case .end:
      let end = trimmedEnd
      return end >= words.count && isWord(at: end - words.count, words)
        ? range(end - words.count, words.count) : nil
    case .whole: return trimmedEnd == words.count && isWord(at: 0, words) ? range(0, words.count) : nil
    case .within:
      for start in 0...(bytes.count - words.count) where bytes[start] == words[0] {
        if isWord(at: start, words) { return range(start, words.count) }
      }
      return nil
    }
  }

  /// The text without what may trail a label: a colon, a full stop, brackets.
  private var trimmedEnd: Int {
    var end = bytes.count
    while end > 0, [0x20, 0x3A, 0x2E, 0x21, 0x3F, 0x28, 0x29].contains(bytes[end - 1]) { end -= 1 }
    return end
  }

  /// Whether words stand at a place with no letter or digit going on from them.
  private func isWord(at start: Int, _ words: [UInt8]) -> Bool {
    guard start >= 0, start + words.count <= bytes.count,
      bytes[start..<start + words.count].elementsEqual(words)
    else { return false }
    let end = start + words.count
    let opens = start == 0 || !isPart(bytes[start - 1]) || !isPart(words[0]) || isUnspaced(start)
    let closes =
      end == bytes.count || !isPart(bytes[end]) || !isPart(words[words.count - 1]) || isUnspaced(end)
    return opens && closes
  }

  private func isPart(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == Folding.number || byte.isASCIISmall
  }

  /// Whether a character of a script without spaces starts here: such scripts start a word anywhere.
  private func isUnspaced(_ index: Int) -> Bool { bytes[index] >= 0xE3 || bytes[index] == 0xE0 }

  private func range(_ start: Int, _ count: Int) -> Range<Int> {
    guard let offsets else { return 0..<length }
    let lower = Int(offsets[start])
    let upper = start + count < offsets.count ? Int(offsets[start + count]) : length
    return lower..<max(lower, upper)
  }
}
