import WinnowCore
import WinnowText

/// The features of a page's blocks, computed once over columns.
///
/// The families follow the recipe in the model card: the token score, the text, the place, the containers
/// around, the best container, repetition, the page, and what the stages before said.
package struct BlockFeatures {
  private let document: Document
  private let columns: PageColumns
  private let groups: SignatureGroups
  private let tokens: TokenColumns
  private let page: PageFeatures
  private let rules: RuleColumns
  private let titles: TitleColumns
  private let isFlat: Bool

  /// Names of the columns, in order.
  package static let names: [String] = {
    var writer = FeatureNames()
    let empty = Document(
      DocumentStorage(
        form: .html, url: nil, signals: [], text: [0x61], rows: [BlockRow()], hits: [],
        containers: ContainerTree(rows: [], tokens: []), metadata: [], page: PageMeasures(), repairs: [:],
        charset: "utf-8", language: nil))
    let features = BlockFeatures(empty, Ledger(blockCount: 1), TokenWeights())
    var room = Room(features)
    features.write(0, &room, &writer)
    return writer.names + PageFeatures(empty, features.columns, isNaming: true).names
  }()

  /// Tells one list of features from another: a model made for other features is refused.
  package static let digest: UInt32 = ContainerTree.tokenHash(names.joined(separator: ",").utf8)

  /// Names of the columns that come from JSON-LD; training blanks them on half of the pages, because many
  /// archives strip scripts.
  package static let scriptColumns: [String] = names.filter { $0.hasPrefix("ld_") }

  package init(_ document: Document, _ ledger: Ledger, _ weights: TokenWeights) {
    self.document = document
    columns = PageColumns(document)
    groups = SignatureGroups(columns)
    let ranges = document.storage.inlineTokens
    tokens = TokenColumns(columns, weights, inline: ranges)
    page = PageFeatures(document, columns)
    rules = RuleColumns(document, ledger)
    titles = TitleColumns(document)
    isFlat = document.form == .flatText
  }

  /// All rows.
  package func matrix() -> FeatureMatrix {
    var room = Room(self)
    var matrix = FeatureMatrix(count: columns.rows.count, width: BlockFeatures.names.count) { base, stride in
      for index in columns.rows.indices {
        var writer = RowWriter(row: base + index, stride: stride)
        write(index, &room, &writer)
      }
    }
    // The page's own numbers are the last columns, the same in every row.
    matrix.fill(from: matrix.width - page.values.count, page.values)
    return matrix
  }

  /// Group of each block by the signatures of its three nearest containers, for smoothing.
  package var signatureGroups: [Int32] { groups.triple }

  /// Ways of grouping blocks for the networks: by template, by container, by the container around that,
  /// and the whole page.
  static let ways = 4

  /// The groups that the networks pool over.
  var networkGroups: BlockGroups {
    let containers = columns.rows.map { $0.container }
    let around = containers.map { $0 >= 0 ? columns.containers[Int($0)].parent : -1 }
    return BlockGroups(columns.rows, [groups.triple, containers, around])
  }

  /// What serves one row after the other.
  private struct Room: ~Copyable {
    var levels: ContainerLevels
    let near: AncestorDistances
    /// Those of ``BlockFeatures/marks``, asked for once.
    let marks = BlockFeatures.marks.map(\.1)
    let neighbours: [Neighbour]

    init(_ features: borrowing BlockFeatures) {
      levels = ContainerLevels(features.columns)
      near = AncestorDistances(features.columns.containers)
      neighbours = features.columns.rows.indices.map(features.neighbour)
    }
  }

  /// Writes a row.
  private func write(_ index: Int, _ room: inout Room, _ w: inout some FeatureWriter) {
    writeTokens(index, &w)
    writeText(index, &w)
    writePlace(index, room, &w)
    writeNeighbours(index, room, &w)
    writeContainers(index, &room.levels, &w)
    writeRepetition(index, &w)
    rules.write(index, columns, &w)
  }

  // MARK: - Token score

  private func writeTokens(_ index: Int, _ w: inout some FeatureWriter) {
    let count = columns.rows.count
    w.put("tok", tokens.block[index])
    w.put("tok_prev", index > 0 ? tokens.block[index - 1] : 0)
    w.put("tok_next", index + 1 < count ? tokens.block[index + 1] : 0)
    let heading = rules.lastHeading[index]
    w.put("tok_heading", heading >= 0 ? tokens.block[Int(heading)] : 0)
    let all = columns.words[count]
    w.put("tok_page", all == 0 ? 0 : tokens.mass[count] / all)
    var container = Int(columns.rows[index].container)
    var smallest: Float = 0
    var largest: Float = 0
    var smallestAt: Float = 0
    var largestAt: Float = 0
    var nearSmallest: Float = 0
    for step in 0..<14 {
      let value = container >= 0 ? tokens.own[container] : 0
      if step < 4 { w.put("tok_up\(step)", value) }
      if value < smallest {
        smallest = value
        smallestAt = Float(step)
        if step < 4 { nearSmallest = value }
      }
      if value > largest {
        largest = value
        largestAt = Float(step)
      }
      if container >= 0 { container = Int(columns.containers[container].parent) }
    }
    w.put("tok_min", smallest)
    w.put("tok_max", largest)
    w.put("tok_min_at", smallestAt)
    w.put("tok_max_at", largestAt)
    w.put("tok_min_near", nearSmallest)
  }

  // MARK: - Text

  private func writeText(_ index: Int, _ w: inout some FeatureWriter) {
    let row = columns.rows[index]
    let m = row.measures
    let words = Float(m.words)
    let characters = Float(max(m.characters, 1))
    w.put("words", logCount(words))
    w.put("characters", logCount(Float(m.characters)))
    w.put("word_length", characters / max(words, 1))
    w.put("link_density", Float(m.linkCharacters) / characters)
    w.put("links", logCount(Float(m.links)))
    w.put("bold", Float(m.boldCharacters) / characters)
    w.put("images", logCount(Float(m.images)))
    w.putShares(m, words: words, characters: characters)
    w.put("words_a_sentence", words / Float(max(m.sentences, 1)))
    w.putSigns(m.flags)
    w.put("hidden", m.flags.contains(.hidden))
    w.put("prose", m.flags.contains(.prose))
    w.put("copies", logCount(Float(m.copies - 1)))
    w.put("later_copy", m.firstCopy >= 0)
    w.put("kind", Float(m.kind.rawValue))
    w.put("level", Float(m.level))
    w.put("title_jaccard", titles.jaccard[index])
    w.put("in_title", titles.inTitle[index])
    w.put("in_description", titles.inDescription[index])
  }

  // MARK: - Place

  private func writePlace(_ index: Int, _ room: borrowing Room, _ w: inout some FeatureWriter) {
    let count = columns.rows.count
    let row = columns.rows[index]
    let container = columns.containers[Int(row.container)]
    w.put("tag", Float(container.tag.rawValue))
    w.put("depth", Float(container.depth))
    writeAncestors(index, room, &w)
    let before = columns.words[index]
    let all = columns.words[count]
    w.put("place", Float(index) / Float(max(count, 1)))
    w.put("words_share_before", all == 0 ? 0 : before / all)
    w.put("words_before", logCount(before))
    w.put("words_after", logCount(all - columns.words[index + 1]))
    w.put("index", logCount(Float(index)))
    w.put("to_headline", signedLog(rules.headline >= 0 ? Float(index - rules.headline) : nil))
    let headlineWords = rules.headline >= 0 ? before - columns.words[rules.headline] : nil
    w.put("words_to_headline", signedLog(headlineWords))
    let heading = Int(rules.lastHeading[index])
    w.put("heading_level", heading >= 0 ? Float(columns.rows[heading].measures.level) : 0)
    w.put("words_since_heading", heading >= 0 ? logCount(before - columns.words[heading]) : -1)
    w.put("blocks_since_heading", heading >= 0 ? logCount(Float(index - heading)) : -1)
    let span = document.measures.proseSpan
    w.put("in_span", span.contains(index))
    w.put("to_span_start", signedLog(Float(index - span.lowerBound)))
    w.put("to_span_end", signedLog(Float(index - span.upperBound)))
  }

  /// 1/(1+steps) to the nearest container of some kinds, 0 without one.
  private func writeAncestors(_ index: Int, _ room: borrowing Room, _ w: inout some FeatureWriter) {
    room.near.write(from: Int(columns.rows[index].container), &w)
    let marks = document[index].marks
    // By index: a copy of a pair would count references to its name, for every block.
    for kind in room.marks.indices {
      w.put("mark_\(BlockFeatures.marks[kind].0)", !marks.isDisjoint(with: room.marks[kind]))
    }
  }

  /// Marks of the containers around, by what they mean in any language.
  private static let marks: [(String, MarkupMarks)] = [
    ("menu", [.navigationToken, .breadcrumbToken]), ("foot", [.footerToken]), ("side", [.sidebarToken]),
    ("related", [.relatedToken, .mostReadToken, .tickerToken]), ("comments", [.commentsToken]),
    ("share", [.shareToken]), ("promotion", [.promotionToken]), ("consent", [.consentToken]),
    ("ad", [.advertisementToken]), ("byline", [.bylineToken]), ("date", [.dateToken]),
    ("caption", [.captionToken, .creditToken]), ("tags", [.tagsToken]), ("bio", [.authorBioToken]),
    ("body", [.bodyToken]), ("media", [.mediaToken]), ("overlay", [.overlayToken]),
    ("contents", [.contentsToken]), ("tools", [.toolsToken]), ("teaser", [.teaserToken]),
    ("post", [.postToken]), ("meta", [.metaToken]), ("dek", [.dekToken]),
    ("hidden", [.hiddenToken, .hidden]),
  ]

  private func signedLog(_ value: Float?) -> Float {
    guard let value else { return -20 }
    return value < 0 ? -logCount(-value) : logCount(value)
  }

  // MARK: - Neighbours

  /// What the blocks around a block are told of it, computed once for all six.
  private struct Neighbour {
    let words: Float
    let links: Float
    let endsSentence: Float
    let level: Float
    let rule: Float
    let container: Int32
    let group: Int32
    let triple: Int32
  }

  private func neighbour(_ index: Int) -> Neighbour {
    let row = columns.rows[index]
    let m = row.measures
    return Neighbour(
      words: logCount(Float(m.words)), links: Float(m.linkCharacters) / Float(max(m.characters, 1)),
      endsSentence: m.flags.contains(.endsSentence) ? 1 : 0, level: m.kind == .heading ? Float(m.level) : 0,
      rule: rules.code[index], container: row.container, group: groups.own[index],
      triple: groups.triple[index])
  }

  private func writeNeighbours(_ index: Int, _ room: borrowing Room, _ w: inout some FeatureWriter) {
    let own = room.neighbours[index]
    for offset in [-3, -2, -1, 1, 2, 3] {
      let other = index + offset
      guard room.neighbours.indices.contains(other) else {
        for name in ["words", "links", "ends", "level", "same", "parent", "rule"] {
          w.put("n\(offset)_\(name)", -1)
        }
        continue
      }
      let row = room.neighbours[other]
      w.put("n\(offset)_words", row.words)
      w.put("n\(offset)_links", row.links)
      w.put("n\(offset)_ends", row.endsSentence)
      w.put("n\(offset)_level", row.level)
      w.put("n\(offset)_same", row.triple == own.triple ? 2 : row.group == own.group ? 1 : 0)
      w.put("n\(offset)_parent", row.container == own.container)
      w.put("n\(offset)_rule", row.rule)
    }
  }

  // MARK: - Containers

  /// Levels of containers, each holding more blocks than the one before.
  private static let levels = 6

  private func writeContainers(_ index: Int, _ room: inout ContainerLevels, _ w: inout some FeatureWriter) {
    room.findPath(from: Int(columns.rows[index].container), columns)
    let path = room.path.count
    for step in 0..<BlockFeatures.levels {
      let row = Int(step < path ? room.path[step] : room.path.last ?? 0)
      writeLevel(step, room.level(of: row, columns, tokens), index, &w)
    }
    w.put("levels", Float(path))
    for step in 1...3 {
      let row = Int(path > step ? room.path[path - 1 - step] : room.path.first ?? 0)
      let level = room.level(of: row, columns, tokens)
      w.put("top\(step)_links", level.links)
      w.put("top\(step)_share", level.share)
      w.put("top\(step)_long", level.long)
    }
    writeBest(index, &w)
  }

  private func writeLevel(
    _ step: Int, _ level: ContainerLevels.Level, _ index: Int, _ w: inout some FeatureWriter
  ) {
    w.put("c\(step)_words", level.words)
    w.put("c\(step)_links", level.links)
    w.put("c\(step)_blocks", level.blocks)
    w.put("c\(step)_long", level.long)
    w.put("c\(step)_sentences", level.sentences)
    w.put("c\(step)_share", level.share)
    w.put("c\(step)_place", (Float(index) - level.firstBlock) / level.blockCount)
    if step < 4 { w.put("c\(step)_tok", level.tokens) }
    if step < 3 {
      w.put("c\(step)_words_a_block", level.wordsABlock)
      w.put("c\(step)_images", level.images)
      w.put("c\(step)_headings", level.headings)
      w.put("c\(step)_dates", level.dates)
    }
  }

  private func writeBest(_ index: Int, _ w: inout some FeatureWriter) {
    var container = Int(columns.rows[index].container)
    var up: Float = 0
    while container >= 0, columns.stepsFromBest[container] < 0 {
      container = Int(columns.containers[container].parent)
      up += 1
    }
    let steps = container >= 0 ? Float(columns.stepsFromBest[container]) : 99
    w.put("best_up", steps)
    w.put("best_down", up)
    let best = columns.containers[columns.best]
    let isBefore = index < Int(best.firstBlock)
    let isAfter = index >= Int(best.endBlock)
    w.put("best_side", isBefore ? -1 : isAfter ? 1 : 0)
    let distance = isBefore ? Int(best.firstBlock) - index : isAfter ? index - Int(best.endBlock) + 1 : 0
    w.put("best_distance", logCount(Float(distance)))
  }

  // MARK: - Repetition

  private func writeGroup(
    _ name: StaticString, _ sums: SignatureGroups.Sums, _ all: Float, _ w: inout some FeatureWriter
  ) {
    w.put("\(name)_blocks", logCount(sums.blocks))
    w.put("\(name)_words_a_block", sums.words / max(sums.blocks, 1))
    w.put("\(name)_links", sums.linkDensity)
    w.put("\(name)_share", sums.words / all)
    w.put("\(name)_sentences", sums.words == 0 ? 0 : sums.sentenceWords / sums.words)
    w.put("\(name)_long", sums.longBlocks / max(sums.blocks, 1))
  }

  private func writeRepetition(_ index: Int, _ w: inout some FeatureWriter) {
    let all = max(columns.words[columns.rows.count], 1)
    writeGroup("g1", groups.ownSums[Int(groups.own[index])], all, &w)
    writeGroup("g3", groups.tripleSums[Int(groups.triple[index])], all, &w)
    var container = Int(columns.rows[index].container)
    w.put("owner_siblings", logCount(Float(groups.siblings[container])))
    w.put("owner_sibling_words", groups.siblingWords[container] / Float(max(groups.siblings[container], 1)))
    var up: Float = 0
    while container > 0, groups.siblings[container] < 3 || columns.blockCount(of: container) < 2 {
      container = Int(columns.containers[container].parent)
      up += 1
    }
    let found = container > 0
    let siblings = found ? Float(groups.siblings[container]) : 0
    w.put("item_siblings", logCount(siblings))
    w.put("item_words", found ? logCount(groups.siblingWords[container] / max(siblings, 1)) : -1)
    w.put("item_links", found ? columns.linkDensity(of: container) : -1)
    w.put("item_up", found ? up : -1)
    w.put("item_share", found ? groups.siblingWords[container] / all : 0)
    w.put("item_long", found ? logCount(columns.sum(columns.longBlocks, in: container)) : -1)
    w.put("item_headings", found ? columns.sum(columns.headings, in: container) : -1)
    w.put("item_images", found ? logCount(columns.sum(columns.images, in: container)) : -1)
    w.put("item_dates", found ? columns.sum(columns.dates, in: container) : -1)
    let first = Float(columns.containers[container].firstBlock)
    w.put("item_place", found ? Float(index) - first : -1)
  }
}
