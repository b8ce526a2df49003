import Testing
import WinnowText

@Suite struct FoldingTests {
  /// The folded text, with '#' for a number.
  private func fold(_ text: String) -> String {
    String(decoding: Folding.folded(Array(text.utf8)).map { $0 == 1 ? 0x23 : $0 }, as: UTF8.self)
  }

  @Test(arguments: [
    ("Read MORE", "read more"), ("Élève à l’école", "eleve a l'ecole"), ("STRASSE Straße", "strasse strasse"),
    ("Øre Łódź Đorđe", "ore lodz dorde"), ("İstanbul ISPARTA ılık", "istanbul isparta ilik"),
    ("Æther Œuvre", "aether oeuvre"), ("cafe\u{301}", "cafe"), ("“a” ‘b’ „c‟", "\"a\" 'b' \"c\""),
    ("a «b» ‹c› d", "a \"b\" 'c' d"), ("a–b—c‑d−e", "a-b-c-d-e"), ("more…", "more..."),
    ("Việt Nam", "viet nam"),
    ("a\u{A0}\u{2003} b\u{3000}c\u{200B}d", "a b cd"), ("ΆΛΦΑ άλφα Ϊ ς", "αλφα αλφα ι σ"),
    ("Ещё Ёлка Й ї", "еще елка й ї"), ("ＡＢＣ：ｘ", "abc:x"), ("soft\u{AD}hyphen", "softhyphen"),
    ("MORE : x", "more: x"), ("Photo\u{A0}: A", "photo: a"), (": x", ": x"),
    ("أإآٱ ى ی ک ة مـــرحَبًا نمی\u{200C}شود", "اااا ي ي ك ة مرحبا نميشود"), ("\u{FEFB} \u{FE8E}", "لا ا"),
    ("日本語 한국어 ไทย", "日本語 한국어 ไทย"), ("ﬁn ǅ", "fin dz"), ("Nº", "no"), ("नमस्ते", "नमस्ते"), ("", ""),
  ]) func folding(_ text: String, _ expected: String) {
    #expect(Array(fold(text).utf8) == Array(expected.utf8))
  }

  @Test(arguments: [
    ("15652 views 4 comment(s)", "# views # comment(s)"), ("1.234,5 x", "# x"), ("12.5k views", "# views"),
    ("5K+ shares", "# shares"), ("3M", "#"), ("10kg", "#kg"), ("5km", "#km"), ("100+", "#"), ("7.", "#."),
    ("1, 2", "#, #"), ("12:30", "#:#"), ("٣٤ تعليق", "# تعليق"), ("५ मिनट", "# मिनट"), ("１２３", "#"),
    ("٣٫٥", "#"), ("covid19", "covid#"), ("2k…", "#..."), ("2mé", "#me"), ("1 000", "# #"), ("5,k", "#,k"),
    ("(12)", "(#)"),
  ]) func numbers(_ text: String, _ expected: String) {
    #expect(fold(text) == expected)
  }

  @Test(arguments: [
    ("• Home •", "home"), ("» Read more «", "read more"), ("→ Next ›", "next"), ("| a | b |", "a | b"),
    ("*** Ad ***", "ad"), ("– Reuters –", "reuters"), ("▪■► x", "x"), ("📷 Photo: x ❤️", "photo: x"),
    ("-----", ""), (" \n\t ", ""), ("· 5 ·", "#"), ("/ News /", "news"), ("｜x｜", "x"), ("© AFP", "© afp"),
    ("a · b", "a · b"), ("👩‍👩‍👧", ""), ("Read more >>", "read more"), ("+ x", "+ x"), ("‹ Back", "back"),
  ]) func edges(_ text: String, _ expected: String) {
    #expect(fold(text) == expected)
  }

  @Test func offsetsLeadBack() throws {
    let source = Array("• Élan… 12k ﻼß".utf8)
    var folded: [UInt8] = [9, 9]
    var offsets: [Int32]? = [5]
    source.withUnsafeBufferPointer { Folding.fold($0, into: &folded, offsets: &offsets) }
    #expect(String(decoding: folded, as: UTF8.self) == "elan... \u{1} لاss")
    #expect(
      try #require(offsets) == [4, 6, 7, 8, 9, 9, 9, 12, 13, 16, 17, 17, 17, 17, 20, 20])
  }

  @Test func folderReusesItsBuffers() {
    var folder = Folder()
    for text in ["A long block of text", "Short", ""] {
      Array(text.utf8).withUnsafeBufferPointer { folder.fold($0) }
      folder.withFolded { bytes, offsets in
        #expect(Array(bytes) == Array(text.lowercased().utf8))
        #expect(Array(offsets) == (0..<text.utf8.count).map { Int32($0) })
      }
    }
  }

  @Test func foldingIsStableAndTotal() {
    for value in UInt32(0)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let once = Folding.folded(Array("a\(scalar)a".utf8))
      #expect(String(validating: once, as: UTF8.self) != nil)
      #expect(Folding.folded(once.filter { $0 != 1 }) == once.filter { $0 != 1 })
    }
    var generator = SeededBytes(state: 5)
    for _ in 0..<500 {
      let bytes = (0..<50).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 40) }
      #expect(String(validating: Folding.folded(bytes), as: UTF8.self) != nil)
    }
  }

  /// Letters, commas, full stops and single spaces are folded eight at a time; they must be what they are one by one.
  @Test func wordsOfEightBytes() {
    let alphabet = Array("aZmQ  ,.@[{-".utf8)
    var state: UInt32 = 1
    for _ in 0..<4000 {
      var text: [UInt8] = []
      state = state &* 1_664_525 &+ 1_013_904_223
      for _ in 0..<state >> 27 {
        state = state &* 1_664_525 &+ 1_013_904_223
        // Mostly letters, so that runs of eight come about.
        let pick = Int(state >> 24)
        text.append(pick < 150 ? alphabet[pick % 4] : alphabet[pick % alphabet.count])
      }
      var (bytes, places, solid): ([UInt8], [Int32], Int) = ([], [], 0)
      for (place, byte) in text.enumerated() {
        if byte == 0x20, solid == 0 || bytes.last == 0x20 { continue }
        if byte == 0x2D, solid == 0 { continue }
        bytes.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        places.append(Int32(place))
        if byte != 0x20, byte != 0x2D { solid = bytes.count }
      }
      var folded: [UInt8] = []
      var offsets: [Int32]? = []
      text.withUnsafeBufferPointer { Folding.fold($0, into: &folded, offsets: &offsets) }
      #expect(folded == Array(bytes[..<solid]))
      #expect(offsets == Array(places[..<solid]))
    }
  }
}
