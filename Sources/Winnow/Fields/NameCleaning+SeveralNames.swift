/// Parts the words of a byline into the names of several people.
extension NameCleaning {
  /// The names that join words part, if both sides are names.
  func joined(_ words: ArraySlice<NameWord>) -> [ArraySlice<NameWord>] {
    var names: [ArraySlice<NameWord>] = []
    let words = Array(words)
    var rest = words[...]
    // "A. Neal": an initial may look like a join word.
    if let length = joins.match(words, at: 0), !startsWithCapital(words[0]) { rest = rest.dropFirst(length) }
    // "Ann Smith and", where an agency's credit was cut off.
    if rest.count > 1, joins.match(words, at: words.count - 1) == 1,
      !startsWithCapital(words[words.count - 1])
    {
      rest = rest.dropLast()
    }
    var index = rest.startIndex
    while index < rest.endIndex {
      if index > rest.startIndex, let length = joins.match(words, at: index), index + length < rest.endIndex {
        let left = rest[..<index]
        if PersonNames.matches(left), startsWithPersonOrRole(Array(words[(index + length)...])) {
          names.append(left)
          rest = words[(index + length)...]
          index = rest.startIndex
          continue
        }
      }
      index += 1
    }
    return names + (ideographicNames(rest) ?? [rest])
  }

  func startsWithCapital(_ word: NameWord) -> Bool {
    word.text.unicodeScalars.first.map(FieldText.isCapital) == true
  }

  /// Whether join words part the words into names: "Ann Smith and Bob Jones", whatever agency follows.
  func areJoined(_ words: ArraySlice<NameWord>) -> Bool {
    let words = Array(words)
    for index in words.indices.dropFirst() {
      guard let length = joins.match(words, at: index), index + length < words.count else { continue }
      if PersonNames.matches(words[..<index]) { return startsWithPerson(Array(words[(index + length)...])) }
    }
    return false
  }

  /// The same, or an agency or a desk: "Ann Smith and AP".
  private func startsWithPersonOrRole(_ words: [NameWord]) -> Bool {
    startsWithPerson(words) || roles.match(words, at: 0) != nil
  }

  /// Whether the words up to the next join word, or all of them, are a name.
  func startsWithPerson(_ words: [NameWord]) -> Bool {
    if PersonNames.matches(words) { return true }
    return words.indices.dropFirst().contains { end in
      joins.match(words, at: end) != nil && PersonNames.matches(words[..<end])
    }
  }

  /// Names of Han characters that stand one by one, or with a join word between and no spaces.
  private func ideographicNames(_ words: ArraySlice<NameWord>) -> [ArraySlice<NameWord>]? {
    guard !words.isEmpty,
      words.allSatisfy({ $0.text.unicodeScalars.allSatisfy(FieldText.isIdeographic) })
    else { return nil }
    let pieces = words.flatMap { joins.partGlued($0.text, where: looksLikePerson) }
    let full = pieces.allSatisfy { $0.unicodeScalars.count == 3 }
    // Two short words are surname and given name; more, or all of three characters, are people.
    guard pieces.count > 2 || pieces.count == 2 && (full || pieces.count > words.count) else { return nil }
    return pieces.allSatisfy(looksLikePerson) ? pieces.map { [vocabulary.word($0)][...] } : nil
  }

  /// A name that small words follow: "Ann Smith on behalf of the crew".
  func opening(_ words: [NameWord]) -> String? {
    guard let end = words.firstIndex(where: { !$0.traits.contains(.startsWithCapital) }),
      end >= 2, end < words.count, words[end].traits.contains(.short),
      words[end...].contains(where: { $0.traits.contains(.startsWithCapital) }) || words.count - end >= 2,
      PersonNames.matches(words[..<end])
    else { return nil }
    return NameWord.joined(words[..<end])
  }

  /// Two people by their given names: "Ann and Bob", "Ann & Bob".
  func pair(_ segments: [[NameWord]]) -> [String]? {
    var pair: [NameWord] = []
    if segments.count == 2 {
      pair = segments.flatMap { $0 }
    } else if segments.count == 1, let words = segments.first {
      if words.count == 3, joins.match(words, at: 1) == 1 { pair = [words[0], words[2]] }
    }
    guard pair.count == 2 else { return nil }
    let areNames = pair.allSatisfy { word in
      startsWithCapital(word) && word.traits.contains(.hasSmall) && roles.match([word], at: 0) == nil
    }
    return areNames ? pair.map(\.text) : nil
  }

  /// Small words at the end that belong to what followed: "Ann on", "Bob writes".
  private func withoutSmallEnd(_ words: [NameWord]) -> [NameWord] {
    guard let first = words.first, startsWithCapital(first) else { return words }
    var kept = words[...]
    while kept.count > 1, let start = kept.last?.text.unicodeScalars.first, FieldText.isSmall(start) {
      kept.removeLast()
    }
    return Array(kept)
  }

  /// A declared author that has not the shape of a name: one word, small letters, an acronym.
  func single(_ segments: [[NameWord]]) -> String? {
    guard let segment = segments.first else { return nil }
    let words = withoutSmallEnd(segment)
    guard (1...4).contains(words.count) else { return nil }
    let name = NameWord.joined(words)
    guard FieldText.key(name).count >= 2 else { return nil }
    // ", and" on a line of its own: what stood between two links.
    if words.count == 1, joins.match(words, at: 0) != nil, !startsWithCapital(words[0]) { return nil }
    guard !words.indices.contains(where: { roles.match(words, at: $0) != nil }) else { return nil }
    guard words.contains(where: { $0.traits.contains(.hasLetter) }) else { return nil }
    // "Submitted by press.office on": what an address leaves.
    if words.count == 1, words[0].count <= 2, words[0].traits.contains(.short) { return nil }
    // Several words need at least letters throughout: "Why We Left, Part 2" is no author.
    return segments.count > 1 && words.count > 1 ? nil : name
  }

  func uninverted(_ segments: [String]) -> String? {
    guard segments.count == 2 else { return nil }
    let swapped = "\(segments[1]) \(segments[0])"
    let whole = segments.contains { looksLikePerson($0) && !$0.contains(".") }
    return !whole && looksLikePerson(swapped) ? swapped : nil
  }
}
