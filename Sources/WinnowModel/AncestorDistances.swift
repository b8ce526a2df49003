import WinnowCore

/// How near the closest container of some kinds is.
struct AncestorDistances {
  private static let tags: [ContainerTag] = [
    .article, .main, .section, .nav, .header, .footer, .aside, .form, .ul, .ol, .table, .blockquote,
    .figure, .dl, .button, .details, .li, .td, .pre, .noscript, .p, .custom,
  ]

  /// Position of each tag in the list; 255 for the others.
  private static let positions: [UInt8] = {
    var table = [UInt8](repeating: 255, count: 256)
    for (position, tag) in tags.enumerated() { table[Int(tag.rawValue)] = UInt8(position) }
    return table
  }()

  private var values = [22 of Float](repeating: 0)

  /// Notes a container so many steps up; the nearest of a kind stays.
  mutating func note(_ tag: ContainerTag, _ steps: Float) {
    let position = Int(AncestorDistances.positions[Int(tag.rawValue)])
    guard position < 255, values[position] == 0 else { return }
    values[position] = 1 / steps
  }

  func write(_ w: inout some FeatureWriter) {
    for position in values.indices { w.put("in_\(AncestorDistances.tags[position])", values[position]) }
  }
}
