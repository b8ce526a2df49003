import WinnowCore

/// What a page's JSON-LD says about its article.
///
/// Several objects can describe articles: teasers, parts, the same article twice. The one whose address is
/// the page's own leads; objects that describe the same article fill in what it lacks; others come last,
/// with origin `json-ld:other`. Values of the page or site stand under `json-ld:page` and `json-ld:site`.
struct JSONLD {
  /// A describing object.
  private struct Node {
    let value: JSONValue
    let types: [String]
    let isArticle: Bool
  }

  private var nodes: [Node] = []
  private var byID: [String: JSONValue] = [:]
  /// Addresses of the page itself, without scheme, query and trailing slash.
  private let addresses: Set<String>

  /// At most so many objects are looked at; pages have a few dozen.
  private static let maximumNodes = 20_000
  private static let maximumValues = 100

  /// The objects of all scripts; `addresses` are the page's canonical and OpenGraph URL.
  init(_ scripts: [[UInt8]], addresses: [String]) {
    self.addresses = Set(addresses.map(Self.address))
    let documents = scripts.flatMap { JSONValue.documents(in: $0) }
    index(documents)
    collect(documents)
  }

  /// All candidates, best first.
  func candidates() -> [FieldCandidate] {
    var found: [FieldCandidate] = []
    let articles = nodes.filter(\.isArticle)
    if let leading = articles.firstIndex(where: { isOwn($0.value) }) ?? articles.indices.first {
      let lead = articles[leading]
      let rest = articles.indices.filter { $0 != leading }.map { articles[$0] }
      let same = [lead] + rest.filter { isSame($0.value, as: lead.value) }
      let other = rest.filter { !isSame($0.value, as: lead.value) }
      append(same, "json-ld", to: &found)
      append(other, "json-ld:other", to: &found)
    }
    append(nodes.filter { !$0.isArticle && !Self.isSite($0.types) }, "json-ld:page", to: &found)
    for node in nodes where Self.isSite(node.types) {
      add(.siteName, node.value["name"]?.elements.first?.text, "json-ld:site", node.types.first, to: &found)
      if node.types.contains("WebSite") {
        for publisher in agents(node.value["publisher"]) {
          add(.publisher, publisher.name, "json-ld:site", publisher.type, to: &found)
        }
      }
    }
    return found
  }

  // MARK: Finding objects

  /// Files every object that has an `@id` and says anything, wherever it stands.
  private mutating func index(_ documents: [JSONValue]) {
    var open = Array(documents.reversed())
    var seen = 0
    while let value = open.popLast(), seen < Self.maximumNodes {
      seen += 1
      switch value {
      case .array(let elements): open.append(contentsOf: elements.reversed())
      case .object(let members):
        if members.count > 1, let id = value["@id"]?.text, says(value, moreThan: byID[id]) {
          byID[id] = value
        }
        for member in members.reversed() {
          switch member.value {
          case .array, .object: open.append(member.value)
          default: break
          }
        }
      default: break
      }
    }
  }

  /// References repeat a name or an address; the object itself has a type as well.
  private func says(_ value: JSONValue, moreThan known: JSONValue?) -> Bool {
    guard let known else { return true }
    func facts(_ value: JSONValue) -> Int { (value["@type"] == nil ? 0 : 1) + (value["name"] == nil ? 0 : 1) }
    return facts(value) > facts(known)
  }

  /// Lists the objects that speak for the page: those on top, in `@graph`, and main entities. Items of
  /// lists, parts, comments and mentions are other things and stay out.
  private mutating func collect(_ documents: [JSONValue]) {
    var open = Array(documents.reversed())
    while let value = open.popLast(), nodes.count < Self.maximumNodes {
      switch value {
      case .array(let elements): open.append(contentsOf: elements.reversed())
      case .object:
        for key in ["mainEntityOfPage", "mainEntity", "@graph"] {
          switch value[key] {
          case .some(.array(let elements)): open.append(contentsOf: elements.reversed())
          case .some(.object(let members)) where members.count > 1: open.append(.object(members))
          default: break
          }
        }
        let types = Self.types(value)
        guard !types.isEmpty, !types.contains(where: Self.ignored.contains) else { continue }
        nodes.append(Node(value: value, types: types, isArticle: types.contains(where: Self.isArticle)))
      default: break
      }
    }
  }

  private static let ignored: Set<String> = [
    "BreadcrumbList", "ItemList", "ListItem", "SiteNavigationElement", "WPHeader", "WPFooter", "WPSideBar",
    "SearchAction", "Person", "ImageObject", "Comment", "Answer", "Question", "Offer", "AggregateRating",
    "Review", "Rating", "Place", "Brand", "VideoObject", "AudioObject", "Event", "Product",
    "SoftwareApplication", "MobileApplication", "CollectionPage", "SearchResultsPage", "LocalBusiness",
  ]

  static func types(_ value: JSONValue) -> [String] {
    (value["@type"] ?? value["type"])?.elements.prefix(10).compactMap(\.text).map(MetadataText.lastPart) ?? []
  }

  static func isArticle(_ type: String) -> Bool {
    type.hasSuffix("Article") || type.hasSuffix("Posting") && type != "JobPosting" || type == "Report"
  }

  private static func isSite(_ types: [String]) -> Bool {
    types.contains { $0 == "WebSite" || $0.hasSuffix("Organization") || $0 == "Corporation" }
  }

  // MARK: The same thing

  static func address(_ url: String) -> String {
    // By bytes: to find a string's characters takes a hundred times as long.
    var text = url.utf8[...]
    if let end = text.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) {
      text = text[..<end]
    }
    for prefix in ["https://", "http://", "//"] where text.starts(with: prefix.utf8) {
      text = text.dropFirst(prefix.utf8.count)
    }
    if text.starts(with: "www.".utf8) { text = text.dropFirst(4) }
    while text.last == UInt8(ascii: "/") { text = text.dropLast() }
    return String(Substring(text))
  }

  private func urls(_ value: JSONValue) -> [String] {
    let page = value["mainEntityOfPage"]
    let named = [value["url"]?.text, page?.text, page?["@id"]?.text, page?["url"]?.text, value["@id"]?.text]
    return named.compactMap { $0 }.map(Self.address)
  }

  private func isOwn(_ value: JSONValue) -> Bool { urls(value).contains(where: addresses.contains) }

  private func isSame(_ value: JSONValue, as lead: JSONValue) -> Bool {
    if let headline = value["headline"]?.text, headline == lead["headline"]?.text { return true }
    let own = urls(value)
    return own.isEmpty ? lead["headline"] == nil : !Set(own).isDisjoint(with: urls(lead))
  }

  // MARK: Values

  /// Adds each field from the first of the objects that has it.
  private func append(_ nodes: [Node], _ origin: Origin, to found: inout [FieldCandidate]) {
    func each(
      _ field: Field, _ keys: [String], from origin: Origin = origin, _ values: (JSONValue) -> [String]
    ) {
      for node in nodes {
        for key in keys {
          let texts = node.value[key].map(values) ?? []
          guard !texts.isEmpty else { continue }
          for text in texts.prefix(Self.maximumValues) {
            add(field, text, origin, node.types.first, to: &found)
          }
          return
        }
      }
    }
    each(.headline, ["headline"]) { Array($0.elements.prefix(1)).compactMap(\.text) }
    each(.headline, ["name"], from: Origin("\(origin.name):name")) {
      Array($0.elements.prefix(1)).compactMap(\.text)
    }
    for node in nodes {
      let names = ["author", "creator"].lazy.map { agents(node.value[$0]) }.first { !$0.isEmpty }
      guard let names else { continue }
      for agent in names { add(.author, agent.name, origin, agent.type, to: &found) }
      break
    }
    each(.published, ["datePublished"]) { Array($0.elements.prefix(1)).compactMap(\.text) }
    if let created = nodes.lazy.compactMap({ $0.value["dateCreated"]?.text }).first {
      add(.published, created, Origin("\(origin.name):created"), nodes.first?.types.first, to: &found)
    }
    each(.modified, ["dateModified"]) { Array($0.elements.prefix(1)).compactMap(\.text) }
    each(.description, ["description"]) { Array($0.elements.prefix(1)).compactMap(\.text) }
    each(.dek, ["alternativeHeadline"]) { Array($0.elements.prefix(1)).compactMap(\.text) }
    if let publisher = nodes.lazy.flatMap({ agents($0.value["publisher"]) }).first {
      add(.publisher, publisher.name, origin, publisher.type, to: &found)
    }
    each(.section, ["articleSection"]) { $0.elements.compactMap(\.text) }
    each(.tag, ["keywords"]) { keywords($0) }
    each(.language, ["inLanguage"]) {
      $0.elements.prefix(1).compactMap { $0.text ?? $0["alternateName"]?.text ?? $0["name"]?.text }
    }
    each(.url, ["url", "mainEntityOfPage"]) {
      $0.elements.prefix(1).compactMap { $0.text ?? $0["@id"]?.text ?? $0["url"]?.text }
    }
    each(.image, ["image", "thumbnailUrl"]) { image($0) }
    each(.accessibleForFree, ["isAccessibleForFree"]) { free($0) }
    each(.articleBody, ["articleBody"]) { Array($0.elements.prefix(1)).compactMap(\.text) }
    for type in nodes.first?.types ?? [] { add(.articleType, type, origin, type, to: &found) }
  }

  private func add(
    _ field: Field, _ value: String?, _ origin: Origin, _ type: String?, to found: inout [FieldCandidate]
  ) {
    guard let value else { return }
    MetadataText.append(field, value, origin, type, nil, to: &found)
  }

  private func keywords(_ value: JSONValue) -> [String] {
    value.elements.prefix(Self.maximumValues).flatMap { element -> [String] in
      guard let text = element.text else { return element["name"]?.text.map { [$0] } ?? [] }
      return MetadataText.list(text)
    }
  }

  private func image(_ value: JSONValue) -> [String] {
    value.elements.prefix(1).compactMap { element in
      element.text ?? element["url"]?.text ?? element["contentUrl"]?.text
        ?? element["@id"]?.text.flatMap { byID[$0]?["url"]?.text }
    }
  }

  private func free(_ value: JSONValue) -> [String] {
    switch value {
    case .bool(let flag): [flag ? "true" : "false"]
    case .string(let text):
      switch MetadataText.lastPart(text).lowercased() {
      case "true": ["true"]
      case "false": ["false"]
      default: []
      }
    default: []
    }
  }

  /// Names and types of persons or organisations: strings, objects, references, or lists of them.
  private func agents(_ value: JSONValue?) -> [(name: String, type: String?)] {
    guard let value else { return [] }
    return value.elements.prefix(Self.maximumValues).flatMap { element -> [(name: String, type: String?)] in
      if let text = element.text {
        if let known = byID[text] { return named(known) }
        return text.hasPrefix("http") && text.contains("://") ? [] : [(text, nil)]
      }
      if element["name"] == nil, let id = element["@id"]?.text, let known = byID[id] { return named(known) }
      return named(element)
    }
  }

  private func named(_ agent: JSONValue) -> [(name: String, type: String?)] {
    // A reference often repeats the name and leaves the type to the object it points to.
    let type = Self.types(agent).first ?? agent["@id"]?.text.flatMap { byID[$0] }.map(Self.types)?.first
    if let names = agent["name"]?.elements.prefix(Self.maximumValues).compactMap(\.text), !names.isEmpty {
      return names.map { ($0, type) }
    }
    let parts = [agent["givenName"]?.text, agent["familyName"]?.text].compactMap { $0 }
    return parts.isEmpty ? [] : [(parts.joined(separator: " "), type)]
  }
}
