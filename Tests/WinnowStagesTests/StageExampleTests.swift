import Testing
import Winnow
import WinnowCore
import WinnowStages

/// Every stage's examples, run through the whole pipeline and held against their proofs.
@Suite struct StageExampleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let stage: StageID
    let example: StageExample
    var testDescription: String { "\(stage): \(example.name)" }
  }

  static let cases: [Case] = BuiltInStages.all.flatMap { stage in
    type(of: stage).examples.map { Case(stage: stage.id, example: $0) }
  }

  @Test(arguments: cases) func exampleGivesItsProof(_ test: Case) throws {
    let bytes = Array(test.example.page.utf8)
    let reading = try Winnow().read(Page(id: "example", form: test.example.form, bytes: bytes))
    let actual = Explanation.proof(of: reading).split(separator: "\n").map(Self.parts)
    let expected = test.example.proof.split(separator: "\n").map(Self.parts)
    let shown = Explanation.explained(reading)
    #expect(actual.count == expected.count, "\(shown)")
    for (line, wanted) in zip(actual, expected) {
      #expect(line.head == wanted.head, "\(wanted.text)\n\(shown)")
      if wanted.text.hasSuffix("…") {
        #expect(line.text.hasPrefix(wanted.text.dropLast()), "\(shown)")
      } else {
        #expect(line.text == wanted.text, "\(shown)")
      }
    }
  }

  @Test func everyStageHasExampleSummaryAndRisk() {
    for stage in BuiltInStages.all {
      let type = type(of: stage)
      #expect(!type.examples.isEmpty, "\(stage.id)")
      #expect(type.summary.count > 20 && type.risk.count > 20, "\(stage.id)")
    }
  }

  /// Sigil and role, and the text, of a proof line, however it is padded.
  private static func parts(_ line: Substring) -> (head: String, text: String) {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count == 3 else { return (String(line), "") }
    return ("\(words[0]) \(words[1])", words[2].trimmingPrefix(while: { $0 == " " }).description)
  }
}
