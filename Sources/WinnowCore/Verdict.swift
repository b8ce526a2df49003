/// What becomes of a block.
public enum Disposition: String, Sendable, Codable, CaseIterable {
  /// Stands in the body.
  case body
  /// Fills a field of the record.
  case field
  /// Kept beside the body: captions, disclaimers, corrections.
  case aside
  /// Left out of the record, counted under `dropped`.
  case drop

  /// The sign of a proof line.
  public var sigil: Character {
    switch self {
    case .body: "+"
    case .field: "="
    case .aside: "~"
    case .drop: "-"
    }
  }
}

/// The one place that says what is kept: a role's disposition.
public struct RetentionPolicy: Sendable, Equatable {
  private var overrides: [Role: Disposition] = [:]

  /// The policy of an article: body roles to the body, fields to fields, captions, disclaimers and
  /// corrections beside, the rest out.
  public static let article = RetentionPolicy()

  /// The policy of an article.
  public init() {}

  /// What becomes of a block of a role.
  public subscript(role: Role) -> Disposition {
    get { (overrides.isEmpty ? nil : overrides[role]) ?? RetentionPolicy.usual(role) }
    // What says the same is the same policy.
    set { overrides[role] = newValue == RetentionPolicy.usual(role) ? nil : newValue }
  }

  private static func usual(_ role: Role) -> Disposition {
    if RoleSet.body.contains(role) { return .body }
    if RoleSet.fields.contains(role) { return .field }
    return RoleSet.asides.contains(role) ? .aside : .drop
  }
}

/// The decision about one block, with what speaks for and against it.
public struct Verdict: Sendable {
  /// The block's index in the document.
  public let block: Int
  /// What the block is.
  public let role: Role
  /// What becomes of it.
  public let disposition: Disposition
  /// The label that decided; `nil` when no stage said anything, which drops the block as furniture.
  public let deciding: Label?
  /// Whole-block labels that say otherwise.
  public let dissenting: [Label]
}

/// Reads the ledger: one verdict a block.
///
/// Highest confidence leads; between equals the later stage does; a block that nobody named is
/// furniture. Labels with an extent never lead.
public enum Adjudication {
  /// The verdicts of a document, in block order.
  public static func verdicts(
    of document: Document, ledger: Ledger, policy: RetentionPolicy = .article
  ) -> [Verdict] {
    // Few labels disagree.
    var dissent = [[Label]](repeating: [], count: document.count)
    // By index: a copy of a label counts references to its strings, and most labels agree.
    for index in ledger.labels.indices where ledger.labels[index].extent == nil {
      let block = ledger.labels[index].block
      if let lead = ledger.role(of: block), lead != ledger.labels[index].role {
        dissent[block].append(ledger.labels[index])
      }
    }
    return document.indices.map { block in
      let lead = ledger.leadingLabel(of: block)
      let role = lead?.role ?? .furniture
      return Verdict(
        block: block, role: role, disposition: policy[role], deciding: lead,
        dissenting: dissent[block].isEmpty ? [] : dissent[block])
    }
  }
}
