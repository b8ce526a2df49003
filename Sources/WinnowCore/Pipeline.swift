/// Why stages do not make a pipeline.
public enum PipelineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Two stages have one id.
  case duplicateStage(StageID)
  /// A stage reads a role that no stage before it writes.
  case unmetRead(stage: StageID, role: Role, writer: StageID?)
  /// No stage has this id.
  case unknownStage(StageID, nearest: StageID?)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .duplicateStage(let id):
      "two stages are named '\(id)'; give each its own id, or replace the first"
    case .unmetRead(let stage, let role, let writer?):
      "stage '\(stage)' reads '\(role.name)', which '\(writer)' writes after it; move '\(writer)' before"
    case .unmetRead(let stage, let role, nil):
      "stage '\(stage)' reads '\(role.name)', which no stage writes; add one that does before it"
    case .unknownStage(let id, let nearest?):
      "there is no stage '\(id)'; did you mean '\(nearest)'?"
    case .unknownStage(let id, nil):
      "there is no stage '\(id)'; `winnow stages` lists them"
    }
  }
}

/// Stages in their order.
public struct Pipeline: Sendable {
  /// Where a stage goes.
  public enum Position: Sendable {
    /// Before every other.
    case first
    /// After every other.
    case last
    /// Just before a stage.
    case before(StageID)
    /// Just after a stage.
    case after(StageID)
  }

  /// The stages, in order.
  public let stages: [any Stage]
  /// How far stages are trusted, by id; those that are not named fully.
  public private(set) var options: [StageID: StageOptions] = [:]

  /// A pipeline of these stages.
  ///
  /// - throws: ``PipelineError`` when two share an id, or one reads a role before it is written.
  public init(_ stages: [any Stage]) throws(PipelineError) {
    try self.init(stages, allowingUnmetReads: false)
  }

  /// Once a stage was removed, readers of its roles may find no writer, which is what the person who
  /// removed it wants. Only a wrong *order* is still an error then.
  private init(_ stages: [any Stage], allowingUnmetReads: Bool) throws(PipelineError) {
    var seen: Set<StageID> = []
    var written: RoleSet = []
    for stage in stages {
      guard seen.insert(stage.id).inserted else { throw .duplicateStage(stage.id) }
      let unmet = stage.contract.reads.filter {
        !written.contains($0) && !stage.contract.writes.contains($0)
      }
      for role in unmet {
        let writer = stages.first { $0.contract.writes.contains(role) }?.id
        if writer == nil, allowingUnmetReads { continue }
        throw .unmetRead(stage: stage.id, role: role, writer: writer)
      }
      written = written.union(stage.contract.writes)
    }
    self.stages = stages
  }

  /// A pipeline whose order is known to be right: a part of a checked one.
  private init(unchecked stages: [any Stage]) { self.stages = stages }

  /// This pipeline with one more stage.
  public func inserting(_ stage: any Stage, _ position: Position) throws(PipelineError) -> Pipeline {
    var result = stages
    switch position {
    case .first: result.insert(stage, at: 0)
    case .last: result.append(stage)
    case .before(let id): result.insert(stage, at: try index(of: id))
    case .after(let id): result.insert(stage, at: try index(of: id) + 1)
    }
    return try Pipeline(result, allowingUnmetReads: true).keeping(options)
  }

  /// This pipeline without a stage.
  public func removing(_ id: StageID) throws(PipelineError) -> Pipeline {
    var result = stages
    result.remove(at: try index(of: id))
    return Pipeline(unchecked: result).keeping(options)
  }

  /// This pipeline with another stage in a stage's place.
  public func replacing(_ id: StageID, with stage: any Stage) throws(PipelineError) -> Pipeline {
    var result = stages
    result[try index(of: id)] = stage
    return try Pipeline(result, allowingUnmetReads: true).keeping(options)
  }

  /// This pipeline with options for its stages; those that are not on are left out.
  ///
  /// - throws: ``PipelineError/unknownStage(_:nearest:)`` when options are for a stage that is not there.
  public func applying(_ options: [StageID: StageOptions]) throws(PipelineError) -> Pipeline {
    for id in options.keys.sorted(by: { $0.name < $1.name }) { _ = try index(of: id) }
    var result = Pipeline(unchecked: stages.filter { options[$0.id]?.isOn ?? true })
    result.options = options.filter { $0.value.isOn }
    return result
  }

  /// This pipeline with a stage behind all others, which reads no labels. Whatever it writes, nobody before it
  /// can have been meant to read, so the order of the others is as right as it was.
  package func appending(_ stage: any Stage) throws(PipelineError) -> Pipeline {
    guard !stages.contains(where: { $0.id == stage.id }) else { throw .duplicateStage(stage.id) }
    return Pipeline(unchecked: stages + [stage]).keeping(options)
  }

  private func keeping(_ options: [StageID: StageOptions]) -> Pipeline {
    var result = self
    result.options = options
    return result
  }

  /// Runs every stage whose needs the document meets.
  public func label(_ document: Document) -> Ledger {
    label(document, unless: { false }) ?? Ledger(blockCount: document.count)
  }

  /// Runs every stage whose needs the document meets; `isOver` is asked before each and at the end.
  ///
  /// - returns: `nil` when it said yes: labels of some stages alone would mislead.
  public func label(_ document: Document, unless isOver: () -> Bool) -> Ledger? {
    var ledger = Ledger(blockCount: document.count)
    for stage in stages where stage.contract.needs.isSubset(of: document.signals) {
      if isOver() { return nil }
      ledger.begin(stage.id, options[stage.id])
      stage.label(document, in: &ledger)
    }
    return isOver() ? nil : ledger
  }

  /// The stages that a document lacks the signals for.
  public func skipped(by document: Document) -> [StageID] {
    stages.filter { !$0.contract.needs.isSubset(of: document.signals) }.map(\.id)
  }

  private func index(of id: StageID) throws(PipelineError) -> Int {
    guard let index = stages.firstIndex(where: { $0.id == id }) else {
      let nearest = nearestName(to: id.name, in: stages.map(\.id.name)).map { StageID($0) }
      throw .unknownStage(id, nearest: nearest)
    }
    return index
  }
}

/// The name with the smallest edit distance, if it is near enough to be a slip.
public func nearestName(to name: String, in names: [String]) -> String? {
  let a = Array(name.utf8)
  var best: (distance: Int, name: String)?
  for candidate in names {
    let b = Array(candidate.utf8)
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
        diagonal = above
      }
    }
    if row[b.count] < best?.distance ?? Int.max { best = (row[b.count], candidate) }
  }
  guard let best, best.distance <= max(2, name.utf8.count / 3) else { return nil }
  return best.name
}
