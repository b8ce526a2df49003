import Testing
import Winnow
import WinnowCore
import WinnowSettings
import WinnowStages

/// Settings as they are read from YAML.
@Suite struct SettingsTests {
  static func problems(_ text: String) -> [String] {
    do throws(SettingsError) {
      _ = try Settings(text: text, file: "s.yaml")
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  @Test func theDefaultFileChangesNothing() throws {
    let settings = try Settings(text: Settings.defaultText, file: "s.yaml")
    let plain = WinnowConfiguration()
    #expect(settings.configuration.policy == plain.policy)
    #expect(settings.configuration.stages.map(\.id) == plain.stages.map(\.id))
    #expect(settings.configuration.options == plain.options)
    #expect(settings.configuration.maxBytes == plain.maxBytes)
    #expect(settings.configuration.maxBlocks == plain.maxBlocks)
    #expect(settings.configuration.doubtfulBelow == plain.doubtfulBelow)
    #expect(settings.configuration.rules.isEmpty && settings.unusedRules == .report)
  }

  @Test func theExampleInTheDefaultFileIsRight() throws {
    // Uncommented, the example of site rules must be right too.
    var lines: [String] = []
    for line in Settings.defaultText.split(separator: "\n", omittingEmptySubsequences: false) {
      let isExample = lines.last?.hasPrefix("winnow:") == false && line.hasPrefix("#   ")
      if line.hasPrefix("# sites:") || isExample { lines.append(String(line.dropFirst(2))) }
      if line.hasPrefix("winnow:") { lines.append(String(line)) }
    }
    let settings = try Settings(text: lines.joined(separator: "\n"), file: "s.yaml")
    let site = try #require(settings.configuration.rules.sites.first)
    #expect(site.host == "paper.example" && site.path == "/news/*" && site.rules.count == 3)
    #expect(site.rules[0].name == "shop-box" && site.rules[0].action == .label(.promotion))
    #expect(site.rules[1].text == TextPattern(.start, "Got a tip?") && site.rules[1].maxWords == 30)
    #expect(site.rules[2].until == .prose)
    #expect(site.fields[.authors] == FieldSource([]))
    #expect(site.fields[.date] == FieldSource(["json-ld", "meta:article:published_time", "text"]))
  }

  static let full = """
    winnow: 1
    favor: recall
    stages:
      skip: [ticker, tags]
      options:
        promotion: {at-most: likely, except: [paywall]}
        footer: {only: [footer]}
    retention: {caption: body, dek: drop, footer: body}
    sites:
      - host: "*.paper.example"
        path: /news/*
        rules:
          - {name: shop, as: promotion, token: "shop-box__inner", max-words: 40}
          - {as: keep, tag: "article > section", text: "~ \\"quoted\\" \\\\ words"}
          - {as: related-links, from: "= More from us", until: "^ Back to"}
          - {as: drop, from: "$ ends", until: heading}
        fields: {authors: none, headline: [meta:og:title, text]}
    limits: {max-bytes: 2M, max-blocks: 5000}
    strictness: {doubtful-below: 0.25, unused-rules: fail}
    """

  @Test func everyKeyHasItsEffect() throws {
    let settings = try Settings(text: Self.full, file: "s.yaml")
    let c = settings.configuration
    #expect(c.favor == .recall && c.maxBytes == 2 << 20 && c.maxBlocks == 5000 && c.doubtfulBelow == 0.25)
    #expect(settings.unusedRules == .fail)
    #expect(c.options["ticker"]?.isOn == false && c.options["tags"]?.isOn == false)
    #expect(c.options["promotion"] == StageOptions(atMost: .likely, except: [.paywall]))
    #expect(c.options["footer"] == StageOptions(only: [.footer]))
    #expect(c.policy[.caption] == .body && c.policy[.dek] == .drop && c.policy[.footer] == .body)
    #expect(c.policy[.paragraph] == .body && c.policy[.navigation] == .drop)
    #expect(c.problems.isEmpty)
    _ = try Winnow(c)
  }

  @Test func whatIsInForceReadsBackAsTheSame() throws {
    for text in [Self.full, Settings.defaultText, "winnow: 1"] {
      let settings = try Settings(text: text, file: "s.yaml")
      let again = try Settings(text: settings.effectiveText, file: "s.yaml")
      #expect(again.effectiveText == settings.effectiveText)
      #expect(again.configuration.options == settings.configuration.options)
      #expect(again.configuration.policy == settings.configuration.policy)
      #expect(again.configuration.maxBytes == settings.configuration.maxBytes)
      // Places are where the rules stand in each text.
      func plain(_ sites: [SiteRules.Site]) -> [SiteRules.Site] {
        sites.map { site in
          var site = site
          for index in site.rules.indices { site.rules[index].place = nil }
          return site
        }
      }
      #expect(plain(again.ownSites) == plain(settings.ownSites))
    }
  }

  @Test func allProblemsAreNamedAtOnceWithLineAndFix() {
    let problems = Self.problems(
      """
      winnow: 1
      favour: recall
      stages:
        skip: [ticker, promotoin]
        options:
          footer: {at-most: very}
      retention:
        captoin: body
        footer: field
        promotion: aside
      limits:
        max-bytes: many
      sites:
        - host: https://paper.example/
          rules:
            - as: promo
              token: "1"
            - as: drop
              text: Got a tip
      """)
    #expect(
      problems == [
        "s.yaml:2: the settings: there is no key 'favour'; did you mean 'favor'?",
        "s.yaml:4: stages: there is no stage 'promotoin'; did you mean 'promotion'?",
        "s.yaml:6: at-most: there is no confidence 'very'; use hint, likely, strong, certain",
        "s.yaml:8: retention: there is no role 'captoin'; did you mean 'caption'?",
        "s.yaml:9: retention: 'footer' fills no field of the record; use body or drop",
        "s.yaml:10: retention: 'promotion' has no place beside the body; use body or drop",
        "s.yaml:12: max-bytes must be a whole number of at least 1, not 'many'; K, M and G may follow it",
        "s.yaml:14: the host 'https://paper.example/' must be a name without scheme, port and path, such as 'example.com'",
        "s.yaml:16: as: there is no role 'promo'; \(Self.fixOfPromo)",
        "s.yaml:17: the token '1' has no word of two letters or more, so nothing can match; use another token or 'tag'",
        "s.yaml:19: text: 'Got a tip' is no text pattern; write a sign and words in quotation marks: \"= whole\", \"^ start\", \"$ end\" or \"~ within\"",
      ])
  }

  private static let fixOfPromo: String = {
    let names = ["keep", "drop"] + Role.allCases.map(\.name)
    return nearestName(to: "promo", in: names).map { "did you mean '\($0)'?" }
      ?? "use \(names.joined(separator: ", "))"
  }()

  @Test func anOrderThatBreaksAContractIsRefused() {
    let order = BuiltInStages.all.map(\.id.name)
    var swapped = order
    swapped.swapAt(order.firstIndex(of: "headline") ?? 0, order.count - 1)
    let problems = Self.problems("winnow: 1\nstages:\n  order: [\(swapped.joined(separator: ", "))]")
    #expect(problems.count == 1 && problems[0].hasPrefix("s.yaml:3: order: stage '"), "\(problems)")
    let short = Self.problems("winnow: 1\nstages:\n  order: [headline]")
    #expect(short.count == 1 && short[0].contains("order leaves out byline,"), "\(short)")
  }

  @Test(arguments: [
    "", "# nothing", "winnow: 2", "- a\n- b", "42", "winnow: 1\nwinnow: 1", "winnow: 1\n\tfavor: recall", "{",
    "\u{0}", "winnow: [1", "winnow: 1\nsites: 5", "winnow: 1\nsites:\n  - 5", "winnow: 1\n? [a]\n: b",
    "winnow: 1\n--- \nx: 1",
    "winnow: 1\nrules: [missing.yaml]", "winnow: 1\nphrases: [missing.phrases]", "&a [*a]", "winnow: *b",
  ]) func whatIsNoSettingsFileIsAnErrorOrEmpty(_ text: String) {
    let problems = Self.problems(text)
    if text.isEmpty || text.hasPrefix("#") { return }
    #expect(!problems.isEmpty)
  }

  @Test func deepNestingIsAnErrorAndNoCrash() {
    for text in [
      String(repeating: "[", count: 200_000), String(repeating: "{a: ", count: 100_000),
      String(repeating: "- ", count: 100_000) + "x",
      (0..<3000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
    ] {
      #expect(Self.problems(text).count == 1)
    }
  }
}
