/// A page as blocks: immutable columns, seen through ``Block`` views.
public struct Document: Sendable, RandomAccessCollection {
  // What is inlinable here and in ``Block`` is asked for every block by every stage.
  @usableFromInline package let storage: DocumentStorage

  package init(_ storage: DocumentStorage) { self.storage = storage }

  /// The first block's index.
  @inlinable public var startIndex: Int { 0 }
  /// One past the last block's index.
  @inlinable public var endIndex: Int { storage.rows.count }
  /// A block.
  @inlinable public subscript(position: Int) -> Block { Block(storage: storage, id: position) }

  /// HTML or flat text.
  public var form: Page.Form { storage.form }
  /// The page's address, if known.
  public var url: String? { storage.url }
  /// What kinds of evidence the page holds.
  public var signals: SignalSet { storage.signals }
  /// Elements, or groups of lines.
  public var containers: ContainerTree { storage.containers }
  /// What head, JSON-LD and attributes say about the page.
  public var metadata: [FieldCandidate] { storage.metadata }

  /// What the page declares of a field, or of two, in the page's order.
  package func declared(_ field: Field, or other: Field? = nil) -> [FieldCandidate] {
    var found: [FieldCandidate] = []
    // By index: a copy of each candidate would count references to its strings.
    for index in storage.metadata.indices {
      let its = storage.metadata[index].field
      if its == field || its == other { found.append(storage.metadata[index]) }
    }
    return found
  }
  /// The hash of one of the page's words, by its number among all of them.
  package func wordHash(_ number: Int) -> UInt64 { storage.words[number] }

  /// Sums over the page.
  public var measures: PageMeasures { storage.page }
  /// What normalisation mended, by the repair's name.
  public var repairs: [String: Int] { storage.repairs }
  /// The character set the bytes were read in.
  public var charset: String { storage.charset }
  /// The language that the text seems to be in, a BCP 47 primary subtag.
  public var language: String? { storage.language }
}

/// The columns of a document.
@usableFromInline package final class DocumentStorage: Sendable {
  package let form: Page.Form
  package let url: String?
  package let signals: SignalSet
  @usableFromInline package let text: [UInt8]
  @usableFromInline package let rows: [BlockRow]
  @usableFromInline package let hits: [PhraseHit]
  /// Hashes of the words of all blocks.
  package let words: [UInt64]
  @usableFromInline package let containers: ContainerTree
  package let metadata: [FieldCandidate]
  package let page: PageMeasures
  package let repairs: [String: Int]
  package let charset: String
  package let language: String?
  /// For each block the range of its inline elements' tokens in ``ContainerTree/tokens``.
  package let inlineTokens: [Range<Int>]
  /// What the links of short blocks with several of them say, by block.
  package let linkTexts: [Int: [String]]
  /// Bodies of long scripts, where the page shows little text: they may hold what it does not show.
  package let scripts: [[UInt8]]

  package init(
    form: Page.Form, url: String?, signals: SignalSet, text: [UInt8], rows: [BlockRow],
    hits: [PhraseHit], words: [UInt64] = [], containers: ContainerTree, metadata: [FieldCandidate],
    page: PageMeasures,
    repairs: [String: Int], charset: String, language: String?, inlineTokens: [Range<Int>]? = nil,
    linkTexts: [Int: [String]] = [:], scripts: [[UInt8]] = []
  ) {
    self.form = form
    self.url = url
    self.signals = signals
    self.text = text
    self.rows = rows
    self.hits = hits
    self.words = words
    self.containers = containers
    self.metadata = metadata
    self.page = page
    self.repairs = repairs
    self.charset = charset
    self.language = language
    self.linkTexts = linkTexts
    self.scripts = scripts
    self.inlineTokens = inlineTokens ?? Array(repeating: 0..<0, count: rows.count)
  }
}

/// The text between two block-level boundaries: a view into a document.
public struct Block: Sendable, Identifiable {
  @usableFromInline package let storage: DocumentStorage
  /// Index in the document.
  public let id: Int

  @inlinable
  package init(storage: DocumentStorage, id: Int) {
    self.storage = storage
    self.id = id
  }

  /// The block's columns.
  @inlinable public var row: BlockRow { storage.rows[id] }
  /// The block's numbers.
  @inlinable public var measures: BlockMeasures { storage.rows[id].measures }
  /// Markup or layout kind.
  @inlinable public var kind: BlockKind { storage.rows[id].measures.kind }
  /// Heading level or list nesting, else 0.
  @inlinable public var level: Int { Int(storage.rows[id].measures.level) }
  /// Yes-or-no facts.
  @inlinable public var flags: BlockFlags { storage.rows[id].measures.flags }
  /// Words; characters of scripts without spaces count half a word each.
  @inlinable public var words: Int { Int(storage.rows[id].measures.words) }

  /// The text as bytes.
  @inlinable public var utf8: ArraySlice<UInt8> {
    storage.text[Int(storage.rows[id].textStart)..<Int(storage.rows[id].textEnd)]
  }

  /// The text for people.
  public var text: String { String(decoding: utf8, as: UTF8.self) }

  /// A part of the text, in bytes of ``utf8`` from its start.
  public func text(_ extent: Range<Int>) -> String {
    let start = Int(storage.rows[id].textStart)
    let end = Int(storage.rows[id].textEnd)
    let lower = Swift.min(start + extent.lowerBound, end)
    let upper = Swift.min(start + extent.upperBound, end)
    return String(decoding: storage.text[lower..<Swift.max(lower, upper)], as: UTF8.self)
  }

  /// Scans the text's bytes in place.
  @inlinable public func withUTF8<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    storage.text.withUnsafeBufferPointer {
      body(
        UnsafeBufferPointer(
          rebasing: $0[Int(storage.rows[id].textStart)..<Int(storage.rows[id].textEnd)]))
    }
  }

  /// The innermost container's index.
  @inlinable public var container: Int { Int(storage.rows[id].container) }

  /// What the containers around the block and the inline elements in it say.
  @inlinable public var marks: MarkupMarks {
    storage.containers.rows[Int(storage.rows[id].container)].inherited
      .union(storage.rows[id].inlineMarks)
  }

  /// Share of characters in links, 0…1; `nil` where links are unknown.
  public var linkDensity: Float? {
    guard storage.signals.contains(.links) else { return nil }
    let measures = storage.rows[id].measures
    return measures.characters == 0 ? 0 : Float(measures.linkCharacters) / Float(measures.characters)
  }

  /// Phrases of the lexicon in the block.
  @inlinable public var hits: ArraySlice<PhraseHit> {
    // Most blocks have none, and to refer to the page's would count a reference.
    guard storage.rows[id].hitStart < storage.rows[id].hitEnd else { return [] }
    return storage.hits[Int(storage.rows[id].hitStart)..<Int(storage.rows[id].hitEnd)]
  }

  /// Hashes of the block's words in order, folded: for comparing texts without strings.
  package var wordHashes: ArraySlice<UInt64> {
    storage.words[Int(storage.rows[id].wordStart)..<Int(storage.rows[id].wordEnd)]
  }

  /// The first hit of a section, if any; with `anchor`, only so anchored.
  public func hit(_ section: PhraseSection, _ anchor: PhraseAnchor? = nil) -> PhraseHit? {
    let row = storage.rows[id]
    guard row.hitStart < row.hitEnd else { return nil }
    // By index: a slice would count a reference to the page's list.
    for index in Int(row.hitStart)..<Int(row.hitEnd) {
      let hit = storage.hits[index]
      if hit.section == section, anchor == nil || hit.anchor == anchor { return hit }
    }
    return nil
  }

  /// Whether the block is nothing but a phrase of the section.
  public func isWhole(_ section: PhraseSection) -> Bool { hit(section, .whole) != nil }
}
