import Testing
import WinnowCore

@testable import WinnowText

@Suite struct FlatTextReaderTests {
  func scan(_ text: String, maxLines: Int = 2_000_000) throws -> RawDocument {
    try FlatTextReader(maxLines: maxLines).scan(Array(text.utf8), url: nil)
  }

  func texts(_ document: RawDocument) -> [String] {
    document.rows.map {
      String(decoding: document.text[Int($0.textStart)..<Int($0.textEnd)], as: UTF8.self)
    }
  }

  @Test func bulletsNestAndContinue() throws {
    let document = try scan(
      "Site\n\n  • News\n    • World\n  • • LIVE\n  •\nNews\n\n  • x\n  • A caption\n    A caption, again\n")
    #expect(
      texts(document) == ["Site", "News", "World", "LIVE", "News", "x", "A caption", "A caption, again"])
    #expect(document.rows.map(\.level) == [0, 1, 2, 1, 0, 1, 1, 1])
    #expect(document.rows.map(\.line) == [1, 3, 4, 5, 7, 9, 10, 11])
    #expect(document.rows.map(\.blankLinesBefore) == [0, 1, 0, 0, 0, 1, 0, 0])
    #expect(document.rows[6].container == document.rows[7].container)
    #expect(!document.rows[7].flags.contains(.bullet))
    #expect(document.signals == [.bullets, .indentation])
    #expect(document.containers.map(\.tag) == [.root, .group, .group, .bullets, .bullets, .group, .bullets])
    #expect(document.containers.map(\.parent) == [-1, 0, 0, 2, 3, 0, 5])
    #expect(document.containers.map(\.depth) == [0, 1, 1, 2, 3, 1, 2])
    #expect(document.containers.map(\.subtreeEnd) == [7, 2, 5, 5, 5, 7, 7])
    #expect(document.rows.map(\.container) == [1, 3, 4, 3, 2, 6, 6, 6])
  }

  @Test func aSignOfALinkToTheLineItselfGoes() throws {
    let document = try scan(
      "Install¶\n\nRun the program, then read ¶ 12 of the terms.\n\nlamp.light(hours) ¶\n\n¶\n")
    #expect(
      texts(document) == [
        "Install", "Run the program, then read ¶ 12 of the terms.", "lamp.light(hours)", "¶",
      ])
  }

  @Test func dialogueIsNoList() throws {
    let document = try scan("– Куда вы едете? – спросил он.\n– Домой.\n– А когда вернётесь?\n— Никогда.")
    #expect(document.rows.allSatisfy { $0.kind == .paragraph })
    #expect(texts(document)[1] == "– Домой.")
    let list = try scan("Also\n- One thing\n- Another thing\n- A third\n")
    #expect(list.rows.map(\.kind) == [.paragraph, .listItem, .listItem, .listItem])
  }

  @Test func linesThatEndInAFunctionWordOfAnotherLanguageStayApart() throws {
    let menu = (0..<4).map { "Mục \($0)" }
    let document = try scan(
      (menu + [
        "Trở lại Thời sự", "Người gác đèn biển cuối cùng trên đảo", "Chủ đề: hải đăng", "Tin liên quan",
      ])
      .joined(separator: "\n"))
    #expect(
      texts(document).suffix(4) == [
        "Trở lại Thời sự", "Người gác đèn biển cuối cùng trên đảo", "Chủ đề: hải đăng", "Tin liên quan",
      ])
    let quoted = try scan(
      "News\nSport\nMore\nLast\n‘I moved to a lighthouse and regretted it’\nCrossword: the clue of the year\nEnd\n"
    )
    #expect(texts(quoted)[4] == "‘I moved to a lighthouse and regretted it’")
  }

  @Test func aDashWithinAQuotationIsNoSignOfQuotation() throws {
    let document = try scan("# Title\n\n[a](b) [c](d) [e](f)\n\n> The oven decided.\n>\n> — Henk, owner\n")
    #expect(texts(document).last == "— Henk, owner")
    #expect(document.rows.last?.kind == .quotation)
  }

  @Test func numbersNeedNeighbours() throws {
    let document = try scan("3. Mai 2024, 17:47\n\n1. First\n2. Second\n")
    #expect(texts(document) == ["3. Mai 2024, 17:47", "First", "Second"])
    #expect(document.rows[1].flags.contains(.ordered))
  }

  @Test func linesOfTagsAreMachinery() throws {
    let boxes = (0..<12).map { "<div id=\"b\($0)\" data-menu='{\"a\":1}'>\n\n</div>\n\n" }.joined()
    let document = try scan(
      boxes + """
        # Title of it

        - <div class="item">

          Home

        </div>

            Indented by the boxes around it, <span class="x">not</span> code with a `<b>` in it.

        <td>one</td><td><b>t</b>wo</td>

        ```
        <div>
        ```

        Read [on](/a), or <a href="/b">back</a> where 3 < 4.
        """)
    #expect(
      texts(document) == [
        "Title of it", "Home", "Indented by the boxes around it, not code with a <b> in it.", "one two",
        "<div>", "Read on, or back where 3 < 4.",
      ])
  }

  @Test func aFewTagsAreExamples() throws {
    let rows = String(repeating: "<tr>\n<td>\n</td>\n</tr>\n", count: 20)
    let document = try scan("# Boxes\n\nWrite a box:\n\n<div class=\"box\">\n\nThat is [all](/x).\n\n" + rows)
    #expect(
      texts(document).prefix(5) == ["Boxes", "Write a box:", "<div class=\"box\">", "That is all.", "<tr>"])
  }

  @Test func markdown() throws {
    let document = try scan(
      """
      # Title of it

      By [Ann](/a) and [Bo](/b "B (o)"), **today**

      ![A boat](/boat_(1).jpg) The boat, _seen_ in snake_case. 3\\. 5 * 3

      > Quoted words

      a | b
      ---|---
      1 | [two](/2)

      * * *

      ```
      let x = 1
        return
      ```

      Under
      =====
      """)
    #expect(
      texts(document) == [
        "Title of it", "By Ann and Bo, today", "A boat", "The boat, seen in snake_case. 3. 5 * 3",
        "Quoted words", "a | b", "1 | two", "let x = 1\n  return", "Under",
      ])
    #expect(
      document.rows.map(\.kind) == [
        .heading, .paragraph, .paragraph, .paragraph, .quotation, .tableRow, .tableRow, .code, .heading,
      ])
    #expect(document.rows[1].links == 2)
    #expect(document.rows[1].linkCharacters == 5)
    #expect(document.rows[1].boldCharacters == 5)
    #expect(document.rows[2].images == 1)
    #expect(document.signals == [.indentation, .links])
  }

  @Test func plainTextKeepsItsSigns() throws {
    let document = try scan("A *star* and __init__ and [1] and `tick`\n\n5 * 3\n")
    #expect(texts(document) == ["A *star* and __init__ and [1] and `tick`", "5 * 3"])
  }

  @Test func commentsOfCodeAreNoHeadings() throws {
    let document = try scan(
      "Try this:\n\n# load the file\n\nx = read()\n\n# count its rows\n\nif __name__ == '__main__': count(x)\n"
    )
    #expect(
      texts(document)
        == [
          "Try this:", "# load the file", "x = read()", "# count its rows",
          "if __name__ == '__main__': count(x)",
        ])
    #expect(document.rows.allSatisfy { $0.kind != .heading })
    let sections = try scan("# Files\n\nThere are __two__.\n\n## Rows\n\nCount them.\n")
    #expect(texts(sections) == ["Files", "There are two.", "Rows", "Count them."])
  }

  @Test func browserReferences() throws {
    let document = try scan(
      "[1]Home [2]News\n\nThe [3]treaty was signed [9] today.\n\nReferences\n\n   1. http://a.example/\n"
        + "   2. http://b.example/\n   3. http://c.example/\n")
    #expect(texts(document) == ["Home News", "The treaty was signed [9] today.", "References"])
    #expect(document.rows[0].links == 2)
    #expect(!document.signals.contains(.links))
  }

  @Test func fragmentsRejoin() throws {
    let document = try scan(
      """
      Menu
      Contact
      The mills of the valley may open their gates again. The region remains under
      drought alert
      until the end of the month.
      « We waited for five weeks, the director of the water board explains,
      Solène M.
      , who is in charge.
      Most read
      Another headline
      """)
    let all = texts(document)
    #expect(all.contains { $0.hasSuffix("under drought alert until the end of the month.") })
    #expect(all.contains { $0.hasSuffix("explains, Solène M., who is in charge.") })
    #expect(all.suffix(2) == ["Most read", "Another headline"])
    let japanese = try scan(
      "メニュー\n速報\n地域\n経済\n店の名前は「\n潮目書房\n」。学生たちが改装した。\n関連記事\n港の灯台")
    #expect(texts(japanese).contains("店の名前は「潮目書房」。学生たちが改装した。"))
    #expect(texts(japanese).contains("関連記事"))
  }

  @Test func gluedLinesSplit() throws {
    let source =
      "Lock opens | EchoSkip to contentHomeNewsSportWhat's OnJobsSign inSubscribe\n"
      + "By Gwen PrycePublished 3 June 07:15ShareSaveComments (12)\n"
      + "It took one broken collarbone.Residents watched it on YouTube today.\n"
    let document = try scan(source)
    let all = texts(document)
    #expect(all.prefix(4) == ["Lock opens | Echo", "Skip to content", "Home", "News"])
    #expect(all.suffix(2) == ["It took one broken collarbone.", "Residents watched it on YouTube today."])
    #expect(all.contains("Published 3 June 07:15"))
    let bytes = Array(source.utf8)
    for (row, text) in zip(document.rows, all) {
      let range = Int(row.sourceStart)..<Int(row.sourceEnd)
      #expect(String(decoding: bytes[range], as: UTF8.self).contains(text))
      #expect(row.flags.contains(.glued))
    }
  }

  @Test func aPageOnOneLineIsGluedToo() throws {
    let source =
      "HomeNewsSportSign inSwing bridge opens after repairsBy Marian OakesPublished 14 May 2025"
      + "The bridge at Harrow Lock opened in the U.S.A on Tuesday, as planned.A crowd had come to see it."
      + "“You need patience,” its keeper said. It is old.Contact usPrivacy policy"
    let all = texts(try scan(source))
    #expect(all.contains("Swing bridge opens after repairs"))
    #expect(all.contains("By Marian Oakes"))
    #expect(all.contains("The bridge at Harrow Lock opened in the U.S.A on Tuesday, as planned."))
    #expect(all.contains("A crowd had come to see it."))
    // The mark opens the next block and does not close this one; behind `„` it closes.
    #expect(all.contains("“You need patience,” its keeper said. It is old."))
    let german =
      "StartseiteLokalesSportKulturWetterKontaktEr sagte: „Das ist gut.“Dann ging er nach Hause.Am Abend kam er."
    #expect(texts(try scan(german)).contains("Er sagte: „Das ist gut.“"))
  }

  @Test func aFunctionWordAtTheEndGoesOn() throws {
    let document = try scan(
      "Menu\nNotícias\nEsportes\nO bonde que ligava o centro de\nPorto Restinga\n"
        + "à praia da Amendoeira voltou a circular nesta segunda-feira, com dois carros.\nLeia também\nCiclovia da orla"
    )
    #expect(
      texts(document).contains(
        "O bonde que ligava o centro de Porto Restinga à praia da Amendoeira voltou a circular nesta segunda-feira, com dois carros."
      ))
    #expect(texts(document).contains("Leia também"))
  }

  @Test func camelCaseIsNoGlue() throws {
    let document = try scan("An iPhone.\n\nOn YouTube and TikTok, McDonald said.\n")
    #expect(document.rows.count == 2)
  }

  @Test func lineEndsAndSpaces() throws {
    let document = try scan(
      "one\r\ntwo\rthree\u{2028}four\n\u{A0}\u{A0}five\u{A0}\n\u{C}six\n \u{200B}\n\nseven")
    #expect(texts(document) == ["one", "two", "three", "four", "five", "six", "seven"])
    #expect(document.rows.map(\.line) == [1, 2, 3, 4, 5, 6, 9])
    #expect(document.rows[4].indent == 2)
    #expect(document.rows[6].blankLinesBefore == 2)
  }

  @Test func oddInput() throws {
    #expect(try scan("").rows.isEmpty)
    #expect(try scan("\n\r\n\n").rows.isEmpty)
    #expect(try scan("\0\0\n\0").rows.count == 2)
    #expect(try scan("•\n*\n-\n>\n```\n").rows.count <= 5)
    for text in ["# a\n\n# b\n\n[[![](", "# a\n\n# b\n\n![", "# a\n\n# b\n\n[a](b", "# a\n\n# b\n\n```"] {
      #expect(try scan(text).rows.count >= 2)
    }
    #expect(throws: ReadError.tooManyBlocks(limit: 3)) { try scan("a\nb\nc\nd", maxLines: 3) }
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "word ", "[a]((x)", "[[![a](", "aB`_*", "wordUpper.Lower ", "- a\n", "<a b=\"", "<i>", "<i>\n",
    ])
  func isLinear(_ piece: String) throws {
    let tags = String(repeating: "<div id=\"a\">\n", count: 6_000)
    let document = try scan(tags + "# a\n\n# b\n\n" + String(repeating: piece, count: 100_000))
    #expect(!document.rows.isEmpty)
  }

  /// ELinks sets a link's title before its address, on a line of its own.
  @Test func browserReferencesWithTitles() throws {
    let document = try scan(
      "[1]Home [2]News\n\nThe [3]treaty was signed today. (BUTTON)\n\n(BUTTON)\n\nReferences\n\n   1. Home page\n"
        + "\thttp://a.example/\n   2. http://b.example/\n   3. The treaty\n\thttp://c.example/\n")
    #expect(texts(document) == ["Home News", "The treaty was signed today.", "References"])
  }

  /// A link around paragraphs, as html2text leaves it.
  @Test func linksOverSeveralParagraphs() throws {
    let document = try scan(
      "# Boats\n\n[ ![](/a.jpg)\n\n](/a)\n\n[\n\n### The ferry\n\nIt is [old](/old).\n\n](/ferry)\n\n![A boat.\n\nAnn Smith](b.jpg)\n\n[sic] and ] stay."
    )
    #expect(
      texts(document) == ["Boats", "The ferry", "It is old.", "A boat.", "Ann Smith", "[sic] and ] stay."])
  }
}
