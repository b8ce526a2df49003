import CWinnowKernels
import WinnowCore

/// Guesses the language of a text from its script and its function words.
///
/// Meant for texts of a few lines and more; where it cannot tell it says nothing.
package struct LanguageGuesser: Sendable {
  /// The languages in the order given; the earlier one wins a tie.
  private let languages: [String]
  /// The script of each language's words, so that foreign words in a text do not vote.
  private let scripts: [ScriptCounts.Script?]
  /// The languages that have a word, by the word's key.
  private let words: WordOwners

  /// How much of a text is read, in bytes.
  private static let sampleLimit = 4096
  /// How much tells that a text is in the language that its page declares.
  private static let openingLimit = 1024
  /// The fewest function words that are evidence. With two, names and titles decide at random.
  private static let fewestHits = 3
  /// The least share of function words among all words. In running text it is 0.25 and more; lists of names
  /// with foreign particles stay below this.
  private static let leastRate = 0.08
  /// The share of the letters that a script must have to speak for the text. Foreign names in Latin letters
  /// are common in all other scripts, so it is below a half.
  private static let scriptShare = 0.3

  /// Takes the function words of each language: the commonest short words, 20 to 60 a language, in any case.
  package init(functionWords: [(language: String, words: [String])]) {
    var words: [WordOwners.Claim] = []
    var languages: [String] = []
    var scripts: [ScriptCounts.Script?] = []
    for (index, entry) in functionWords.enumerated() {
      languages.append(entry.language)
      var letters = ScriptCounts()
      for word in entry.words {
        for scalar in word.unicodeScalars {
          if scalar.value &- 0x61 < 26 { letters.addLatin(1) } else { letters.add(scalar.value) }
        }
        words.append(WordOwners.Claim(hash: WordKey.of(word), language: Int32(index)))
      }
      scripts.append(letters.leading(share: Self.scriptShare))
    }
    self.languages = languages
    self.scripts = scripts
    self.words = WordOwners(words)
  }

  /// The BCP 47 primary subtag of the text's language, or `nil` if the evidence is thin.
  ///
  /// - Parameter sample: UTF-8, of which the first 4 KiB count.
  package func guess(_ sample: UnsafeBufferPointer<UInt8>) -> String? {
    let tally = count(UnsafeBufferPointer(rebasing: sample.prefix(Self.sampleLimit)))
    guard tally.scripts.letters >= 4 else { return nil }
    let script = tally.scripts.leading(share: Self.scriptShare)
    if let script, let language = script.onlyLanguage(tally.scripts) { return language }
    if let language = byWords(tally, script) { return language }
    return script?.likeliestLanguage(tally.scripts)
  }

  /// The language of a text that is for certain in another one than `declared`, a BCP 47 tag; `nil` where it may be in
  /// that one, or where the guesser knows nothing of it.
  package func contradiction(of declared: String, in text: UnsafeBufferPointer<UInt8>) -> String? {
    let sample = UnsafeBufferPointer(rebasing: text.prefix(Self.sampleLimit))
    let declared = Self.primarySubtag(declared).lowercased()
    // Most pages say their language truly, and the first lines are enough to see it.
    guard guess(UnsafeBufferPointer(rebasing: sample.prefix(Self.openingLimit))) != declared,
      let found = guess(sample), found != declared,
      let known = languages.firstIndex(where: { Self.primarySubtag($0) == declared }),
      !LanguageFamilies.members(of: declared).contains(found),
      !LanguageFamilies.members(of: found).contains(declared)
    else { return nil }
    let tally = count(sample)
    guard tally.scripts.letters >= Self.fewestLetters else { return nil }
    if let script = tally.scripts.leading(share: Self.scriptShare), script != scripts[known] {
      // Half of the letters: names and the interface may be in another script.
      return tally.scripts.count(of: script) * 2 > tally.scripts.letters ? found : nil
    }
    guard let other = languages.firstIndex(of: found) else { return nil }
    let isSure =
      tally.hits[other] >= Self.fewestHitsAgainst
      && Double(tally.hits[other]) >= Self.rateAgainst * Double(tally.words)
      && tally.hits[other] >= 3 * tally.hits[known]
    return isSure ? found : nil
  }

  /// What a text must have to contradict its page: letters, function words of the other language, and their share,
  /// which in running text is a quarter and more.
  private static let fewestLetters = 150
  private static let fewestHitsAgainst = 12
  private static let rateAgainst = 0.18

  private struct Tally {
    var scripts = ScriptCounts()
    var words = 0
    var hits: [Int]
    /// Hits weighted by how few languages share the word.
    var scores: [Double]
  }

  private func count(_ text: UnsafeBufferPointer<UInt8>) -> Tally {
    var hits = [Int](repeating: 0, count: languages.count)
    var scores = [Double](repeating: 0, count: languages.count)
    var scripts = ScriptCounts()
    var words = 0
    // As plain memory: every third word is some language's, and lists would be asked for each who else has them.
    hits.withUnsafeMutableBufferPointer { hits in
      scores.withUnsafeMutableBufferPointer { scores in
        self.words.withOwners { owners in
          words = Self.visitWords(of: text, &scripts) { word in
            let range = self.words.owners(of: word)
            guard !range.isEmpty else { return }
            let share = 1 / Double(range.count)
            for owner in owners[range] {
              hits[Int(owner)] += 1
              scores[Int(owner)] += share
            }
          }
        }
      }
    }
    return Tally(scripts: scripts, words: words, hits: hits, scores: scores)
  }

  /// Calls `body` with the key of each word, and counts the words and their letters.
  @inline(__always)
  private static func visitWords(
    of text: UnsafeBufferPointer<UInt8>, _ scripts: inout ScriptCounts, _ body: (UInt64) -> Void
  ) -> Int {
    var words = 0
    var latin = 0
    // Always where no word goes on.
    var position = 0
    while position < text.count {
      let part = UnsafeBufferPointer(rebasing: text[position..<min(text.count, position + 64)])
      var beyond: UInt64 = 0
      var letters = winnow_tell_letters(part.baseAddress, part.count, &beyond)
      // A word that touches the part's end, or what is beyond ASCII, may go on.
      let stop = min(part.count, beyond.trailingZeroBitCount)
      var end = stop
      if position + stop < text.count {
        while end > 0, letters >> UInt64(end - 1) & 1 != 0 { end -= 1 }
      }
      if end < 64 { letters &= 1 << UInt64(end) - 1 }
      latin += letters.nonzeroBitCount
      while letters != 0 {
        let start = letters.trailingZeroBitCount
        let length = (~(letters >> UInt64(start))).trailingZeroBitCount
        words += 1
        body(WordKey.of(text, position + start, length: length))
        // None where the word reaches the last place.
        letters &= UInt64.max << UInt64(start + length)
      }
      position += end
      // What only the part's end cuts is the next part's.
      if position == text.count || stop == 64 && end > 0 { continue }
      position = word(in: text, from: position, &scripts) { key in
        words += 1
        body(key)
      }
    }
    scripts.addLatin(latin)
    return words
  }

  /// Calls `body` with the key of the word at a place, if one stands there, of any letters; gives the place behind it
  /// and the character that ends it.
  private static func word(
    in text: UnsafeBufferPointer<UInt8>, from start: Int, _ scripts: inout ScriptCounts,
    _ body: (UInt64) -> Void
  ) -> Int {
    var key = WordKey()
    var position = start
    var latin = 0
    while position < text.count {
      let byte = text[position]
      if byte.isASCIILetter {
        key.add(UInt32(byte | 0x20))
        latin += 1
        position += 1
        continue
      }
      let (scalar, width) = DateFolding.scalar(text, position)
      guard DateFolding.isLetter(scalar) else {
        position += width
        break
      }
      scripts.add(scalar)
      key.add(DateFolding.lower(scalar))
      position += width
    }
    scripts.addLatin(latin)
    if key.length > 0 { body(key.value) }
    return position
  }

  private func byWords(_ tally: Tally, _ script: ScriptCounts.Script?) -> String? {
    var best: Int?
    for index in languages.indices {
      guard scripts[index] == script, tally.hits[index] >= Self.fewestHits,
        Double(tally.hits[index]) >= Self.leastRate * Double(tally.words)
      else { continue }
      // The hits decide; the weights only part languages that share most words.
      let score = Double(tally.hits[index]) + tally.scores[index]
      if let best, score <= Double(tally.hits[best]) + tally.scores[best] { continue }
      best = index
    }
    return best.map { Self.primarySubtag(languages[$0]) }
  }

  private static func primarySubtag(_ tag: String) -> String {
    String(decoding: tag.utf8.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }, as: UTF8.self)
  }
}

/// What a word is looked up by: its characters in small letters, accents kept.
///
/// Up to eight letters of ASCII, as nearly all function words have, are the key themselves; others are hashed.
private struct WordKey {
  private var letters: UInt64 = 0
  private var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  private var isPlain = true
  /// Characters so far.
  private(set) var length = 0

  /// Adds a character in its small form.
  mutating func add(_ small: UInt32) {
    hash = (hash ^ UInt64(small)) &* 0x0000_0100_0000_01B3
    if length < 8 { letters |= UInt64(small & 0xFF) << UInt64(8 * length) }
    isPlain = isPlain && small &- 0x61 < 26
    length += 1
  }

  /// The key.
  var value: UInt64 { isPlain && length <= 8 ? letters : hash }

  static func of(_ word: String) -> UInt64 {
    var key = WordKey()
    for scalar in word.unicodeScalars { key.add(DateFolding.lower(scalar.value)) }
    return key.value
  }

  /// The key of letters of ASCII.
  @inline(__always)
  static func of(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, length: Int) -> UInt64 {
    if length <= 8, start + 8 <= text.count {
      let raw = UnsafeRawBufferPointer(text)
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      return (word | 0x2020_2020_2020_2020) & (.max >> UInt64(64 - 8 * length))
    }
    var key = WordKey()
    for byte in text[start..<start + length] { key.add(UInt32(byte | 0x20)) }
    return key.value
  }
}

/// Which languages have a word, as a hash table in two arrays: most words of a page are in none, which a bit for each
/// hash tells from memory that is near.
private struct WordOwners: Sendable {
  /// A word's hash and its languages' places.
  private struct Slot {
    var hash: UInt64 = 0
    var start: Int32 = 0
    var end: Int32 = 0
  }

  private var slots: [Slot]
  /// Hashes that some word may have.
  private var known = HashBits(power: 16)
  /// The languages of one word after those of another.
  private var languages: [Int32] = []

  /// A language has a word, by the word's hash.
  struct Claim {
    var hash: UInt64
    var language: Int32
  }

  /// Takes the claims of one language after those of another.
  init(_ claims: [Claim]) {
    var capacity = 64
    while capacity < claims.count * 2 { capacity *= 2 }
    slots = Array(repeating: Slot(), count: capacity)
    // Counted first, and then filled in, so that nothing need be sorted. A language may list a word twice, in two
    // cases, and counts once.
    var last = [Int32](repeating: -1, count: capacity)
    for claim in claims {
      let slot = slot(of: claim.hash)
      guard slots[slot].end == 0 || last[slot] != claim.language else { continue }
      slots[slot].hash = claim.hash
      known.insert(claim.hash)
      slots[slot].end += 1
      last[slot] = claim.language
    }
    var total: Int32 = 0
    for slot in slots.indices where slots[slot].end > 0 {
      slots[slot].start = total
      total += slots[slot].end
      slots[slot].end = total
      last[slot] = -1
    }
    languages = Array(repeating: -1, count: Int(total))
    for claim in claims {
      let slot = slot(of: claim.hash)
      guard last[slot] != claim.language else { continue }
      var place = Int(slots[slot].start)
      while languages[place] >= 0 { place += 1 }
      languages[place] = claim.language
      last[slot] = claim.language
    }
  }

  /// The slot that holds a word, or would.
  @inline(__always)
  private func slot(of hash: UInt64) -> Int {
    var slot = place(hash)
    while slots[slot].end > 0, slots[slot].hash != hash { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private func place(_ hash: UInt64) -> Int {
    // The key of a short word is its letters: only a product depends on all of them in its highest bits.
    Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 40) & (slots.count - 1)
  }

  /// Calls `body` with all words' languages.
  func withOwners(_ body: (UnsafeBufferPointer<Int32>) -> Void) { languages.withUnsafeBufferPointer(body) }

  /// Where among all words' languages a word's are.
  @inline(__always)
  func owners(of hash: UInt64) -> Range<Int> {
    guard known.contains(hash) else { return 0..<0 }
    let slot = slots[slot(of: hash)]
    return Int(slot.start)..<Int(slot.end)
  }
}
