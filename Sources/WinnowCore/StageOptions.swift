/// How far a stage is trusted: the options that every stage has, built in or your own.
///
/// They take effect where labels are given, so that no stage needs to know of them.
public struct StageOptions: Sendable, Hashable {
  /// Whether the stage counts. The blocks of one that is off become what the other stages make of them;
  /// no other block changes.
  public var isOn: Bool
  /// No label of the stage is surer than this; what it was surer of, other stages may now overrule.
  public var atMost: Confidence
  /// Roles that the stage may give; `nil` for all that it writes.
  public var only: RoleSet?
  /// Roles that the stage may not give.
  public var except: RoleSet

  /// Options; the defaults change nothing.
  public init(
    isOn: Bool = true, atMost: Confidence = .certain, only: RoleSet? = nil, except: RoleSet = []
  ) {
    self.isOn = isOn
    self.atMost = atMost
    self.only = only
    self.except = except
  }

  /// Whether a label of this role may be given.
  func allows(_ role: Role) -> Bool {
    !except.contains(role) && (only?.contains(role) ?? true)
  }
}
