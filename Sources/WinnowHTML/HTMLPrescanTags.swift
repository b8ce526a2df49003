import WinnowCore

/// Elements that the reader treats by name; all others are ``unknown``.
enum HTMLTag: UInt8, CaseIterable {
  case unknown
  case a, abbr, acronym, address, applet, area, article, aside, audio, b, base, basefont, bdi, bdo
  case bgsound, big, blockquote, body, br, button, canvas, caption, center, cite, code, col, colgroup
  case command, data, datalist, dd, del, details, dfn, dialog, dir, div, dl, dt, em, embed, fieldset
  case figcaption, figure, font, footer, form, frame, h1, h2, h3, h4, h5, h6, head, header, hgroup, hr
  case html, i, iframe, image, img, input, ins, kbd, keygen, label, legend, li, link, listing, main
  case map, mark, math, menu, meta, meter, nav, nobr, noembed, noframes, noscript, object, ol
  case optgroup, option, output, p, param, picture, plaintext, pre, progress, q, rp, rt, ruby, s, samp
  case script, section, select, small, source, span, strike, strong, style, sub, summary, sup, svg
  case table, tbody, td, template, textarea, tfoot, th, thead, time, title, tr, track, tt, u, ul, `var`
  case video, wbr, xmp

  /// What the reader does with an element.
  struct Traits: OptionSet {
    let rawValue: UInt16
    /// It does not break a block.
    static let inline = Traits(rawValue: 1)
    /// It has no content.
    static let void = Traits(rawValue: 2)
    /// Its content is no text of the page.
    static let drops = Traits(rawValue: 4)
    /// The prescan cuts or lifts out its content.
    static let raw = Traits(rawValue: 8)
    /// It stands between a table and its cells.
    static let tablePart = Traits(rawValue: 16)
    /// A sibling of the same name ends it.
    static let closesItself = Traits(rawValue: 32)
    /// It ends a paragraph in libxml2.
    static let closesParagraph = Traits(rawValue: 64)
    /// Its attributes are needed although it has no content.
    static let fact = Traits(rawValue: 128)
  }

  /// What the reader does with it.
  var traits: Traits {
    switch self {
    case .abbr, .acronym, .a, .b, .bdi, .bdo, .big, .cite, .code, .data, .del, .dfn, .em, .font, .i, .ins,
      .kbd, .mark, .nobr, .picture, .q, .rp, .rt, .ruby, .s, .samp, .small, .span, .strike, .strong, .sub,
      .sup, .time, .tt, .u, .var:
      return .inline
    case .meta, .link: return [.inline, .void, .fact]
    case .img, .image, .br, .source, .wbr, .area, .base, .basefont, .bgsound, .col, .command, .embed, .frame,
      .input, .keygen, .param, .track:
      return [.inline, .void]
    case .hr: return .void
    case .script, .style, .template, .svg, .iframe, .textarea, .math, .title, .xmp, .noembed, .noframes,
      .plaintext, .noscript:
      return .raw
    case .object, .canvas, .select, .option, .audio, .video, .map, .optgroup, .applet: return .drops
    case .table, .tbody, .thead, .tfoot, .colgroup: return [.tablePart, .closesParagraph]
    case .tr, .td, .th: return [.tablePart, .closesItself, .closesParagraph]
    case .p: return .closesItself
    case .li: return [.closesItself, .closesParagraph]
    case .address, .blockquote, .caption, .center, .dd, .dir, .div, .dl, .dt, .fieldset, .form, .h1, .h2,
      .h3, .h4, .h5, .h6, .listing, .menu, .ol, .pre, .ul:
      return .closesParagraph
    default: return []
    }
  }

  /// How hard an end tag can close elements in between, as libxml2 weighs it.
  var endPriority: UInt8 {
    switch self {
    case .div: 150
    case .td, .th: 160
    case .tr: 170
    case .thead, .tbody, .tfoot: 180
    case .table: 190
    default: 100
    }
  }

  /// Whether libxml2 may end this element where another begins in it; "no" is certain.
  func ends(before next: HTMLTag) -> Bool {
    switch self {
    case .p: next.traits.contains(.closesParagraph) || next == .p
    case .a: next == .a || next == .fieldset || next == .table || next == .td || next == .th
    case .b, .i, .u, .font, .span, .s, .small, .strike, .tt, .big:
      next == .p || next == .center || next == .td || next == .th
    case .h1, .h2, .h3, .h4, .h5, .h6:
      next == .p || next == .li || next == .table || next == .form || next == .fieldset
    case .ul, .ol: !next.traits.contains(.inline) && next != .li && next != .div
    case .dl: !next.traits.contains(.inline) && next != .dt && next != .dd && next != .div
    case .menu, .dir, .dt, .dd, .address, .pre, .listing: !next.traits.contains(.inline) && next != .div
    case .td, .th: next.traits.contains(.tablePart) && next != .table
    case .tr: next.traits.contains(.tablePart) && next != .td && next != .th
    case .tbody, .thead, .tfoot: next.traits.contains(.tablePart) && next != .tr
    case .caption, .colgroup: next.traits.contains(.tablePart)
    case .option: next == .option || next == .optgroup
    case .li, .form: next == self
    case .legend: next == .fieldset
    default: false
    }
  }

  /// The container that the element becomes.
  var container: ContainerTag {
    switch self {
    case .body: .body
    case .div: .div
    case .p: .p
    case .section: .section
    case .article: .article
    case .main: .main
    case .header: .header
    case .footer: .footer
    case .nav: .nav
    case .aside: .aside
    case .ul, .menu, .dir: .ul
    case .ol: .ol
    case .li: .li
    case .dl: .dl
    case .dt: .dt
    case .dd: .dd
    case .table: .table
    case .thead: .thead
    case .tbody: .tbody
    case .tfoot: .tfoot
    case .tr: .tr
    case .td: .td
    case .th: .th
    case .caption: .caption
    case .figure: .figure
    case .figcaption: .figcaption
    case .blockquote: .blockquote
    case .pre, .xmp, .plaintext, .listing: .pre
    case .form: .form
    case .fieldset: .fieldset
    case .label: .label
    case .button: .button
    case .h1: .h1
    case .h2: .h2
    case .h3: .h3
    case .h4: .h4
    case .h5: .h5
    case .h6: .h6
    case .hgroup: .hgroup
    case .address: .address
    case .details: .details
    case .summary: .summary
    case .dialog: .dialog
    case .noscript: .noscript
    case .center: .center
    case .a: .a
    default: .other
    }
  }

  /// What the element itself says.
  var marks: MarkupMarks {
    switch self {
    case .article: .article
    case .main: .main
    case .nav: .nav
    case .aside: .aside
    case .header: .header
    case .footer: .footer
    case .figure: .figure
    case .figcaption: .figcaption
    case .form: .form
    case .table: .table
    case .blockquote: .blockquote
    case .ul, .ol, .dl, .menu, .dir: .list
    case .button: .button
    case .noscript: .noscript
    case .dialog: .dialog
    case .pre, .xmp, .plaintext, .listing: .pre
    case .details: .details
    case .address: .address
    case .section: .section
    case .time: .time
    default: []
    }
  }
}

/// The elements by name, as a hash table that lives as long as the process.
struct HTMLTagTable: @unchecked Sendable {
  /// The one table.
  static let standard = HTMLTagTable()

  private static let bits = 9
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  // Written once in `init`, read only afterwards: that is what makes sharing it safe.
  private let keys: UnsafePointer<UInt64>
  private let tags: UnsafePointer<HTMLTag>

  private init() {
    let size = 1 << Self.bits
    let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
    let tags = UnsafeMutablePointer<HTMLTag>.allocate(capacity: size)
    keys.initialize(repeating: 0, count: size)
    tags.initialize(repeating: .unknown, count: size)
    for tag in HTMLTag.allCases where tag != .unknown {
      var key: UInt64 = 0
      for (index, byte) in "\(tag)".utf8.enumerated() { Self.extend(&key, with: byte, at: index) }
      var slot = Self.slot(of: key)
      while keys[slot] != 0 { slot = (slot + 1) & (size - 1) }
      keys[slot] = key
      tags[slot] = tag
    }
    self.keys = UnsafePointer(keys)
    self.tags = UnsafePointer(tags)
  }

  /// Adds a lower-case byte to a name's key: names of up to eight bytes have keys of their own.
  @inline(__always)
  static func extend(_ key: inout UInt64, with byte: UInt8, at index: Int) {
    key = index < 8 ? key << 8 | UInt64(byte) : (key &* multiplier) ^ UInt64(byte)
  }

  @inline(__always)
  private static func slot(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* multiplier) >> UInt64(64 - bits))
  }

  /// The element of a key.
  @inline(__always)
  func tag(of key: UInt64) -> HTMLTag {
    var slot = Self.slot(of: key)
    while true {
      let found = keys[slot]
      if found == key { return tags[slot] }
      if found == 0 { return .unknown }
      slot = (slot + 1) & ((1 << Self.bits) - 1)
    }
  }
}
