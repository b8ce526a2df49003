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

  /// All stages in order, also those that are off.
  private let everything: [any Stage]
  /// Stages that options switched off.
  private var off: Set<StageID> = []
  /// The stages that are on, in order.
  public var stages: [any Stage] { everything.filter { !off.contains($0.id) } }
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
    everything = stages
  }

  /// A pipeline whose order is known to be right: a part of a checked one.
  private init(unchecked stages: [any Stage]) { everything = stages }

  /// This pipeline with one more stage.
  public func inserting(_ stage: any Stage, _ position: Position) throws(PipelineError) -> Pipeline {
    var result = everything
    switch position {
    case .first: result.insert(stage, at: 0)
    case .last: result.append(stage)
    case .before(let id): result.insert(stage, at: try index(of: id))
    case .after(let id): result.insert(stage, at: try index(of: id) + 1)
    }
    return try Pipeline(result, allowingUnmetReads: true).keeping(self)
  }

  /// This pipeline without a stage.
  public func removing(_ id: StageID) throws(PipelineError) -> Pipeline {
    var result = everything
    result.remove(at: try index(of: id))
    return Pipeline(unchecked: result).keeping(self)
  }

  /// This pipeline with another stage in a stage's place.
  public func replacing(_ id: StageID, with stage: any Stage) throws(PipelineError) -> Pipeline {
    var result = everything
    result[try index(of: id)] = stage
    return try Pipeline(result, allowingUnmetReads: true).keeping(self)
  }

  /// This pipeline with options for its stages.
  ///
  /// A stage that is off changes only the blocks that it would have labelled: these become what the other
  /// stages alone make of them. The rest of the page stays as it was, though stages behind read labels.
  ///
  /// - throws: ``PipelineError/unknownStage(_:nearest:)`` when options are for a stage that is not there.
  public func applying(_ options: [StageID: StageOptions]) throws(PipelineError) -> Pipeline {
    for id in options.keys.sorted(by: { $0.name < $1.name }) { _ = try index(of: id) }
    var result = self
    result.off = Set(options.filter { !$0.value.isOn }.keys)
    result.options = options.filter { $0.value.isOn }
    return result
  }

  /// This pipeline with a stage behind all others, which reads no labels. Whatever it writes, nobody before it
  /// can have been meant to read, so the order of the others is as right as it was.
  package func appending(_ stage: any Stage) throws(PipelineError) -> Pipeline {
    guard !everything.contains(where: { $0.id == stage.id }) else { throw .duplicateStage(stage.id) }
    return Pipeline(unchecked: everything + [stage]).keeping(self)
  }

  private func keeping(_ other: Pipeline) -> Pipeline {
    var result = self
    result.options = other.options
    result.off = other.off.filter { id in everything.contains { $0.id == id } }
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
    guard let ledger = run(everything, document, isOver) else { return nil }
    guard !off.isEmpty, ledger.labels.contains(where: { off.contains($0.stage) }) else { return ledger }
    return run(stages, document, isOver).map { ledger.without(off, as: $0) }
  }

  private func run(_ stages: [any Stage], _ document: Document, _ isOver: () -> Bool) -> Ledger? {
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
    guard let index = everything.firstIndex(where: { $0.id == id }) else {
      let nearest = nearestName(to: id.name, in: everything.map(\.id.name)).map { StageID($0) }
      throw .unknownStage(id, nearest: nearest)
    }
    return index
  }
}
