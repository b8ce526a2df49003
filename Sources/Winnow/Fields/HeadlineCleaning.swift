/// Takes the site's name and other additions off a title: `Headline | Section | Site`, `Site: Headline`.
///
/// An addition goes only if it is known to be the site's name or a section, or if another place of the page
/// attests the title without it. A dash inside a headline therefore stays.
package struct HeadlineCleaning: Sendable {
  private let names: Set<String>
  private let squeezedNames: Set<String>
  private let hosts: Set<String>
  private let additions: Set<String>
  private let attested: Set<String>

  /// What is known of the page.
  ///
  /// - Parameters:
  ///   - siteNames: names of site and publisher.
  ///   - url: the page's address, whose host often spells the site's name.
  ///   - sections: names of sections, which may stand between headline and site.
  ///   - attested: other forms of the headline on the page.
  package init(
    siteNames: [String], url: String? = nil, sections: [String] = [], attested: [String] = []
  ) {
    names = Set(siteNames.map(FieldText.key).filter { !$0.isEmpty })
    squeezedNames = Set(siteNames.map { FieldText.squeezed($0) }.filter { $0.count >= 3 })
    hosts = Set(url.map(FieldText.hostNames) ?? [])
    additions = Set(sections.map(FieldText.key).filter { !$0.isEmpty })
    self.attested = Set(
      attested.filter { FieldText.length($0) >= 2 }.map(FieldText.key).filter { !$0.isEmpty })
  }

  /// Whether the text is nothing but the site's name.
  package func isSiteName(_ text: String) -> Bool {
    let words = FieldText.words(text)
    guard !words.isEmpty else { return false }
    if names.contains(words.joined(separator: " ")) { return true }
    let plain = FieldText.squeezed(text)
    if squeezedNames.contains(plain) || hosts.contains(plain) { return true }
    if hosts.contains(FieldText.squeezed(text, umlautsAsTwo: true)) { return true }
    if hosts.contains(where: { words.joined() == $0.filter { $0 != "-" } }) { return true }
    guard words.count <= 5 else { return false }
    // "BBC News", "DER SPIEGEL", "example.com": the host's name with an article, a kind or a domain.
    if words.count <= 3, words.contains(where: { $0.count >= 3 && hosts.contains($0) }) { return true }
    // "The Courier online", where the site calls itself "The Courier".
    return names.contains { name in
      let own = name.split(separator: " ").map { String($0) }
      guard own.joined().count >= 3, own.count < words.count, words.count - own.count <= 2 else {
        return false
      }
      return words.starts(with: own) || words.suffix(own.count).elementsEqual(own)
    }
  }

  /// The title without additions; never empty unless the title is.
  package func clean(_ title: String) -> String {
    var text = FieldText.folded(title)
    if let shorter = attestedPart(of: text) { return shorter }
    // Section, place and site may all be there: a few rounds are enough for any page.
    for _ in 0..<4 {
      guard let shorter = withoutSuffix(text) ?? withoutPrefix(text) else { break }
      text = shorter
    }
    return text
  }

  // MARK: Parts

  /// A place where a title can be cut: the end of what stands before, the start of what follows.
  private struct Cut {
    let before: String
    let after: String
  }

  private static let strong: Set<Unicode.Scalar> = [
    "|", "\u{FF5C}", "\u{2016}", "\u{00BB}", "\u{00AB}", "\u{203A}", "\u{2022}", "\u{00B7}", "\u{FF0D}",
    "\u{2503}", "\u{2502}",
  ]
  private static let dashes: Set<Unicode.Scalar> = [
    "-", "\u{2013}", "\u{2014}", "\u{2015}", "/", ">", "<", "~",
  ]

  /// All cuts, left to right; titles with very many separators give the first and last dozens only.
  private func cuts(_ text: String) -> [Cut] {
    let scalars = Array(text.unicodeScalars)
    var cuts: [Cut] = []
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let spaceBefore = index > 0 && scalars[index - 1] == " "
      let spaceAfter = index + 1 < scalars.count && scalars[index + 1] == " "
      let wide = index > 0 && FieldText.isSpaceless(scalars[index - 1])
      var end = index + 1
      var separates = false
      if scalar == ":" {
        if end < scalars.count, scalars[end] == ":" {
          end += 1
          separates = spaceBefore
        } else {
          separates = spaceAfter
        }
      } else if scalar == "\u{FF1A}" || Self.strong.contains(scalar) {
        separates = true
      } else if Self.dashes.contains(scalar) {
        separates = spaceBefore && spaceAfter || wide
      } else if scalar == "_" {
        separates = wide || spaceBefore
      }
      if separates, cuts.count < 40 {
        let before = Self.string(scalars[..<index])
        let after = Self.string(scalars[end...])
        if !before.isEmpty, !after.isEmpty { cuts.append(Cut(before: before, after: after)) }
      }
      index = end
    }
    return cuts
  }

  private static let padding: Set<Unicode.Scalar> = strong.union(dashes).union([":", "_", "\u{FF1A}"])

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return FieldText.trimmed(String(view), of: padding.subtracting(["<", ">", "~", "\u{00AB}", "\u{00BB}"]))
  }

  /// The longest part between the start or end and a cut that stands elsewhere as a title of its own.
  private func attestedPart(of text: String) -> String? {
    guard !attested.isEmpty else { return nil }
    var best: (text: String, length: Int)?
    for cut in cuts(text) {
      for part in [cut.before, cut.after] {
        let key = FieldText.key(part)
        guard attested.contains(key), !isSiteName(part), !additions.contains(key) else { continue }
        if best.map({ key.utf8.count > $0.length }) ?? true { best = (part, key.utf8.count) }
      }
    }
    return best?.text
  }

  private func isAddition(_ text: String) -> Bool {
    isSiteName(text) || additions.contains(FieldText.key(text))
  }

  private func isExactly(_ text: String) -> Bool {
    let key = FieldText.key(text)
    return names.contains(key) || additions.contains(key)
  }

  private func withoutSuffix(_ text: String) -> String? {
    let cuts = cuts(text)
    // Names with a dash in them go as a whole; what is only like a name may hold no cut itself.
    let whole = cuts.first { isExactly($0.after) }
    let cut = whole ?? cuts.last.flatMap { isAddition($0.after) ? $0 : nil }
    return cut.flatMap { isSiteName($0.before) ? nil : $0.before }
  }

  private func withoutPrefix(_ text: String) -> String? {
    let cuts = cuts(text)
    let whole = cuts.last { isExactly($0.before) }
    let cut = whole ?? cuts.first.flatMap { isAddition($0.before) ? $0 : nil }
    return cut.flatMap { FieldText.length($0.after) >= 2 ? $0.after : nil }
  }
}
