import WinnowCore

/// All phrases of all languages in one automaton, and the function words that tell languages apart.
///
/// The automaton is a tree over folded bytes, walked from every place where a word may start that some
/// phrase starts with.
package struct Lexicon: Sendable {
  /// A phrase at a trie node.
  struct Entry: Sendable {
    var section: PhraseSection
    var anchor: PhraseAnchor
    var language: UInt8
    var leadingSlot: Phrase.Slot
    var trailingSlot: Phrase.Slot
    /// Whether it also counts inside a block, as ``PhraseAnchor/within``.
    var countsInside: Bool
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
  /// Words that stand before the names of people who helped, of all languages.
  package private(set) var nameHelpers: [String] = []
  /// Lines of phrase files that could not be understood.
  package private(set) var problems: [PhraseFileError] = []
  /// Words of sections that other parts use as words: name prefixes, roles, agencies.
  package private(set) var words: [PhraseSection: [String]] = [:]

  private static func isOfWords(_ section: PhraseSection) -> Bool {
    switch section {
    case .byline, .role, .agency: true
    default: false
    }
  }

  /// The phrases by their folded bytes.
  let tree: PhraseTrie
  /// What words open phrases; most words open none.
  let openings: PhraseOpenings

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
    var opening = PhraseOpenings()
    var entries: [Entry] = []
    var bytes: [UInt8] = []
    var ends: [Int32] = []
    var folded: [UInt8] = []
    var nowhere: [Int32]?
    for file in files {
      let language = UInt8(clamping: languages.count)
      languages.append(file.language)
      functionWords.append((file.language, file.functionWords))
      nameJoins += file.nameJoins
      nameTails += file.nameTails
      nameRoles += file.nameRoles
      nameHelpers += file.nameHelpers
      problems += file.problems
      for phrase in file.phrases {
        if Lexicon.isOfWords(phrase.section) {
          words[phrase.section, default: []].append(String(decoding: phrase.words, as: UTF8.self))
        }
        phrase.words.withUnsafeBufferPointer { Folding.fold($0, into: &folded, offsets: &nowhere) }
        // Folding strips a phrase's edges as it strips a block's; a colon that makes the phrase safe
        // stays, because it is no decoration.
        guard !folded.isEmpty else { continue }
        folded.withUnsafeBufferPointer {
          opening.add($0, at: .start)
          if PhraseMatcher.mayStandInside(phrase) { opening.add($0, at: .inside) }
        }
        let entry = Entry(
          section: phrase.section, anchor: phrase.anchor, language: language,
          leadingSlot: phrase.leadingSlot, trailingSlot: phrase.trailingSlot,
          countsInside: PhraseMatcher.countsInside(phrase))
        entries.append(entry)
        bytes += folded
        ends.append(Int32(bytes.count))
      }
    }
    openings = opening
    tree = PhraseTrie(bytes: bytes, ends: ends, entries: entries)
  }
}
