import Testing
import WinnowCore

@testable import Winnow

/// Places that wire stories open with, and openings that are none.
@Suite struct DatelineTests {
  @Test(arguments: [
    ("KYIV, Nov 4 (Reuters) - The Ukrainian military said", "KYIV", "Reuters"),
    ("PARIS (AFP) — The council met on Tuesday", "PARIS", "AFP"),
    ("Berlin (dpa) - Der Rat hat am Dienstag", "Berlin", "dpa"),
    ("NEW YORK (AP) \u{2014} Stocks fell", "NEW YORK", "AP"),
    ("LAKEWOOD, Ga. (AP) — The marshals said", "LAKEWOOD, Ga.", "AP"),
    ("Madrid, 11 jun (EFE).- El puente reabre", "Madrid", "EFE"),
    ("London, Jun 11 (efe-epa).- The bridge reopens", "London", "efe-epa"),
    ("(ANSA) - ROMA, 28 LUG - Il ponte riapre", "ROMA", "ANSA"),
  ]) func placeAndAgency(_ head: String, _ place: String, _ agency: String) throws {
    let dateline = try #require(Dateline.parse(head))
    #expect(dateline.place == place)
    #expect(dateline.agency == agency)
  }

  @Test(arguments: [
    ("LONDON — Shares rose for a third day", "LONDON"),
    ("MOSCOW, March 3 \u{2013} The ministry said", "MOSCOW"),
    ("Makassar - The market reopened", "Makassar"),
    ("ST JOHN'S, Newfoundland — The ferry", "ST JOHN'S, Newfoundland"),
    ("LAKEWOOD, Fla. — The ferry", "LAKEWOOD, Fla."),
    ("JAKARTA, HARIAN.com - Pelabuhan dibuka", "JAKARTA"),
  ]) func placeAlone(_ head: String, _ place: String) {
    let dateline = Dateline.parse(head)
    // A second place may be written small; such a line may be passed over, but never be cut in two.
    #expect(dateline == nil && place.contains(",") || dateline?.place == place)
    #expect(dateline?.agency == nil)
  }

  @Test(arguments: [
    "", "-", " - ", "--", "()", "( - )", "A", "A - b", "The mayor - who was there - said",
    "She left. MOSCOW - he said",
    "\"NO\" - that was the answer", "It was a well-known fact that the harbour",
    "no dash at all in this sentence",
    "The council of the harbour town met (again) - and left",
    "(So they say) - but nobody knows", "A. (b).- c", "(ANSA) -",
  ]) func noDateline(_ head: String) {
    #expect(Dateline.parse(head) == nil)
  }

  @Test func foundInTheFirstParagraph() throws {
    let rest =
      "The new bridge across the harbour opened on a quiet morning, nine years after the first pile was driven."
    let page =
      "Harbour bridge opens\n\nPORT LOUIS (Reuters) - \(rest)\n\n\(rest) Nobody had expected it any more.\n"
    let record = try Winnow().clean(Page(id: "1", form: .flatText, bytes: Array(page.utf8)))
    #expect(record.dateline == "PORT LOUIS")
    #expect(record.agency == "Reuters")
    #expect(record.body.contains("PORT LOUIS (Reuters) - The new bridge"))
  }
}
