import CWinnowKernels
import WinnowCore

/// Finds names in a page's text, and their words in small letters, all in one pass.
enum NameSearch {
  private static let mostBlocks = 24

  /// Where a name stands.
  struct Occurrence {
    let block: Int
    /// The name's bytes within the block.
    let range: Range<Int>
  }

  /// What a page's text says of names.
  struct Findings {
    /// For each name where blocks hold it for the first time, letter case aside, at most two dozen, in order.
    fileprivate(set) var occurrences: [[Occurrence]]
    /// For each name the share of its words of three and more Latin letters that the text also writes small: words
    /// of the language, not names.
    fileprivate(set) var smallWords: [Float]
  }

  /// Looks for names as they stand, and for the small words among the first `worded` of them.
  static func find(_ names: [String], worded: Int, in document: Document) -> Findings {
    var whole = Needles()
    for (index, name) in names.enumerated() where name.utf8.count >= 2 {
      whole.add(name.utf8, owner: index)
    }
    var words = Needles()
    var counts = [Int](repeating: 0, count: worded)
    for index in 0..<worded {
      for word in Array(names[index].utf8).split(separator: 0x20)
      where word.count >= 3 && word[word.startIndex].isASCIILetter {
        counts[index] += 1
        words.add(word, owner: index)
      }
    }
    var result = Findings(
      occurrences: Array(repeating: [], count: names.count), smallWords: Array(repeating: 0, count: worded))
    var isFound = [Bool](repeating: false, count: words.owners.count)
    let openings = WordOpenings([whole, words])
    document.storage.text.withUnsafeBufferPointer { text in
      whole.search { whole in
        words.search { words in
          for (block, row) in document.storage.rows.enumerated() {
            let line = Int(row.textStart)..<Int(row.textEnd)
            openings.each(in: text, line) { start in
              for needle in whole.opening(with: text[start]) {
                let owner = whole.owners[needle]
                guard
                  let end = whole.end(of: needle, in: text[..<line.upperBound], at: start, { $0.asciiSmall }),
                  end == line.upperBound || !text[end].isASCIILetter,
                  result.occurrences[owner].last?.block != block, result.occurrences[owner].count < mostBlocks
                else { continue }
                result.occurrences[owner].append(
                  Occurrence(block: block, range: start - line.lowerBound..<end - line.lowerBound))
              }
              // Names of scripts without spaces stand glued to other words; words do not.
              guard text[start].isASCIISmall, start == 0 || !isWordByte(text[start - 1]) else { return }
              for needle in words.opening(with: text[start]) where !isFound[needle] {
                guard let end = words.end(of: needle, in: text[...], at: start, { $0 }) else { continue }
                isFound[needle] = end == text.count || !isWordByte(text[end])
              }
            }
          }
        }
      }
    }
    for needle in isFound.indices where isFound[needle] { result.smallWords[words.owners[needle]] += 1 }
    for index in 0..<worded where counts[index] > 0 { result.smallWords[index] /= Float(counts[index]) }
    return result
  }

  /// Where a line holds a name for the first time, within words too, letter case aside; in bytes from the line's start.
  static func firstRange(of name: String, in line: ArraySlice<UInt8>) -> Range<Int>? {
    let name = name.utf8.map { $0.asciiSmall }
    guard !name.isEmpty, name.count <= line.count else { return nil }
    for start in line.startIndex...line.endIndex - name.count
    where line[start..<start + name.count].elementsEqual(name, by: { $0.asciiSmall == $1 }) {
      let offset = start - line.startIndex
      return offset..<offset + name.count
    }
    return nil
  }

  @inline(__always)
  private static func isWordByte(_ byte: UInt8) -> Bool { byte >= 0x80 || byte.isASCIILetter }
}

/// Which three bytes begin some needle, letter case aside: a bit for each, by their hash.
private struct WordOpenings {
  private var bits = [UInt64](repeating: 0, count: 1 << 10)

  init(_ all: [Needles]) {
    for needles in all {
      needles.eachStart { bytes in
        // After two bytes anything may follow.
        for third in bytes.count > 2 ? [bytes[bytes.startIndex + 2]] : Array(0...255) {
          let bit = Self.bit(
            UInt32(bytes[bytes.startIndex]) | UInt32(bytes[bytes.startIndex + 1]) << 8 | UInt32(third) << 16)
          bits[bit >> 6] |= 1 << UInt64(bit & 63)
        }
      }
    }
  }

  @inline(__always)
  private static func bit(_ window: UInt32) -> Int {
    Int((((window & 0xFF_FFFF) | 0x20_2020) &* 0x9E37_79B1) >> 16)
  }

  /// Calls `body` with each place of a line where a word begins and, by its first three bytes, perhaps a needle:
  /// behind anything but a Latin letter.
  ///
  /// The text is asked 64 bytes at a time which of them are letters. Asking each byte in turn took three times as
  /// long, for it is a branch that is guessed wrong at every other word.
  @inline(__always)
  func each(in text: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, _ body: (_ place: Int) -> Void) {
    let raw = UnsafeRawBufferPointer(text)
    bits.withUnsafeBufferPointer { bits in
      var isInside: UInt64 = 0
      var start = line.lowerBound
      while start < line.upperBound {
        let count = min(64, line.upperBound - start)
        var beyond: UInt64 = 0
        let letters = winnow_tell_letters(text.baseAddress?.advanced(by: start), count, &beyond)
        var open = ~(letters << 1 | isInside)
        if count < 64 { open &= 1 << UInt64(count) - 1 }
        isInside = letters >> 63
        while open != 0 {
          let place = start + open.trailingZeroBitCount
          open &= open - 1
          let window =
            place + 4 <= raw.count
            ? UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            : UInt32(truncatingIfNeeded: Self.load(raw, at: place))
          let bit = Self.bit(window)
          if bits[bit >> 6] >> UInt64(bit & 63) & 1 != 0 { body(place) }
        }
        start += 64
      }
    }
  }

  /// Eight bytes from a place, the first as the lowest; zeros behind the text's end.
  @inline(__always)
  private static func load(_ text: UnsafeRawBufferPointer, at place: Int) -> UInt64 {
    if place + 8 <= text.count {
      return UInt64(littleEndian: text.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
    var word: UInt64 = 0
    for index in (place..<max(place, text.count)).reversed() { word = word << 8 | UInt64(text[index]) }
    return word
  }
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
    bytes += needle.lazy.map { $0.asciiSmall }
    ends.append(bytes.count)
    owners.append(owner)
  }

  /// Calls `body` with the bytes of each.
  func eachStart(_ body: (ArraySlice<UInt8>) -> Void) {
    var start = 0
    for end in ends {
      body(bytes[start..<end])
      start = end
    }
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
    return bytes.withUnsafeBufferPointer { bytes in
      ends.withUnsafeBufferPointer { ends in
        order.withUnsafeBufferPointer { order in
          firstPlaces.withUnsafeBufferPointer { firstPlaces in
            owners.withUnsafeBufferPointer { owners in
              body(
                NeedleSearch(
                  bytes: bytes, ends: ends, order: order, firstPlaces: firstPlaces, owners: owners))
            }
          }
        }
      }
    }
  }
}

/// The lists of ``Needles`` as plain memory: a look into a list of a value's would count a reference, for every
/// place that is looked at.
private struct NeedleSearch {
  fileprivate let bytes: UnsafeBufferPointer<UInt8>
  fileprivate let ends: UnsafeBufferPointer<Int>
  fileprivate let order: UnsafeBufferPointer<Int>
  /// For each byte where those that it opens begin in the order; at 256 the end.
  fileprivate let firstPlaces: UnsafeBufferPointer<Int>
  /// Whose each is.
  fileprivate let owners: UnsafeBufferPointer<Int>

  /// The needles that a byte opens, or its small letter.
  @inline(__always)
  func opening(with byte: UInt8) -> UnsafeBufferPointer<Int> {
    let initial = Int(byte.asciiSmall)
    return UnsafeBufferPointer(rebasing: order[firstPlaces[initial]..<firstPlaces[initial + 1]])
  }

  /// Where a needle ends in a text if it begins at a place, the text's bytes as `spelling` makes them.
  @inline(__always)
  func end(
    of needle: Int, in text: Slice<UnsafeBufferPointer<UInt8>>, at place: Int, _ spelling: (UInt8) -> UInt8
  ) -> Int? {
    let first = needle == 0 ? 0 : ends[needle - 1]
    let length = ends[needle] - first
    guard place + length <= text.endIndex else { return nil }
    for offset in 0..<length where spelling(text.base[place + offset]) != bytes[first + offset] { return nil }
    return place + length
  }
}
