import WinnowStages
import WinnowText

/// What is known of a name: all places that say it, and when two names are one.
extension AuthorCandidates {
  /// Where a name stands.
  enum Source: Int, CaseIterable {
    case person, string, organization, page, other, analytics, card, meta, articleAuthor, library, relation
    case microdata, link, byline, marked, token, beside, bio, tail, site, copyright, line

    /// Whether it is the page's head, not what the page shows.
    var isHead: Bool { rawValue < Source.relation.rawValue }
  }

  /// One place that says a name.
  struct Place {
    let source: Source
    let origin: String
    let block: Int?
    /// The place among those that say names: one property, one line.
    let list: Int
    /// The name's number within the list.
    let position: Int
    /// Whether the list has names only if less is asked of them.
    let isRelaxed: Bool
    /// Whether this is a declared value as it stands, desks and all: "Courier Newsdesk".
    var isWhole = false
    /// How many words cleaning took off, of a declared value.
    var cut = 0
  }

  /// A name.
  struct Group {
    let name: String
    let key: String
    /// Hashes of its words.
    let words: [UInt64]
    /// How much it is like the site's name, 0 to 2.
    let siteLikeness: Int
    var places: [Place]
    /// Whether the page also declares it as an organisation.
    var isOrganization = false

    /// Whether it begins as names of people often do.
    var opensWithGivenName: Bool { words.first.map(GivenNames.contains) ?? false }

    /// Whether it is the site's own name, and not that of a person after whom the site is called.
    var isSite: Bool { siteLikeness == 2 && !opensWithGivenName }

    init(name: String, key: String, places: [Place], on page: FieldPage) {
      self.name = name
      self.key = key
      self.places = places
      words = WordHashes.of(name)
      siteLikeness = page.sites.likeness(Array(name.utf8)[...], words)
    }
  }

  /// Equal for forms of one name: titles make no difference.
  static func key(_ name: String) -> String {
    let key = FieldText.key(name)
    guard let end = key.utf8.firstIndex(of: 0x20), key.utf8[..<end].count <= longestTitle else { return key }
    let rest = key[key.utf8.index(after: end)...]
    return rest.utf8.contains(0x20) && titles.contains(String(key[..<end])) ? String(rest) : key
  }

  private static let titles = Set(WordFile.words(of: "bylines.words", section: "title"))
  private static let longestTitle = titles.map(\.utf8.count).max() ?? 0

  /// Whether one key is the start or the end of the other.
  static func overlap(_ one: String, _ other: String) -> Bool {
    one == other || holds(one, other) || holds(other, one)
  }

  /// Whether one key is the start or the end of another that has more words.
  static func holds(_ long: String, _ short: String) -> Bool {
    guard long.utf8.count > short.utf8.count else { return false }
    let isHeld = long.utf8.withContiguousStorageIfAvailable { long in
      short.utf8.withContiguousStorageIfAvailable { short in
        let rest = long.count - short.count
        if long[short.count] == 0x20, long.starts(with: short) { return true }
        return long[rest - 1] == 0x20 && long[rest...].elementsEqual(short)
      }
    }
    return isHeld == true
  }
}
