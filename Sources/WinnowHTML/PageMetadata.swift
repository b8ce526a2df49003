import WinnowCore

/// Turns what a page declares into candidates for the record's fields.
///
/// The order is fixed: JSON-LD, `meta` families, microdata, times, links to authors, addresses, `title`,
/// language; within a family as in the page. Nothing is chosen here, and names are not yet taken apart.
package enum PageMetadata {
  /// The longest list of candidates of one family.
  private static let maximumCandidates = 200

  /// The candidates of a page.
  package static func candidates(_ facts: HeadFacts) -> [FieldCandidate] {
    var found: [FieldCandidate] = []
    let canonical = facts.links.first { link in
      link.rel.utf8.split(separator: 0x20).contains { $0.elementsEqual("canonical".utf8) }
    }?.href
    let openGraph = facts.metas.first { $0.key == "og:url" }?.content
    let addresses = [canonical, openGraph].compactMap { $0 }
    found += JSONLD(facts.jsonLD, addresses: addresses).candidates().prefix(maximumCandidates * 4)
    appendMetas(facts.metas, to: &found)
    appendItems(facts.itemprops, to: &found)
    for time in facts.times.prefix(maximumCandidates) {
      // A post that was never changed has both classes on the one time that it shows.
      if time.itemprop == "datemodified"
        || time.saysUpdated && !time.saysPublished && time.itemprop != "datepublished"
      {
        add(.modified, time.datetime, "time:modified", time.block, to: &found)
      } else {
        let published = time.pubdate || time.itemprop == "datepublished" || time.saysPublished
        add(.published, time.datetime, published ? "time:pub" : "time", time.block, to: &found)
      }
    }
    for link in facts.authorLinks.prefix(maximumCandidates) {
      add(.author, link.text, link.byRel ? "rel-author" : "link:author", link.block, to: &found)
    }
    if let canonical { add(.url, canonical, "link:canonical", nil, to: &found) }
    if let title = facts.title { add(.headline, title, "title", nil, to: &found) }
    if let language = facts.htmlLang { add(.language, language, "html:lang", nil, to: &found) }
    return found
  }

  private static func add(
    _ field: Field, _ value: String, _ origin: Origin, _ block: Int?, type: String? = nil,
    to found: inout [FieldCandidate]
  ) {
    MetadataText.append(field, value, origin, type, block, to: &found)
  }

  // MARK: Meta elements

  private static func appendMetas(_ metas: [HeadFacts.Meta], to found: inout [FieldCandidate]) {
    let signs = metas.map { MetaFamilies.sign(of: $0.key) }
    let all = signs.reduce(0, |)
    // No dictionary: to hash a page's dozens of keys takes longer than to look through them for the few that are known.
    for index in MetaFamilies.fields.indices where MetaFamilies.signs[index] & all != 0 {
      let (key, field) = MetaFamilies.fields[index]
      func isIts(_ place: Int) -> Bool {
        signs[place] == MetaFamilies.signs[index] && metas[place].key == key
      }
      guard let first = metas.indices.first(where: isIts) else { continue }
      let origin = Origin("meta:\(key)")
      for place in metas.indices[first...].lazy.filter(isIts).prefix(maximumCandidates) {
        let content = metas[place].content
        if field == .tag {
          for value in MetadataText.list(content) { add(field, value, origin, nil, to: &found) }
        } else {
          add(field, content, origin, nil, to: &found)
        }
      }
    }
    appendLabelled(metas, to: &found)
    appendUnlisted(metas, to: &found)
  }

  /// Keys of publishing systems' own that say what they are: `w-published-date`, `pub_date`.
  private static func appendUnlisted(_ metas: [HeadFacts.Meta], to found: inout [FieldCandidate]) {
    var known = 0
    for meta in metas where known < 5 && meta.content.utf8.count >= 8 && meta.content.utf8.count <= 40 {
      guard meta.key.hasSuffix("date") || meta.key.hasSuffix("time") || meta.key.hasSuffix("published") else {
        continue
      }
      guard !MetaFamilies.keys.contains(meta.key), meta.key.contains("pub") else { continue }
      add(.published, meta.content, "meta:date", nil, to: &found)
      known += 1
    }
  }

  /// Cards of the kind `twitter:label1` "Written by", `twitter:data1` "Ann Smith". Labels are in the
  /// page's language, so the label goes along as the type and the names decide.
  private static func appendLabelled(_ metas: [HeadFacts.Meta], to found: inout [FieldCandidate]) {
    guard metas.contains(where: { $0.key.utf8.starts(with: "twitter:label".utf8) }) else { return }
    func content(of key: String) -> String? { metas.first { $0.key == key }?.content }
    for number in 1...4 {
      guard let label = content(of: "twitter:label\(number)"), let data = content(of: "twitter:data\(number)")
      else { continue }
      // A value with digits is a reading time, a price or a date.
      guard !data.utf8.contains(where: { $0.isASCIIDigit }) else { continue }
      add(
        .author, data, Origin("meta:twitter:data\(number)"), nil,
        type: MetadataText.clean(label, .line), to: &found)
    }
  }

  // MARK: Microdata

  private static let itemFields: [String: Field] = [
    "headline": .headline, "author": .author, "creator": .author, "datepublished": .published,
    "datemodified": .modified, "publisher": .publisher, "articlesection": .section, "keywords": .tag,
    "description": .description, "alternativeheadline": .dek, "inlanguage": .language,
    "isaccessibleforfree": .accessibleForFree,
  ]
  private static let agentTypes: Set<String> = ["Person", "Organization", "NewsMediaOrganization"]

  private static func appendItems(_ items: [HeadFacts.ItemProperty], to found: inout [FieldCandidate]) {
    var agentName: (name: String, type: String, index: Int)?
    for (index, item) in items.prefix(maximumCandidates * 10).enumerated() {
      if item.prop == "name" {
        // Elements end from the inside out: an agent's name stands before the agent.
        if agentTypes.contains(item.itemtype) { agentName = (item.value, item.itemtype, index) }
        if JSONLD.isArticle(item.itemtype) { add(.headline, item.value, "microdata:name", item, to: &found) }
        continue
      }
      guard let field = itemFields[item.prop] else { continue }
      let comment = item.itemtype == "Comment" || item.itemtype == "UserComments"
      guard !comment else { continue }
      var value = item.value
      var type = item.itemtype.isEmpty ? nil : item.itemtype
      if field == .author || field == .publisher {
        if let named = agentName, named.index >= index - 4, agentTypes.contains(item.itemtype) {
          (value, type) = (named.name, named.type)
        } else if !agentTypes.contains(item.itemtype) {
          type = nil
        }
        agentName = nil
        if value.hasPrefix("http://") || value.hasPrefix("https://") { continue }
      }
      for part in field == .tag ? MetadataText.list(value) : [value] {
        MetadataText.append(field, part, "microdata", type, item.block, to: &found)
      }
      if let type, JSONLD.isArticle(type), field == .headline || field == .published {
        MetadataText.append(.articleType, type, "microdata", type, nil, to: &found)
      }
    }
  }

  private static func add(
    _ field: Field, _ value: String, _ origin: Origin, _ item: HeadFacts.ItemProperty,
    to found: inout [FieldCandidate]
  ) {
    MetadataText.append(field, value, origin, item.itemtype, item.block, to: &found)
  }
}
