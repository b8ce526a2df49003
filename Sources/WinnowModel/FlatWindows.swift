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

  /// The first columns of `own` are the lines' own.
  init(_ own: FeatureMatrix) {
    sums = FlatWindows.averaged.map { column, _ in
      var line = [Double](repeating: 0, count: own.count + 1)
      for index in 0..<own.count { line[index + 1] = line[index] + Double(own[index, column]) }
      return line
    }
  }

  /// Mean of the `place`-th averaged column over a range of lines, cut to the page; -1 outside it.
  @inline(__always)
  func mean(_ place: Int, _ lower: Int, _ upper: Int) -> Float {
    let from = max(0, lower)
    let to = min(sums[place].count - 1, upper)
    return to > from ? Float((sums[place][to] - sums[place][from]) / Double(to - from)) : -1
  }
}
