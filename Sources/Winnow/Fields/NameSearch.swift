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
          var isInWord = false
          for place in 0..<line.count {
            let opens = !isInWord
            isInWord = isLetter(line[place])
            guard opens else { continue }
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
        var index = 0
        while index < text.count {
          let start = index
          index += 1
          guard isWordByte(text[start]) else { continue }
          while index < text.count, isWordByte(text[index]) { index += 1 }
          guard text[start] &- 0x61 < 26 else { continue }
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

  /// Adds one that is not empty.
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
    return bytes.withUnsafeBufferPointer { bytes in
      ends.withUnsafeBufferPointer { ends in
        order.withUnsafeBufferPointer { order in
          firstPlaces.withUnsafeBufferPointer { firstPlaces in
            body(NeedleSearch(bytes: bytes, ends: ends, order: order, firstPlaces: firstPlaces))
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
