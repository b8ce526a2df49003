import Testing
import Winnow
import WinnowCore

/// How captions and their credits come into the record.
@Suite struct CaptionRecordTests {
  private func captions(_ figures: String) throws -> [ArticleRecord.Caption] {
    let sentence =
      "Skaters have waited since December for the canal to freeze, and forecasters promise a cold week. "
    let html = """
      <html><head><title>Ice skaters wait</title></head><body><article><h1>Ice skaters wait</h1>
      <p>\(sentence)\(sentence)</p>\(figures)<p>Volunteers measure the ice each morning. \(sentence)</p></article></body></html>
      """
    return try Winnow().clean(Page(id: "captions", form: .html, bytes: Array(html.utf8))).captions
  }

  @Test func aCopyLendsItsCreditAndGoes() throws {
    let found = try captions(
      """
      <figure><img><figcaption>The canal on Monday.</figcaption></figure>
      <figure><img><figcaption>The canal on Monday. Hanna Moss/Lowmere Post</figcaption></figure>
      """)
    #expect(found == [.init(text: "The canal on Monday.", credit: "Hanna Moss/Lowmere Post")])
  }

  @Test func aCreditInAnElementOfItsOwnIsCutOut() throws {
    let found = try captions(
      "<figure><img><figcaption>The canal on Monday. <span class='credit'>Hanna Moss</span></figcaption></figure>"
    )
    #expect(found == [.init(text: "The canal on Monday.", credit: "Hanna Moss")])
  }

  @Test func aLabelOfOneWordGoesWithTheAgency() throws {
    let found = try captions("<figure><img><figcaption>The bridge. Credit: Alamy</figcaption></figure>")
    #expect(found == [.init(text: "The bridge.", credit: "Alamy")])
  }

  @Test func aCreditsWordInASentenceIsNone() throws {
    let text = "The room above the pool, in a photograph from the council's own newsletter."
    #expect(
      try captions("<figure><img><figcaption>\(text)</figcaption></figure>") == [
        .init(text: text, credit: nil)
      ])
  }

  @Test func capitalsInBracketsAreNoCredit() throws {
    #expect(try captions("<div>Neutral citation [2021] EWHC 5512 (TCC)</div>").isEmpty)
  }

  @Test func aCaptionIsNeverEmpty() throws {
    let found = try captions(
      "<figure><img><figcaption>Photo by <a href='/o'>Oren Vale</a></figcaption></figure>")
    #expect(found == [.init(text: "Photo by Oren Vale", credit: "Oren Vale")])
  }

  @Test func aPhotographerBeforeAnAgencyIsNoCaption() throws {
    let found = try captions(
      "<figure><img><figcaption>The canal on Monday.</figcaption><p class='credit'>Hanna Moss/AP</p></figure>"
    )
    #expect(found.allSatisfy { $0.text != "Hanna Moss" })
    #expect(found.contains { $0.credit == "Hanna Moss/AP" })
  }

  @Test func aWordOfALineIsNoCredit() throws {
    #expect(try captions("<p>An alfresco area overlooks the pool.</p>").isEmpty)
  }

  @Test(arguments: [
    "<figcaption><h3>The canal on Monday.</h3><p class='author'>Photo: Hanna Moss</p></figcaption>",
    "<figcaption><p>The canal on Monday.</p><div class='photoCopyright'>Photo: Hanna Moss</div></figcaption>",
    "<div class='image-caption'><h2>The canal on Monday.</h2></div><span class='credit'>Hanna Moss/AP</span>",
    "<figcaption>The canal on Monday.</figcaption><p>\u{A9} Hanna Moss / Northern Wire</p>",
  ])
  func aCreditBelowItsCaption(_ figure: String) throws {
    let found = try captions("<figure><img>\(figure)</figure>")
    #expect(found.map(\.text) == ["The canal on Monday."])
    #expect(found.first?.credit?.hasPrefix("Hanna Moss") == true)
  }

  @Test func eachPictureHasItsOwnCredit() throws {
    let figure = { (text: String) in
      "<figure><img><figcaption>\(text)</figcaption><p class='copyright'>Photo: Hanna Moss</p></figure><p>And then.</p>"
    }
    let found = try captions(figure("The canal on Monday.") + figure("The ice at dawn."))
    #expect(
      found == [
        .init(text: "The canal on Monday.", credit: "Hanna Moss"),
        .init(text: "The ice at dawn.", credit: "Hanna Moss"),
      ])
  }

  @Test(arguments: [
    ("The canal on Monday. \u{A9} imago/Moss", "The canal on Monday.", "imago/Moss"),
    (
      "The canal on Monday. Hanna Moss / The Lowmere Post", "The canal on Monday.",
      "Hanna Moss / The Lowmere Post"
    ),
    ("The canal. (AP Photo/Hanna Moss) (AP Photo/Hanna Moss)", "The canal.", "AP Photo/Hanna Moss"),
    ("The ice mirrors the trees (Nightfall).", "The ice mirrors the trees (Nightfall).", nil),
    (
      "The canal on Monday. Bild von Hanna Moss auf Pixabay", "The canal on Monday.", "Hanna Moss auf Pixabay"
    ),
    (
      "The canal on Monday. Imagen de hanna_moss7 en Pixabay", "The canal on Monday.",
      "hanna_moss7 en Pixabay"
    ),
    (
      "Skaters of Lowmere in 1692 via Wikimedia Commons", "Skaters of Lowmere in 1692 via",
      "Wikimedia Commons"
    ),
  ])
  func whatBelongsToTheCredit(_ item: (line: String, text: String, credit: String?)) throws {
    let found = try captions("<figure><img><figcaption>\(item.line)</figcaption></figure>")
    #expect(found == [.init(text: item.text, credit: item.credit)])
  }

  @Test func anAdvertisementIsNoCaption() throws {
    #expect(try captions("<div class='ad-caption'>Advertisement</div>").isEmpty)
  }

  @Test func aHeadingBetweenAPictureAndItsCredit() throws {
    let box = """
      <div class="box"><img src="a.jpg"><h1>Hanna Moss, second left, and the master of the canal open the season of the
      skaters at the lock of Lowmere, yesterday.</h1><p>Photo: AFP</p></div>
      """
    let above = String(
      repeating: "<p>The ice was thin at first, and nobody was let onto it before noon.</p>", count: 3)
    let found = try captions(above + box)
    #expect(found.map(\.credit) == ["AFP"])
    #expect(found.first?.text.hasPrefix("Hanna Moss, second left") == true)
  }

  @Test(arguments: ["<p class='text-caption'>3 May 2024</p>", "<div class='caption'>Full screen</div>"])
  func whatOnlyAClassCallsACaption(_ line: String) throws {
    #expect(try captions(line).isEmpty)
  }

  @Test func aCreditsBracketThatOpensInTheCaption() throws {
    let figure = "<figcaption><p>The canal on Monday (</p><p>Image: Hanna Moss)</p></figcaption>"
    #expect(try captions(figure) == [.init(text: "The canal on Monday", credit: "Hanna Moss")])
  }
}
