import WinnowCore
import WinnowText

/// What stands around a name where the page shows it: the words before and behind, the lines above and below.
struct NameContext {
  private let page: FieldPage
  private let headlineBlock: Int

  init(_ page: FieldPage, headlineBlock: Int) {
    self.page = page
    self.headlineBlock = headlineBlock
  }

  /// Writes the columns; each says whether some place, or the place nearest to the headline, is such.
  func write(_ found: [NameSearch.Occurrence], _ row: inout FieldRow) {
    var lines = 0
    var helped = 0
    var short = 0
    var introduced = 0
    var biographies = 0
    var nearest: (place: NameSearch.Occurrence, helps: Bool, isIntroduced: Bool)?
    for occurrence in found where page.document.indices.contains(occurrence.block) {
      let m = page.document.storage.rows[occurrence.block].measures
      let isShort = !m.flags.contains(.prose) || m.words <= 25
      let block = page.document[occurrence.block]
      if occurrence.range.count + 2 >= block.utf8.count { lines += 1 }
      if occurrence.range.lowerBound == 0, m.words >= 8, m.flags.contains(.prose) { biographies += 1 }
      guard isShort else { continue }
      short += 1
      let (helps, isIntroduced) = (isHelper(block, occurrence), isIntroduced(block, occurrence))
      if helps { helped += 1 }
      if isIntroduced { introduced += 1 }
      if nearest.map({ distance(occurrence) < distance($0.place) }) ?? true {
        nearest = (occurrence, helps, isIntroduced)
      }
    }
    row.put("own-lines", lines, upTo: 6)
    row.put("helps", helped, upTo: 3)
    row.put("only-helps", helped > 0 && helped == short)
    row.put("introduced", introduced, upTo: 4)
    row.put("biographies", biographies, upTo: 3)
    guard let (nearest, helps, isIntroduced) = nearest else {
      for name in Self.columns { row.put(name, -1) }
      return
    }
    let block = page.document[nearest.block]
    row.put("near-helps", helps)
    row.put("near-introduced", isIntroduced)
    row.put("near-start", nearest.range.lowerBound, upTo: 60)
    row.put("near-rest", max(0, block.utf8.count - nearest.range.upperBound), upTo: 60)
    row.put("near-from-body", Float(max(-60, min(99, nearest.block - page.bodyStart))))
    row.put(
      "role-behind",
      block.hits.contains { $0.section == .role && $0.range.lowerBound >= nearest.range.upperBound })
    row.put("role-below", isRole(nearest.block + 1) || isRole(nearest.block + 2))
    row.put(
      "dated-above",
      Self.distance(stride(from: nearest.block - 1, through: nearest.block - 4, by: -1), isDated))
    row.put(
      "dated-below",
      Self.distance(stride(from: nearest.block + 1, through: nearest.block + 4, by: 1), isDated))
    row.put("same-below", startsAlike(nearest, nearest.block + 1) || startsAlike(nearest, nearest.block + 2))
  }

  private static let columns: [StaticString] = [
    "near-helps", "near-introduced", "near-start", "near-rest", "near-from-body", "role-behind", "role-below",
    "dated-above", "dated-below", "same-below",
  ]

  private func distance(_ occurrence: NameSearch.Occurrence) -> Int { abs(occurrence.block - headlineBlock) }

  /// How many steps away the first block is that is such; 9 if none is.
  private static func distance(_ blocks: StrideThrough<Int>, _ holds: (Int) -> Bool) -> Float {
    for (step, block) in blocks.enumerated() where holds(block) { return Float(step + 1) }
    return 9
  }

  private func isDated(_ block: Int) -> Bool {
    page.document.indices.contains(block) && page.isDated(block)
  }

  private func isRole(_ block: Int) -> Bool {
    guard page.document.indices.contains(block), page.document[block].words <= 12 else { return false }
    return page.document[block].hit(.role) != nil
  }

  /// Whether a block begins with the name, or with its first word: "Ann is a baker in Leeds".
  private func startsAlike(_ occurrence: NameSearch.Occurrence, _ other: Int) -> Bool {
    guard page.document.indices.contains(other) else { return false }
    let name = page.document[occurrence.block].utf8.dropFirst(occurrence.range.lowerBound)
    let first = name.prefix(occurrence.range.count).prefix { $0 != 0x20 }
    guard first.count >= 3 else { return false }
    let text = page.document[other].utf8
    return text.count > first.count && text.starts(with: first)
  }

  /// Whether the words before the name say that it stands for who reviewed, edited or photographed.
  private func isHelper(_ block: Block, _ occurrence: NameSearch.Occurrence) -> Bool {
    let before = lead(block, occurrence)
    if !before.isEmpty { return NameHelpers.isNamed(in: before) }
    // "Reviewed by" on a line of its own; "Photo: AP" is a line with its name, and says nothing of the next.
    let above = occurrence.block - 1
    guard page.document.indices.contains(above), page.document[above].words <= 4 else { return false }
    let label = Array(page.document[above].utf8)
    let isOpen =
      label.last == 0x3A || page.document[above].words == 1
      || page.document[above].hits.contains { $0.section == .byline && $0.range.upperBound >= label.count }
    return isOpen && NameHelpers.isNamed(in: label)
  }

  /// What stands between the last sign, or some words before, and the name.
  private func lead(_ block: Block, _ occurrence: NameSearch.Occurrence) -> [UInt8] {
    let text = Array(block.utf8.prefix(occurrence.range.lowerBound).suffix(32))
    let start = text.lastIndex { $0 == 0x7C || $0 == 0x3B || $0 == 0x2E }.map { $0 + 1 } ?? 0
    return text[start...].contains { $0 != 0x20 } ? Array(text[start...]) : []
  }

  /// Whether a byline's word stands just before the name.
  private func isIntroduced(_ block: Block, _ occurrence: NameSearch.Occurrence) -> Bool {
    let start = occurrence.range.lowerBound
    // "ByAnn Smith"
    if start == 2, block.utf8.starts(with: "By".utf8) || block.utf8.starts(with: "by".utf8) { return true }
    if start <= 2 {
      let above = occurrence.block - 1
      guard page.document.indices.contains(above), page.document[above].words <= 4 else { return false }
      return page.document[above].hits.contains { $0.section == .byline }
    }
    return block.hits.contains { hit in
      hit.section == .byline && hit.range.lowerBound < start && hit.range.upperBound + 4 >= start
    }
  }
}
