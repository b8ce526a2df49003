import Winnow
import WinnowCore
import WinnowStages
import Yams

extension Settings {
  /// A file with every key at its default, and what each means.
  public static var defaultText: String {
    let stages = BuiltInStages.all.map(\.id.name)
    return """
      # Settings of winnow. Every key may be left out; these are the defaults.
      # Check a file: winnow config FILE.  What is in force: winnow config --effective --config FILE.

      # The version of this format.
      winnow: \(version)

      # Where it is doubtful whether a block belongs to the body:
      # precision (rather lose a paragraph), balanced, recall (rather keep a teaser).
      favor: balanced

      stages:
        # Stages that do not run: winnow stages lists them all.
        skip: []
        # Their order. Leave this out to have new stages of later versions run too.
        order: [\(stages.joined(separator: ", "))]
        # How far a stage is trusted. at-most: hint, likely, strong or certain; what a stage was surer of, others
        # may overrule. only, except: the roles that it may or may not give.
        #   promotion: {at-most: likely}
        #   footer: {except: [navigation]}
        options: {}

      # What becomes of a role: body, field (fills its field of the record), aside (captions, disclaimers and
      # corrections beside the body) or drop. A field's block in the body still fills its field.
      #   caption: body
      #   dek: drop
      retention: {}

      # Phrase files of your own, from this file's folder: what `lexicon/en.phrases` looks like.
      phrases: []

      # Files with rules for sites, from this file's folder. Rules may also stand here, under 'sites'.
      rules: []

      # sites:
      #   - host: paper.example          # or *.paper.example, or * for every page
      #     path: /news/*                # optional
      #     rules:                       # all conditions of a rule must hold
      #       - name: shop-box           # its reason will be site-rule.shop-box
      #         as: promotion            # keep, drop, or what the blocks are
      #         token: shop-box          # a word of class, id, role or itemprop, on or around the block
      #       - as: drop
      #         tag: article > aside     # elements around the block
      #         text: "^ Got a tip?"     # = whole, ^ start, $ end, ~ within
      #         max-words: 30
      #       - as: related-links
      #         from: "= More from us"   # a run of blocks that a text opens
      #         until: prose             # heading, prose, end, or a text pattern
      #     fields:                      # where fields are taken from, best first
      #       date: [json-ld, "meta:article:published_time", text]
      #       authors: none
      sites: []

      limits:
        # The longest page that is read, in bytes.
        max-bytes: 64M
        # The most blocks that a page may have.
        max-blocks: 1000000

      strictness:
        # A body of less confidence makes a record 'partial'.
        doubtful-below: 0.4
        # Site rules that never fire although pages of their site were cleaned: ignore, report or fail.
        unused-rules: report

      """
  }

  /// What is in force, as a file that gives the same settings again.
  public var effectiveText: String {
    var text = "winnow: \(Self.version)\n"
    text += "favor: \((configuration.favor ?? .balanced).rawValue)\n"
    let off = configuration.options.filter { !$0.value.isOn }.map(\.key.name).sorted()
    let order = configuration.stages.map(\.id.name).filter { !off.contains($0) }
    text += "stages:\n  skip: [\(off.joined(separator: ", "))]\n"
    text += "  order: [\(order.joined(separator: ", "))]\n"
    let options = configuration.options.filter { $0.value.isOn && $0.value != StageOptions() }
    text += options.isEmpty ? "  options: {}\n" : "  options:\n"
    for (stage, option) in options.sorted(by: { $0.key.name < $1.key.name }) {
      var parts = ["at-most: \(option.atMost)"]
      if let only = option.only { parts.append("only: [\(only.map(\.name).joined(separator: ", "))]") }
      if !option.except.isEmpty {
        parts.append("except: [\(option.except.map(\.name).joined(separator: ", "))]")
      }
      text += "    \(stage): {\(parts.joined(separator: ", "))}\n"
    }
    text += "retention:\n"
    for role in Role.allCases { text += "  \(role.name): \(configuration.policy[role].rawValue)\n" }
    text += list("phrases", phraseFiles) + list("rules", ruleFiles)
    text += ownSites.isEmpty ? "sites: []\n" : "sites:\n" + ownSites.map(Self.text).joined()
    text += "limits:\n  max-bytes: \(configuration.maxBytes)\n  max-blocks: \(configuration.maxBlocks)\n"
    text += "strictness:\n  doubtful-below: \(configuration.doubtfulBelow)\n"
    return text + "  unused-rules: \(unusedRules.rawValue)\n"
  }

  /// All that the settings were made from, the files that they name included: two runs with the same text
  /// clean alike.
  public var wholeText: String {
    configuration.phrases.reduce(effectiveText) { $0 + $1.text } + "\(configuration.rules)"
  }

  private func list(_ key: String, _ items: [String]) -> String {
    items.isEmpty ? "\(key): []\n" : "\(key):\n" + items.map { "  - \(Self.quoted($0))\n" }.joined()
  }

  private static func text(of site: SiteRules.Site) -> String {
    var text = "  - host: \(quoted(site.host))\n"
    if let path = site.path { text += "    path: \(quoted(path))\n" }
    text += site.rules.isEmpty ? "    rules: []\n" : "    rules:\n"
    for rule in site.rules {
      text += "      - name: \(rule.name)\n"
      switch rule.action {
      case .keep: text += "        as: keep\n"
      case .drop: text += "        as: drop\n"
      case .label(let role): text += "        as: \(role.name)\n"
      }
      if let token = rule.token { text += "        token: \(quoted(token))\n" }
      if let tag = rule.tag { text += "        tag: \(quoted(tag))\n" }
      if let pattern = rule.text { text += "        text: \(quoted(pattern.description))\n" }
      if let most = rule.maxWords { text += "        max-words: \(most)\n" }
      if let from = rule.from { text += "        from: \(quoted(from.description))\n" }
      switch rule.until {
      case .heading?: text += "        until: heading\n"
      case .prose?: text += "        until: prose\n"
      case .pageEnd?: text += "        until: end\n"
      case .text(let pattern)?: text += "        until: \(quoted(pattern.description))\n"
      case nil: break
      }
    }
    guard !site.fields.isEmpty else { return text }
    text += "    fields:\n"
    for (field, source) in site.fields.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let origins = source.origins.map(quoted).joined(separator: ", ")
      text += "      \(field.rawValue): \(source.origins.isEmpty ? "none" : "[\(origins)]")\n"
    }
    return text
  }

  /// A text as a YAML string in double quotation marks.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}":
        let digits = String(scalar.value, radix: 16)
        result += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
