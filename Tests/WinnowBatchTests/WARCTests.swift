import Testing
import Winnow
import WinnowCore

@testable import WinnowBatch

/// Web archives made by hand.
enum Archive {
  static func record(
    _ type: String, _ block: [UInt8], url: String = "https://a.example/1", length: Int? = nil,
    contentType: String = "application/http; msgtype=response"
  ) -> [UInt8] {
    let header = """
      WARC/1.0\r
      WARC-Type: \(type)\r
      WARC-Record-ID: <urn:uuid:\(url)>\r
      WARC-Target-URI: <\(url)>\r
      WARC-Date: 2024-05-06T07:08:09Z\r
      Content-Type: \(contentType)\r
      Content-Length: \(length ?? block.count)\r
      \r

      """
    return Array(header.utf8) + block + Array("\r\n\r\n".utf8)
  }

  static func answer(_ body: [UInt8], _ fields: [String] = ["Content-Type: text/html"]) -> [UInt8] {
    Array(("HTTP/1.1 200 OK\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n").utf8) + body
  }

  static func page(_ name: String) -> [UInt8] {
    Array("<h1>Headline \(name)</h1><p>The ferry \(name) leaves the harbour at noon.</p>".utf8)
  }

  static func response(_ name: String) -> [UInt8] {
    record("response", answer(page(name)), url: "https://a.example/\(name)")
  }
}

@Suite struct WARCTests {
  private let folder = TemporaryFolder()

  private func items(_ bytes: [UInt8], _ options: SourceOptions = SourceOptions()) -> [PageItem] {
    let source = PageSource([folder.write("a.warc.gz", bytes)], options: options)
    var items: [PageItem] = []
    while let item = source.next() { items.append(item) }
    return items
  }

  private func pages(_ bytes: [UInt8], _ options: SourceOptions = SourceOptions()) -> [LoadedPage] {
    items(bytes, options).map { $0.load(options) }
  }

  /// Ids of what could be read, codes of what could not.
  private func outcome(_ bytes: [UInt8]) -> [String] {
    pages(bytes).map { $0.error?.code ?? String($0.page.id.split(separator: "/").last ?? "") }
  }

  private let members = ["request", "metadata", "warcinfo"].map { Archive.record($0, [0x78]) }

  @Test func recordsWithPagesAreItemsAndOthersAreNot() {
    let plain = Array(members.joined()) + Archive.response("1") + members[0] + Archive.response("2")
    let parts = members + [Archive.response("1"), members[0], Archive.response("2")]
    let gzip = parts.flatMap { Gzip.stored($0) }
    let asOne = Gzip.stored(plain)
    for bytes in [plain, gzip, asOne] {
      let found = pages(bytes)
      #expect(found.map(\.page.bytes) == [Archive.page("1"), Archive.page("2")])
      #expect(found.map(\.page.url) == ["https://a.example/1", "https://a.example/2"])
      #expect(found.map(\.page.id) == ["urn:uuid:https://a.example/1", "urn:uuid:https://a.example/2"])
      #expect(found[0].page.form == .html)
      #expect(
        found[0].input == Array(#"{"warcDate":"2024-05-06T07:08:09Z","httpStatus":200}"#.utf8))
    }
    let first = items(gzip)[0]
    let offset = members.map { Gzip.stored($0).count }.reduce(0, +)
    #expect(first.source == folder("a.warc.gz") + "#\(offset)")
    #expect(first.place.offset == offset)
    #expect(first.place.length == Gzip.stored(Archive.response("1")).count)
  }

  @Test func conversionsAreFlatText() {
    let text = Archive.record(
      "conversion", Array("Headline\n\nBody of a page.".utf8), contentType: "text/plain")
    let found = pages(Gzip.stored(text))
    #expect(found.map(\.page.form) == [.flatText])
    #expect(found[0].page.bytes == Array("Headline\n\nBody of a page.".utf8))
  }

  @Test func bodiesAreUnpacked() {
    let page = Archive.page("packed")
    let rest = String(page.count - 5, radix: 16)
    var chunked = Array("5;x=y\r\n".utf8)
    chunked += page[..<5]
    chunked += Array("\r\n\(rest)\r\n".utf8)
    chunked += page[5...]
    chunked += Array("\r\n0\r\n\r\n".utf8)
    let bodies: [([UInt8], [String])] = [
      (chunked, ["Transfer-Encoding: chunked"]),
      // Some crawlers join the chunks and keep the header.
      (page, ["Transfer-Encoding: chunked"]),
      (Gzip.stored(page), ["Content-Encoding: gzip"]),
      (page, ["Content-Encoding: gzip"]),
      (page, ["Content-Encoding: br"]),
      (GzipWriter.whole(page), ["content-encoding: x-gzip"]),
    ]
    for (body, fields) in bodies {
      let record = Archive.record("response", Archive.answer(body, ["Content-Type: text/html"] + fields))
      #expect(pages(record).map(\.page.bytes) == [page], "\(fields)")
    }
    let packed: [UInt8] = [0x0B, 0x02, 0x80, 0x01, 0x02]
    let unknown = Archive.record("response", Archive.answer(packed, ["Content-Encoding: compress"]))
    #expect(pages(unknown).map(\.error) == [.unsupportedEncoding("compress")])
    let deflate = Archive.record(
      "response", Archive.answer([0xFF, 0xFF, 0, 0x80], ["Content-Encoding: deflate"]))
    #expect(pages(deflate).map { $0.error?.code } == ["broken-encoding"])
    let bomb = Archive.record("response", Archive.answer(Gzip.bomb(100_000), ["Content-Encoding: gzip"]))
    #expect(pages(bomb, SourceOptions(maxBytes: 1 << 20)).map { $0.error?.code } == ["too-large"])
  }

  @Test func headersTellTypeAndCharset() {
    func page(_ type: String, _ body: String = "<p>x") -> LoadedPage {
      pages(Archive.record("response", Archive.answer(Array(body.utf8), ["Content-Type: \(type)"])))[0]
    }
    #expect(page("text/html; charset=\"KOI8-R\"").page.charset == "KOI8-R")
    #expect(page("Text/HTML").page.form == .html)
    #expect(page("text/plain", "words").page.form == .flatText)
    #expect(page("application/octet-stream", "<html><p>x").page.form == .html)
    #expect(page("image/png").error == .otherMedia("image/png"))
    let bare = pages(Archive.record("response", Array("just text".utf8), contentType: "text/plain"))
    #expect(bare.map(\.page.form) == [.flatText])
  }

  @Test func damageCostsTheRecordItHit() {
    let names = (1...6).map { "\($0)" }
    let records = names.map { Gzip.stored(Archive.response($0)) }
    #expect(outcome(Array(records.joined())) == names)
    var flipped = records
    flipped[2][40] ^= 1
    #expect(outcome(Array(flipped.joined())) == ["1", "2", "corrupt-gzip", "4", "5", "6"])
    var cut = records
    cut[3] = Array(cut[3].prefix(100))
    #expect(outcome(Array(cut.joined())) == ["1", "2", "3", "corrupt-gzip", "5", "6"])
    let junk = records[0] + Array(repeating: 0x41, count: 100_000) + records[1]
    #expect(outcome(junk) == ["1", "corrupt-gzip", "2"])
    let open = records[0] + records[1].dropLast(10)
    #expect(outcome(open) == ["1", "truncated-gzip"])
    var magic = records
    magic[4][0] = 0
    #expect(outcome(Array(magic.joined())) == ["1", "2", "3", "4", "corrupt-gzip", "6"])
  }

  @Test func damageIsFoundWithoutGzipToo() {
    let good = Archive.response("1")
    let long = Archive.record("response", Archive.answer(Archive.page("2")), length: 100_000)
    let short = Archive.record("response", Archive.answer(Archive.page("2")), length: 20)
    let last = Archive.response("3")
    #expect(outcome(good + long + last) == ["1", "truncated-archive", "3"])
    #expect(outcome(good + short + last) == ["1", "broken-archive", "3"])
    #expect(outcome(good + Array("noise\r\n".utf8) + last) == ["broken-archive", "3"])
    #expect(outcome(good + good.dropLast(30) + last) == ["1", "broken-archive", "3"])
    #expect(outcome(good + last.dropLast(30)) == ["1", "truncated-archive"])
    let unlimited = Array(String(decoding: good, as: UTF8.self).replacing("Content-Length", with: "X").utf8)
    #expect(outcome(unlimited + last) == ["broken-archive", "3"])
  }

  @Test func everyCutGivesWhatIsBeforeItAndOneFailure() {
    let records = ["1", "2"].map { Archive.response($0) }
    for compressed in [false, true] {
      let parts = compressed ? records.map { Gzip.stored($0) } : records
      let whole = Array(parts.joined())
      for length in stride(from: 1, to: whole.count, by: 7) {
        let found = outcome(Array(whole[..<length]))
        let read = found.filter { $0 == "1" || $0 == "2" }
        #expect(found.count - read.count <= 1, "cut at \(length): \(found)")
        // The line ends after a record may be missing; the record is whole without them.
        if length < parts[0].count - 4 { #expect(read.isEmpty && found.count == 1) }
        if length >= parts[0].count { #expect(found.first == "1") }
      }
    }
  }

  @Test func aRecordOverTheLimitIsSkipped() {
    let long = Archive.record("response", [UInt8](repeating: 0x61, count: 5000))
    let found = pages(
      Archive.response("1") + long + Archive.response("3"), SourceOptions(maxBytes: 1000))
    #expect(found.map { $0.error?.code } == [nil, "too-large", nil])
  }

  @Test func otherMediaMayBeLeftOut() throws {
    let image = Archive.record("response", Archive.answer([1, 2], ["Content-Type: image/png"]))
    let path = folder.write("b.warc", Archive.response("1") + image)
    let sink = StreamSink(MemoryOutput(), format: .jsonl)
    var run = BatchRun(
      try Winnow(), encoder: RecordEncoder(.jsonl), options: SourceOptions(), jobs: 1)
    run.skipsOtherMedia = true
    let result = try run.run(BatchRun.Ends(PageSource([path], options: SourceOptions()), sink))
    #expect(result.checkpoint.summary.total == 1)
    #expect(result.checkpoint.summary.skipped == ["not-html": 1])
    #expect(result.checkpoint.items == 2)
  }
}
