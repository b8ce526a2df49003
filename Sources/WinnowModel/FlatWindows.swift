import WinnowCore

/// Sums of some of the lines' own columns, so that the mean over any stretch of lines is a difference of two.
struct FlatWindows {
  /// Columns that are shown of each near neighbour.
  static let shifted = chosen([
    "words", "ends_sentence", "prose", "capitalised", "bullet", "heading", "blank_before", "has_date", "rule",
    "score", "grammar", "topical", "link_share", "indent", "name_like", "copies", "opens_lower", "digits",
  ])
  /// Columns that are averaged over stretches.
  static let averaged = chosen([
    "words", "ends_sentence", "prose", "capitalised", "bullet", "rule", "score", "grammar", "topical",
    "link_share", "has_date", "blank_before",
  ])

  private static func chosen(_ names: [String]) -> [(column: Int, name: String)] {
    names.compactMap { name in FlatFeatures.ownNames.firstIndex(of: name).map { ($0, name) } }
  }

  private let sums: [[Double]]

  /// The lines' own columns, `stride` numbers from one to the next.
  init(_ own: UnsafePointer<Float>, stride: Int, count: Int) {
    sums = FlatWindows.averaged.map { column, _ in
      let numbers = own + column * stride
      var line = [Double](repeating: 0, count: count + 1)
      for index in 0..<count { line[index + 1] = line[index] + Double(numbers[index]) }
      return line
    }
  }

  /// Writes for each line the mean of the `place`-th averaged column over the lines from `lower` to `upper`
  /// steps after it, cut to the page; -1 where there are none.
  func writeMeans(_ place: Int, _ lower: Int, _ upper: Int, to column: UnsafeMutablePointer<Float>) {
    sums[place].withUnsafeBufferPointer { sums in
      let count = sums.count - 1
      // Lines whose stretch the page does not cut stand between these two; in a short page there are none.
      let first = min(count, max(0, -lower))
      let last = max(first, min(count, count - upper + 1))
      func write(_ index: Int) {
        let from = max(0, index + lower)
        let to = min(count, index + upper)
        column[index] = to > from ? Float((sums[to] - sums[from]) / Double(to - from)) : -1
      }
      for index in 0..<first { write(index) }
      let size = Double(upper - lower)
      for index in first..<last { column[index] = Float((sums[index + upper] - sums[index + lower]) / size) }
      for index in last..<count { write(index) }
    }
  }
}
