import WinnowCore
import WinnowText

/// What the candidates of all fields are looked at against: blocks, their roles, and where the article is.
///
/// A class, because each field's candidates and features hold it, and a copy would count a dozen references.
final class FieldPage: Sendable {
  let document: Document
  /// Each block's role by the verdicts.
  let roles: [Role]
  /// The block that the headline stage chose.
  let labelledHeadline: Int?
  /// The first block of dense prose.
  let proseStart: Int?
  /// One past the last block of dense prose.
  let proseEnd: Int
  /// The first block that the verdicts take into the body and that others of the body follow; else that of the prose.
  let bodyStart: Int
  /// One past the last block of the body; at least one past the last of dense prose where there is no body.
  let bodyEnd: Int
  /// Whether the page has markup.
  let hasMarkup: Bool
  let sites: SiteNames
  /// What the site and its publisher are called.
  let siteNames: [String]
  /// Captions that a credit tells from other lines, and credits.
  let creditedCaptions: Set<Int>
  /// 2 for a news article by type, 1 for another article, 0 for none.
  let articleType: Int
  /// The page's address.
  let url: String?

  init(
    _ document: Document, _ verdicts: [Verdict], siteNames: [String], titleTail: String? = nil, url: String?,
    types: [FieldCandidate] = []
  ) {
    self.document = document
    var roles = [Role](repeating: .furniture, count: document.count)
    var headline: Int?
    var credited: Set<Int> = []
    // By index: a copy of a verdict would count a reference to its labels.
    for index in verdicts.indices {
      let (block, role) = (verdicts[index].block, verdicts[index].role)
      roles[block] = role
      if role == .headline, headline == nil { headline = block }
      if role == .credit || role == .caption && verdicts[index].deciding?.reason == "caption.credit" {
        credited.insert(block)
      }
    }
    self.roles = roles
    creditedCaptions = credited
    labelledHeadline = headline
    let span = document.measures.proseSpan
    proseStart = span.first { document.storage.rows[$0].measures.flags.contains(.prose) }
    proseEnd = span.upperBound
    let body = Self.body(roles)
    bodyStart = body?.lowerBound ?? proseStart ?? 0
    bodyEnd = body?.upperBound ?? span.upperBound
    hasMarkup = document.signals.contains(.markup)
    sites = SiteNames(siteNames, url: url)
    // What stands behind the title's last sign is mostly the site's name, but not always: it is a candidate
    // for people's names only.
    self.siteNames = siteNames + [titleTail].compactMap { $0 }
    articleType = types.contains { $0.value.hasSuffix("NewsArticle") } ? 2 : types.isEmpty ? 0 : 1
    self.url = url
  }

  /// From the first block of the body that is not alone to the last.
  private static func body(_ roles: [Role]) -> Range<Int>? {
    guard let last = roles.lastIndex(where: \.isBody), let any = roles.firstIndex(where: \.isBody) else {
      return nil
    }
    let first = roles.indices.first { index in
      roles[index].isBody && roles[index..<min(roles.count, index + 8)].count(where: \.isBody) >= 3
    }
    return (first ?? any)..<last + 1
  }

  /// Whether a short line holds a date.
  func isDated(_ block: Int) -> Bool {
    let m = document.storage.rows[block].measures
    return m.flags.contains(.hasDate) && m.words <= 16
  }

  /// Whether a line of at most so many words has two or more capitals, as names are written.
  func isNameLine(_ block: Int, mostWords: Int32) -> Bool {
    let m = document.storage.rows[block].measures
    return (2...mostWords).contains(m.words) && m.capitalisedWords >= 2 && m.digits == 0
      && !m.flags.contains(.endsSentence)
  }

  /// Where the article's head is: the headline, else the first prose.
  var anchor: Int { labelledHeadline ?? proseStart ?? 0 }

  /// Where `text:` candidates say they stand.
  func origin(_ block: Int) -> String {
    let line = document.storage.rows[block].line
    return line > 0 ? "text:line \(line)" : "text:block \(block)"
  }

  /// A page without blocks: what columns are named by.
  static let empty: FieldPage = {
    let document = Document(
      DocumentStorage(
        form: .html, url: nil, signals: [], text: [], rows: [], hits: [],
        containers: ContainerTree(rows: [], tokens: []), metadata: [], page: PageMeasures(), repairs: [:],
        charset: "utf-8", language: nil))
    return FieldPage(document, [], siteNames: [], url: nil)
  }()

  /// Places where nothing of this article's head stands.
  static let elsewhere: MarkupMarks = [
    .nav, .navigationToken, .breadcrumbToken, .footerToken, .consentToken, .toolsToken, .button, .dialog,
    .relatedToken, .mostReadToken, .tickerToken, .commentsToken, .advertisementToken, .footer,
    .overlayToken, .promotionToken,
  ]
}

/// The names of a site, for telling them from headlines and people.
struct SiteNames: Sendable {
  private let names: [[UInt64]]
  private let hosts: [[UInt8]]

  init(_ names: [String], url: String?) {
    var known: [[UInt64]] = []
    for name in names {
      let words = WordHashes.of(name)
      if !words.isEmpty, !known.contains(words) { known.append(words) }
    }
    self.names = known
    hosts = url.map(FieldText.hostNames)?.map { $0.utf8.filter { $0 != 0x2D } } ?? []
  }

  /// How a text is the site's name: 2 the declared name or the host's, 1 something like it ("BBC News" where
  /// the host is `bbc`), 0 not at all.
  func likeness(_ text: ArraySlice<UInt8>, _ words: [UInt64]) -> Int {
    guard !words.isEmpty else { return 0 }
    if names.contains(words) { return 2 }
    if words.count > 6 { return 0 }
    let plain = Self.squeezed(text)
    if hosts.contains(where: { $0 == plain }) { return 2 }
    for host in hosts where host.count >= 4 && plain.count >= 4 {
      // "The Courier online" of courier.example, "Courier" of thecourier.example.
      if contains(plain, host) || plain.count * 2 >= host.count && contains(host, plain) { return 1 }
    }
    for name in names where name.count <= words.count + 2 && words.count <= name.count + 2 {
      if words.starts(with: name) || words.suffix(name.count).elementsEqual(name) { return 1 }
      if words.count * 2 > name.count,
        name.starts(with: words) || name.suffix(words.count).elementsEqual(words)
      {
        return 1
      }
    }
    return 0
  }

  /// Latin letters and digits in lower case, accents as they stand.
  private static func squeezed(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var isInTwo = false
    for byte in text {
      if byte == 0xC3 {
        isInTwo = true
        continue
      }
      if isInTwo {
        isInTwo = false
        result.append(contentsOf: latin(byte | 0x20))
        continue
      }
      if byte >= 0x80 || byte.isASCIILetterOrDigit {
        result.append(byte < 0x80 ? byte | 0x20 : byte)
      }
    }
    return result
  }

  /// The base of a letter of the Latin-1 block, by the second byte of its small form.
  private static func latin(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case 0xA0...0xA5: [0x61]
    case 0xA7: [0x63]
    case 0xA8...0xAB: [0x65]
    case 0xAC...0xAF: [0x69]
    case 0xB1: [0x6E]
    case 0xB2...0xB6, 0xB8: [0x6F]
    case 0xB9...0xBC: [0x75]
    case 0x9F, 0xBF: [0x73, 0x73]
    default: [0xC3, byte]
    }
  }

  private func contains(_ long: [UInt8], _ short: [UInt8]) -> Bool {
    guard short.count <= long.count else { return false }
    return (0...long.count - short.count).contains { start in
      long[start..<start + short.count].elementsEqual(short)
    }
  }
}
