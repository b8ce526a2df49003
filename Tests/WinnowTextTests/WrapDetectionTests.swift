import Testing
import WinnowCore

@testable import WinnowText

@Suite struct WrapDetectionTests {
  static let prose =
    "The keeper walked down to the harbour every morning before the light went out and counted the boats "
    + "that had come home during the night, then he wrote their names on a sheet of paper and pinned it to "
    + "the door of the customs house, where the wives of the fishermen came to read it on their way to mass. "
    + "Nobody had asked him to do it, and nobody ever thanked him, but when he fell ill in the spring of that "
    + "year the whole village stood before the door and did not know what to do with their hands."

  /// Greedy filling of lines, as text browsers do it.
  static func wrapped(_ text: String, at width: Int, indent: String = "") -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if line.isEmpty {
        line = indent + word
      } else if line.count + 1 + word.count <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = indent + word
      }
    }
    lines.append(line)
    return lines.joined(separator: "\n")
  }

  func scan(_ text: String) throws -> RawDocument {
    try FlatTextReader().scan(Array(text.utf8), url: nil)
  }

  func texts(_ document: RawDocument) -> [String] {
    document.rows.map {
      String(decoding: document.text[Int($0.textStart)..<Int($0.textEnd)], as: UTF8.self)
    }
  }

  /// Scanned columns of newspapers: lines of no fixed width, words broken at their ends.
  @Test func wordsBrokenAtLineEndsAreWhole() throws {
    let text = """
      THE NEW WATERWORKS.

      On Thursday last, before a large con-
      course of people, and under a sky
      which threatened much but per-
      formed little, the works were
      declared open by the Mayor, who
      turned the first cock with a key
      presented by the con-
      tractors.

      The engine is of the compound
      type, and was admired by those who under-
      stood it.
      """
    #expect(
      try texts(scan(text)) == [
        "THE NEW WATERWORKS.",
        "On Thursday last, before a large concourse of people, and under a sky which threatened much but performed "
          + "little, the works were declared open by the Mayor, who turned the first cock with a key presented by "
          + "the contractors.",
        "The engine is of the compound type, and was admired by those who understood it.",
      ])
  }

  /// One hyphen at a line's end is the word's own.
  @Test func aHyphenOfTheWordStays() throws {
    let text = "A list of the well-\nknown walks\nand of the others"
    #expect(try texts(scan(text)) == ["A list of the well-", "known walks", "and of the others"])
  }

  /// As typed and scanned texts have it: no blank lines, and each paragraph's first line set in.
  @Test func paragraphsWhoseFirstLineIsSetIn() throws {
    let paragraphs = [Self.prose, "Then the door was painted. " + Self.prose, "In the end " + Self.prose]
    let text = paragraphs.map { "   " + Self.wrapped("xxx" + $0, at: 60).dropFirst(3) }.joined(
      separator: "\n")
    #expect(try texts(scan(text)) == paragraphs)
  }

  @Test(arguments: [60, 72, 78, 80, 100, 132])
  func findsTheWidthAndJoins(_ width: Int) throws {
    let paragraph = Self.wrapped(Self.prose, at: width)
    let document = try scan("Menu\n\n\(paragraph)\n\n\(paragraph)\n\nAbout us\nContact\n")
    #expect(document.wrapWidth <= width && document.wrapWidth > width - 8)
    #expect(texts(document) == ["Menu", Self.prose, Self.prose, "About us", "Contact"])
    #expect(document.rows.map(\.line).first == 1)
  }

  @Test func leavesUnwrappedTextAlone() throws {
    let lines = (0..<40).map { "Headline number \($0) of a list that is not wrapped at all \($0 % 7 * 1111)" }
    #expect(try scan(lines.joined(separator: "\n")).wrapWidth == 0)
    let long = try scan("\(Self.prose)\n\n\(Self.prose)\nShort line\n\(Self.prose)")
    #expect(long.wrapWidth == 0)
    #expect(long.rows.count == 4)
  }

  @Test func joinsHangingIndents() throws {
    let item = Self.wrapped(Self.prose, at: 80, indent: "    ").dropFirst(4)
    let document = try scan("  • \(item)\n  • Two\n\n\(Self.wrapped(Self.prose, at: 80))")
    #expect(texts(document) == [Self.prose, "Two", Self.prose])
    #expect(document.rows.map(\.kind) == [.listItem, .listItem, .paragraph])
  }

  @Test func joinsWideScriptsWithoutSpaces() throws {
    let sentence = String(repeating: "市は結果を見たうえで来年度にもほかの店舗へ広げたい考えだ。", count: 10)
    var lines: [String] = []
    var rest = Substring(sentence)
    while !rest.isEmpty {
      lines.append(String(rest.prefix(40)))
      rest = rest.dropFirst(40)
    }
    let document = try scan(lines.joined(separator: "\n"))
    #expect(document.wrapWidth == 80)
    #expect(texts(document) == [sentence])
  }

  @Test func shortLinesStayApart() throws {
    let body = Self.wrapped(Self.prose, at: 79)
    let document = try scan("\(body)\n\nBy A. Writer\n4 March 2025\nShare\n\n\(body)")
    #expect(texts(document) == [Self.prose, "By A. Writer", "4 March 2025", "Share", Self.prose])
  }

  /// Python's breaker of lines counts a Korean syllable and an Indian vowel sign as one, whatever their width.
  @Test(arguments: [
    "등대지기는 매일 아침 등불이 꺼지기 전에 항구로 내려가 밤사이 돌아온 배를 헤아리고 그 이름을 종이에 적어 세관 문에 붙였다.",
    "दीपस्तंभ का रखवाला हर सुबह बत्ती बुझने से पहले बंदरगाह पर उतरता था और रात में लौटी नावों की गिनती करके उनके नाम लिखता था।",
  ])
  func joinsLinesFilledByLetters(_ sentence: String) throws {
    let prose = Array(repeating: sentence, count: 4).joined(separator: " ")
    var lines: [String] = []
    var line = ""
    for word in prose.split(separator: " ") {
      if !line.isEmpty, line.unicodeScalars.count + 1 + word.unicodeScalars.count > 78 {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    lines.append(line)
    let paragraph = lines.joined(separator: "\n")
    #expect(try texts(scan("# 항구\n\n\(paragraph)\n\n## 배\n\n\(paragraph)")) == ["항구", prose, "배", prose])
  }

  /// In scripts without spaces only broken addresses tell that html2text filled the lines.
  @Test func addressesBrokenAtHyphensTellTheWidth() throws {
    let link = "[![市役所の前で](https://minato.example/a-very-long-path-to-the-picture-of-the-town-\nhall.jpg)]"
    let paragraph = "市は結果を見たうえで来年度にもほかの店舗へ広げたい考えだという。 水野\n市長は月曜日に会見で述べた。町の人は歓迎しているが、費用がどれほどになるのかを心配する声も出ている。"
    let text = "# 市役所\n\n\(link)\n\n\(link)\n\n\(link)\n\n見出し\n\(paragraph)\n\n\(paragraph)"
    let found = try texts(scan(text))
    #expect(found.contains("見出し"))
    #expect(found.last == paragraph.replacing("\n", with: ""))
  }
}
