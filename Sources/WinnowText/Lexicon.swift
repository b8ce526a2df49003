import WinnowCore

/// All phrases of all languages in one automaton, and the function words that tell languages apart.
///
/// The automaton is a trie over folded bytes, walked from every place where a word may start. Its edges
/// stand in one open-addressed table, so building it costs a few milliseconds and no pointers are chased.
package struct Lexicon: Sendable {
  /// A phrase at a trie node.
  struct Entry: Sendable {
    var section: PhraseSection
    var anchor: PhraseAnchor
    var language: UInt8
    var leadingSlot: Phrase.Slot
    var trailingSlot: Phrase.Slot
  }

  /// Languages by the index that entries carry.
  package private(set) var languages: [String] = []
  /// Function words by language.
  package private(set) var functionWords: [(language: String, words: [String])] = []
  /// Words that join two names, of all languages.
  package private(set) var nameJoins: [String] = []
  /// Words that begin a place or outlet after a name, of all languages.
  package private(set) var nameTails: [String] = []
  /// Lines of phrase files that could not be understood.
  package private(set) var problems: [PhraseFileError] = []
  /// Words of sections that other parts use as words: name prefixes, roles, agencies.
  package private(set) var words: [PhraseSection: [String]] = [:]

  private static let wordSections: Set<PhraseSection> = [.byline, .role, .agency]

  private(set) var entries: [Entry] = []
  /// Range of `entries` of each node, by node.
  private(set) var entryRange: [Range<Int32>] = []
  /// A bit for each hash of four first bytes that open some phrase: most words open none, and asking
  /// here costs no walk through the large table.
  private var openings = [UInt64](repeating: 0, count: Lexicon.openingBits / 64)
  private static let openingBits = 1 << 17
  private var keys: [UInt32]
  private var targets: [UInt32]
  private var mask: Int

  /// The lexicon that is part of the program.
  package static let builtIn = Lexicon(
    files: WinnowData.names(ending: ".phrases").filter { $0 != "markup.phrases" }.map {
      PhraseFile(WinnowData.bytes(named: $0), file: $0)
    })

  /// A lexicon of these files.
  package init(files: [PhraseFile]) {
    keys = []
    targets = []
    mask = 0
    var perNode: [[Entry]] = [[]]
    grow(to: 1 << 19)
    var folded: [UInt8] = []
    var nowhere: [Int32]?
    for file in files {
      let language = UInt8(clamping: languages.count)
      languages.append(file.language)
      functionWords.append((file.language, file.functionWords))
      nameJoins += file.nameJoins
      nameTails += file.nameTails
      problems += file.problems
      for phrase in file.phrases {
        if Lexicon.wordSections.contains(phrase.section) {
          words[phrase.section, default: []].append(String(decoding: phrase.words, as: UTF8.self))
        }
        phrase.words.withUnsafeBufferPointer { Folding.fold($0, into: &folded, offsets: &nowhere) }
        // Folding strips a phrase's edges as it strips a block's; a colon that makes the phrase safe
        // stays, because it is no decoration.
        guard !folded.isEmpty else { continue }
        if folded.count >= 4 {
          let bit = Lexicon.opening(folded[0], folded[1], folded[2], folded[3])
          openings[bit >> 6] |= 1 << UInt64(bit & 63)
        }
        let node = insert(folded, nodes: &perNode)
        perNode[node].append(
          Entry(
            section: phrase.section, anchor: phrase.anchor, language: language,
            leadingSlot: phrase.leadingSlot, trailingSlot: phrase.trailingSlot))
      }
    }
    for list in perNode {
      let start = Int32(entries.count)
      entries += list
      entryRange.append(start..<Int32(entries.count))
    }
  }

  @inline(__always)
  private static func slot(_ key: UInt32) -> Int { Int((key &* 2_654_435_769) >> 8) }

  @inline(__always)
  private static func opening(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> Int {
    let word = UInt32(a) | UInt32(b) << 8 | UInt32(c) << 16 | UInt32(d) << 24
    return Int((word &* 2_654_435_769) >> 15)
  }

  /// Whether some phrase may open with four bytes. Phrases of fewer bytes are not asked for here: the
  /// caller asks only where four letters stand together, and there a shorter phrase cannot end.
  @inline(__always)
  func mayOpen(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> Bool {
    let bit = Lexicon.opening(a, b, c, d)
    return openings[bit >> 6] & (1 << UInt64(bit & 63)) != 0
  }

  /// The node reached from a node over a byte; 0 when there is none.
  @inline(__always)
  func step(_ node: UInt32, _ byte: UInt8) -> UInt32 {
    let key = node << 8 | UInt32(byte)
    var slot = Lexicon.slot(key) & mask
    while true {
      let found = keys[slot]
      if found == key { return targets[slot] }
      if found == UInt32.max { return 0 }
      slot = (slot + 1) & mask
    }
  }

  private mutating func insert(_ bytes: [UInt8], nodes: inout [[Entry]]) -> Int {
    var node: UInt32 = 0
    for byte in bytes {
      let next = step(node, byte)
      if next != 0 {
        node = next
        continue
      }
      if nodes.count * 2 > mask { grow(to: (mask + 1) * 2) }
      let created = UInt32(nodes.count)
      nodes.append([])
      place(node << 8 | UInt32(byte), created)
      node = created
    }
    return Int(node)
  }

  private mutating func place(_ key: UInt32, _ target: UInt32) {
    var slot = Lexicon.slot(key) & mask
    while keys[slot] != UInt32.max { slot = (slot + 1) & mask }
    keys[slot] = key
    targets[slot] = target
  }

  private mutating func grow(to capacity: Int) {
    let oldKeys = keys
    let oldTargets = targets
    keys = Array(repeating: UInt32.max, count: capacity)
    targets = Array(repeating: 0, count: capacity)
    mask = capacity - 1
    for (key, target) in zip(oldKeys, oldTargets) where key != UInt32.max { place(key, target) }
  }
}
