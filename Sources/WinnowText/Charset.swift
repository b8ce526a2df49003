/// A charset by its WHATWG name, and what converts it.
struct Charset: Sendable, Equatable {
  /// How bytes of this charset become UTF-8.
  enum Converter: Sendable, Equatable {
    case utf8
    case utf16(bigEndian: Bool)
    case windows1252
    /// The C library's converter of that name.
    case iconv(String, multibyte: Bool)
  }

  /// Lower-case WHATWG name, such as `windows-1251`.
  let name: String
  let converter: Converter

  var isUTF16: Bool { name == "utf-16le" || name == "utf-16be" }
  var isUnicode: Bool { isUTF16 || name == "utf-8" }

  /// The charset that a label stands for on the Web; nil when the label is unknown.
  init?(label: String) {
    var label = label
    let found = label.withUTF8 { Self.lookUp($0) }
    guard let found else { return nil }
    self = found
  }

  /// The same for a label in a page's bytes.
  init?(label: Slice<UnsafeBufferPointer<UInt8>>) {
    guard let found = Self.lookUp(UnsafeBufferPointer(rebasing: label)) else { return nil }
    self = found
  }

  private init(name: String, converter: Converter) {
    self.name = name
    self.converter = converter
  }

  private static func lookUp(_ label: UnsafeBufferPointer<UInt8>) -> Charset? {
    guard label.count < 64 else { return nil }
    // Case, quotes, blanks and the separators that people mix up do not matter.
    var key: [UInt8] = []
    for byte in label {
      switch byte {
      case 0x30...0x39, 0x61...0x7A: key.append(byte)
      case 0x41...0x5A: key.append(byte | 0x20)
      default: continue
      }
    }
    return byLabel[String(decoding: key, as: UTF8.self)]
  }

  private static let byLabel: [String: Charset] = {
    var table: [String: Charset] = [:]
    for (name, converter, labels) in aliases {
      let charset = Charset(name: name, converter: converter)
      for label in labels.split(separator: " ") { table[String(label)] = charset }
    }
    return table
  }()

  private static func single(_ name: String) -> Converter { .iconv(name, multibyte: false) }
  private static func multi(_ name: String) -> Converter { .iconv(name, multibyte: true) }

  /// Name, converter, and labels without separators and in lower case.
  private static let aliases: [(String, Converter, String)] = [
    ("utf-8", .utf8, "utf8 unicode11utf8 unicode20utf8 xunicode20utf8 unicode utf8mb4"),
    ("utf-16le", .utf16(bigEndian: false), "utf16 utf16le ucs2 csunicode iso10646ucs2 unicodefeff"),
    ("utf-16be", .utf16(bigEndian: true), "utf16be unicodefffe"),
    (
      "windows-1252", .windows1252,
      """
      windows1252 cp1252 xcp1252 win1252 iso88591 iso885911987 isoir100 latin1 l1 ascii usascii \
      ansix341968 cp819 ibm819 csisolatin1 ansi ansi1252
      """
    ),
    ("windows-1250", single("CP1250"), "windows1250 cp1250 xcp1250 win1250"),
    ("windows-1251", single("CP1251"), "windows1251 cp1251 xcp1251 win1251 ansi1251"),
    ("windows-1253", single("CP1253"), "windows1253 cp1253 xcp1253 win1253"),
    (
      "windows-1254", single("CP1254"),
      "windows1254 cp1254 xcp1254 win1254 iso88599 iso885991989 latin5 l5 csisolatin5 isoir148"
    ),
    ("windows-1255", single("CP1255"), "windows1255 cp1255 xcp1255 win1255"),
    ("windows-1256", single("CP1256"), "windows1256 cp1256 xcp1256 win1256"),
    ("windows-1257", single("CP1257"), "windows1257 cp1257 xcp1257 win1257"),
    ("windows-1258", single("CP1258"), "windows1258 cp1258 xcp1258 win1258"),
    ("windows-874", single("CP874"), "windows874 cp874 dos874 tis620 tis6202533 iso885911"),
    ("iso-8859-2", single("ISO-8859-2"), "iso88592 iso885921987 latin2 l2 csisolatin2 isoir101"),
    ("iso-8859-3", single("ISO-8859-3"), "iso88593 iso885931988 latin3 l3 csisolatin3 isoir109"),
    ("iso-8859-4", single("ISO-8859-4"), "iso88594 iso885941988 latin4 l4 csisolatin4 isoir110"),
    ("iso-8859-5", single("ISO-8859-5"), "iso88595 iso885951988 cyrillic csisolatincyrillic isoir144"),
    (
      "iso-8859-6", single("ISO-8859-6"),
      "iso88596 iso885961987 iso88596e iso88596i arabic asmo708 ecma114 csisolatinarabic isoir127"
    ),
    (
      "iso-8859-7", single("ISO-8859-7"),
      "iso88597 iso885971987 greek greek8 elot928 ecma118 suneugreek csisolatingreek isoir126"
    ),
    (
      "iso-8859-8", single("ISO-8859-8"),
      "iso88598 iso885981988 iso88598e iso88598i visual logical hebrew csisolatinhebrew isoir138"
    ),
    ("iso-8859-10", single("ISO-8859-10"), "iso885910 latin6 l6 csisolatin6 isoir157"),
    ("iso-8859-13", single("ISO-8859-13"), "iso885913"),
    ("iso-8859-14", single("ISO-8859-14"), "iso885914"),
    ("iso-8859-15", single("ISO-8859-15"), "iso885915 l9 latin9 csisolatin9"),
    ("iso-8859-16", single("ISO-8859-16"), "iso885916"),
    ("koi8-r", single("KOI8-R"), "koi8r koi8 koi cskoi8r"),
    ("koi8-u", single("KOI8-U"), "koi8u koi8ru"),
    ("ibm866", single("CP866"), "ibm866 cp866 866 csibm866"),
    ("macintosh", single("MACINTOSH"), "macintosh mac xmacroman csmacintosh"),
    ("x-mac-cyrillic", single("MAC-CYRILLIC"), "xmaccyrillic xmacukrainian maccyrillic"),
    (
      "gb18030", multi("GB18030"),
      "gb18030 gbk gb2312 gb231280 xgbk cp936 windows936 ms936 chinese csgb2312 csiso58gb231280 euccn isoir58"
    ),
    ("big5", multi("BIG5-HKSCS"), "big5 big5hkscs cnbig5 xxbig5 csbig5 cp950 windows950"),
    (
      "shift_jis", multi("CP932"),
      "shiftjis sjis xsjis mskanji ms932 cp932 windows31j csshiftjis windows932"
    ),
    ("euc-jp", multi("EUC-JP"), "eucjp xeucjp cseucpkdfmtjapanese ujis"),
    ("iso-2022-jp", multi("ISO-2022-JP"), "iso2022jp csiso2022jp"),
    (
      "euc-kr", multi("CP949"),
      "euckr ksc5601 ksc56011987 ksc56011989 korean windows949 cp949 ms949 uhc cseuckr csksc56011987 isoir149"
    ),
  ]
}
