internal import Synchronization
public import WinnowCore
import WinnowText

/// Applies site rules: the last stage, and surer than any other, because a person wrote them for this site.
///
/// As the last stage it changes nothing but the blocks that its rules name.
public struct SiteRulesStage: Stage {
  public static let id: StageID = "site-rules"
  public static let contract = StageContract(writes: RoleSet(Role.allCases))
  public static let summary = "Labels the blocks that your rules for the page's site name."
  public static let risk =
    "A rule that outlives a site's layout; `winnow clean` reports rules that never fire."
  public static let examples: [StageExample] = []

  private let sites: [CompiledSite]
  private let tally: Tally

  /// The stage for some rules.
  ///
  /// - throws: ``SiteRuleError`` when a rule is wrong.
  public init(_ rules: SiteRules) throws(SiteRuleError) {
    let problems = rules.problems
    guard problems.isEmpty else { throw SiteRuleError(problems: problems) }
    sites = rules.sites.map { CompiledSite($0) }
    tally = Tally(rules.sites)
  }

  public func label(_ document: Document, in ledger: inout Ledger) {
    let address = SiteAddress.of(document)
    let matching = sites.indices.filter { SiteAddress.matches(sites[$0].site, address) }
    guard !matching.isEmpty else { return }
    let needsText = matching.contains { sites[$0].needsText }
    let texts = needsText ? document.map { FoldedText($0) } : []
    var counts: [[Int]] = []
    for site in matching {
      counts.append(sites[site].rules.map { $0.label(document, texts, &ledger) })
    }
    tally.add(matching, counts)
  }

  /// Which sources a page's fields are taken from; the later site decides.
  package func sources(for document: Document) -> [RuledField: FieldSource] {
    guard sites.contains(where: { !$0.site.fields.isEmpty }) else { return [:] }
    let address = SiteAddress.of(document)
    var sources: [RuledField: FieldSource] = [:]
    for compiled in sites where SiteAddress.matches(compiled.site, address) {
      sources.merge(compiled.site.fields) { $1 }
    }
    return sources
  }

  /// How often each rule was of use so far, in the order of the rules.
  public var usage: [SiteRuleUsage] { tally.usage }
}

/// What is wrong with site rules: every problem, not only the first.
public struct SiteRuleError: Error, Sendable, CustomStringConvertible {
  /// The problems, each with what to do.
  public let problems: [String]
  /// One problem a line.
  public var description: String { problems.joined(separator: "\n") }
}

/// How often a rule was of use.
public struct SiteRuleUsage: Sendable, Hashable {
  /// The host that the rule is for.
  public let host: String
  /// The rule's name.
  public let rule: String
  /// Where the rule is written.
  public let place: String?
  /// Pages of the site that were cleaned.
  public let pages: Int
  /// Blocks that the rule labelled.
  public let blocks: Int

  /// Usage of a rule.
  public init(host: String, rule: String, place: String?, pages: Int, blocks: Int) {
    self.host = host
    self.rule = rule
    self.place = place
    self.pages = pages
    self.blocks = blocks
  }
}

/// Counts over pages, from any thread; sums do not depend on the order.
private final class Tally: Sendable {
  private struct Counts {
    var pages: [Int]
    var blocks: [[Int]]
  }

  private let sites: [SiteRules.Site]
  private let counts: Mutex<Counts>

  init(_ sites: [SiteRules.Site]) {
    self.sites = sites
    counts = Mutex(
      Counts(
        pages: Array(repeating: 0, count: sites.count),
        blocks: sites.map { Array(repeating: 0, count: $0.rules.count) }))
  }

  func add(_ matching: [Int], _ blocks: [[Int]]) {
    counts.withLock { counts in
      for (site, labelled) in zip(matching, blocks) {
        counts.pages[site] += 1
        for rule in labelled.indices { counts.blocks[site][rule] += labelled[rule] }
      }
    }
  }

  var usage: [SiteRuleUsage] {
    let counts = counts.withLock { $0 }
    var result: [SiteRuleUsage] = []
    for (index, site) in sites.enumerated() {
      for (number, rule) in site.rules.enumerated() {
        result.append(
          SiteRuleUsage(
            host: site.host + (site.path ?? ""), rule: rule.name, place: rule.place,
            pages: counts.pages[index], blocks: counts.blocks[index][number]))
      }
    }
    return result
  }
}

/// A site with its rules ready to run.
private struct CompiledSite: Sendable {
  let site: SiteRules.Site
  let rules: [CompiledRule]
  let needsText: Bool

  init(_ site: SiteRules.Site) {
    self.site = site
    rules = site.rules.map { CompiledRule($0) }
    needsText = site.rules.contains { $0.text != nil || $0.from != nil }
  }
}

/// A rule with its patterns folded and hashed.
private struct CompiledRule: Sendable {
  private let rule: SiteRules.Rule
  private let reason: Reason
  private let token: MarkupToken?
  private let tag: TagPath?
  private let text: [UInt8]
  private let from: [UInt8]
  private let until: [UInt8]

  init(_ rule: SiteRules.Rule) {
    self.rule = rule
    reason = Reason(stringLiteral: "site-rule.\(rule.name)")
    token = rule.token.flatMap { MarkupToken($0) }
    tag = rule.tag.flatMap { TagPath($0) }
    text = rule.text.map { Folding.folded(Array($0.words.utf8)) } ?? []
    from = rule.from.map { Folding.folded(Array($0.words.utf8)) } ?? []
    if case .text(let pattern)? = rule.until {
      until = Folding.folded(Array(pattern.words.utf8))
    } else {
      until = []
    }
  }

  /// Labels the rule's blocks and returns how many they are.
  func label(_ document: Document, _ texts: [FoldedText], _ ledger: inout Ledger) -> Int {
    var count = 0
    for (run, opener) in runs(document, texts) {
      for index in run {
        guard let evidence = evidence(document[index], texts) else { continue }
        let isOpener = opener == nil || opener == index
        ledger.add(
          role(document[index]), to: index, .certain, because: reason,
          evidence: evidence == .none && !isOpener ? opener.map { .block($0) } ?? .none : evidence)
        count += 1
      }
    }
    return count
  }

  private func role(_ block: Block) -> Role {
    switch rule.action {
    case .keep: BodyRole.of(block.row)
    case .drop: .furniture
    case .label(let role): role
    }
  }

  /// What the rule rests on in a block; `nil` when a condition does not hold.
  private func evidence(_ block: Block, _ texts: [FoldedText]) -> Evidence? {
    if let maxWords = rule.maxWords, block.words > maxWords { return nil }
    if let tag, !tag.matches(block.container, in: block.storage.containers) { return nil }
    if let token, !isMarked(block, token) { return nil }
    guard let pattern = rule.text else { return Evidence.none }
    return texts[block.id].find(text, pattern.anchor).map { .text($0) }
  }

  private func isMarked(_ block: Block, _ token: MarkupToken) -> Bool {
    let tree = block.storage.containers
    if token.isIn(tree.tokens[block.storage.inlineTokens[block.id]]) { return true }
    var position = block.container
    while position >= 0 {
      if token.isIn(tree.tokens(of: position)) { return true }
      position = Int(tree[position].parent)
    }
    return false
  }

  /// The blocks that the rule looks at, with the opener of each run.
  private func runs(_ document: Document, _ texts: [FoldedText]) -> [(blocks: Range<Int>, opener: Int?)] {
    guard let pattern = rule.from, let end = rule.until else { return [(0..<document.count, nil)] }
    var runs: [(Range<Int>, Int?)] = []
    var index = 0
    while index < document.count {
      guard texts[index].find(from, pattern.anchor) != nil,
        let close = close(of: index, end, document, texts)
      else {
        index += 1
        continue
      }
      runs.append((index..<close, index))
      index = max(close, index + 1)
    }
    return runs
  }

  private func close(
    of opener: Int, _ end: SiteRules.RunEnd, _ document: Document, _ texts: [FoldedText]
  ) -> Int? {
    let isHeading = document[opener].kind == .heading
    let level = isHeading ? document[opener].level : 6
    for index in (opener + 1)..<max(opener + 1, document.count) {
      let block = document[index]
      switch end {
      case .heading: if block.kind == .heading, block.level <= level { return index }
      case .prose: if block.flags.contains(.prose) { return index }
      case .pageEnd: break
      case .text(let pattern): if texts[index].find(until, pattern.anchor) != nil { return index }
      }
    }
    if case .text = end { return nil }
    return document.count
  }
}
