/// A named repair of text: what scrapers and content systems break without the author's doing.
package enum Repair: Int, CaseIterable, Sendable {
  /// A no-break or other special space became an ordinary one.
  case unicodeSpace
  /// An invisible character (zero-width space, word joiner, stray byte order mark …) was removed.
  case zeroWidth
  /// A soft hyphen was removed.
  case softHyphen
  /// A C1 control became the windows-1252 character that was meant.
  case c1Control
  /// UTF-8 that had been decoded as windows-1252 was decoded properly.
  case mojibake
  /// A character reference left in the text was decoded.
  case entity
  /// Letters and marks were composed (Unicode form NFC).
  case composition
  /// A control character was removed.
  case control

  /// The stable name used in reports.
  package var name: String {
    switch self {
    case .unicodeSpace: "unicode-space"
    case .zeroWidth: "zero-width"
    case .softHyphen: "soft-hyphen"
    case .c1Control: "c1-control"
    case .mojibake: "mojibake"
    case .entity: "entity"
    case .composition: "composition"
    case .control: "control"
    }
  }
}

/// How often each repair was made: characters, but runs for `mojibake` and blocks for `composition`.
package struct RepairCounts: Sendable, Equatable {
  private var counts: [Int]

  /// No repairs.
  package init() {
    counts = Array(repeating: 0, count: Repair.allCases.count)
  }

  /// The count of one repair.
  package subscript(_ repair: Repair) -> Int {
    get { counts[repair.rawValue] }
    set { counts[repair.rawValue] = newValue }
  }

  /// Whether nothing was repaired.
  package var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }

  /// Adds the counts of another block.
  package static func += (total: inout RepairCounts, block: RepairCounts) {
    for index in total.counts.indices { total.counts[index] += block.counts[index] }
  }
}
