import Testing
import WinnowCore

@testable import Winnow

@Suite struct AgencyCreditTests {
  @Test(
    arguments: [
      ("By Ann Smith, The Associated Press", "The Associated Press"),
      ("By Ann Smith and Bob Jones Reuters", "Reuters"),
      ("Von Ann Smith, dpa", "dpa"),
      ("Ann Smith/AFP", "AFP"),
      ("By Associated Press", "Associated Press"),
      ("By Kaan Efe", nil), ("By ANN ANI", nil), ("Ann Smith, Harbour Daily", nil), ("", nil), ("/", nil),
    ])
  func bylines(_ item: (text: String, agency: String?)) {
    #expect(AgencyCredit.closing(item.text) == item.agency)
  }

  @Test(
    arguments: [
      ("The bridge opened on Sunday. (AFP)", "AFP"), ("Die Brücke ist offen. (Quelle: APA/dpa)", "APA/dpa"),
      ("The bridge opened on Sunday. \u{2014} AFP", "AFP"), ("El puente reabre el lunes. EFE", "EFE"),
      ("The bridge opened on Sunday (again).", nil), ("He works for the AP", nil), (")", nil), ("", nil),
    ])
  func endings(_ item: (text: String, agency: String?)) {
    #expect(AgencyCredit.signature(item.text) == item.agency)
  }

  @Test(arguments: [
    "With agencies", "Redacción y agencias", "Newsroom", "press release", "staff reporter", "Агентства",
    "综合报道",
  ])
  func desksAreNone(_ desk: String) {
    let credit = AgencyCredit(publisher: nil)
    #expect(credit.find(authors: [desk], bylines: [], ending: nil) == nil)
  }

  @Test func pressOfANameIsNoDesk() {
    let credit = AgencyCredit(publisher: nil)
    #expect(
      credit.find(authors: [], bylines: ["By The Associated Press"], ending: nil) == "The Associated Press")
  }

  @Test func stationsAreNoAgencies() throws {
    let prose =
      "The new bridge opened on a quiet morning, nine years after the first pile was driven into the mud."
    func agency(_ head: String, site: String) throws -> String? {
      let page = """
        <html><head><title>Bridge opens after nine years</title><meta property="og:site_name" content="\(site)">
        <meta property="og:type" content="article"></head><body><article><h1>Bridge opens after nine years</h1>
        <p>By Ann Smith</p><p>\(head)\(prose)</p><p>\(prose) The mayor came by boat.</p></article></body></html>
        """
      return try Winnow().clean(Page(id: "1", form: .html, bytes: Array(page.utf8))).agency
    }
    #expect(try agency("LOWMERE (NEWS7) — ", site: "NEWS7 Harbour") == nil)
    #expect(try agency("LOWMERE (Reuters) — ", site: "NEWS7 Harbour") == "Reuters")
    #expect(try agency("", site: "NEWS7 Harbour") == nil)
  }

  @Test func stationsNameThemselvesByTheirHostOrBehindABar() {
    let credit = AgencyCredit(
      publisher: "Harbour News, Weather | NEWS7 7", url: "https://wqrs.example/bridge")
    #expect(credit.isOwn("WQRS"))
    #expect(credit.isOwn("NEWS7"))
    #expect(!credit.isOwn("Reuters"))
  }
}
