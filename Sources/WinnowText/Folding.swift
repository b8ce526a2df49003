import CWinnowData

/// Folds text for phrase matching: what differs between two spellings of one phrase goes away.
///
/// Folded text is lower case without diacritics of Latin and Greek; quotation marks and dashes are ASCII; white space
/// is single spaces, and none before a colon; Arabic letter variants are one; every number is the byte
/// `Folding.number`; bullets, arrows, emoji and the like are gone from both ends.
package enum Folding {
  /// The byte that stands for a number.
  package static let number: UInt8 = 1

  /// Replaces `output` with the folded bytes of `input`.
  ///
  /// Time is linear. The result is well-formed UTF-8 for any input; ill-formed bytes are left out.
  /// - Parameters:
  ///   - input: UTF-8 text of one block.
  ///   - output: its old contents are dropped, its storage is reused.
  ///   - offsets: unless nil, receives for each folded byte the offset in `input` of the first byte of
  ///     the character that it came from.
  package static func fold(
    _ input: UnsafeBufferPointer<UInt8>, into output: inout [UInt8], offsets: inout [Int32]?
  ) {
    let capacity = capacity(for: input)
    resize(&output, to: capacity)
    let count: Int
    if var taken = offsets {
      // Moved out and back, lest the optional's payload be copied on the first write.
      offsets = nil
      resize(&taken, to: capacity)
      count = output.withUnsafeMutableBufferPointer { bytes in
        taken.withUnsafeMutableBufferPointer { places in
          FoldPass(input, bytes, places).run()
        }
      }
      taken.removeLast(taken.count - count)
      offsets = taken
    } else {
      count = output.withUnsafeMutableBufferPointer { FoldPass(input, $0, nil).run() }
    }
    output.removeLast(output.count - count)
  }

  /// The folded bytes of `text`, for a few short strings such as the phrases of a lexicon.
  package static func folded(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var offsets: [Int32]?
    text.withUnsafeBufferPointer { fold($0, into: &output, offsets: &offsets) }
    return output
  }

  /// Calls `body` with the folded bytes of a short text.
  static func withFolded<Result>(
    _ input: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity(for: input)) { room in
      let count = FoldPass(input, room, nil).run()
      return body(UnsafeBufferPointer(rebasing: room[..<count]))
    }
  }

  /// The most bytes that folding makes of some others.
  fileprivate static func capacity(for input: UnsafeBufferPointer<UInt8>) -> Int {
    // Only the eight Arabic lam-alef ligatures grow, from three bytes to four.
    input.count + input.count / 3 + 8
  }

  private static func resize<Element: FixedWidthInteger>(_ array: inout [Element], to count: Int) {
    if array.count >= count {
      array.removeLast(array.count - count)
    } else {
      array.append(contentsOf: repeatElement(0, count: count - array.count))
    }
  }
}

/// A folder for many blocks, whose memory is taken once; plain memory, since lists would be asked for each block whether
/// they are nobody else's.
package struct Folder: ~Copyable {
  private var bytes: UnsafeMutableBufferPointer<UInt8>
  private var places: UnsafeMutableBufferPointer<Int32>
  private var count = 0

  /// A folder that has folded nothing.
  package init() {
    bytes = .allocate(capacity: 2048)
    places = .allocate(capacity: 2048)
  }

  deinit {
    bytes.deallocate()
    places.deallocate()
  }

  /// Folds a block.
  package mutating func fold(_ input: UnsafeBufferPointer<UInt8>) {
    let capacity = Folding.capacity(for: input)
    if bytes.count < capacity {
      bytes.deallocate()
      places.deallocate()
      bytes = .allocate(capacity: capacity * 2)
      places = .allocate(capacity: capacity * 2)
    }
    count = FoldPass(input, bytes, places).run()
  }

  /// Calls `body` with the folded bytes of the last block, and for each the offset in the block of the first
  /// byte of the character that it came from.
  package func withFolded<Result>(
    _ body: (_ bytes: UnsafeBufferPointer<UInt8>, _ offsets: UnsafeBufferPointer<Int32>) -> Result
  ) -> Result {
    body(UnsafeBufferPointer(rebasing: bytes[..<count]), UnsafeBufferPointer(rebasing: places[..<count]))
  }
}

/// One pass over a block's bytes.
private struct FoldPass {
  private let input: UnsafeBufferPointer<UInt8>
  private let output: UnsafeMutableBufferPointer<UInt8>
  private let offsets: UnsafeMutableBufferPointer<Int32>?
  private let table = FoldTable()
  /// Bytes written, and of these the ones up to the last that is neither space nor decoration.
  private var count = 0
  private var solid = 0

  init(
    _ input: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>,
    _ offsets: UnsafeMutableBufferPointer<Int32>?
  ) {
    self.input = input
    self.output = output
    self.offsets = offsets
  }

  /// Folds everything; returns the number of bytes written.
  consuming func run() -> Int {
    var pass = self
    return FoldTable.ascii.withUnsafeBufferPointer { pass.run(ascii: $0) }
  }

  private mutating func run(ascii: UnsafeBufferPointer<UInt8>) -> Int {
    var index = 0
    while index < input.count {
      // Letters and punctuation are one look-up each; 0 marks everything else.
      var target = count
      var solidEnd = solid
      while index < input.count {
        if let lastIsSpace = plainWord(at: index, to: target) {
          target += 8
          index += 8
          solidEnd = target - lastIsSpace
          continue
        }
        let end = min(index + 8, input.count)
        while index < end {
          var folded = ascii[Int(input[index])]
          if folded != 0 {
            solidEnd = target + 1
          } else {
            guard input[index] == 0x20 else { break }
            if solidEnd == 0 || output[target - 1] == 0x20 {
              index += 1
              continue
            }
            folded = 0x20
          }
          output[target] = folded
          if let offsets { offsets[target] = Int32(truncatingIfNeeded: index) }
          target += 1
          index += 1
        }
        if index < end { break }
      }
      count = target
      solid = solidEnd
      if index >= input.count { break }
      let byte = input[index]
      if byte >= 0x30, byte <= 0x39 {
        index = number(from: index)
      } else if byte < 0x80 {
        emit(table.fold(UInt32(byte)), from: UInt32(byte), at: index)
        index += 1
      } else {
        index = beyondASCII(at: index)
      }
    }
    return solid
  }

  /// Folds the eight bytes at `index` in one step if all are letters, commas, full stops or single spaces; says whether
  /// the last is a space, 1 or 0, or `nil` where a byte asks for more.
  @inline(__always)
  private func plainWord(at index: Int, to target: Int) -> Int? {
    guard index + 8 <= input.count else { return nil }
    let raw = UnsafeRawBufferPointer(input)
    let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops = ones << 7
    // All that is taken has this bit: it makes letters small and leaves the others as they are.
    let small = word | ones &* 0x20
    let letters = (small &+ ones &* (0x80 - 0x61)) & ~(small &+ ones &* (0x80 - 0x7B))
    let spaces = ~((word ^ ones &* 0x20) &+ ones &* 0x7F)
    // The comma and the full stop differ in one bit.
    let stops = ~(((word | ones &* 0x02) ^ ones &* 0x2E) &+ ones &* 0x7F)
    // Without bytes beyond ASCII no sum above goes beyond its byte.
    guard word & tops == 0, (letters | spaces | stops) & tops == tops else { return nil }
    let gaps = spaces & tops
    guard gaps & gaps << 8 == 0, gaps & 0x80 == 0 || target > 0 && output[target - 1] != 0x20 else {
      return nil
    }
    UnsafeMutableRawBufferPointer(output).storeBytes(
      of: small.littleEndian, toByteOffset: target, as: UInt64.self)
    if let offsets {
      UnsafeMutableRawBufferPointer(offsets).storeBytes(
        of: SIMD8<Int32>(0, 1, 2, 3, 4, 5, 6, 7) &+ Int32(truncatingIfNeeded: index),
        toByteOffset: target * 4, as: SIMD8<Int32>.self)
    }
    return Int(truncatingIfNeeded: gaps >> 63)
  }

  private mutating func beyondASCII(at index: Int) -> Int {
    let (scalar, length) = UTF8Bytes.scalar(input, at: index)
    guard let scalar else { return index + length }
    let folded = table.fold(scalar)
    if folded >= 0x30, folded <= 0x39 { return number(from: index) }
    emit(folded, from: scalar, at: index)
    return index + length
  }

  @inline(__always)
  private mutating func space(at index: Int) {
    guard solid > 0, output[count - 1] != 0x20 else { return }
    put(0x20, at: index)
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8, at index: Int) {
    output[count] = byte
    if let offsets { offsets[count] = Int32(truncatingIfNeeded: index) }
    count += 1
  }

  /// Writes a folded scalar.
  @inline(__always)
  private mutating func emit(_ folded: UInt32, from scalar: UInt32, at index: Int) {
    if folded == 0 { return }
    if folded == 0x20 { return space(at: index) }
    // "Photo : Ann Smith", as French has it and many write.
    if folded == 0x3A, count > 0, output[count - 1] == 0x20 { count -= 1 }
    let isDecoration =
      !FoldTable.areLetters(folded, scalar)
      && (FoldTable.isDecoration(folded) || FoldTable.isDecoration(scalar))
    if isDecoration, solid == 0 { return }
    if folded >= FoldTable.expansionBase, folded < FoldTable.expansionEnd {
      var place = Int(folded - FoldTable.expansionBase) * 4
      while table.expansions[place] != 0 {
        put(UInt8(truncatingIfNeeded: table.expansions[place]), at: index)
        place += 1
      }
    } else if folded == FoldTable.ellipsis {
      for _ in 0..<3 { put(0x2E, at: index) }
    } else if folded == FoldTable.lamAlef {
      for byte: UInt8 in [0xD9, 0x84, 0xD8, 0xA7] { put(byte, at: index) }
    } else if folded < 0x80 {
      put(UInt8(truncatingIfNeeded: folded), at: index)
    } else if folded < 0x800 {
      put(UInt8(truncatingIfNeeded: 0xC0 | folded >> 6), at: index)
      put(UInt8(truncatingIfNeeded: 0x80 | folded & 0x3F), at: index)
    } else if folded < 0x10000 {
      put(UInt8(truncatingIfNeeded: 0xE0 | folded >> 12), at: index)
      put(UInt8(truncatingIfNeeded: 0x80 | folded >> 6 & 0x3F), at: index)
      put(UInt8(truncatingIfNeeded: 0x80 | folded & 0x3F), at: index)
    } else {
      put(UInt8(truncatingIfNeeded: 0xF0 | folded >> 18), at: index)
      put(UInt8(truncatingIfNeeded: 0x80 | folded >> 12 & 0x3F), at: index)
      put(UInt8(truncatingIfNeeded: 0x80 | folded >> 6 & 0x3F), at: index)
      put(UInt8(truncatingIfNeeded: 0x80 | folded & 0x3F), at: index)
    }
    if !isDecoration { solid = count }
  }

  /// Writes one byte for the number that starts at `start`; returns the index behind it.
  private mutating func number(from start: Int) -> Int {
    put(Folding.number, at: start)
    solid = count
    var index = start
    while index < input.count {
      let (folded, length) = peek(index)
      if folded >= 0x30, folded <= 0x39 {
        index += length
      } else if folded == 0x2E || folded == 0x2C, index + length < input.count {
        let (next, nextLength) = peek(index + length)
        guard next >= 0x30, next <= 0x39 else { break }
        index += length + nextLength
      } else {
        break
      }
    }
    return endOfSuffix(index)
  }

  /// Index behind a suffix like `k`, `M` or `k+` of a number that ends at `index`.
  private func endOfSuffix(_ index: Int) -> Int {
    var end = index
    if end < input.count, input[end] | 0x20 == 0x6B || input[end] | 0x20 == 0x6D { end += 1 }
    if end < input.count, input[end] == 0x2B { end += 1 }
    guard end > index, end < input.count else { return end }
    let (folded, _) = peek(end)
    return FoldTable.isLetterOrDigit(folded) ? index : end
  }

  private func peek(_ index: Int) -> (folded: UInt32, length: Int) {
    let (scalar, length) = UTF8Bytes.scalar(input, at: index)
    guard let scalar else { return (0, length) }
    return (table.fold(scalar), length)
  }
}
