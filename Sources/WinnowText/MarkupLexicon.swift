import WinnowCore

/// What class, id, role and itemprop tokens say: `lexicon/markup.phrases`.
package struct MarkupLexicon: Sendable {
  /// Tokens, one or two next to each other, and what they say.
  private struct Slot {
    var key: UInt64 = 0
    var marks: MarkupMarks = []
  }

  private var slots: [Slot]
  /// Keys that may be in the slots: most are not.
  private var known = HashBits(power: 16)

  /// The file that is part of the program.
  package static let builtIn = MarkupLexicon(WinnowData.bytes(named: "markup.phrases"))

  /// Sections of the file and their marks.
  private static let sections: [String: MarkupMarks] = [
    "navigation": .navigationToken, "breadcrumb": .breadcrumbToken, "footer": .footerToken,
    "sidebar": .sidebarToken, "related": .relatedToken, "most-read": .mostReadToken,
    "ticker": .tickerToken, "comments": .commentsToken, "share": .shareToken,
    "promotion": .promotionToken, "consent": .consentToken, "paywall": .paywallToken,
    "advertisement": .advertisementToken, "byline": .bylineToken, "date": .dateToken,
    "headline": .headlineToken, "dek": .dekToken, "caption": .captionToken, "credit": .creditToken,
    "tags": .tagsToken, "author-bio": .authorBioToken, "body": .bodyToken, "media": .mediaToken,
    "overlay": .overlayToken, "hidden": .hiddenToken, "contents": .contentsToken, "tools": .toolsToken,
    "teaser": .teaserToken, "post": .postToken, "correction": .correctionToken, "meta": .metaToken,
    "masthead": .mastheadToken,
  ]

  /// Reads the file: sections of tokens, `a+b` for two tokens next to each other.
  package init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var table: [UInt64: MarkupMarks] = [:]
    var current: MarkupMarks = []
    WordFile.visit(bytes) { part in
      switch part {
      case .section(let name):
        current = MarkupLexicon.sections[String(decoding: name, as: UTF8.self)] ?? []
      case .word(let word):
        let pair = word.split(separator: UInt8(ascii: "+")).map { ContainerTree.tokenHash($0) }
        guard let first = pair.first else { return }
        table[MarkupLexicon.key(first, pair.count > 1 ? pair[1] : 0), default: []].formUnion(current)
      }
    }
    var capacity = 256
    while capacity < table.count * 4 { capacity *= 2 }
    slots = Array(repeating: Slot(), count: capacity)
    let mask = capacity - 1
    for (key, value) in table.sorted(by: { $0.key < $1.key }) {
      var slot = Int(truncatingIfNeeded: key) & mask
      while slots[slot].key != 0 { slot = (slot + 1) & mask }
      slots[slot] = Slot(key: key, marks: value)
      known.insert(key)
    }
  }

  /// What a run of tokens says; a 0 parts values.
  package func marks(of tokens: ArraySlice<UInt32>) -> MarkupMarks {
    tokens.withUnsafeBufferPointer(marks)
  }

  /// What a run of tokens says; a 0 parts values.
  package func marks(of tokens: UnsafeBufferPointer<UInt32>) -> MarkupMarks {
    var result: MarkupMarks = []
    var previous: UInt32 = 0
    for token in tokens {
      if token != 0 {
        let single = MarkupLexicon.key(token, 0)
        if known.contains(single) { result.formUnion(lookUp(single)) }
        if previous != 0 {
          let pair = MarkupLexicon.key(previous, token)
          if known.contains(pair) { result.formUnion(lookUp(pair)) }
        }
      }
      previous = token
    }
    return result
  }

  private func lookUp(_ key: UInt64) -> MarkupMarks {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while slots[slot].key != 0 {
      if slots[slot].key == key { return slots[slot].marks }
      slot = (slot + 1) & mask
    }
    return []
  }

  private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 {
    // Never 0, which marks an empty slot.
    (UInt64(second) << 32 | UInt64(first)) | 1 << 63
  }
}
