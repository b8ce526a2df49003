import Testing
import WinnowCore

@testable import WinnowText

/// What stands above a flat text about it.
@Suite struct FlatHeadTests {
  private func scan(_ text: String) throws -> (values: [String], lines: [Int32]) {
    let document = try FlatTextReader().scan(Array(text.utf8), url: nil)
    return (document.metadata.map { "\($0.origin.name) \($0.value)" }, document.rows.map(\.line))
  }

  @Test func headOfAMail() throws {
    let head = try scan(
      """
      From: Morning Ferry <ferry@coldwater.example>
      To: reader@example.com
      Subject: The boat is back
      Date: Sat, 27 Aug 2022 18:00:00 +0100

      Good morning.
      """)
    #expect(
      head.values == ["head:subject The boat is back", "head:date Sat, 27 Aug 2022 18:00:00 +0100"])
    #expect(head.lines == [6])
  }

  /// Databases write labels in capitals above and below the text.
  @Test func labelsOfADatabase() throws {
    let head = try scan(
      """
      The Granton Examiner

      Old tram depot to become homes

      BYLINE: Callum Reid

      SECTION: NEWS; Pg. 7

      LENGTH: 231 words

      The former tram depot is to become a block of flats.

      LOAD-DATE: March 10, 2016
      """)
    #expect(head.values == ["head:section News"])
    #expect(head.lines == [1, 3, 5, 11])
  }

  @Test func bareLinesOfADatabase() throws {
    let head = try scan(
      """
      Business
      Brewer Opens Well to Neighbours as Drought Bites

      Anneke Vos
      412 words
      21 July 2018
      The Meridian Times
      MRTMS
      English
      (c) 2018 Meridian Times Ltd

      The brewery has opened its own well.

      Document MRTMS00020180721ee7l0002x
      """)
    #expect(
      head.values == [
        "head:author Anneke Vos", "head:title Brewer Opens Well to Neighbours as Drought Bites",
        "head:date 21 July 2018", "head:publisher The Meridian Times", "head:section Business",
      ])
    #expect(head.lines == [12])
  }

  /// "Length" is a word like others, and so is a number of words.
  @Test func labelsOfAnArticleStay() throws {
    #expect(try scan("Walks\n\nLENGTH: 12 km\n\nSECTION: North").lines == [1, 3, 5])
    #expect(try scan("My novel\n\n412 words\n\nI wrote them on Monday.").lines == [1, 3, 5])
  }

  @Test func frontMatter() throws {
    let head = try scan(
      """

      ---
      # written by a tool
      title: Ferry: the boat is back
      Author: "Ann \\"Otter\\" Rowe"
      date: '2025-03-14'
      tags: [ferries, "harbour"]
      categories:
        - news
      - sea
      sitename: The Otter Post
      fingerprint: 8f3a
      description: null
      ---
      The boat is back.
      """)
    #expect(
      head.values == [
        "head:title Ferry: the boat is back", "head:author Ann \"Otter\" Rowe", "head:date 2025-03-14",
        "head:tags ferries", "head:tags harbour", "head:categories news", "head:categories sea",
        "head:sitename The Otter Post",
      ])
    #expect(head.lines == [15])
  }

  @Test func linesOfAReader() throws {
    let head = try scan(
      """
      Title: Ferry: the boat is back

      URL Source: https://otter-post.example/ferry

      Published Time: 2025-03-14T06:40:00Z

      Warning: This page may be cached.

      Markdown Content:
      Note: boats may be late.
      """)
    #expect(
      head.values == [
        "head:title Ferry: the boat is back", "head:urlsource https://otter-post.example/ferry",
        "head:publishedtime 2025-03-14T06:40:00Z",
      ])
    #expect(head.lines == [10])
  }

  @Test(arguments: [
    // One value is a line of the text.
    "Title: what it means to own a boat\n\nOwning a boat means scraping it.",
    // Neither a title nor an address.
    "Author: Ann Rowe\nDate: 14 March 2025\n\nOwning a boat means scraping it.",
    // Lines of dashes that part, and one that never closes.
    "---\nOwning a boat means scraping it.\n---\nAnd painting it.",
    "---\ntitle: Boats\nOwning a boat means scraping it.",
    "---\ntitle: Boats",
    // An address, not a name and a value.
    "https://otter-post.example\nhttp://otter-post.example/title\n\nText.",
    "---", "", "\n\n",
  ])
  func textIsNoHead(_ text: String) throws {
    let head = try scan(text)
    #expect(head.values == [])
    // Nothing is lost: every line with words is a row.
    let filled = text.split(separator: "\n").filter { $0.contains { $0.isLetter } }
    #expect(head.lines.count == filled.count)
  }

  @Test func labelsInSmallLettersAndMarks() throws {
    let head = try scan(
      """
      Old tram depot to become homes

      Section: NEWS; Pg. 7
      Length: 231 words
      Byline: Callum Reid
      Body

      The former tram depot is to become a block of flats.

      Classification

      Language: ENGLISH
      Subject: HOUSING (90%)
      Load-Date: March 10, 2016

      End of Document
      """)
    #expect(head.values == ["head:section News"])
    #expect(head.lines == [1, 5, 8])
    let full = try scan(
      """
      Author: Callum Reid
      Publication info: Granton Examiner; Granton. 10 Mar 2016: A.4.
      Full text: The former tram depot is to become a block of flats.
      Publication title: Granton Examiner; Granton
      """)
    #expect(full.values == ["head:publication-title Granton Examiner"])
    #expect(full.lines == [1, 3])
  }

  @Test func codesOfADatabase() throws {
    let head = try scan(
      """
      SE  News
      HD  Old tram depot
      to become homes
      BY  By Callum Reid, Ann Smith
      WC  231 words
      PD  10 March 2016
      SN  The Granton Examiner
      LP  The former tram depot is to become a block of flats.

      TD
      The council voted on Monday.
      AN  Document GRANT00020160310ee7l0002x
      """)
    #expect(
      head.values == [
        "head:se News", "head:hd Old tram depot to become homes", "head:by Callum Reid", "head:by Ann Smith",
        "head:pd 10 March 2016", "head:sn The Granton Examiner",
      ])
    #expect(head.lines == [8, 11])
  }

  /// Facts of a walk, however many walks there are.
  @Test func lengthsOfWalksStay() throws {
    let walk = "Harbour walk\n\nLength: 5 miles\n\nLocation: Granton\n\n"
    #expect(try scan(walk + walk + walk).lines.count == 9)
  }
}
