import WinnowCore

/// A block as a reader found it: its text before normalisation, and what only markup or layout tells.
package struct RawRow: Sendable {
  /// Range of the text in ``RawDocument/text``.
  package var textStart: Int32 = 0
  /// End of the range of the text.
  package var textEnd: Int32 = 0
  /// Range in the decoded input, in bytes; -1 when unknown.
  package var sourceStart: Int32 = -1
  /// End of the range in the decoded input.
  package var sourceEnd: Int32 = -1
  /// Line of the decoded input, from 1; 0 when unknown.
  package var line: Int32 = 0
  /// The innermost container's index in ``RawDocument/containers``.
  package var container: Int32 = 0
  /// Markup or layout kind.
  package var kind: BlockKind = .paragraph
  /// Heading level 1…6, or nesting of a list item from 1, else 0.
  package var level: UInt8 = 0
  /// What the reader knows: hidden, bullet, glued, ordered, preformatted, hasTime.
  package var flags: BlockFlags = []
  /// What inline elements in the block say by their tags (`time`, `link`).
  package var inlineMarks: MarkupMarks = []
  /// Range in ``RawDocument/tokens`` of the inline elements' tokens.
  package var tokenStart: Int32 = 0
  /// End of the range of the inline elements' tokens.
  package var tokenEnd: Int32 = 0
  /// Characters, without spaces, inside links.
  package var linkCharacters: Int32 = 0
  /// Characters, without spaces, inside `b` and `strong`.
  package var boldCharacters: Int32 = 0
  /// Links.
  package var links: Int32 = 0
  /// Pictures since the block before.
  package var images: Int32 = 0
  /// Blank lines before the block in flat text.
  package var blankLinesBefore: Int32 = 0
  /// Columns of indent in flat text.
  package var indent: Int32 = 0

  /// An empty row.
  package init() {}
}

/// What a reader hands to ``DocumentBuilder``.
///
/// Containers stand in the order in which they open, row 0 being the root. The reader fills their tag,
/// depth, parent, subtreeEnd, name, signature, token range and the marks that follow from elements and
/// attributes; the builder adds block ranges, sums and the marks of tokens. Token values are
/// ``ContainerTree/tokenHash(_:)``; a 0 stands between the tokens of two attribute values.
package struct RawDocument: Sendable {
  /// HTML or flat text.
  package var form: Page.Form
  /// The page's address, if known.
  package var url: String?
  /// What kinds of evidence there is.
  package var signals: SignalSet = []
  /// All blocks' text.
  package var text: [UInt8] = []
  /// The blocks in page order.
  package var rows: [RawRow] = []
  /// Elements or groups of lines.
  package var containers: [ContainerRow] = [ContainerRow()]
  /// Hashed tokens of containers and inline elements.
  package var tokens: [UInt32] = []
  /// What the links of short blocks with several of them say, by row.
  package var linkTexts: [Int: [String]] = [:]
  /// Bodies of long scripts, where the page shows little text.
  package var scripts: [[UInt8]] = []
  /// What the page declares about itself.
  package var metadata: [FieldCandidate] = []
  /// The character set the bytes were read in.
  package var charset: String = "utf-8"
  /// The width at which flat text was hard-wrapped, 0 when it was not.
  package var wrapWidth: Int = 0
  /// Repairs made before the builder's own: those of decoding.
  package var repairs: [String: Int] = [:]

  /// An empty page.
  package init(form: Page.Form, url: String? = nil) {
    self.form = form
    self.url = url
  }
}
