import WinnowCore
import WinnowStages
import Yams

/// Site rules in YAML.
enum SiteRulesFile {
  private static let siteKeys = ["host", "path", "rules", "fields"]
  private static let ruleKeys = [
    "name", "as", "token", "tag", "text", "max-words", "from", "until",
  ]
  private static let ends = ["heading", "prose", "end"]

  /// The sites of a list.
  static func sites(_ node: Node?, _ yaml: inout YAMLReading) -> [SiteRules.Site] {
    var sites: [SiteRules.Site] = []
    for item in yaml.items(node, "sites") {
      let members = yaml.members(item, "a site", keys: siteKeys)
      guard let hostNode = members["host"] else {
        yaml.report(item, "a site needs a 'host'; write 'host: example.com', or '*' for every page")
        continue
      }
      guard let host = yaml.text(hostNode, "host") else { continue }
      var site = SiteRules.Site(host: host)
      site.path = yaml.text(members["path"], "path")
      let address = SiteRules(sites: [site]).problems
      for problem in address {
        yaml.report(problem.contains("the path") ? members["path"] : hostNode, problem)
      }
      site.fields = fields(members["fields"], &yaml)
      site.rules = rules(members["rules"], &yaml)
      if members["rules"] == nil, members["fields"] == nil {
        yaml.report(
          item, "the site \(YAMLReading.shown(host)) has neither 'rules' nor 'fields'; add one of them")
      }
      sites.append(site)
    }
    return sites
  }

  private static func fields(_ node: Node?, _ yaml: inout YAMLReading) -> [RuledField: FieldSource] {
    var fields: [RuledField: FieldSource] = [:]
    let names = RuledField.allCases.map(\.rawValue)
    for (name, key, value) in yaml.pairs(node, "fields") {
      guard let field = RuledField(rawValue: name) else {
        yaml.report(key, "fields: " + YAMLReading.unknown("field", name, names))
        continue
      }
      var origins: [(name: String, node: Node)] = []
      // `date: none` leaves the field empty; one origin needs no brackets.
      if case .scalar(let scalar) = value, !YAMLReading.isNull(value) {
        if scalar.string != "none" { origins = [(scalar.string, value)] }
      } else {
        origins = yaml.items(value, "the sources of \(name)").compactMap { node in
          yaml.text(node, "an origin").map { ($0, node) }
        }
        if origins.isEmpty {
          yaml.report(
            value, "the sources of \(name) are empty; list origins, or write 'none' to leave the field empty")
        }
      }
      for origin in origins {
        if let problem = FieldSource.problem(of: origin.name) {
          yaml.report(origin.node, "fields: \(problem)")
        }
      }
      fields[field] = FieldSource(origins.map(\.name))
    }
    return fields
  }

  private static func rules(_ node: Node?, _ yaml: inout YAMLReading) -> [SiteRules.Rule] {
    var rules: [SiteRules.Rule] = []
    for (index, item) in yaml.items(node, "rules").enumerated() {
      let before = yaml.problems.count
      let members = yaml.members(item, "a rule", keys: ruleKeys)
      let hasSlip = yaml.problems.count > before
      guard !members.isEmpty else {
        if case .mapping(let mapping) = item, !mapping.isEmpty { continue }
        yaml.report(item, "a rule is empty; give it 'as' and a condition")
        continue
      }
      let place = "\(yaml.file):\(yaml.line(of: item))"
      let name = yaml.text(members["name"], "name") ?? "rule-\(index + 1)"
      var rule = SiteRules.Rule(name: name, .drop, place: place)
      if let action = action(members["as"], item, &yaml) { rule.action = action }
      rule.token = yaml.text(members["token"], "token")
      rule.tag = yaml.text(members["tag"], "tag")
      rule.text = pattern(members["text"], "text", &yaml)
      rule.from = pattern(members["from"], "from", &yaml)
      if members["max-words"] != nil {
        rule.maxWords = yaml.count(members["max-words"], "max-words", atLeast: 1)
      }
      rule.until = end(members["until"], &yaml)
      // A condition that could not be read, or whose key has a slip, must not look as if it were missing.
      let isRead =
        !hasSlip
        && ["token", "tag", "text", "from", "until"].allSatisfy { key in
          members[key] == nil || value(key, of: rule)
        }
      if isRead {
        for problem in rule.keyedProblems { yaml.report(members[problem.key] ?? item, problem.message) }
      }
      if rules.contains(where: { $0.name == rule.name }) {
        yaml.report(item, "two rules of the site are named '\(rule.name)'; give each its own name")
      }
      rules.append(rule)
    }
    return rules
  }

  private static func value(_ key: String, of rule: SiteRules.Rule) -> Bool {
    switch key {
    case "token": rule.token != nil
    case "tag": rule.tag != nil
    case "text": rule.text != nil
    case "from": rule.from != nil
    default: rule.until != nil
    }
  }

  private static func action(_ node: Node?, _ rule: Node, _ yaml: inout YAMLReading) -> SiteRules.Action? {
    let names = ["keep", "drop"] + Role.allCases.map(\.name)
    guard let node else {
      yaml.report(rule, "a rule needs 'as'; write 'as: drop', 'as: keep', or a role such as 'as: promotion'")
      return nil
    }
    return yaml.choice(node, "as", "role", names) { name in
      switch name {
      case "keep": .keep
      case "drop": .drop
      default: Role(name: name).map { .label($0) }
      }
    }
  }

  private static func pattern(_ node: Node?, _ what: String, _ yaml: inout YAMLReading) -> TextPattern? {
    guard let text = yaml.text(node, what) else { return nil }
    guard let pattern = TextPattern(text) else {
      yaml.report(
        node,
        "\(what): '\(YAMLReading.shown(text))' is no text pattern; write a sign and words in quotation marks: \"= whole\", \"^ start\", \"$ end\" or \"~ within\""
      )
      return nil
    }
    return pattern
  }

  private static func end(_ node: Node?, _ yaml: inout YAMLReading) -> SiteRules.RunEnd? {
    guard let text = yaml.text(node, "until") else { return nil }
    switch text {
    case "heading": return .heading
    case "prose": return .prose
    case "end": return .pageEnd
    default: break
    }
    if let pattern = TextPattern(text) { return .text(pattern) }
    yaml.report(
      node,
      "until: " + YAMLReading.unknown("end of a run", text, ends)
        + " Or a text pattern such as \"^ Read more\".")
    return nil
  }
}
