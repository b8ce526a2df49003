import WinnowCore

/// Turns what a reader found into a ``Document``: normalises, measures, finds phrases, dates, copies.
///
/// One builder serves one worker: its lists are reused from page to page.
package struct DocumentBuilder {
  private let lexicon: Lexicon
  let markup: MarkupLexicon
  private let matcher: PhraseMatcher
  private let dates: DateParser
  private let guesser: LanguageGuesser
  private var matches: [PhraseMatcher.Match] = []
  private var words: [UInt64] = []

  /// A builder over the program's own lexicon.
  package init() {
    self.init(lexicon: .builtIn, markup: .builtIn)
  }

  /// A builder over a lexicon.
  package init(lexicon: Lexicon, markup: MarkupLexicon) {
    self.lexicon = lexicon
    self.markup = markup
    matcher = PhraseMatcher(lexicon)
    dates = TextTools.dates
    guesser = TextTools.languages
  }

  /// Builds the document. Blocks without a single word are left out.
  package mutating func build(_ raw: consuming RawDocument, candidates: [FieldCandidate] = []) -> Document {
    var raw = raw
    var text: [UInt8] = []
    text.reserveCapacity(raw.text.count)
    var rows: [BlockRow] = []
    var inlineTokens: [Range<Int>] = []
    rows.reserveCapacity(raw.rows.count)
    var counts = RepairCounts()
    var remap = [Int32](repeating: 0, count: raw.rows.count)
    matches.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    // About what pages have, lest the lists grow step by step.
    matches.reserveCapacity(raw.rows.count)
    words.reserveCapacity(raw.text.count / 6 + 16)
    var firstCopies = FirstCopies(raw.rows.count)
    let matcher = matcher
    var folder = Folder()
    var foldedWords = FoldedWords()
    var normalizer = Normalizer()
    normalizer.repairsMojibake = raw.text.withUnsafeBufferPointer(Normalizer.looksMojibake)

    let hasShortcodes = raw.text.withUnsafeBufferPointer(Shortcodes.occur)

    for (index, rawRow) in raw.rows.enumerated() {
      remap[index] = Int32(rows.count)
      let start = text.count
      raw.text.withUnsafeBufferPointer {
        var part = UnsafeBufferPointer(rebasing: $0[Int(rawRow.textStart)..<Int(rawRow.textEnd)])
        if hasShortcodes, rawRow.kind != .code {
          part = UnsafeBufferPointer(rebasing: part[Shortcodes.inner(part)])
        }
        normalizer.normalize(
          part, into: &text, collapsingWhitespace: !rawRow.flags.contains(.preformatted),
          counts: &counts)
      }
      var row = BlockRow()
      row.textStart = Int32(start)
      row.textEnd = Int32(text.count)
      row.measures = initialMeasures(rawRow)
      text.withUnsafeBufferPointer { all in
        BlockScanner.measure(UnsafeBufferPointer(rebasing: all[start...]), into: &row.measures)
      }
      guard row.measures.words > 0 else {
        text.removeLast(text.count - start)
        continue
      }
      row.sourceStart = rawRow.sourceStart
      row.sourceEnd = rawRow.sourceEnd
      row.line = rawRow.line
      row.container = rawRow.container
      row.inlineMarks = rawRow.inlineMarks
      if rawRow.tokenEnd > rawRow.tokenStart {
        row.inlineMarks.formUnion(
          markup.marks(of: raw.tokens[Int(rawRow.tokenStart)..<Int(rawRow.tokenEnd)]))
      }
      finish(&row.measures)
      row.hitStart = Int32(matches.count)
      findPhrases(text, start, &row, matcher, &folder, &foldedWords)
      row.hitEnd = Int32(matches.count)
      noteCopy(Int32(rows.count), &row, &rows, &firstCopies)
      rows.append(row)
      inlineTokens.append(Int(rawRow.tokenStart)..<Int(max(rawRow.tokenStart, rawRow.tokenEnd)))
    }

    for index in rows.indices where rows[index].measures.firstCopy >= 0 {
      rows[index].measures.copies = rows[Int(rows[index].measures.firstCopy)].measures.copies
    }
    let language = guessLanguage(text, rows, ofSentences: raw.form == .html)
    markDates(text, &rows, language: language)
    var repairs = raw.repairs
    for repair in Repair.allCases where counts[repair] > 0 {
      repairs[repair.name, default: 0] += counts[repair]
    }
    let containers = finishContainers(&raw, rows)
    var page = sum(rows, wrapWidth: raw.wrapWidth)
    page.proseSpan = ProseSpan.find(rows, containers)
    let hits = filterHits(&rows, language: language)
    return Document(
      DocumentStorage(
        form: raw.form, url: raw.url, signals: raw.signals, text: text, rows: rows, hits: hits, words: words,
        containers: ContainerTree(rows: containers, tokens: raw.tokens),
        metadata: (raw.metadata + candidates).map { moved($0, remap) }, page: page, repairs: repairs,
        charset: raw.charset, language: language, inlineTokens: inlineTokens,
        linkTexts: Dictionary(
          raw.linkTexts.map { (Int(remap[$0.key]), $0.value) }, uniquingKeysWith: { first, _ in first }),
        scripts: raw.scripts))
  }

  // MARK: - One block

  private func initialMeasures(_ raw: RawRow) -> BlockMeasures {
    var m = BlockMeasures()
    m.kind = raw.kind
    m.level = raw.level
    m.flags = raw.flags
    m.linkCharacters = raw.linkCharacters
    m.boldCharacters = raw.boldCharacters
    m.links = raw.links
    m.images = raw.images
    m.blankLinesBefore = raw.blankLinesBefore
    m.indent = raw.indent
    return m
  }

  /// Words that a block needs to count as prose. The value is boilerpipe's and jusText's order of size;
  /// both found sentences of an article to be longer and labels to be shorter.
  static let proseWords: Int32 = 12

  private func finish(_ m: inout BlockMeasures) {
    m.linkCharacters = min(m.linkCharacters, m.characters)
    m.boldCharacters = min(m.boldCharacters, m.characters)
    if m.boldCharacters * 10 >= m.characters * 9 { m.flags.insert(.bold) }
    if m.words >= DocumentBuilder.proseWords, m.flags.contains(.endsSentence) || m.sentences >= 2,
      m.linkCharacters * 3 <= m.characters, m.kind != .code
    {
      m.flags.insert(.prose)
    }
  }

  private mutating func findPhrases(
    _ text: [UInt8], _ start: Int, _ row: inout BlockRow, _ matcher: PhraseMatcher,
    _ folder: inout Folder, _ foldedWords: inout FoldedWords
  ) {
    row.wordStart = Int32(words.count)
    text.withUnsafeBufferPointer { all in
      let block = UnsafeBufferPointer(rebasing: all[start...])
      folder.fold(block)
      folder.withFolded { folded, offsets in
        row.measures.fold = WordHashes.whole(folded)
        if foldedWords.read(folded) {
          matcher.match(
            folded, words: foldedWords.all, offsets: offsets, original: block, into: &matches)
          foldedWords.appendHashes(to: &words)
        } else {
          matcher.match(folded, offsets: offsets, original: block, into: &matches)
          WordHashes.append(folded: folded, to: &words)
        }
      }
    }
    row.wordEnd = Int32(words.count)
  }

  private func noteCopy(
    _ index: Int32, _ row: inout BlockRow, _ rows: inout [BlockRow], _ copies: inout FirstCopies
  ) {
    let original = copies.first(of: row.measures.fold, else: index)
    guard original != index else { return }
    rows[Int(original)].measures.copies += 1
    row.measures.firstCopy = original
  }

  // MARK: - The page

  private func guessLanguage(_ text: [UInt8], _ rows: [BlockRow], ofSentences: Bool) -> String? {
    // Menus and teasers may be in any language; the page's is that of its sentences.
    var sample = ofSentences ? sample(text, rows) { $0.flags.contains(.prose) } : []
    if sample.count < 512 { sample = self.sample(text, rows) { $0.words >= 8 } }
    if sample.isEmpty { sample = Array(text.prefix(2048)) }
    return sample.withUnsafeBufferPointer { guesser.guess($0) }
  }

  private func sample(
    _ text: [UInt8], _ rows: [BlockRow], where isTaken: (BlockMeasures) -> Bool
  ) -> [UInt8] {
    var sample: [UInt8] = []
    for row in rows where !row.measures.flags.contains(.hidden) && isTaken(row.measures) {
      guard sample.count < 4096 else { break }
      sample += text[Int(row.textStart)..<min(Int(row.textEnd), Int(row.textStart) + 1024)]
      sample.append(0x20)
    }
    return sample
  }

  /// Longest block, in words, that is searched for a date: a byline or caption, not a paragraph.
  private static let dateWords: Int32 = 40

  private func markDates(_ text: [UInt8], _ rows: inout [BlockRow], language: String?) {
    text.withUnsafeBufferPointer { all in
      for index in rows.indices where rows[index].measures.words <= DocumentBuilder.dateWords {
        guard rows[index].measures.digits > 0 else { continue }
        let part = UnsafeBufferPointer(
          rebasing: all[Int(rows[index].textStart)..<Int(rows[index].textEnd)])
        guard !dates.mentions(in: part, language: language, limit: 1).isEmpty else { continue }
        rows[index].measures.flags.insert(.hasDate)
        if dates.isOnlyDate(part, language: language) != nil {
          rows[index].measures.flags.insert(.dateOnly)
        }
      }
    }
  }

  /// Short phrases mean something else in other languages, so only the page's own and English count;
  /// long ones are unmistakable.
  private func filterHits(_ rows: inout [BlockRow], language: String?) -> [PhraseHit] {
    let family = language.map { LanguageFamilies.members(of: $0) } ?? []
    let allowed = lexicon.lists.languages.map { language == nil || $0 == "en" || family.contains($0) }
    var hits: [PhraseHit] = []
    hits.reserveCapacity(matches.count)
    for index in rows.indices {
      let range = Int(rows[index].hitStart)..<Int(rows[index].hitEnd)
      rows[index].hitStart = Int32(hits.count)
      for match in matches[range] where allowed[Int(match.language)] || match.length >= 16 {
        if hits.count > Int(rows[index].hitStart), hits[hits.count - 1] == match.hit { continue }
        hits.append(match.hit)
      }
      rows[index].hitEnd = Int32(hits.count)
    }
    return hits
  }

  private func sum(_ rows: [BlockRow], wrapWidth: Int) -> PageMeasures {
    var page = PageMeasures()
    page.wrapWidth = wrapWidth
    for row in rows {
      page.words += Int(row.measures.words)
      if row.measures.flags.contains(.prose) { page.proseWords += Int(row.measures.words) }
      page.characters += Int(row.measures.characters)
      page.linkCharacters += Int(row.measures.linkCharacters)
    }
    return page
  }

  private func moved(_ candidate: FieldCandidate, _ remap: [Int32]) -> FieldCandidate {
    guard let block = candidate.block else { return candidate }
    return FieldCandidate(
      field: candidate.field, value: candidate.value, origin: candidate.origin, type: candidate.type,
      block: remap.indices.contains(block) ? Int(remap[block]) : nil)
  }
}

/// The first block of each text, by the hash of the text.
private struct FirstCopies {
  private var folds: [UInt64]
  /// -1 where there is none yet.
  private var blocks: [Int32]

  /// Room for at most so many texts.
  init(_ most: Int) {
    var capacity = 64
    while capacity < most * 2 { capacity *= 2 }
    folds = Array(repeating: 0, count: capacity)
    blocks = Array(repeating: -1, count: capacity)
  }

  /// The first block with a text: `index`, if no one came before.
  mutating func first(of fold: UInt64, else index: Int32) -> Int32 {
    let mask = blocks.count - 1
    var slot = Int(truncatingIfNeeded: fold ^ fold >> 32) & mask
    while blocks[slot] >= 0 {
      if folds[slot] == fold { return blocks[slot] }
      slot = (slot + 1) & mask
    }
    folds[slot] = fold
    blocks[slot] = index
    return index
  }
}
