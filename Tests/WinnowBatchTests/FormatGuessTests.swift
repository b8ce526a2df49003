import Testing

@testable import WinnowBatch

/// What `--input-format auto` makes of an input by its first bytes.
@Suite struct FormatGuessTests {
  private func guess(_ text: String) -> InputFormat {
    Array(text.utf8).withUnsafeBufferPointer { InputFormat.guess($0, isWhole: true) }
  }

  @Test func pagesAreMarkupWithAndWithoutTheirFrame() {
    #expect(guess("<!DOCTYPE html>\n<html><body><p>One.</p></body></html>") == .html)
    #expect(guess("\u{FEFF}  <HTML lang=en><p>One.") == .html)
    #expect(guess("<div class=\"story\"><p>One.</p></div>") == .html)
    #expect(guess("<section id=a><h2>Head</h2><span>One.</span></section>") == .html)
    #expect(guess("<h1>Head</h1><ul><li>One</li><li>Two</li></ul>") == .html)
    // Text before the first tag, as fragments from a database have it.
    let fragment =
      "Ferry stops.<br><br><a href=\"/1\">More</a> <b>Now</b> <i>here</i> and <em>there</em>.<br>"
    #expect(guess(fragment) == .html)
  }

  @Test func textThatQuotesTagsIsText() {
    let tutorial = """
      How to mark up a page

      Start with <html> and <body>, then put each paragraph between <p> and </p>. A heading is <h1>, a smaller one is <h2>, and a list opens with <ul>. Browsers forgive a missing </li>, but a person who reads your source may not, so it is kind to close what you have opened.

      Most pages need no more than a dozen elements. The others exist for tables, forms and pictures, and you will look them up when you meet them.
      """
    #expect(guess(tutorial) == .text)
    #expect(guess("<b> makes text bold, as <i> slants it, and <u> underlines.\n\nThat is all.") == .text)
    #expect(guess("a < b and b > c, so i<j; x <- y") == .text)
    #expect(guess("Write to <ann@paper.example> or <https://paper.example/tips> by noon.") == .text)
  }

  @Test func markdownIsTextEvenWithCode() {
    let page = """
      # Embedding a map

      Put this into your template:

      ```html
      <div class="map"><a href="/map">Map</a></div>
      <div class="map"><a href="/map">Map</a></div>
      <div class="map"><a href="/map">Map</a></div>
      ```

      The `<div class="x">`, `</div>`, `<a href="y">` and `</a>` elements are enough.
      """
    #expect(guess(page) == .text)
  }

  @Test func markdownIsTextEvenWithBoxes() {
    let boxes = String(repeating: "<div class=\"row\">\n\n</div>\n\n", count: 300)
    let text = "# Ferry stops\n\nThe [ferry](/f) stops, says the [board](/b).\n\n## Why\n"
    #expect(guess(boxes + text) == .text)
    #expect(guess(text + boxes) == .text)
    // A page whose script holds what looks like Markdown.
    let script = "<script>var a = [f](x), b = [g](y), c = [h](z);\n# if\n</script>"
    #expect(guess(boxes + script + "<p>One.</p>") == .html)
    let notes = "<p>One.</p><p>Two [1](#n1), [2](#n2), [3](#n3), [4](#n4).</p><a href=x>y</a>"
    #expect(guess(boxes + notes) == .html)
  }

  @Test func linesOfJSONAreTold() {
    #expect(guess("{\"id\":\"1\",\"text\":\"a\"}\n") == .jsonl)
    #expect(guess("{\"html\":\"<p>a</p>\"}") == .jsonl)
    #expect(guess("{ a brace opens this text }") == .text)
  }
}
