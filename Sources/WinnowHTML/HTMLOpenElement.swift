import WinnowCore

/// An element that is open while the page is read, with all that its content inherits.
struct HTMLOpenElement {
  /// Yes-or-no facts of the element and what is around it.
  struct Flags: OptionSet {
    let rawValue: UInt16
    /// Its text is no text of the page.
    static let dropped = Flags(rawValue: 1)
    /// `b` or `strong` is around.
    static let bold = Flags(rawValue: 2)
    /// Preformatted.
    static let pre = Flags(rawValue: 4)
    /// Hidden by attribute or style.
    static let hidden = Flags(rawValue: 8)
    /// The nearest list is ordered.
    static let ordered = Flags(rawValue: 16)
    /// The nearest table is a data table.
    static let dataTable = Flags(rawValue: 32)
    /// The nearest row becomes one block.
    static let row = Flags(rawValue: 64)
    /// `sup` is around.
    static let raised = Flags(rawValue: 128)
    // From here on, facts of the element itself.
    /// It breaks blocks.
    static let breaks = Flags(rawValue: 256)
    /// It is a container.
    static let container = Flags(rawValue: 512)
    /// A fact waits for its text.
    static let fact = Flags(rawValue: 1024)
    /// A list item whose first block is out.
    static let used = Flags(rawValue: 2048)
    /// A term of a list of definitions.
    static let term = Flags(rawValue: 4096)
    /// What is inherited.
    static let inherited = Flags(rawValue: 255)
  }

  var container: Int32 = 0
  /// The place of the nearest list item among the open elements; -1 outside lists.
  var item: Int32 = -1
  /// The place of a link around that is no container yet; -1 when there is none.
  var wrap: Int32 = -1
  /// The attribute that holds the nearest `itemtype`; -1 when there is none.
  var scope: Int32 = -1
  /// Number of the link around; 0 outside links.
  var link: UInt32 = 0
  /// The event of the start tag; -1 for elements that libxml2 implied.
  var event: Int32 = -1
  var flags: Flags = []
  var kind: BlockKind = .paragraph
  /// Heading level.
  var level: UInt8 = 0
  /// Nesting of lists.
  var listLevel: UInt8 = 0
}

/// A fact whose element is still open.
struct HTMLOpenFact {
  /// The element's place among the open elements.
  var element: Int
  /// Where the element's text starts.
  var textStart: Int
  /// Blocks before it.
  var block: Int
}
