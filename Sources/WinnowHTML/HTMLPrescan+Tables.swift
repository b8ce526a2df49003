/// How the prescan tells data tables from layout.
///
/// A row becomes one block when its cells hold nothing but short inline text. That must be known before the
/// first cell is read, so the prescan looks for it and flags the events of tables and rows.
extension HTMLPrescan {
  /// Most bytes in a cell of a row that becomes one block.
  private static let longestCell = 200

  /// What is known of a table that is still open.
  struct Table {
    /// The table's event.
    var event: Int
    /// The event of the row that is open; -1 when none is.
    var row = -1
    /// Bytes of text in the cell, white space counted once a run.
    var cellBytes = 0
    /// Cells of the row.
    var cells = 0
    /// Cells of the row with most of them.
    var mostCells = 0
    /// Whether a table stands in it.
    var isNested = false
    /// Whether the row holds nothing but short cells of inline text so far.
    var rowIsPlain = true
  }

  /// Notes a start tag within a table.
  mutating func trackTable(_ tag: HTMLTag, _ traits: HTMLTag.Traits) {
    let last = tables.count - 1
    switch tag {
    case .tr:
      closeRow()
      tables[last].row = events.count
      tables[last].rowIsPlain = true
      tables[last].cells = 0
      tables[last].cellBytes = 0
    case .td, .th:
      tables[last].cells += 1
      tables[last].cellBytes = 0
    case .table:
      tables[last].isNested = true
      tables[last].rowIsPlain = false
    default:
      if !traits.contains(.inline), !traits.contains(.tablePart) { tables[last].rowIsPlain = false }
    }
  }

  /// Ends the row that is open.
  mutating func closeRow() {
    let last = tables.count - 1
    tables[last].mostCells = max(tables[last].mostCells, tables[last].cells)
    let row = tables[last].row
    if row >= 0, tables[last].rowIsPlain { events[row].flags.insert(.plainRow) }
    tables[last].row = -1
  }

  /// Ends the innermost table.
  mutating func closeTable() {
    closeRow()
    guard let state = tables.popLast() else { return }
    if !state.isNested, state.mostCells > 1 { events[state.event].flags.insert(.dataTable) }
  }

  /// Notes text within a table.
  mutating func countCell(_ start: Int, _ end: Int) {
    let last = tables.count - 1
    guard tables[last].rowIsPlain else { return }
    var bytes = 0
    for index in start..<end where input[index] > 32 || (index > start && input[index - 1] > 32) {
      bytes += 1
    }
    tables[last].cellBytes += bytes
    if tables[last].cellBytes > Self.longestCell { tables[last].rowIsPlain = false }
  }
}
