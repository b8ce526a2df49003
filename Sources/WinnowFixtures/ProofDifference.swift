/// Lines that two proofs do not share.
public struct ProofDifference: Sendable, Equatable {
  /// Lines of the approved proof with `<`, lines that came out with `>`, in page order.
  public let text: String

  /// The difference; `nil` when there is none or nothing was approved yet.
  init?(expected: String?, actual: String) {
    guard let expected, expected != actual else { return nil }
    let old = expected.split(separator: "\n")
    let new = actual.split(separator: "\n")
    var lines: [String] = []
    for change in new.difference(from: old).inferringMoves() {
      switch change {
      case .remove(let offset, let line, _): lines.append("  < \(offset + 1): \(line)")
      case .insert(let offset, let line, _): lines.append("  > \(offset + 1): \(line)")
      }
    }
    text = lines.isEmpty ? "  (only blank lines differ)" : lines.joined(separator: "\n")
  }
}
