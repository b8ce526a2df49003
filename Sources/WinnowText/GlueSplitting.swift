import WinnowCore

/// Seams of flattened text: joints where blocks were glued together, and breaks inside sentences.
///
/// Some flatteners write no line end between blocks (`PrycePublished 3 June`), others write one at each
/// inline element, so that a sentence with a link in it takes three lines.
struct GlueSplitting {
  /// Whether the text as a whole is of the glued kind.
  let isGlued: Bool
  /// Whether the text as a whole has one string a line, broken at inline elements.
  let isFragmented: Bool

  /// For each line whether it was searched for joints and has none, so that it need not be searched again.
  private var hasNoJoints: [Bool] = []

  /// Longest part that a glued text leaves whole, in bytes.
  private static let longest = 1500

  /// Judges a text by its joints, blank lines, bullets and indents.
  init(_ lines: FlatLines, wrapped: Bool) {
    var filled = 0
    var blank = 0
    var shaped = 0
    var joints = 0
    var glued = 0
    var words = 0  // with joints in them
    var identifiers = 0
    var tokens: [UInt32: Int] = [:]
    hasNoJoints = Array(repeating: false, count: lines.rows.count)
    for (index, line) in lines.rows.enumerated() {
      if line.isBlank {
        blank += 1
        continue
      }
      filled += 1
      if line.indent > 0 || line.opener == .bullet || line.opener == .dash { shaped += 1 }
      if lines.markdown || wrapped { continue }
      let found = GlueSplitting.joints(lines.bytes, Int(line.text), Int(line.end))
      if found.isEmpty {
        hasNoJoints[index] = true
        continue
      }
      joints += found.count
      if found.count >= 2 { glued += 1 }
      var tokenEnd = 0
      for joint in found where joint.index >= tokenEnd {
        let token = GlueSplitting.token(lines.bytes, around: joint.index, Int(line.text), Int(line.end))
        tokenEnd = token.end
        words += 1
        let uses = tokens[token.hash, default: 0] + 1
        tokens[token.hash] = uses
        if token.isCode || uses >= 3 { identifiers += 1 }
      }
    }
    // Identifiers of quoted code look glued as well, but they come again and again, or with code's signs.
    // A page on one line has but one glued line.
    isGlued =
      joints >= (filled == 1 ? 5 : 8) && (glued >= 2 || glued == 1 && filled <= 2) && joints * 2 >= filled
      && identifiers * 5 <= words
    isFragmented =
      !lines.markdown && !isGlued && filled >= 6 && blank * 20 <= filled && shaped * 20 <= filled
  }

  /// The hash of the word around a joint, and whether signs of programs stand in it.
  private static func token(
    _ bytes: UnsafeBufferPointer<UInt8>, around index: Int, _ start: Int, _ end: Int
  ) -> (hash: UInt32, end: Int, isCode: Bool) {
    var from = index
    while from > start, index - from < 60, bytes[from - 1] > 0x20 { from -= 1 }
    var hash: UInt32 = 2_166_136_261
    var isCode = false
    var at = from
    while at < end, at - index < 60, bytes[at] > 0x20 {
      let byte = bytes[at]
      switch byte {
      case 0x7B, 0x7D, 0x3D, 0x3C, 0x3E, 0x5F, 0x3B, 0x24, 0x5C: isCode = true
      // `close()`, `UserRepo(db)`: a call.
      case 0x28:
        if at > from, bytes[at - 1].isASCIILetter { isCode = true }
      default: break
      }
      hash = (hash ^ UInt32(byte)) &* 16_777_619
      at += 1
    }
    return (hash, at, isCode)
  }

  // MARK: Joints

  /// A place where two blocks meet without a space.
  struct Joint {
    var index: Int
    /// A sentence ends before it.
    var isSentenceEnd: Bool
  }

  /// The joints in a range of bytes: lower-case letter, digit or sentence end, then a capital and two
  /// lower-case letters. Names such as `iPhone`, `McDonald` or a `YouTube` inside a sentence are none.
  static func joints(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> [Joint] {
    var found: [Joint] = []
    var index = start
    var tokenStart = start
    var tokenJoints = 0
    var before: FlatScalar.Case = .none  // case of the previous scalar
    var beforeSign: UInt32 = 0
    var letters = 0  // letters since the last sign that is none
    var upperStart = false
    var tokenUpper = false
    var previousLower = false  // the word before opens in lower case
    var tokenLower = false
    var weak = -1  // a joint that may be part of a name
    var isLowQuoted = false  // behind `„`, which `“` closes
    while index < end {
      if index == tokenStart {
        let next = plainWordEnd(bytes, index, end)
        if next > index {
          let kind = FlatScalar.letterCase(UTF8Bytes.scalar(bytes, at: index).value ?? 0)
          tokenUpper = kind == .upper
          tokenLower = kind == .lower
          index = next
          if tokenJoints > 0 || index == end { continue }
          // The space behind it; what follows starts afresh.
          previousLower = tokenLower
          index += 1
          tokenStart = index
          weak = -1
          letters = 0
          before = .none
          beforeSign = 0x20
          continue
        }
      }
      let (value, length) = UTF8Bytes.scalar(bytes, at: index)
      let scalar = value ?? 0
      let kind = FlatScalar.letterCase(scalar)
      if scalar <= 0x20 || scalar == 0xA0 {
        if tokenJoints == 1, tokenUpper, previousLower, let last = found.last, !last.isSentenceEnd,
          last.index - tokenStart <= 8, index - last.index <= 9
        {
          found.removeLast()
        }
        previousLower = tokenLower
        tokenStart = index + length
        tokenJoints = 0
        weak = -1
        letters = 0
      } else {
        if index == tokenStart {
          tokenUpper = kind == .upper
          tokenLower = kind == .lower
        }
        if scalar == 0x201E { isLowQuoted = true }
        if scalar == 0x201C, before == .none, beforeSign != 0x201C, !isLowQuoted, index - tokenStart >= 3,
          FlatScalar.endsSentence(bytes, tokenStart, index), opensQuoted(bytes, index + length, end)
        {
          // `crank.“You`: here the mark opens the next block and does not close this one.
          found.append(Joint(index: index, isSentenceEnd: true))
          tokenJoints += 1
          letters = 0
          tokenStart = index + length
        } else if scalar == 0x201C {
          isLowQuoted = false
        } else if kind == .upper, index > tokenStart,
          opensWord(bytes, index + length, end)
            || opensShortWord(bytes, index, index + length, end, after: before == .lower ? letters : 0)
        {
          let isSentence = FlatScalar.endsSentence(bytes, tokenStart, index)
          var isJoint = false
          if before == .lower {
            // `iPhone` and `McDonald`; but of several joints in one token all are real.
            isJoint = upperStart ? letters >= 4 : letters >= 2
            if !isJoint { weak = index }
          } else if beforeSign >= 0x30 && beforeSign <= 0x39 {
            isJoint = true
          } else if isSentence {
            isJoint = index - tokenStart >= 3
          } else {
            isJoint = beforeSign == 0x29 || beforeSign == 0x5D
          }
          if isJoint {
            if weak > tokenStart {
              found.append(Joint(index: weak, isSentenceEnd: false))
              tokenJoints += 1
              weak = -1
            }
            found.append(Joint(index: index, isSentenceEnd: isSentence))
            tokenJoints += 1
            letters = 0
          }
        } else if scalar == 0xA9, before == .lower {
          found.append(Joint(index: index, isSentenceEnd: false))
          tokenJoints += 1
        }
        if kind == .none {
          letters = 0
        } else {
          if letters == 0 { upperStart = kind == .upper }
          letters += 1
        }
      }
      before = kind
      beforeSign = scalar
      index += length
      // The rest of a word is small letters for the most part, and they change nothing but their number.
      while kind == .lower, index < end, bytes[index].isASCIISmall {
        beforeSign = UInt32(bytes[index])
        letters += 1
        index += 1
      }
    }
    return found
  }

  /// The end of a word that holds no joint for certain; `start` where it may: at a capital within it, an opening
  /// mark, a copyright sign. Most words hold none, and need not be read sign by sign.
  @inline(__always)
  private static func plainWordEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end {
      while index < end, bytes[index].isASCIISmall { index += 1 }
      guard index < end, bytes[index] > 0x20 else { return index }
      let byte = bytes[index]
      if byte < 0x80 {
        if byte.isASCIICapital, index > start { return start }
        index += 1
      } else if byte == 0xC3, index + 1 < end, bytes[index + 1] >= 0x9F, bytes[index + 1] < 0xC0 {
        // Small letters of Latin-1.
        index += 2
      } else if byte == 0xE2, index + 2 < end, bytes[index + 1] == 0x80, bytes[index + 2] & 0xC0 == 0x80,
        bytes[index + 2] != 0x9C, bytes[index + 2] != 0x9E
      {
        // Dashes, and quotation marks but `“` and `„`.
        index += 3
      } else {
        return start
      }
    }
    return index
  }

  /// Whether a capital opens what follows a quotation mark.
  private static func opensQuoted(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    start < end && FlatScalar.letterCase(UTF8Bytes.scalar(bytes, at: start).value ?? 0) == .upper
  }

  private static func opensWord(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var index = start
    for _ in 0..<2 {
      guard index < end else { return false }
      let (value, length) = UTF8Bytes.scalar(bytes, at: index)
      guard FlatScalar.letterCase(value ?? 0) == .lower else { return false }
      index += length
    }
    return true
  }

  /// Whether a capital at `index` opens a word of two letters behind a word of four and more (`repairsBy Ann`), or
  /// of one or two behind a sentence (`planned.A bridge`, but not `U.S.A`).
  private static func opensShortWord(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ next: Int, _ end: Int, after letters: Int
  ) -> Bool {
    guard next < end else { return false }
    let (value, length) = UTF8Bytes.scalar(bytes, at: next)
    let isPair =
      FlatScalar.letterCase(value ?? 0) == .lower && next + length < end && bytes[next + length] == 0x20
    let least = bytes[index] == 0x42 && bytes[next] == 0x79 ? 3 : 4  // "outBy Ann"
    if isPair, letters >= least { return true }
    guard isPair || bytes[next] == 0x20, index >= 3 else { return false }
    func isSmall(_ byte: UInt8) -> Bool { byte.isASCIISmall || byte >= 0x80 }
    return [0x2E, 0x21, 0x3F].contains(bytes[index - 1]) && isSmall(bytes[index - 2])
      && isSmall(bytes[index - 3])
  }

  /// Whether a line is a single part for certain.
  func isWhole(_ line: Int) -> Bool { !isGlued && hasNoJoints[line] }

  /// The parts of a range of bytes, in order and without gaps; a single one where nothing is glued.
  ///
  /// - parameter line: the line that the bytes are, if they are just one.
  func parts(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, line: Int?) -> [Range<Int>] {
    let isKnown = line.map { hasNoJoints[$0] } ?? false
    let joints = isKnown ? [] : GlueSplitting.joints(bytes, start, end)
    let sentences = joints.reduce(0) { $0 + ($1.isSentenceEnd ? 1 : 0) }
    var cuts: [Int] = []
    for joint in joints {
      if joint.isSentenceEnd ? isGlued || sentences >= 3 : isGlued && joints.count >= 2 {
        cuts.append(joint.index)
      }
    }
    guard isGlued || !cuts.isEmpty else { return [start..<end] }
    var parts: [Range<Int>] = []
    var from = start
    for cut in cuts + [end] where cut > from {
      if isGlued, cut - from > GlueSplitting.longest {
        GlueSplitting.appendSentences(bytes, from, cut, to: &parts)
      } else {
        parts.append(from..<cut)
      }
      from = cut
    }
    return parts
  }

  /// Cuts an overlong part after each third sentence.
  private static func appendSentences(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, to parts: inout [Range<Int>]
  ) {
    var from = start
    var sentences = 0
    var index = start
    var word = start
    while index < end {
      if bytes[index] == 0x20 {
        if index - word > 2, FlatScalar.endsSentence(bytes, word, index) {
          sentences += 1
          if sentences == 3 {
            parts.append(from..<index)
            from = index + 1
            sentences = 0
          }
        }
        word = index + 1
      }
      index += 1
    }
    if from < end { parts.append(from..<end) }
  }
}
