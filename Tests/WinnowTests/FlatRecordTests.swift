import Testing
import Winnow
import WinnowCore

/// What becomes of heads, pictures and lists of chapters in flat text.
@Suite struct FlatRecordTests {
  private func record(_ lines: [String], separator: String = "\n\n") throws -> ArticleRecord {
    let text = lines.joined(separator: separator)
    return try Winnow().clean(Page(id: "flat", form: .flatText, bytes: Array(text.utf8)))
  }

  private let body = [
    "The villagers of Valdecañas have bought the small power station that the company wanted to take down.",
    "The sale was signed on Friday before a notary for 212,000 euros, a thousand for each villager on the roll.",
    "“My grandfather opened the channel with a pick, and now the gate is mine,” said Benito Lafuente, who is 81.",
    "The turbine makes about 400,000 kilowatt hours a year, which is twice what the village uses in that time.",
    "What is left over will be sold, and the money will pay for the repair of the school's roof next summer.",
  ]

  @Test func theShorterCopyOfACaptionIsNoHeadline() throws {
    let found = try record(
      [
        "A village buys its own power station", "By Lucy Barrow", "2 December 2025", "4 min read",
        "Villagers in front of the power station on Sunday. / R. IBBOTT",
        "Villagers in front of the power station on Sunday.",
      ] + body)
    #expect(found.headline == "A village buys its own power station")
    #expect(found.captions.map(\.text) == ["Villagers in front of the power station on Sunday."])
    #expect(!found.body.contains("on Sunday"))
  }

  /// "Last updated" below the text says when it was changed, and not since when it stands there.
  @Test func theDayOfAChangeAloneIsNoDayOfPublication() throws {
    let found = try record(
      ["Harbour Courier", "Bridge opens after ten years of work"] + body
        + ["Last updated: 3 May 2024", "© 2024 Harbour Courier"])
    #expect(found.date == nil)
    #expect(found.dateModified == "2024-05-03")
  }

  /// "Red Light Mode" in each part of a table that was flattened: no headline, and no copy of one.
  @Test func theLabelOfAListIsNoHeadline() throws {
    let lamps = ["Harbour", "Pilot", "Keeper", "Quay", "Mole", "Beacon", "Tide", "Fathom"]
    let lines = lamps.enumerated().flatMap { number, lamp in
      [
        "\(lamp) \(number + 3)00 headlamp", "Weight with batteries:", "\(number + 2).7 ounces",
        "Red light mode",
      ]
    }
    let found = try record(
      lines + [
        "A red light mode saves the eyes of those who work on deck at night, and most of these lamps have one.",
        "The lamps were worn for a month on the pilots' boats, in rain and in fog, and none of them failed.",
      ])
    #expect(found.headline?.lowercased() != "red light mode")
  }

  @Test func agencyAndPhotographerOnALineOfTheirOwn() throws {
    var lines = ["A village buys its own power station", "By Lucy Barrow", "2 December 2025"] + body
    lines.insert("Benito Lafuente with the key to the gate", at: 6)
    lines.insert("NWA/Tom Arkwright", at: 7)
    let found = try record(lines)
    #expect(found.captions.map(\.text) == ["Benito Lafuente with the key to the gate"])
    #expect(found.body == body.joined(separator: "\n\n"))
  }

  @Test func shortLinesOfTheHeadAreNotInTheBody() throws {
    let found = try record(
      [
        "FT Northgate 2-1 Colby", "HT Dunmore 1-3 Ashby", "A village buys its own power station",
        "Lucy Barrow at Mill Lane", "2 December 2025", "4 min read",
      ] + body)
    #expect(found.headline == "A village buys its own power station")
    #expect(found.body == body.joined(separator: "\n\n"))
  }

  @Test func aListOfChaptersIsNotInTheBodyAndItsChaptersAre() throws {
    let lines =
      [
        "The village power station", "Contents", "1 History", "1.1 Decline", "2 The turbine", body[0],
        "History",
      ]
      + [body[1], "Decline", body[2], "The turbine", body[3], body[4]]
    let found = try record(lines, separator: "\n")
    let parts = found.body.split(separator: "\n").map(String.init)
    for entry in ["1 History", "1.1 Decline", "2 The turbine"] { #expect(!parts.contains(entry)) }
    for chapter in ["History", "Decline", "The turbine"] { #expect(parts.contains(chapter)) }
  }

  /// What a manual says of one function it says of another as well; in an article it is a copy.
  @Test func aManualRepeatsItself() throws {
    let again = "The width is given in millimetres and is rounded to the next notch of the rack below."
    let functions = ["gate_open", "gate_close", "gate_lift", "gate_lower", "gate_tilt", "gate_hold"]
    let manual = functions.flatMap { name in
      [
        "\(name)(width)", "Calls \(name)() of the gate and waits until the rack has come to rest again.",
        again,
        "int moved = \(name)(40);",
      ]
    }
    let found = try record(["Functions of the gate"] + manual)
    #expect(found.body.ranges(of: again).count == functions.count)
    let article = try record(
      ["A village buys its own power station", "By Lucy Barrow"] + body.prefix(2) + [again] + body.suffix(3)
        + [again])
    #expect(article.body.ranges(of: again).count == 1)
  }

  /// An agency closes its captions and is spoken of nowhere else.
  @Test func whatThePageSpeaksOfIsNoAgency() throws {
    let head = ["A village buys its own power station", "By Lucy Barrow", "2 December 2025"]
    let term = [
      "The village's grid (RVG)", "The RVG pays nine cents for what is left over, its director says.",
    ]
    let found = try record(head + body.prefix(2) + term + body.suffix(3))
    #expect(found.captions.isEmpty)
    #expect(found.body.contains("The village's grid (RVG)"))
  }

  /// Whether the page speaks of what stands in brackets is asked of each such line.
  @Test(.timeLimit(.minutes(1))) func manyAbbreviationsTakeLinearTime() throws {
    _ = try record((0..<20_000).map { "The grid of village \($0) (RVG)" })
  }

  /// Rows that differ by their numbers are no copies, and of two with the same numbers the second is one.
  @Test func rowsOfATableAreNoCopies() throws {
    func row(_ houses: Int) -> String {
      "A village of \(houses) houses pays \(houses * 9) euros for its grid in a year, the table of the company says."
    }
    let found = try record(
      ["A village buys its own power station", "By Lucy Barrow"] + body.prefix(3)
        + [row(20), row(30), row(40), row(30)] + body.suffix(2))
    for houses in [20, 30, 40] { #expect(found.body.ranges(of: row(houses)).count == 1) }
  }

  /// "In this article" heads topics in a newspaper, and "See also" a box; in a manual both belong to the contents, and
  /// what follows is the first chapter.
  @Test func aManualsContentsAreNeitherTagsNorABox() throws {
    let chapters = ["Opening the gate", "Reading the meter", "Oiling the wheel", "See also"]
    let found = try record(
      ["Gate(7)", body[0], "In this article"] + chapters + [
        chapters[0], "Turn the gate's wheel to the left until the mark on it stands at the line.",
        "open(width)", "Opens the gate so far and says how far it was open before that.", chapters[1],
        body[3],
        "read()", "Returns the number of kilowatt hours since the last of January of the year.", chapters[2],
        body[4], chapters[3], "lamp(7)",
      ])
    #expect(found.tags.isEmpty)
    for line in ["Turn the gate's wheel", "Opens the gate so far", "Returns the number", body[3], body[4]] {
      #expect(found.body.contains(line), "\(line)")
    }
    #expect(found.body.ranges(of: "Reading the meter").count == 1)
  }

  @Test func numberedLinesThatNoChapterRepeatsStay() throws {
    let steps = ["1 Open the gate of the channel", "2 Wait for the wheel", "3 Close the gate"]
    let found = try record(["How the station is started"] + body.prefix(3) + steps + body.suffix(2))
    #expect(found.body.contains("Open the gate of the channel"))
  }

  /// The table chooses the headline; the line under it, which the score dropped, is the dek and not lost.
  @Test func theLineUnderTheChosenHeadlineIsTheDek() throws {
    let found = try record(
      [
        "Harbour Courier", "A village buys its own power station",
        "Two hundred shares and one old turbine in the valley", "Lucy Barrow | Harbour Courier",
        "2 December 2025",
      ] + body)
    #expect(found.headline == "A village buys its own power station")
    #expect(found.dek == "Two hundred shares and one old turbine in the valley")
    #expect(found.authors == ["Lucy Barrow"])
    #expect(found.byline == "Lucy Barrow | Harbour Courier")
  }

  /// "Oren Vale / AP" says who took the picture, and the line above it what it shows.
  @Test func thePhotographerIsNoCaption() throws {
    let found = try record(
      ["A village buys its own power station", "By Lucy Barrow", "2 December 2025"] + body.prefix(2)
        + ["Villagers in front of the power station on the morning of the sale last Sunday\nOren Vale / AP"]
        + body.suffix(3))
    #expect(!found.captions.contains { $0.text == "Oren Vale" })
    #expect(found.authors == ["Lucy Barrow"])
  }

  @Test(arguments: [
    "How to join the Association of Valley Villages (AVV)", "What the turbine earns (VIDEO)",
    "Jobs at the turbine (M/W/D)",
  ])
  func capitalsInBracketsAreNoCredit(heading: String) throws {
    let found = try record(
      ["A village buys its own power station", "By Lucy Barrow", "2 December 2025"] + body.prefix(2) + [
        heading
      ]
        + body.suffix(3))
    #expect(found.captions.isEmpty)
  }

  @Test func aTitleBelowAPointerIsNoSubheading() throws {
    let found = try record(
      ["A village buys its own power station", "By Lucy Barrow", "2 December 2025"] + body.prefix(2)
        + ["READ MORE:\nMiller of Valdecañas closes his mill after sixty years"] + body.suffix(3))
    #expect(!found.body.contains("Miller of Valdecañas"))
    #expect(found.body.contains("Benito Lafuente"))
  }

  @Test func aDateLineThatNamesTheAuthorIsTheByline() throws {
    let found = try record(
      ["A village buys its own power station", "Lucy Barrow. Updated December 2nd, 2025", "Share Tweet"]
        + body,
      separator: "\n")
    #expect(found.byline == "Lucy Barrow")
    #expect(found.authors == ["Lucy Barrow"])
  }

  @Test func numbersOfLinesAndNamesOfPicturesAreNoText() throws {
    let found = try record(
      ["A village buys its own power station", "By Lucy Barrow", "2 December 2025"] + body.prefix(2)
        + ["1\n2\n3\n4\nopen(gate)\nread(meter)\nclose(gate)\nsend(bill)", "[weir-2024.jpg]"] + body.suffix(3)
    )
    #expect(!found.parts.contains { ["1", "2", "3", "4", "[weir-2024.jpg]"].contains($0.text) })
  }

  @Test func theOutletBehindTheNameIsNobody() throws {
    let found = try record(
      [
        "A village buys its own power station",
        "by Lucy S. Barrow, The Harbour Post, Posted: 2 December 2025- 4:01 PM",
      ] + body)
    #expect(found.authors == ["Lucy S. Barrow"])
  }

  @Test func hashtagsBehindALabelAreTagsOfTheirOwn() throws {
    let found = try record(
      ["A village buys its own power station", "By Lucy Barrow", "2 December 2025"] + body
        + ["Tags #Power #Old turbines #Valley"])
    #expect(found.tags == ["Power", "Old turbines", "Valley"])
  }

  private func captions(_ lines: [String]) throws -> (found: [String], body: String) {
    let all =
      ["A village buys its own power station", "By Lucy Barrow", "2 December 2025"] + body.dropLast() + lines
    let record = try record(all + [body[4]])
    return (record.captions.map { "\($0.text)|\($0.credit ?? "")" }, record.body)
  }

  @Test func aSentenceAboveItsCreditIsACaption() throws {
    let found = try captions([
      "Pictured from left are Benito Lafuente and the other villagers who opened the gate of the channel.",
      "Image: Carl Moss",
    ])
    #expect(
      found.found == [
        "Pictured from left are Benito Lafuente and the other villagers who opened the gate of the channel.|Carl Moss"
      ])
    #expect(!found.body.contains("Pictured"))
  }

  @Test func anAgencyInASentenceIsNoCredit() throws {
    let sentence = "The first stone hurt Agence France-Presse (AFP) photographer Christine Vala, 28."
    let found = try captions([
      sentence, "LOWMERE (AP) — A waiter who lost his work", "Have you seen what AFP überprüfen soll?",
    ])
    #expect(found.found == [])
    #expect(found.body.contains(sentence))
  }

  @Test func namesJoinedBySlashesAreOneCredit() throws {
    let found = try captions([
      "The mayor at the gate on Sunday. (Eric Vala/Pool/Sipa)", "The turbine hall. © AFP Forum | Carl Moss",
    ])
    #expect(
      found.found == [
        "The mayor at the gate on Sunday.|Eric Vala/Pool/Sipa", "The turbine hall.|AFP Forum | Carl Moss",
      ])
  }

  /// Above the headline stands the same with a kicker, and the day stands twice.
  @Test func headlineAndDayAreNoCaptions() throws {
    let found = try record(
      [
        "Power: A village buys its own power station", "A village buys its own power station",
        "By Lucy Barrow",
        "December 2, 2025 at 5:49 p.m.", "December 2, 2025 at 6:17 p.m.",
      ] + body)
    #expect(found.captions.isEmpty)
  }

  @Test func whoSignedAPostAndWhatABlogFiledItUnderWroteNothing() throws {
    let found = try record(
      ["A village buys its own power station", "In Local News, News", "May 14, 2025", "Mohloai Mpesi"] + body
        + ["— Ann Rowe (@annrowe) January 1, 2026"])
    #expect(!found.authors.contains { $0.contains("Local") || $0.contains("Rowe") })
  }

  @Test func deskAndAddressBesideAPersonWroteNothing() throws {
    let found = try record(
      ["A village buys its own power station", "By Coast.com", "December 2, 2025", "By Kate Sullivan, Coast"]
        + body)
    #expect(found.authors == ["Kate Sullivan"])
  }

  @Test func aSentenceThatOpensAsCaptionsDoIsOne() throws {
    let found = try captions([
      "FILE - Benito Lafuente opens the gate of the channel in Valdecañas, Spain, on March 1, 2024.",
      "The power station of the village (file photo): The turbine has stood there since the year 1904.",
      "This handout will help you understand how the villagers of Valdecañas paid for their power station.",
    ])
    #expect(found.found.map { $0.prefix(13) } == ["FILE - Benito", "The power sta"])
    #expect(found.body.contains("This handout"))
  }

  @Test(arguments: [
    "The harbour's tide tables and all its other papers in one place: https://harbour.example/papers/tides",
    "This paper on the tide tables of small harbours is in the following collection:",
  ])
  func aLineThatLeadsElsewhereIsNoHeadline(_ line: String) throws {
    let found = try record([
      "Home", "Tide tables", line,
      "The tables that small harbours print every winter are wrong by up to twenty minutes, a survey has found.",
      "We asked each of them for the tables of ten years and held them against the gauges at the piers. The error is "
        + "largest where the river has been dredged, and nobody who prints the tables had been told of it.",
    ])
    #expect(found.headline != line)
  }
}
