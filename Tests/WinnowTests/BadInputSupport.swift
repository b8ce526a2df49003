/// A text several times.
func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

/// Whether the words of `text` stand in `source` in this order. Tags of the source count as words, which
/// only makes it longer.
func standsIn(_ text: String, _ source: String) -> Bool {
  var rest = words(source)[...]
  for word in words(text) {
    guard let place = rest.firstIndex(of: word) else { return false }
    rest = rest[(place + 1)...]
  }
  return true
}

private func words(_ text: String) -> [ArraySlice<UInt8>] {
  Array(text.utf8).split { byte in
    let isLetter = (0x61...0x7A).contains(byte | 0x20)
    return !isLetter && !(0x30...0x39).contains(byte) && byte < 0x80
  }
}

/// Numbers that look random and are the same every time.
struct Noise {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next()) }

  mutating func below(_ limit: Int) -> Int { limit < 1 ? 0 : Int(next() % UInt64(limit)) }

  private mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}

/// A small page with most of what pages have.
let smallPage = """
  <!DOCTYPE html><html lang="en"><head><title>Harbour bridge opens after nine years - The Courier</title>
  <meta property="og:title" content="Harbour bridge opens after nine years"></head><body>
  <nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
  <article><h1>Harbour bridge opens after nine years</h1><p class="byline">By Ann Smith</p>
  <p>The new bridge across the harbour opened on a quiet morning, nine years after the first pile was driven, \
  and the mayor walked over it with the people who had built it.</p>
  <h2>A long wait</h2><ul><li>The first plan was drawn in the spring of that year.</li><li>It was dropped twice, \
  and taken up again by the next council.</li></ul>
  <table><tr><td>Length</td><td>412 metres</td></tr><tr><td>Width</td><td>31 metres</td></tr></table>
  <p>Those who live on the north side can now reach the market in ten minutes, where the road around the bay \
  had taken them an hour in winter.</p><figure><img src="a.jpg"><figcaption>The bridge at dawn. Photo: A. \
  Jones</figcaption></figure></article><footer>Copyright The Courier. All rights reserved.</footer></body></html>
  """

/// The same as a scraper would flatten it.
let smallText = """
  * Home
  * Sport

  Harbour bridge opens after nine years

  By Ann Smith

  The new bridge across the harbour opened on a quiet morning, nine years after the first pile was driven, \
  and the mayor walked over it with the people who had built it.

  A long wait

  - The first plan was drawn in the spring of that year.
  - It was dropped twice, and taken up again by the next council.

  Those who live on the north side can now reach the market in ten minutes, where the road around the bay \
  had taken them an hour in winter.

  Copyright The Courier. All rights reserved.
  """
