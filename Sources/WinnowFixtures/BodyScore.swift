import WinnowText

/// How much of an expected body came out, word by word.
///
/// Words are compared without case, accents and numbers' values, each as often as it occurs.
public struct BodyScore: Sendable, Equatable {
  /// Words that were expected.
  public let expected: Int
  /// Words that came out.
  public let actual: Int
  /// Words that are in both.
  public let common: Int

  /// Compares two bodies.
  public init(expected: String, actual: String) {
    let one = WordHashes.of(expected)
    let two = WordHashes.of(actual)
    var counts: [UInt64: Int] = [:]
    for word in one { counts[word, default: 0] += 1 }
    var common = 0
    for word in two {
      guard let left = counts[word], left > 0 else { continue }
      counts[word] = left - 1
      common += 1
    }
    self.expected = one.count
    self.actual = two.count
    self.common = common
  }

  /// Share of what came out that was expected, 0…1.
  public var precision: Double { actual == 0 ? (expected == 0 ? 1 : 0) : Double(common) / Double(actual) }
  /// Share of what was expected that came out, 0…1.
  public var recall: Double { expected == 0 ? 1 : Double(common) / Double(expected) }
  /// Harmonic mean of both, 0…1.
  public var f1: Double {
    expected + actual == 0 ? 1 : 2 * Double(common) / Double(expected + actual)
  }
  /// Words that were expected and did not come.
  public var lost: Int { expected - common }
}
