import WinnowCore

/// Whether the content score, where it finds a block in the body, stands against what a rule said of it.
///
/// Rules that name things lead where they are certain; the score settles the rest.
struct ScoreAgainstRules {
  private let document: Document
  private lazy var isManual = ProgramText.isManual(document)

  /// A probability above which the model overrules a rule about what stands beside the body. Swept over
  /// .0, .6, .8 and 1 on cross-validated pages: .6 adds .0008 to word F1 of all types and costs news nothing.
  private static let sure: Float = 0.6

  /// The same for a biography in flat text. A bar of .5 for what stands in a comment thread adds .0005 to word F1 of
  /// articles and costs .0008 to .0025 over all pages, since threads are what forums are made of.
  private static let sureOfBiographies: Float = 0.7

  /// Words of an advertisement's label.
  private static let longestLabel: Int32 = 12

  init(_ document: Document) { self.document = document }

  /// Whether a probability of `p` outweighs the label that leads the block.
  mutating func overrules(_ label: Label?, _ p: Float, of block: Int) -> Bool {
    guard let label else { return true }
    if document.form == .flatText, label.confidence >= .strong {
      return overrulesWording(label, p)
    }
    let m = document.rows[block].measures
    // A paragraph that is a pointer's words and a link to another story reads like the text around it.
    if label.role == .readMore, label.confidence >= .strong {
      return m.linkCharacters * 2 < m.characters && label.reason != .readMoreSigned
    }
    // "The article goes on below the video": a label of several words, and no heading.
    if label.reason == .advertisementLabel, label.confidence >= .strong, m.kind == .paragraph,
      m.words <= Self.longestLabel
    {
      return false
    }
    guard !label.role.isBoilerplate else { return true }
    switch label.role {
    case .correction:
      // A note that says at its start what it is reads like any paragraph of the article.
      return p > Self.sure && label.reason != .correctionOpening
    case .caption, .disclaimer, .tags:
      let isHeading = m.kind == .heading && label.reason == .captionCredit
      return p > Self.sure && m.kind != .figureCaption && !isHeading && label.confidence < .certain
    default: return false
    }
  }

  /// In flat text rules go by wording alone, and are seldom wrong when they are sure.
  private mutating func overrulesWording(_ label: Label, _ p: Float) -> Bool {
    switch label.role {
    case .furniture: return true
    // What a thread holds, but not its title, and biographies are the body of other kinds of pages.
    case .comments: return label.reason != .commentsOpener
    case .authorBio: return p > Self.sureOfBiographies
    // Of the copies that the score would keep on such pages seven of eight words are in the gold, of those on articles one of
    // three.
    case .duplicate: return p > Self.sure && isManual
    // Short items below the prose, and nothing says that they are topics: they may be the article's last list.
    case .tags where label.reason == .tagsAfterBody: return p > Self.sure
    default: return false
    }
  }
}
