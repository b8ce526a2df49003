import WinnowCore

/// The words of one folded text after the other, found once for all who ask: their places, and their hashes both for
/// the phrases and for ``WordHashes``.
///
/// Only texts of ASCII are taken, as nearly all are that were folded; in others the two see words differently. Plain
/// memory, as ``Folder`` has it.
struct FoldedWords: ~Copyable {
  /// A run of letters and numbers.
  struct Run: Sendable {
    /// FNV-1a of its bytes.
    var hash: UInt64 = 0
    var start: Int32 = 0
    var end: Int32 = 0
  }

  private var runs: UnsafeMutableBufferPointer<Run>
  private var runCount = 0
  /// The hashes of whole words: an apostrophe joins two runs.
  private var hashes: UnsafeMutableBufferPointer<UInt64>
  private var hashCount = 0

  /// No words yet.
  init() {
    runs = .allocate(capacity: 1024)
    hashes = .allocate(capacity: 1024)
  }

  deinit {
    runs.deallocate()
    hashes.deallocate()
  }

  /// Finds the words of a text; `false` where the text is not of the kind that this is for.
  mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let most = text.count / 2 + 1
    if runs.count < most {
      runs.deallocate()
      hashes.deallocate()
      runs = .allocate(capacity: most * 2)
      hashes = .allocate(capacity: most * 2)
    }
    guard let found = Self.read(text, runs, hashes) else { return false }
    (runCount, hashCount) = found
    return true
  }

  private static func read(
    _ text: UnsafeBufferPointer<UInt8>, _ runs: UnsafeMutableBufferPointer<Run>,
    _ hashes: UnsafeMutableBufferPointer<UInt64>
  ) -> (runs: Int, hashes: Int)? {
    var runCount = 0
    var hashCount = 0
    var index = 0
    while true {
      // Between words: nothing but apostrophes joins them.
      var joins = index > 0
      while index < text.count, !isPartOfRun(text[index]) {
        let byte = text[index]
        if byte != 0x27 { joins = false }
        // Digits are folded away; an underscore belongs to a word only for some.
        if byte >= 0x80 || byte == 0x5F || byte.isASCIIDigit { return nil }
        index += 1
      }
      guard index < text.count else { return (runCount, hashCount) }
      let start = index
      var hash = seed
      repeat {
        hash = mix(hash, text[index])
        index += 1
      } while index < text.count && isPartOfRun(text[index])
      runs[runCount] = Run(
        hash: hash, start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: index))
      runCount += 1
      if joins, hashCount > 0 {
        hash = hashes[hashCount - 1]
        for byte in text[start..<index] { hash = mix(hash, byte) }
        hashCount -= 1
      }
      hashes[hashCount] = hash
      hashCount += 1
    }
  }

  /// The runs of the last text, in order, until the next is read.
  var all: UnsafeBufferPointer<Run> { UnsafeBufferPointer(rebasing: runs[..<runCount]) }

  /// Appends what ``WordHashes`` says of the last text.
  func appendHashes(to result: inout [UInt64]) {
    result.append(contentsOf: UnsafeBufferPointer(rebasing: hashes[..<hashCount]))
  }

  @inline(__always)
  static func isPartOfRun(_ byte: UInt8) -> Bool { byte.isASCIISmall || byte == Folding.number }

  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
}
