/// Which words can open a phrase of the lexicon: a filter before the walk through the large table.
///
/// In scripts with spaces a phrase begins and ends at the edges of words, so the first word of a text must
/// be the first word of the phrase, byte for byte, and so must the first two. Hashes of both are kept as
/// bits; a hash that two words share costs a walk and nothing else.
struct PhraseOpenings: Sendable {
  /// First words of which some phrase says no more: a walk must decide.
  private var alone = Bits(power: 16)
  /// First words that open phrases of more words.
  private var first = Bits(power: 16)
  /// First two words, with what stands between them.
  private var pair = Bits(power: 19)

  /// Notes a folded phrase. Phrases of scripts without spaces are not asked for here.
  mutating func add(_ phrase: UnsafeBufferPointer<UInt8>) {
    guard let word = PhraseOpenings.run(phrase, from: 0, PhraseOpenings.seed), word.end > 0 else { return }
    var next = word.end
    while next < phrase.count, !PhraseOpenings.isWordByte(phrase[next]) { next += 1 }
    guard next < phrase.count,
      let both = PhraseOpenings.run(phrase, from: next, PhraseOpenings.between(phrase, word, next))
    else { return alone.insert(word.hash) }
    first.insert(word.hash)
    pair.insert(both.hash)
  }

  /// Whether a phrase may begin at a place where a word begins, and where that word ends; the place itself
  /// where words have no ends that matter.
  @inline(__always)
  func look(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (mayOpen: Bool, wordEnd: Int) {
    guard let word = PhraseOpenings.run(text, from: start, PhraseOpenings.seed), word.end > start else {
      return (true, start)
    }
    if alone.contains(word.hash) { return (true, word.end) }
    guard first.contains(word.hash) else { return (false, word.end) }
    var next = word.end
    while next < text.count, !PhraseOpenings.isWordByte(text[next]) { next += 1 }
    guard next < text.count else { return (false, word.end) }
    guard let both = PhraseOpenings.run(text, from: next, PhraseOpenings.between(text, word, next)) else {
      return (true, word.end)
    }
    return (pair.contains(both.hash), word.end)
  }

  private typealias Run = (hash: UInt64, end: Int)
  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Hash and end of a run of word bytes, empty where none stands; `nil` when it holds a script without
  /// spaces, or one whose words take endings that a phrase leaves out.
  @inline(__always)
  private static func run(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ seed: UInt64) -> Run? {
    var hash = seed
    var index = start
    while index < bytes.count, isWordByte(bytes[index]) {
      if bytes[index] >= 0xE0 { return nil }
      hash = mix(hash, bytes[index])
      index += 1
    }
    return (hash, index)
  }

  /// The first word's hash with what stands between it and the second.
  @inline(__always)
  private static func between(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Run, _ next: Int) -> UInt64 {
    var hash = word.hash
    for index in word.end..<next { hash = mix(hash, bytes[index]) }
    return hash
  }

  @inline(__always)
  private static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  @inline(__always)
  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte >= 0x61 && byte <= 0x7A || byte == 1
  }

  /// Bits by hash.
  private struct Bits: Sendable {
    private var words: [UInt64]
    private let shift: UInt64

    init(power: Int) {
      words = Array(repeating: 0, count: 1 << (power - 6))
      shift = UInt64(64 - power)
    }

    @inline(__always)
    private func place(_ hash: UInt64) -> (Int, UInt64) {
      let bit = (hash &* 0x9E37_79B9_7F4A_7C15) >> shift
      return (Int(bit >> 6), 1 << (bit & 63))
    }

    mutating func insert(_ hash: UInt64) {
      let (word, bit) = place(hash)
      words[word] |= bit
    }

    @inline(__always)
    func contains(_ hash: UInt64) -> Bool {
      let (word, bit) = place(hash)
      return words[word] & bit != 0
    }
  }
}
