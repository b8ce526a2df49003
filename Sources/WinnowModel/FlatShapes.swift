import WinnowCore

/// Lines of flat text that look alike: a menu's entries, a list of teasers, the paragraphs of one text.
package struct FlatShapes: Sendable {
  /// Sums over a group.
  struct Sums {
    var lines: Float = 0
    var words: Float = 0
    var sentences: Float = 0
  }

  /// How many ways of grouping there are.
  package static let ways = 3

  /// For each way of grouping, the group of each line: lines of one shape anywhere on the page; runs of one
  /// indent whose lines are all long or all short; runs of titles, and of all else.
  package let groups: [[Int32]]
  /// Sums of each group, by way.
  let sums: [[Sums]]

  init(_ rows: [BlockRow]) {
    var shapes: [UInt32: Int32] = [:]
    var last: (shape: UInt32, group: Int32) = (.max, -1)
    var runs: (UInt32, UInt32) = (.max, .max)
    var run: (Int32, Int32) = (-1, -1)
    var (byShape, byLength, byTitle) = ([Int32](), [Int32](), [Int32]())
    byShape.reserveCapacity(rows.count)
    byLength.reserveCapacity(rows.count)
    byTitle.reserveCapacity(rows.count)
    for row in rows {
      let m = row.measures
      let bullet: UInt32 = m.flags.contains(.bullet) ? 1 : 0
      let indent = UInt32(min(max(m.indent, 0), 40))
      let ends: UInt32 = m.flags.contains(.endsSentence) ? 1 : 0
      let level: UInt32 = m.kind == .heading ? UInt32(m.level) : 0
      let isLong: UInt32 = m.words >= 12 ? 1 : 0
      let shape = bullet | ends << 1 | indent << 2 | level << 8 | FlatShapes.size(m.words) << 12
      if shape != last.shape {
        let fresh = Int32(shapes.count)
        let group = shapes[shape] ?? fresh
        if group == fresh { shapes[shape] = fresh }
        last = (shape, group)
      }
      byShape.append(last.group)
      let keys = (bullet | indent << 1 | isLong << 8, isLong | ends << 1 == 0 ? 1 as UInt32 : 0)
      if keys.0 != runs.0 { run.0 += 1 }
      if keys.1 != runs.1 { run.1 += 1 }
      byLength.append(run.0)
      byTitle.append(run.1)
      runs = keys
    }
    groups = [byShape, byLength, byTitle]
    sums = groups.map { FlatShapes.sums(rows, $0) }
  }

  private static func sums(_ rows: [BlockRow], _ groups: [Int32]) -> [Sums] {
    var sums = [Sums](repeating: Sums(), count: Int(groups.max() ?? -1) + 1)
    for (index, row) in rows.enumerated() {
      let group = Int(groups[index])
      sums[group].lines += 1
      sums[group].words += Float(row.measures.words)
      if row.measures.flags.contains(.endsSentence) { sums[group].sentences += 1 }
    }
    return sums
  }

  /// Mean of a number of the lines in each group, by way.
  func means(of values: [Float]) -> [[Float]] {
    groups.indices.map { way in
      var total = [Float](repeating: 0, count: sums[way].count)
      for (index, group) in groups[way].enumerated() { total[Int(group)] += values[index] }
      for group in total.indices { total[group] /= max(sums[way][group].lines, 1) }
      return total
    }
  }

  /// log2 of a count, rounded.
  private static func size(_ words: Int32) -> UInt32 {
    var value = UInt32(max(words, 1))
    var power: UInt32 = 0
    while value >= 3 {
      value = (value + 1) / 2
      power += 1
    }
    return power + (value == 2 ? 1 : 0)
  }
}
