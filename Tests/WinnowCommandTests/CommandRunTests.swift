import Foundation
import Testing

/// The command as a process: exit codes, pipes, signals.
@Suite final class CommandRunTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "winnow-command-\(UUID().uuidString)"
  ).path

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The program that was built with the tests.
  private static var program: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("winnow")
  }

  private func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    return process
  }

  private func run(_ arguments: String...) throws -> (code: Int32, output: String, errors: String) {
    let process = process(arguments)
    let output = folder + "/stdout"
    let errors = folder + "/stderr"
    for path in [output, errors] {
      #expect(FileManager.default.createFile(atPath: path, contents: nil))
    }
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try read("stdout"), try read("stderr"))
  }

  private func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)), as: UTF8.self)
  }

  private func write(_ name: String, _ data: Data) throws {
    let url = URL(fileURLWithPath: folder + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  private func records(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func whatIsTypedWrongEndsWithTwo() throws {
    #expect(try run("clean", "--shard", "9/8", "x").code == 2)
    #expect(try run("clean", "--nonsense").code == 2)
    #expect(try run("clean", "--help").code == 0)
    let gone = try run("clean", "gone.html")
    #expect(gone.code == 1)
    #expect(gone.output.contains(#""code":"not-found""#))
    #expect(gone.errors.contains("1 failed (1 not-found)"))
  }

  /// The page would be read, and then be gone.
  @Test func anInputIsNeverOverwritten() throws {
    let page = Data("<h1>Ferry</h1><p>The ferry leaves the harbour at noon, and comes back.</p>".utf8)
    try write("page.html", page)
    try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "page.html")
    for arguments in [
      ["clean", "page.html", "-o", "page.html"], ["clean", "page.html", "-o", "./link"],
      ["clean", "page.html", "--errors", "page.html"], ["clean", "--files-from", "page.html", "-o", "link"],
      ["explain", "page.html", "--format", "html", "-o", "page.html"],
    ] {
      let process = process(arguments)
      let errors = Pipe()
      process.standardError = errors
      try process.run()
      let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 2)
      #expect(told.contains("would overwrite the input page.html; name another file"), "\(told)")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/page.html")) == page)
    let twice = try run("clean", "page.html", "-o", "out.jsonl", "--errors", "./out.jsonl")
    #expect(twice.code == 2 && twice.errors.contains("name the same file"))
    // An output that is there already is replaced, as ever.
    try write("out.jsonl", page)
    #expect(try run("clean", "page.html", "-o", "out.jsonl").code == 0)
  }

  @Test func aRunWithoutRecordsAndAnOutputWithoutFolderAreTold() throws {
    try FileManager.default.createDirectory(atPath: folder + "/empty", withIntermediateDirectories: true)
    let none = try run("clean", "empty")
    #expect(none.code == 0 && none.errors.hasPrefix("0 records"))
    #expect(try run("clean", "empty", "--quiet").errors.isEmpty)
    try write("page.html", Data("<p>A page.</p>".utf8))
    let lost = try run("clean", "page.html", "-o", "no/where.jsonl")
    #expect(lost.code == 1)
    #expect(lost.errors == "Error: cannot write no/where.jsonl: its folder does not exist; make it first\n")
  }

  /// Two hundred good pages and twenty bad ones of ten kinds: 220 records, 20 of them failed and named.
  @Test func goodAndBadPagesAllHaveTheirRecord() throws {
    for number in 0..<200 {
      let text = "<h1>Ferry \(number)</h1><p>Ferry \(number) leaves the harbour at noon, and comes back.</p>"
      try write("pages/p\(1000 + number).html", Data(text.utf8))
    }
    try write("whole.gz", Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    let whole = try Data(contentsOf: URL(fileURLWithPath: folder + "/whole.gz"))
    for copy in ["a", "b"] {
      let files = FileManager.default
      let pages = folder + "/pages"
      try files.createSymbolicLink(atPath: "\(pages)/1\(copy).html", withDestinationPath: "nowhere")
      try files.createSymbolicLink(atPath: "\(pages)/2\(copy).html", withDestinationPath: "2\(copy).html")
      try write("pages/3\(copy).warc", Data("no archive at all".utf8))
      #expect(mkfifo("\(pages)/4\(copy).html", 0o600) == 0)
      try write("pages/5\(copy).html", Data("%PDF-1.7 of something".utf8))
      try write("pages/6\(copy).html.gz", whole.dropLast(9))
      var damaged = whole
      damaged[10] = 0xFF
      try write("pages/7\(copy).html.gz", damaged)
      try write("pages/8\(copy).html", Data(repeating: 0x61, count: 200_001))
      try write("pages/9\(copy).jsonl", Data("{\"html\": nonsense}\n".utf8))
      try write("pages/a\(copy).jsonl", Data("{\"title\":\"no page\"}\n".utf8))
    }
    let result = try run(
      "clean", "pages", "--max-bytes", "200000", "--jobs", "2", "-o", "records.jsonl", "--errors",
      "errors.jsonl")
    #expect(result.code == 1)
    let records = try records(read("records.jsonl"))
    #expect(records.count == 220)
    let failed = records.filter { $0["status"] as? String == "failed" }
    #expect(failed.count == 20)
    let errors = try self.records(read("errors.jsonl"))
    #expect(errors.compactMap { $0["source"] as? String } == failed.compactMap { $0["source"] as? String })
    let codes = errors.compactMap { $0["code"] as? String }
    #expect(
      Set(codes) == [
        "dangling-link", "link-loop", "broken-archive", "not-a-file", "binary", "truncated-gzip",
        "corrupt-gzip", "too-large", "broken-json", "no-page",
      ])
    #expect(Set(codes).allSatisfy { code in codes.count(where: { $0 == code }) == 2 })
    #expect(result.errors.contains("220 records"))
  }

  /// A line in, its record out, before the next line is written: what other engines wait for.
  @Test func aLineIsAnsweredBeforeTheNextOneComes() throws {
    let process = process(["clean", "--input-format", "jsonl", "--jobs", "4", "--quiet", "-"])
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let lines = [
      #"{"id":"1","text":"A page."}"#, "", "nonsense", #"{"id":"4","html":"<p>x"}"#, #"{"id":"5"}"#,
    ]
    var buffer = Data()
    var answers: [[String: Any]] = []
    for line in lines {
      try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
      while !buffer.contains(0x0A) {
        let more = output.fileHandleForReading.availableData
        try #require(!more.isEmpty, "the command ended after \(answers.count) lines")
        buffer += more
      }
      answers += try records(String(decoding: buffer, as: UTF8.self))
      buffer = Data()
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(answers.compactMap { $0["id"] as? String } == ["1", "stdin:2", "stdin:3", "4", "5"])
    let codes = answers.map { ($0["error"] as? [String: Any])?["code"] as? String }
    #expect(codes == [nil, "empty-line", "broken-json", nil, "no-page"])
  }

  private func manyLines(_ count: Int) throws {
    let lines = (0..<count).map { number in
      number % 50 == 7
        ? "{broken \(number)"
        : #"{"id":"\#(number)","text":"Ferry \#(number)\n\nThe ferry leaves the harbour at noon, \#(number)."}"#
    }
    try write("lines.jsonl", Data(lines.joined(separator: "\n").utf8))
  }

  private static let long = [
    "clean", "lines.jsonl", "--jobs", "2", "-o", "out.jsonl", "--errors", "errors.jsonl", "--resume",
    "--quiet",
  ]

  /// Killed again and again at moments that nobody chose, and taken up each time: as if nothing had been.
  /// `Scripts/kill-test` does the same for hours.
  @Test func aKilledRunIsTakenUp() throws {
    try manyLines(800)
    let whole = try run(
      "clean", "lines.jsonl", "-o", "whole.jsonl", "--errors", "whole-errors.jsonl", "--quiet")
    #expect(whole.code == 1)
    var kills = 0
    for milliseconds in [150, 400, 1300, 1700, 2600] {
      let process = process(Self.long)
      try process.run()
      usleep(UInt32(milliseconds) * 1000)
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        kills += 1
      }
      process.waitUntilExit()
    }
    #expect(kills > 0)
    let last = process(Self.long)
    try last.run()
    last.waitUntilExit()
    #expect(last.terminationStatus == 1)
    #expect(try read("out.jsonl") == read("whole.jsonl"))
    #expect(try read("errors.jsonl") == read("whole-errors.jsonl"))
    #expect(FileManager.default.fileExists(atPath: folder + "/out.jsonl.partial") == false)
  }

  /// SIGTERM rather than Ctrl-C's SIGINT, which whoever runs the tests may have told its children to ignore.
  @Test func aSignalFinishesThePagesInHand() throws {
    // The input never ends by itself, so the run is always at work when the signal comes.
    let process = process(["clean", "--input-format", "jsonl", "-", "-o", "out.jsonl", "--summary", "json"])
    let input = Pipe()
    let errors = Pipe()
    process.standardInput = input
    process.standardError = errors
    try process.run()
    // Records are written once the journal's first second is over: lines come until one stands in the file, however
    // slow the machine is.
    var written = ""
    for _ in 0..<600 where written.isEmpty {
      try input.fileHandleForWriting.write(contentsOf: Data("{\"text\":\"A page.\"}\n".utf8))
      usleep(100_000)
      written = (try? read("out.jsonl.partial")) ?? ""
    }
    try #require(!written.isEmpty)
    try input.fileHandleForWriting.write(contentsOf: Data("{\"text\":\"half".utf8))
    process.terminate()
    process.waitUntilExit()
    #expect(process.terminationStatus == 143)
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let count = try records(read("out.jsonl.partial")).count
    #expect(count > 0)
    #expect(told.contains(#""records":\#(count),"#) && told.contains(#""interrupted":true"#), "\(told)")
    #expect(told.contains("--resume"))
  }
}
