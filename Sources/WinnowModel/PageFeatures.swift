import WinnowCore
import WinnowText

/// Numbers of the page as a whole, the same for all its blocks.
struct PageFeatures {
  /// Names of the numbers, if they were asked for.
  private(set) var names: [String] = []
  private(set) var values: [Float] = []
  private let isNaming: Bool

  init(_ document: Document, _ columns: PageColumns, isNaming: Bool = false) {
    self.isNaming = isNaming
    let count = columns.rows.count
    let all = max(columns.words[count], 1)
    func share(_ condition: (BlockRow) -> Bool) -> Float {
      var words: Float = 0
      for row in columns.rows where condition(row) { words += Float(row.measures.words) }
      return words / all
    }
    var tallies = [Int](repeating: 0, count: 256)
    for container in columns.containers { tallies[Int(container.tag.rawValue)] += 1 }
    add("words", logCount(columns.words[count]))
    add("blocks", logCount(Float(count)))
    let characters = columns.characters[count]
    add("links", characters == 0 ? 0 : columns.linkCharacters[count] / characters)
    add("sentences", columns.sentenceWords[count] / all)
    add("long", logCount(columns.longBlocks[count]))
    add("long_share", share(PageColumns.isLong))
    add("p_share", share { columns.containers[Int($0.container)].tag == .p })
    add("li_share", share { $0.measures.kind == .listItem })
    add("span_share", document.measures.proseSpan.isEmpty ? 0 : spanShare(document, columns))
    add("dates", logCount(columns.dates[count]))
    for tag in [ContainerTag.article, .main, .h1, .h2, .h3, .table, .form, .pre, .blockquote] {
      add("n_\(tag)", logCount(Float(tallies[Int(tag.rawValue)])))
    }
    let best = columns.best
    add("best_share", columns.sum(columns.words, in: best) / all)
    add("best_links", columns.linkDensity(of: best))
    add("best_blocks", logCount(Float(columns.blockCount(of: best))))
    addDeclared(document)
    addAddress(document)
  }

  private func spanShare(_ document: Document, _ columns: PageColumns) -> Float {
    let span = document.measures.proseSpan
    guard span.upperBound < columns.words.count else { return 0 }
    let all = max(columns.words[columns.rows.count], 1)
    return (columns.words[span.upperBound] - columns.words[span.lowerBound]) / all
  }

  private mutating func addDeclared(_ document: Document) {
    let kind = DeclaredKind(document)
    add("og_article", kind.calls("article"))
    add("og_product", kind.calls("product"))
    add("og_website", kind.calls("website"))
    add("og_none", kind.openGraph.isEmpty)
    add("ld_article", kind.declares(DeclaredKind.articleTypes))
    add("ld_forum", kind.declares(DeclaredKind.threadTypes))
    add("ld_product", kind.declares(["Product", "Offer"]))
    add("ld_list", kind.declares(["ItemList", "CollectionPage"]))
    add("ld_any", kind.hasTypes)
    add("ld_body", !document.declared(.articleBody).isEmpty)
  }

  /// Words in an address's path that tell kinds of pages apart.
  private static let words = AddressWords.sections.filter { $0.name != "author" }
    .map { ($0.name, $0.words.map { Array($0.utf8) }) }

  private mutating func addAddress(_ document: Document) {
    let declared = document.declared(.url).first?.value
    let url = declared ?? document.url ?? ""
    let path = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: true).dropFirst(2).joined()
    let lowered = Array(("/" + path.lowercased()).utf8)
    add("url_known", !url.isEmpty)
    add("url_depth", Float(lowered.reduce(0) { $0 + ($1 == 0x2F ? 1 : 0) }))
    add("url_length", logCount(Float(lowered.count)))
    add("url_hyphens", Float(lowered.reduce(0) { $0 + ($1 == 0x2D ? 1 : 0) }))
    for (name, words) in PageFeatures.words {
      add("url_\(name)", words.contains { lowered.holds($0) })
    }
  }

  @inline(__always)
  private mutating func add(_ name: @autoclosure () -> String, _ value: Float) {
    if isNaming {
      let name = name()
      names.append((name.hasPrefix("ld_") ? "" : "page_") + name)
    }
    values.append(value)
  }

  @inline(__always)
  private mutating func add(_ name: @autoclosure () -> String, _ value: Bool) { add(name(), value ? 1 : 0) }
}
