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

@Suite struct CleanJobTests {
  private let folder = TemporaryFolder()

  private func run(
    _ inputs: [String], _ options: SourceOptions = SourceOptions(), format: RecordFormat = .jsonl,
    jobs: Int = 1
  ) throws -> (summary: Summary, output: MemoryOutput) {
    let output = MemoryOutput()
    let run = BatchRun(try Winnow(), encoder: RecordEncoder(format), options: options, jobs: jobs)
    let sink = StreamSink(output, format: format)
    let result = try run.run(BatchRun.Ends(PageSource(inputs, options: options), sink))
    try sink.seal()
    return (result.checkpoint.summary, output)
  }

  /// Pages of very different length, some broken, as files and as lines.
  private func mixedInputs() -> [String] {
    for number in 0..<60 {
      let sentence = "Sentence \(number) tells of the ferry that leaves the harbour at noon. "
      let paragraph = String(repeating: sentence, count: number % 7 == 0 ? 400 : 4)
      folder.write("pages/\(number).html", "<h1>Ferry \(number)</h1><p>\(paragraph)</p><p>\(paragraph)</p>")
    }
    folder.link("pages/30.dangling", to: "nowhere")
    folder.write("pages/31.html.gz", Array(Gzip.stored("<p>x").dropLast(3)))
    let lines = (0..<40).map { $0 % 9 == 4 ? "{broken" : "{\"id\":\($0),\"text\":\"Line \($0)\"}" }
    return [folder("pages"), folder.write("lines.jsonl", lines.joined(separator: "\n"))]
  }

  @Test func outputIsTheSameWhateverTheJobs() throws {
    let inputs = mixedInputs()
    let one = try run(inputs)
    #expect(one.output.lines.count == 102)
    #expect(one.summary.total == 102)
    #expect(one.summary.failures == ["dangling-link": 1, "truncated-gzip": 1, "broken-json": 4])
    for jobs in [2, 8] {
      let several = try run(inputs, jobs: jobs)
      #expect(several.output.bytes == one.output.bytes)
      #expect(several.summary == one.summary)
    }
    let json = try run(inputs, format: .json, jobs: 3)
    #expect(json.output.text.hasPrefix("[\n{\"id\":\"0\""))
    #expect(json.output.text.hasSuffix("}\n]\n"))
  }

  @Test func everyInputGivesOneRecord() throws {
    folder.write("a.txt", [])
    folder.write("b.html", [0xFF, 0xFE] + Array("<p>x</p>".utf8).flatMap { [$0, 0] })
    folder.write("c.html", [0x25, 0x50, 0x44, 0x46, 0x2D, 0x31])
    folder.write("d.txt", [UInt8](repeating: 0, count: 1000))
    folder.write("e.html", String(repeating: "<div>", count: 100_000))
    folder.write("f.txt", String(repeating: "word ", count: 60_000))
    let (summary, output) = try run([folder.path], SourceOptions(maxBytes: 1_000_000), jobs: 2)
    #expect(output.lines.count == 6)
    #expect(summary.failures["binary"] != nil)
    #expect(output.lines[2].contains(#""status":"failed","error":{"code":"binary""#))
    for line in output.lines { #expect(line.contains("\"source\":\"\(folder.path)/")) }
  }

  @Test func longPagesAreRefusedWithoutReadingThem() throws {
    folder.write("a.html", String(repeating: "x", count: 2000))
    folder.write("b.html.gz", Gzip.bomb(100_000))
    folder.write("c.jsonl", "{\"text\":\"\(String(repeating: "x", count: 2000))\"}\n{\"text\":\"y\"}\n")
    let (summary, output) = try run([folder.path], SourceOptions(maxBytes: 1000))
    #expect(summary.failures == ["too-large": 3])
    #expect(output.lines.count == 4)
    #expect(output.lines[2].contains("c.jsonl:1"))
  }

  @Test func otherMembersComeBackUnderInput() throws {
    let path = folder.write("a.jsonl", #"{"html":"<p>x","crawl":{"at": 5}}"#)
    let (_, output) = try run([path])
    #expect(output.text.hasSuffix(#","input":{"crawl":{"at": 5}}}"# + "\n"))
  }

  @Test func aFullOutputStopsTheRun() throws {
    let output = MemoryOutput(capacity: 5000)
    let run = BatchRun(
      try Winnow(), encoder: RecordEncoder(.jsonl), options: SourceOptions(), jobs: 4)
    let source = PageSource(mixedInputs(), options: SourceOptions())
    let sink = StreamSink(output, format: .jsonl)
    let error = #expect(throws: OutputError.self) { try run.run(BatchRun.Ends(source, sink)) }
    #expect(error == .failed(output: "memory", reason: "No space left on device"))
  }

  @Test func aFileAppearsWholeOrNotAtAll() throws {
    let page = folder.write("in/a.txt", "A line.")
    folder.folder("out")
    var job = CleanJob(inputs: [page], destination: .file(folder("out/records.jsonl")))
    let outcome = try job.run()
    #expect(outcome.exitCode == 0)
    #expect(outcome.summary?.total == 1)
    #expect(folder.contents("out/records.jsonl")?.last == 0x0A)

    // A second run replaces the file, through a link too, and keeps its mode.
    folder.link("out/latest", to: "records.jsonl")
    chmod(folder("out/records.jsonl"), 0o640)
    job.format = .text
    job.destination = .file(folder("out/latest"))
    #expect(try job.run().exitCode == 0)
    var status = stat()
    #expect(lstat(folder("out/latest"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(stat(folder("out/records.jsonl"), &status) == 0 && status.st_mode & 0o777 == 0o640)

    let file = try PartFile(folder("out/abandoned"))
    try file.append([1, 2, 3])
    #expect(throws: OutputError.self) { try PartFile(folder("out/abandoned")) }
    file.abandon()
    job.destination = .file(folder("missing/records.jsonl"))
    let failed = try job.run()
    #expect(failed.exitCode == 1)
    #expect(failed.error?.description.contains("missing/records.jsonl") == true)
    job.destination = .file(folder("out"))
    #expect(try job.run().error?.description.contains("is no file") == true)
    #expect(folder.names == ["in", "out"])
    #expect(TemporaryFolder.names(folder("out")) == ["latest", "records.jsonl"])
  }

  @Test func aDeviceIsWrittenDirectly() throws {
    let page = folder.write("a.txt", "A line.")
    #expect(try CleanJob(inputs: [page], destination: .file("/dev/null")).run().exitCode == 0)
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    #if os(Linux)
      let full = try CleanJob(inputs: [page], destination: .file("/dev/full")).run()
      #expect(full.exitCode == 1)
      #expect(full.error?.description == "cannot write /dev/full: No space left on device")
    #endif
  }

  @Test func exitCodesFollowTheSummary() throws {
    var summary = Summary()
    #expect(summary.exitCode == 0)
    summary.count(.article)
    summary.count(.notAnArticle)
    #expect(summary.exitCode == 0)
    #expect(summary.line == "2 records: 1 article, 0 partial, 1 notAnArticle, 0 failed")
    summary.count(.failed, failure: "not-found")
    summary.count(.failed, failure: "binary")
    summary.count(.failed, failure: "not-found")
    #expect(summary.exitCode == 1)
    #expect(
      summary.line == "5 records: 1 article, 0 partial, 1 notAnArticle, 3 failed (2 not-found, 1 binary)")
    #expect(CleanJob.Outcome(summary: summary, error: .closed).exitCode == 1)
    #expect(throws: ConfigurationError.self) {
      try CleanJob(inputs: [], source: SourceOptions(maxBytes: 0)).run()
    }
  }

  /// The built-in model would do the work of one that lacks a file, and nobody would know.
  @Test func aModelIsWholeOrAnError() throws {
    var job = CleanJob(inputs: [folder.write("a.txt", "A line.")], destination: .file("/dev/null"))
    folder.write("model/content.forest", "no forest")
    job.modelFolder = folder("model")
    let incomplete = #expect(throws: ConfigurationError.self) { try job.run() }
    #expect(
      incomplete?.problems == [
        "the model in \(folder("model")) cannot be used: it holds content.forest but not content.tokens and "
          + "content.network; all are of one training"
      ])
    for name in ["content.tokens", "content.network"] { folder.write("model/" + name, "none") }
    #expect(throws: ConfigurationError.self) { try job.run() }
    job.modelFolder = folder("elsewhere")
    let missing = #expect(throws: ConfigurationError.self) { try job.run() }
    #expect(missing?.problems.first?.contains("neither content.forest, content.tokens and") == true)
  }
}
