import Glibc
import Testing
import WinnowCore
import WinnowText

@testable import WinnowHTML

/// Pages that no one wrote by hand.
@Suite struct HTMLLimitTests {
  private func repeated(_ unit: String, _ count: Int) -> String { String(repeating: unit, count: count) }

  @Test func deepNestingKeepsItsText() throws {
    let page = try ScannedPage(repeated("<div>", 100_000) + "<p>x</p>" + repeated("</div>", 100_000) + "y")
    #expect(page.texts == ["x", "y"])
    #expect(page.document.containers.count < 5000)
    #expect(page.isWellFormed)
  }

  @Test func deepInlineNestingKeepsItsText() throws {
    let page = try ScannedPage(repeated("<span>", 100_000) + "x<b>y</b>")
    #expect(page.texts == ["xy"])
  }

  @Test func aHugeTextIsOneBlock() throws {
    let page = try ScannedPage("<p>" + repeated("word ", 4_000_000))
    #expect(page.document.rows.count == 1)
    #expect(page.document.rows.first?.textEnd == 19_999_999)
  }

  @Test func aHugeAttributeIsNoText() throws {
    let page = try ScannedPage("<div title=\"" + repeated("a>", 500_000) + "\" class=bb>x</div>")
    #expect(page.texts == ["x"])
    #expect(page.container(of: "x")?.tokenEnd == 1)
  }

  @Test func manyUnclosedElementsStayLinear() throws {
    #expect(try ScannedPage(repeated("<p><b>x", 300_000)).document.rows.count == 300_000)
    #expect(try ScannedPage(repeated("<li>x", 100_000)).document.rows.count == 100_000)
  }

  @Test(arguments: [
    "<", "</", "<!", "<!--", "<!-->", "<a x=\"", "<a x=\"><a \" ", "<title>", "<svg>", "<template>",
    "<noscript>", "<noscript><b>", "<iframe>", "<script>", "<textarea>", "<xmp>", "&", "&#1", "&nbsp",
    "<table><tr><td>", "<a href=x><div>", "<a href=x>", "</div>", "<time>", "x<br>", "\0", "<\0", "<b \0",
    "<b><p></b>", "<svg><svg></svg>", "<p a=\"' b='\" c=\"", "<p ", "<p a=", "<p/", "<p a='x'",
  ])
  func repetitionIsLinear(_ unit: String) throws {
    let page = try ScannedPage(repeated(unit, 200_000))
    #expect(page.isWellFormed)
  }

  @Test func emptyAndBlankPagesHaveNoBlocks() throws {
    for markup in ["", " ", "\n\n", "\0\0", "<html>", "<!-- -->", "<p></p>"] {
      let page = try ScannedPage(markup)
      #expect(page.texts.isEmpty)
      #expect(page.isWellFormed)
    }
  }

  @Test func anyBytesWillDo() throws {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    let alphabet = Array("<>/!-=\"'& \n\0pbtdrulivascxm#;0".utf8) + [0xC3, 0xA9, 0xFF, 0x80]
    for round in 0..<300 {
      var bytes: [UInt8] = []
      for _ in 0..<2000 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let number = Int(truncatingIfNeeded: state >> 33)
        bytes.append(round % 2 == 0 ? alphabet[number % alphabet.count] : UInt8(truncatingIfNeeded: number))
      }
      #expect(try ScannedPage(bytes: bytes).isWellFormed)
    }
  }

  @Test func everyCutOfAPageIsReadable() throws {
    let bytes = Array(HTMLHazardTests.hazards.map(\.markup).joined(separator: "\n").utf8)
    for length in bytes.indices {
      #expect(try ScannedPage(bytes: Array(bytes[..<length])).isWellFormed)
    }
  }

  @Test func limitsAreErrors() {
    #expect(throws: ReadError.tooLarge(bytes: 11, limit: 10)) {
      try ScannedPage("<p>aaaaaaaa", limits: ReaderLimits(maxBytes: 10))
    }
    #expect(throws: ReadError.tooManyBlocks(limit: 3)) {
      try ScannedPage("<p>a<p>b<p>c<p>d", limits: ReaderLimits(maxBlocks: 3))
    }
    #expect(throws: ReadError.tooManyBlocks(limit: 9)) {
      try ScannedPage(repeated("<div>", 50), limits: ReaderLimits(maxContainers: 20, maxBlocks: 9))
    }
    #expect(throws: ReadError.tooManyBlocks(limit: 9)) {
      try ScannedPage(repeated("<b>", 500), limits: ReaderLimits(maxContainers: 20, maxBlocks: 9))
    }
  }

  @Test func whoAsksForMoreBlocksGetsTheElementsForThem() {
    #expect(ReaderLimits().maxContainers == 2_000_000)
    #expect(ReaderLimits(maxBlocks: 10).maxContainers == 2_000_000)
    #expect(ReaderLimits(maxBlocks: 3_000_000).maxContainers == 6_000_000)
    #expect(ReaderLimits(maxBlocks: .max).maxContainers == .max)
  }

  @Test func tasksDoNotDisturbEachOther() async throws {
    let markup = repeated(HTMLHazardTests.hazards.map(\.markup).filter { !$0.contains("plain") }.joined(), 20)
    let expected = try ScannedPage(markup).texts
    try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<16 { group.addTask { try ScannedPage(markup).texts } }
      for try await texts in group { #expect(texts == expected) }
    }
  }
}
