import Testing
import WinnowCore

@testable import WinnowText

/// What class names and the like say.
@Suite struct MarkupLexiconTests {
  private func lexicon(_ text: String) -> MarkupLexicon {
    Array(text.utf8).withUnsafeBufferPointer { MarkupLexicon($0) }
  }

  /// Marks of tokens; `|` parts two values.
  private func marks(_ tokens: String, _ lexicon: MarkupLexicon = .builtIn) -> MarkupMarks {
    let hashes = tokens.split(separator: " ").map { $0 == "|" ? 0 : ContainerTree.tokenHash($0.utf8) }
    return lexicon.marks(of: hashes[...])
  }

  @Test(arguments: [
    ("navbar", MarkupMarks.navigationToken), ("breadcrumbs", .breadcrumbToken), ("footer", .footerToken),
    ("sidebar", .sidebarToken), ("related", .relatedToken), ("ticker", .tickerToken),
    ("comments", .commentsToken),
    ("newsletter", .promotionToken), ("byline", .bylineToken), ("caption", .captionToken),
    ("tags", .tagsToken),
    ("paywall", .paywallToken), ("cookie", .consentToken), ("share", .shareToken), ("dek", .dekToken),
  ]) func ownFileKnowsTheUsualNames(_ token: String, _ mark: MarkupMarks) {
    #expect(marks(token).contains(mark))
    #expect(marks("x \(token) | y").contains(mark))
  }

  @Test func everySectionOfTheOwnFileHasAMark() {
    let text = String(decoding: WinnowData.bytes(named: "markup.phrases"), as: UTF8.self)
    var section = ""
    var seen = 0
    var odd: [String] = []
    for line in text.split(separator: "\n") where line.first != "#" {
      if line.first == "[" {
        section = String(line)
        continue
      }
      for word in line.split(separator: " ") {
        seen += 1
        let tokens = word.split(separator: "+")
        if tokens.count > 2 || !tokens.allSatisfy({ (2...20).contains($0.utf8.count) }) {
          odd.append(String(word))
        }
        #expect(!marks(tokens.joined(separator: " ")).isEmpty, "\(word) in \(section)")
      }
    }
    #expect(seen > 200)
    #expect(odd.isEmpty, "words of three tokens, or of tokens that no reader makes: \(odd)")
  }

  @Test func pairsMustTouch() {
    let small = lexicon("# c\n[related]\nread+next\n[tags]\ntag\n[unknown]\nzzz\n")
    #expect(marks("read next", small) == .relatedToken)
    #expect(marks("a read next b", small) == .relatedToken)
    #expect(marks("next read", small).isEmpty)
    #expect(marks("read a next", small).isEmpty)
    #expect(marks("read | next", small).isEmpty)
    #expect(marks("read", small).isEmpty)
    #expect(marks("tag read next", small) == [.tagsToken, .relatedToken])
    #expect(marks("zzz", small).isEmpty)
    #expect(marks("", small).isEmpty)
  }

  @Test func oneTokenMaySayTwoThings() {
    let small = lexicon("[related]\nmore\n[promotion]\nmore\n")
    #expect(marks("more", small) == [.relatedToken, .promotionToken])
  }

  @Test func oddFilesDoNoHarm() {
    #expect(marks("a", lexicon("")).isEmpty)
    #expect(marks("a", lexicon("[")).isEmpty)
    #expect(marks("a", lexicon("a b c\n[related]\n+\n++\n")).isEmpty)
  }
}
