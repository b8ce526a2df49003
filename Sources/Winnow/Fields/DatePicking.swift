import WinnowCore
import WinnowStages

/// Chooses the day of publication among those that head, address and page give, by a learned table; the time
/// is the most precise that any stamp of that day has.
struct DatePicking {
  /// A chosen date.
  struct Choice: Equatable {
    /// ISO 8601, as precise as the page gives it.
    let iso: String
    /// Its calendar day.
    let day: String
    /// Where it stands.
    let origin: String
  }

  let candidates: DateCandidates
  let rows: [FieldRow]
  /// Whether a site rule says where the date is taken from: then it is taken, however unlikely.
  private let isRuled: Bool
  private let roles: [Role]
  private let hasMarkup: Bool

  /// The least probability of a day that only readers' comments bear: a shop's page is not as old as its reviews.
  private static let sureOfReaders: Float = 0.2

  init(
    _ page: FieldPage, published: [FieldCandidate], modified: [FieldCandidate], images: [FieldCandidate],
    headlineBlock: Int?, sources: [RuledField: FieldSource] = [:]
  ) {
    var candidates = DateCandidates(page, published: published, modified: modified, images: images)
    if let source = sources[.date] { candidates.keep(only: source, ofChanges: false) }
    if let source = sources[.dateModified] { candidates.keep(only: source, ofChanges: true) }
    isRuled = sources[.date] != nil
    self.candidates = candidates
    roles = page.roles
    hasMarkup = page.hasMarkup
    rows = DateFeatures(page, candidates, headlineBlock: headlineBlock).rows()
  }

  /// The date of publication; nil if no day is likely enough.
  func pick(_ ranker: FieldRanker?) -> Choice? {
    guard !candidates.groups.isEmpty else { return nil }
    guard let ranker else { return choice(candidates.groups[0]) }
    let probabilities = ranker.probabilities(rows)
    let open = probabilities.indices.filter { index in
      !isRuled || candidates.groups[index].places.contains { !DateCandidates.changes.contains($0.source) }
    }
    guard let best = likeliest(of: open, probabilities),
      isRuled || probabilities[best] >= leastProbability(of: best, ranker)
    else { return onlyStamped().flatMap(choice) }
    let likeliest = candidates.groups[best]
    // Where one day is stamped as that of publication, a day of which the page says only that it changed is not it.
    if !isRuled, isOfChange(likeliest), let stamped = onlyStamped() ?? onlyDeclared() {
      return choice(stamped)
    }
    return choice(likeliest)
  }

  /// The likeliest day; one that only readers' comments bear leads none of which the page says more.
  private func likeliest(of open: [Int], _ probabilities: [Float]) -> Int? {
    func first(of days: [Int]) -> Int? {
      days.max { (probabilities[$0], $1) < (probabilities[$1], $0) }
    }
    guard let best = first(of: open) else { return nil }
    guard !isRuled, isReaders(candidates.groups[best]) else { return best }
    let other = first(of: open.filter { !isReaders(candidates.groups[$0]) })
    return other.flatMap { probabilities[$0] * 2 >= probabilities[best] ? $0 : nil } ?? best
  }

  private func isReaders(_ group: DateCandidates.Group) -> Bool {
    group.places.allSatisfy { place in place.block.map { roles[$0] == .comments } ?? false }
  }

  /// Flat text declares nothing: what is asked of a day that is only called that of a change, and of one far from the
  /// headline.
  private static let flatLeast: (ofChange: Float, far: Float) = (0.6, 0.8)
  /// Blocks.
  private static let farFromHeadline: Float = 40
  /// The column of the distance in blocks between headline and day.
  private static let nearest = DateFeatures.names.firstIndex(of: "nearest") ?? 0

  private func leastProbability(of index: Int, _ ranker: FieldRanker) -> Float {
    let group = candidates.groups[index]
    var least = ranker.threshold
    if isReaders(group) { least = max(least, DatePicking.sureOfReaders) }
    guard !hasMarkup else { return least }
    if isOfChange(group) { return max(least, Self.flatLeast.ofChange) }
    let isFar =
      group.places.allSatisfy { $0.block != nil }
      && abs(rows[index].values[Self.nearest]) >= Self.farFromHeadline
    return isFar ? max(least, Self.flatLeast.far) : least
  }

  /// Whether a day is called that of a change, and nowhere that of publication.
  private func isOfChange(_ group: DateCandidates.Group) -> Bool {
    group.places.contains { DateCandidates.changes.contains($0.source) || $0.saysUpdated }
      && !group.places.contains {
        $0.saysPublished || $0.source.rawValue <= DateCandidates.Source.timePublished.rawValue
      }
  }

  /// The one day that a `time` element calls that of publication, where no other does.
  private func onlyStamped() -> DateCandidates.Group? {
    let stamped = candidates.groups.filter { $0.places.contains { $0.source == .timePublished } }
    return stamped.count == 1 ? stamped[0] : nil
  }

  /// The one day that JSON-LD declares as that of publication, and so does a `meta` element or the page shows it.
  private func onlyDeclared() -> DateCandidates.Group? {
    let declared = candidates.groups.filter { group in
      group.places.contains { $0.source == .jsonLD }
        && group.places.contains { $0.source == .meta || $0.block != nil }
    }
    return declared.count == 1 ? declared[0] : nil
  }

  private func choice(_ group: DateCandidates.Group) -> Choice? {
    let published = group.places.filter { !DateCandidates.changes.contains($0.source) }
    // Times near the headline may be those of an update: they refine the day only if no stamp does.
    let stamps = published.filter { $0.source.rawValue <= DateCandidates.Source.timePublished.rawValue }
    let best = Self.mostPrecise(stamps)
    if let best, best.precision >= 2 { return Choice(iso: best.iso, day: group.day, origin: best.origin) }
    let finer = Self.mostPrecise(
      published.filter { $0.source.rawValue <= DateCandidates.Source.text.rawValue })
    let isFiner = finer.map { $0.precision >= 2 } ?? false
    if let chosen = isFiner ? finer : best ?? finer ?? Self.mostPrecise(published) {
      return Choice(iso: chosen.iso, day: group.day, origin: chosen.origin)
    }
    return Self.mostPrecise(group.places)
      .map { Choice(iso: $0.iso, day: group.day, origin: "modified:\($0.origin)") }
  }

  /// The date of the last change, unless it lies before publication.
  func modified(notBefore day: String?) -> Choice? {
    let order: [DateCandidates.Source] = [.modifiedMeta, .modifiedLD, .modifiedOther, .updatedText]
    for source in order {
      for group in candidates.groups where group.day >= day ?? "" {
        let places = group.places.filter { $0.source == source }
        guard !places.isEmpty else { continue }
        let all = group.places.filter { DateCandidates.changes.contains($0.source) }
        return Self.mostPrecise(all).map { Choice(iso: $0.iso, day: group.day, origin: $0.origin) }
      }
    }
    return nil
  }

  private static func mostPrecise(_ places: [DateCandidates.Place]) -> DateCandidates.Place? {
    var best: DateCandidates.Place?
    for place in places where best.map({ place.precision > $0.precision }) ?? true { best = place }
    return best
  }
}
