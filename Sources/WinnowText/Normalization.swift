/// Mends the text of blocks without changing what the author wrote; each kind of repair is counted.
///
/// A normalizer keeps a buffer for pages with mojibake, so one per worker should be reused.
package struct Normalizer: Sendable {
  /// Whether double-encoded runs are looked for; set it from `looksMojibake` of the page's text.
  package var repairsMojibake = false

  /// What a byte asks for: 0 copy, 1 space, 2 look closer.
  private let actions: [UInt8]
  private let lowKinds: [UInt8]
  private var unscrambled: [UInt8] = []

  /// Longest run of combining marks that is still composed; longer ones are no language, and
  /// sorting them takes quadratic time.
  private static let longestMarkRun = 32

  /// A normalizer for pages in good order.
  package init() {
    actions = Self.sharedActions
    lowKinds = Composition.lowKinds
  }

  private static let sharedActions: [UInt8] = {
    var actions = [UInt8](repeating: 0, count: 256)
    for byte in 0..<0x20 { actions[byte] = 2 }
    actions[0x20] = 1
    actions[0x26] = 2
    actions[0x7F] = 2
    // Lead bytes of U+0080…U+00BF, U+1680, U+2000…U+2FFF, U+3000 and U+F000…U+FFFF.
    for lead in [0xC2, 0xE1, 0xE2, 0xE3, 0xEF] { actions[lead] = 2 }
    for lead in Composition.leadBytes { actions[Int(lead)] = 2 }
    return actions
  }()

  /// Whether a page's text (or a long enough sample) is UTF-8 that was decoded as windows-1252.
  package static func looksMojibake(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
    Mojibake.looksMojibake(sample)
  }

  /// Appends the repaired text of one block to `output`.
  ///
  /// - Parameters:
  ///   - input: UTF-8; ill-formed bytes do no harm, but some pass through as they are.
  ///   - collapsingWhitespace: makes each run of white space one space and trims both ends; otherwise
  ///     spaces, tabs and newlines stay, and line and paragraph separators become newlines.
  ///   - counts: the repairs made are added here.
  package mutating func normalize(
    _ input: UnsafeBufferPointer<UInt8>, into output: inout [UInt8], collapsingWhitespace: Bool,
    counts: inout RepairCounts
  ) {
    guard repairsMojibake, UTF8Bytes.endOfASCII(input, from: 0) < input.count else {
      return rewrite(input, into: &output, collapsing: collapsingWhitespace, counts: &counts)
    }
    var text = unscrambled
    unscrambled = []
    text.removeAll(keepingCapacity: true)
    counts[.mojibake] += Mojibake.repair(input, into: &text)
    text.withUnsafeBufferPointer {
      rewrite($0, into: &output, collapsing: collapsingWhitespace, counts: &counts)
    }
    unscrambled = text
  }

  private func rewrite(
    _ input: UnsafeBufferPointer<UInt8>, into output: inout [UInt8], collapsing: Bool,
    counts: inout RepairCounts
  ) {
    actions.withUnsafeBufferPointer { actions in
      lowKinds.withUnsafeBufferPointer { lowKinds in
        var pass = BlockRewrite(lowKinds: lowKinds, start: output.count, collapsing: collapsing)
        pass.run(input, actions: actions, into: &output, counts: &counts)
        if pass.needsComposition, pass.longestMarkRun <= Self.longestMarkRun,
          Composition.compose(&output, from: pass.start)
        {
          counts[.composition] += 1
        }
      }
    }
  }
}

/// One pass over a block's bytes.
private struct BlockRewrite {
  let lowKinds: UnsafeBufferPointer<UInt8>
  /// Where the block begins in the output.
  let start: Int
  let collapsing: Bool
  private(set) var needsComposition = false
  private(set) var longestMarkRun = 0
  private var markRun = 0
  /// End, in the output, of the last mark or joinable starter.
  private var markEnd = -1
  private var joinableEnd = -1

  init(lowKinds: UnsafeBufferPointer<UInt8>, start: Int, collapsing: Bool) {
    self.lowKinds = lowKinds
    self.start = start
    self.collapsing = collapsing
  }

  mutating func run(
    _ input: UnsafeBufferPointer<UInt8>, actions: UnsafeBufferPointer<UInt8>,
    into output: inout [UInt8], counts: inout RepairCounts
  ) {
    let count = input.count
    var index = 0
    // Where eight bytes are looked at together again.
    var nextWord = 0
    while index < count {
      let plain = index
      while index < count {
        if index >= nextWord, collapsing {
          if let width = plainWidth(input, at: index, isAfterText: index > plain) {
            index += width
            continue
          }
          nextWord = index + 8
        }
        let action = actions[Int(input[index])]
        if action == 0 {
          index += 1
        } else if action == 1, !collapsing {
          index += 1
        } else if action == 1, index > plain, index + 1 < count, actions[Int(input[index + 1])] == 0 {
          // A single space between words.
          index += 2
        } else {
          break
        }
      }
      if index > plain {
        output.append(contentsOf: UnsafeBufferPointer(rebasing: input[plain..<index]))
      }
      guard index < count else { break }
      index += step(input, at: index, into: &output, counts: &counts)
    }
    if collapsing, output.count > start, output.last == 0x20 { output.removeLast() }
  }

  /// How many of the eight bytes at `index` are copied as they are, ASCII with single spaces; `nil` where one asks for
  /// more.
  @inline(__always)
  private func plainWidth(
    _ input: UnsafeBufferPointer<UInt8>, at index: Int, isAfterText: Bool
  ) -> Int? {
    guard index + 8 <= input.count else { return nil }
    let raw = UnsafeRawBufferPointer(input)
    let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops = ones << 7
    // Without bytes beyond ASCII no sum goes beyond its byte.
    let isVisible = word &+ ones &* (0x80 - 0x20)
    let isDelete = word &+ ones
    let isOther = (word ^ ones &* 0x26) &+ ones &* 0x7F
    let spaces = ~((word ^ ones &* 0x20) &+ ones &* 0x7F) & tops
    guard word & tops == 0, isVisible & ~isDelete & isOther & tops == tops, spaces & spaces << 8 == 0,
      spaces & 0x80 == 0 || isAfterText
    else { return nil }
    // What follows a space at the end decides whether it stays.
    return 8 - Int(truncatingIfNeeded: spaces >> 63)
  }

  /// Deals with one character that may need a repair; returns the bytes it took.
  private mutating func step(
    _ input: UnsafeBufferPointer<UInt8>, at index: Int, into output: inout [UInt8],
    counts: inout RepairCounts
  ) -> Int {
    let byte = input[index]
    if byte == UInt8(ascii: "&") {
      guard let (scalar, length) = LeftoverEntity.decode(input, at: index) else {
        output.append(byte)
        return 1
      }
      counts[.entity] += 1
      // The character may itself be a special space, a soft hyphen or a C1 control.
      var ignored = RepairCounts()
      emit(scalar, next: index + length, input, into: &output, counts: &ignored)
      return length
    }
    let (scalar, length) = UTF8Bytes.scalar(input, at: index)
    guard let scalar else {
      UTF8Bytes.appendReplacement(to: &output)
      return length
    }
    emit(scalar, next: index + length, input, into: &output, counts: &counts)
    return length
  }

  /// Appends what a scalar becomes. `next` is the index of what follows it in the input.
  private mutating func emit(
    _ scalar: UInt32, next: Int, _ input: UnsafeBufferPointer<UInt8>, into output: inout [UInt8],
    counts: inout RepairCounts
  ) {
    switch scalar {
    case 0x20, 0x09, 0x0A:
      space(UInt8(truncatingIfNeeded: scalar), into: &output)
    case 0x0D:
      // A line ending; the newline of a pair comes next.
      if next >= input.count || input[next] != 0x0A { space(0x0A, into: &output) }
    case 0x0B, 0x0C:
      counts[.control] += 1
      space(0x0A, into: &output)
    case 0..<0x20, 0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D:
      counts[.control] += 1
    case 0x80..<0xA0:
      counts[.c1Control] += 1
      UTF8Bytes.append(Windows1252.upper[Int(scalar) - 0x80], to: &output)
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000:
      counts[.unicodeSpace] += 1
      space(0x20, into: &output)
    case 0x2028, 0x2029:
      counts[.unicodeSpace] += 1
      space(0x0A, into: &output)
    case 0xAD:
      counts[.softHyphen] += 1
    case 0x200B, 0x2060, 0xFEFF, 0xFFFC:
      counts[.zeroWidth] += 1
    case 0x200C, 0x200D:
      // Joiners shape Persian, Indic and emoji; beside ASCII or a space they do nothing.
      let followsLetter = output.count > start && output[output.count - 1] >= 0x80
      if followsLetter, next < input.count, input[next] >= 0x80, !isSpace(input, at: next) {
        UTF8Bytes.append(scalar, to: &output)
      } else {
        counts[.zeroWidth] += 1
      }
    default:
      track(scalar, into: &output)
    }
  }

  private func isSpace(_ input: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    switch UTF8Bytes.scalar(input, at: index).value ?? 0 {
    case 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Appends an ordinary scalar and notes whether composition has work to do.
  @inline(__always)
  private mutating func track(_ scalar: UInt32, into output: inout [UInt8]) {
    let kind =
      scalar < Composition.lowLimit ? lowKinds[Int(scalar)] : Composition.highKind(scalar)
    let position = output.count
    UTF8Bytes.append(scalar, to: &output)
    guard kind != 0 else { return }
    if kind & Composition.suspicious != 0 { needsComposition = true }
    if kind & Composition.joiningStarter != 0, joinableEnd == position { needsComposition = true }
    if kind & Composition.joinedStarter != 0 { joinableEnd = output.count }
    if kind & Composition.mark != 0 {
      // Two marks in a row may stand in the wrong order.
      if markEnd == position { needsComposition = true }
      markRun = markEnd == position ? markRun + 1 : 1
      longestMarkRun = max(longestMarkRun, markRun)
      markEnd = output.count
    }
  }

  @inline(__always)
  private func space(_ byte: UInt8, into output: inout [UInt8]) {
    guard collapsing else { return output.append(byte) }
    if output.count > start, output[output.count - 1] != 0x20 { output.append(0x20) }
  }
}
