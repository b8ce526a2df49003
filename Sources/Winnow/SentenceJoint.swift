import WinnowCore
import WinnowStages

/// Joins the lines of flat text that make up one sentence, where a converter set every link and every bold word on a
/// line of its own.
struct SentenceJoint {
  private let document: Document

  init(document: Document) { self.document = document }

  /// Whether a kept line goes on with the kept line above, without a blank line between: from the midst of a sentence
  /// with a small letter or a sign, or a few words between two such lines.
  func joins(_ index: Int, to text: String, _ verdicts: [Verdict]) -> Bool {
    guard document.form == .flatText, index > 0, isPart(index, verdicts), isPart(index - 1, verdicts),
      document[index].measures.blankLinesBefore == 0
    else { return false }
    guard SentenceSeam.isOpen(document[index - 1]) else { return goesOnBehindInitials(index) }
    let block = document[index]
    let words = text.utf8.count { $0 == 0x20 } + 1 + Int(block.words)
    if SentenceSeam.goesOn(block) { return words >= Self.fewestWords }
    let next = index + 1
    return SentenceSeam.isFragment(block) && next < verdicts.count && isPart(next, verdicts)
      && document[next].measures.blankLinesBefore == 0 && SentenceSeam.goesOn(document[next])
      && words + Int(document[next].words) >= Self.fewestWords
  }

  /// Whether a line goes on in small letters behind one that ends in a capital, "The police told the BBC" or "recalled:
  /// “I": of 191 such pairs 121 were one sentence. Code has such lines too, but with other signs.
  private func goesOnBehindInitials(_ index: Int) -> Bool {
    let above = document[index - 1]
    guard above.words >= Self.fewestWords, document[index].words >= 2, SentenceSeam.goesOn(document[index]),
      above.kind == .paragraph, document[index].kind == .paragraph,
      let last = above.text.unicodeScalars.last, last.properties.isUppercase
    else { return false }
    return document[index].utf8.prefix { $0 != 0x20 }.allSatisfy { $0.isASCIILetter || $0 >= 0x80 }
  }

  /// Fewer words may be two items of a list.
  private static let fewestWords = 8

  private func isPart(_ index: Int, _ verdicts: [Verdict]) -> Bool {
    verdicts[index].disposition == .body
      && (verdicts[index].role == .paragraph || verdicts[index].role == .subheading)
  }

  /// Nothing before a sign that closes and behind one that opens, else a space between.
  static func joined(_ text: String, _ next: String) -> String {
    let closes =
      next.unicodeScalars.first.map { ",.;:)\u{201D}\u{2019}!?]".unicodeScalars.contains($0) } ?? false
    let opens = text.unicodeScalars.last.map { "([\u{201E}".unicodeScalars.contains($0) } ?? false
    return text + (closes || opens ? "" : " ") + next
  }
}
