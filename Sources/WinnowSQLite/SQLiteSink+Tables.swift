import GRDB
import WinnowCore

extension SQLiteSink {
  /// Makes the tables. Lists are JSON, so that SQLite's own functions take them apart.
  static func createTables(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE records (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL, url TEXT, status TEXT NOT NULL,
          error_code TEXT, error_message TEXT, headline TEXT, dek TEXT, byline TEXT,
          authors TEXT NOT NULL, agency TEXT, publisher TEXT, date TEXT, date_modified TEXT, dateline TEXT,
          section TEXT, tags TEXT NOT NULL, language TEXT, body TEXT NOT NULL, captions TEXT NOT NULL,
          disclaimers TEXT NOT NULL, corrections TEXT NOT NULL, confidence REAL NOT NULL,
          origins TEXT NOT NULL, dropped TEXT NOT NULL, input TEXT
        );
        CREATE TABLE parts (
          record INTEGER NOT NULL REFERENCES records(number), place INTEGER NOT NULL, kind TEXT NOT NULL,
          level INTEGER, text TEXT NOT NULL, PRIMARY KEY (record, place)
        ) WITHOUT ROWID;
        """)
  }

  /// Adds a record and its parts.
  static func insert(
    _ record: ArticleRecord, _ input: [UInt8]?, _ number: Int, _ database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT INTO records VALUES (" + repeatElement("?", count: 27).joined(separator: ",") + ")")
    let values: [(any DatabaseValueConvertible)?] = [
      number, record.id, record.source, record.url, record.status.rawValue, record.error?.code,
      record.error?.message, record.headline, record.dek, record.byline,
      SQLiteJSON.list(record.authors), record.agency, record.publisher, record.date, record.dateModified,
      record.dateline, record.section, SQLiteJSON.list(record.tags), record.language, record.body,
      SQLiteJSON.objects(record.captions.map { [("text", $0.text), ("credit", $0.credit)] }),
      SQLiteJSON.objects(record.disclaimers.map { [("kind", $0.kind), ("text", $0.text)] }),
      SQLiteJSON.objects(record.corrections.map { [("kind", $0.kind), ("text", $0.text)] }),
      record.confidence, SQLiteJSON.object(record.origins), SQLiteJSON.counts(record.dropped),
      input.map { String(decoding: $0, as: UTF8.self) },
    ]
    try statement.execute(arguments: StatementArguments(values))
    let part = try database.cachedStatement(sql: "INSERT INTO parts VALUES (?, ?, ?, ?, ?)")
    for (index, piece) in record.parts.enumerated() {
      try part.execute(arguments: [number, index + 1, piece.kind.name, piece.level, piece.text])
    }
  }
}
