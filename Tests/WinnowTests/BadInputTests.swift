import Testing
import WinnowCore

@testable import Winnow

/// Whatever comes in, there is a record or a typed error, the same one every time.
@Suite struct BadInputTests {
  /// Bytes that no editor wrote, under a name that a failed test shows.
  struct Input: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    var charset: String?

    init(_ name: String, _ bytes: [UInt8], charset: String? = nil) {
      self.name = name
      self.bytes = bytes
      self.charset = charset
    }

    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

    var testDescription: String { name }
  }

  // MARK: - Any bytes

  static let oddities: [Input] = [
    Input("empty", []), Input("one letter", "a"), Input("one NUL", [0]), Input("one high byte", [0xFF]),
    Input("one less-than sign", "<"), Input("one ampersand", "&"), Input("line ends", repeated("\r\n", 5000)),
    Input("NULs", [UInt8](repeating: 0, count: 5000)), Input("spaces", repeated(" \t", 5000)),
    Input("a byte order mark alone", [0xEF, 0xBB, 0xBF]), Input("a UTF-16 mark alone", [0xFF, 0xFE]),
    Input("half a UTF-16 unit", [0xFF, 0xFE, 0x41]), Input("escapes", repeated("\u{1B}$B", 100)),
    Input("no word at all", repeated("*** --- … \u{2022}\n", 200)),
    Input("NULs between letters", Array(smallPage.utf8.map { [0, $0] }.joined().dropLast(3))),
    Input("NULs among words", Array(smallPage.utf8).flatMap { $0 == 0x20 ? [0x20, 0] : [$0] }),
    Input(
      "ill-formed UTF-8", Array(smallPage.utf8).flatMap { $0 == 0x65 ? [0xC3, 0x28, 0xE2, 0x82] : [$0] }),
    Input("overlong and beyond Unicode", [0xC0, 0x80, 0xF8, 0x88, 0x80, 0x80, 0x80, 0xF4, 0x90, 0x80, 0x80]),
    Input("lone surrogates as UTF-8", [0xED, 0xA0, 0x80, 0x61, 0xED, 0xBF, 0xBF, 0x62]),
    Input(
      "lone surrogates as references", "<p>one &#xD800; two &#xDFFF; three &#55357;&#56832; &#x110000; four"),
    Input("endless reference", "<p>&#" + repeated("9", 5000) + "; &" + repeated("x", 5000) + ";"),
    Input("bidi controls", "<p>one \u{202E}two\u{202C} \u{2066}three\u{2069} \u{200F}four\u{200E} five"),
    Input("combining marks", "<p>Z" + repeated("\u{301}\u{323}", 20_000) + " end"),
    Input("zero-width characters", repeated("\u{200B}\u{FEFF}\u{AD}\u{2060}", 5000)),
    Input("line separators", repeated("a line\u{2028}another\u{2029}more\u{85}", 500)),
    Input("everything unclosed", "<html><head><title>A<body><div class=\"x<article id='y><p>z <a href=\"b"),
    Input("unclosed comment", "<p>before<!-- " + smallPage),
    Input("unclosed script", "<p>x<script>" + smallPage),
    Input("broken JSON-LD", "<script type=application/ld+json>{\"@type\":[{\"a\":" + smallPage),
    Input(
      "deep JSON-LD", "<script type=application/ld+json>" + repeated("[{\"a\":", 50_000) + "</script><p>x"),
    Input("only digits", repeated("1234567890 ", 2000)),
    Input("only dates", repeated("11 March 2025\n", 500)),
  ]

  @Test(arguments: oddities, Page.Form.allCases)
  func oddBytesGiveARecord(_ input: Input, _ form: Page.Form) throws {
    let record = try result(input, form).get()
    #expect(record.status != .failed)
    #expect(record.confidence >= 0 && record.confidence <= 1)
    #expect(record.parts.allSatisfy { !$0.text.isEmpty })
  }

  @Test(arguments: 1...40, Page.Form.allCases)
  func noiseGivesARecordOrAnError(_ seed: UInt64, _ form: Page.Form) throws {
    var random = Noise(seed: seed)
    let alphabet = Array("<>/!-=\"'& \n\0pbtdrulivascxm#;0.,AZ[]|*`".utf8) + [0xC3, 0xA9, 0xE2, 0x80, 0xFF]
    let bytes = (0..<4000).map { _ in
      let byte = random.byte()
      return seed % 2 == 0 ? byte : alphabet[Int(byte) % alphabet.count]
    }
    switch try result(Input("noise", bytes), form) {
    case .success(let record): #expect(record.status != .failed)
    case .failure(let error): #expect(error.code == "binary")
    }
  }

  @Test(arguments: Page.Form.allCases)
  func everyCutOfAPageGivesARecord(_ form: Page.Form) throws {
    let page = form == .html ? smallPage : smallText
    let bytes = Array(page.utf8)
    let step = max(bytes.count / 60, 1)
    for length in stride(from: 0, to: bytes.count, by: step) {
      let cut = Array(bytes[..<length])
      let record = try result(Input("cut at \(length)", cut), form).get()
      #expect(standsIn(record.body, String(decoding: cut, as: UTF8.self)), "cut at \(length)")
    }
  }

  @Test(arguments: Page.Form.allCases)
  func changedBytesDoNoHarm(_ form: Page.Form) throws {
    var random = Noise(seed: 7)
    let original = Array((form == .html ? smallPage : smallText).utf8)
    for round in 0..<60 {
      var bytes = original
      for _ in 0...(round / 6) { bytes[random.below(bytes.count)] = random.byte() }
      let start = random.below(bytes.count)
      bytes.removeSubrange(start..<min(start + random.below(40), bytes.count))
      _ = try result(Input("round \(round)", bytes), form).get()
    }
  }

  // MARK: - Encodings

  @Test(arguments: [true, false], [true, false])
  func wideEncodingsReadAsTheyShould(bigEndian: Bool, marked: Bool) throws {
    let text = (marked ? "\u{FEFF}" : "") + smallPage
    let bytes = text.utf16.flatMap { unit in
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return bigEndian ? pair : pair.reversed()
    }
    let record = try result(Input("wide", bytes), .html).get()
    let plain = try result(Input("plain", smallPage), .html).get()
    #expect(record == plain)
    #expect(record.headline == "Harbour bridge opens after nine years")
  }

  @Test(arguments: [
    "utf-8", "utf-16", "utf-16le", "utf-32", "iso-8859-1", "windows-1251", "shift_jis", "gb18030",
    "iso-2022-kr",
    "x-user-defined", "replacement", "no such charset", "", "\0", "utf-8\r\nX: y",
  ])
  func wrongCharsetsCannotSpoilUTF8(_ charset: String) throws {
    let declared = "<meta charset=\"\(charset)\">" + smallPage
    let record = try result(Input("declared", Array(declared.utf8), charset: charset), .html).get()
    #expect(record.parts == (try result(Input("plain", smallPage), .html).get()).parts)
    let text = try result(Input("text", Array(smallText.utf8), charset: charset), .flatText).get()
    #expect(text == (try result(Input("plain", smallText), .flatText).get()))
  }

  @Test func windows1252NeedsNoDeclaration() throws {
    let page = smallPage.replacing("quiet", with: "caf\u{E9}")
    let bytes = page.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    for charset in [nil, "koi8-nonsense", "utf-8"] {
      let record = try result(Input("latin", bytes, charset: charset), .html).get()
      #expect(record.body.contains("caf\u{E9} morning"), "\(charset ?? "none")")
    }
  }

  // MARK: - What is no text, and what is too much

  @Test(
    arguments: [
      Input("PDF", Array("%PDF-1.7\n%\u{E2}\u{E3}\n1 0 obj <</Type /Catalog>> endobj".utf8)),
      Input("PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]),
      Input("gzip", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B]),
      Input("JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, 0x4A, 0x46, 0x49, 0x46]),
      Input("ZIP", [0x50, 0x4B, 3, 4, 20, 0]), Input("controls", (0..<400).map { UInt8($0 % 8 + 1) }),
    ], Page.Form.allCases)
  func whatIsNoTextSaysSo(_ input: Input, _ form: Page.Form) throws {
    let error = try #require(try failure(input, form))
    #expect(error.code == "binary")
    #expect(error.description.contains("no text"))
  }

  @Test(arguments: Page.Form.allCases)
  func limitsAreErrors(_ form: Page.Form) throws {
    let small = try Winnow(WinnowConfiguration(maxBytes: 100))
    let page = Page(id: "1", form: form, bytes: [UInt8](repeating: 0x61, count: 101))
    #expect(throws: ReadError.tooLarge(bytes: 101, limit: 100)) { try small.clean(page) }
    let exact = Page(id: "1", form: form, bytes: [UInt8](repeating: 0x61, count: 100))
    #expect(try small.clean(exact).status != .failed)
    // Windows-1252 grows when it is decoded.
    let growing = Page(id: "1", form: form, bytes: [UInt8](repeating: 0xE9, count: 100))
    #expect(throws: ReadError.self) { try small.clean(growing) }
    let few = try Winnow(WinnowConfiguration(maxBlocks: 10))
    let many = Page(id: "1", form: form, bytes: Array(repeated("<p>one more\n", 50).utf8))
    #expect(throws: ReadError.tooManyBlocks(limit: 10)) { try few.clean(many) }
  }

  // MARK: - Size and depth

  #if DEBUG
    // Without the optimiser the whole sizes take half a minute each.
    private static let part = 20
  #else
    private static let part = 1
  #endif

  static let giants: [(Input, Page.Form)] = [
    (
      Input("elements", repeated("<div>", 100_000) + "<p>the last words" + repeated("</div>", 100_000)), .html
    ),
    (Input("inline elements", repeated("<b>", 100_000) + "the last words"), .html),
    (Input("lists", repeated("<ul><li>", 100_000 / part) + "the last words"), .html),
    (Input("quotations", repeated("> ", 100_000) + "the last words"), .flatText),
    (Input("brackets", repeated("[", 100_000) + "the last words" + repeated("](x)", 100_000)), .flatText),
    (Input("one text of 20 MB", "<p>" + repeated("the last words ", 1_340_000 / part)), .html),
    (Input("one line of 20 MB", repeated("the last words ", 1_340_000 / part)), .flatText),
    (Input("one word of 2 MB", "<p>" + repeated("a", 2_000_000 / part)), .html),
    (Input("one word of 2 MB", repeated("\u{4E2D}", 700_000 / part)), .flatText),
    (
      Input("one attribute of 1 MB", "<p title=\"" + repeated("a>", 500_000) + "\">the last words</p>"), .html
    ),
    (Input("many attributes", "<p " + repeated("a=b ", 200_000 / part) + ">the last words"), .html),
    (Input("signs", repeated("|*_`~#-", 150_000 / part) + " the last words"), .flatText),
    (Input("cells", "<table><tr>" + repeated("<td>a", 100_000 / part) + "</table>the last words"), .html),
  ]

  @Test(.timeLimit(.minutes(2)), arguments: giants)
  func giantsGiveARecord(_ input: Input, _ form: Page.Form) throws {
    let record = try Winnow().clean(Page(id: "giant", form: form, bytes: input.bytes))
    #expect(record.status != .failed)
  }

  @Test(.timeLimit(.minutes(1)), arguments: Page.Form.allCases)
  func tinyBlocksGiveARecord(_ form: Page.Form) throws { try readTinyBlocks(4000, form) }

  @Test(.timeLimit(.minutes(2)), arguments: Page.Form.allCases)
  func manyTinyBlocksGiveARecord(_ form: Page.Form) throws { try readTinyBlocks(200_000 / Self.part, form) }

  /// Reads a page of so many blocks of one letter.
  private func readTinyBlocks(_ count: Int, _ form: Page.Form) throws {
    let unit = form == .html ? "<p>a" : "a\n\n"
    let page = Page(id: "many", form: form, bytes: Array(repeated(unit, count).utf8))
    let reading = try Winnow().read(page)
    #expect(reading.document.count > 0)
    #expect(reading.verdicts.count == reading.document.count)
  }

  @Test(arguments: Page.Form.allCases) func noiseIsRefusedAsBinary(_ form: Page.Form) throws {
    for seed in 1...20 {
      var noise = Noise(seed: UInt64(seed))
      let bytes = (0..<2000).map { _ in noise.byte() }
      let error = #expect(throws: ReadError.self) {
        try Winnow().clean(Page(id: "noise", form: form, bytes: bytes))
      }
      #expect(error?.code == "binary", "seed \(seed)")
    }
  }

  // MARK: - Text is never invented

  @Test(arguments: Page.Form.allCases)
  func bodiesAreMadeOfTheInputInItsOrder(_ form: Page.Form) throws {
    var random = Noise(seed: 11)
    let words = [
      "river", "Tuesday", "By", "council", "said", "Read", "more", "2025", "Photo", "the", "of", "and",
    ]
    let signs =
      form == .html ? ["<p>", "<li>", "<h2>", "</div><div>", "<br><br>", ". "] : ["\n", "\n\n", ". ", ": "]
    for round in 0..<30 {
      var page = ""
      for _ in 0..<300 {
        page += random.below(5) == 0 ? signs[random.below(signs.count)] : " "
        page += words[random.below(words.count)]
      }
      let record = try result(Input("round \(round)", page), form).get()
      #expect(standsIn(record.body, page), "round \(round)")
    }
  }

  // MARK: -

  /// What becomes of the input; two runs must agree.
  private func result(_ input: Input, _ form: Page.Form) throws -> Result<ArticleRecord, ReadError> {
    let winnow = try Winnow()
    let page = Page(id: "page", form: form, charset: input.charset, bytes: input.bytes)
    func once() -> Result<ArticleRecord, ReadError> {
      do throws(ReadError) { return .success(try winnow.clean(page)) } catch { return .failure(error) }
    }
    let first = once()
    #expect(first == once(), "two runs differ")
    return first
  }

  private func failure(_ input: Input, _ form: Page.Form) throws -> ReadError? {
    if case .failure(let error) = try result(input, form) { return error }
    return nil
  }
}
