/// What a phrase of the lexicon is for. The raw value is the section's name in `lexicon/*.phrases`.
public enum PhraseSection: String, Sendable, CaseIterable, Codable {
  /// Opens a box of links to other stories.
  case related
  /// Opens a most-read or trending box.
  case mostRead = "most-read"
  /// Opens a ticker or a list of newest stories.
  case latest
  /// Points to another story from within the text.
  case readMore = "read-more"
  /// A link that only says "more".
  case moreLink = "more-link"
  /// A menu word.
  case navigation
  /// Opens a breadcrumb.
  case breadcrumb
  /// Sign in, subscribe, my account.
  case account
  /// A share button.
  case share
  /// An invitation to follow.
  case follow
  /// A counter of views, shares or comments.
  case engagement
  /// Minutes to read.
  case readingTime = "reading-time"
  /// A newsletter box.
  case newsletter
  /// A cookie or privacy banner.
  case consent
  /// A paywall's message.
  case paywall
  /// An advertisement's label.
  case advertisement
  /// What is left of a video, gallery or player.
  case media
  /// Opens a comment thread.
  case comments
  /// A button below a comment.
  case commentAction = "comment-action"
  /// Opens a list of topics.
  case tags
  /// Stands before an author's name.
  case byline
  /// A job, not a name.
  case role
  /// A wire agency or generic source.
  case agency
  /// Stands before a source.
  case source
  /// Stands before the day of publication.
  case published
  /// Stands before the day of a change.
  case updated
  /// A picture credit's label.
  case credit
  /// Typical of captions.
  case caption
  /// A legal or opinion disclaimer.
  case disclaimer
  /// Says that a machine translated the page.
  case translation
  /// Says that software wrote the page or helped to.
  case aiNote = "ai-note"
  /// A correction, clarification or editor's note.
  case correction
  /// Copyright and legal links.
  case footer
  /// App shops.
  case app
  /// Tells who the author is.
  case authorBio = "author-bio"
  /// Opens a table of contents.
  case contents
  /// Words of a user interface.
  case furniture
  /// Says that there is no such page, or that the reader may not see it.
  case errorPage = "error-page"
}

/// How a phrase stands in a block.
public enum PhraseAnchor: UInt8, Sendable, Codable {
  /// The block is the phrase.
  case whole
  /// The block starts with it.
  case start
  /// The block ends with it.
  case end
  /// The block contains it.
  case within
}

/// A phrase of the lexicon found in a block.
public struct PhraseHit: Sendable, Hashable {
  /// What the phrase is for.
  public let section: PhraseSection
  /// How it stands in the block.
  public let anchor: PhraseAnchor
  /// Where the phrase stands, in bytes of ``Block/utf8``; slots are not part of it.
  public let range: Range<Int>

  /// Whether the block opens with the phrase and goes on, without so much as a sign before it.
  package var opensBlock: Bool { anchor == .start && range.lowerBound == 0 }

  /// A hit.
  public init(section: PhraseSection, anchor: PhraseAnchor, range: Range<Int>) {
    self.section = section
    self.anchor = anchor
    self.range = range
  }
}
