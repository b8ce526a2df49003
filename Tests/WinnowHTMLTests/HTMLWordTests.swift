import Testing
import WinnowCore
import WinnowText

@testable import WinnowHTML

/// Text, names and values are looked at eight bytes at a time: nothing may depend on where the eight begin.
@Suite struct HTMLWordTests {
  /// Numbers that look random and are the same on every run.
  private struct Numbers {
    private var state: UInt64 = 11

    mutating func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Int(state >> 33) % limit
    }
  }

  @Test func whiteSpaceAndReferencesAnywhere() throws {
    var numbers = Numbers()
    let pieces = [
      "a", "bc", "def", " ", "  ", "\n", "\t ", "&amp;", "& ", "&lt;", "\u{E9}", "\u{2014}", "&nbsp;", "x&q",
    ]
    let meanings = ["&amp;": "&", "&lt;": "<", "&nbsp;": "\u{A0}"]
    for _ in 0..<2000 {
      let chosen = (0..<numbers.next(30)).map { _ in pieces[numbers.next(pieces.count)] }
      let plain = chosen.map { meanings[$0] ?? $0 }.joined()
      let words = plain.utf8.split { $0 <= 0x20 }.map { String(decoding: $0, as: UTF8.self) }
      let page = try ScannedPage("<p>begin\(chosen.joined())end</p>")
      var expected = words.joined(separator: " ")
      if plain.utf8.first.map({ $0 <= 0x20 }) ?? false { expected = " " + expected }
      if !words.isEmpty, plain.utf8.last.map({ $0 <= 0x20 }) ?? false { expected += " " }
      #expect(page.texts == ["begin\(expected)end"], "\(chosen)")
    }
  }

  @Test func namesAndValuesOfAnyLength() throws {
    for length in 1..<20 {
      let (name, value) = (String(repeating: "x", count: length), String(repeating: "v", count: 2 * length))
      for quote in ["\"", "'", ""] {
        let page = try ScannedPage(
          "<meta \(name)=\(quote)\(value)\(quote) PROPERTY=og:title \(name) content=\(quote)\(value)\(quote)>"
            + "<\(name)>One</\(name)><H1 id=\(quote)\(value)\(quote) >Two</h1\t>")
        #expect(page.facts.metas.map(\.key) == ["og:title"])
        #expect(page.facts.metas.map(\.content) == [value])
        #expect(page.texts == ["One", "Two"])
        #expect(page.row("Two")?.kind == .heading)
      }
    }
  }
}
