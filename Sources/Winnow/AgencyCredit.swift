import WinnowCore
import WinnowText

/// The agency that a report names outside its dateline: among its authors, behind the byline's names, or at the end of
/// its text.
struct AgencyCredit {
  /// The site, which is no agency of its own reports.
  let publisher: String?
  /// The page's address, whose host is often the station's call sign.
  var url: String? = nil

  /// Words of an agency's name.
  private static let longest = 5
  private static let sections: Set<PhraseSection> = [.agency]

  /// Whether the text is an agency's name, or several with slashes between.
  static func isAgency(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return !text.isEmpty && parts.count <= 4
      && parts.allSatisfy { TextTools.phrases.isPhrase(FieldText.folded(String($0)), of: sections) }
  }

  /// Whether the name is the site's, or begins it: "NEWS7" of "NEWS7 Harbour".
  func isOwn(_ agency: String) -> Bool {
    let name = FieldText.key(agency)
    if let host = url.map(HostName.init(of:)) {
      let squeezed = FieldText.squeezed(agency)
      if host.names.contains(where: { host.isSpelled(by: squeezed, as: $0) }) { return true }
    }
    guard let publisher else { return false }
    // "Harbour News, Weather, Sports | WQRS 7News"
    return publisher.split(separator: "|").contains { part in
      let own = FieldText.key(String(part))
      return own == name || own.hasPrefix(name + " ")
    }
  }

  /// The agency among the authors, in the byline or the line that holds it, or at the text's end.
  func find(authors: [String], bylines: [String], ending: String?) -> String? {
    let found =
      authors.lazy.compactMap(Self.closing).first ?? bylines.lazy.compactMap(Self.closing).first
      ?? ending.flatMap(Self.signature)
    return found.flatMap { isOwn($0) || Self.isDesk($0) ? nil : $0 }
  }

  private static let desks = Set(WordFile.words(of: "bylines.words", section: "desk").map(FieldText.key))
  private static let desksAlone = Set(
    WordFile.words(of: "bylines.words", section: "desk-alone").map(FieldText.key))

  /// Whether what stands among names of agencies is a desk, or agencies in general: "Newsroom", "With agencies".
  static func isDesk(_ agency: String) -> Bool {
    desksAlone.contains(FieldText.key(agency)) || FieldText.words(agency).contains(where: desks.contains)
  }

  /// "By Ann Smith, The Associated Press", "Ann Smith/dpa": the agency that a byline closes with.
  static func closing(_ byline: String) -> String? {
    let words = byline.split(separator: " ")
    guard words.count <= 30 else { return nil }
    for count in stride(from: min(longest, words.count), through: 1, by: -1) {
      let name = FieldText.trimmed(words.suffix(count).joined(separator: " "), of: edges)
      guard isAgency(name) else { continue }
      let before = words.dropLast(count).last
      // "Kaan Efe" is somebody: one word must be in capitals, long, or stand behind a sign.
      let isParted =
        words.count == count || before.map { ",|/-\u{2013}\u{2014}:(".contains($0.last ?? " ") } ?? false
      let isCapitals = name.utf8.count >= 2 && name.unicodeScalars.allSatisfy { !$0.properties.isLowercase }
      if count > 1 || isParted || isCapitals && !isShouted(words.dropLast(count)) || name.utf8.count >= 7 {
        return name
      }
    }
    // "Ann Smith/dpa"
    guard let last = words.last, let slash = last.firstIndex(of: "/") else { return nil }
    let name = String(last[last.index(after: slash)...])
    return isAgency(name) ? name : nil
  }

  private static let edges: Set<Unicode.Scalar> = [
    ",", "|", "/", "-", "\u{2013}", "\u{2014}", "(", ")", ":", ".", " ",
  ]

  /// Whether words before are all in capitals too, so that capitals tell nothing.
  private static func isShouted(_ words: ArraySlice<Substring>) -> Bool {
    words.last?.unicodeScalars.allSatisfy { !$0.properties.isLowercase } ?? false
  }

  /// "… on Sunday. (AFP)", "… on Sunday. — AFP": the agency that closes the text.
  static func signature(_ text: String) -> String? {
    var end = text[...]
    while let last = end.last, last == "." || last == " " { end.removeLast() }
    if end.last == ")" {
      guard let open = end.lastIndex(of: "(") else { return nil }
      var inside = end[end.index(after: open)...].dropLast()
      // "(Source: AFP)"
      if let colon = inside.lastIndex(of: ":") { inside = inside[inside.index(after: colon)...] }
      let name = FieldText.folded(String(inside))
      return isAgency(name) ? name : nil
    }
    guard let space = end.lastIndex(of: " ") else { return nil }
    let name = String(end[end.index(after: space)...])
    let before = end[..<space].last
    let isParted = before == "-" || before == "\u{2013}" || before == "\u{2014}"
    let isSigned =
      before == "." && name.utf8.count >= 3 && name.unicodeScalars.allSatisfy { !$0.properties.isLowercase }
    return (isParted || isSigned) && isAgency(name) ? name : nil
  }
}
