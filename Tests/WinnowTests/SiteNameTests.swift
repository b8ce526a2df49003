import Testing
import Winnow
import WinnowCore

struct SiteNameTests {
  @Test(
    "In flat text the site's name is what the page writes as its address says, not any line that it repeats",
    arguments: [
      ("https://www.low-courier.example/a", "Low Courier", "Low Courier"),
      ("https://lowcourier.example/a", "Low Courier | Home", nil),
      ("https://lowcourier.example/a", "The Low Courier", "The Low Courier"),
      ("https://low.example.com/a", "Low Courier", nil),
      ("https://arts.lowcourier.com.example/a", "Arts", nil),
      ("https://kuestenbote.example/a", "Küstenbote", "Küstenbote"),
      ("https://lowcourier.example/a", "Lowcourier.example", "Lowcourier.example"),
      ("https://lowcourier.example/a", "© 2024 Low Courier. All rights reserved.", "Low Courier"),
    ] as [(String, String, String?)])
  func publishersOfHosts(_ url: String, _ line: String, _ name: String?) throws {
    let box = "Harbour & Coast\n\nShare\n\n"
    let text =
      "Menu\n\nTides\n\nWeather\n\n\(line)\n\nBridge opens on Monday\n\n\(box)"
      + "The bridge over the Wend opens on Monday morning, the town's engineer told the council on Friday.\n\n\(box)"
      + "Its old span was taken away in the spring of last year, when two of its pillars had sunk.\n\n\(box)"
    let record = try Winnow().clean(Page(id: "p", url: url, form: .flatText, bytes: Array(text.utf8)))
    #expect(record.publisher == name)
  }
}
