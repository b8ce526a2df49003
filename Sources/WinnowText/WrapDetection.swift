/// Finds the width at which a text was hard-wrapped, and says which lines to join again.
struct WrapDetection {
  /// The widest width looked for, in columns.
  static let widest = 200
  /// The narrowest.
  static let narrowest = 48

  /// Columns by which a paragraph's first line may be set in.
  private static let mostSetIn: Int32 = 8

  /// The width in columns; 0 for text that is not wrapped.
  let width: Int
  /// How many pairs of lines more speak for the width than against it.
  let score: Int
  /// Whether words are broken at line ends, as typesetters do; then the hyphen goes when lines are joined.
  let isHyphenated: Bool
  /// Whether lines were filled by letters, not columns.
  private let inLetters: Bool
  /// Whether only broken words tell that the text is wrapped: scanned columns keep no width.
  private let isLoose: Bool

  /// Weighs all widths at once; the narrowest of equals wins.
  ///
  /// A pair of lines speaks for width W when the first is 0.7 W…W wide and the next one's first word would
  /// not have fitted behind it, and against W when it would have. Lists of headlines of one length look wrapped
  /// as well, but all their lines open with capitals. Each pair is a vote for a range of widths,
  /// so that difference arrays count all of them in one pass.
  ///
  /// - parameter inLetters: whether the lines are measured in letters, ``FlatLines/countLetters()``.
  init(_ lines: FlatLines, inLetters: Bool = false) {
    self.inLetters = inLetters
    let top = WrapDetection.widest
    var hits = [Int](repeating: 0, count: top + 2)
    var misses = hits
    var soft = hits  // hits whose second line opens with no capital
    var long = hits  // lines by width, the last bucket holding all wider ones
    for index in lines.rows.indices {
      let line = lines.rows[index]
      let length = Int(line.width)
      if line.isGap || line.flags.contains(.url) || length < WrapDetection.narrowest * 7 / 10 { continue }
      let plain =
        !line.flags.contains(.single) && (!lines.markdown || (line.opener == .none && line.indent < 4))
        && !(lines.markdown && line.flags.contains(.bar))
      if plain { long[min(length, top + 1)] += 1 }
      guard length <= top, index + 1 < lines.rows.count,
        WrapDetection.belongs(lines.rows[index + 1], to: line, lines.markdown),
        !lines.rows[index + 1].flags.contains(.url)
      else { continue }
      // Scripts without spaces say nothing of a width that is broken at spaces.
      if inLetters, Int(lines.rows[index + 1].first) > WrapDetection.longestWord { continue }
      let need = WrapDetection.needed(line, lines.rows[index + 1], lines)
      let widest = min(top, length * 10 / 7)
      let turn = min(need, widest + 1)  // the first width at which the word would have fitted
      if turn > length {
        hits[length] += 1
        hits[turn] -= 1
        if !FlatScalar.opensUpperCase(lines.bytes, lines.rows[index + 1]) {
          soft[length] += 1
          soft[turn] -= 1
        }
      }
      if turn <= widest {
        misses[turn] += 1
        misses[widest + 1] -= 1
      }
    }
    for index in 1...(top + 1) {
      hits[index] += hits[index - 1]
      misses[index] += misses[index - 1]
      soft[index] += soft[index - 1]
      long[index] += long[index - 1]
    }
    var best = 0
    var bestScore = 0
    var candidate = top
    while candidate >= WrapDetection.narrowest {
      let over = long[top + 1] - long[candidate]
      let reach = long[top + 1] - long[candidate * 7 / 10]
      let score = hits[candidate] - misses[candidate] - over
      if WrapDetection.isEnough(hits[candidate], misses[candidate], over, reach), score >= bestScore,
        soft[candidate] * 6 >= hits[candidate]
      {
        best = candidate
        bestScore = score
      }
      candidate -= 1
    }
    score = bestScore
    if best == 0, inLetters { best = WrapDetection.addressWidth(lines) }
    let hyphenated = WrapDetection.hyphenatedWidth(lines)
    isHyphenated = hyphenated > 0
    isLoose = best == 0 && hyphenated > 0
    width = best > 0 ? best : hyphenated
  }

  /// Letters of the longest word that tells a width.
  private static let longestWord = 30

  /// The width of lines that end in a hyphen within the address of a link, where several do: only a breaker of lines
  /// breaks there. 0 for any other text.
  private static func addressWidth(_ lines: FlatLines) -> Int {
    guard lines.markdown else { return 0 }
    var found = 0
    var width = 0
    for index in lines.rows.indices.dropLast() {
      let line = lines.rows[index]
      let end = Int(line.end)
      guard line.flags.contains(.url), !line.isBlank, lines.bytes[end - 1] == 0x2D, Int(line.width) <= 80,
        belongs(lines.rows[index + 1], to: line, true)
      else { continue }
      var open = end - 1
      while open > Int(line.content), lines.bytes[open] != 0x28, lines.bytes[open] != 0x29 { open -= 1 }
      guard open > Int(line.content), lines.bytes[open] == 0x28, lines.bytes[open - 1] == 0x5D else {
        continue
      }
      found += 1
      width = max(width, Int(line.width))
    }
    return found >= fewestBroken && width >= narrowest ? width : 0
  }

  /// How many line ends must break a word, and in how many lines one: breaks at hyphens that words have anyway are
  /// rarer.
  private static let fewestBroken = 3
  private static let linesForBroken = 12
  /// The narrowest line that counts: columns of newspapers have some thirty signs.
  private static let narrowestColumn = 20

  /// The width of nine in ten lines of a text with words broken at line ends; 0 for any other text.
  private static func hyphenatedWidth(_ lines: FlatLines) -> Int {
    guard !lines.markdown else { return 0 }
    var broken = 0
    var widths: [Int] = []
    for index in lines.rows.indices.dropLast() {
      let line = lines.rows[index]
      guard !line.isGap, Int(line.width) >= narrowestColumn, Int(line.width) <= widest else { continue }
      widths.append(Int(line.width))
      if belongs(lines.rows[index + 1], to: line, false), breaksWord(line, lines.rows[index + 1], lines) {
        broken += 1
      }
    }
    guard broken >= fewestBroken, broken * linesForBroken >= widths.count else { return 0 }
    widths.sort()
    return widths[widths.count * 9 / 10]
  }

  /// Whether a line ends in a letter with a hyphen and the next goes on in small letters.
  private static func breaksWord(_ line: FlatLine, _ next: FlatLine, _ lines: FlatLines) -> Bool {
    let bytes = lines.bytes
    let end = Int(line.end)
    let text = Int(next.text)
    guard end - Int(line.content) >= 3, text < Int(next.end), bytes[end - 1] == 0x2D else { return false }
    return FlatScalar.isLetterByte(bytes[end - 2]) && FlatScalar.isLetterByte(bytes[text])
      && !FlatScalar.opensUpperCase(bytes, next)
  }

  /// Whether the evidence speaks for a width: the fewer pairs, the clearer they must be, and where next to
  /// none speaks against it, wide tables and code may stand beside.
  private static func isEnough(_ hits: Int, _ misses: Int, _ over: Int, _ reach: Int) -> Bool {
    if hits >= 20, misses * 10 <= hits { return over * 100 <= reach * 45 }
    let clear = hits + misses < 16 ? 75 : 60
    return hits >= (misses + over == 0 ? 3 : 4) && hits * 100 >= (hits + misses) * clear
      && over * 100 <= reach * 12
  }

  /// Whether `next` can be the rest of `line`: no opener or break between, the same indent or hanging.
  static func belongs(_ next: FlatLine, to line: FlatLine, _ markdown: Bool) -> Bool {
    if next.isGap || line.isGap || next.opener != .none { return false }
    if markdown, line.flags.contains(.hardBreak) { return false }
    if !line.flags.isDisjoint(with: [.table, .skip]) || !next.flags.isDisjoint(with: [.table, .skip]) {
      return false
    }
    if line.flags.contains(.quote) != next.flags.contains(.quote) { return false }
    if next.indent == line.indent { return line.opener == .none }
    // A paragraph whose first line alone is set in.
    if line.opener == .none, next.indent < line.indent, line.indent - next.indent <= mostSetIn { return true }
    let hang = line.indent + (line.text - line.content)
    return line.opener != .none && next.indent > line.indent && next.indent <= hang + 3
  }

  /// Columns the line would have had with the next one's first word.
  static func needed(_ line: FlatLine, _ next: FlatLine, _ lines: FlatLines) -> Int {
    Int(line.width) + (gap(line, next, lines) == .space ? 1 : 0) + Int(next.first)
  }

  /// How two lines are to be joined.
  enum Join {
    case apart, space, tight
    /// The hyphen at the line's end goes.
    case whole
  }

  /// Whether a line break swallowed a space.
  static func gap(_ line: FlatLine, _ next: FlatLine, _ lines: FlatLines) -> Join {
    let bytes = lines.bytes
    let end = Int(line.end)
    let text = Int(next.text)
    if lines.markdown, bytes[end - 1] == 0x2D, end >= 3, text + 1 < Int(next.end),
      FlatScalar.isLetterByte(bytes[end - 2]), FlatScalar.isLetterByte(bytes[text])
    {
      return .tight
    }
    return FlatScalar.isWideSeam(bytes, end, text) ? .tight : .space
  }

  /// Whether a line that a word of any length may follow is part of its paragraph: in scripts without spaces a
  /// heading above a paragraph looks the same, but for the spaces at which alone lines are broken.
  private static func isPart(_ line: FlatLine, _ next: FlatLine, _ lines: FlatLines) -> Bool {
    guard Int(next.first) > longestWord else { return true }
    let text = lines.bytes[Int(line.text)..<Int(line.end)]
    return text.contains(0x20) || text.starts(with: fullWidthBracket)
  }

  private static let fullWidthBracket = Array("（".utf8)

  /// How `next` joins `line` in a wrapped text.
  func join(_ line: FlatLine, _ next: FlatLine, _ lines: FlatLines) -> Join {
    guard width > 0, WrapDetection.belongs(next, to: line, lines.markdown) else { return .apart }
    if isHyphenated, WrapDetection.breaksWord(line, next, lines) { return .whole }
    let isFull =
      isLoose ? Int(line.width) * 10 >= width * 7 : WrapDetection.needed(line, next, lines) > width
    guard isFull, !inLetters || WrapDetection.isPart(line, next, lines) else { return .apart }
    return WrapDetection.gap(line, next, lines)
  }
}
