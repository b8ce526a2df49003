import Testing
import TipLines
import Winnow
import WinnowCore

@Suite struct TipLineStageTests {
  /// A stage's examples are its documentation and its tests.
  @Test func examplesGiveTheirProofs() throws {
    let winnow = try Winnow(.withTipLines())
    for example in TipLineStage.examples {
      let reading = try winnow.read(Page(id: "1", form: example.form, bytes: Array(example.page.utf8)))
      let lines = Explanation.proof(of: reading).split(separator: "\n")
      let wanted = example.proof.split(separator: "\n")
      #expect(lines.count == wanted.count)
      for (line, want) in zip(lines, wanted) {
        #expect(line.split(separator: " ").prefix(2) == want.split(separator: " ").prefix(2))
      }
    }
  }

  @Test func storiesThatQuoteOneStay() throws {
    let text = """
      “Got a tip?” was the sign on the door

      For thirty years the sign on the door asked "Got a tip?", and people who had one wrote to tips@paper.example or
      came in person, mostly on Fridays, when the editor kept a bottle of plum brandy in the drawer for them.
      """
    let reading = try Winnow(.withTipLines()).read(Page(id: "1", form: .flatText, bytes: Array(text.utf8)))
    #expect(!reading.ledger.labels.contains { $0.stage == TipLineStage.id })
  }

  @Test func itsOptionsWorkLikeThoseOfAnyStage() throws {
    var configuration = try WinnowConfiguration.withTipLines()
    configuration.options[TipLineStage.id] = StageOptions(isOn: false)
    let example = TipLineStage.examples[0]
    let reading = try Winnow(configuration).read(
      Page(id: "1", form: example.form, bytes: Array(example.page.utf8)))
    #expect(!reading.ledger.labels.contains { $0.stage == TipLineStage.id })
  }
}
