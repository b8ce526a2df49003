import CWinnowKernels
import WinnowCore

/// Up to 64 bytes of ASCII and what they are, a bit for each: what ``BlockScanner`` counts byte by byte elsewhere.
struct ASCIIRun {
  private(set) var kinds = winnow_kinds()
  /// How many bytes stand before one beyond ASCII.
  let count: Int
  /// A bit for each of them.
  private let all: UInt64

  /// The bytes of a text of at most 64 up to the first beyond ASCII.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    winnow_tell_kinds(text.baseAddress, text.count, &kinds)
    count = min(text.count, kinds.beyond.trailingZeroBitCount)
    all = count == 64 ? .max : 1 << UInt64(count) - 1
    guard count < text.count else { return }
    kinds.small &= all
    kinds.capitals &= all
    kinds.digits &= all
    kinds.spaces &= all
    kinds.terminals &= all
    kinds.closings &= all
    kinds.separators &= all
    kinds.commas &= all
    kinds.apostrophes &= all
    kinds.underscores &= all
  }

  private var visible: UInt64 { all & ~kinds.spaces }
  private var parts: UInt64 { kinds.small | kinds.capitals | kinds.digits }

  /// Characters that are no space.
  var characters: Int32 { Int32(truncatingIfNeeded: visible.nonzeroBitCount) }

  /// The place of the last character that is no space.
  var lastVisible: Int? { visible == 0 ? nil : 63 - visible.leadingZeroBitCount }

  /// Notes how a text opens that begins here.
  func noteOpening(into m: inout BlockMeasures) {
    guard visible != 0 else { return }
    let opening = visible & (~visible &+ 1)
    if kinds.small & opening != 0 { m.flags.insert(.opensLowerCase) }
    // Brackets do not open a quotation.
    if kinds.quotes & opening != 0 { m.flags.insert(.opensQuotation) }
  }

  /// Counts words, and what is counted by its kind alone. An apostrophe belongs to the word before it, and an underscore
  /// is a part of one that begins none.
  func countWords(_ inWord: inout Bool, into m: inout BlockMeasures) -> Int32 {
    var inside = parts | kinds.underscores
    let before: UInt64 = inWord ? 1 : 0
    var apostrophes = kinds.apostrophes
    while apostrophes != 0 {
      let bit = apostrophes & (~apostrophes &+ 1)
      if (inside << 1 | before) & bit != 0 { inside |= bit }
      apostrophes ^= bit
    }
    let starts = parts & ~(inside << 1 | before)
    inWord = inside >> UInt64(count - 1) & 1 != 0
    m.capitalisedWords += Int32(truncatingIfNeeded: (starts & kinds.capitals).nonzeroBitCount)
    m.digits += Int32(truncatingIfNeeded: kinds.digits.nonzeroBitCount)
    m.separators += Int32(truncatingIfNeeded: kinds.separators.nonzeroBitCount)
    m.commas += Int32(truncatingIfNeeded: kinds.commas.nonzeroBitCount)
    return Int32(truncatingIfNeeded: starts.nonzeroBitCount)
  }

  /// Counts the spaces behind full stops and their like, closing signs aside.
  func countSentences(_ pendingTerminal: inout Bool, into m: inout BlockMeasures) {
    let ending = kinds.terminals | kinds.closings
    var terminals = kinds.terminals
    // A stop before this run is as one at its start.
    var place = pendingTerminal ? 0 : terminals.trailingZeroBitCount
    while place < count {
      let end = place + (~(ending >> UInt64(place))).trailingZeroBitCount
      guard end < count else {
        pendingTerminal = true
        return
      }
      if kinds.spaces >> UInt64(end) & 1 != 0 { m.sentences += 1 }
      // None of those passed over counts again.
      terminals &= .max << UInt64(end)
      place = terminals.trailingZeroBitCount
    }
    pendingTerminal = false
  }

  /// Whether a stop is the last of what ends or continues a sentence; `nil` where there is neither.
  var endsSentence: Bool? {
    let others = visible & ~(kinds.terminals | kinds.closings)
    guard kinds.terminals | others != 0 else { return nil }
    return kinds.terminals > others
  }
}
