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

  /// The words that other parts take as words.
  package private(set) var lists = LexiconLists()
  /// Lines of phrase files that could not be understood.
  package private(set) var problems: [PhraseFileError] = []

  /// Sections whose phrases other parts take as words.
  static let wordSections: [PhraseSection] = [.byline, .role, .agency]

  /// The phrases by their folded bytes.
  let tree: PhraseTrie
  /// What words open phrases; most words open none.
  let openings: PhraseOpenings

  /// The lexicon that is part of the program: from its table, or where that is not of these files from the files.
  package static let builtIn =
    LexiconTable.read(WinnowData.bytes(named: LexiconTable.name)) ?? builtIn(with: [])

  /// The lexicon that is part of the program, with more files.
  package static func builtIn(with more: [PhraseFile]) -> Lexicon {
    Lexicon(files: ownFiles.map { PhraseFile($0.bytes, file: $0.name) } + more)
  }

  /// The files of the lexicon that is part of the program.
  static var ownFiles: [(name: String, bytes: UnsafeBufferPointer<UInt8>)] {
    WinnowData.files(ending: ".phrases").filter { $0.name != "markup.phrases" }
  }

  /// A lexicon of lists and phrases as a table holds them.
  init(lists: LexiconLists, tree: PhraseTrie, openings: PhraseOpenings) {
    self.lists = lists
    self.tree = tree
    self.openings = openings
  }

  /// A lexicon of these files.
  package init(files: [PhraseFile]) {
    var opening = PhraseOpenings()
    var tree = PhraseTrieBuilder()
    var folder = Folder()
    var wordLists: [PhraseSection: [String]] = [:]
    tree.reserve(
      phrases: files.reduce(0) { $0 + $1.phrases.count }, bytes: files.reduce(0) { $0 + $1.text.count })
    for file in files {
      let language = UInt8(clamping: lists.languages.count)
      lists.languages.append(file.language)
      lists.functionWords.append((file.language, file.functionWords))
      lists.nameJoins += file.nameJoins
      lists.nameTails += file.nameTails
      lists.nameRoles += file.nameRoles
      lists.nameHelpers += file.nameHelpers
      problems += file.problems
      file.text.withUnsafeBufferPointer { text in
        for phrase in file.phrases {
          let words = UnsafeBufferPointer(rebasing: text[phrase.place])
          if Lexicon.wordSections.contains(phrase.section) {
            wordLists[phrase.section, default: []].append(String(decoding: words, as: UTF8.self))
          }
          let entry = Entry(
            section: phrase.section, anchor: phrase.anchor, language: language,
            leadingSlot: phrase.leadingSlot, trailingSlot: phrase.trailingSlot,
            countsInside: PhraseMatcher.countsInside(phrase))
          phrase.withFolded(words, by: &folder) { folded in
            guard !folded.isEmpty else { return }
            opening.add(folded, mayStandInside: PhraseMatcher.mayStandInside(phrase))
            tree.add(folded, entry)
          }
        }
      }
    }
    lists.words = wordLists
    openings = opening
    self.tree = PhraseTrie(tree)
  }
}

/// The words of a lexicon that other parts take as words.
package struct LexiconLists: Sendable {
  /// Languages by the index that entries carry.
  package internal(set) var languages: [String] = []
  /// Function words by language.
  package internal(set) var functionWords: [(language: String, words: [String])] = []
  /// Words that join two names, of all languages.
  package internal(set) var nameJoins: [String] = []
  /// Words that begin a place or outlet after a name, of all languages.
  package internal(set) var nameTails: [String] = []
  /// Words that say what a person is, of all languages.
  package internal(set) var nameRoles: [String] = []
  /// Words that stand before the names of people who helped, of all languages.
  package internal(set) var nameHelpers: [String] = []
  /// Words of sections that other parts use as words: name prefixes, roles, agencies.
  package internal(set) var words: [PhraseSection: [String]] = [:]
}
