import WinnowCore
import WinnowModel
import WinnowText

/// A small learned table that says how probably a candidate is the field's value.
package struct FieldRanker: Sendable {
  private let forest: Forest
  /// The probability under which the field stays empty.
  package let threshold: Float
  private let width: Int

  /// Reads what training wrote: the threshold, then a forest over the columns `names`. `nil` when the bytes
  /// do not hold that, or were trained for other columns.
  package init?(_ bytes: UnsafeRawBufferPointer, columns names: [String]) {
    guard bytes.count > 4 else { return nil }
    let bits = bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self).littleEndian
    threshold = Float(bitPattern: bits)
    guard let forest = Forest(UnsafeRawBufferPointer(rebasing: bytes[4...]), width: names.count),
      forest.digest == ContainerTree.tokenHash(names.joined(separator: ",").utf8)
    else { return nil }
    self.forest = forest
    width = names.count
  }

  /// How probably each of the rows is right, 0…1.
  func probabilities(_ rows: [FieldRow]) -> [Float] {
    var matrix = FeatureMatrix(count: rows.count, width: width)
    let stride = matrix.stride
    matrix.values.withUnsafeMutableBufferPointer { values in
      for (index, row) in rows.enumerated() {
        for (column, value) in row.values.enumerated() { values[column * stride + index] = value }
      }
    }
    return forest.sums(matrix).map(logistic)
  }
}

/// The tables of the fields that are ranked, for pages with markup and for flat text.
package struct FieldRankers: Sendable {
  /// The ranked fields. The raw value is the data file's name.
  package enum Table: String, CaseIterable, Sendable {
    case headline, authors, date
    case flatHeadline = "headline-flat"
    case flatAuthors = "authors-flat"
    case flatDate = "date-flat"

    /// Whether it is for flat text.
    var isFlat: Bool {
      switch self {
      case .headline, .authors, .date: false
      case .flatHeadline, .flatAuthors, .flatDate: true
      }
    }

    /// The columns that the table is learned over.
    package var columns: [String] {
      switch self {
      case .headline, .flatHeadline: HeadlineFeatures.names
      case .authors, .flatAuthors: AuthorFeatures.names
      case .date, .flatDate: DateFeatures.names
      }
    }
  }

  /// `nil` for the program's own.
  private var tables: [Table: FieldRanker]?

  /// The tables whose bytes `visit` hands over; those that it lacks are left out, and their fields are taken
  /// from the first candidate.
  package init(_ visit: (Table, (UnsafeRawBufferPointer) -> Void) -> Void) {
    tables = Self.read(Table.allCases, visit)
  }

  private init() { tables = nil }

  private static func read(
    _ wanted: [Table], _ visit: (Table, (UnsafeRawBufferPointer) -> Void) -> Void
  ) -> [Table: FieldRanker] {
    var tables: [Table: FieldRanker] = [:]
    for table in wanted { visit(table) { tables[table] = FieldRanker($0, columns: table.columns) } }
    return tables
  }

  /// The tables that are part of the program; a test makes sure that all can be read.
  package static let builtIn = FieldRankers()

  // Apart, since a run over one page needs only those of its kind.
  private static let markup = builtIn(flat: false)
  private static let flat = builtIn(flat: true)

  private static func builtIn(flat: Bool) -> [Table: FieldRanker] {
    read(Table.allCases.filter { $0.isFlat == flat }) { table, read in
      read(UnsafeRawBufferPointer(WinnowData.bytes(named: "\(table.rawValue).ranker")))
    }
  }

  /// A table, if it could be read.
  package subscript(table: Table) -> FieldRanker? {
    if let tables { return tables[table] }
    return table.isFlat ? Self.flat[table] : Self.markup[table]
  }
}
