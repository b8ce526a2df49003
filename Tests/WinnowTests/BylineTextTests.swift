import Testing
import WinnowCore

@testable import Winnow

/// What of a line is the byline.
@Suite struct BylineTextTests {
  private func block(_ line: String) throws -> Block? {
    try Winnow().read(Page(id: "1", form: .flatText, bytes: Array(line.utf8))).document.first
  }

  private func byline(_ line: String) throws -> String? {
    try block(line).flatMap { BylineText.byline(in: $0, language: "en") }
  }

  @Test(arguments: [
    ("By Ann Smith", "By Ann Smith"), ("By Ann Smith, 11 March 2025", "By Ann Smith"),
    ("By Ann Smith 6:15am, 11 March 2025", "By Ann Smith"), ("By Ann Smith | 4 min read", "By Ann Smith"),
    ("11 March 2025 | By Ann Smith", "By Ann Smith"),
    ("Published 11 March 2025 By Ann Smith", "By Ann Smith"),
    ("By Ann Smith and Bo Li \u{2022} 11 March 2025", "By Ann Smith and Bo Li"), ("Ann Smith", "Ann Smith"),
    // A label that a converter glued to the name leaves the name.
    ("By Ann NorrisPublished: 11 March 2025", "By Ann Norris"),
    ("By Ann NorrisUpdated: 11 March 2025", "By Ann Norris"),
    ("By Ann Smith Posted: 11 March 2025", "By Ann Smith"),
    // So does one without a colon.
    ("By Ann Smith \u{2022} Published March 11, 2025", "By Ann Smith"),
    ("By Ann Smith on March 11, 2025 at 1:02 pm", "By Ann Smith"),
    ("Ann Smith. Updated March 11, 2025", "Ann Smith"),
    ("By Ann Smith. Last Updated on March 11, 2025", "By Ann Smith"),
    ("Por Ana Souza Publicado em 11 de mar\u{E7}o de 2025", "Por Ana Souza"),
  ]) func bylineOfALine(_ line: String, _ expected: String) throws {
    #expect(try byline(line) == expected)
  }

  @Test(arguments: ["11 March 2025", "6:15 11 March 2025", "12:30 | 13:45", "4 min read"])
  func noByline(_ line: String) throws {
    #expect(try byline(line) == nil)
  }

  @Test(arguments: ["By", "By :", "By \u{2022} |", "By 1", ":", "1:1", ":1:2:", "By A", "By Ann Smith :"])
  func oddLinesDoNoHarm(_ line: String) throws {
    if let text = try byline(line) { #expect(line.contains(text)) }
  }
}
