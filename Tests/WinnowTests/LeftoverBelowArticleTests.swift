import Testing
import WinnowCore
import WinnowStages

@testable import Winnow

/// What the content score kept below an article's text: the stage alone, after a score that is said here.
@Suite("What is left below an article")
struct LeftoverBelowArticleTests {
  /// The roles of the blocks from the second paragraph on, where the blocks were led so before the stage.
  private func roles(_ below: String, type: String = "article", before: [Role]) throws -> [Role?] {
    let html = """
      <html><head><title>Bridge opens</title><meta property="og:type" content="\(type)"></head><body><article>
      <p>The bridge over the lower river was opened on Monday by the mayor, ten years after work on it began.</p>
      \(below)</article></body></html>
      """
    let document = try Winnow().read(Page(id: "1", form: .html, bytes: Array(html.utf8))).document
    var ledger = Ledger(blockCount: document.count)
    for (block, role) in ([.paragraph] + before).enumerated() {
      ledger.add(role, to: block, .strong, because: "test.before")
    }
    LeftoverStage().label(document, in: &ledger)
    return document.indices.dropFirst().map(ledger.role)
  }

  private static let card = """
    <div><h5><a href="/race">Who won the last race of the year</a></h5><p>By Ann Smith</p>
    <p>The race was won by a boat that nobody had heard of before it crossed the line on Sunday.</p></div>
    """

  @Test func theTextOfACardGoesWithItsTitle() throws {
    #expect(
      try roles(Self.card, before: [.relatedLinks, .relatedLinks, .paragraph])
        == [.relatedLinks, .relatedLinks, .relatedLinks])
  }

  @Test func picturesOfCardsAreNotTheArticles() throws {
    let figure = "<figure><img src=\"a.jpg\"><figcaption>The bridge at night</figcaption></figure>"
    let card = "<div><h5><a href=\"/race\">Who won the last race of the year</a></h5>\(figure)</div>"
    #expect(
      try roles(figure + card, before: [.caption, .relatedLinks, .caption])
        == [.caption, .relatedLinks, .relatedLinks])
  }

  @Test func onPagesThatAreNoArticlesCardsStay() throws {
    #expect(
      try roles(Self.card, type: "website", before: [.relatedLinks, .relatedLinks, .paragraph]).last
        == .paragraph)
  }

  @Test(arguments: [
    ("<h3>Share your view</h3><p>Your name</p>", Role.furniture, Role.furniture),
    // What closes with a sentence, or with a picture, is no heading over nothing.
    ("<h3>And that was that.</h3><p>Your name</p>", .furniture, .subheading),
    ("<h3>The bridge at night</h3><p>The bridge at night, from the east bank</p>", .caption, .subheading),
    ("<p>Further information:</p><p>https://river.example/</p>", .furniture, .furniture),
    ("<p>RELATED INFORMATION</p><p>Your name</p>", .furniture, .furniture),
    ("<h3>Want more of this?</h3><p>Your name</p>", .promotion, .promotion),
    (
      "<h3>So for now, and for as long as I can, I will walk to work.</h3><p>Name</p>", .promotion,
      .subheading
    ),
  ])
  func headingsOverNothing(_ item: (html: String, next: Role, role: Role)) throws {
    let first: Role = item.html.hasPrefix("<h3") ? .subheading : .paragraph
    #expect(try roles(item.html, before: [first, item.next]).first == item.role)
  }

  @Test(arguments: [
    (
      "This entry was posted on Monday, May 3rd, 2010 at 12:00 pm and is filed under River. You can follow any responses"
        + " to this entry through the feed.", Role.footer
    ),
    (
      "If you value reporting like this, please consider making a donation to support it. Your gift pays for all that"
        + " you find here, and we thank all who give.", .promotion
    ),
    (
      "This entry into the harbour is narrow, and pilots say that they fear it more than the open sea in a storm.",
      .paragraph
    ),
  ])
  func notices(_ item: (text: String, role: Role)) throws {
    #expect(try roles("<p>\(item.text)</p>", before: [.paragraph]) == [item.role])
  }

  /// The last block's role after the stage, below three paragraphs of an article by Ann Vale.
  private func role(ofLast line: String, head: String = "") throws -> Role? {
    let prose =
      "The bridge over the lower river was opened on Monday by the mayor, ten years after work on it began."
    let html = """
      <html><head><title>Bridge opens</title><meta property="og:type" content="article">
      <meta name="author" content="Ann Vale">\(head)</head><body><article><p>\(prose)</p>
      <p>Nobody \(prose)</p><p>Later \(prose)</p>\(line)</article></body></html>
      """
    let document = try Winnow().read(Page(id: "1", form: .html, bytes: Array(html.utf8))).document
    var ledger = Ledger(blockCount: document.count)
    for block in document.indices { ledger.add(.paragraph, to: block, .strong, because: "test.before") }
    LeftoverStage().label(document, in: &ledger)
    return ledger.role(of: document.count - 1)
  }

  @Test(
    arguments: [
      (
        "<p>Ann Vale is the river correspondent of this paper and lives on a boat in Lowmere.</p>",
        Role.authorBio
      ),
      ("<p>Ann Vale ist Reporterin, Autorin von Hörspielen und Redakteurin am Fluss.</p>", .authorBio),
      ("<p>Ann Vale: And what happens when the river rises over the piers of the bridge?</p>", .paragraph),
      ("<p>The mayor, Bob Ek, is the bridge's first citizen and lives on a boat in Lowmere.</p>", .paragraph),
      ("<p>Do you have a story to tell? Write to bridge@river.example</p>", .promotion),
      ("<p>Hast du einen Hinweis? Schreib uns an fluss@river.example!</p>", .promotion),
      ("<p>Was it worth it? The mayor thinks so, and asks all who do not to cross by boat.</p>", .paragraph),
      ("<p>Try River Premium for free by clicking here for no ads, and puzzles.</p>", .promotion),
      (
        "<p>Want more stories of the river? Sign up for our newsletter and read them first.</p>", .promotion
      ),
      (
        "<p>All data without guarantee. Copyright © 2012 River Daily. All rights reserved. No part of what stands here"
          + " may be copied, kept or sent without a letter of ours that allows it, whatever the end.</p>",
        .footer
      ),
    ])
  func whatIsNoneOfTheText(_ item: (html: String, role: Role)) throws {
    #expect(try role(ofLast: item.html) == item.role)
  }

  @Test func linksUnderAPointerGo() throws {
    let links = """
      <p><b>Read also:</b></p><p><a href="/1">Why the bridge took ten years to build</a></p>
      <p><a href="/2">The river rose above its banks again</a></p>
      """
    #expect(
      try roles(links, before: [.paragraph, .paragraph, .paragraph])
        == [.relatedLinks, .relatedLinks, .relatedLinks])
    // Without the line above, links are the text's last list.
    #expect(
      try roles(
        "<p>The plans of it:</p><p><a href=\"/1\">The first plan of the bridge</a></p>",
        before: [.paragraph, .paragraph]) == [.paragraph, .paragraph])
  }

  private static let second =
    "<p>Ten thousand people walked across it on the first day, and the ferry carried nobody for once.</p>"

  @Test(arguments: [
    "<h4>What to read next...</h4>", "<p>You may also like:</p>",
    "<p>&gt; <a href='/b'>Who built the bridge</a></p>",
    "<p>&raquo; <a href='/b'>Who built the bridge</a></p>",
    "<p>More: <a href='/b'>The ferry</a> will stop for a week from Monday, as its engine must be mended.</p>",
  ])
  func pointersAtTheEnd(_ line: String) throws {
    #expect(try roles(Self.second + line, before: [.paragraph, .paragraph]).last == .relatedLinks)
  }

  @Test func anOfferAmongTheParagraphs() throws {
    let offer =
      "<p>Want more stories in your inbox? Subscribe to the <a href='/n'>Lower River Letter</a>, which is free.</p>"
    let found = try roles(offer + Self.second, before: [.paragraph, .paragraph])
    #expect(found == [.promotion, .paragraph])
  }

  @Test func aBoxThatAnOffersHeadingOpens() throws {
    let box = """
      <div><h3>Join our WhatsApp channel today!</h3><p>Get the day's news sent to your phone, which costs nothing.</p></div>
      """
    #expect(
      try roles(Self.second + box, before: [.paragraph, .subheading, .paragraph])
        == [.paragraph, .promotion, .promotion])
  }

  @Test func titlesOfOtherStoriesAboveTheText() throws {
    let titles = (1...9).map { "<li><a href='/\($0)'>Why the ferry stopped for a week in May \($0)</a></li>" }
      .joined()
    let html = """
      <html><head><title>Bridge opens</title><meta property="og:type" content="article"></head><body><ul>\(titles)</ul>
      <p>The bridge over the lower river was opened on Monday by the mayor, ten years after work on it began.</p>
      </body></html>
      """
    let document = try Winnow().read(Page(id: "1", form: .html, bytes: Array(html.utf8))).document
    var ledger = Ledger(blockCount: document.count)
    for block in document.indices {
      ledger.add(
        document[block].kind == .listItem ? .listItem : .paragraph, to: block, .strong, because: "test.before"
      )
    }
    LeftoverStage().label(document, in: &ledger)
    #expect(document.indices.map(ledger.role).filter { $0 == .relatedLinks }.count == 9)
  }

  @Test func whatAThreadsHeadingOpens() throws {
    let html = """
      <html><head><title>Bridge opens</title><meta property="og:type" content="article"></head><body><article>
      \(FieldTestPages.prose)<div><h2>Leave a comment</h2><p>Everybody who wants to say something here has to log in.</p></div>
      </article></body></html>
      """
    let document = try Winnow().read(Page(id: "1", form: .html, bytes: Array(html.utf8))).document
    var ledger = Ledger(blockCount: document.count)
    CommentsStage().label(document, in: &ledger)
    for block in document.indices where document[block].kind == .paragraph {
      ledger.add(.paragraph, to: block, .strong, because: "test.before")
    }
    LeftoverStage().label(document, in: &ledger)
    #expect(ledger.role(of: document.count - 1) == .comments)
  }
}
