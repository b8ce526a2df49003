/// What a block is by its markup or layout, before anyone judges it.
public enum BlockKind: UInt8, BitwiseCopyable, Sendable, Codable, CaseIterable {
  /// Running text, or anything without a more special kind.
  case paragraph
  /// A heading; ``BlockMeasures/level`` tells which.
  case heading
  /// An item of a list.
  case listItem
  /// Within a quotation.
  case quotation
  /// A row of a table; its cells are joined by ` | `.
  case tableRow
  /// Preformatted text; its line breaks are kept.
  case code
  /// The text of `figcaption`.
  case figureCaption
}

/// Yes-or-no facts of a block.
public struct BlockFlags: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: UInt16
  /// A set by its bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The page's own style hides it.
  public static let hidden = BlockFlags(rawValue: 1)
  /// Its last sentence is complete: `.`, `!`, `?`, `…` or their kin, closing quotes allowed.
  public static let endsSentence = BlockFlags(rawValue: 2)
  /// It has words enough, ends a sentence and is not mostly links.
  public static let prose = BlockFlags(rawValue: 4)
  /// It stands behind a bullet in flat text.
  public static let bullet = BlockFlags(rawValue: 8)
  /// It is made of capitals only.
  public static let allCapitals = BlockFlags(rawValue: 16)
  /// It opens with a quotation mark or dialogue dash.
  public static let opensQuotation = BlockFlags(rawValue: 32)
  /// It opens with a lower-case letter.
  public static let opensLowerCase = BlockFlags(rawValue: 64)
  /// It ends with a colon.
  public static let endsColon = BlockFlags(rawValue: 128)
  /// It was split off a longer line whose parts were glued together.
  public static let glued = BlockFlags(rawValue: 256)
  /// It stands in an ordered list.
  public static let ordered = BlockFlags(rawValue: 512)
  /// All its text is emphasised as bold.
  public static let bold = BlockFlags(rawValue: 1024)
  /// It is nothing but a date, with or without time and label.
  public static let dateOnly = BlockFlags(rawValue: 2048)
  /// It holds a date.
  public static let hasDate = BlockFlags(rawValue: 4096)
  /// It holds a copyright sign.
  public static let hasCopyright = BlockFlags(rawValue: 8192)
  /// Its text is preformatted.
  public static let preformatted = BlockFlags(rawValue: 16384)
  /// A `<time>` element stands in it.
  public static let hasTime = BlockFlags(rawValue: 32768)
}

/// The numbers of one block, measured once when the page is read.
public struct BlockMeasures: Sendable {
  /// Markup or layout kind.
  public var kind: BlockKind = .paragraph
  /// Heading level 1…6, or nesting of a list item from 1, else 0.
  public var level: UInt8 = 0
  /// Yes-or-no facts.
  public var flags: BlockFlags = []
  /// Words; characters of scripts without spaces count half a word each.
  public var words: Int32 = 0
  /// Characters without spaces.
  public var characters: Int32 = 0
  /// Characters without spaces inside links.
  public var linkCharacters: Int32 = 0
  /// Characters without spaces that are bold.
  public var boldCharacters: Int32 = 0
  /// Links.
  public var links: Int32 = 0
  /// Pictures between the block before and this one's end.
  public var images: Int32 = 0
  /// Sentence ends.
  public var sentences: Int32 = 0
  /// Commas of any script.
  public var commas: Int32 = 0
  /// Digits.
  public var digits: Int32 = 0
  /// Words that open with a capital.
  public var capitalisedWords: Int32 = 0
  /// `|`, `·`, `›` and other separators.
  public var separators: Int32 = 0
  /// Blank lines before the block in flat text.
  public var blankLinesBefore: Int32 = 0
  /// Columns of indent in flat text.
  public var indent: Int32 = 0
  /// Hash of the folded text, equal for texts that differ only in case, accents and spaces.
  public var fold: UInt64 = 0
  /// The first block of the same folded text, if that is another one; else -1.
  public var firstCopy: Int32 = -1
  /// How many blocks of the page have this folded text.
  public var copies: Int32 = 1

  /// Nothing measured yet.
  public init() {}
}

/// A block's place in the columns of a document.
public struct BlockRow: Sendable {
  /// Range in the document's text.
  public var textStart: Int32 = 0
  /// End of the range in the document's text.
  public var textEnd: Int32 = 0
  /// Range in the decoded input, in bytes; -1 when unknown.
  public var sourceStart: Int32 = -1
  /// End of the range in the decoded input; -1 when unknown.
  public var sourceEnd: Int32 = -1
  /// Line of the decoded input, from 1; 0 when unknown.
  public var line: Int32 = 0
  /// The innermost container.
  public var container: Int32 = 0
  /// Range of phrase hits.
  public var hitStart: Int32 = 0
  /// End of the range of phrase hits.
  public var hitEnd: Int32 = 0
  /// Range of word hashes.
  package var wordStart: Int32 = 0
  /// End of the range of word hashes.
  package var wordEnd: Int32 = 0
  /// Markup meaning of the inline elements in the block.
  public var inlineMarks: MarkupMarks = []
  /// The numbers.
  public var measures = BlockMeasures()

  /// An empty row.
  public init() {}
}

/// Sums over a page.
public struct PageMeasures: Sendable {
  /// Words of all blocks.
  public var words: Int = 0
  /// Words of blocks with ``BlockFlags/prose``.
  public var proseWords: Int = 0
  /// Characters of all blocks.
  public var characters: Int = 0
  /// Characters of all links.
  public var linkCharacters: Int = 0
  /// The width at which the text was hard-wrapped; 0 when it was not.
  public var wrapWidth: Int = 0
  /// The blocks among which prose is densest: where the article probably stands. Empty when the page
  /// has no prose. It is the contiguous range with the largest sum when prose counts for, and short or
  /// linked blocks count against it (the idea of body text extraction, Finn et al. 2001).
  public var proseSpan: Range<Int> = 0..<0

  /// Nothing measured yet.
  public init() {}
}
