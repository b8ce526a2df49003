import Testing
import WinnowCore

@testable import WinnowText

/// What pandoc's Markdown keeps of a page's markup.
@Suite struct PandocMarkupTests {
  private func cleared(_ text: String) -> String? {
    PandocMarkup.cleared(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  private func lines(_ text: String) throws -> [String] {
    try #require(cleared(text)).split(separator: "\n").map(String.init)
  }

  static let boxes = String(repeating: "::: {.box}\n:::\n\n", count: 5)

  @Test func boxesAndClassesGo() throws {
    let text =
      PandocMarkupTests.boxes + """
        ::: {.story data-kind="a } b"
        data-more="c"}
        # The old pier {#the-old-pier .headline}

        ::: meta
        [By [Ann Smith]{.name}]{.byline} \\| [News](/news){.section
        data-id="4"}[]{.icon}
        :::

        The keeper walked down to the harbour {early} and counted
        the [boats]{.mark} that had come\\
        home. \\"All\\" of them.
        :::
        """
    #expect(
      try lines(text) == [
        "# The old pier ", #"By Ann Smith \| [News](/news)"#,
        "The keeper walked down to the harbour {early} and counted the boats that had come",
        #"home. \"All\" of them."#,
      ])
  }

  @Test func tagsOverSeveralLinesGo() throws {
    let text = """
      <div
      class="a"
      id="b">

      <span
      class="author">Ann
      Smith</span> wrote <a
      href="/x"
      class="c">this</a>, 1 < 2.

      <img
      src="data:image/png;base64,AAAA"
      class="d" />

      </div>

      <p>One.</p><p>Two.</p>

      T<i
      class="e">w</i>o <b
      class="f">b</b>oats <u
      class="g">came</u>.
      """
    #expect(try lines(text) == ["Ann Smith wrote [this](#), 1 < 2.", "One.", "Two.", "Two boats came."])
  }

  @Test func elementsThatTouchArePartedBeforeCapitalsAndNumbers() throws {
    let text =
      PandocMarkupTests.boxes + "[Ann Smith]{.name}[3 May 2024]{.day}[Updated]{.label} W[o]{.a}r[d]{.b}s\n"
    #expect(try lines(text) == ["Ann Smith 3 May 2024 Updated Words"])
  }

  @Test func linksByNameGetTheirAddress() throws {
    let text = """
      [Home] [News][1] and [the sea][] but [sic].

      > The keeper walked
      > down.

      -   An item that goes
          on.
      -   Another.

      1.  A number
      2.  More

        [Home]: /
        [1]: https://harbour.example/news "News"
        [the sea]: #sea
        [4]: <https://harbour.example/4>
        [5]: https://harbour.example/5
      """
    #expect(
      try lines(text) == [
        "[Home](#) [News](#) and [the sea](#) but [sic].", "> The keeper walked down.",
        "-   An item that goes on.", "-   Another.", "1.  A number", "2.  More",
      ])
  }

  @Test func codeStaysAndRawMarkupGoes() throws {
    let text =
      PandocMarkupTests.boxes + """
        ``` {.html}
        <div
        class="a">
        ```

        ```{=html}
        <svg class="b"></svg>
        ```

        Call `f`{.swift} and `<nav>`{=html}go`</nav>`{=html}.
        """
    #expect(
      try lines(text) == ["``` {.html}", "<div", #"class="a">"#, "```", "Call `f` and go."])
  }

  @Test func tablesKeepTheirRows() throws {
    let text =
      PandocMarkupTests.boxes + """
        | a | b |
        |---|---|
        | 1 | 2 |

          Boat      Year
          --------- ------
          Anna      1904
          Berta     1911
        """
    #expect(try lines(text).count == 7)
  }

  @Test func otherTextsStay() {
    #expect(cleared("") == nil)
    #expect(cleared("A text.\n\n[1]: https://a.example\n") == nil)
    #expect(cleared("Use it so:\n\n::: note\nA note.\n:::\n\nAnd not so.") == nil)
    let long = String(repeating: "A line of text that says something.\n", count: 400)
    #expect(cleared(long + PandocMarkupTests.boxes) == nil)
    // Code that a page offers for copying, filled to a width like its text.
    let code = String(
      repeating: "<iframe class=\"a\"\nwidth=\"560\" height=\"315\"\nsrc=\"https://a.example\">\n", count: 8)
    #expect(cleared(code) == nil)
  }

  /// Neither are they searched again from every sign that opens.
  @Test func tagsAndBracesWithoutEnd() throws {
    let text = PandocMarkupTests.boxes + String(repeating: "<a x[](b){c ", count: 20_000)
    #expect(try #require(cleared(text)).count > 100_000)
  }
}
