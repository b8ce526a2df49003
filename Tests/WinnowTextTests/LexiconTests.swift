import Testing
import WinnowCore

@testable import WinnowText

/// The phrase files, and how their phrases are found.
@Suite struct LexiconTests {
  // MARK: - The program's own files

  @Test func everyFileLoads() {
    let problems = Lexicon.builtIn(with: []).problems
    #expect(problems.isEmpty, "\(problems)")
    let names = WinnowData.names(ending: ".phrases").filter { $0 != "markup.phrases" }
    #expect(Lexicon.builtIn.lists.languages.map { $0 + ".phrases" } == names)
    #expect(Set(names).count == names.count)
    for language in [
      "en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "uk", "sr", "tr", "ar", "zh", "ja", "ko",
    ] {
      #expect(names.contains(language + ".phrases"))
    }
  }

  @Test(arguments: WinnowData.names(ending: ".phrases").filter { $0 != "markup.phrases" })
  func everyLanguageHasWhatItNeeds(_ name: String) {
    let file = PhraseFile(WinnowData.bytes(named: name), file: name)
    #expect(file.functionWords.count >= 20)
    let sections = Set(file.phrases.map(\.section))
    for section in [PhraseSection.related, .navigation, .share, .byline, .published, .footer, .comments] {
      #expect(sections.contains(section), "\(section)")
    }
  }

  @Test func noPhraseIsNothingButDecoration() {
    // Folding takes such a phrase away, so that it can never be found.
    for name in WinnowData.names(ending: ".phrases") where name != "markup.phrases" {
      let file = PhraseFile(WinnowData.bytes(named: name), file: name)
      for phrase in file.phrases {
        let words = Array(file.words(of: phrase))
        #expect(!Folding.folded(words).isEmpty, "\(name): \(String(decoding: words, as: UTF8.self))")
      }
    }
  }

  // MARK: - The table of all phrases

  @Test func theTableIsThatOfTheFiles() {
    let isCurrent = LexiconTable.bytes() == Array(WinnowData.bytes(named: LexiconTable.name))
    #expect(
      isCurrent,
      "run Scripts/phrases: the lexicon, or how it is read, has changed since the table was written")
  }

  @Test func theTableIsReadAsItWasWritten() throws {
    let table = WinnowData.bytes(named: LexiconTable.name)
    let lexicon = try #require(LexiconTable.read(table))
    #expect(LexiconTable.bytes(of: lexicon) == Array(table))
  }

  @Test(arguments: [0, 8, 40]) func aTableOfOtherFilesOrShapeIsRefused(_ place: Int) {
    // A word's alignment, as the embedded table has it.
    let table = WinnowData.bytes(named: LexiconTable.name)
    var words = [UInt64](repeating: 0, count: table.count / 8 + 1)
    let isRefused = words.withUnsafeMutableBytes { copy in
      copy.copyBytes(from: table)
      copy[place] ^= 1
      return LexiconTable.read(UnsafeBufferPointer(rebasing: copy.bindMemory(to: UInt8.self)[..<table.count]))
        == nil
    }
    #expect(isRefused)
  }

  // MARK: - Reading a file

  @Test func problemsHaveALineAndANearName() {
    let file = PhraseFile(
      ["language en", "[relatd]", "= a", "[related]", "no anchor", "= <name>", "= a <name> b", "= fine"])
    #expect(file.problems.map(\.line) == [2, 5, 6, 7])
    #expect(
      file.problems.first?.description == "test:2: there is no section 'relatd'; did you mean 'related'?")
    #expect(file.phrases.count == 1)
  }

  @Test func aFileNeedsALanguage() {
    #expect(
      PhraseFile(["= a"]).problems.map(\.problem) == [
        "a phrase before the first section; put a section such as [related] above it",
        "no 'language' line; begin the file with one, such as 'language en'",
      ])
    #expect(PhraseFile([]).problems.count == 1)
  }

  @Test func lineEndsCommentsAndSpacesDoNotMatter() {
    let file = PhraseFile([
      "# c", "language  xx \r", "", " [related] \r", "\t=  two words \r", "# = not this",
    ])
    #expect(file.problems.isEmpty)
    #expect(file.language == "xx")
    #expect(file.phrases.map { String(decoding: file.words(of: $0), as: UTF8.self) } == ["two words"])
  }

  @Test(arguments: ["ann", "müller", "мария", "יעל", "王", "김", "田"])
  func givenNames(_ word: String) {
    var word = word
    let hashes = word.withUTF8 { WordHashes.of($0) }
    #expect(GivenNames.contains(hashes[0]) == (word != "müller"))
  }

  @Test func wordSectionsAreLists() {
    let file = PhraseFile([
      "language xx", "[function-words]", "a b", "c", "[name-joins]", "and", "[name-tails]", "in",
      "[name-helpers]", "edited photos",
    ])
    #expect(file.functionWords == ["a", "b", "c"])
    #expect(file.nameJoins == ["and"])
    #expect(file.nameTails == ["in"])
    #expect(file.nameHelpers == ["edited", "photos"])
  }

  // MARK: - Finding phrases

  @Test(arguments: [
    // '=': the whole block.
    ("= related articles", "Related Articles", true),
    ("= related articles", "  Related\u{A0}articles: ", true),
    ("= related articles", "RELATED ARTICLES!", true), ("= related articles", "See related articles", false),
    ("= related articles", "Related articles below", false), ("= related articles", "Related article", false),
    // … with a count after it.
    ("= comments", "Comments (12)", true), ("= comments", "Comments 1,234", true),
    ("= comments", "12 comments", false),
    ("= comments", "Comments (12) here", false),
    // '^': the start.
    ("^ read more:", "Read more: The bridge", true), ("^ read more:", "Read more about it", false),
    ("^ related", "Related stories", true), ("^ related", "Unrelated", false),
    ("^ related", "A related story", false),
    ("^ related", "Relatedness", false),
    // '$': the end.
    ("$ (illustration)", "A soldier (illustration)", true),
    ("$ illustration", "Illustration of a soldier", false),
    ("$ illustration", "A soldier, illustration.", true),
    // '~': anywhere, whole words.
    ("~ getty images", "Photo: Getty Images / A. Smith", true), ("~ getty images", "getty imagesque", false),
    ("~ ad", "read this", false), ("~ ad", "an ad here", true), ("~ ad", "(Ad)", true),
    // Numbers are alike.
    ("= <n> comments", "12 comments", true), ("= <n> comments", "1,234 Comments", true),
    ("= <n> comments", "12.5k comments", true), ("= <n> comments", "comments", false),
    ("= <n> of <n>", "3 of 12", true), ("= <n> comments", "a12 comments", false),
    // What decorates a block is no part of it.
    ("= home", "\u{2022} Home", true), ("= home", "» Home «", true), ("= home", "→ Home |", true),
    ("= home", "\u{1F3E0} Home", true), ("= more", "More…", true), ("= don't miss", "Don’t miss", true),
    ("= a - b", "A — B", true), ("= école", "ECOLE", true),
    // What stands between a phrase and more of the block is.
    ("^ photo -", "Photo - Ann Smith", true), ("^ photo -", "Photo shops of the town", false),
    ("^ photo -", "\u{2022} Photo – Ann Smith", true), ("~ photo -", "Harbour. Photo — Ann Smith", true),
    ("~ photo -", "A photo shop", false), ("^ home »", "Home » News", true),
    ("^ home »", "Home is where", false), ("= - ad -", "Ad", true), ("~ /ap", "Harbour/AP", true),
    // Scripts without spaces.
    ("~ 版权所有", "本网站版权所有请勿转载", true), ("= 首页", "首页", true), ("^ 来源", "来源：新华社", true),
    ("= 関連記事", "関連記事 (3)", true), ("~ 무단 전재", "저작권자 무단 전재를 금지", true), ("= หน้าแรก", "หน้าแรก", true),
  ]) func anchors(_ phrase: String, _ text: String, _ isFound: Bool) {
    #expect(!Finder(phrase).hits(text).isEmpty == isFound)
  }

  @Test(arguments: [
    ("^ by <name>", "By Ann Smith", true), ("^ by <name>", "By ann smith", false),
    ("^ by <name>", "By", false),
    ("^ by <name>", "By Ólafur Arnalds", true), ("^ by <name>", "Stand by Ann", false),
    ("^ text: <name>", "Text: Ann Smith", true), ("~ 记者<name>", "本报记者王小明", true),
    ("$ <name> reports", "Ann Smith reports", true), ("$ <name> reports", "reports", false),
    ("^ published <date>", "Published 11 March 2025", true),
    ("^ published <date>", "Published by the city", false),
    ("$ <date> edition", "The 2025 edition", true), ("$ <date> edition", "The first edition", false),
  ]) func slots(_ phrase: String, _ text: String, _ isFound: Bool) {
    #expect(!Finder(phrase).hits(text).isEmpty == isFound)
  }

  @Test func rangesAreOfTheTextAsWritten() throws {
    let text = "\u{2022} Résumé — Foto: „Älg“, 1.234 Views"
    for (phrase, expected) in [("~ foto:", "Foto:"), ("~ resume", "Résumé"), ("~ <n> views", "1.234 Views")] {
      let hit = try #require(Finder(phrase).hits(text).first)
      let found = String(decoding: Array(text.utf8)[hit.range], as: UTF8.self)
      #expect(found.trimmed == expected)
    }
  }

  @Test func severalPhrasesAreFoundAtOnce() {
    let finder = Finder("~ photo:", "~ photo", "~ getty images", "$ images")
    #expect(finder.hits("Photo: Getty Images").count == 4)
    #expect(finder.hits("Photo: photo photo").count == 4)
  }

  @Test func anyTextWillDo() {
    let finder = Finder("= a", "^ b", "$ c", "~ <n> d", "^ by <name>", "$ <date> x")
    for text in ["", " ", "\u{2022}", "1", "a", "\u{301}", ":::", "()", "by", "by ", "x", "1 x", "((((1))))"]
    {
      for hit in finder.hits(text) { #expect(hit.range.upperBound <= text.utf8.count) }
    }
  }

  @Test(.timeLimit(.minutes(1))) func longTextsTakeLinearTime() {
    for unit in ["a ", "by ", "1 ", "\u{4E2D}", "getty getty images ", "("] {
      _ = Finder("~ getty images", "~ by", "~ a a a a a a a a a a b").hits(
        String(repeating: unit, count: 100_000))
    }
  }
}

/// Finds the phrases of a file of one section.
private struct Finder {
  let matcher: PhraseMatcher

  init(_ phrases: String...) {
    let file = PhraseFile(["language xx", "[related]"] + phrases)
    #expect(file.problems.isEmpty)
    matcher = PhraseMatcher(Lexicon(files: [file]))
  }

  func hits(_ text: String) -> [PhraseHit] {
    var folder = Folder()
    var matches: [PhraseMatcher.Match] = []
    let bytes = Array(text.utf8)
    bytes.withUnsafeBufferPointer { original in
      folder.fold(original)
      folder.withFolded { matcher.match($0, offsets: $1, original: original, into: &matches) }
    }
    return matches.map(\.hit)
  }
}

extension PhraseFile {
  fileprivate init(_ lines: [String]) {
    let bytes = Array(lines.joined(separator: "\n").utf8)
    self = bytes.withUnsafeBufferPointer { PhraseFile($0, file: "test") }
  }
}

extension String {
  fileprivate var trimmed: String {
    var part = self[...]
    while part.last == " " { part.removeLast() }
    return String(part)
  }
}
