import WinnowCore
import WinnowStages
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
  static let elsewhere = Places.notAnchor
}
