/// Attributes that the reader uses; all others are skipped by the prescan.
enum HTMLAttributeName: UInt8 {
  case className, id, role, itemprop, itemtype, itemscope, href, rel, name, content, property, datetime
  case hidden, ariaHidden, ariaLabel, style, testID, component, lang, pubdate, type, httpEquiv, typeof

  /// The attribute of a key, if it is one of these.
  ///
  /// A key is made of the first eight bytes, lower-cased by setting bit 5; longer names are told apart by
  /// length and last byte.
  @inline(__always)
  static func named(_ key: UInt64, length: Int, last: UInt8) -> HTMLAttributeName? {
    switch key {
    case 0x63_6C61_7373: return .className
    case 0x6964: return .id
    case 0x7265_6C: return .rel
    case 0x6872_6566: return .href
    case 0x726F_6C65: return .role
    case 0x7374_796C_65: return .style
    case 0x6E61_6D65: return .name
    case 0x636F_6E74_656E_74: return .content
    case 0x7072_6F70_6572_7479: return length == 8 ? .property : nil
    case 0x6974_656D_7072_6F70: return length == 8 ? .itemprop : nil
    case 0x6974_656D_7479_7065: return length == 8 ? .itemtype : nil
    case 0x6974_656D_7363_6F70: return length == 9 ? .itemscope : nil
    case 0x6461_7465_7469_6D65: return length == 8 ? .datetime : nil
    case 0x6869_6464_656E: return .hidden
    case 0x6172_6961_2D68_6964: return length == 11 && last == 0x6E ? .ariaHidden : nil
    case 0x6172_6961_2D6C_6162: return length == 10 && last == 0x6C ? .ariaLabel : nil
    case 0x6461_7461_2D74_6573: return length == 11 && last == 0x64 ? .testID : nil
    case 0x6461_7461_2D63_6F6D: return length == 14 && last == 0x74 ? .component : nil
    case 0x6C61_6E67: return .lang
    case 0x7075_6264_6174_65: return .pubdate
    case 0x7479_7065: return .type
    case 0x6874_7470_2D65_7175: return length == 10 && last == 0x76 ? .httpEquiv : nil
    case 0x7479_7065_6F66: return .typeof
    default: return nil
    }
  }
}

/// One attribute that the reader uses: its name and where its value stands in the input.
struct HTMLAttribute {
  /// The first byte of the value.
  var start: UInt32
  /// One past the last byte of the value.
  var end: UInt32
  /// Which attribute it is.
  var name: HTMLAttributeName
}

/// One thing that the prescan found, in page order.
struct HTMLEvent {
  /// What happened.
  enum Kind: UInt8 {
    /// A run of text without any tag in it.
    case text
    /// A run of text in which ampersands are just ampersands.
    case rawText
    /// A start tag that stands in the skeleton.
    case open
    /// An end tag that stands in the skeleton.
    case close
    /// The start tag of an element that is left out of the skeleton, as is all that it holds.
    case enter
    /// The end tag of such an element.
    case leave
    /// A start tag that libxml2 does not see: void elements, and elements nested too deep.
    case void
  }

  /// The event's own facts.
  struct Flags: OptionSet {
    let rawValue: UInt8
    /// The table has no table in it and more than one column.
    static let dataTable = Flags(rawValue: 1)
    /// The row holds nothing but short cells of inline text.
    static let plainRow = Flags(rawValue: 2)
  }

  /// First byte in the input: of the text, or of the tag.
  var start: UInt32
  /// One past the last byte in the input.
  var end: UInt32
  /// Place in the skeleton: where a start tag begins, an end tag ends, or what is not in it would stand.
  var place: UInt32
  /// The first of the attributes.
  var attributes: UInt32 = 0
  /// How many attributes.
  var attributeCount: UInt16 = 0
  /// Length of the name as the skeleton has it.
  var nameLength: UInt8 = 0
  /// What happened.
  var kind: Kind
  /// The element.
  var tag: HTMLTag = .unknown
  /// The event's own facts.
  var flags: Flags = []
}
