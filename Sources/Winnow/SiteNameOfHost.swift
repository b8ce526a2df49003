import WinnowCore

/// The site's name as a page's visible text spells what its address says.
struct SiteNameOfHost {
  /// How the address may be written in letters: with and without what stands behind its last dots, without "the".
  private let spellings: Set<String>
  private let lengths: ClosedRange<Int>
  private static let mostWords = 6
  /// What countries put before their ending: "daily.com.au".
  private static let kinds: Set<String> = ["com", "net", "org", "gov", "edu", "gob", "gouv", "mil", "asso"]
  /// Signs and spaces that a name has beyond the letters of the address, and accents, in bytes.
  private static let mostSigns = 16

  init?(url: String) {
    // What stands before the registered name is a section's: "medicine.daily.example".
    let host = HostName(of: url)
    guard let label = host.names.last(where: { !Self.kinds.contains($0) }) else { return nil }
    let name = label.filter { $0 != "-" }
    guard name.utf8.count >= 3 else { return nil }
    var spellings: Set<String> = [name, "the" + name]
    if name.hasPrefix("the"), name.utf8.count >= 7 { spellings.insert(String(name.dropFirst(3))) }
    if let ending = host.ending { spellings.insert(name + ending) }
    self.spellings = spellings
    let least = spellings.map(\.utf8.count).min() ?? 0
    lengths = least...(name.utf8.count + 3 + Self.mostSigns)
  }

  /// The name in the blocks of a page; of several spellings the one that parts the most words, then the first.
  func find(in document: Document) -> String? {
    var best: (name: String, words: Int)?
    for block in document {
      let isLong = block.words > Self.mostWords || block.utf8.count > lengths.upperBound
      // Of longer lines only the page's title and notices of copyright.
      if isLong ? block.id > 0 && !block.flags.contains(.hasCopyright) : block.utf8.count < lengths.lowerBound
      {
        continue
      }
      if !isLong, !mayOpen(block) { continue }
      let isOnlyPart = isLong || block.flags.contains(.hasCopyright)
      guard let name = isOnlyPart ? part(of: block.text) : whole(block.text) else { continue }
      let words = name.utf8.count { $0 == 0x20 } + 1
      if best.map({ words > $0.words }) ?? true { best = (name, words) }
    }
    return best?.name
  }

  /// Whether a short line's first letter is that of a spelling, or one beyond ASCII: most lines are passed over by it.
  private func mayOpen(_ block: Block) -> Bool {
    if block.flags.contains(.hasCopyright) { return true }
    guard let first = block.utf8.first(where: { $0 >= 0x80 || $0.isASCIILetter || $0.isASCIIDigit })
    else {
      return false
    }
    return first >= 0x80 || spellings.contains { $0.utf8.first == (first < 0x41 ? first : first | 0x20) }
  }

  private func whole(_ text: String) -> String? {
    let name = FieldText.trimmed(text, of: Self.edges)
    return isName(name) ? name : nil
  }

  /// The name among the words of a longer line: a page's title, a notice of copyright.
  private func part(of text: String) -> String? {
    let words = text.split(separator: " ")
    for count in stride(from: Self.mostWords, through: 1, by: -1) where words.count >= count {
      for start in 0...(words.count - count) {
        let length = words[start..<start + count].reduce(count - 1) { $0 + $1.utf8.count }
        guard lengths.contains(length) else { continue }
        if let name = whole(words[start..<start + count].joined(separator: " ")) { return name }
      }
    }
    return nil
  }

  private static let edges = Set(" |-–—»«·•©,.:[]()®™*#/".unicodeScalars)

  private func isName(_ text: String) -> Bool {
    // An address, an account.
    guard !text.contains("@"), !text.contains("/"),
      text.unicodeScalars.contains(where: FieldText.isCapital) || !text.contains(".")
    else { return false }
    return spellings.contains(FieldText.squeezed(text))
      || text.utf8.contains(0xC3) && spellings.contains(FieldText.squeezed(text, umlautsAsTwo: true))
  }
}
