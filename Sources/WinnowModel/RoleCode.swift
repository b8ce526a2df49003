import WinnowCore

/// What the rules said of a block, as a number that models take.
enum RoleCode {
  /// 0 nothing, 1…3 boilerplate by confidence, 4 a field, 5 the body or what stands beside it.
  @inline(__always)
  static func of(_ label: (role: Role, confidence: Confidence)?) -> Float {
    guard let label else { return 0 }
    if label.role.isBoilerplate {
      return label.confidence == .hint ? 1 : label.confidence == .likely ? 2 : 3
    }
    return RoleSet.fields.contains(label.role) ? 4 : 5
  }
}
