/// Kinds of evidence that a document may or may not hold. What a source lacks is absent, not zero.
public struct SignalSet: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: UInt8
  /// A set by its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Links are known, so a link density means something.
  public static let links = SignalSet(rawValue: 1)
  /// Elements and class names are known.
  public static let markup = SignalSet(rawValue: 2)
  /// Bullets are known.
  public static let bullets = SignalSet(rawValue: 4)
  /// Indents and blank lines are known.
  public static let indentation = SignalSet(rawValue: 8)
}

/// What a stage needs, reads and writes; the pipeline holds it to that.
public struct StageContract: Sendable {
  /// Without these signals the stage is skipped, and the reading says so.
  public let needs: SignalSet
  /// Roles whose labels the stage looks at: some stage before it must write each.
  public let reads: RoleSet
  /// Roles that the stage gives.
  public let writes: RoleSet

  /// A contract.
  public init(needs: SignalSet = [], reads: RoleSet = [], writes: RoleSet) {
    self.needs = needs
    self.reads = reads
    self.writes = writes
  }
}

/// A page in small with the proof that should come out: documentation and test in one.
public struct StageExample: Sendable {
  /// What the example shows.
  public let name: String
  /// HTML or flat text.
  public let form: Page.Form
  /// The page.
  public let page: String
  /// One line a block: sigil, role, text; `…` at a line's end stands for any rest.
  public let proof: String

  /// An example in flat text.
  public static func text(_ name: String, _ page: String, proof: String) -> StageExample {
    StageExample(name: name, form: .flatText, page: page, proof: proof)
  }

  /// An example in HTML.
  public static func html(_ name: String, _ page: String, proof: String) -> StageExample {
    StageExample(name: name, form: .html, page: page, proof: proof)
  }
}

/// Looks at a document and labels blocks. It cannot delete, edit or fail.
public protocol Stage: Sendable {
  /// Named for what it finds.
  static var id: StageID { get }
  /// What it needs, reads and writes.
  static var contract: StageContract { get }
  /// What it labels and where its runs stop, in a sentence or two.
  static var summary: String { get }
  /// What good text it could drop, and what guards it.
  static var risk: String { get }
  /// Pages in small; each is a test.
  static var examples: [StageExample] { get }

  /// Adds labels to the ledger.
  func label(_ document: Document, in ledger: inout Ledger)
}

extension Stage {
  /// The id of the stage's type.
  public var id: StageID { Self.id }
  /// The contract of the stage's type.
  public var contract: StageContract { Self.contract }
}

/// A finding about one block, without the block.
public struct Claim: Sendable {
  /// What the block is.
  public let role: Role
  /// How sure.
  public let confidence: Confidence
  /// Why.
  public let reason: Reason
  /// What it rests on.
  public let evidence: Evidence

  /// A claim.
  public init(_ role: Role, _ confidence: Confidence, _ reason: Reason, evidence: Evidence = .none) {
    self.role = role
    self.confidence = confidence
    self.reason = reason
    self.evidence = evidence
  }
}

/// A stage that needs no more than one block at a time.
public protocol BlockRule: Stage {
  /// What the rule says of a block, if anything.
  func claim(_ block: Block, in document: Document) -> Claim?
}

extension BlockRule {
  /// Asks the rule about every block.
  public func label(_ document: Document, in ledger: inout Ledger) {
    for index in document.indices {
      guard let claim = claim(document[index], in: document) else { continue }
      ledger.add(
        claim.role, to: index, claim.confidence, because: claim.reason, evidence: claim.evidence)
    }
  }
}
