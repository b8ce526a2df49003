import WinnowCore
import WinnowText

/// What several features of a flat page are made of: sentences and their places, markers, sums.
struct FlatColumns {
  let rows: [BlockRow]
  let headline: Int
  let words: FlatWords
  let shapes: FlatShapes
  /// Sums over blocks before an index.
  private(set) var wordsBefore: [Float] = [0]
  private(set) var sentencesBefore: [Float] = [0]
  private(set) var datesBefore: [Float] = [0]
  private(set) var namesBefore: [Float] = [0]
  /// The nearest sentence block at or before, and at or after each block; -1 without one.
  private(set) var lastSentence: [Int32] = []
  private(set) var nextSentence: [Int32]
  /// Median indent of sentence blocks.
  private(set) var indent: Float = 0
  /// Role of each block's leading label, -1 without one; and the sum before an index of blocks that rules
  /// called boilerplate.
  private(set) var code: [Float] = []
  private(set) var role: [Role?] = []
  private(set) var rulesBefore: [Float] = [0]
  /// Phrase families of each block, a bit each, and those that are all the block says.
  private(set) var says: [UInt32] = []
  private(set) var isAll: [UInt32] = []
  /// For each marker, the last block at or before each block that is one; -1 without one. Marker after marker.
  private var lastMarkers: [Int32]
  /// How many markers of all kinds stand before an index.
  private(set) var markersBefore: [Float] = [0]

  init(_ document: Document, _ ledger: Ledger) {
    rows = document.storage.rows
    headline = ledger.first(.headline) ?? -1
    words = FlatWords(document, headline: headline)
    shapes = FlatShapes(rows)
    nextSentence = Array(repeating: -1, count: rows.count)
    lastMarkers = Array(repeating: -1, count: FlatColumns.markers.count * rows.count)
    var sentence: Int32 = -1
    var last = [Int32](repeating: -1, count: FlatColumns.markers.count)
    var indents: [Int32] = []
    reserve(rows.count + 1)
    for (index, row) in rows.enumerated() {
      let m = row.measures
      let isSentence = m.flags.contains(.prose)
      if isSentence {
        sentence = Int32(index)
        indents.append(m.indent)
      }
      lastSentence.append(sentence)
      wordsBefore.append(wordsBefore[index] + Float(m.words))
      sentencesBefore.append(sentencesBefore[index] + (isSentence ? 1 : 0))
      datesBefore.append(datesBefore[index] + (m.flags.contains(.hasDate) ? 1 : 0))
      namesBefore.append(namesBefore[index] + (FlatColumns.isNameLike(m) ? 1 : 0))
      let label = ledger.lead(of: index)
      code.append(RoleCode.of(label))
      role.append(label?.role)
      rulesBefore.append(rulesBefore[index] + (code[index] >= 1 && code[index] <= 3 ? 1 : 0))
      let (any, whole) = FlatColumns.phrases(document[index])
      says.append(any)
      isAll.append(whole)
      var found: Float = 0
      // By index: a copy of a marker counts references to its name.
      for place in FlatColumns.markers.indices {
        let isMarker =
          label.map { FlatColumns.markers[place].roles.contains($0.role) } ?? false
          || m.words <= 7 && whole & (1 << UInt32(FlatColumns.markers[place].family)) != 0
        if isMarker {
          last[place] = Int32(index)
          found = 1
        }
        lastMarkers[place * rows.count + index] = last[place]
      }
      markersBefore.append(markersBefore[index] + found)
    }
    sentence = -1
    for index in rows.indices.reversed() {
      if rows[index].measures.flags.contains(.prose) { sentence = Int32(index) }
      nextSentence[index] = sentence
    }
    if !indents.isEmpty { indent = Float(indents.sorted()[indents.count / 2]) }
  }

  private mutating func reserve(_ count: Int) {
    wordsBefore.reserveCapacity(count)
    sentencesBefore.reserveCapacity(count)
    datesBefore.reserveCapacity(count)
    namesBefore.reserveCapacity(count)
    lastSentence.reserveCapacity(count)
    code.reserveCapacity(count)
    role.reserveCapacity(count)
    rulesBefore.reserveCapacity(count)
    says.reserveCapacity(count)
    isAll.reserveCapacity(count)
    markersBefore.reserveCapacity(count)
  }

  /// The last block at or before one that is a marker; -1 without one.
  @inline(__always)
  func lastMarker(_ place: Int, at block: Int) -> Int { Int(lastMarkers[place * rows.count + block]) }

  /// Two to four words, all with capitals, no end of a sentence, no digits: as a commenter or author is named.
  static func isNameLike(_ m: BlockMeasures) -> Bool {
    m.words >= 2 && m.words <= 4 && m.capitalisedWords == m.words && m.digits == 0
      && m.flags.isDisjoint(with: [.endsSentence, .allCapitals])
  }

  /// Groups of phrase sections, a bit each.
  static let families: [(name: String, sections: [PhraseSection])] = [
    ("related", [.related, .mostRead, .latest]), ("more", [.readMore, .moreLink]),
    ("share", [.share, .follow]),
    ("engagement", [.engagement, .readingTime]), ("promotion", [.newsletter, .app]),
    ("account", [.account, .paywall]), ("consent", [.consent]), ("ad", [.advertisement]),
    ("media", [.media]), ("footer", [.footer]), ("comments", [.comments]), ("reply", [.commentAction]),
    ("menu", [.navigation, .breadcrumb]), ("interface", [.furniture]), ("credit", [.credit, .agency]),
    ("caption", [.caption]), ("byline", [.byline, .role]), ("bio", [.authorBio]),
    ("notice", [.disclaimer, .translation, .aiNote]), ("correction", [.correction]),
    ("date", [.published, .updated]), ("contents", [.contents]), ("tags", [.tags]),
  ]

  private static let bits: [PhraseSection: UInt32] = {
    var table: [PhraseSection: UInt32] = [:]
    for (bit, family) in families.enumerated() {
      for section in family.sections { table[section] = 1 << UInt32(bit) }
    }
    return table
  }()

  private static func phrases(_ block: Block) -> (any: UInt32, whole: UInt32) {
    var any: UInt32 = 0
    var whole: UInt32 = 0
    guard block.row.hitStart < block.row.hitEnd else { return (0, 0) }
    for hit in block.hits {
      let bit = bits[hit.section] ?? 0
      any |= bit
      if hit.anchor == .whole { whole |= bit }
    }
    return (any, whole)
  }

  /// What may open a part of the page that is not the article.
  static let markers: [(name: String, roles: RoleSet, family: Int)] = [
    ("related", [.relatedLinks, .mostRead, .readMore], family("related")),
    ("comments", [.comments], family("comments")), ("footer", [.footer], family("footer")),
    ("promotion", [.promotion], family("promotion")), ("tags", [.tags], family("tags")),
    ("share", [.share, .engagement], family("share")), ("bio", [.authorBio], family("bio")),
    ("byline", [.byline, .publicationDate], family("byline")), ("reply", [], family("reply")),
  ]

  private static func family(_ name: String) -> Int {
    families.firstIndex { $0.name == name } ?? 0
  }

  /// Mean of a column of sums over a range of blocks, cut to the page.
  func mean(_ sums: [Float], _ lower: Int, _ upper: Int) -> Float {
    let from = max(0, lower)
    let to = min(rows.count, upper)
    return to > from ? (sums[to] - sums[from]) / Float(to - from) : 0
  }
}
