/// All labels of a page, in the order they were given. Labels are added, never taken back.
public struct Ledger: Sendable {
  /// Every label, oldest first.
  public private(set) var labels: [Label] = []
  /// Index into `labels` of the label that leads each block, -1 where none does.
  private var leading: [Int32]
  private var stage: StageID
  /// How far the stage is trusted; `nil` for fully, which nearly every stage is.
  private var options: StageOptions?
  /// Roles that have led some block: asking for another need not search.
  private var everLed: RoleSet = []

  /// An empty ledger for a document of so many blocks.
  public init(blockCount: Int) {
    leading = Array(repeating: -1, count: blockCount)
    stage = "none"
    labels.reserveCapacity(blockCount * 2)
  }

  /// Names the stage in whose name the next labels are given.
  package mutating func begin(_ stage: StageID, _ options: StageOptions? = nil) {
    self.stage = stage
    self.options = options
  }

  /// Labels a whole block.
  public mutating func add(
    _ role: Role, to block: Int, _ confidence: Confidence, because reason: Reason,
    evidence: Evidence = .none
  ) {
    guard leading.indices.contains(block), options?.allows(role) ?? true else { return }
    let confidence = min(confidence, options?.atMost ?? .certain)
    put(
      Label(
        block: block, role: role, confidence: confidence, reason: reason, evidence: evidence, stage: stage))
  }

  /// Labels a part of a block, in bytes of ``Block/utf8``.
  public mutating func add(
    _ role: Role, to block: Int, extent: Range<Int>, _ confidence: Confidence, because reason: Reason,
    evidence: Evidence = .none
  ) {
    guard leading.indices.contains(block), options?.allows(role) ?? true else { return }
    labels.append(
      Label(
        block: block, extent: extent, role: role,
        confidence: min(confidence, options?.atMost ?? .certain), reason: reason,
        evidence: evidence, stage: stage))
  }

  /// The label that leads a block so far.
  public func leadingLabel(of block: Int) -> Label? {
    guard leading.indices.contains(block) else { return nil }
    let index = leading[block]
    return index < 0 ? nil : labels[Int(index)]
  }

  /// The role that leads a block so far.
  public func role(of block: Int) -> Role? { lead(of: block)?.role }

  /// The role that leads a block so far, and how surely.
  package func lead(of block: Int) -> (role: Role, confidence: Confidence)? {
    guard leading.indices.contains(block) else { return nil }
    let index = Int(leading[block])
    // Not by way of the label: a copy of one counts references to its strings.
    return index < 0 ? nil : (labels[index].role, labels[index].confidence)
  }

  /// Whether a block is so far led by one of these roles.
  public func isLed(_ block: Int, by roles: RoleSet) -> Bool {
    guard let role = role(of: block) else { return false }
    return roles.contains(role)
  }

  /// The first block led by a role.
  public func first(_ role: Role) -> Int? {
    guard everLed.contains(role) else { return nil }
    return leading.indices.first { leading[$0] >= 0 && labels[Int(leading[$0])].role == role }
  }

  /// This ledger, but the blocks that these stages labelled have the labels that another ledger gives them.
  ///
  /// - parameter other: the same page's labels, given without these stages.
  func without(_ stages: Set<StageID>, as other: Ledger) -> Ledger {
    var isTheirs = [Bool](repeating: false, count: leading.count)
    for label in labels where stages.contains(label.stage) { isTheirs[label.block] = true }
    var result = Ledger(blockCount: leading.count)
    for label in labels where !isTheirs[label.block] { result.put(label) }
    for label in other.labels where isTheirs[label.block] { result.put(label) }
    return result
  }

  private mutating func put(_ label: Label) {
    labels.append(label)
    guard label.extent == nil else { return }
    let current = leading[label.block]
    // Highest confidence leads; between equals the later stage does.
    if current < 0 || labels[Int(current)].confidence <= label.confidence {
      leading[label.block] = Int32(labels.count - 1)
      everLed.insert(label.role)
    }
  }
}
