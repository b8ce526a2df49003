/// How sure a label is. Phrases never reach ``certain``.
public enum Confidence: UInt8, Sendable, Codable, Comparable, CaseIterable {
  /// Worth knowing, but leads only where nothing else speaks.
  case hint
  /// More likely than not.
  case likely
  /// Several signals agree.
  case strong
  /// A fact that the page declares about itself.
  case certain

  /// Weaker first.
  public static func < (a: Confidence, b: Confidence) -> Bool { a.rawValue < b.rawValue }
}

/// Why a stage labelled a block: `family.cause`, declared beside the stage that gives it.
public struct Reason: Sendable, Hashable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
  private let name: SharedName

  /// `family.cause`, stable: it is part of the interface.
  public var id: String { name.string }

  /// A reason by its id.
  public init(stringLiteral id: String) { name = SharedName(id) }

  /// The id.
  public var description: String { id }

  private enum CodingKeys: CodingKey { case id }

  /// Reads a reason as ``encode(to:)`` writes it.
  public init(from decoder: any Decoder) throws {
    self.init(stringLiteral: try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .id))
  }

  /// Writes an object with the id.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
  }
}

/// Names a stage for what it finds: `related-links`.
public struct StageID: Sendable, Hashable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
  private let shared: SharedName

  /// The name, lower case with hyphens.
  public var name: String { shared.string }

  /// A stage id by name.
  public init(stringLiteral name: String) { self.init(name) }

  /// A stage id by name.
  public init(_ name: String) { shared = SharedName(name) }

  /// The name.
  public var description: String { name }

  private enum CodingKeys: CodingKey { case name }

  /// Reads an id as ``encode(to:)`` writes it.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .name))
  }

  /// Writes an object with the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
  }
}

/// What a label rests on.
public enum Evidence: Sendable, Hashable {
  /// The reason says it all.
  case none
  /// Another block: the opener of a run, the first copy of a text.
  case block(Int)
  /// A part of the block's own text, in bytes of ``Block/utf8``.
  case text(Range<Int>)
  /// A number that a rule or model compared: 0…1, higher means more like the body.
  case score(Float)

  /// The number, if it rests on one.
  package var score: Float? {
    if case .score(let value) = self { value } else { nil }
  }
}

/// A finding of one stage about one block.
public struct Label: Sendable, Hashable {
  /// The block's index in the document.
  public let block: Int
  /// The part of the block meant, in bytes of ``Block/utf8``; `nil` for all of it. A label with an
  /// extent never decides what becomes of the block: assembly cuts the extent out.
  public let extent: Range<Int>?
  /// What the block is.
  public let role: Role
  /// How sure the stage is.
  public let confidence: Confidence
  /// Why.
  public let reason: Reason
  /// What it rests on.
  public let evidence: Evidence
  /// Who says so.
  public let stage: StageID

  /// A finding.
  public init(
    block: Int, extent: Range<Int>? = nil, role: Role, confidence: Confidence, reason: Reason,
    evidence: Evidence = .none, stage: StageID
  ) {
    self.block = block
    self.extent = extent
    self.role = role
    self.confidence = confidence
    self.reason = reason
    self.evidence = evidence
    self.stage = stage
  }
}
