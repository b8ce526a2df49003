import Foundation
import GRDB
import Testing
import Winnow
import WinnowCore

@testable import WinnowBatch
@testable import WinnowSQLite

@Suite final class SQLiteSinkTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "winnow-sqlite-\(UUID().uuidString)"
  ).path

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func job() throws -> CleanJob {
    let lines = (0..<30).map { number in
      number % 10 == 7
        ? "{broken"
        : #"{"html":"<h1>Ferry \#(number)</h1><p>It leaves the harbour at noon. <p>It is back at six."}"#
    }
    let input = folder + "/lines.jsonl"
    try lines.joined(separator: "\n").write(toFile: input, atomically: true, encoding: .utf8)
    var job = CleanJob(inputs: [input], destination: SQLiteSink.destination(folder + "/out.db"), jobs: 2)
    job.checkpointInterval = .zero
    return job
  }

  private func rows(_ sql: String) throws -> [String] {
    let queue = try DatabaseQueue(path: folder + "/out.db")
    return try queue.read { database in
      try Row.fetchAll(database, sql: sql).map { row in
        row.databaseValues.map(\.description).joined(separator: "|")
      }
    }
  }

  @Test func recordsAndPartsAreRows() throws {
    let outcome = try job().run()
    #expect(outcome.summary?.total == 30)
    #expect(outcome.summary?.failed == 3)
    #expect(try rows("SELECT COUNT(*), MIN(number), MAX(number) FROM records") == ["30|1|30"])
    #expect(
      try rows("SELECT source LIKE '%:8', error_code FROM records WHERE number = 8") == ["1|\"broken-json\""])
    // What the JSON lines say.
    var lines = try job()
    lines.destination = .file(folder + "/out.jsonl")
    _ = try lines.run()
    let first = try String(contentsOfFile: folder + "/out.jsonl", encoding: .utf8).split(separator: "\n")[0]
    let record = try #require(
      JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
    let queue = try DatabaseQueue(path: folder + "/out.db")
    let row = try #require(
      try queue.read { try Row.fetchOne($0, sql: "SELECT * FROM records WHERE number = 1") })
    #expect(row["body"] == record["body"] as? String)
    #expect(row["headline"] == record["headline"] as? String)
    #expect(row["status"] == record["status"] as? String)
    let parts = try #require(record["parts"] as? [[String: Any]])
    #expect(
      try rows("SELECT COUNT(*) FROM parts WHERE record = 1") == ["\(parts.count)"])
    #expect(try rows("SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL") == ["3"])
    #expect(FileManager.default.fileExists(atPath: folder + "/out.db.partial") == false)
  }

  @Test func aResumedRunHasTheSameRows() throws {
    _ = try job().run()
    let dump = "SELECT * FROM records ORDER BY number"
    let records = try rows(dump)
    let parts = try rows("SELECT * FROM parts ORDER BY record, place")
    for count in [0, 1, 13, 29] {
      try FileManager.default.removeItem(atPath: folder + "/out.db")
      var broken = try job()
      broken.decoration = { FullSink($0, after: count) }
      #expect(try broken.run().exitCode == 1)
      var resumed = try job()
      resumed.resumes = true
      #expect(try resumed.run().summary?.total == 30)
      Journal.remove(Journal.path(of: folder + "/out.db"))
      #expect(try rows(dump) == records)
      #expect(try rows("SELECT * FROM parts ORDER BY record, place") == parts)
    }
  }

  @Test func aSecondRunWaitsForNoOne() throws {
    let first = try SQLiteSink(folder + "/out.db")
    #expect(throws: OutputError.self) { try SQLiteSink(self.folder + "/out.db") }
    first.abandon()
    let second = try SQLiteSink(folder + "/out.db")
    second.abandon()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }
}

/// Full after so many records.
private final class FullSink: RecordSink {
  private let sink: any RecordSink
  private var rest: Int

  init(_ sink: any RecordSink, after count: Int) {
    self.sink = sink
    rest = count
  }

  var position: SinkPosition { sink.position }
  var isAtBoundary: Bool { sink.isAtBoundary }
  func write(_ payload: Payload) throws(OutputError) {
    guard rest > 0 else { throw .failed(output: "disk", reason: "full") }
    rest -= 1
    try sink.write(payload)
  }
  func synchronise() throws(OutputError) { try sink.synchronise() }
  func seal() throws(OutputError) { try sink.seal() }
  func publish() throws(OutputError) { try sink.publish() }
  func suspend() { sink.suspend() }
  func abandon() { sink.abandon() }
}
