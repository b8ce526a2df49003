import Testing
import Winnow
import WinnowCore

@testable import WinnowBatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Patterns, lists, shares, and failed inputs that are read again.
@Suite struct BatchSourceTests {
  private let folder = TemporaryFolder()

  private func sources(
    _ inputs: [String], list: String? = nil, _ options: SourceOptions = SourceOptions()
  ) -> [String] {
    let source = PageSource(inputs, list: list, options: options)
    var names: [String] = []
    while let item = source.next() {
      names.append(item.source.replacing(folder.path + "/", with: ""))
    }
    return names
  }

  @Test func patternsAreFilledInUnlessTheyAreNames() {
    for name in ["b.html", "a.html", "c.txt", "d/e.html", "f[1].html"] { folder.write(name, "x") }
    #expect(sources([folder("*.html")]) == ["a.html", "b.html", "f[1].html"])
    #expect(sources([folder("*/*.html")]) == ["d/e.html"])
    #expect(sources([folder("f[1].html")]) == ["f[1].html"])
    #expect(sources([folder("?.md"), folder("c.txt")]) == ["?.md", "c.txt"])
  }

  @Test func aListNamesFurtherInputs() {
    folder.write("a.txt", "x")
    folder.write("d/b.txt", "x")
    let list = folder.write("list", "\(folder("d"))\r\n\n\(folder("a.txt"))\n\(folder("gone"))")
    #expect(sources([folder("a.txt")], list: list) == ["a.txt", "d/b.txt", "a.txt", "gone"])
    #expect(sources([], list: folder("missing")) == ["missing"])
  }

  @Test func sharesAreDisjointAndComplete() throws {
    let lines = (0..<10).map { "{\"text\":\"\($0)\"}" }.joined(separator: "\n")
    let inputs = [folder.write("a.txt", "x"), folder.write("lines.jsonl", lines), folder("gone")]
    let all = sources(inputs)
    #expect(all.count == 12)
    var options = SourceOptions()
    var found: [String] = []
    for index in 1...5 {
      options.shard = SourceOptions.Shard("\(index)/5")
      #expect(options.shard != nil)
      found += sources(inputs, options)
    }
    #expect(found.sorted() == all.sorted())
    options.limit = 2
    #expect(sources(inputs, options) == ["lines.jsonl:4", "lines.jsonl:9"])
    for text in ["", "0/3", "4/3", "1", "1/0", "a/b", "1/2/3", "-1/2"] {
      #expect(SourceOptions.Shard(text) == nil)
    }
  }

  @Test func membersOfLinesMayHaveOtherNames() {
    var fields = JSONFields()
    fields.html = "content"
    fields.id = "key"
    fields.url = "link"
    let line = JSONLine(
      Array(#"{"content":"<p>x","key":7,"link":"https://a.example/","text":"no","id":"theirs"}"#.utf8),
      fields: fields)
    #expect(line.bytes == Array("<p>x".utf8))
    #expect(line.id == "7" && line.url == "https://a.example/" && line.error == nil)
    #expect(line.input == Array(#"{"text":"no","id":"theirs"}"#.utf8))
    #expect(JSONLine(Array(#"{"html":"x"}"#.utf8), fields: fields).error == .noPage("content", "text"))
  }

  private func clean(_ inputs: [String], errors: String) throws -> (Summary, [String]) {
    let output = MemoryOutput()
    var ends = BatchRun.Ends(
      PageSource(inputs, options: SourceOptions()), StreamSink(output, format: .jsonl))
    ends.errors = try ErrorLog(errors)
    let run = BatchRun(
      try Winnow(), encoder: RecordEncoder(.jsonl), options: SourceOptions(), jobs: 2)
    let result = try run.run(ends)
    return (result.checkpoint.summary, output.lines.map(String.init))
  }

  @Test func failedInputsAreReadAgainAndNoOthers() throws {
    let good = Archive.response("1")
    var damaged = [good, Archive.response("2"), Archive.response("3")].map { Gzip.stored($0) }
    let archive = Array(damaged.joined())
    damaged[1][50] ^= 1
    folder.write("d/a.warc.gz", Array(damaged.joined()))
    folder.write("d/b.html", [0x25, 0x50, 0x44, 0x46])
    folder.write("d/lines.jsonl", "{\"text\":\"a\"}\n{brok}\n{\"text\":\"c\"}\n")
    let lines = "{\"text\":\"first\"}\n{\"text\":\"second\"}\n{\"text\":\"third\"}\n"
    folder.write("d/packed.jsonl.gz", Array(Gzip.stored(lines).dropLast(20)))
    folder.link("d/z.html", to: "nowhere")
    let (first, records) = try clean([folder("d")], errors: folder("errors.jsonl"))
    #expect(
      first.failures == [
        "corrupt-gzip": 1, "binary": 1, "broken-json": 1, "truncated-gzip": 1, "dangling-link": 1,
      ])
    #expect(records.count == first.total)

    // All is mended but the link.
    folder.write("d/a.warc.gz", archive)
    folder.write("d/b.html", "<p>A page.")
    folder.write("d/lines.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"text\":\"c\"}\n")
    folder.write("d/packed.jsonl.gz", Gzip.stored(lines))
    let (second, again) = try clean([folder("errors.jsonl")], errors: folder("left.jsonl"))
    #expect(second.failures == ["dangling-link": 1])
    let failed = Set(
      records.filter { $0.contains(#""status":"failed""#) }.compactMap { $0.split(separator: "\"")[7] })
    let read = again.compactMap { $0.split(separator: "\"")[7] }
    #expect(failed.isSubset(of: read))
    let offset = Gzip.stored(good).count
    #expect(read.contains { $0.hasSuffix("a.warc.gz#\(offset)") })
    #expect(!read.contains { $0.hasSuffix("a.warc.gz#0") || $0.hasSuffix("lines.jsonl:1") })

    // And once more, with nothing left but the link.
    let (third, _) = try clean([folder("left.jsonl")], errors: folder("last.jsonl"))
    #expect(third.total == 1 && third.failures == ["dangling-link": 1])
  }

  @Test func aListThatNamesNothingIsAFailureOfItsOwn() throws {
    let path = folder.write(
      "errors.jsonl",
      """
      {"source":"stdin:3","unit":"line","offset":5,"code":"broken-json","message":"x"}
      {"source":"x","unit":"shelf","offset":5,"code":"c","message":"m"}
      {"source":"gone.jsonl:2","path":"\(folder("gone.jsonl"))","unit":"line","offset":0,"code":"c","message":"m"}

      """)
    let (summary, _) = try clean([path], errors: folder("left.jsonl"))
    #expect(summary.failures == ["broken-error-list": 2, "not-found": 1])
  }

  @Test func aPathThatIsNoTextComesBack() throws {
    let path = InputPath(bytes: Array(folder.path.utf8) + [0x2F, 0xFF, 0xFE])
    let item = PageItem(
      source: path.text, id: "x", content: .failed(.notFound), place: .whole(path, relative: path))
    let line = ErrorLine.bytes(of: item, url: nil, InputError.notFound.failure)
    #expect(try ErrorLine.place(Array(line.dropLast())).place.path == path)
  }

  @Test func treesMirrorTheInputs() {
    func path(_ relative: String, _ unit: InputPlace.Unit = .file, _ number: Int = 0) -> String {
      let place = InputPlace(
        path: nil, unit: unit, offset: 0, length: nil, number: number, relative: InputPath(relative))
      return TreePath.path(of: place, ending: ".md").text
    }
    #expect(path("/a/b.html") == "a/b.html.md")
    #expect(path("./a//b.html.gz") == "a/b.html.gz.md")
    #expect(path("../../etc/passwd") == "__/__/etc/passwd.md")
    #expect(path("news.jsonl", .line, 12) == "news.jsonl/12.md")
    #expect(path("") == "page.md")
    let long = String(repeating: "x", count: 300)
    #expect(path(long + "a").utf8.count <= 240)
    #expect(path(long + "a") != path(long + "b"))
    folder.write("in/a/b.txt", "x")
    let source = PageSource([folder("in/")], options: SourceOptions())
    #expect(source.next()?.place.relative.text.hasSuffix("a/b.txt") == true)
  }

  /// `winnow clean . -o records.jsonl` must not read its own output, now or the next time.
  @Test func ownFilesAreNotInputs() throws {
    for name in [
      "a.txt", "out.jsonl", "out.jsonl.partial", "out.jsonl.journal", "out-00001.jsonl", "errors.jsonl",
      "out-00002.jsonl.partial", "b/out.jsonl", "out-1.jsonl", "out-000x1.jsonl", "out.jsonl2",
    ] { folder.write(name, "{\"text\":\"x\"}\n") }
    let own = OwnFiles(output: folder("out.jsonl"), isTree: false, errors: folder("errors.jsonl"))
    func names(_ own: OwnFiles) -> [String] {
      let source = PageSource([folder.path], options: SourceOptions(format: .text), leavingOut: own)
      var names: [String] = []
      while let item = source.next() { names.append(item.source.replacing(folder.path + "/", with: "")) }
      return names
    }
    #expect(names(own) == ["a.txt", "b/out.jsonl", "out-000x1.jsonl", "out-1.jsonl", "out.jsonl2"])
    #expect(names(OwnFiles(output: folder("b/"), isTree: true, errors: nil)).count == 10)
    #expect(names(OwnFiles()).count == 11)
  }

  @Test func progressSaysHowLong() {
    #expect(
      Progress.line(
        done: 50, failed: 2, doneNow: 40, seconds: 10, bytes: 250, bytesNow: 200, of: 1000)
        == "[#####---------------] 25 %  50 done, 2 failed, 4 pages/s, 00:38 left")
    #expect(
      Progress.line(done: 3, failed: 0, doneNow: 3, seconds: 2, bytes: 0, bytesNow: 0, of: nil)
        == "3 done, 0 failed, 2 pages/s")
    #expect(Progress.time(3725) == "1:02:05")
    folder.write("s/a", "12345")
    folder.write("s/b/c", "123")
    let size = InputSize(of: [folder("s"), folder("s/a")])
    while size?.bytes == nil { usleep(1000) }
    #expect(size?.bytes == 13)
    #expect(InputSize(of: ["-"]) == nil)
  }

  @Test func slowPagesFail() throws {
    folder.write("slow.txt", String(repeating: "Words of a page that takes its time. ", count: 200))
    folder.write("quick.txt", "A page.")
    var job = CleanJob(inputs: [folder.path], destination: .file(folder("out.jsonl")))
    job.errorsPath = folder("errors.jsonl")
    job.configuration.maxSeconds = 1e-9
    #expect(try job.run().summary?.failures == ["too-slow": 2])
    job.configuration.maxSeconds = 1000
    #expect(try job.run().exitCode == 0)
    job.configuration.maxSeconds = 0
    #expect(throws: ConfigurationError.self) { try job.run() }
    job.configuration.maxSeconds = nil
    job.configuration.maxBlocks = 1
    folder.write("many.txt", "a\n\nb\n\nc\n\n")
    #expect(try job.run().summary?.failures["too-many-blocks"] != nil)
  }
}
