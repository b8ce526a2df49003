/// A short list of words and phrases that is looked up word by word.
struct PhraseTable: Sendable {
  /// Phrases of one word, folded; some more than once.
  let singles: [String]
  /// Phrases of several words by their first, longest first.
  private let longer: [String: [[String]]]
  /// Phrases of scripts without spaces, longest first, which stand glued to other words.
  private let glued: [String]
  /// The glued phrases' first and last scalars: few words have one of them.
  private let gluedStarts: Set<Unicode.Scalar>
  private let gluedEnds: Set<Unicode.Scalar>
  /// The bits by which a ``NameWord`` says that it is a phrase of this table, or begins a longer one.
  let single: UInt16
  let opening: UInt16

  /// Words that begin phrases of several.
  var openings: some Sequence<String> { longer.keys }

  /// A table of the phrases; `number`, 0…7, tells it from the others that words are looked up in.
  init(_ phrases: [String], number: Int = 0) {
    single = 1 << UInt16(2 * number)
    opening = single << 1
    var singles: [String] = []
    var longer: [String: [[String]]] = [:]
    var glued: [String] = []
    for phrase in phrases {
      let words = Self.words(phrase)
      guard let first = words.first else { continue }
      if words.count == 1 {
        singles.append(first)
        let runsOn = first.unicodeScalars.allSatisfy { FieldText.isSpaceless($0) || FieldText.isHangul($0) }
        if runsOn { glued.append(first) }
      } else {
        longer[first, default: []].append(words)
      }
    }
    self.singles = singles
    self.longer = longer.mapValues { $0.sorted { $0.count > $1.count } }
    self.glued = glued.map { (phrase: $0, count: $0.unicodeScalars.count) }.sorted { $0.count > $1.count }
      .map { $0.phrase }
    // Closures, since a key path is walked step by step for each.
    gluedStarts = Set(glued.compactMap { $0.unicodeScalars.first })
    gluedEnds = Set(glued.compactMap { $0.unicodeScalars.last })
  }

  /// What white space parts, folded; nothing that folds to nothing.
  private static func words(_ phrase: String) -> [String] {
    var phrase = phrase
    let plain = phrase.withUTF8 { bytes -> [String]? in
      // Spaces beyond ASCII start with these bytes.
      if bytes.contains(where: { $0 < 0x20 || $0 == 0xC2 || $0 &- 0xE1 < 3 }) { return nil }
      var words: [String] = []
      var start = 0
      while start < bytes.count {
        var end = start
        while end < bytes.count, bytes[end] != 0x20 { end += 1 }
        if end > start {
          let part = UnsafeBufferPointer(rebasing: bytes[start..<end])
          words.append(
            PersonNames.foldedPlain(part) ?? PersonNames.folded(String(decoding: part, as: UTF8.self)))
        }
        start = end + 1
      }
      return words
    }
    let words =
      plain
      ?? phrase.unicodeScalars.split(whereSeparator: FieldText.isSpace).map { PersonNames.folded(String($0)) }
    return words.contains("") ? words.filter { !$0.isEmpty } : words
  }

  /// How many words the longest phrase takes that stands at `index`.
  func match(_ words: [NameWord], at index: Int) -> Int? {
    guard index < words.count else { return nil }
    let known = words[index].phrases
    if known & opening != 0 {
      for phrase in longer[words[index].folded] ?? [] where index + phrase.count <= words.count {
        if phrase.indices.allSatisfy({ phrase[$0] == words[index + $0].folded }) { return phrase.count }
      }
    }
    return known & single != 0 ? 1 : nil
  }

  /// What follows a phrase glued to the start of the word.
  func afterGluedPrefix(_ word: String) -> String? {
    guard let first = word.unicodeScalars.first, !first.isASCII, gluedStarts.contains(first) else {
      return nil
    }
    return glued.first { word.hasPrefix($0) }.map {
      String(word.unicodeScalars.dropFirst($0.unicodeScalars.count))
    }
  }

  /// What precedes a phrase glued to the end of the word; at least two characters.
  func beforeGluedSuffix(_ word: String) -> String? {
    guard let last = word.unicodeScalars.last, !last.isASCII, gluedEnds.contains(last) else { return nil }
    let suffix = glued.first {
      word.hasSuffix($0) && word.unicodeScalars.count >= $0.unicodeScalars.count + 2
    }
    return suffix.map { String(word.unicodeScalars.dropLast($0.unicodeScalars.count)) }
  }

  /// The word in two at a glued phrase if both sides pass, else whole.
  func partGlued(_ word: String, where passes: (String) -> Bool) -> [String] {
    let scalars = Array(word.unicodeScalars)
    guard scalars.count <= 12 else { return [word] }
    for phrase in glued {
      let signs = Array(phrase.unicodeScalars)
      for start in scalars.indices.dropFirst() where start + signs.count < scalars.count {
        guard scalars[start..<start + signs.count].elementsEqual(signs) else { continue }
        let left = Self.string(scalars[..<start])
        let right = Self.string(scalars[(start + signs.count)...])
        if passes(left), passes(right) { return [left, right] }
      }
    }
    return [word]
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
