import Testing
import Winnow
import WinnowCore

struct SentenceJointTests {
  @Test func stringsOfOneSentenceAreOneParagraph() throws {
    let text = """
      Ferry to the islands stops in March
      The ferry to the northern islands stops on 3 March, because its engine must be replaced, the
      Harbour Office
      said on Friday. Until May a smaller boat (
      Kittiwake
      ) will sail once a day, and it takes
      no cars.
      What islanders say
      Most of the four hundred islanders heard of it on the radio, and some of them wrote to the council at once.
      "We have no doctor and no bakery, and now we have no ferry," said the teacher of the school at Lund.
      """
    let record = try Winnow().clean(Page(id: "p", form: .flatText, bytes: Array(text.utf8)))
    #expect(
      record.body.split(separator: "\n\n").map { String($0) }.prefix(2) == [
        "The ferry to the northern islands stops on 3 March, because its engine must be replaced, the Harbour Office "
          + "said on Friday. Until May a smaller boat (Kittiwake) will sail once a day, and it takes no cars.",
        "What islanders say",
      ])
  }

  @Test func linesApartStayApart() throws {
    let text = """
      Ferry to the islands stops in March

      The ferry to the northern islands stops on 3 March, because its engine must be replaced this spring.

      what islanders say about the boat of the winter

      most of the four hundred islanders heard of it on the radio, and some of them wrote to the council.

      "We have no doctor and no bakery, and now we have no ferry," said the teacher of the school at Lund.
      """
    let record = try Winnow().clean(Page(id: "p", form: .flatText, bytes: Array(text.utf8)))
    #expect(record.parts.count == 4)
  }
}
