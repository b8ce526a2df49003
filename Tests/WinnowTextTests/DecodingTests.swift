import Testing
import WinnowText

@Suite struct DecodingTests {
  private func decode(_ bytes: [UInt8], _ fetcher: String? = nil, html: Bool = true) -> (String, Decoded) {
    let decoded = Decoding.utf8(bytes, fetcherCharset: fetcher, html: html)
    return (String(decoding: decoded.utf8, as: UTF8.self), decoded)
  }

  @Test func validUTF8WinsOverHeaderAndMeta() {
    let page = "<meta charset=iso-8859-1>café"
    let (text, decoded) = decode(Array(page.utf8), "windows-1251")
    #expect(text == page)
    #expect(decoded.charset == "utf-8")
    #expect(decoded.origin == .utf8)
    #expect(decoded.replacements == 0)
  }

  @Test func byteOrderMarks() {
    #expect(decode([0xEF, 0xBB, 0xBF, 0x61]).0 == "a")
    #expect(decode([0xEF, 0xBB, 0xBF]).1.origin == .bom)
    #expect(decode([0xFF, 0xFE, 0x61, 0, 0xE9, 0]).0 == "aé")
    #expect(decode([0xFE, 0xFF, 0, 0x61, 0xD8, 0x3D, 0xDE, 0x00]).0 == "a😀")
    #expect(decode([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]).1.charset == "utf-32le")
    #expect(decode([0, 0, 0xFE, 0xFF, 0, 1, 0xF6, 0]).0 == "😀")
    #expect(decode([0xFE, 0xFF, 0xD8, 0x3D, 0, 0x61, 0]).0 == "\u{FFFD}a\u{FFFD}")
    #expect(decode([0, 0, 0xFE, 0xFF, 0, 0x11, 0, 0, 0]).1.replacements == 2)
  }

  @Test func utf16WithoutMark() {
    let little = "<p>Hello</p>".utf8.flatMap { [$0, 0] as [UInt8] }
    let big = "<p>Hello</p>".utf8.flatMap { [0, $0] as [UInt8] }
    #expect(decode(little).0 == "<p>Hello</p>")
    #expect(decode(little).1.charset == "utf-16le")
    #expect(decode(big).0 == "<p>Hello</p>")
    // A few NULs in text are no UTF-16.
    #expect(decode(Array("abc\0def\0ghi, and more text".utf8)).1.charset == "utf-8")
  }

  @Test func mostlyValidUTF8IsRepaired() {
    let bytes = Array("äöü ßéè ñ".utf8) + [0x20, 0xFF, 0x20] + Array("fin".utf8)
    let (text, decoded) = decode(bytes, "windows-1251")
    #expect(text == "äöü ßéè ñ \u{FFFD} fin")
    #expect(decoded.origin == .utf8)
    #expect(decoded.replacements == 1)
    // Cut in the middle of a character: one replacement for the part.
    let cut = Array("äöüäöü".utf8) + [0xE2, 0x82]
    #expect(decode(cut).0 == "äöüäöü\u{FFFD}")
    // Surrogates and overlong forms.
    let wrong = Array("äöüßéèñäöüßéèñäöüßéèñäöüßéèñ".utf8) + [0xED, 0xA0, 0x80, 0xC0, 0xAF]
    #expect(decode(wrong).1.replacements == 5)
  }

  @Test func fetcherThenMeta() {
    let russian: [UInt8] = [0xEF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2]
    #expect(decode(russian, "CP1251").0 == "привет")
    #expect(decode(russian, " \"Windows-1251\" ").1.origin == .fetcher)
    let declared = Array("<meta charset='windows-1251'>".utf8) + russian
    #expect(decode(declared).0.hasSuffix("привет"))
    #expect(decode(declared).1.origin == .meta)
    #expect(decode(declared, "klingon").1.origin == .meta)
    #expect(decode(declared, "koi8-r").1.charset == "koi8-r")
    #expect(decode(declared, html: false).1.origin != .meta)
  }

  @Test(arguments: [
    "<META HTTP-EQUIV=\"Content-Type\" content=\"text/html; charset=GBK\">",
    "<meta content='text/html;charset = gb2312' http-equiv=Content-Type />",
    "<?xml version=\"1.0\" encoding=\"gb18030\"?>",
    "<!-- <meta charset=koi8-r> --><meta name=x content=y><meta charset=\"gb_2312-80\">",
    "<!-- never closed <meta charset=gbk>",
    "<meta charset=unknown><meta charset=gbk>",
    "<meta name=description content='charset=koi8-r'><meta charset=gbk",
  ]) func declarations(_ head: String) {
    let (text, decoded) = decode(Array((head + " ").utf8) + [0xD6, 0xD0, 0xCE, 0xC4])
    #expect(decoded.charset == "gb18030")
    #expect(text.hasSuffix("中文"))
  }

  @Test func lateDeclaration() {
    let padding = String(repeating: "<p>x</p>", count: 2000)
    let (text, _) = decode(Array((padding + "<meta charset=koi8-r>").utf8) + [0xC1])
    #expect(text.hasSuffix("а"))
  }

  @Test(
    arguments: [
      ("shift_jis", [0x93, 0xFA, 0x96, 0x7B], "日本"), ("x-sjis", [0x87, 0x40], "①"),
      ("euc-jp", [0xC6, 0xFC, 0xCB, 0xDC], "日本"), ("ks_c_5601-1987", [0xB0, 0xA1, 0x8B, 0x6C], "가땗"),
      ("big5", [0xA4, 0xA4, 0xA4, 0xE5], "中文"), ("iso-8859-9", [0xFD, 0x80], "ı€"),
      ("tis-620", [0xA1, 0x85], "ก…"), ("latin1", [0x93, 0xE9, 0x94, 0x81], "“é”\u{81}"),
      ("iso-8859-15", [0xA4], "€"), ("windows-1256", [0xC7, 0xE1], "ال"), ("iso-8859-8-i", [0xF9], "ש"),
    ] as [(String, [UInt8], String)]) func labels(_ label: String, _ bytes: [UInt8], _ expected: String)
  {
    #expect(decode(bytes, label).0 == expected)
  }

  @Test func undecodableBytesDoNotEndTheText() {
    // 0x98 is undefined in windows-1251.
    let (text, decoded) = decode([0xEF, 0x98, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x20, 0x98], "windows-1251")
    #expect(text == "п\u{FFFD}ривет \u{FFFD}")
    #expect(decoded.replacements == 2)
    #expect(decoded.charset == "windows-1251")
    let chinese: [UInt8] = [0xD6, 0xD0, 0xCE, 0xC4, 0xFF, 0x61, 0xD6, 0xD0, 0xCE, 0xC4, 0xCE]
    #expect(decode(chinese, "gbk").0 == "中文\u{FFFD}a中文\u{FFFD}")
  }

  @Test func falseClaimsArePassedOver() {
    let latin = Array("<p>caf".utf8) + [0xE9] + Array("</p><p>no".utf8) + [0xEB] + Array("l</p>".utf8)
    let (text, decoded) = decode(latin, "utf-8")
    #expect(text == "<p>café</p><p>noël</p>")
    #expect(decoded.origin == .fallback)
    #expect(decoded.charset == "windows-1252")
    // Chinese bytes under a Japanese label would be half undefined.
    let junk = [UInt8](repeating: 0xFF, count: 100)
    #expect(decode(junk, "euc-jp").1.charset == "windows-1252")
  }

  @Test func detection() {
    // "Съешь ещё этих мягких французских булок, да выпей чаю" in windows-1251, inside markup.
    let sentence = "Съешь же ещё этих мягких французских булок, да выпей чаю. Правительство объявило план. "
    let bytes = sentence.unicodeScalars.map { scalar -> UInt8 in
      switch scalar.value {
      case 0x410...0x44F: UInt8(scalar.value - 0x410 + 0xC0)
      case 0x451: 0xB8
      default: UInt8(truncatingIfNeeded: scalar.value)
      }
    }
    let page = Array("<script>var a = '<b>';</script><p class=x>".utf8) + bytes + bytes
    let (text, decoded) = decode(page)
    #expect(text.hasSuffix(sentence + sentence))
    #expect(decoded.charset == "windows-1251")
    #expect(decoded.origin == .detected)
  }

  @Test func escapedJapanese() {
    let bytes: [UInt8] = [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x4B, 0x5C, 0x1B, 0x28, 0x42, 0x21]
    #expect(decode(bytes).0 == "日本!")
    #expect(decode(bytes).1.charset == "iso-2022-jp")
  }

  @Test func anyBytesDecodeToValidUTF8() {
    var generator = SeededBytes(state: 7)
    for round in 0..<400 {
      let count = Int(generator.next() % 300)
      let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 32) }
      let label = ["utf-16", "gbk", "shift_jis", "big5", "euc-kr", "utf-8", nil, "iso-2022-jp"][round % 8]
      let decoded = Decoding.utf8(bytes, fetcherCharset: label, html: true)
      #expect(String(validating: decoded.utf8, as: UTF8.self) != nil)
    }
    #expect(decode([]).1.utf8.isEmpty)
  }
}

/// A small deterministic source of bytes.
struct SeededBytes: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }
}
