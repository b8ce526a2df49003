import Foundation
import GRDB
package import WinnowBatch
import WinnowCore

/// Records in an SQLite database: a row a record in `records`, a row a piece of its body in `parts`.
///
/// The database grows under the name `NAME.partial` and takes its name when it is whole. Rows carry the
/// record's place in the order, so a run that goes on removes what is past its checkpoint.
package final class SQLiteSink: RecordSink {
  private let path: String
  private let partial: String
  private let queue: DatabaseQueue
  private let lock: FileLock
  private var isInTransaction = false
  package private(set) var position: SinkPosition

  /// The destination of records in a database.
  package static func destination(_ path: String) -> Destination {
    .other(
      path,
      Destination.OtherSink(
        open: { path, position throws(OutputError) in try SQLiteSink(path, from: position) },
        complete: { path throws(OutputError) in try SQLiteSink.complete(path) }))
  }

  /// Opens the database, empty or as an earlier run left it.
  ///
  /// - throws: ``OutputError`` when it cannot be opened.
  package init(_ path: String, from position: SinkPosition? = nil) throws(OutputError) {
    self.path = path
    partial = path + ".partial"
    self.position = position ?? SinkPosition()
    lock = try FileLock(partial, for: path)
    if position == nil { try SQLiteSink.emptied(partial, path) }
    do {
      var configuration = Configuration()
      // A transaction spans many calls here, from one checkpoint to the next.
      configuration.allowsUnsafeTransactions = true
      queue = try DatabaseQueue(path: partial, configuration: configuration)
    } catch {
      throw SQLiteSink.failed(path, error)
    }
    let total = self.position.total
    try perform { database in
      if position == nil {
        try Self.createTables(database)
      } else {
        try database.execute(sql: "DELETE FROM parts WHERE record > ?", arguments: [total])
        try database.execute(sql: "DELETE FROM records WHERE number > ?", arguments: [total])
      }
    }
  }

  package var isAtBoundary: Bool { true }

  package func write(_ payload: Payload) throws(OutputError) {
    guard case .record(let record, let input) = payload else { return }
    let number = position.total + 1
    try perform { [self] database in
      if !isInTransaction {
        try database.beginTransaction()
        isInTransaction = true
      }
      try Self.insert(record, input, number, database)
    }
    position.total = number
    position.records = number
  }

  package func synchronise() throws(OutputError) {
    guard isInTransaction else { return }
    try perform { try $0.commit() }
    isInTransaction = false
  }

  package func seal() throws(OutputError) {
    try synchronise()
    try perform { database in
      for column in ["url", "date"] {
        try database.execute(sql: "CREATE INDEX IF NOT EXISTS records_by_\(column) ON records(\(column))")
      }
      try database.execute(sql: "CREATE INDEX IF NOT EXISTS parts_by_record ON parts(record)")
    }
  }

  package func publish() throws(OutputError) {
    do { try queue.close() } catch { throw SQLiteSink.failed(path, error) }
    try SQLiteSink.complete(path)
    lock.release()
  }

  /// Gives a database that was sealed its name.
  package static func complete(_ path: String) throws(OutputError) {
    guard rename(path + ".partial", path) != 0 else { return }
    let code = errno
    if code == ENOENT, access(path, F_OK) == 0 { return }
    throw .failed(output: path, reason: String(cString: strerror(code)))
  }

  package func suspend() {
    // A transaction that is open is rolled back; the checkpoint does not count its rows.
    try? queue.close()
    lock.release()
  }

  package func abandon() {
    try? queue.close()
    for ending in ["", "-journal"] { unlink(partial + ending) }
    lock.release()
  }

  private static func emptied(_ partial: String, _ path: String) throws(OutputError) {
    unlink(partial + "-journal")
    guard truncate(partial, 0) == 0 || errno == ENOENT else {
      throw .failed(output: path, reason: String(cString: strerror(errno)))
    }
  }

  private func perform(_ work: @escaping (Database) throws -> Void) throws(OutputError) {
    do {
      try queue.writeWithoutTransaction(work)
    } catch {
      throw SQLiteSink.failed(path, error)
    }
  }

  private static func failed(_ path: String, _ error: any Error) -> OutputError {
    .failed(output: path, reason: (error as? DatabaseError)?.message ?? "\(error)")
  }
}
