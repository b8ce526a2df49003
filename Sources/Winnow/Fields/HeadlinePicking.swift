import WinnowCore

/// Chooses the headline: what readers see if the head agrees with it, else by source.
struct HeadlinePicking {
  /// A chosen headline.
  struct Choice: Equatable {
    /// The text without the site's name.
    let text: String
    /// Where it stands.
    let origin: String
    /// Its block, if it is visible.
    let block: Int?
  }

  private struct Title {
    let text: String
    let words: [String]
    let candidate: FieldCandidate
  }

  private let visible: [Title]
  private let declared: [Title]

  /// Pages have a handful; listing pages can have thousands.
  private static let maximumCandidates = 40

  /// The titles of a page, those that are only the site's name left out.
  init(candidates: [FieldCandidate], siteNames: [String], url: String?, sections: [String]) {
    let shown = candidates.filter(\.isText).prefix(Self.maximumCandidates)
    let said = candidates.filter { !$0.isText }.enumerated()
      .sorted { (Self.rank($0.element), $0.offset) < (Self.rank($1.element), $1.offset) }
      .prefix(Self.maximumCandidates).map(\.element)
    let all = said + shown
    let plain = HeadlineCleaning(siteNames: siteNames, url: url, sections: sections)
    let named = all.filter { !plain.isSiteName($0.value) }
    let attested = HeadlineCleaning(
      siteNames: siteNames, url: url, sections: sections, attested: named.map(\.value))
    func title(_ candidate: FieldCandidate, _ cleaning: HeadlineCleaning) -> Title {
      let text = cleaning.clean(candidate.value)
      return Title(text: text, words: FieldText.words(text), candidate: candidate)
    }
    // What stands in the text is whole as it stands; only a site's name may have come along.
    visible = named.filter(\.isText).map { title($0, plain) }
    declared = named.filter { !$0.isText }.map { title($0, attested) }
  }

  /// The headline; nil if no candidate holds words.
  func pick() -> Choice? {
    let seen = visible.filter { !$0.words.isEmpty }
    let said = declared.filter { !$0.words.isEmpty }
    if let same = seen.first(where: { title in said.contains { $0.words == title.words } }) {
      return choice(same)
    }
    let agreeing = seen.filter { title in said.contains { Self.agree(title.words, $0.words) } }
    if let longest = agreeing.max(by: { $0.words.count < $1.words.count }) {
      return withoutKicker(longest, said)
    }
    // One headline alone on the page is right more often than a head that says otherwise.
    let distinct = Set(seen.map { $0.words.joined(separator: " ") })
    if distinct.count == 1, let lone = seen.first, FieldText.length(lone.text) >= 3 { return choice(lone) }
    return (said.first ?? seen.first).map(choice)
  }

  /// Longest kicker, in words.
  private static let longestKicker = 6

  /// Many sites put a kicker into the heading ("Nuclear power Towers blown up"). Where the head declares
  /// the rest alone, the rest is the headline.
  private func withoutKicker(_ title: Title, _ said: [Title]) -> Choice {
    let rest = said.first {
      $0.words.count >= 3 && $0.words.count < title.words.count
        && title.words.count - $0.words.count <= Self.longestKicker
        && title.words.suffix($0.words.count).elementsEqual($0.words)
    }
    guard let rest else { return choice(title) }
    return Choice(text: rest.text, origin: title.candidate.origin.name, block: title.candidate.block)
  }

  private func choice(_ title: Title) -> Choice {
    Choice(text: title.text, origin: title.candidate.origin.name, block: title.candidate.block)
  }

  private static func rank(_ candidate: FieldCandidate) -> Int {
    switch candidate.origin.name {
    case "json-ld": 0
    case "microdata": 1
    case "meta:og:title": 2
    case "meta:twitter:title": 3
    case "title": 5
    case "microdata:name", "json-ld:name", "json-ld:page", "json-ld:page:name": 6
    case "json-ld:other", "json-ld:other:name": 7
    default: 4
    }
  }

  /// Whether two titles say the same: nine of ten words shared, or one stands whole in the other.
  static func agree(_ left: [String], _ right: [String]) -> Bool {
    guard !left.isEmpty, !right.isEmpty else { return false }
    if left == right { return true }
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    let enough = FieldText.length(short.joined(separator: " ")) >= 3 || short.count * 2 >= long.count
    if enough, long.count <= 200, contains(long, short) { return true }
    var counts: [String: Int] = [:]
    for word in long { counts[word, default: 0] += 1 }
    var shared = 0
    for word in short {
      if let count = counts[word], count > 0 {
        shared += 1
        counts[word] = count - 1
      }
    }
    return Double(2 * shared) >= 0.9 * Double(left.count + right.count)
  }

  private static func contains(_ long: [String], _ short: [String]) -> Bool {
    guard short.count <= long.count else { return false }
    return (0...long.count - short.count).contains { start in
      long[start..<start + short.count].elementsEqual(short)
    }
  }
}
