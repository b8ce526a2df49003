import WinnowCore
import WinnowHTML
import WinnowStages
import WinnowText

/// Makes the record of a page from its verdicts and candidates.
struct RecordAssembly {
  private let page: Page
  private let document: Document
  private let ledger: Ledger
  private let verdicts: [Verdict]
  private let doubtfulBelow: Double
  private let picked: PickedFields

  init(
    page: Page, document: Document, ledger: Ledger, verdicts: [Verdict], picked: PickedFields,
    doubtfulBelow: Double
  ) {
    self.doubtfulBelow = doubtfulBelow
    self.picked = picked
    self.page = page
    self.document = document
    self.ledger = ledger
    self.verdicts = verdicts
  }

  func record() -> ArticleRecord {
    var record = ArticleRecord(id: page.id, source: page.id, status: .notAnArticle)
    let extents = extentsByBlock()
    fillBody(&record)
    fillFields(&record)
    fillAside(&record, extents)
    record.confidence = BodyConfidence.of(document, ledger, verdicts)
    let kind = PageKind(document, verdicts)
    record.status = kind.status(
      hasHeadline: record.headline != nil, confidence: record.confidence, doubtfulBelow: doubtfulBelow)
    // A page that only asks or apologises has no body; a listing keeps its teasers.
    if kind.isNotice { record.parts = [] }
    if kind.isNotice || kind.isNextToNothing { fillDeclaredBody(&record) }
    return record
  }

  /// Words from which a declared body is taken for one.
  private static let fewestDeclaredWords = 50

  /// Some pages show their text only by script, but declare it, as `articleBody` of JSON-LD or in the data that they
  /// hand to their scripts. What they show without is a request to turn scripts on. Nothing is known of how good the
  /// declared text is, so the record stays doubtful.
  private func fillDeclaredBody(_ record: inout ArticleRecord) {
    let declared = document.metadata.first { $0.field == .articleBody }
    guard let text = declared?.value ?? textOfScripts(),
      WordHashes.of(text).count >= RecordAssembly.fewestDeclaredWords
    else { return }
    record.parts = text.split(separator: "\n").map {
      ArticleRecord.Part(kind: .paragraph, text: String($0))
    }
    record.origins["body"] = declared?.origin.name ?? "script"
    record.confidence = 0.5
    record.status = .partial
  }

  private func textOfScripts() -> String? {
    guard !document.storage.scripts.isEmpty else { return nil }
    let titles = document.declared(.headline).prefix(RecordAssembly.mostTitles).map(\.value)
    return ScriptBody.find(in: document.storage.scripts, titles: titles)
  }

  private static let mostTitles = 200

  // MARK: - Body and what stands beside it

  private func extentsByBlock() -> [Int: [Label]] {
    var result: [Int: [Label]] = [:]
    for label in ledger.labels where label.extent != nil { result[label.block, default: []].append(label) }
    return result
  }

  private func fillBody(_ record: inout ArticleRecord) {
    let seams = SentenceJoint(document: document)
    let isFlat = document.form == .flatText
    var dropped = [Int](repeating: 0, count: 256)
    // By index: a copy of a verdict counts a reference to the labels against it.
    for index in verdicts.indices {
      let role = verdicts[index].role
      switch verdicts[index].disposition {
      case .body:
        let block = document[verdicts[index].block]
        if isFlat, let last = record.parts.last, seams.joins(index, to: last.text, verdicts) {
          record.parts[record.parts.count - 1] = ArticleRecord.Part(
            kind: .paragraph, text: SentenceJoint.joined(last.text, block.text))
          continue
        }
        record.parts.append(ArticleRecord.Part(kind: role, text: block.text, level: level(block, role)))
      case .drop:
        dropped[Int(role.rawValue)] += 1
      case .field, .aside: break
      }
    }
    for role in Role.allCases where dropped[Int(role.rawValue)] > 0 {
      record.dropped[role] = dropped[Int(role.rawValue)]
    }
  }

  private func level(_ block: Block, _ role: Role) -> Int? {
    switch role {
    case .subheading: block.kind == .heading ? block.level : 2
    case .listItem: block.level > 0 ? block.level : 1
    default: nil
    }
  }

  private func fillAside(_ record: inout ArticleRecord, _ extents: [Int: [Label]]) {
    let end = verdicts.indices.last { verdicts[$0].disposition == .body } ?? 0
    let title = WordSet(WordHashes.of(record.headline ?? ""))
    for index in verdicts.indices where verdicts[index].disposition == .aside {
      let verdict = verdicts[index]
      // The headline stands twice where the page's title stands above it, once perhaps with a kicker.
      if verdict.deciding?.reason == .captionDoubled,
        title.similarity(to: WordSet(document[verdict.block].wordHashes)) >= 0.9
      {
        continue
      }
      // Below the text the cards of other stories say in flat text twice what they show.
      if index > end + RecordAssembly.belowText, verdict.deciding?.reason == .captionDoubled { continue }
      let block = document[verdict.block]
      switch verdict.role {
      case .caption:
        add(caption(block, extents[verdict.block] ?? []), to: &record.captions)
      case .credit:
        // A credit on a line of its own belongs to the caption above it.
        if let last = record.captions.indices.last, record.captions[last].credit == nil {
          record.captions[last].credit = credit(block, verdict.deciding)
        }
      case .correction where !isLabel(block, verdict.deciding):
        record.corrections.append(.init(kind: "correction", text: block.text))
      case .disclaimer:
        let kind = verdict.deciding.map { noticeKind($0.reason) } ?? "notice"
        record.disclaimers.append(.init(kind: kind, text: block.text))
      default: break
      }
    }
  }

  /// "Report an error", "Corrections": a button's words or a heading's, which tell readers nothing.
  private func isLabel(_ block: Block, _ label: Label?) -> Bool {
    guard let label, case .text(let phrase) = label.evidence else { return false }
    return phrase.count + 2 >= block.utf8.count
  }

  /// How far below the body a caption may stand that only its copy tells, in blocks.
  private static let belowText = 2

  /// Adds a caption, each once: a copy may have the credit that the other lacks.
  private func add(_ caption: ArticleRecord.Caption, to captions: inout [ArticleRecord.Caption]) {
    guard let copy = captions.firstIndex(where: { $0.text == caption.text }) else {
      captions.append(caption)
      return
    }
    if captions[copy].credit == nil { captions[copy].credit = caption.credit }
  }

  private func noticeKind(_ reason: Reason) -> String {
    reason.id.split(separator: ".").last.map(String.init) ?? reason.id
  }

  private func caption(_ block: Block, _ labels: [Label]) -> ArticleRecord.Caption {
    guard let label = labels.first(where: { $0.role == .credit }), let extent = label.extent,
      case .text(let name) = label.evidence
    else { return ArticleRecord.Caption(text: withoutBracket(block.text)) }
    var text = trimmed(block.text(0..<extent.lowerBound) + block.text(extent.upperBound..<block.utf8.count))
    // A caption that is nothing but its credit.
    if text.isEmpty { text = block.text }
    return ArticleRecord.Caption(text: text, credit: withoutMore(trimmed(block.text(name))))
  }

  /// "The quay on Monday (": the bracket of a credit that stands in an element of its own.
  private func withoutBracket(_ text: String) -> String {
    text.hasSuffix(" (") ? String(text.dropLast(2)) : text
  }

  /// "Ann Smith/NTB Show more": without the button behind a credit.
  private func withoutMore(_ credit: String) -> String {
    let words = credit.split(separator: " ")
    for count in [2, 1] where words.count > count {
      let tail = words.suffix(count).joined(separator: " ")
      if TextTools.phrases.isPhrase(tail, of: [.moreLink]) {
        return FieldText.trimmed(words.dropLast(count).joined(separator: " "), of: [" ", ")", ","])
      }
    }
    return credit
  }

  private func credit(_ block: Block, _ label: Label?) -> String {
    if let label, case .text(let name) = label.evidence { return withoutMore(trimmed(block.text(name))) }
    return block.text
  }

  private func trimmed(_ text: String) -> String {
    FieldText.trimmed(withoutBracket(text), of: [" ", ",", ";", "|", "\n"])
  }

  // MARK: - Fields

  /// The language of a body that is not in the one that the page declares: many systems declare English on every page.
  private func language(of parts: [ArticleRecord.Part], besides declared: String) -> String? {
    var sample: [UInt8] = []
    for part in parts where sample.count < RecordAssembly.languageSample {
      sample += part.text.utf8
      sample.append(0x20)
    }
    return sample.withUnsafeBufferPointer { TextTools.languages.contradiction(of: declared, in: $0) }
  }

  /// How much of the body tells its language, in bytes.
  private static let languageSample = 4096

  /// The lead picture with the caption that stands before the text's second paragraph.
  private func image(_ url: String) -> ArticleRecord.Image {
    let paragraphs = verdicts.indices.lazy.filter { verdicts[$0].role == .paragraph }.prefix(2)
    let end = paragraphs.last.map { verdicts[$0].block } ?? 0
    let captions = verdicts.indices.lazy.filter {
      verdicts[$0].role == .caption && verdicts[$0].disposition == .aside
    }
    guard let lead = captions.first.map({ verdicts[$0].block }), lead < end else {
      return ArticleRecord.Image(url: url)
    }
    let labels = ledger.labels.filter { $0.block == lead && $0.extent != nil }
    let caption = caption(document[lead], labels)
    return ArticleRecord.Image(url: url, caption: caption.text, credit: caption.credit)
  }

  private func fillFields(_ record: inout ArticleRecord) {
    let visible = VisibleCandidates(document: document, verdicts: verdicts)
    record.headline = picked.headline
    record.authors = picked.authors
    record.date = picked.published
    record.dateModified = picked.modified
    record.publisher = picked.publisher ?? visible.siteName
    record.section = picked.section
    record.tags = picked.tags.isEmpty ? visible.tags : picked.tags
    let other = picked.language.flatMap { language(of: record.parts, besides: $0) }
    record.language = other ?? picked.language ?? document.language
    record.url = picked.url ?? page.url
    record.dek = visible.dek?.text
    let byline = visible.byline(of: picked.authors)
    record.byline = byline?.text
    record.accessibleForFree = picked.accessibleForFree
    record.image = picked.image.map { image($0) }
    let credit = AgencyCredit(publisher: record.publisher, url: record.url)
    // "Source: Harbour Online" on that site.
    record.agency = visible.agency.flatMap {
      credit.isOwn($0) && !AgencyCredit.isAgency($0) ? nil : $0
    }
    if let dateline = Dateline.find(in: document, verdicts) {
      record.dateline = dateline.place
      // "ALBANY (NEWS7) —": a station that names itself.
      if record.agency == nil, let agency = dateline.agency,
        AgencyCredit.isAgency(agency) || !credit.isOwn(agency)
      {
        record.agency = agency
      }
    }
    if record.agency == nil {
      record.agency = credit.find(
        authors: picked.authors,
        bylines: [byline?.text, byline?.line, visible.firstByline].compactMap { $0 },
        ending: record.parts.last { $0.kind == .paragraph }?.text)
    }
    let origins: [(String, String?)] = [
      ("headline", picked.headlineOrigin), ("authors", picked.authorsOrigin),
      ("date", picked.publishedOrigin), ("dateModified", picked.modifiedOrigin),
      ("publisher", picked.publisher == nil ? visible.siteName.map { _ in "text" } : picked.publisherOrigin),
      ("section", picked.sectionOrigin), ("url", picked.urlOrigin ?? page.url.map { _ in "page" }),
      ("tags", picked.tags.isEmpty ? (visible.tags.isEmpty ? nil : "text") : picked.tagsOrigin),
      (
        "language",
        picked.language == nil || other != nil ? record.language.map { _ in "text" } : picked.languageOrigin
      ),
      ("dek", visible.dek?.origin), ("byline", byline?.origin),
      ("image", picked.imageOrigin), ("accessibleForFree", picked.accessibleForFreeOrigin),
    ]
    for (key, origin) in origins where origin != nil { record.origins[key] = origin }
  }
}
