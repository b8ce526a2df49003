import WinnowText

/// Lines on which several labels each bring names: "Written by Ann Smith Edited by Bob Jones".
extension NameCleaning {
  /// A declared value without the small word that stands before names, "By Ann Smith"; "Redacci\u{F3}n" is a desk.
  func withoutLabel(_ value: String) -> String {
    let words = tokens(value)
    guard words.count > 1, words[0].traits.contains(.prefix), words[0].count <= 4 else { return value }
    return NameWord.joined(words.dropFirst())
  }

  /// "Ann Smith for the Courier": whether what follows the name is a place or an outlet.
  func isOutlet(_ value: String, behind name: String) -> Bool {
    let words = tokens(value)
    let length = tokens(name).count
    return words.count > length && NameWord.joined(words.prefix(length)) == name
      && tails.match(words, at: length) != nil
  }

  /// The longest name in words that is looked for behind a label.
  private static let mostWords = 4

  /// A segment in the pieces that labels within it part, if names stand before and behind them; what a helper's label
  /// brings ("edited by") is left out.
  func parted(_ words: [NameWord]) -> [[NameWord]] {
    guard words.count >= 4 else { return [words] }
    var pieces: [[NameWord]] = []
    var start = 0
    var helps = false
    var index = 1
    while index + 1 < words.count {
      guard let length = prefixes.match(words, at: index), isLabel(words[index..<index + length]),
        isName(before: index, from: start, words), isName(behind: index + length, words)
      else {
        index += 1
        continue
      }
      if !helps { pieces.append(withoutJoin(words[start..<index])) }
      helps = NameHelpers.isNamed(in: Array(NameWord.joined(words[index..<index + length]).utf8))
      start = index + length
      index = start + 1
    }
    guard start > 0 else { return [words] }
    if !helps { pieces.append(Array(words[start...])) }
    return pieces
  }

  /// "von" and "de" stand within names too; a phrase of several words does not.
  private func isLabel(_ words: ArraySlice<NameWord>) -> Bool {
    words.count > 1 || words.first?.traits.contains(.prefix) == true
  }

  private func isName(before index: Int, from start: Int, _ words: [NameWord]) -> Bool {
    let piece = withoutJoin(words[start..<index])
    let name = start == 0 ? withoutPrefix(piece[...]) ?? piece[...] : piece[...]
    return PersonNames.matches(name)
  }

  private func isName(behind index: Int, _ words: [NameWord]) -> Bool {
    guard index < words.count else { return false }
    let most = min(words.count, index + Self.mostWords)
    return (index + 1...most).contains { PersonNames.matches(words[index..<$0]) }
  }

  /// "Ann Smith and", before "our reporter Bob Jones".
  private func withoutJoin(_ words: ArraySlice<NameWord>) -> [NameWord] {
    let words = Array(words)
    guard words.count > 1, joins.match(words, at: words.count - 1) == 1,
      words[words.count - 1].traits.isDisjoint(with: .startsWithCapital)
    else { return words }
    return words.dropLast()
  }

  /// Most words of a role that no list has.
  private static let longestRole = 3

  /// "Ann Smith lamplighter, of Leeds": the words with capitals before some with small letters, on a line that is known
  /// to name people; `nil` if these are many.
  func nameBeforeRole(in text: String) -> String? {
    guard let segment = BylineSegments.split(text).first else { return nil }
    let all = tokens(segment)
    let words = Array(withoutPrefix(all[...]) ?? all[...])
    let name = words.prefix { $0.traits.contains(.startsWithCapital) }
    let rest = words[name.endIndex...]
    guard (2...Self.mostWords).contains(name.count), (1...Self.longestRole).contains(rest.count),
      rest.allSatisfy({ $0.traits.isDisjoint(with: [.startsWithCapital, .hasDigit]) }),
      PersonNames.matches(name)
    else { return nil }
    return NameWord.joined(name)
  }

  // MARK: Scripts without spaces

  /// "来源:… 记者 张三 通讯员 李四 字号:大 中 小": where no capitals tell names, those that stand right
  /// behind a label; `nil` where no label stands before names, or nothing else does besides them.
  func namesBehindLabels(in text: String) -> [String]? {
    guard text.utf8.count <= 400, text.utf8.contains(0x20), text.utf8.contains(where: { $0 >= 0xE3 }) else {
      return nil
    }
    var runs: [[String]] = []
    var isOpen = false
    var parts = 0
    for part in text.unicodeScalars.split(whereSeparator: Self.parts) {
      var word = String(part)
      parts += 1
      if let colon = part.firstIndex(where: { $0 == ":" || $0 == "\u{FF1A}" }) {
        isOpen = isAuthorsLabel(String(part[..<colon]))
        if isOpen { runs.append([]) }
        word = String(part[part.index(after: colon)...])
        if word.isEmpty { continue }
      } else if isAuthorsLabel(word) {
        isOpen = true
        runs.append([])
        continue
      }
      guard isOpen, word.unicodeScalars.allSatisfy(FieldText.isIdeographic), looksLikePerson(word) else {
        isOpen = false
        continue
      }
      runs[runs.count - 1].append(word)
    }
    // Two short words are surname and given name.
    let names = runs.flatMap { run in
      run.count == 2 && run.allSatisfy { $0.count < 3 } ? [run.joined(separator: " ")] : run
    }
    return !names.isEmpty && parts > 2 ? names : nil
  }

  /// Whether a line of several parts has a label of authors and names behind it.
  func tellsLabelledNames(_ text: String) -> Bool { namesBehindLabels(in: text) != nil }

  private static func parts(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "|", "\u{FF5C}", "(", ")", "\u{FF08}", "\u{FF09}", "\u{3001}", ",", "\u{FF0C}": true
    default: FieldText.isSpace(scalar)
    }
  }

  private func isAuthorsLabel(_ word: String) -> Bool {
    guard word.unicodeScalars.allSatisfy(FieldText.isIdeographic) else { return false }
    let known = PersonNames.folded(word)
    return prefixes.singles.contains(known) && !NameHelpers.isNamed(in: Array(word.utf8))
  }

  // MARK: Capitals

  /// "ANN SMITH Courier staff": where letters change from capitals to small ones, the name is over. "ANN McDONALD Jr."
  /// goes on.
  static func withoutChangeOfCase(_ words: ArraySlice<NameWord>) -> ArraySlice<NameWord> {
    func isShouted(_ word: NameWord) -> Bool {
      word.traits.contains(.hasCapital) && word.traits.isDisjoint(with: .hasSmall) && word.count >= 3
    }
    guard words.count >= 3, let first = words.first, isShouted(first),
      let end = words.firstIndex(where: { !isShouted($0) }), end - words.startIndex >= 2
    else { return words }
    let next = words[end]
    guard next.traits.contains(.startsWithCapital), next.traits.contains(.hasSmall), next.count >= 4,
      !next.text.hasPrefix("Mc"), !next.text.hasPrefix("Mac")
    else { return words }
    return words[..<end]
  }
}
