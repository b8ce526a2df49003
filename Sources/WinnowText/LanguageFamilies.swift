/// Languages whose phrases serve each other's pages.
package enum LanguageFamilies {
  private static let groups: [[String]] = [
    ["hr", "bs", "sr", "sh", "cnr", "me"], ["nb", "no", "nn", "da"], ["zh", "yue"], ["ro", "mo"],
    ["ru", "uk", "bg", "be"],
  ]

  /// Languages whose pages often carry phrases of a larger neighbour. It does not hold the other way
  /// round, where the small one's words mean something else: Malay "kandungan" heads a table of contents,
  /// in Indonesian it is what a cream contains.
  private static let neighbours: [String: [String]] = [
    "ca": ["es"], "gl": ["es"], "eu": ["es"], "ms": ["id"], "sk": ["cs"],
  ]

  /// A language and those whose phrases may stand on its pages.
  package static func members(of language: String) -> [String] {
    groups.first { $0.contains(language) } ?? [language] + (neighbours[language] ?? [])
  }
}
