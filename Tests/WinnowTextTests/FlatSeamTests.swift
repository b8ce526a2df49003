import Testing
import WinnowCore

@testable import WinnowText

/// Where lines of flat text are joined, cut and cut short.
@Suite struct FlatSeamTests {
  private func texts(_ text: String) throws -> [String] {
    let document = try FlatTextReader().scan(Array(text.utf8), url: nil)
    return document.rows.map {
      String(decoding: document.text[Int($0.textStart)..<Int($0.textEnd)], as: UTF8.self)
    }
  }

  /// A text of one string a line, as converters write it that break at inline elements.
  private func fragments(_ lines: [String]) throws -> [String] {
    let menu = ["Home", "News", "Sport", "Culture", "Search", "Menu"]
    return Array(try texts((menu + lines).joined(separator: "\n")).dropFirst(menu.count))
  }

  @Test func aBylineInSmallLettersStaysApartFromTheHeadline() throws {
    let head = ["I walked the old drove road among the nettles", "by Tova Lindgren", "Posted on 3 May"]
    #expect(try fragments(head) == head)
    let alone = ["Rubano le campane della pieve di San Vito", "di", "Redazione Cronaca", "20 febbraio 2026"]
    #expect(try fragments(alone) == alone)
  }

  @Test func aSentenceGoesOnWithBy() throws {
    #expect(
      try fragments(["The novel about the miller was written", "by Edith Sayle", "in the year of the flood."])
        == ["The novel about the miller was written by Edith Sayle in the year of the flood."])
    #expect(
      try fragments(["The novel about the long causeway was written", "by Edith Sayle."])
        == ["The novel about the long causeway was written by Edith Sayle."])
  }

  @Test func aLinkThatEndsInAFunctionWordIsNotJoinedToASentence() throws {
    let lines = [
      "Warum der Radweg nach Segendorf nicht fertig wird",
      "Für die Pendler bedeutet das weiter einen Umweg von elf Kilometern.",
    ]
    #expect(try fragments(lines) == lines)
    #expect(
      try fragments(["According to the keeper of the", "Maritime Museum", ", the damage can be mended."])
        == ["According to the keeper of the Maritime Museum, the damage can be mended."])
  }

  @Test func anAddressContinuesNoSentence() throws {
    let lines = [
      "Marta L. Oyelaran, Hiro Tanabe, Josefina Kraus", "First published: 17 May 2024",
      "https://doi.example/10.5555/a.1",
    ]
    #expect(try fragments(lines) == lines)
  }

  @Test func datesArePartedFromTheWordsThatTheyTouch() throws {
    #expect(
      try texts("HealthDECEMBER 22, 2022Updated:December 23, 2022\n\nBy Oona FeldMarch 3, 2024No Comments")
        == [
          "Health", "DECEMBER 22, 2022", "Updated:December 23, 2022", "By Oona Feld", "March 3, 2024",
          "No Comments",
        ])
    // One of the two says when the other was changed.
    let touching = "May 21, 2025April 24, 2025 by The Ritualist"
    #expect(try texts(touching) == [touching])
  }

  @Test func wordsThatAreNoDateStay() throws {
    for line in [
      "The iPhone 12 and the MacBook 13 of 2022", "McMarch 5 and the others",
      "Version 2.0 of JavaScript 2022R",
      "Model X2022Pro is sold out",
    ] { #expect(try texts(line) == [line]) }
  }

  @Test func linksBehindHeadingsAreCut() throws {
    let text = """
      History[edit]

      The type was built for three hundred years.

      Origins [edit]

      The first record is an inventory [sic] of the abbey.

      [edit]

      The last one was launched in 1932.[edit]

      Notes[1]
      """
    #expect(
      try texts(text) == [
        "History", "The type was built for three hundred years.", "Origins",
        "The first record is an inventory [sic] of the abbey.", "The last one was launched in 1932.[edit]",
        "Notes[1]",
      ])
    let two = "History[edit]\n\nThe type was old.\n\nOrigins[edit]"
    #expect(try texts(two) == ["History[edit]", "The type was old.", "Origins[edit]"])
  }

  private func parted(_ text: String) -> String? {
    SingleLineText.parted(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  private let sentence = String(repeating: "The hedge-layers ask for five weeks without a flail. ", count: 7)

  /// Capitals within the names of programs are no seams between blocks.
  @Test func callsInCodeStayWhole() throws {
    let lines = [
      "The contract with the store is tested against a real one.",
      "func TestTideTable_RoundTrip(t *testing.T) {",
      "tides := NewHarbourTideTable(store)", "err := tides.UpsertHighWater(ctx, NewWaterMark(\"north\"))",
      "found, err := tides.GetHighWater(ctx)", "assert.NoError(t, err)",
      "weather := NewWeatherTable(store).WithFogSignals(FogEvery(ten))",
      "Every call runs against a store that is thrown away.",
    ]
    #expect(try texts(lines.joined(separator: "\n\n")) == lines)
  }

  @Test func aRowOfATableIsPartedAtItsTabs() {
    #expect(
      parted("8841\tHedge-layers ask\tRuth Ansty\t\(sentence)\n")
        == "8841\nHedge-layers ask\nRuth Ansty\n\(sentence)\n")
    #expect(
      parted("Home  News  Hedge-layers ask   Ruth Ansty  \(sentence)")
        == "Home\n News\n Hedge-layers ask\n  Ruth Ansty\n \(sentence)")
  }

  @Test func otherLinesAreNot() {
    #expect(parted(sentence) == nil)
    #expect(parted("a\tb\tc\td") == nil)
    #expect(parted("One\tline\twith\ttabs\n\(sentence)") == nil)
    #expect(parted(String(repeating: "12\t40\t7\t", count: 60)) == nil)
    // Two spaces behind each full stop, as typists set them.
    #expect(parted(sentence.split(separator: ".").joined(separator: ". ")) == nil)
    #expect(parted("") == nil)
  }

  @Test func aDayInDigitsIsCutOffANameBeforeIt() throws {
    #expect(try texts("Ann Smith2020-02-20 13:52 UTC") == ["Ann Smith", "2020-02-20 13:52 UTC"])
    // Part of a name, and a machine's time with words behind it.
    #expect(try texts("The ferry model2020-02-201 sank") == ["The ferry model2020-02-201 sank"])
  }

  @Test func daysInNumbersArePartedFromTheWordsThatTheyTouch() throws {
    #expect(
      try texts(
        "By Ann Smith04:30, 3 NOV 2023\n\nLa Información16.08.2020 - 21:03h\n\nUpdated20:49, 5 Aug 2024")
        == [
          "By Ann Smith", "04:30, 3 NOV 2023", "La Información", "16.08.2020 - 21:03h",
          "Updated20:49, 5 Aug 2024",
        ])
    #expect(try texts("The ratio is a1:20 and the version v2.10.2024x").count == 1)
  }

  @Test func aShortOpeningWithACommaGoesOnBehindALink() throws {
    #expect(
      try fragments([
        "In San Jose last spring,", "Phoenix Castro", "was three months old when the ferry sank.",
      ])
        == ["In San Jose last spring, Phoenix Castro was three months old when the ferry sank."])
  }
}
