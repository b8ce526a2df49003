import ArgumentParser
import Foundation
import Winnow
import WinnowBatch
import WinnowCore

/// `WinnowLab fields`: the candidates of headline, authors and date as numbers, written by the code that
/// serves; or, with tables of one's own, the fields that they choose.
struct FieldsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fields", abstract: "Writes the candidates of fields for training, or the fields chosen.")

  @Argument(help: "Pages: files, folders, JSON lines.")
  var inputs: [String] = []

  @Option(name: .shortAndLong, help: "The file to write: a line of JSON a page.")
  var output: String = "-"

  @Option(help: "The pages' character set, as the fetcher knew it.")
  var charset: String?

  @Option(help: "A folder of tables: writes the fields that these choose.")
  var tables: String?

  @Option(
    help: "A folder of tables: what these choose as headline is what the other fields' candidates refer to.")
  var headline: String?

  @Flag(help: "Hide the pages' JSON-LD and their addresses, as many pages lack them.")
  var bare = false

  @Flag(help: "Print the columns of every table and stop.")
  var names = false

  func run() throws {
    if names {
      var columns: [String: [String]] = [:]
      for table in FieldRankers.Table.allCases { columns[table.rawValue] = table.columns }
      try print(String(decoding: Self.json(columns), as: UTF8.self))
      return
    }
    let picking = try tables.map { FieldPicking(rankers: try Self.read($0)) }
    let collecting = try headline.map { FieldPicking(rankers: try Self.read($0)) } ?? FieldPicking()
    guard let file = fopen(output == "-" ? "/dev/stdout" : output, "wb") else {
      throw ValidationError("cannot write \(output)")
    }
    defer { fclose(file) }
    let winnow = try Winnow()
    let options = SourceOptions(format: .auto, charset: charset, url: nil, maxBytes: 64 << 20)
    let source = PageSource(inputs, options: options)
    while let item = source.next() {
      let loaded = item.load(options)
      guard loaded.error == nil, let reading = try? winnow.read(loaded.page) else { continue }
      var line = try Self.json(Self.line(loaded.page.id, reading, picking, collecting, bare: bare))
      line.append(0x0A)
      line.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) }
    }
  }

  private static func json(_ object: Any) throws -> Data {
    try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
  }

  private static func line(
    _ id: String, _ reading: Reading, _ picking: FieldPicking?, _ collecting: FieldPicking, bare: Bool
  ) -> [String: Any] {
    var line: [String: Any] = ["id": id]
    if let picking {
      let picked = picking.pick(reading.document, reading.labelledVerdicts)
      line["headline"] = picked.headline ?? NSNull()
      line["authors"] = picked.authors
      line["date"] = picked.published ?? NSNull()
      line["origins"] = [
        "headline": picked.headlineOrigin, "authors": picked.authorsOrigin, "date": picked.publishedOrigin,
      ].compactMapValues { $0 }
    } else {
      let rows = collecting.rows(
        reading.document, reading.labelledVerdicts, hiding: { bare && $0.origin.name.hasPrefix("json-ld") },
        hidesURL: bare)
      for rows in rows {
        line[rows.table.rawValue] = [
          "texts": rows.texts, "rows": rows.rows.map { $0.map(Double.init) }, "lists": rows.lists,
        ]
      }
    }
    return line
  }

  private static func read(_ folder: String) throws -> FieldRankers {
    var files: [FieldRankers.Table: Data] = [:]
    for table in FieldRankers.Table.allCases {
      files[table] = try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(table.rawValue).ranker"))
    }
    // The tables copy what they need before the bytes go.
    var kept: [FieldRankers.Table: [UInt8]] = files.mapValues { [UInt8]($0) }
    for table in FieldRankers.Table.allCases where kept[table] == nil { kept[table] = [] }
    return FieldRankers { table, read in
      (kept[table] ?? []).withUnsafeBytes { read($0) }
    }
  }
}
