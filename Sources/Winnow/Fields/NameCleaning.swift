/// Takes the names of people out of byline strings: "By Ann Smith, political editor, in Paris".
///
/// All words of languages come in as data; what is here knows shapes only.
package struct NameCleaning: Sendable {
  private let prefixes: PhraseTable
  private let joins: PhraseTable
  private let roles: PhraseTable
  private let tails: PhraseTable
  private let dates: PhraseTable
  private let people: PersonNames

  /// The words to go by; case does not matter.
  ///
  /// - Parameters:
  ///   - stripPrefixes: what stands before names: "by", "written by", "von", "文".
  ///   - joinWords: what joins two names: "and", "und", "y".
  ///   - roleWords: what people are and what is no person: "editor", "reporter", "newsroom", "agency".
  ///   - tailWords: what begins a place or outlet after a name: "in", "for", "aus".
  ///   - dateWords: names of months and days.
  ///   - particles: small words in names beyond those that the letters' case shows.
  package init(
    stripPrefixes: [String], joinWords: [String], roleWords: [String], tailWords: [String] = [],
    dateWords: [String] = [], particles: [String] = []
  ) {
    prefixes = PhraseTable(stripPrefixes)
    joins = PhraseTable(joinWords)
    roles = PhraseTable(roleWords)
    tails = PhraseTable(tailWords)
    dates = PhraseTable(dateWords)
    // A join word of one letter is part of Spanish and Catalan surnames too.
    let strangers = roles.singles.union(joins.singles.filter { $0.utf8.count > 1 }).union(dates.singles)
    let small = Set(particles.map { PersonNames.folded($0.unicodeScalars) })
    // Months that are also names do not make a name impossible; they do where they stand beside digits.
    // "von" and "de" stand before names and within them, and begin places as well; "by" does not.
    people = PersonNames(
      strangers: strangers.subtracting(dates.singles), particles: small,
      prefixes: prefixes.singles.subtracting(tails.singles).subtracting(small))
  }

  /// Whether the text has the shape of one person's name.
  package func looksLikePerson(_ name: String) -> Bool { people.matches(name) }

  /// The names in the text, in order, each once.
  ///
  /// - Parameters:
  ///   - text: a byline or the value of an author property.
  ///   - siteNames: names of the site, which are nobody's.
  ///   - declared: the page says that this is an author, so that a single word or small letters will do.
  ///   - inverted: "Smith, Ann" means Ann Smith, as in library metadata.
  package func names(
    in text: String, siteNames: [String] = [], declared: Bool = false, inverted: Bool = false
  ) -> [String] {
    let sites = Set(siteNames.map(FieldText.key))
    var segments = BylineSegments.split(String(text.unicodeScalars.prefix(400)))
    if inverted, let name = uninverted(segments) { segments = [name] }
    var names: [String] = []
    for segment in segments {
      let core = core(segment)
      for name in joined(core) where people.matches(name) && !sites.contains(FieldText.key(name)) {
        names.append(name)
      }
    }
    if names.isEmpty, declared { names = pair(segments) ?? single(segments, sites).map { [$0] } ?? [] }
    return Self.unique(names.map(people.inUsualCase))
  }

  /// Each name once, case and dots aside; a lone surname goes if a full name holds it.
  package static func unique(_ names: [String]) -> [String] {
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
  ]

  /// What is left of a segment without prefixes, dates, roles and places.
  private func core(_ segment: String) -> [String] {
    var words = Self.tokens(segment)
    words = withoutDates(words)
    for _ in 0..<3 {
      if let shorter = withoutPrefix(words) { words = shorter } else { break }
    }
    words = withoutLead(words)
    words = withoutTail(words)
    return withoutRoles(words)
  }

  private static func tokens(_ text: String) -> [String] {
    // "Written by:Ann Smith": what a colon ends is a word of its own.
    let words = text.unicodeScalars.split { $0.properties.isWhitespace || $0 == ":" || $0 == "\u{FF1A}" }
      .map { String($0) }
    var kept = words.map { FieldText.trimmed($0, of: edges) }.filter { !$0.isEmpty }
    // "Ann Smith." ends a sentence; "Ann J." and "Smith Jr." do not.
    if let last = kept.last, last.hasSuffix("."), last.unicodeScalars.count > 4 {
      kept[kept.count - 1] = FieldText.trimmed(last, of: ["."])
    }
    return kept
  }

  private func withoutPrefix(_ words: [String]) -> [String]? {
    if let length = prefixes.match(words, at: 0) { return Array(words[length...]) }
    // Scripts without spaces glue the prefix to the name.
    guard let first = words.first, let rest = prefixes.afterGluedPrefix(first), !rest.isEmpty else {
      return nil
    }
    return [FieldText.trimmed(rest, of: Self.edges)] + words.dropFirst()
  }

  /// "Published on Monday by Ann Smith": names follow the last prefix if nothing before is one.
  private func withoutLead(_ words: [String]) -> [String] {
    for start in words.indices.dropFirst().reversed() {
      guard let length = prefixes.match(words, at: start), start + length < words.count else { continue }
      guard !people.matches(words[..<start].joined(separator: " ")) else { continue }
      // A prefix can be a particle of the name itself: Ursula von der Leyen.
      let rest = Array(words[(start + length)...])
      let small = words[start].unicodeScalars.first.map(FieldText.isSmall) ?? false
      // Carla De Rossi: with a capital, what may be a particle is one.
      let opening = words[start].unicodeScalars.first
      if length == 1, opening.map(FieldText.isCapital) == true,
        !people.prefixes.contains(PersonNames.folded(words[start].unicodeScalars))
      {
        continue
      }
      if small, start == 1, people.matches(words.joined(separator: " ")) { continue }
      return rest
    }
    return words
  }

  private func withoutDates(_ words: [String]) -> [String] {
    func isDate(_ index: Int) -> Bool {
      words[index].unicodeScalars.contains(where: FieldText.isDigit)
    }
    guard let first = words.indices.first(where: isDate) else { return words }
    let last = words.indices.last(where: isDate) ?? first
    // Names of months and days beside the digits belong to the date.
    var end = first
    while end > 0, dates.match(words, at: end - 1) != nil { end -= 1 }
    var start = last + 1
    while start < words.count, dates.match(words, at: start) != nil { start += 1 }
    let before = Array(words[..<end])
    let after = Array(words[start...])
    if before.count >= 2 || after.isEmpty { return before }
    return after
  }

  private func withoutTail(_ words: [String]) -> [String] {
    for start in words.indices.dropFirst() {
      guard let length = tails.match(words, at: start) else { continue }
      guard people.matches(words[..<start].joined(separator: " ")) else { continue }
      // "de" begins a place in French and a surname everywhere.
      if length == 1, people.particles.contains(PersonNames.folded(words[start].unicodeScalars)) { continue }
      // Sophie in 't Veld.
      let next = words[(start + length)...].first?.unicodeScalars.first
      if next == "'" || next == "\u{2019}" { continue }
      return Array(words[..<start])
    }
    return words
  }

  private func withoutRoles(_ words: [String]) -> [String] {
    var lower = 0
    var upper = words.count
    for start in words.indices where start >= lower {
      guard let length = roles.match(words, at: start) else { continue }
      let before = words[lower..<start]
      if people.matches(before.joined(separator: " ")) {
        upper = start
        break
      }
      lower = start + length
    }
    guard lower < upper else { return [] }
    var rest = Array(words[lower..<upper])
    if let last = rest.last, let shorter = roles.beforeGluedSuffix(last) { rest[rest.count - 1] = shorter }
    return rest
  }

  // MARK: Several names

  /// The names that join words part, if both sides are names.
  private func joined(_ words: [String]) -> [String] {
    var names: [String] = []
    var rest = words[...]
    // "A. Neal": an initial may look like a join word.
    if let length = joins.match(words, at: 0), words[0].unicodeScalars.first.map(FieldText.isCapital) != true
    {
      rest = rest.dropFirst(length)
    }
    var index = rest.startIndex
    while index < rest.endIndex {
      if index > rest.startIndex, let length = joins.match(words, at: index),
        index + length < rest.endIndex
      {
        let left = rest[..<index].joined(separator: " ")
        let right = words[(index + length)...]
        if people.matches(left), startsWithPerson(Array(right)) {
          names.append(left)
          rest = right
          index = rest.startIndex
          continue
        }
      }
      index += 1
    }
    names += ideographicNames(Array(rest)) ?? [rest.joined(separator: " ")]
    return names
  }

  /// Whether the words up to the next join word, or all of them, are a name.
  private func startsWithPerson(_ words: [String]) -> Bool {
    if people.matches(words.joined(separator: " ")) { return true }
    for end in words.indices.dropFirst() where joins.match(words, at: end) != nil {
      if people.matches(words[..<end].joined(separator: " ")) { return true }
    }
    return false
  }

  /// Names of Han characters that stand one by one, or with a join word between and no spaces.
  private func ideographicNames(_ words: [String]) -> [String]? {
    guard !words.isEmpty, words.joined().unicodeScalars.allSatisfy(FieldText.isIdeographic) else {
      return nil
    }
    let pieces = words.flatMap { joins.partGlued($0, where: people.matches) }
    let full = pieces.allSatisfy { $0.unicodeScalars.count == 3 }
    // Two short words are surname and given name; more, or all of three characters, are people.
    guard pieces.count > 2 || pieces.count == 2 && (full || pieces.count > words.count) else { return nil }
    return pieces.allSatisfy(people.matches) ? pieces : nil
  }

  /// Two people by their given names: "Linny and Peter".
  private func pair(_ segments: [String]) -> [String]? {
    guard segments.count == 1, let segment = segments.first else { return nil }
    let words = core(segment)
    guard words.count == 3, joins.match(words, at: 1) == 1 else { return nil }
    let pair = [words[0], words[2]]
    let areNames = pair.allSatisfy { word in
      word.unicodeScalars.first.map(FieldText.isCapital) == true
        && word.unicodeScalars.contains(where: FieldText.isSmall)
        && roles.match([word], at: 0) == nil
    }
    return areNames ? pair : nil
  }

  /// Small words at the end that belong to what followed: "Ann on", "Bob writes".
  private func withoutSmallEnd(_ words: [String]) -> [String] {
    guard let first = words.first?.unicodeScalars.first, FieldText.isCapital(first) else { return words }
    var kept = words[...]
    while kept.count > 1, let start = kept.last?.unicodeScalars.first, FieldText.isSmall(start) {
      kept.removeLast()
    }
    return Array(kept)
  }

  /// A declared author that has not the shape of a name: one word, small letters, an acronym.
  private func single(_ segments: [String], _ sites: Set<String>) -> String? {
    guard let segment = segments.first else { return nil }
    let words = withoutSmallEnd(core(segment))
    let name = words.joined(separator: " ")
    guard (1...4).contains(words.count), !sites.contains(FieldText.key(name)), FieldText.key(name).count >= 2
    else { return nil }
    guard !words.indices.contains(where: { roles.match(words, at: $0) != nil }) else { return nil }
    guard words.contains(where: { $0.unicodeScalars.contains(where: FieldText.isLetter) }) else { return nil }
    // Several words need at least letters throughout: "Why We Left, Part 2" is no author.
    return segments.count > 1 && words.count > 1 ? nil : name
  }

  private func uninverted(_ segments: [String]) -> String? {
    guard segments.count == 2 else { return nil }
    let swapped = "\(segments[1]) \(segments[0])"
    let whole = segments.contains { people.matches($0) && !$0.contains(".") }
    return !whole && people.matches(swapped) ? swapped : nil
  }
}
