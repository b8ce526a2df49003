import Testing
import Winnow
import WinnowCore

/// Comments below an article go; on a forum they are the text, whatever the page declares.
@Suite struct ForumThreadTests {
  private static let question = """
    I have a pair of long wooden skates from my grandfather, and the straps are as hard as wood by now. The blades are \
    good, and I sharpened them myself last winter with a stone. Before the canal freezes I would like to know how you \
    make the leather soft again without weakening it, and whether somebody still sells straps of that width. The shop \
    in our town closed eight years ago, and the people in the sports hall only know shoes of plastic. I would also like \
    to hear whether you wax the wood, and how often.
    """
  private static let replies = [
    "My father rubbed his with fat from a sheep, two evenings in a row, and left them near the stove over night. They "
      + "were soft for years after that, and never broke on the ice.",
    "Do not use any oil from the kitchen. It goes bad and the leather rots from within. A saddler sells a grease that "
      + "costs little, and one tin lasts for ten winters.",
    "There is a man in the village behind the lighthouse who still makes straps by hand. He has no telephone, but he is "
      + "on the market every Saturday, and he will ask you for the width in millimetres.",
    "I wax the wood once before the season and once in the middle of it. With more than that the frost cannot get out "
      + "any longer, and the wood splits along the screws.",
  ]

  private static func record(at url: String) throws -> ArticleRecord {
    let comments = replies.map { "<div class=\"comment\"><a href=/u>Skater</a><p>\($0)</p></div>" }.joined()
    let html = """
      <html><head><title>How do I soften old straps?</title><meta property="og:type" content="article">
      <link rel="canonical" href="\(url)"></head><body><nav><a href="/">Home</a> <a href="/new">New</a></nav>
      <article><h1>How do I soften old straps?</h1><p>\(question)</p></article>
      <div class="comments">\(comments)</div></body></html>
      """
    return try Winnow().clean(Page(id: "thread", url: url, form: .html, bytes: Array(html.utf8)))
  }

  @Test func repliesAreTheTextOfAForum() throws {
    let record = try Self.record(at: "https://skates.example/forum/old-straps-17")
    #expect(record.body.contains("I would also like to hear"))
    for reply in Self.replies { #expect(record.body.contains(reply)) }
  }

  @Test func commentsBelowAnArticleGo() throws {
    let record = try Self.record(at: "https://skates.example/news/old-straps-17")
    #expect(record.body.contains("I would also like to hear"))
    for reply in Self.replies { #expect(!record.body.contains(reply)) }
  }
}
