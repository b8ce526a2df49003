import WinnowCore
import WinnowStages
import WinnowText

/// Chooses the headline among the texts that head and page give, by a learned table.
struct HeadlinePicking {
  /// A chosen headline.
  struct Choice: Equatable {
    /// The text without the site's name.
    let text: String
    /// Where it stands.
    let origin: String
    /// Its block, if it is visible.
    let block: Int?
    /// How probably it is right, 0…1.
    let probability: Float
  }

  let candidates: HeadlineCandidates
  let rows: [FieldRow]
  private let page: FieldPage

  /// Whether a site rule says where the headline is taken from: then it is taken, however unlikely.
  private let isRuled: Bool

  init(
    _ page: FieldPage, declared: [FieldCandidate], sections: [String], source: FieldSource? = nil
  ) {
    self.page = page
    var candidates = HeadlineCandidates(page, declared: declared)
    if let source { candidates.keep(only: source) }
    isRuled = source != nil
    self.candidates = candidates
    rows = HeadlineFeatures(page, candidates, sections: sections).rows()
  }

  /// The headline; nil if there is no candidate, or none is likely enough.
  func pick(_ ranker: FieldRanker?) -> Choice? {
    guard !candidates.groups.isEmpty else { return nil }
    guard let ranker else { return choice(candidates.groups[0], 0.5) }
    let probabilities = ranker.probabilities(rows)
    var best = 0
    for index in probabilities.indices where probabilities[index] > probabilities[best] { best = index }
    guard isRuled || probabilities[best] >= ranker.threshold else {
      // What was taken out of the body as headline must not get lost.
      return page.labelledHeadline.flatMap { block in
        candidates.groups.indices.first { candidates.groups[$0].block == block }
      }.map { choice(candidates.groups[$0], probabilities[$0]) }
    }
    if !isRuled,
      let shown = lineOfOldPage(unlike: candidates.groups[best]) ?? withoutKicker(candidates.groups[best])
        ?? withoutOpening(candidates.groups[best])
    {
      return choice(candidates.groups[shown], probabilities[shown])
    }
    let found = choice(candidates.groups[best], probabilities[best])
    return isRuled
      ? found : headingOfManual(unlike: candidates.groups[best]).map { shown($0, found) } ?? found
  }

  private func shown(_ block: Int, _ found: Choice) -> Choice {
    Choice(
      text: page.document[block].text, origin: page.origin(block), block: block,
      probability: found.probability)
  }

  /// Words before a name in a manual's heading: its number, "Class".
  private static let mostBeforeName = 3
  /// The deepest level of a heading that may head the page.
  private static let deepest = 4

  /// Manuals write their own name into each page's title, "Lists: Lamp Reference Manual", "Lists (Lamp 2.1)": where only the
  /// title has what is likeliest, the heading that the title opens with leads. The table of headlines saw few manuals.
  private func headingOfManual(unlike best: HeadlineCandidates.Group) -> Int? {
    guard page.hasMarkup, page.articleType == 0, best.places.allSatisfy({ $0.source == .title }),
      let title = candidates.titles.first(where: { $0.source == .title })?.text
    else { return nil }
    if isFileName(title) { return page.labelledHeadline }
    guard let name = opening(of: title) else { return nil }
    let headings = page.document.indices.lazy.filter {
      let block = page.document[$0]
      return block.kind == .heading && block.measures.level <= Self.deepest
        && block.marks.isDisjoint(with: FieldPage.elsewhere)
    }.prefix(2)
    let heading = headings.first {
      let words = page.document[$0].wordHashes
      return words.count <= name.count + Self.mostBeforeName && words.suffix(name.count).elementsEqual(name)
    }
    return heading ?? lineOfTitle(title)
  }

  /// "lists-10.html": what a converter writes for want of a title.
  private func isFileName(_ title: TitleText) -> Bool {
    let bytes = title.bytes
    return !bytes.contains(0x20)
      && [".html", ".htm"].contains { bytes.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  /// The line that its class calls a title and that the page's title ends with: "Lamp: Wick Class Reference".
  private func lineOfTitle(_ title: TitleText) -> Int? {
    guard title.segments.count == 2, title.signs[0] == .colon else { return nil }
    let name = title.words(of: 1)
    return page.document.indices.first {
      let block = page.document[$0]
      return block.words == name.count && block.marks.contains(.headlineToken)
        && block.marks.isDisjoint(with: FieldPage.elsewhere) && block.wordHashes.elementsEqual(name)
    }
  }

  /// The words of a title before its first sign or bracket, if there is one.
  private func opening(of title: TitleText) -> [UInt64]? {
    let first = title.bytes[title.segments[0]]
    if title.bytes.last == 0x29,
      let bracket = first.indices.dropFirst().first(where: { first[$0] == 0x28 && first[$0 - 1] == 0x20 })
    {
      return first[first.startIndex..<bracket].withUnsafeBufferPointer { WordHashes.of($0) }
    }
    // Before a bar stands the site's name as often.
    return title.segments.count > 1 && title.signs[0] != .bar ? title.words(of: 0) : nil
  }

  /// Pages from before there were headings often have a title that names the site alone: where the likeliest text is
  /// only declared, the line that the stage found leads. The table never saw such pages.
  private func lineOfOldPage(unlike best: HeadlineCandidates.Group) -> Int? {
    guard page.hasMarkup, best.block == nil, let labelled = page.labelledHeadline,
      !page.document.storage.rows.contains(where: { $0.measures.kind == .heading }),
      let shown = candidates.groups.firstIndex(where: { $0.block == labelled }),
      !candidates.groups[shown].words.contains(where: best.words.contains)
    else { return nil }
    return shown
  }

  /// Most words of a kicker.
  private static let longestKicker = 4

  /// The text without the kicker that stands in the page's heading with it, if the likeliest is only the start of it:
  /// "Islands Harbour bridge reopens to walkers" under a title of its own, "Harbour bridge reopens".
  private func withoutKicker(_ best: HeadlineCandidates.Group) -> Int? {
    guard page.hasMarkup, !best.places.contains(where: { $0.block != nil }),
      let labelled = page.labelledHeadline, page.document[labelled].kind == .heading
    else { return nil }
    let words = page.document[labelled].wordHashes
    return candidates.groups.firstIndex { group in
      group.words.count > best.words.count && group.words.starts(with: best.words)
        && (1...Self.longestKicker).contains(words.count - group.words.count)
        && words.suffix(group.words.count).elementsEqual(group.words)
    }
  }

  /// Words of a title that is told from the kicker before it.
  private static let shortestTitle = 4

  /// The declared title that the page's heading ends with, if what stands before it there is parted from it by style
  /// alone: "Lowmere Fire in a house: five people homeless", "Wow, wow!Ann Smith marries". Before a sign it may be the
  /// headline's: "Budget: What it means for you".
  private func withoutOpening(_ best: HeadlineCandidates.Group) -> Int? {
    guard page.hasMarkup, let block = best.block, page.document[block].kind == .heading,
      page.document[block].level == 1
    else { return nil }
    let words = page.document[block].wordHashes
    // What the head says with its first words as well, "Question - Want to know …", it says on purpose.
    guard best.words.elementsEqual(words), best.places.allSatisfy({ $0.source == .block }) else { return nil }
    return candidates.groups.firstIndex { group in
      group.words.count >= Self.shortestTitle
        && (1...Self.longestKicker).contains(words.count - group.words.count)
        && words.suffix(group.words.count).elementsEqual(group.words)
        && group.places.contains { place in
          place.source != .block && place.source != .page
            && isKicker(before: place.part.text, in: page.document[block].text)
        }
    }
  }

  /// Whether a heading's words before its title are glued to it, or end in a word with a capital and no sign.
  private func isKicker(before title: ArraySlice<UInt8>, in heading: String) -> Bool {
    let title = String(decoding: title, as: UTF8.self)
    guard heading.utf8.count > title.utf8.count, heading.hasSuffix(title),
      let first = title.unicodeScalars.first, !first.properties.isLowercase
    else { return false }
    let opening = heading.unicodeScalars.dropLast(title.unicodeScalars.count)
    guard let last = opening.last, last == " " else {
      return opening.last.map { $0 != "-" && $0 != "'" } ?? false
    }
    guard let word = opening.split(separator: " ").last, let end = word.last else { return false }
    return FieldText.isCapital(word[word.startIndex]) && FieldText.isLetter(end)
  }

  /// The text that stands for each group, for training.
  func texts() -> [String] { candidates.groups.map { choice($0, 0).text } }

  /// The form of the words that most places write; what is visible leads, unless it shouts.
  private func choice(_ group: HeadlineCandidates.Group, _ probability: Float) -> Choice {
    var forms: [(text: ArraySlice<UInt8>, count: Int, place: HeadlineCandidates.Place)] = []
    for place in group.places {
      if let known = forms.firstIndex(where: { $0.text.elementsEqual(place.part.text) }) {
        forms[known].count += 1
      } else {
        forms.append((place.part.text, 1, place))
      }
    }
    var best = forms[0]
    for form in forms.dropFirst() where score(form.place, form.count) > score(best.place, best.count) {
      best = form
    }
    let place = best.place
    let visible = group.places.first { $0.source == .block }
    return Choice(
      text: String(decoding: place.part.text, as: UTF8.self), origin: (visible ?? place).origin,
      block: visible?.block, probability: probability)
  }

  private func score(_ place: HeadlineCandidates.Place, _ count: Int) -> Int {
    var score = count * 2
    if place.source == .block { score += 3 }
    if place.part.isWhole { score += 1 }
    let small = place.part.text.contains { $0.isASCIISmall || $0 >= 0x80 }
    return small ? score : score - 20
  }
}
