import WinnowCore

/// One row of named numbers about a candidate.
///
/// The same walk writes the names once and the values of every candidate, so the two cannot differ.
struct FieldRow {
  /// Names of the columns, in order; filled only while naming.
  private(set) var names: [StaticString] = []
  /// The values, in the order of the names.
  private(set) var values: [Float] = []
  private let isNaming: Bool

  /// A row of `width` values, or with 0 one that collects names.
  init(width: Int) {
    isNaming = width == 0
    values.reserveCapacity(width)
  }

  /// Writes the next column.
  @inline(__always)
  mutating func put(_ name: StaticString, _ value: Float) {
    if isNaming { names.append(name) }
    values.append(value)
  }

  /// Writes the next column as 0 or 1.
  @inline(__always)
  mutating func put(_ name: StaticString, _ value: Bool) { put(name, value ? 1 : 0) }

  /// Writes the next column: a count, which beyond a limit says no more.
  @inline(__always)
  mutating func put(_ name: StaticString, _ value: Int, upTo limit: Int = 1 << 20) {
    put(name, Float(min(value, limit)))
  }
}
