import Foundation
import Testing

@testable import Winnow

/// Strings in JSON: read back they are what they were, wherever the characters stand that need an escape.
@Suite struct JSONTextTests {
  private func written(_ text: String) -> String {
    var json = JSONText()
    json.value(text)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  @Test func everySpecialCharacterAtEveryPlace() throws {
    let specials = [
      "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1F}", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}",
    ]
    for special in specials + ["ä", "…", "日", "😀", "\u{A0}", " ", "~"] {
      for place in 0...17 {
        let text = String(repeating: "x", count: place) + special + String(repeating: "y", count: 17 - place)
        let json = written(text)
        let read = try JSONDecoder().decode([String].self, from: Data("[\(json)]".utf8))
        #expect(read == [text])
        #expect(json.utf8.count > text.utf8.count + 2 || !specials.contains(special), "\(json)")
      }
    }
  }

  @Test func noLineEndIsLeftInALine() {
    let json = written("a\nb\rc\u{85}d\u{2028}e\u{2029}f")
    #expect(json == #""a\nb\rc\u0085d\u2028e\u2029f""#)
  }
}
