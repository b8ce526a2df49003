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
  /// Words that say what a person is, of all languages.
  package private(set) var nameRoles: [String] = []
  /// Lines of phrase files that could not be understood.
  package private(set) var problems: [PhraseFileError] = []
  /// Words of sections that other parts use as words: name prefixes, roles, agencies.
  package private(set) var words: [PhraseSection: [String]] = [:]

  private static let wordSections: Set<PhraseSection> = [.byline, .role, .agency]

  private(set) var entries: [Entry] = []
  /// Range of `entries` of each node, by node.
  private(set) var entryRange: [Range<Int32>] = []
  /// What words open phrases; most words open none.
  private(set) var openings = PhraseOpenings()
  /// What words open phrases that may stand behind other text.
  private(set) var innerOpenings = PhraseOpenings()
  /// Edges of the trie: node and byte above, target below.
  private var edges: [UInt64]
  private var mask: Int

  /// The lexicon that is part of the program.
  package static let builtIn = builtIn(with: [])

  /// The lexicon that is part of the program, with more files.
  package static func builtIn(with more: [PhraseFile]) -> Lexicon {
    let own = WinnowData.names(ending: ".phrases").filter { $0 != "markup.phrases" }.map {
      PhraseFile(WinnowData.bytes(named: $0), file: $0)
    }
    return Lexicon(files: own + more)
  }

  /// A lexicon of these files.
  package init(files: [PhraseFile]) {
    edges = []
    mask = 0
    var found: [(node: Int, entry: Entry)] = []
    var nodeCount = 1
    grow(to: 1 << 19)
    var folded: [UInt8] = []
    var nowhere: [Int32]?
    for file in files {
      let language = UInt8(clamping: languages.count)
      languages.append(file.language)
      functionWords.append((file.language, file.functionWords))
      nameJoins += file.nameJoins
      nameTails += file.nameTails
      nameRoles += file.nameRoles
      problems += file.problems
      for phrase in file.phrases {
        if Lexicon.wordSections.contains(phrase.section) {
          words[phrase.section, default: []].append(String(decoding: phrase.words, as: UTF8.self))
        }
        phrase.words.withUnsafeBufferPointer { Folding.fold($0, into: &folded, offsets: &nowhere) }
        // Folding strips a phrase's edges as it strips a block's; a colon that makes the phrase safe
        // stays, because it is no decoration.
        guard !folded.isEmpty else { continue }
        folded.withUnsafeBufferPointer {
          openings.add($0)
          if PhraseMatcher.mayStandInside(phrase) { innerOpenings.add($0) }
        }
        let entry = Entry(
          section: phrase.section, anchor: phrase.anchor, language: language,
          leadingSlot: phrase.leadingSlot, trailingSlot: phrase.trailingSlot)
        found.append((insert(folded, nodeCount: &nodeCount), entry))
      }
    }
    group(found, nodeCount: nodeCount)
  }

  /// Puts the entries of each node side by side, in the order in which they were found. An array a node
  /// would be a quarter of the program's start: there are many more nodes than phrases.
  private mutating func group(_ found: [(node: Int, entry: Entry)], nodeCount: Int) {
    var ends = [Int32](repeating: 0, count: nodeCount)
    for (node, _) in found { ends[node] += 1 }
    var start: Int32 = 0
    entryRange.reserveCapacity(nodeCount)
    for node in ends.indices {
      let end = start + ends[node]
      entryRange.append(start..<end)
      ends[node] = start
      start = end
    }
    guard let any = found.first?.entry else { return }
    entries = Array(repeating: any, count: found.count)
    for (node, entry) in found {
      entries[Int(ends[node])] = entry
      ends[node] += 1
    }
  }

  @inline(__always)
  private static func slot(_ key: UInt32) -> Int { Int((key &* 2_654_435_769) >> 8) }

  /// The node reached from a node over a byte; 0 when there is none.
  @inline(__always)
  func step(_ node: UInt32, _ byte: UInt8) -> UInt32 {
    let key = node << 8 | UInt32(byte)
    var slot = Lexicon.slot(key) & mask
    while true {
      let edge = edges[slot]
      if edge >> 32 == UInt64(key) { return UInt32(truncatingIfNeeded: edge) }
      if edge == .max { return 0 }
      slot = (slot + 1) & mask
    }
  }

  private mutating func insert(_ bytes: [UInt8], nodeCount: inout Int) -> Int {
    var node: UInt32 = 0
    for byte in bytes {
      let next = step(node, byte)
      if next != 0 {
        node = next
        continue
      }
      if nodeCount * 2 > mask { grow(to: (mask + 1) * 2) }
      let created = UInt32(nodeCount)
      nodeCount += 1
      place(node << 8 | UInt32(byte), created)
      node = created
    }
    return Int(node)
  }

  private mutating func place(_ key: UInt32, _ target: UInt32) {
    var slot = Lexicon.slot(key) & mask
    while edges[slot] != .max { slot = (slot + 1) & mask }
    edges[slot] = UInt64(key) << 32 | UInt64(target)
  }

  private mutating func grow(to capacity: Int) {
    let old = edges
    edges = Array(repeating: .max, count: capacity)
    mask = capacity - 1
    for edge in old where edge != .max {
      place(UInt32(truncatingIfNeeded: edge >> 32), UInt32(truncatingIfNeeded: edge))
    }
  }
}
