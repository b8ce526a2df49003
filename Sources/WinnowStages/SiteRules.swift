public import WinnowCore

/// What somebody knows of a site: which blocks of its pages are what, and where its fields stand.
///
/// Rules are a value; ``SiteRulesStage`` applies them as the last stage, with its reasons in the ledger like
/// any other's. The command reads them from YAML.
public struct SiteRules: Sendable, Hashable {
  /// The rules of some pages.
  public struct Site: Sendable, Hashable {
    /// `example.com`: that host, with or without `www.`. `*.example.com`: that host and all below it. `*`: any
    /// page, one without an address too.
    public var host: String
    /// A pattern for the address's path, in which `*` stands for any characters; `nil` for every path.
    public var path: String?
    /// The rules, in order; where two name one block the later one decides.
    public var rules: [Rule]
    /// Which sources a field is taken from, best first; see ``FieldSource``.
    public var fields: [RuledField: FieldSource]

    /// The rules of some pages.
    public init(
      host: String, path: String? = nil, rules: [Rule] = [], fields: [RuledField: FieldSource] = [:]
    ) {
      self.host = host
      self.path = path
      self.rules = rules
      self.fields = fields
    }
  }

  /// What a rule makes of its blocks.
  public enum Action: Sendable, Hashable {
    /// They belong to the body, each as what its markup says.
    case keep
    /// They do not.
    case drop
    /// They are this.
    case label(Role)
  }

  /// Where a run of blocks ends, which is never part of the run.
  public enum RunEnd: Sendable, Hashable {
    /// Before the next heading of the opener's level or above; before any heading where the opener is none.
    case heading
    /// Before the next block of running text.
    case prose
    /// Behind the page's last block.
    case pageEnd
    /// Before the block with this text. Without one the rule does nothing.
    case text(TextPattern)
  }

  /// One rule. All its conditions must hold; there must be one at least.
  public struct Rule: Sendable, Hashable {
    /// Lower-case letters, digits and hyphens; its reason is `site-rule.NAME`.
    public var name: String
    /// What it makes of its blocks.
    public var action: Action
    /// A word of the class, id, role or itemprop of the block's element, one around it or one within it.
    public var token: String?
    /// Elements around the block: `aside`, `article > ul`, `section li`.
    public var tag: String?
    /// The block's text.
    public var text: TextPattern?
    /// The block has no more words.
    public var maxWords: Int?
    /// The block stands in a run that a block with this text opens; the opener is part of it.
    public var from: TextPattern?
    /// Where that run ends; needed with `from`.
    public var until: RunEnd?
    /// Where the rule is written, for messages.
    public var place: String?

    /// A rule.
    public init(
      name: String, _ action: Action, token: String? = nil, tag: String? = nil, text: TextPattern? = nil,
      maxWords: Int? = nil, from: TextPattern? = nil, until: RunEnd? = nil, place: String? = nil
    ) {
      self.name = name
      self.action = action
      self.token = token
      self.tag = tag
      self.text = text
      self.maxWords = maxWords
      self.from = from
      self.until = until
      self.place = place
    }
  }

  /// The sites, in order; all that match a page apply.
  public var sites: [Site]

  /// Rules; none by default.
  public init(sites: [Site] = []) { self.sites = sites }

  /// Whether there are no rules at all.
  public var isEmpty: Bool { sites.isEmpty }

  /// What is wrong with the rules, each with what to do; empty when nothing is.
  public var problems: [String] {
    var problems: [String] = []
    for site in sites {
      if let problem = SiteAddress.problem(ofHost: site.host) { problems.append(problem) }
      if let path = site.path, let problem = SiteAddress.problem(ofPath: path) { problems.append(problem) }
      for rule in site.rules { problems += rule.problems.map { "\(rule.place ?? site.host): \($0)" } }
      var seen: Set<String> = []
      for rule in site.rules where !seen.insert(rule.name).inserted {
        problems.append(
          "\(rule.place ?? site.host): two rules of \(site.host) are named '\(rule.name)'; give each its own name"
        )
      }
    }
    return problems
  }
}

extension SiteRules.Rule {
  /// What is wrong with the rule, each with what to do.
  public var problems: [String] { keyedProblems.map(\.message) }

  /// The same with the key that each is about.
  package var keyedProblems: [(key: String, message: String)] {
    var problems: [(key: String, message: String)] = []
    let isPlain = name.utf8.allSatisfy {
      $0 == 0x2D || $0.isASCIISmall || $0.isASCIIDigit
    }
    if name.isEmpty || !isPlain {
      problems.append(
        ("name", "the name '\(name)' must be lower-case letters, digits and hyphens; rename the rule"))
    }
    if token == nil, tag == nil, text == nil, from == nil {
      problems.append(("as", "the rule has no condition; add 'token', 'tag', 'text' or 'from'"))
    }
    if let token, MarkupToken(token) == nil {
      let message = "the token '\(token)' has no word of two letters or more, so nothing can match"
      problems.append(("token", message + "; use another token or 'tag'"))
    }
    if let tag, let problem = TagPath.problem(of: tag) { problems.append(("tag", problem)) }
    if let maxWords, maxWords < 1 {
      problems.append(("max-words", "'max-words' must be at least 1; leave it out for no limit"))
    }
    if from != nil, until == nil {
      let message = "'from' needs 'until', so that the run ends; use heading, prose, end or a text pattern"
      problems.append(("from", message))
    }
    if from == nil, until != nil {
      problems.append(("until", "'until' needs 'from'; say what opens the run"))
    }
    return problems
  }
}

/// A text as rules name it: a sign for how it stands in the block, and the words. Letter case, accents,
/// quotation marks and the values of numbers do not matter.
public struct TextPattern: Sendable, Hashable, CustomStringConvertible {
  /// How the words stand in the block.
  public let anchor: PhraseAnchor
  /// The words as written.
  public let words: String

  /// Words that stand so.
  public init(_ anchor: PhraseAnchor, _ words: String) {
    self.anchor = anchor
    self.words = words
  }

  /// A pattern as it is written: `= whole`, `^ start`, `$ end`, `~ within`; `nil` when it is none.
  public init?(_ text: String) {
    guard let sign = text.first, let anchor = TextPattern.signs.first(where: { $0.sign == sign })?.anchor
    else { return nil }
    let words = String(text.dropFirst().drop { $0 == " " })
    guard
      words.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil })
    else { return nil }
    self.init(anchor, words)
  }

  private static let signs: [(sign: Character, anchor: PhraseAnchor)] = [
    ("=", .whole), ("^", .start), ("$", .end), ("~", .within),
  ]

  /// The pattern as it is written.
  public var description: String {
    let sign = TextPattern.signs.first { $0.anchor == anchor }?.sign ?? "~"
    return "\(sign) \(words)"
  }
}
