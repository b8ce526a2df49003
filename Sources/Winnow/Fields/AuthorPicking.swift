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
    let threshold = isRuled ? 0 : ranker?.threshold ?? 0.5
    let chosen = candidates.groups.indices.filter { probabilities[$0] >= threshold }
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
}
