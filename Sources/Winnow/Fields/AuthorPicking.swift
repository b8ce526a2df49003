import WinnowCore
import WinnowStages

/// Chooses the authors among the names that head and page give, by a learned table: each name for itself.
struct AuthorPicking {
  /// Names and where they stand.
  struct Choice: Equatable {
    /// People, in order.
    let names: [String]
    /// Where they stand.
    let origin: String
  }

  let candidates: AuthorCandidates
  let rows: [FieldRow]
  /// Whether a site rule says where the names are taken from: then all of them are taken.
  private let isRuled: Bool

  init(
    _ page: FieldPage, declared: [FieldCandidate], names: NameCleaning, headline: HeadlinePicking.Choice?,
    source: FieldSource? = nil
  ) {
    var candidates = AuthorCandidates(page, declared: declared, names: names)
    if let source { candidates.keep(only: source) }
    isRuled = source != nil
    self.candidates = candidates
    rows = AuthorFeatures(page, candidates, names: names, headline: headline).rows()
  }

  /// The authors; nil if nobody is likely enough.
  func pick(_ ranker: FieldRanker?) -> Choice? {
    guard !candidates.groups.isEmpty else { return nil }
    let probabilities = ranker?.probabilities(rows) ?? rows.map { _ in 0 }
    let chosen = choose(probabilities, from: isRuled ? 0 : ranker?.threshold ?? 0.5)
    guard let best = chosen.max(by: { probabilities[$0] < probabilities[$1] }) else { return nil }
    // The order of the list that holds most of them.
    var counts: [Int: Int] = [:]
    for index in chosen {
      for list in Set(candidates.groups[index].places.map(\.list)) { counts[list, default: 0] += 1 }
    }
    let list = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    func position(_ index: Int) -> Int {
      candidates.groups[index].places.first { $0.list == list }?.position ?? 1_000 + index
    }
    let names = chosen.sorted { position($0) < position($1) }.map { candidates.groups[$0].name }
    let origin = candidates.groups[best].places.min { $0.source.rawValue < $1.source.rawValue }?.origin
    return Choice(names: NameCleaning.unique(names), origin: origin ?? "text")
  }

  /// What a further name must reach: nearly the first one's probability, and more likely right than not.
  private static let furtherShare: Float = 0.7
  private static let further: Float = 0.5

  /// The likeliest name, then those that are likely beside it and no form of one that is in already.
  private func choose(_ probabilities: [Float], from threshold: Float) -> [Int] {
    // What the page types as an organisation is nobody, whoever else calls it an author.
    let people = probabilities.indices.filter { isRuled || !candidates.groups[$0].isOrganization }
    let order = people.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
    guard let first = order.first, probabilities[first] >= threshold else { return [] }
    let least = isRuled ? 0 : max(Self.further, probabilities[first] * Self.furtherShare)
    var chosen = [first]
    for index in order.dropFirst() where probabilities[index] >= least {
      let key = candidates.groups[index].key
      let isForm = chosen.contains { other in
        AuthorCandidates.overlap(candidates.groups[other].key, key)
      }
      if !isForm { chosen.append(index) }
    }
    return chosen.sorted()
  }
}
