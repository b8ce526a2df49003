import WinnowCore
import WinnowText

/// Outlets beside names: "Ann Smith | The Harbour Daily", "Ann Smith. Harbour Online".
extension AuthorCandidates {
  /// Signs that part a name from the outlet behind it, where a space follows.
  private static let partings: Set<Unicode.Scalar> = [
    ".", ",", "|", "-", "\u{2013}", "\u{2014}", "/", "\u{B7}", "\u{2022}", "\u{FF5C}",
  ]
  private static let brackets: Set<Unicode.Scalar> = ["(", ")", "[", "]", " "]
  private static let longest = 120

  /// Whether a sign may part a text, told by its bytes: most lines have none. Signs and spaces beyond ASCII are only
  /// told from letters.
  private static func mayBeParted(_ text: String) -> Bool {
    var isSign = false
    for byte in text.utf8 {
      if isSign, byte <= 0x20 || byte >= 0x80 { return true }
      switch byte {
      case 0x2E, 0x2C, 0x2D, 0x2F: isSign = true
      case 0x7C, 0xC2, 0xE2, 0xEF: return true
      default: isSign = false
      }
    }
    return false
  }

  /// The text without the site's own name behind its last sign; empty if that leaves a place alone, as Arabic papers
  /// have it: "(Abu Dhabi - Al Harbour)".
  func withoutSite(_ text: String) -> String {
    guard text.utf8.count <= Self.longest, Self.mayBeParted(text) else { return text }
    let scalars = text.unicodeScalars
    guard
      let sign = scalars.indices.dropLast().last(where: { index in
        let next = scalars.index(after: index)
        return Self.partings.contains(scalars[index]) && next < scalars.endIndex
          && (FieldText.isSpace(scalars[next]) || scalars[index] == "|")
      }), sign > scalars.startIndex
    else { return text }
    let tail = FieldText.trimmed(String(scalars[scalars.index(after: sign)...]), of: Self.brackets)
    guard page.sites.likeness(Array(tail.utf8)[...], WordHashes.of(tail)) == 2, !GivenNames.open(tail) else {
      return text
    }
    let head = FieldText.trimmed(String(scalars[..<sign]), of: Self.brackets.union(Self.partings))
    // "The editors of. Harbour": initials and single letters end in dots too.
    guard FieldText.hasWords(head) else { return text }
    let isPlace = !head.utf8.contains(0x20) && !head.unicodeScalars.contains { $0.properties.isCased }
    return isPlace ? "" : head
  }

  /// "The Harbour" of "The Harbour of India | 2 May", which is the site: nobody is called by half of its name.
  func withoutPartsOfSite(_ names: [String], of text: String) -> [String] {
    guard names.count == 1, text.utf8.count <= Self.longest, !GivenNames.open(names[0]) else { return names }
    let name = FieldText.key(names[0])
    let isPart = page.siteNames.contains { site in
      let site = FieldText.key(site)
      return site.hasPrefix(name + " ") && FieldText.key(text).hasPrefix(site)
    }
    return isPart ? [] : names
  }

  private static let institutions = Set(WordFile.words(of: "bylines.words", section: "institution"))

  private static let firms = Set(WordFile.words(of: "bylines.words", section: "firm"))

  /// Without universities beside their people, and without outlets behind a bar.
  static func withoutOutlets(_ names: [String], in text: String) -> [String] {
    guard names.count > 1 else { return names }
    let people = names.enumerated().filter { index, name in
      guard index > 0 else { return true }
      let words = FieldText.words(name)
      // "Ann Smith, The Harbour Post": whom she writes for.
      return !words.contains(where: institutions.contains)
        && !(firms.contains(words.first ?? "") && isCutShort(name, in: text))
    }.map(\.element)
    guard text.utf8.contains(where: { $0 == 0x7C || $0 == 0xEF }) else { return people }
    return withoutTails(people, in: text)
  }

  /// Whether a further word with a capital stands straight behind a name: "The Harbour" of "The Harbour Post".
  private static func isCutShort(_ name: String, in text: String) -> Bool {
    let bytes = Array(text.utf8)
    let sought = Array(name.utf8) + [0x20]
    guard bytes.count > sought.count else { return false }
    return (0..<bytes.count - sought.count).contains {
      bytes[$0..<$0 + sought.count].elementsEqual(sought) && bytes[$0 + sought.count].isASCIICapital
    }
  }

  /// Behind a bar stands who the author writes for, if the name is only a part of what stands there: "El Sol" of "El
  /// Sol de la Costa".
  private static func withoutTails(_ names: [String], in text: String) -> [String] {
    let parts = text.unicodeScalars.split { $0 == "|" || $0 == "\u{FF5C}" }.map { String($0) }
    guard parts.count > 1 else { return names }
    let behind = parts.dropFirst().map(FieldText.key)
    let first = FieldText.key(parts[0])
    return names.enumerated().filter { index, name in
      let key = FieldText.key(name)
      guard index > 0, !GivenNames.open(name), !first.contains(key) else { return true }
      // Several names in one part stand with signs between.
      return !behind.contains { $0.hasPrefix(key + " ") }
    }.map(\.element)
  }
}
