import Synchronization
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

/// A file that is full after so many records: what a full disk or a kill leaves.
private final class FailingSink: RecordSink {
  private let sink: any RecordSink
  private var rest: Int

  init(_ sink: any RecordSink, after count: Int) {
    self.sink = sink
    rest = count
  }

  var position: SinkPosition { sink.position }
  var isAtBoundary: Bool { sink.isAtBoundary }
  func write(_ payload: Payload) throws(OutputError) {
    guard rest > 0 else { throw .failed(output: "disk", reason: "No space left on device") }
    rest -= 1
    try sink.write(payload)
  }
  func synchronise() throws(OutputError) { try sink.synchronise() }
  func seal() throws(OutputError) { try sink.seal() }
  func publish() throws(OutputError) { try sink.publish() }
  func suspend() { sink.suspend() }
  func abandon() { sink.abandon() }
}

@Suite struct ResumeTests {
  private let folder = TemporaryFolder()

  private func inputs(_ count: Int = 12) -> [String] {
    let lines = (0..<count).map { number in
      number % 5 == 3 ? "{broken" : #"{"id":\#(number),"text":"Line \#(number) of a page."}"#
    }
    folder.write("pages/a.txt", "A page.")
    return [folder("pages"), folder.write("lines.jsonl", lines.joined(separator: "\n"))]
  }

  private func job(_ inputs: [String], _ output: String, partSize: Int? = nil) -> CleanJob {
    var job = CleanJob(inputs: inputs, destination: .file(output, partSize: partSize), jobs: 2)
    job.errorsPath = folder("errors.jsonl")
    job.checkpointInterval = .zero
    return job
  }

  /// All files of the output, by name.
  private func files(_ name: String) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for entry in TemporaryFolder.names(folder.path) where entry.hasPrefix(name) || entry == "errors.jsonl" {
      files[entry] = folder.contents(entry)
    }
    return files
  }

  @Test(arguments: [(Int?.none, false), (4, false), (1, false), (nil, true), (3, true)])
  func aRunThatFailedAnywhereEndsLikeOneThatDidNot(partSize: Int?, compresses: Bool) throws {
    let inputs = inputs()
    let output = folder(compresses ? "out.jsonl.gz" : "out.jsonl")
    var whole = job(inputs, output, partSize: partSize)
    whole.compresses = compresses
    whole.memberSize = 1000
    #expect(try whole.run().summary?.total == 13)
    let expected = files("out")
    #expect(expected.count == (partSize.map { (13 + $0 - 1) / $0 } ?? 1) + 1)
    for name in expected.keys { unlink(folder(name)) }

    for count in 0..<13 {
      var broken = whole
      broken.decoration = { FailingSink($0, after: count) }
      let outcome = try broken.run()
      #expect(outcome.error == .failed(output: "disk", reason: "No space left on device"))
      #expect(outcome.exitCode == 1)

      var resumed = whole
      resumed.resumes = true
      let second = try resumed.run()
      #expect(second.summary?.total == 13)
      #expect(second.summary?.failed == 2)
      if count > 2 { #expect(outcome.canResume && second.pages < 14) }
      Journal.remove(Journal.path(of: output))
      #expect(files("out") == expected, "cut after \(count)")
      for name in expected.keys { unlink(folder(name)) }
    }
  }

  /// What a kill leaves: the journal cut at any byte, the output longer than it says.
  @Test func aJournalCutAnywhereIsStillGood() throws {
    let inputs = inputs()
    let output = folder("out.jsonl")
    let whole = job(inputs, output)
    #expect(try whole.run().summary?.total == 13)
    let expected = files("out")
    var broken = whole
    broken.decoration = { FailingSink($0, after: 9) }
    _ = try broken.run()
    let journal = try #require(folder.contents("out.jsonl.journal"))
    let partial = try #require(folder.contents("out.jsonl.partial"))
    let errors = try #require(folder.contents("errors.jsonl"))
    let header = try #require(journal.firstIndex(of: 0x0A))
    var resumed = whole
    resumed.resumes = true
    for length in stride(from: header + 1, through: journal.count, by: 41) {
      folder.write("out.jsonl.journal", Array(journal[..<length]))
      folder.write("out.jsonl.partial", partial + Array("{\"id\":\"half a li".utf8))
      folder.write("errors.jsonl", errors + Array("{\"sou".utf8))
      unlink(output)
      #expect(try resumed.run().summary?.total == 13)
      #expect(folder.contents("out.jsonl") == expected["out.jsonl"], "journal cut at \(length)")
      #expect(folder.contents("errors.jsonl") == expected["errors.jsonl"])
    }
    #expect(folder.names.contains("out.jsonl.partial") == false)
  }

  @Test func aRunBetweenSealAndNameIsCompleted() throws {
    let output = folder("out.jsonl")
    var whole = job(inputs(), output)
    whole.resumes = true
    #expect(try whole.run().summary?.total == 13)
    let records = folder.contents("out.jsonl")
    // Once more: nothing is left to do.
    let again = try whole.run()
    #expect(again.summary?.total == 13 && again.pages == 0 && again.exitCode == 1)
    rename(output, output + ".partial")
    #expect(try whole.run().pages == 0)
    #expect(folder.contents("out.jsonl") == records)
  }

  @Test func aRunGoesOnOnlyWithTheSameJob() throws {
    let output = folder("out.jsonl")
    let inputs = inputs()
    var broken = job(inputs, output)
    broken.decoration = { FailingSink($0, after: 5) }
    #expect(try broken.run().canResume)
    func refusal(_ job: CleanJob) throws -> String { try job.run().error?.description ?? "no error" }

    var resumed = job(inputs, output)
    resumed.resumes = true
    var other = resumed
    other.format = .schemaOrg
    other.source.limit = 7
    #expect(try refusal(other).contains("other settings (limit, format)"))
    folder.write("pages/0.txt", "A page that was not there.")
    #expect(try refusal(resumed).contains("the inputs have changed"))
    unlink(folder("pages/0.txt"))
    unlink(output + ".partial")
    #expect(try refusal(resumed).contains("start over"))
    folder.write("out.jsonl.journal", "not ours\n")
    #expect(try refusal(resumed).contains("no journal of winnow"))
    Journal.remove(Journal.path(of: output))
    #expect(try resumed.run().summary?.total == 13)
  }

  @Test func whoDoesNotResumeStartsOver() throws {
    let output = folder("out.jsonl")
    var broken = job(inputs(), output)
    broken.decoration = { FailingSink($0, after: 5) }
    #expect(try broken.run().canResume)
    #expect(try job(inputs(), output).run().summary?.total == 13)
    #expect(folder.names == ["errors.jsonl", "lines.jsonl", "out.jsonl", "pages"])
  }

  @Test func partsOfALongerOutputGo() throws {
    let output = folder("out.jsonl")
    #expect(try job(inputs(), output, partSize: 2).run().summary?.total == 13)
    #expect(files("out").count == 8)
    #expect(try job(inputs(), output, partSize: 5).run().summary?.total == 13)
    #expect(
      files("out").keys.sorted() == [
        "errors.jsonl", "out-00000.jsonl", "out-00001.jsonl", "out-00002.jsonl",
      ])
  }

  @Test func aTreeIsTheSameAfterAResume() throws {
    func contents(_ name: String) -> [String: [UInt8]] {
      var found: [String: [UInt8]] = [:]
      for path in [
        "\(name)\(folder.path)/pages/a.txt.md", "\(name)\(folder.path)/lines.jsonl/1.md",
        "\(name)\(folder.path)/lines.jsonl/12.md",
      ] { found[path.replacing(name, with: "")] = folder.contents(path) }
      return found
    }
    let inputs = inputs()
    var whole = CleanJob(inputs: inputs, format: .markdown, destination: .tree(folder("whole/")), jobs: 2)
    whole.checkpointInterval = .zero
    #expect(try whole.run().summary?.total == 13)
    #expect(contents("whole").count == 3)
    var broken = whole
    broken.destination = .tree(folder("tree/"))
    broken.decoration = { FailingSink($0, after: 6) }
    #expect(try broken.run().canResume)
    var resumed = broken
    resumed.decoration = nil
    resumed.resumes = true
    #expect(try resumed.run().summary?.total == 13)
    #expect(contents("tree") == contents("whole"))
  }

  @Test func aSignalEndsTheRunInOrder() throws {
    let output = folder("out.jsonl")
    let inputs = inputs(200)
    #expect(try job(inputs, output).run().summary?.total == 201)
    let expected = files("out")
    var interrupted = job(inputs, output)
    let wish = Wish()
    interrupted.interruption = { wish.signal }
    interrupted.decoration = { InterruptingSink($0, after: 30, wish) }
    let outcome = try interrupted.run()
    #expect(outcome.exitCode == 130)
    #expect(outcome.canResume)
    #expect((outcome.summary?.total ?? 0) >= 30 && (outcome.summary?.total ?? 0) < 201)
    var resumed = job(inputs, output)
    resumed.resumes = true
    #expect(try resumed.run().pages == 201 - (outcome.summary?.total ?? 0))
    Journal.remove(Journal.path(of: output))
    #expect(files("out") == expected)
  }
}

/// A signal that nobody sent.
private final class Wish: Sendable {
  private let number = Atomic<Int32>(0)
  var signal: Int32? {
    let value = number.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }
  func send(_ signal: Int32) { number.store(signal, ordering: .relaxed) }
}

/// As if Ctrl-C were pressed after so many records.
private final class InterruptingSink: RecordSink {
  private let sink: any RecordSink
  private var rest: Int
  private let wish: Wish

  init(_ sink: any RecordSink, after count: Int, _ wish: Wish) {
    self.sink = sink
    rest = count
    self.wish = wish
  }

  var position: SinkPosition { sink.position }
  var isAtBoundary: Bool { sink.isAtBoundary }
  func write(_ payload: Payload) throws(OutputError) {
    rest -= 1
    if rest == 0 { wish.send(SIGINT) }
    try sink.write(payload)
  }
  func synchronise() throws(OutputError) { try sink.synchronise() }
  func seal() throws(OutputError) { try sink.seal() }
  func publish() throws(OutputError) { try sink.publish() }
  func suspend() { sink.suspend() }
  func abandon() { sink.abandon() }
}
