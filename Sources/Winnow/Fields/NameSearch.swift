import WinnowCore

/// Finds names in a page's text, letter case aside, all in one pass.
enum NameSearch {
  private static let mostBlocks = 24

  /// Where a name stands.
  struct Occurrence {
    let block: Int
    /// The name's bytes within the block.
    let range: Range<Int>
  }

  /// For each name where blocks hold it for the first time, at most two dozen, in order.
  static func occurrences(of names: [String], in document: Document) -> [[Occurrence]] {
    var result = [[Occurrence]](repeating: [], count: names.count)
    var needles = Needles()
    for (index, name) in names.enumerated() where name.utf8.count >= 2 {
      needles.add(name.utf8, owner: index)
    }
    let owners = needles.owners
    document.storage.text.withUnsafeBufferPointer { text in
      needles.search { needles in
        for (block, row) in document.storage.rows.enumerated() {
          let line = UnsafeBufferPointer(rebasing: text[Int(row.textStart)..<Int(row.textEnd)])
          needles.eachOpening(in: line, words: isLetter) { place in
            for needle in needles.opening(with: line[place]) {
              guard let end = needles.end(of: needle, in: line, at: place, lower) else { continue }
              let owner = owners[needle]
              if end == line.count || !isLetter(line[end]), result[owner].last?.block != block,
                result[owner].count < mostBlocks
              {
                result[owner].append(Occurrence(block: block, range: place..<end))
              }
            }
          }
        }
      }
    }
    return result
  }

  /// For each name the share of its words of three and more Latin letters that the text also writes small: words
  /// of the language, not names.
  static func smallWords(of names: [String], in document: Document) -> [Float] {
    var needles = Needles()
    var counts = [Int](repeating: 0, count: names.count)
    for (index, name) in names.enumerated() {
      for word in Array(name.utf8).split(separator: 0x20)
      where word.count >= 3 && isLetter(word[word.startIndex]) {
        counts[index] += 1
        needles.add(word, owner: index)
      }
    }
    let found = document.storage.text.withUnsafeBufferPointer { text in
      needles.search { needles in
        var found = [Bool](repeating: false, count: needles.ends.count)
        needles.eachOpening(in: text, words: isWordByte) { start in
          guard text[start] &- 0x61 < 26 else { return }
          for needle in needles.opening(with: text[start]) where !found[needle] {
            guard let end = needles.end(of: needle, in: text, at: start, { $0 }) else { continue }
            found[needle] = end == text.count || !isWordByte(text[end])
          }
        }
        return found
      }
    }
    var small = [Float](repeating: 0, count: names.count)
    for needle in found.indices where found[needle] { small[needles.owners[needle]] += 1 }
    for index in names.indices where counts[index] > 0 { small[index] /= Float(counts[index]) }
    return small
  }

  @inline(__always)
  fileprivate static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  /// A Latin letter: names of scripts without spaces stand glued to other words.
  @inline(__always)
  fileprivate static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 && byte < 0x80 }

  @inline(__always)
  private static func isWordByte(_ byte: UInt8) -> Bool { byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 }
}

/// What is searched for, in small letters, by its first byte.
private struct Needles {
  private var bytes: [UInt8] = []
  /// Where each ends in the bytes.
  private var ends: [Int] = []
  /// Whose each is.
  private(set) var owners: [Int] = []

  /// Adds one of at least two bytes.
  mutating func add(_ needle: some Collection<UInt8>, owner: Int) {
    bytes += needle.lazy.map(NameSearch.lower)
    ends.append(bytes.count)
    owners.append(owner)
  }

  /// Calls `body` with all of them, ready to be searched for.
  func search<Result>(_ body: (NeedleSearch) -> Result) -> Result {
    // Those that one byte opens stand side by side, in the order in which they came.
    let starts = [0] + ends.dropLast()
    let order = ends.indices.sorted {
      (bytes[starts[$0]], $0) < (bytes[starts[$1]], $1)
    }
    var firstPlaces = [Int](repeating: order.count, count: 257)
    for place in order.indices.reversed() { firstPlaces[Int(bytes[starts[order[place]]])] = place }
    for byte in (0..<256).reversed() { firstPlaces[byte] = min(firstPlaces[byte], firstPlaces[byte + 1]) }
    var openings = [UInt64](repeating: 0, count: 1 << 10)
    for (start, end) in zip(starts, ends) where end - start >= 2 {
      // After two bytes anything may follow.
      for third in end - start > 2 ? [bytes[start + 2]] : Array(0...255) {
        let bit = NeedleSearch.bit(bytes[start], bytes[start + 1], third)
        openings[bit >> 6] |= 1 << UInt64(bit & 63)
      }
    }
    return bytes.withUnsafeBufferPointer { bytes in
      ends.withUnsafeBufferPointer { ends in
        order.withUnsafeBufferPointer { order in
          firstPlaces.withUnsafeBufferPointer { firstPlaces in
            openings.withUnsafeBufferPointer { openings in
              body(
                NeedleSearch(
                  bytes: bytes, ends: ends, order: order, firstPlaces: firstPlaces, openings: openings))
            }
          }
        }
      }
    }
  }
}

/// The lists of ``Needles`` as plain memory: a look into a list of a value's would count a reference, for every
/// byte of the text.
private struct NeedleSearch {
  fileprivate let bytes: UnsafeBufferPointer<UInt8>
  fileprivate let ends: UnsafeBufferPointer<Int>
  fileprivate let order: UnsafeBufferPointer<Int>
  /// For each byte where those that it opens begin in the order; at 256 the end.
  fileprivate let firstPlaces: UnsafeBufferPointer<Int>
  /// A bit for each three bytes that begin a needle, letter case aside, by their hash.
  fileprivate let openings: UnsafeBufferPointer<UInt64>

  @inline(__always)
  fileprivate static func bit(_ window: UInt32) -> Int { Int((window &* 0x9E37_79B1) >> 16) }

  fileprivate static func bit(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
    bit((UInt32(first) << 16 | UInt32(second) << 8 | UInt32(third)) | 0x20_2020)
  }

  /// Calls `body` with each place where a word begins and, by its first three bytes, perhaps a needle.
  ///
  /// Whether a byte begins a word goes into the sum as a number: a branch for every word of the text would be
  /// guessed wrong as often as not.
  @inline(__always)
  func eachOpening(
    in text: UnsafeBufferPointer<UInt8>, words isInWord: (UInt8) -> Bool, _ body: (_ place: Int) -> Void
  ) {
    guard text.count >= 2 else { return }
    var window = UInt32(text[0]) << 8 | UInt32(text[1])
    var isInside: UInt64 = 0
    for place in 0..<text.count - 1 {
      window = window << 8 | (place + 2 < text.count ? UInt32(text[place + 2]) : 0)
      let bit = NeedleSearch.bit((window | 0x20_2020) & 0xFF_FFFF)
      let opens = openings[bit >> 6] >> UInt64(bit & 63) & ~isInside & 1
      isInside = isInWord(text[place]) ? 1 : 0
      if opens != 0 { body(place) }
    }
  }

  /// The needles that a byte opens, or its small letter.
  @inline(__always)
  func opening(with byte: UInt8) -> UnsafeBufferPointer<Int> {
    let initial = Int(NameSearch.lower(byte))
    return UnsafeBufferPointer(rebasing: order[firstPlaces[initial]..<firstPlaces[initial + 1]])
  }

  /// Where a needle ends in a text if it begins at a place, the text's bytes as `spelling` makes them.
  @inline(__always)
  func end(
    of needle: Int, in text: UnsafeBufferPointer<UInt8>, at place: Int, _ spelling: (UInt8) -> UInt8
  ) -> Int? {
    let first = needle == 0 ? 0 : ends[needle - 1]
    let length = ends[needle] - first
    guard place + length <= text.count else { return nil }
    for offset in 0..<length where spelling(text[place + offset]) != bytes[first + offset] { return nil }
    return place + length
  }
}
