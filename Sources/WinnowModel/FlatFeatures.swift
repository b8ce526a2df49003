import WinnowCore
import WinnowText

/// The features of a flat page's lines, computed once over columns.
///
/// First what is known of a line by itself and by its place: the columns that the network reads. Then its
/// neighbours, windows and groups, for the forest.
package struct FlatFeatures {
  private let document: Document
  private let columns: FlatColumns
  private let scores: [Float]
  private let groupScores: [[Float]]
  private let spacing: SpacingShares

  /// Names of a line's own columns, in order.
  package static let ownNames: [String] = {
    var writer = FeatureNames()
    FlatFeatures(blank, Ledger(blockCount: 1), WordWeights()).writeOwn(0, &writer)
    return writer.names
  }()

  /// Names of all columns, in order; a line's own come first.
  package static let names: [String] = {
    var writer = ColumnWriter()
    let own = [Float](repeating: 0, count: ownNames.count)
    FlatFeatures(blank, Ledger(blockCount: 1), WordWeights()).writeContext(own, stride: 1, &writer)
    return ownNames + writer.names
  }()

  /// Tells one list of features from another: a model made for other features is refused.
  package static let digest: UInt32 = ContainerTree.tokenHash(names.joined(separator: ",").utf8)

  private static let blank = Document(
    DocumentStorage(
      form: .flatText, url: nil, signals: [], text: [0x61], rows: [BlockRow()], hits: [],
      containers: ContainerTree(rows: [], tokens: []), metadata: [], page: PageMeasures(), repairs: [:],
      charset: "utf-8", language: nil))

  package init(_ document: Document, _ ledger: Ledger, _ weights: WordWeights) {
    self.document = document
    columns = FlatColumns(document, ledger)
    scores = weights.scores(of: document.lazy.map(\.wordHashes))
    groupScores = columns.shapes.means(of: scores)
    spacing = SpacingShares(columns.rows)
  }

  /// Words and pairs of a line, as the word weights see them.
  package func tokens(of line: Int) -> [UInt32] { WordWeights.tokens(document[line].wordHashes) }

  /// Which lines look alike.
  package var shapes: FlatShapes { columns.shapes }

  /// All rows.
  package func matrix() -> FeatureMatrix {
    FeatureMatrix(count: columns.rows.count, width: FlatFeatures.names.count) { base, stride in
      for index in columns.rows.indices {
        var writer = RowWriter(row: base + index, stride: stride)
        writeOwn(index, &writer)
      }
      var writer = ColumnWriter(first: base + FlatFeatures.ownNames.count * stride, stride: stride)
      writeContext(base, stride: stride, &writer)
    }
  }

  // MARK: - A line by itself

  private func writeOwn(_ index: Int, _ w: inout some FeatureWriter) {
    writeText(index, &w)
    writeSigns(index, &w)
    writeWords(index, &w)
    writeRules(index, &w)
    writePlace(index, &w)
    writePage(&w)
  }

  private func writeText(_ index: Int, _ w: inout some FeatureWriter) {
    let m = columns.rows[index].measures
    let words = Float(m.words)
    let characters = Float(max(m.characters, 1))
    w.put("words", logCount(words))
    w.put("characters", logCount(Float(m.characters)))
    w.put("word_length", min(characters / max(words, 1), 30))
    w.putShares(m, words: words, characters: characters)
    w.put("words_a_sentence", min(words / Float(max(m.sentences, 1)), 60))
    w.putSigns(m.flags)
    w.put("prose", m.flags.contains(.prose))
    w.put("bullet", m.flags.contains(.bullet))
    w.put("ordered", m.flags.contains(.ordered))
    w.put("glued", m.flags.contains(.glued))
    w.put("heading", m.kind == .heading ? 7 - Float(m.level) : 0)
    w.put("table", m.kind == .tableRow)
    w.put("code", m.kind == .code)
    w.put("quotation", m.kind == .quotation)
    w.put("nesting", m.kind == .listItem ? Float(min(m.level, 6)) : 0)
    w.put("links", logCount(Float(m.links)))
    w.put("link_share", Float(m.linkCharacters) / characters)
    w.put("bold", Float(m.boldCharacters) / characters)
    w.put("images", logCount(Float(m.images)))
    w.put("copies", logCount(Float(m.copies - 1)))
    w.put("later_copy", m.firstCopy >= 0)
    w.put("name_like", FlatColumns.isNameLike(m))
    w.put("blank_before", Float(m.blankLinesBefore))
    let next = index + 1 < columns.rows.count ? columns.rows[index + 1].measures.blankLinesBefore : 3
    w.put("blank_after", Float(next))
    w.put("indent", logCount(Float(m.indent)))
    w.put("indent_off", max(-20, min(20, Float(m.indent) - columns.indent)))
  }

  private func writeSigns(_ index: Int, _ w: inout some FeatureWriter) {
    let signs = document[index].withUTF8(LineSigns.init)
    w.put("question", signs.question)
    w.put("ellipsis", signs.ellipsis)
    w.put("ends_comma", signs.endsComma)
    w.put("quotes", logCount(Float(signs.quotes)))
    w.put("brackets", logCount(Float(signs.brackets)))
    w.put("money", signs.money)
    w.put("address", signs.address)
    w.put("handle", signs.handle)
    w.put("clock", signs.clock)
    w.put("opens_digit", signs.opensDigit)
    w.put("opens_dash", signs.opensDash)
    w.put("arrow", signs.arrow)
  }

  private func writeWords(_ index: Int, _ w: inout some FeatureWriter) {
    let words = columns.words
    w.put("score", scores[index])
    w.put("grammar", words.grammar[index])
    w.put("topical", words.topical[index])
    w.put("topical_often", words.topicalOften[index])
    w.put("lonely", words.lonely[index])
    w.put("in_headline", words.inHeadline[index])
    w.put("echo_before", words.echoBefore[index])
    w.put("echo_after", words.echoAfter[index])
  }

  private func writeRules(_ index: Int, _ w: inout some FeatureWriter) {
    let code = columns.code[index]
    w.put("rule", code)
    let role = columns.role[index]
    let roles = FlatFeatures.roles
    for place in roles.indices { w.put("is_\(roles[place].name)", role == roles[place]) }
    let (says, isAll) = (columns.says[index], columns.isAll[index])
    // By index, here and below: a copy of a family or marker counts references to its name, for every line.
    let families = FlatColumns.families
    for bit in families.indices {
      let mask: UInt32 = 1 << UInt32(bit)
      w.put("says_\(families[bit].name)", isAll & mask != 0 ? 2 : says & mask != 0 ? 1 : 0)
    }
    w.put("rules_near", columns.mean(columns.rulesBefore, index - 5, index + 6))
  }

  /// Roles that are worth a column of their own.
  private static let roles: [Role] = [
    .headline, .dek, .byline, .publicationDate, .tags, .caption, .relatedLinks, .mostRead, .readMore, .ticker,
    .navigation, .promotion, .comments, .authorBio, .footer, .duplicate, .disclaimer,
  ]

  private func writePlace(_ index: Int, _ w: inout some FeatureWriter) {
    let count = columns.rows.count
    let before = columns.wordsBefore[index]
    let all = max(columns.wordsBefore[count], 1)
    w.put("place", Float(index) / Float(max(count, 1)))
    w.put("share_before", before / all)
    w.put("words_before", logCount(before))
    w.put("words_after", logCount(all - columns.wordsBefore[index + 1]))
    w.put("index", logCount(Float(index)))
    w.put("from_end", logCount(Float(count - index)))
    let headline = columns.headline
    w.put("to_headline", FlatFeatures.signedLog(headline >= 0 ? Float(index - headline) : nil))
    w.put(
      "words_to_headline",
      FlatFeatures.signedLog(headline >= 0 ? before - columns.wordsBefore[headline] : nil))
    let span = document.measures.proseSpan
    w.put("in_span", span.contains(index))
    w.put("to_span_start", FlatFeatures.signedLog(Float(index - span.lowerBound)))
    w.put("to_span_end", FlatFeatures.signedLog(Float(index - span.upperBound)))
    let last = index > 0 ? Int(columns.lastSentence[index - 1]) : -1
    let next = index + 1 < count ? Int(columns.nextSentence[index + 1]) : -1
    w.put("last_sentence", last < 0 ? 8 : logCount(Float(index - last)))
    w.put("next_sentence", next < 0 ? 8 : logCount(Float(next - index)))
    w.put("sentences_before", logCount(columns.sentencesBefore[index]))
    w.put("sentences_after", logCount(columns.sentencesBefore[count] - columns.sentencesBefore[index + 1]))
    w.put("dates_near", columns.mean(columns.datesBefore, index - 8, index + 9))
    w.put("dates_after", columns.mean(columns.datesBefore, index + 1, index + 9))
    w.put("names_near", columns.mean(columns.namesBefore, index - 8, index + 9))
    w.put("markers_before", logCount(columns.markersBefore[index]))
    let markers = FlatColumns.markers
    for place in markers.indices {
      let last = columns.lastMarker(place, at: index)
      w.put("since_\(markers[place].name)", last < 0 ? -1 : logCount(Float(index - last)))
      w.put(
        "prose_since_\(markers[place].name)",
        last < 0 ? -1 : logCount(columns.sentencesBefore[index] - columns.sentencesBefore[last]))
    }
  }

  /// Numbers of the page as a whole, the same for all its lines.
  private func writePage(_ w: inout some FeatureWriter) {
    let count = columns.rows.count
    let all = max(columns.wordsBefore[count], 1)
    w.put("page_words", logCount(all))
    w.put("page_lines", logCount(Float(count)))
    w.put("page_prose", logCount(columns.sentencesBefore[count]))
    w.put("page_prose_share", columns.sentencesBefore[count] / Float(max(count, 1)))
    let span = document.measures.proseSpan
    w.put("page_span", (columns.wordsBefore[span.upperBound] - columns.wordsBefore[span.lowerBound]) / all)
    w.put("page_dates", logCount(columns.datesBefore[count]))
    w.put("page_names", logCount(columns.namesBefore[count]))
    w.put("page_rules", columns.rulesBefore[count] / Float(max(count, 1)))
    w.put("page_markers", logCount(columns.markersBefore[count]))
    w.put("page_wrapped", document.measures.wrapWidth > 0)
    w.put("page_links", document.signals.contains(.links))
    w.put("page_language", document.language != nil)
    w.put("page_headline", columns.headline >= 0)
    spacing.write(&w)
  }

  // MARK: - Around a line

  /// Writes the columns after the lines' own, which `own` points to.
  private func writeContext(_ own: UnsafePointer<Float>, stride: Int, _ w: inout ColumnWriter) {
    let count = columns.rows.count
    for offset in [-3, -2, -1, 1, 2, 3] {
      for place in FlatWindows.shifted.indices {
        w.put("n\(offset)_\(FlatWindows.shifted[place].name)") { column in
          let shown = own + FlatWindows.shifted[place].column * stride
          // Lines without such a neighbour stand at one of the page's ends.
          let inner = min(count, max(0, -offset))..<max(0, min(count, count - offset))
          column.update(repeating: -1, count: inner.lowerBound)
          (column + inner.upperBound).update(repeating: -1, count: count - inner.upperBound)
          if !inner.isEmpty {
            (column + inner.lowerBound).update(from: shown + inner.lowerBound + offset, count: inner.count)
          }
        }
      }
    }
    let windows = FlatWindows(own, stride: stride, count: count)
    for size in [3, 8, 20] {
      for place in FlatWindows.averaged.indices {
        w.put("before\(size)_\(FlatWindows.averaged[place].name)") {
          windows.writeMeans(place, -size, 0, to: $0)
        }
        w.put("after\(size)_\(FlatWindows.averaged[place].name)") {
          windows.writeMeans(place, 1, 1 + size, to: $0)
        }
      }
    }
    for way in 0..<FlatShapes.ways {
      let (groups, sums) = (columns.shapes.groups[way], columns.shapes.sums[way])
      let scores = groupScores[way]
      w.put("g\(way)_lines") { column in
        for index in 0..<count { column[index] = logCount(sums[Int(groups[index])].lines) }
      }
      w.put("g\(way)_words") { column in
        for index in 0..<count {
          let group = sums[Int(groups[index])]
          column[index] = logCount(group.words / group.lines)
        }
      }
      w.put("g\(way)_sentences") { column in
        for index in 0..<count {
          let group = sums[Int(groups[index])]
          column[index] = group.sentences / group.lines
        }
      }
      w.put("g\(way)_score") { for index in 0..<count { $0[index] = scores[Int(groups[index])] } }
    }
  }

  private static func signedLog(_ value: Float?) -> Float {
    guard let value else { return -20 }
    return value < 0 ? -logCount(-value) : logCount(value)
  }
}
