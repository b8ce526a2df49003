/// What the markup around a block says it is: by element, or by class, id, role and itemprop tokens
/// that `lexicon/markup.phrases` knows.
public struct MarkupMarks: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: UInt64
  /// A set by its bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  private init(bit: UInt64) { rawValue = 1 << bit }

  // By element.
  /// `article`
  public static let article = MarkupMarks(bit: 0)
  /// `main`
  public static let main = MarkupMarks(bit: 1)
  /// `nav`
  public static let nav = MarkupMarks(bit: 2)
  /// `aside`
  public static let aside = MarkupMarks(bit: 3)
  /// `header`
  public static let header = MarkupMarks(bit: 4)
  /// `footer`
  public static let footer = MarkupMarks(bit: 5)
  /// `figure`
  public static let figure = MarkupMarks(bit: 6)
  /// `figcaption`
  public static let figcaption = MarkupMarks(bit: 7)
  /// `form`
  public static let form = MarkupMarks(bit: 8)
  /// `table`
  public static let table = MarkupMarks(bit: 9)
  /// `blockquote`
  public static let blockquote = MarkupMarks(bit: 10)
  /// `ul`, `ol`, `dl`
  public static let list = MarkupMarks(bit: 11)
  /// `button`
  public static let button = MarkupMarks(bit: 12)
  /// `noscript`
  public static let noscript = MarkupMarks(bit: 13)
  /// `dialog`
  public static let dialog = MarkupMarks(bit: 14)
  /// `pre`
  public static let pre = MarkupMarks(bit: 15)
  /// `details`
  public static let details = MarkupMarks(bit: 16)
  /// `address`
  public static let address = MarkupMarks(bit: 17)
  /// `section`
  public static let section = MarkupMarks(bit: 18)
  /// A link around blocks.
  public static let link = MarkupMarks(bit: 19)
  /// `time`
  public static let time = MarkupMarks(bit: 20)
  /// Hidden by style or attribute.
  public static let hidden = MarkupMarks(bit: 21)

  // By token: the names are the sections of `lexicon/markup.phrases`.
  /// Menus.
  public static let navigationToken = MarkupMarks(bit: 24)
  /// Breadcrumbs.
  public static let breadcrumbToken = MarkupMarks(bit: 25)
  /// Page footers.
  public static let footerToken = MarkupMarks(bit: 26)
  /// Side columns.
  public static let sidebarToken = MarkupMarks(bit: 27)
  /// Boxes of other stories.
  public static let relatedToken = MarkupMarks(bit: 28)
  /// Most-read and trending boxes.
  public static let mostReadToken = MarkupMarks(bit: 29)
  /// Tickers.
  public static let tickerToken = MarkupMarks(bit: 30)
  /// Comment threads.
  public static let commentsToken = MarkupMarks(bit: 31)
  /// Share buttons and social links.
  public static let shareToken = MarkupMarks(bit: 32)
  /// Newsletter, promotion, call to action.
  public static let promotionToken = MarkupMarks(bit: 33)
  /// Cookie and consent banners.
  public static let consentToken = MarkupMarks(bit: 34)
  /// Paywalls.
  public static let paywallToken = MarkupMarks(bit: 35)
  /// Advertisements.
  public static let advertisementToken = MarkupMarks(bit: 36)
  /// Bylines and author lines.
  public static let bylineToken = MarkupMarks(bit: 37)
  /// Dates of publication.
  public static let dateToken = MarkupMarks(bit: 38)
  /// Headlines.
  public static let headlineToken = MarkupMarks(bit: 39)
  /// Standfirsts.
  public static let dekToken = MarkupMarks(bit: 40)
  /// Captions.
  public static let captionToken = MarkupMarks(bit: 41)
  /// Picture credits.
  public static let creditToken = MarkupMarks(bit: 42)
  /// Topic lists.
  public static let tagsToken = MarkupMarks(bit: 43)
  /// Author boxes.
  public static let authorBioToken = MarkupMarks(bit: 44)
  /// The article's text.
  public static let bodyToken = MarkupMarks(bit: 45)
  /// Video, audio and gallery players.
  public static let mediaToken = MarkupMarks(bit: 46)
  /// Pop-ups and overlays.
  public static let overlayToken = MarkupMarks(bit: 47)
  /// Text for screen readers only, or hidden by class.
  public static let hiddenToken = MarkupMarks(bit: 48)
  /// Tables of contents.
  public static let contentsToken = MarkupMarks(bit: 49)
  /// Sign-in, search and other tools.
  public static let toolsToken = MarkupMarks(bit: 50)
  /// Cards and teasers.
  public static let teaserToken = MarkupMarks(bit: 51)
  /// Forum posts.
  public static let postToken = MarkupMarks(bit: 52)
  /// Corrections and editor's notes.
  public static let correctionToken = MarkupMarks(bit: 53)
  /// Meta lines: date, author and share together.
  public static let metaToken = MarkupMarks(bit: 54)
  /// Page headers and mastheads.
  public static let mastheadToken = MarkupMarks(bit: 55)
}

/// Elements that containers come from. Others are ``other``.
public enum ContainerTag: UInt8, Sendable, Codable, CaseIterable {
  /// The whole page.
  case root
  /// A block element without a case of its own.
  case other
  /// `html`.
  case html
  /// `body`.
  case body
  /// `div`.
  case div
  /// `p`.
  case p
  /// `section`.
  case section
  /// `article`.
  case article
  /// `main`.
  case main
  /// `header`.
  case header
  /// `footer`.
  case footer
  /// `nav`.
  case nav
  /// `aside`.
  case aside
  /// `ul`.
  case ul
  /// `ol`.
  case ol
  /// `li`.
  case li
  /// `dl`.
  case dl
  /// `dt`.
  case dt
  /// `dd`.
  case dd
  /// `table`.
  case table
  /// `thead`.
  case thead
  /// `tbody`.
  case tbody
  /// `tfoot`.
  case tfoot
  /// `tr`.
  case tr
  /// `td`.
  case td
  /// `th`.
  case th
  /// `caption`.
  case caption
  /// `figure`.
  case figure
  /// `figcaption`.
  case figcaption
  /// `blockquote`.
  case blockquote
  /// `pre`.
  case pre
  /// `form`.
  case form
  /// `fieldset`.
  case fieldset
  /// `label`.
  case label
  /// `button`.
  case button
  /// `h1`.
  case h1
  /// `h2`.
  case h2
  /// `h3`.
  case h3
  /// `h4`.
  case h4
  /// `h5`.
  case h5
  /// `h6`.
  case h6
  /// `hgroup`.
  case hgroup
  /// `address`.
  case address
  /// `details`.
  case details
  /// `summary`.
  case summary
  /// `dialog`.
  case dialog
  /// `noscript`.
  case noscript
  /// `center`.
  case center
  /// A link around blocks.
  case a
  /// An element whose name has a hyphen.
  case custom
  /// A bulleted list of flat text.
  case bullets
  /// Lines between blank lines in flat text.
  case group
}

/// One container: an element of HTML, or a bullet or blank-line group of flat text.
public struct ContainerRow: Sendable {
  /// The element.
  public var tag: ContainerTag = .root
  /// Steps from the root.
  public var depth: Int32 = 0
  /// The enclosing container; -1 for the root.
  public var parent: Int32 = -1
  /// The first container after this one that does not lie in it.
  public var subtreeEnd: Int32 = 0
  /// The first block in it, counting nested containers.
  public var firstBlock: Int32 = 0
  /// One past its last block.
  public var endBlock: Int32 = 0
  /// Hash of the element's name, for elements without a tag of their own.
  public var name: UInt32 = 0
  /// Hash of tag and class attribute: equal for siblings made by one template.
  public var signature: UInt32 = 0
  /// Range of its tokens.
  public var tokenStart: Int32 = 0
  /// End of the range of its tokens.
  public var tokenEnd: Int32 = 0
  /// What the element itself says.
  public var marks: MarkupMarks = []
  /// What it and all containers around it say.
  public var inherited: MarkupMarks = []
  /// Words in it.
  public var words: Int32 = 0
  /// Words in it that stand in prose blocks.
  public var proseWords: Int32 = 0
  /// Characters in it.
  public var characters: Int32 = 0
  /// Characters in it that stand in links.
  public var linkCharacters: Int32 = 0

  /// An empty container.
  public init() {}

  /// Share of characters in links, 0…1.
  public var linkDensity: Float { characters == 0 ? 0 : Float(linkCharacters) / Float(characters) }
}

/// The containers of a document in the order in which they open; row 0 is the root.
public struct ContainerTree: Sendable {
  /// The rows.
  public let rows: [ContainerRow]
  /// Hashed class, id, role and itemprop tokens of all rows; see ``tokenHash(_:)``.
  public let tokens: [UInt32]

  /// A tree of these columns; an empty one gets a root.
  public init(rows: [ContainerRow], tokens: [UInt32]) {
    self.rows = rows.isEmpty ? [ContainerRow()] : rows
    self.tokens = tokens
  }

  /// A container's row.
  public subscript(_ index: Int) -> ContainerRow { rows[index] }

  /// The tokens of a container.
  public func tokens(of index: Int) -> ArraySlice<UInt32> {
    tokens[Int(rows[index].tokenStart)..<Int(rows[index].tokenEnd)]
  }

  /// The containers around one, innermost first, without itself.
  public func ancestors(of index: Int) -> some Sequence<Int> {
    sequence(state: Int(rows[index].parent)) { [rows] next -> Int? in
      guard next >= 0 else { return nil }
      defer { next = Int(rows[next].parent) }
      return next
    }
  }

  /// The hash under which a token is stored: FNV-1a over its lower-cased bytes.
  @inlinable
  public static func tokenHash(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in bytes {
      let lower = byte >= 65 && byte <= 90 ? byte | 32 : byte
      hash = (hash ^ UInt32(lower)) &* 16_777_619
    }
    return hash
  }
}
