/// A word of a byline with all that the name cleaner asks of it, looked up once.
struct NameWord: Sendable {
  /// What a word is by its spelling alone.
  struct Traits: OptionSet, Sendable {
    let rawValue: UInt16

    /// No name has it: a role, an agency, a word that joins names.
    static let stranger = Traits(rawValue: 1 << 0)
    /// Stands before names and is part of none: `by`, but not `von`.
    static let prefix = Traits(rawValue: 1 << 2)
    /// Letters and the signs of names, not too many.
    static let spelt = Traits(rawValue: 1 << 3)
    static let startsWithCapital = Traits(rawValue: 1 << 4)
    static let hasSmall = Traits(rawValue: 1 << 5)
    static let hasCapital = Traits(rawValue: 1 << 6)
    static let hasLetter = Traits(rawValue: 1 << 7)
    /// All its letters are Han or Kana, or there are none.
    static let ideographic = Traits(rawValue: 1 << 8)
    /// All its letters are Korean syllables, or there are none.
    static let hangul = Traits(rawValue: 1 << 9)
    /// Its first letter is of a script without capitals.
    static let opensCaseless = Traits(rawValue: 1 << 10)
    /// Three capitals without dots, as agencies write themselves.
    static let shouted = Traits(rawValue: 1 << 11)
    /// Short, of small letters and signs.
    static let short = Traits(rawValue: 1 << 12)
    static let hasDigit = Traits(rawValue: 1 << 13)
  }

  /// As written.
  let text: String
  /// Small letters, without dots and other signs at the ends.
  let folded: String
  /// Unicode scalars of the text.
  let count: Int
  let traits: Traits
  /// Which phrase tables know it: bit `2n` as a phrase of table `n`, bit `2n + 1` as the first of several words.
  let phrases: UInt16

  /// The words with spaces between.
  static func joined(_ words: some Sequence<NameWord>) -> String {
    var text = ""
    for word in words {
      if !text.isEmpty { text += " " }
      text += word.text
    }
    return text
  }
}

/// The words that mean something around names, each with all that it means, so that a word is looked up once.
struct NameVocabulary: Sendable {
  private struct Meaning {
    var traits: NameWord.Traits = []
    var phrases: UInt16 = 0
  }

  private var meanings: [String: Meaning] = [:]

  /// - Parameters:
  ///   - tables: phrase tables, each with its own number.
  ///   - traits: what else a folded word is by the tables that know it, as ``NameWord/phrases``.
  init(
    tables: [PhraseTable], traits: (_ word: String, _ phrases: UInt16) -> NameWord.Traits
  ) {
    meanings.reserveCapacity(tables.reduce(0) { $0 + $1.singles.count })
    for table in tables {
      for word in table.singles { meanings[word, default: Meaning()].phrases |= table.single }
      for word in table.openings { meanings[word, default: Meaning()].phrases |= table.opening }
    }
    for index in meanings.indices {
      let word = meanings.keys[index]
      meanings.values[index].traits.formUnion(traits(word, meanings.values[index].phrases))
    }
  }

  /// A word with what it means.
  func word(_ text: String) -> NameWord {
    let folded = PersonNames.folded(text)
    let meaning = meanings[folded] ?? Meaning()
    let (count, spelling) = PersonNames.spelling(text)
    return NameWord(
      text: text, folded: folded, count: count, traits: spelling.union(meaning.traits),
      phrases: meaning.phrases)
  }
}
