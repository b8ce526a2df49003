import WinnowCore

/// Takes the names of people out of byline strings: "By Ann Smith, political editor, in Paris".
///
/// All words of languages come in as data; what is here knows shapes only. A class, because a copy of the tables
/// would count a reference to each of their lists.
package final class NameCleaning: Sendable {
  let prefixes: PhraseTable
  let joins: PhraseTable
  let roles: PhraseTable
  let tails: PhraseTable
  let vocabulary: NameVocabulary

  /// The words to go by; case does not matter.
  ///
  /// - Parameters:
  ///   - stripPrefixes: what stands before names: "by", "written by", "von", "文".
  ///   - joinWords: what joins two names: "and", "und", "y".
  ///   - roleWords: what people are and what is no person: "editor", "reporter", "newsroom", "agency".
  ///   - tailWords: what begins a place or outlet after a name: "in", "for", "aus".
  package init(
    stripPrefixes: [String], joinWords: [String], roleWords: [String], tailWords: [String] = []
  ) {
    prefixes = PhraseTable(stripPrefixes, number: 0)
    joins = PhraseTable(joinWords, number: 1)
    roles = PhraseTable(roleWords, number: 2)
    tails = PhraseTable(tailWords, number: 3)
    let bits = (prefix: prefixes.single, join: joins.single, role: roles.single, tail: tails.single)
    vocabulary = NameVocabulary(tables: [prefixes, joins, roles, tails]) { word, phrases in
      var traits: NameWord.Traits = []
      // A join word of one letter is part of Spanish and Catalan surnames too.
      let isJoin = phrases & bits.join != 0 && word.utf8.count > 1
      if isJoin || phrases & bits.role != 0 { traits.insert(.stranger) }
      // "von" and "de" stand before names and within them, and begin places as well; "by" does not.
      if phrases & bits.prefix != 0, phrases & bits.tail == 0 { traits.insert(.prefix) }
      return traits
    }
  }

  /// Whether the text has the shape of one person's name.
  package func looksLikePerson(_ name: String) -> Bool { PersonNames.matches(words(name)) }

  /// Whether a word of the text says what somebody is, or names a desk or an agency.
  package func holdsRole(_ name: String) -> Bool { words(name).contains { $0.traits.contains(.stranger) } }

  /// What ``looksLikePerson(_:)`` and ``holdsRole(_:)`` say, for the price of one.
  func shape(of name: String) -> (isPerson: Bool, holdsRole: Bool) {
    let words = words(name)
    return (PersonNames.matches(words), words.contains { $0.traits.contains(.stranger) })
  }

  private func words(_ name: String) -> [NameWord] {
    FieldText.pieces(name) { $0 == 0x20 }.map(vocabulary.word)
  }

  /// The names in the text, in order, each once.
  ///
  /// - Parameters:
  ///   - text: a byline or the value of an author property.
  ///   - declared: the page says that this is an author, so that a single word or small letters will do.
  ///   - inverted: "Smith, Ann" means Ann Smith, as in library metadata.
  package func names(
    in text: String, declared: Bool = false, inverted: Bool = false
  ) -> [String] {
    names(in: text, cut(text), declared: declared, inverted: inverted)
  }

  /// A text in segments, and the words of each.
  struct Cut {
    fileprivate let segments: [String]
    fileprivate let words: [[NameWord]]
  }

  /// Cuts a text for those who ask several things of it.
  func cut(_ text: String) -> Cut {
    let isShort = text.utf8.count <= Self.mostScalars
    let segments = BylineSegments.split(isShort ? text : String(text.unicodeScalars.prefix(Self.mostScalars)))
    return Cut(segments: segments, words: segments.map(tokens))
  }

  /// The names in a text that was cut.
  func names(
    in text: String, _ cut: Cut, declared: Bool = false, inverted: Bool = false
  ) -> [String] {
    var segments = cut.words
    if inverted, let name = uninverted(cut.segments) { segments = [tokens(name)] }
    var names: [String] = []
    if let labelled = namesBehindLabels(in: text) { return Self.unique(labelled) }
    var cores: [[NameWord]] = []
    var firms: [String] = []
    for segment in segments {
      if let firm = firm(segment) { firms.append(firm) } else { cores += parted(segment).map(core) }
    }
    for core in cores {
      for words in joined(core[...]).flatMap(sideBySide).map(withoutPortrait) where PersonNames.matches(words)
      {
        names.append(NameWord.joined(words))
      }
    }
    if names.isEmpty, let name = cores.lazy.compactMap({ self.opening($0) }).first {
      names = [name]
    }
    if names.isEmpty, declared { names = pair(cores) ?? single(cores).map { [$0] } ?? [] }
    names += firms
    if names.isEmpty { return [] }
    return Self.unique(names.map(PersonNames.inUsualCase))
  }

  /// The text without what stands before names and without dates, roles and all: "the Northwind team"; `nil` for
  /// more than a few words, or for words that are mostly small.
  package func undivided(_ text: String) -> String? { undivided(text, cut(text)) }

  /// The same for a text that was cut.
  func undivided(_ text: String, _ cut: Cut) -> String? {
    guard text.utf8.count <= 80, !text.utf8.contains(0x3D) else { return nil }
    guard let segment = cut.words.first, cut.words.count <= 2 else { return nil }
    var rest = withoutDates(segment[...])
    for _ in 0..<3 {
      if let shorter = withoutPrefix(rest) { rest = shorter } else { break }
    }
    var words = Array(rest)
    // "Posted by Ann Smith at 21:14"
    if words.count > 1, tails.match(words, at: words.count - 1) != nil { words.removeLast() }
    guard (1...5).contains(words.count), words.contains(where: { $0.traits.contains(.hasLetter) }) else {
      return nil
    }
    guard joins.match(words, at: words.count - 1) == nil else { return nil }
    let small = words.count { !$0.traits.contains(.startsWithCapital) && $0.traits.contains(.hasSmall) }
    return small * 2 <= words.count ? NameWord.joined(words) : nil
  }

  /// The longest text that is looked at, in scalars.
  private static let mostScalars = 400

  /// Each name once, case and dots aside; a lone surname goes if a full name holds it.
  package static func unique(_ names: [String]) -> [String] {
    if names.count == 1 { return FieldText.hasWords(names[0]) ? names : [] }
    let keys = names.map(FieldText.words)
    var kept: [String] = []
    var seen: Set<String> = []
    for (name, words) in zip(names, keys) where !words.isEmpty {
      let held = words.count == 1 && keys.contains { $0.count > 1 && $0.last == words.first }
      if !held, seen.insert(words.joined(separator: " ")).inserted { kept.append(name) }
    }
    return kept
  }

  // MARK: One segment

  private static let edges: Set<Unicode.Scalar> = [
    ":", ",", "-", "\u{2013}", "\u{2014}", "|", "\"", "\u{201C}", "\u{201D}", "\u{201E}", "\u{AB}",
    "\u{BB}", "*", "_", "#", "\u{2022}", "\u{FF1A}", "!", "?", "=", "~", "<", ">", "(", ")", "[", "]",
    // Marks of notes: "Ann Smith¹".
    "\u{B9}", "\u{B2}", "\u{B3}", "\u{2070}", "\u{2074}", "\u{2075}", "\u{2076}", "\u{2077}", "\u{2078}",
    "\u{2079}",
    "\u{2020}", "\u{2021}",
  ]

  /// What is left of a segment without prefixes, dates, roles and places.
  private func core(_ segment: [NameWord]) -> [NameWord] {
    var words = withoutDates(segment[...])
    for _ in 0..<3 {
      if let shorter = withoutPrefix(words) { words = shorter } else { break }
    }
    if isPlace(words) { return [] }
    return withoutRoles(withoutTail(withoutLead(Self.withoutChangeOfCase(words))))
  }

  /// "in New York", "em S\u{E3}o Paulo" behind a comma: where the author writes from. "de" and "von" open names too.
  private func isPlace(_ words: ArraySlice<NameWord>) -> Bool {
    guard let first = words.first, !first.traits.contains(.startsWithCapital) else {
      return false
    }
    return tails.match(Array(words), at: 0) != nil && prefixes.match(Array(words), at: 0) == nil
  }

  /// Whether a text opens with a word that begins a place behind names ("in", "at") and none of a name or before one.
  func opensWithTail(_ text: String) -> Bool {
    // "A. J. Smith" opens with an initial, and most lines with a longer word.
    guard text.utf8.prefix(2).allSatisfy({ $0.isASCIILetter || $0 >= 0x80 }),
      text.utf8.prefix(8).contains(0x20)
    else { return false }
    let words = tokens(text)
    guard words.count > 1 else { return false }
    return tails.match(words, at: 0) != nil && prefixes.match(words, at: 0) == nil
  }

  func tokens(_ text: String) -> [NameWord] {
    // "Written by:Ann Smith": what a colon ends is a word of its own.
    var words: [NameWord] = []
    for part in Self.parts(text) {
      var word = FieldText.trimmed(part, of: Self.edges)
      // "ByAnn Smith": a line whose parts a converter glued.
      if words.isEmpty, word.utf8.first.map({ $0 | 0x20 == 0x62 }) == true,
        word.hasPrefix("By") || word.hasPrefix("by"),
        word.utf8.dropFirst(2).first.map({ $0.isASCIICapital }) == true
      {
        word.removeFirst(2)
      }
      if word.isEmpty { continue }
      if let place = Self.glueOfDigits(
        in: word, behindName: words.last?.traits.contains(.startsWithCapital) == true)
      {
        words.append(vocabulary.word(String(word[..<place])))
        word = String(word[place...])
      }
      words.append(vocabulary.word(word))
    }
    // "Ann Smith." ends a sentence; "Ann J." and "Smith Jr." do not.
    if let last = words.last, last.text.utf8.last == 0x2E, last.count > 4 {
      words[words.count - 1] = vocabulary.word(FieldText.trimmed(last.text, of: ["."]))
    }
    return words
  }

  /// What white space and colons part.
  private static func parts(_ text: String) -> [String] {
    // Spaces and colons beyond ASCII start with these bytes.
    if text.utf8.contains(where: { $0 == 0xC2 || $0 &- 0xE1 < 3 || $0 == 0xEF }) {
      return text.unicodeScalars.split { $0 == ":" || $0 == "\u{FF1A}" || FieldText.isSpace($0) }
        .map { String($0) }
    }
    return FieldText.pieces(text) { $0 == 0x20 || $0 &- 0x09 < 5 || $0 == 0x3A }
  }

  /// Whether the text begins as bylines do: "by Ann Smith".
  func opensWithPrefix(_ text: String) -> Bool { withoutPrefix(tokens(text)[...]) != nil }

  func withoutPrefix(_ words: ArraySlice<NameWord>) -> ArraySlice<NameWord>? {
    let all = Array(words)
    if let length = prefixes.match(all, at: 0) { return all[length...] }
    // Scripts without spaces glue the prefix to the name.
    guard let first = all.first, let rest = prefixes.afterGluedPrefix(first.text), !rest.isEmpty else {
      return nil
    }
    let bare = FieldText.trimmed(rest, of: Self.edges)
    return (bare.isEmpty ? [] : [vocabulary.word(bare)]) + all.dropFirst()
  }

  /// "Published on Monday by Ann Smith": names follow the last prefix if nothing before is one.
  private func withoutLead(_ words: ArraySlice<NameWord>) -> [NameWord] {
    let words = Array(words)
    for start in words.indices.dropFirst().reversed() {
      guard let length = prefixes.match(words, at: start), start + length < words.count else { continue }
      guard !PersonNames.matches(words[..<start]) else { continue }
      // A prefix can be a particle of the name itself: Ursula von der Leyen.
      let opening = words[start].text.unicodeScalars.first
      // Carla De Rossi: with a capital, what may be a particle is one.
      if length == 1, opening.map(FieldText.isCapital) == true, !words[start].traits.contains(.prefix) {
        continue
      }
      if opening.map(FieldText.isSmall) == true, start == 1, PersonNames.matches(words) { continue }
      return Array(words[(start + length)...])
    }
    return words
  }

  private func withoutDates(_ words: ArraySlice<NameWord>) -> ArraySlice<NameWord> {
    func isDate(_ index: Int) -> Bool { words[index].traits.contains(.hasDigit) }
    guard let first = words.indices.first(where: isDate) else { return words }
    let last = words.indices.last(where: isDate) ?? first
    return first >= 2 || last + 1 == words.endIndex ? words[..<first] : words[(last + 1)...]
  }

  private func withoutTail(_ words: [NameWord]) -> [NameWord] {
    for start in words.indices.dropFirst() {
      guard let length = tails.match(words, at: start) else { continue }
      guard PersonNames.matches(words[..<start]) else { continue }
      // "Jan Kos i Anna Dąb": what means "in" in Swedish means "and" in Polish.
      if joins.match(words, at: start) == length, startsWithPerson(Array(words[(start + length)...])) {
        continue
      }
      // Sophie in 't Veld.
      let next = words[(start + length)...].first?.text.unicodeScalars.first
      if next == "'" || next == "\u{2019}" { continue }
      return Array(words[..<start])
    }
    return words
  }

  private func withoutRoles(_ words: [NameWord]) -> [NameWord] {
    var lower = 0
    var upper = words.count
    for start in words.indices where start >= lower {
      guard let length = roles.match(words, at: start) else { continue }
      // "Ann Smith and AP"
      let isJoin =
        start > lower + 1 && joins.match(words, at: start - 1) == 1 && !startsWithCapital(words[start - 1])
      let end = isJoin ? start - 1 : start
      if PersonNames.matches(words[lower..<end]) || areJoined(words[lower..<end]) {
        upper = end
        break
      }
      lower = start + length
    }
    guard lower < upper else { return [] }
    var rest = Array(words[lower..<upper])
    if let last = rest.last, let shorter = roles.beforeGluedSuffix(last.text) {
      rest[rest.count - 1] = vocabulary.word(shorter)
    }
    return rest
  }
}
