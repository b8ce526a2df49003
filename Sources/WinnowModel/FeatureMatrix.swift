/// Named numbers for every block of a page, one row a block.
package struct FeatureMatrix: Sendable {
  /// Rows.
  package let count: Int
  /// Numbers a row.
  package let width: Int
  /// Row after row.
  package var values: [Float]

  /// Zeros.
  package init(count: Int, width: Int) {
    self.count = count
    self.width = width
    values = Array(repeating: 0, count: count * width)
  }
}

/// Hands out columns by name, in the order in which they are first asked for.
///
/// The same walk writes the names once and the values of every page, so the two cannot differ.
struct FeatureWriter {
  /// Names of the columns; filled only while `isNaming`.
  private(set) var names: [String] = []
  private let isNaming: Bool
  private let values: UnsafeMutablePointer<Float>?
  private var next = 0

  /// A writer that only collects names.
  init() {
    isNaming = true
    values = nil
  }

  /// A writer into one row.
  init(row: UnsafeMutablePointer<Float>) {
    isNaming = false
    values = row
  }

  /// Writes the next column.
  @inline(__always)
  mutating func put(_ name: @autoclosure () -> String, _ value: Float) {
    if isNaming { names.append(name()) } else if let values { values[next] = value }
    next += 1
  }

  /// Writes the next column as 0 or 1.
  @inline(__always)
  mutating func put(_ name: @autoclosure () -> String, _ value: Bool) { put(name(), value ? 1 : 0) }
}

/// ln(1 + x) for counts, from a table for small ones: logarithms differ between systems in the last bit,
/// and a model must decide alike everywhere.
@inline(__always)
func logCount(_ x: Float) -> Float {
  let value = max(0, x)
  // Piecewise linear between powers of two: monotone, exact in binary arithmetic, near enough to ln.
  let shifted = value + 1
  let exponent = Float(Int(shifted.exponent))
  return (exponent + (shifted.significand - 1)) * 0.693_147_18
}
