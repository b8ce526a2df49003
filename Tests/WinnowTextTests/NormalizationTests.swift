import Testing
import WinnowText

@Suite struct NormalizationTests {
  private func normalize(
    _ text: String, collapsing: Bool = true, mojibake: Bool = false
  ) -> (String, RepairCounts) {
    var normalizer = Normalizer()
    normalizer.repairsMojibake = mojibake
    var output: [UInt8] = []
    var counts = RepairCounts()
    Array(text.utf8).withUnsafeBufferPointer {
      normalizer.normalize($0, into: &output, collapsingWhitespace: collapsing, counts: &counts)
    }
    return (String(decoding: output, as: UTF8.self), counts)
  }

  private func looks(_ text: String) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { Normalizer.looksMojibake($0) }
  }

  /// `text` as windows-1252 would misread its UTF-8.
  private func garble(_ text: String) -> String {
    String(
      decoding: text.utf8.flatMap {
        Decoding.utf8([$0], fetcherCharset: "latin1", html: false).utf8
      }, as: UTF8.self)
  }

  @Test(arguments: [
    "", "plain text", "“It’s” — the café’s…", "AT&T &copy; x".replacing(";", with: ""), "a && b; c",
    "‘‚„ « » ‹ › „gut“", "نمی‌شود", "👩‍👩‍👧 ❤️", "क्‍ष", "Ελληνικά ά", "한국어", "Việt Nam",
  ]) func goodTextStays(_ text: String) {
    let (result, counts) = normalize(text)
    #expect(Array(result.utf8) == Array(text.utf8))
    #expect(counts.isEmpty)
  }

  @Test func whitespace() {
    #expect(normalize("  a \t\n b  c ").0 == "a b c")
    #expect(normalize(" \n ").0 == "")
    #expect(normalize(" a \t\n b ", collapsing: false).0 == " a \t\n b ")
    #expect(normalize("a\r\nb\rc", collapsing: false).0 == "a\nb\nc")
    #expect(normalize("a\r\nb").1.isEmpty)
    let (text, counts) = normalize("a\u{A0}\u{2003}b\u{3000}c\u{2028}d\u{A0}")
    #expect(text == "a b c d")
    #expect(counts[.unicodeSpace] == 5)
    #expect(normalize("a\u{A0}b\u{2029}c", collapsing: false).0 == "a b\nc")
  }

  @Test func appendsBehindWhatIsThere() {
    var normalizer = Normalizer()
    var output = Array("x".utf8)
    var counts = RepairCounts()
    for block in [" a ", "é\u{301}", " "] {
      Array(block.utf8).withUnsafeBufferPointer {
        normalizer.normalize($0, into: &output, collapsingWhitespace: true, counts: &counts)
      }
    }
    #expect(String(decoding: output, as: UTF8.self) == "xaé\u{301}")
  }

  @Test func invisibles() {
    let (text, counts) = normalize("a\u{200B}b\u{FEFF}c\u{2060}d\u{FFFC}e\u{AD}f\u{0}g\u{7F}h\u{1B}")
    #expect(text == "abcdefgh")
    #expect(counts[.zeroWidth] == 4)
    #expect(counts[.softHyphen] == 1)
    #expect(counts[.control] == 3)
    #expect(normalize("می\u{200C} شود a\u{200D}b é\u{200D}").0 == "می شود ab é")
  }

  @Test func c1Controls() {
    let (text, counts) = normalize("it\u{92}s \u{93}x\u{94} \u{80}5\u{81}")
    #expect(text == "it’s “x” €5")
    #expect(counts[.c1Control] == 4)
    #expect(counts[.control] == 1)
  }

  @Test(arguments: [
    ("a &amp; b", "a & b", 1), ("it&#8217;s", "it’s", 1), ("&#x201C;x&#X201D;", "“x”", 2),
    ("&nbsp;a&nbsp;&nbsp;b", "a b", 3), ("&amp;amp;quot;", "\"", 1), ("M&uuml;ller&rsquo;s", "Müller’s", 2),
    ("x&shy;y", "xy", 1), ("&#146;", "’", 1), ("caf&eacute;", "café", 1), ("&lt;b&gt;", "<b>", 2),
    ("&amp;&amp;", "&&", 2),
  ]) func entities(_ text: String, _ expected: String, _ count: Int) {
    let (result, counts) = normalize(text)
    #expect(result == expected)
    #expect(counts[.entity] == count)
  }

  @Test(arguments: [
    "AT&T", "&copy 2020", "R&D;", "&#0;", "&#8;", "&#xD800;", "&#x110000;", "&#99999999999;", "&#;", "&#x;",
    "&unknown;", "a &", "&#12", "&;", "&nbsp", "&#xFFFF;", "&verylongname;",
  ]) func notEntities(_ text: String) {
    let (result, counts) = normalize(text)
    #expect(result == text)
    #expect(counts.isEmpty)
  }

  @Test func composition() {
    let (text, counts) = normalize("cafe\u{301} \u{212B} u\u{308}ber")
    #expect(Array(text.utf8) == Array("caf\u{E9} \u{C5} \u{FC}ber".utf8))
    #expect(counts[.composition] == 1)
    // Marks in the wrong order, conjoining jamo, two-part vowels.
    #expect(Array(normalize("\u{628}\u{651}\u{64E}").0.utf8) == Array("\u{628}\u{64E}\u{651}".utf8))
    #expect(Array(normalize("\u{1100}\u{1161}").0.utf8) == Array("\u{AC00}".utf8))
    #expect(Array(normalize("\u{995}\u{9C7}\u{9BE}").0.utf8) == Array("\u{995}\u{9CB}".utf8))
    // Bengali whose vowel sign does not compose with its consonant.
    #expect(normalize("\u{995}\u{9BE}").1.isEmpty)
    // No language stacks marks like this; left as it is, and quickly.
    let stack = "a" + String(repeating: "\u{301}", count: 100_000)
    #expect(normalize(stack).0.utf8.count == stack.utf8.count)
    let long = String(repeating: "e\u{301}\u{327}", count: 20_000)
    #expect(normalize(long).0.unicodeScalars.count == 40_000)
  }

  @Test(arguments: [
    "It’s “quoted” — here…", "Déjà vu, où êtes-vous ? Ça va être très élégant, là-bas.", "ação São João É",
    "Привет, мир! Это — тест.", "Ελληνικά κείμενα", "日本語のテキスト。", "Đường phố Việt Nam", "مرحبا بالعالم",
    "हिन्दी में", "Größe, Übung & Straße „gut“", "İstanbul'da şöyle",
  ]) func mojibakeIsUndone(_ text: String) {
    let once = garble(text)
    let thrice = garble(garble(once))
    for garbled in [once, garble(once), thrice] {
      #expect(looks(garbled))
      let (result, counts) = normalize(garbled, mojibake: true)
      #expect(result == text)
      #expect(counts[.mojibake] > 0)
    }
    #expect(!looks(text))
    #expect(normalize(text, mojibake: true).0 == text)
  }

  @Test(arguments: [
    "SÃO PAULO, AÇÃO, NÃO, IRMÃ, ÓRGÃO", "“IRMÔ e “AMANHÔ, “MAÇÔ disse “SÔ", "É\u{AD}TÉ", "â€",
    "DÉGAGÉ» «CAFÉ» «THÉ» É…", "BÖ“ „SPÄ“", "ÂNGELA Â Ângela", "à » et «à»", "Ð og Þ á Íslandi: “HÐ”",
    "ESPAÑA Ñ “Ñ” Ñ…", "naïve façade © 2020 ® ™", "5 € – 10 £ ±2 °C", "“À”", "l’été… l’été», à…»", "Â°",
  ]) func notMojibake(_ text: String) {
    #expect(!looks(text))
    #expect(normalize(text).1[.mojibake] == 0)
  }

  @Test func mojibakeRunsAreAllOrNothing() {
    for text in ["SÃO", "â€", "É\u{AD}", "Ã©→", "Ã", "é", "Ã€\u{FFFD}", "é\u{A0}»"] {
      #expect(normalize(text, mojibake: true).1[.mojibake] == 0)
    }
    #expect(normalize("\u{EF}\u{BB}\u{BF}x", mojibake: true).0 == "x")
    #expect(normalize("Ã\u{A0} Ã\u{AD}", mojibake: true).0 == "à í")
    // Two examples on a page of proper Russian convict nobody.
    #expect(!looks("Кодировка сломана, если вместо é видно Ã© или Ã¨ в тексте страницы"))
  }

  @Test func countsAndNames() {
    var total = RepairCounts()
    total += normalize("a\u{AD}b").1
    total += normalize("a\u{AD}b &amp;").1
    #expect(total[.softHyphen] == 2)
    #expect(total[.entity] == 1)
    #expect(Set(Repair.allCases.map(\.name)).count == Repair.allCases.count)
  }

  @Test func anyBytesAreAccepted() {
    var generator = SeededBytes(state: 3)
    var normalizer = Normalizer()
    normalizer.repairsMojibake = true
    var counts = RepairCounts()
    for _ in 0..<500 {
      let count = Int(generator.next() >> 32 % 60)
      let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 40) }
      var output: [UInt8] = []
      bytes.withUnsafeBufferPointer {
        normalizer.normalize($0, into: &output, collapsingWhitespace: true, counts: &counts)
        _ = Normalizer.looksMojibake($0)
      }
    }
  }
}
