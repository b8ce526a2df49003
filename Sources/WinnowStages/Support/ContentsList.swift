import WinnowCore
import WinnowText

/// Lists of a page's own chapters in flat text: under a heading that says so, or numbered "1", "1.1", "2".
///
/// An entry says again what a line further down says, which no paragraph does.
struct ContentsList {
  private let document: Document
  /// The last line with each text, signs in brackets behind it left out.
  private var last: [[UInt64]: Int] = [:]
  private static let longest: Int32 = 14
  private static let fewest = 3

  init(_ document: Document) { self.document = document }

  /// Whether a line of flat text, in which no heading is marked, heads a paragraph and stands as a bullet above: in a
  /// list of the chapters.
  static func isChapter(_ index: Int, namedBy first: Int, _ document: Document) -> Bool {
    let next = index + 1
    let m = document.rows[index].measures
    guard document.form == .flatText, next < document.count,
      m.words <= longest + 2, m.copies == 2, !m.flags.contains(.bullet), document.rows[next].isProse
    else { return false }
    return document.rows[first].measures.flags.contains(.bullet)
  }

  /// The entries.
  mutating func entries() -> [Range<Int>] {
    guard document.form == .flatText else { return [] }
    var runs: [Range<Int>] = []
    var index = 0
    while index < document.count {
      let opens = document[index].isWhole(.contents)
      let start = opens ? index + 1 : index
      guard opens || number(of: index) == [1] else {
        index += 1
        continue
      }
      let end = opens && number(of: start) == nil ? plainEnd(start) : numberedEnd(start)
      if end - start >= (opens ? 2 : ContentsList.fewest), comesAgain(start..<end) {
        runs.append(start..<end)
        index = end
      } else {
        index += 1
      }
    }
    return runs
  }

  /// Short lines without stops, of which each but a few stands again further down.
  private mutating func plainEnd(_ start: Int) -> Int {
    var end = start
    // The first chapter begins where an entry comes again.
    var entries: Set<ArraySlice<UInt64>> = []
    while end < document.count, isEntry(end), chapter(of: end, behind: end + 1) != nil,
      entries.insert(document[end].wordHashes).inserted
    {
      end += 1
    }
    return end
  }

  private func numberedEnd(_ start: Int) -> Int {
    var end = start
    var previous: [Int] = []
    while end < document.count, isEntry(end), let number = number(of: end), follows(number, previous) {
      previous = number
      end += 1
    }
    return end
  }

  /// Whether one number comes behind another: 1.2 or 2 or 1.1.1 behind 1.1.
  private func follows(_ number: [Int], _ previous: [Int]) -> Bool {
    guard !previous.isEmpty else { return number == [1] }
    if number.count == previous.count + 1 { return Array(number.dropLast()) == previous && number.last == 1 }
    guard number.count <= previous.count, let last = number.last else { return false }
    return number.dropLast() == previous.prefix(number.count - 1) && last == previous[number.count - 1] + 1
  }

  private func isEntry(_ index: Int) -> Bool {
    let m = document.rows[index].measures
    return m.words <= ContentsList.longest && !m.flags.contains(.endsSentence)
  }

  /// "1.2" at the start of a line with words behind it, in its parts.
  private func number(of index: Int) -> [Int]? {
    guard document.indices.contains(index) else { return nil }
    var parts: [Int] = []
    var value: Int?
    for byte in document[index].utf8.prefix(12) {
      if byte.isASCIIDigit {
        value = (value ?? 0) * 10 + Int(byte &- 0x30)
        if value ?? 0 > 99 { return nil }
      } else if byte == 0x2E, let part = value {
        parts.append(part)
        value = nil
      } else if byte == 0x20 || byte == 0x09 {
        if let value { parts.append(value) }
        return parts.isEmpty || parts.count > 4 || document[index].words < parts.count + 1 ? nil : parts
      } else {
        return nil
      }
    }
    return nil
  }

  /// Whether most entries head a chapter further down.
  private mutating func comesAgain(_ run: Range<Int>) -> Bool {
    chapters(of: run).count * 3 >= run.count * 2
  }

  /// Where the chapters that a list names begin.
  mutating func chapters(of run: Range<Int>) -> [Int] {
    var found: [Int] = []
    for entry in run {
      if let line = chapter(of: entry, behind: run.upperBound) { found.append(line) }
    }
    return found
  }

  /// The last line from `end` on that says what an entry says, with its number or without.
  private mutating func chapter(of entry: Int, behind end: Int) -> Int? {
    let words = document[entry].wordHashes
    // "1.2" may count as one word or two.
    for count in 0...(number(of: entry)?.count ?? 0) {
      if let line = lastLine(words.dropFirst(count)), line >= end { return line }
    }
    return nil
  }

  private mutating func lastLine(_ words: ArraySlice<UInt64>) -> Int? {
    if last.isEmpty { readLines() }
    return words.isEmpty ? nil : last[Array(words)]
  }

  private mutating func readLines() {
    for index in document.indices where document.rows[index].measures.words <= ContentsList.longest {
      last[Array(document[index].wordHashes)] = index
    }
  }
}
