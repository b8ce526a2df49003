import Testing
import Winnow
import WinnowCore
import WinnowStages

/// Site rules on small pages.
@Suite struct SiteRulesTests {
  static let page = """
    <html><head><title>Ice skaters wait for the canal to freeze</title>
    <meta property="article:published_time" content="2024-01-02"><meta name="author" content="Wrong Name">
    <meta property="og:title" content="A title for robots and nobody else"></head><body>
    <div class="topNav-main item-12"><p>Menu words of the site</p></div>
    <article><h1>Ice skaters wait for the canal to freeze</h1>
    <p class="by">By Ann Smith</p>
    <p>Skaters have waited since December for the canal to freeze, and forecasters promise them a cold week at last.</p>
    <p>The ice must be fifteen centimetres thick along all two hundred kilometres before the race can start at all.</p>
    <h2>More from us</h2><p>First other story of the day</p><p>Second other story of the day</p>
    <h2>The farmers</h2>
    <section><p>“We have seen winters like this,” said one farmer, who has kept a diary of the ice since he was a boy.</p></section>
    <custom-box><p>Short note of the house</p></custom-box>
    <p>Got a tip? Write to the newsroom, which reads every letter and answers most of them within a week or so.</p>
    </article></body></html>
    """

  static func read(
    _ rules: [SiteRules.Rule], host: String = "paper.example", path: String? = nil,
    fields: [RuledField: FieldSource] = [:], url: String? = "https://www.paper.example/news/ice?x=1",
    page: String = page, form: Page.Form = .html
  ) throws -> Reading {
    let site = SiteRules.Site(host: host, path: path, rules: rules, fields: fields)
    var configuration = WinnowConfiguration()
    configuration.rules = SiteRules(sites: [site])
    return try Winnow(configuration).read(Page(id: "1", url: url, form: form, bytes: Array(page.utf8)))
  }

  /// The texts, cut to two words, that a rule labelled.
  static func fired(_ reading: Reading) -> [String] {
    reading.verdicts.filter { $0.deciding?.stage == "site-rules" }.map { verdict in
      reading.document[verdict.block].text.split(separator: " ").prefix(2).joined(separator: " ")
    }
  }

  @Test func tokensMatchWholeAndWithoutDigits() throws {
    for token in ["topNav-main", "top-nav-main", "topNavMain"] {
      #expect(
        Self.fired(try Self.read([.init(name: "t", .drop, token: token)])) == ["Menu words"], "\(token)")
    }
    #expect(Self.fired(try Self.read([.init(name: "t", .drop, token: "item-12")])) == ["Menu words"])
    for token in ["top", "topNav", "main", "nav-main"] {
      #expect(Self.fired(try Self.read([.init(name: "t", .drop, token: token)])).isEmpty, "\(token)")
    }
    #expect(Self.fired(try Self.read([.init(name: "t", .drop, token: "by")])) == ["By Ann"])
  }

  @Test func tagPathsMatchElementsAround() throws {
    #expect(Self.fired(try Self.read([.init(name: "t", .drop, tag: "section")])) == ["“We have"])
    #expect(
      Self.fired(try Self.read([.init(name: "t", .drop, tag: "article > section > p")])) == ["“We have"])
    #expect(Self.fired(try Self.read([.init(name: "t", .drop, tag: "body section")])) == ["“We have"])
    #expect(Self.fired(try Self.read([.init(name: "t", .drop, tag: "body > section")])).isEmpty)
    #expect(Self.fired(try Self.read([.init(name: "t", .drop, tag: "custom-box")])) == ["Short note"])
    #expect(Self.fired(try Self.read([.init(name: "t", .drop, tag: "h2")])) == ["More from", "The farmers"])
  }

  @Test func textsMatchByAnchorAndFolded() throws {
    #expect(
      Self.fired(try Self.read([.init(name: "t", .drop, text: .init(.start, "GOT A TÍP"))])) == ["Got a"])
    #expect(Self.fired(try Self.read([.init(name: "t", .drop, text: .init(.start, "Got a t"))])).isEmpty)
    #expect(
      Self.fired(try Self.read([.init(name: "t", .drop, text: .init(.whole, "the farmers"))])) == [
        "The farmers"
      ])
    #expect(Self.fired(try Self.read([.init(name: "t", .drop, text: .init(.whole, "farmers"))])).isEmpty)
    #expect(Self.fired(try Self.read([.init(name: "t", .drop, text: .init(.end, "at all"))])) == ["The ice"])
    #expect(
      Self.fired(try Self.read([.init(name: "t", .drop, text: .init(.within, "diary of the ice"))])) == [
        "“We have"
      ])
    let reading = try Self.read([.init(name: "tip", .label(.promotion), text: .init(.start, "Got a tip"))])
    let verdict = try #require(reading.verdicts.first { $0.deciding?.stage == "site-rules" })
    #expect(verdict.role == .promotion && verdict.deciding?.reason == "site-rule.tip")
    #expect(verdict.deciding?.evidence == .text(0..<9))
    #expect(!reading.record.body.contains("Got a tip"))
  }

  @Test func runsCloseWhereTheyAreTold() throws {
    func run(_ end: SiteRules.RunEnd) throws -> [String] {
      Self.fired(try Self.read([.init(name: "r", .drop, from: .init(.whole, "More from us"), until: end)]))
    }
    #expect(try run(.heading) == ["More from", "First other", "Second other"])
    #expect(try run(.prose) == ["More from", "First other", "Second other", "The farmers"])
    #expect(try run(.text(.init(.start, "Second"))) == ["More from", "First other"])
    #expect(try run(.text(.init(.start, "Nowhere"))).isEmpty)
    #expect(try run(.pageEnd).count == 7)
    // Other conditions hold within the run.
    let reading = try Self.read([
      .init(name: "r", .drop, tag: "section", from: .init(.whole, "More from us"), until: .pageEnd)
    ])
    #expect(Self.fired(reading) == ["“We have"])
    let verdict = try #require(reading.verdicts.first { $0.deciding?.stage == "site-rules" })
    guard case .block(let opener)? = verdict.deciding?.evidence else { throw Missing() }
    #expect(reading.document[opener].text == "More from us")
  }

  struct Missing: Error {}

  @Test func keepLeadsOverEveryStage() throws {
    let reading = try Self.read([.init(name: "k", .keep, token: "topNav-main")])
    #expect(reading.record.body.hasPrefix("Menu words of the site"))
  }

  @Test func theLaterRuleDecides() throws {
    let rules: [SiteRules.Rule] = [
      .init(name: "all", .drop, tag: "body"), .init(name: "one", .keep, tag: "section"),
    ]
    #expect(try Self.read(rules).verdicts.filter { $0.disposition == .body }.map(\.role) == [.paragraph])
  }

  @Test func rulesAreForTheirHostAndPathOnly() throws {
    let rule = SiteRules.Rule(name: "t", .drop, token: "by")
    func fires(_ host: String, _ path: String?, _ url: String?) throws -> Bool {
      !Self.fired(try Self.read([rule], host: host, path: path, url: url)).isEmpty
    }
    let url = "https://user@WWW.Paper.example:8080/news/ice?x=/sport/"
    for (host, path, isRight) in [
      ("paper.example", nil, true), ("www.paper.example", nil, true), ("*.paper.example", nil, true),
      ("*", nil, true),
      ("example", nil, false), ("other.example", nil, false), ("*.example", nil, true),
      ("news.paper.example", nil, false),
      ("paper.example", "/news/*", true), ("paper.example", "*/ice", true),
      ("paper.example", "/sport/*", false),
      ("paper.example", "/news", false), ("paper.example", "/*s/*c*", true),
    ] as [(String, String?, Bool)] {
      #expect(try fires(host, path, url) == isRight, "\(host) \(path ?? "")")
    }
    #expect(try !fires("paper.example", nil, nil))
    #expect(try fires("*", nil, nil))
    #expect(try !fires("paper.example", nil, "https://notpaper.example/"))
  }

  @Test func fieldsComeFromTheChosenSources() throws {
    let plain = try Self.read([]).record
    #expect(plain.headline == "Ice skaters wait for the canal to freeze")
    let record = try Self.read(
      [],
      fields: [
        .headline: FieldSource(["json-ld", "meta:og:title"]), .authors: FieldSource(["text"]),
        .date: FieldSource([]),
      ]
    ).record
    #expect(record.headline == "A title for robots and nobody else")
    #expect(record.authors == ["Ann Smith"])
    #expect(record.date == nil)
    let none = try Self.read([], fields: [.headline: FieldSource(["microdata"])]).record
    #expect(none.headline == nil)
    let any = try Self.read([], fields: [.headline: FieldSource(["microdata", "any"])]).record
    #expect(any.headline == plain.headline)
  }

  @Test func flatTextHasTextsAndRuns() throws {
    let text = """
      The clockmaker who never wears a watch

      For fifty years Otto Brand has mended the clocks of the town, and he has never worn a watch himself.

      House of Clocks wants you

      Come on Sunday

      Because he hears the church bells from his workshop, he says, and they have not been late since 1950.
      """
    let reading = try Self.read(
      [.init(name: "r", .label(.promotion), from: .init(.start, "House of Clocks"), until: .prose)],
      host: "*", url: nil,
      page: text, form: .flatText)
    #expect(Self.fired(reading) == ["House of", "Come on"])
    #expect(!reading.record.body.contains("Sunday") && reading.record.body.contains("church bells"))
  }

  @Test func usageTellsWhichRulesNeverFire() throws {
    var configuration = WinnowConfiguration()
    configuration.rules = SiteRules(sites: [
      .init(
        host: "paper.example",
        rules: [
          .init(name: "by", .drop, token: "by"), .init(name: "never", .drop, token: "gone-since-redesign"),
        ]),
      .init(host: "other.example", rules: [.init(name: "idle", .drop, token: "by")]),
    ])
    let winnow = try Winnow(configuration)
    for _ in 0..<3 {
      _ = try winnow.clean(
        Page(id: "1", url: "https://paper.example/", form: .html, bytes: Array(Self.page.utf8)))
    }
    #expect(
      winnow.siteRuleUsage == [
        SiteRuleUsage(host: "paper.example", rule: "by", place: nil, pages: 3, blocks: 3),
        SiteRuleUsage(host: "paper.example", rule: "never", place: nil, pages: 3, blocks: 0),
        SiteRuleUsage(host: "other.example", rule: "idle", place: nil, pages: 0, blocks: 0),
      ])
  }

  @Test func wrongRulesAreRefusedAllAtOnce() {
    var configuration = WinnowConfiguration()
    configuration.rules = SiteRules(sites: [
      .init(
        host: "Paper.example/", path: "news",
        rules: [
          .init(name: "Bad name", .drop), .init(name: "a", .drop, tag: "artcle > ul"),
          .init(name: "a", .drop, from: .init(.start, "x")), .init(name: "b", .drop, tag: "ul >"),
          .init(name: "c", .drop, text: .init(.start, "x"), maxWords: 0, until: .prose),
        ])
    ])
    do throws(ConfigurationError) {
      _ = try Winnow(configuration)
      Issue.record("accepted")
    } catch {
      #expect(error.problems.count == 10, "\(error)")
      #expect(error.description.contains("did you mean 'article'?"))
    }
  }
}
