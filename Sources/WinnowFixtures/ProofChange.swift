import Winnow
import WinnowCore

/// One line of a proof: what became of a block.
public struct ProofLine: Sendable, Equatable, CustomStringConvertible {
  /// `=`, `+`, `~` or `-`.
  public let sigil: Character
  /// The role's name, as the file has it.
  public let role: String
  /// The block's text, line breaks as `⏎`.
  public let text: String

  /// Takes a line apart; `nil` when it is no proof line.
  public init?(_ line: some StringProtocol) {
    guard let sigil = line.first, "=+~-".contains(sigil) else { return nil }
    let rest = line.dropFirst().drop { $0 == " " }
    let role = rest.prefix { $0 != " " }
    guard !role.isEmpty else { return nil }
    self.sigil = sigil
    self.role = String(role)
    text = String(rest.dropFirst(role.count).drop { $0 == " " })
  }

  /// Sign and role: `+ paragraph`.
  public var description: String { "\(sigil) \(role)" }
}

/// A line that two proofs of a page do not share.
public struct ProofChange: Sendable, Equatable {
  /// The block's index in what came out; `nil` for a line that is gone.
  public let block: Int?
  /// The line in the approved proof, from 1; `nil` for a line that is new.
  public let line: Int?
  /// What was approved; `nil` for a line that is new.
  public let from: ProofLine?
  /// What came out; `nil` for a line that is gone.
  public let to: ProofLine?
  /// Why it came out so.
  public let reason: String?

  /// The change in words: "block 57 went from + paragraph to - related-links, because …".
  public var summary: String {
    let because = reason.map { ", because \($0)" } ?? ""
    switch (from, to) {
    case (let from?, let to?): return "block \(block ?? 0) went from \(from) to \(to)\(because)"
    case (nil, let to?): return "block \(block ?? 0) is new: \(to)\(because)"
    case (let from?, nil): return "line \(line ?? 0) is gone: \(from)"
    case (nil, nil): return "nothing changed"
    }
  }

  /// The text of the line.
  public var text: String { to?.text ?? from?.text ?? "" }

  /// The changes from an approved proof to a reading, in page order.
  ///
  /// Lines are matched by their texts, so a block that only changed its role is one change and not two.
  static func changes(from proof: String, to reading: Reading?) -> [ProofChange] {
    let lines = proof.split(separator: "\n", omittingEmptySubsequences: true)
    let old = lines.map { ProofLine($0) }
    let new =
      reading.map { reading in
        Explanation.proof(of: reading).split(separator: "\n").map { ProofLine($0) }
      } ?? []
    // A line that is no proof line matches nothing, and so shows up.
    let oldTexts = old.enumerated().map { $1?.text ?? "\u{0}\($0)" }
    let newTexts = new.map { $0?.text ?? "" }
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in newTexts.difference(from: oldTexts) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var changes: [ProofChange] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, removed.contains(i) {
        changes.append(
          ProofChange(
            block: nil, line: i + 1, from: old[i] ?? ProofLine("- unreadable \(lines[i])"), to: nil,
            reason: nil))
        i += 1
      } else if j < new.count, inserted.contains(j) {
        changes.append(ProofChange(block: j, line: nil, from: nil, to: new[j], reason: reason(j, reading)))
        j += 1
      } else if i < old.count, j < new.count {
        if let from = old[i], let to = new[j], from.sigil != to.sigil || from.role != to.role {
          changes.append(
            ProofChange(block: j, line: i + 1, from: from, to: to, reason: reason(j, reading)))
        }
        i += 1
        j += 1
      } else {
        break
      }
    }
    return changes
  }

  private static func reason(_ block: Int, _ reading: Reading?) -> String? {
    guard let reading, reading.verdicts.indices.contains(block) else { return nil }
    return Explanation.reason(reading.verdicts[block], in: reading)
  }
}
