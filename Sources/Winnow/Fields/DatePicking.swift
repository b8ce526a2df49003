import WinnowCore

/// Chooses the dates of publication and of the last change.
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

  private struct Reading {
    let iso: String
    let day: String
    let origin: String
    let tier: Tier

    /// How much the reading says: a day, midnight (mostly a day in disguise), a time, a time with its zone.
    var precision: Int {
      guard let mark = iso.utf8.firstIndex(of: UInt8(ascii: "T")) else { return 0 }
      let time = iso.utf8[iso.utf8.index(after: mark)...]
      let zone = time.firstIndex { "Zz+-".utf8.contains($0) }
      let clock = time[..<(zone ?? time.endIndex)]
      if clock.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }) {
        return 1
      }
      return zone == nil ? 2 : 3
    }
  }

  private enum Tier: Int, Comparable {
    case published, timePublished, url, date, near, far, modified
    static func < (left: Tier, right: Tier) -> Bool { left.rawValue < right.rawValue }
  }

  private let headlineBlock: Int?
  private let inURL: FieldPicking.ParsedDate?

  /// What is known of the page.
  init(headlineBlock: Int?, inURL: FieldPicking.ParsedDate?) {
    self.headlineBlock = headlineBlock
    self.inURL = inURL
  }

  private static let maximumCandidates = 100
  /// Where, in blocks around the headline, a time is the article's own.
  private static let nearby = -8...20

  /// The date of publication; a date of change only if there is no other.
  func published(
    _ candidates: [FieldCandidate], modified: [FieldCandidate],
    parse: (String) -> FieldPicking.ParsedDate?
  ) -> Choice? {
    var readings = readings(candidates, parse) { tier($0) }
    if let inURL {
      readings.append(Reading(iso: inURL.iso, day: inURL.day, origin: "url", tier: .url))
    }
    readings = Self.sorted(readings)
    guard let first = readings.first else {
      let changed = Self.sorted(self.readings(modified, parse) { _ in .modified })
      guard let last = Self.mostPrecise(changed, day: changed.first?.day) else { return nil }
      return Choice(iso: last.iso, day: last.day, origin: "modified:\(last.origin)")
    }
    let day = first.tier == .published ? agreedDay(readings, first) : first.day
    // Times near the headline may be those of an update: they refine the day only if no stamp does.
    let stamps = readings.filter { $0.tier < .near }
    let best = Self.mostPrecise(stamps, day: day)
    if let best, best.precision >= 2 { return Choice(iso: best.iso, day: day, origin: best.origin) }
    let finer = Self.mostPrecise(readings.filter { $0.tier <= .near }, day: day)
    let chosen = finer.flatMap { $0.precision >= 2 ? $0 : nil } ?? best ?? finer ?? first
    return Choice(iso: chosen.iso, day: chosen.day, origin: chosen.origin)
  }

  /// The date of the last change, unless it lies before publication.
  func modified(
    _ candidates: [FieldCandidate], notBefore day: String?,
    parse: (String) -> FieldPicking.ParsedDate?
  ) -> Choice? {
    let readings = readings(candidates, parse) { _ in .modified }.filter { $0.day >= day ?? "" }
    return Self.mostPrecise(readings, day: readings.first?.day)
      .map { Choice(iso: $0.iso, day: $0.day, origin: $0.origin) }
  }

  // MARK: Readings

  private func readings(
    _ candidates: [FieldCandidate], _ parse: (String) -> FieldPicking.ParsedDate?,
    tier: (FieldCandidate) -> Tier
  ) -> [Reading] {
    let shown = candidates.filter(\.isText).prefix(Self.maximumCandidates)
    let rest = candidates.filter { !$0.isText }.prefix(Self.maximumCandidates)
    return (rest + shown).compactMap { candidate in
      parse(candidate.value).map {
        Reading(iso: $0.iso, day: $0.day, origin: candidate.origin.name, tier: tier(candidate))
      }
    }
  }

  private func tier(_ candidate: FieldCandidate) -> Tier {
    let name = candidate.origin.name
    if candidate.isText || name == "time" {
      guard let block = candidate.block, let headlineBlock else { return .near }
      return Self.nearby.contains(block - headlineBlock) ? .near : .far
    }
    switch name {
    case "time:pub": return .timePublished
    case "url": return .url
    case "json-ld:other", "json-ld:other:created": return .far
    case "meta:date", "meta:dc.date", "meta:dcterms.date", "meta:dc.date.created", "meta:dcterms.created",
      "meta:article:created", "meta:datecreated", "meta:displaydate", "meta:ptime", "meta:pdate":
      return .date
    default: return name.hasSuffix(":created") ? .date : .published
    }
  }

  /// By tier, metas before JSON-LD before microdata, else as listed.
  private static func sorted(_ readings: [Reading]) -> [Reading] {
    func family(_ reading: Reading) -> Int {
      reading.origin.hasPrefix("meta:") ? 0 : reading.origin.hasPrefix("json-ld") ? 1 : 2
    }
    return readings.enumerated().sorted { left, right in
      (left.element.tier.rawValue, family(left.element), left.offset)
        < (right.element.tier.rawValue, family(right.element), right.offset)
    }.map(\.element)
  }

  /// Where declared dates of publication differ, the one that address or text repeats.
  private func agreedDay(_ readings: [Reading], _ first: Reading) -> String {
    let declared = readings.filter { $0.tier == .published }.map(\.day)
    let witnesses = readings.filter { $0.tier > .published && $0.tier <= .near }.map(\.day)
    if witnesses.contains(first.day) { return first.day }
    return declared.first(where: witnesses.contains) ?? first.day
  }

  private static func mostPrecise(_ readings: [Reading], day: String?) -> Reading? {
    var best: Reading?
    for reading in readings where reading.day == day {
      if best.map({ reading.precision > $0.precision }) ?? true { best = reading }
    }
    return best
  }
}
