import WinnowCore

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

  /// Where in a text a phrase begins: many count at its start only.
  enum Place: Int {
    case start
    case inside
  }

  /// Openings of no phrase yet.
  init() {}

  /// Openings as ``words`` gave them; `nil` when these are others'.
  init?(words: UnsafeBufferPointer<UInt64>) {
    var rest = words
    guard alone.fill(from: &rest), first.fill(from: &rest), pair.fill(from: &rest), rest.isEmpty else {
      return nil
    }
  }

  /// All bits.
  var words: [UInt64] { alone.words + first.words + pair.words }

  /// Notes a folded phrase, which counts at the start of a text and may count inside one. Phrases of scripts
  /// without spaces are not asked for here.
  mutating func add(_ phrase: UnsafeBufferPointer<UInt8>, mayStandInside: Bool) {
    guard let word = PhraseOpenings.run(phrase, from: 0), word.end > 0 else { return }
    var next = word.end
    while next < phrase.count, !PhraseOpenings.isWordByte(phrase[next]) { next += 1 }
    guard next < phrase.count, let second = PhraseOpenings.run(phrase, from: next) else {
      alone.insert(word.hash, .start)
      if mayStandInside { alone.insert(word.hash, .inside) }
      return
    }
    let both = PhraseOpenings.both(phrase, word, next, second)
    first.insert(word.hash, .start)
    pair.insert(both, near: word.hash, .start)
    guard mayStandInside else { return }
    first.insert(word.hash, .inside)
    pair.insert(both, near: word.hash, .inside)
  }

  /// The word after the one looked at last: it is the one that is looked at next, as a rule.
  struct WordAhead {
    fileprivate var start = -1
    fileprivate var run: Run?
  }

  /// Whether a phrase may begin at a place where a word begins, and where that word ends; the place itself
  /// where words have no ends that matter.
  @inline(__always)
  func look(
    _ text: UnsafeBufferPointer<UInt8>, at start: Int, _ ahead: inout WordAhead
  ) -> (mayOpen: Bool, wordEnd: Int) {
    let place: Place = start == 0 ? .start : .inside
    let known = ahead.start == start ? ahead.run : PhraseOpenings.run(text, from: start)
    guard let word = known, word.end > start else { return (true, start) }
    if alone.contains(word.hash, place) { return (true, word.end) }
    guard first.contains(word.hash, place) else { return (false, word.end) }
    var next = word.end
    while next < text.count, !PhraseOpenings.isWordByte(text[next]) { next += 1 }
    guard next < text.count else { return (false, word.end) }
    ahead.start = next
    ahead.run = PhraseOpenings.run(text, from: next)
    guard let second = ahead.run else { return (true, word.end) }
    let both = PhraseOpenings.both(text, word, next, second)
    return (pair.contains(both, near: word.hash, place), word.end)
  }

  /// Whether a phrase may begin with a word, given the word after it, if there is one.
  @inline(__always)
  func mayOpen(
    _ text: UnsafeBufferPointer<UInt8>, _ word: FoldedWords.Run, _ next: FoldedWords.Run?
  ) -> Bool {
    let place: Place = word.start == 0 ? .start : .inside
    if alone.contains(word.hash, place) { return true }
    guard first.contains(word.hash, place), let next else { return false }
    let both = PhraseOpenings.both(
      text, (word.hash, Int(word.end)), Int(next.start), (next.hash, Int(next.end)))
    return pair.contains(both, near: word.hash, place)
  }

  fileprivate typealias Run = (hash: UInt64, end: Int)

  /// Hash and end of a run of word bytes, empty where none stands; `nil` when it holds a script without
  /// spaces, or one whose words take endings that a phrase leaves out.
  @inline(__always)
  private static func run(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Run? {
    var hash = FoldedWords.seed
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      // Letters first: they are nearly all.
      if !byte.isASCIISmall {
        guard isWordByte(byte) else { break }
        if byte >= 0xE0 { return nil }
      }
      hash = FoldedWords.mix(hash, byte)
      index += 1
    }
    return (hash, index)
  }

  /// The hash of two words with what stands between them.
  @inline(__always)
  private static func both(
    _ bytes: UnsafeBufferPointer<UInt8>, _ word: Run, _ next: Int, _ second: Run
  ) -> UInt64 {
    var hash = word.hash
    for index in word.end..<next { hash = FoldedWords.mix(hash, bytes[index]) }
    return (hash ^ second.hash) &* 0x9E37_79B9_7F4A_7C15
  }

  @inline(__always)
  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte.isASCIISmall || byte == 1
  }

  /// Bits by place and hash.
  private struct Bits: Sendable {
    private(set) var words: [UInt64]
    private let power: UInt64

    init(power: UInt64) {
      words = Array(repeating: 0, count: 2 << (power - 6))
      self.power = power
    }

    /// Takes as many words off the start as it has places; `false` if there are fewer.
    mutating func fill(from rest: inout UnsafeBufferPointer<UInt64>) -> Bool {
      guard rest.count >= words.count else { return false }
      let count = words.count
      words = Array(rest[..<count])
      rest = UnsafeBufferPointer(rebasing: rest[count...])
      return true
    }

    /// Of hashes with the same `neighbour` the bits lie in four lines of memory, which a page's text asks for again and
    /// again: the same words begin its pairs.
    @inline(__always)
    private func position(_ hash: UInt64, near neighbour: UInt64?, _ place: Place) -> (word: Int, bit: UInt64)
    {
      let own = hash &* 0x9E37_79B9_7F4A_7C15
      var bit = own >> (64 - power)
      if let neighbour {
        let line = ((neighbour &* 0x9E37_79B9_7F4A_7C15) >> (64 - power + 11)) << 2 | own >> 62
        bit = line << 9 | own >> 40 & 511
      }
      bit |= UInt64(place.rawValue) << power
      return (Int(bit >> 6), 1 << (bit & 63))
    }

    mutating func insert(_ hash: UInt64, near neighbour: UInt64? = nil, _ place: Place) {
      let (word, bit) = position(hash, near: neighbour, place)
      words[word] |= bit
    }

    @inline(__always)
    func contains(_ hash: UInt64, near neighbour: UInt64? = nil, _ place: Place) -> Bool {
      let (word, bit) = position(hash, near: neighbour, place)
      return words[word] & bit != 0
    }
  }
}
