/// Named numbers for every block of a page, one column a number.
///
/// Column after column, each padded to whole groups of rows: a forest tests one number of many rows at a
/// time.
package struct FeatureMatrix: Sendable {
  /// Rows that are tested at a time.
  package static let lanes = 16

  /// Rows.
  package let count: Int
  /// Columns.
  package let width: Int
  /// Numbers from one column's start to the next.
  package let stride: Int
  /// Column after column.
  package var values: [Float]

  /// Groups of ``lanes`` rows that hold so many.
  static func groups(of count: Int) -> Int { (count + lanes - 1) / lanes }

  /// Zeros.
  package init(count: Int, width: Int) {
    self.count = count
    self.width = width
    stride = FeatureMatrix.stride(of: count)
    values = Array(repeating: 0, count: stride * width)
  }

  /// Numbers that `write` writes, all those of the rows: it is given the first column's start and the stride.
  ///
  /// A page's matrix is hundreds of kilobytes; as zeros first it would go through memory twice.
  package init(count: Int, width: Int, _ write: (_ first: UnsafeMutablePointer<Float>, _ stride: Int) -> Void)
  {
    self.count = count
    self.width = width
    let stride = FeatureMatrix.stride(of: count)
    self.stride = stride
    values = Array(unsafeUninitializedCapacity: stride * width) { room, filled in
      guard let first = room.baseAddress else { return }
      for column in 0..<width {
        (first + column * stride + count).update(repeating: 0, count: stride - count)
      }
      write(first, stride)
      filled = stride * width
    }
  }

  /// An odd number of groups: with a power of two the columns of a row would crowd out each other from the few
  /// places of a processor's nearest memory that their addresses fit.
  private static func stride(of count: Int) -> Int { (groups(of: count) | 1) * lanes }

  /// One number.
  package subscript(row: Int, column: Int) -> Float {
    get { values[column * stride + row] }
    set { values[column * stride + row] = newValue }
  }

  /// Fills the columns from `column` on, each with one number for all rows.
  package mutating func fill(from column: Int, _ constants: [Float]) {
    for (offset, constant) in constants.enumerated() {
      let start = (column + offset) * stride
      for index in start..<start + count { values[index] = constant }
    }
  }
}

/// Takes columns by name, in the order in which they are first asked for.
///
/// The same walk writes the names once and the values of every page, so the two cannot differ. Two types and not
/// one that knows what it does: it would have to ask itself for each of a page's hundred thousand numbers.
protocol FeatureWriter {
  /// Takes the next column.
  mutating func put(_ name: @autoclosure () -> String, _ value: Float)
}

extension FeatureWriter {
  /// Takes the next column as 0 or 1.
  @inline(__always)
  mutating func put(_ name: @autoclosure () -> String, _ value: Bool) { put(name(), value ? 1 : 0) }
}

/// Collects the names of columns.
struct FeatureNames: FeatureWriter {
  /// Names of the columns.
  private(set) var names: [String] = []

  mutating func put(_ name: @autoclosure () -> String, _ value: Float) { names.append(name()) }
}

/// Writes one row of a matrix.
struct RowWriter: FeatureWriter {
  private var place: UnsafeMutablePointer<Float>
  private let stride: Int

  /// A writer of one row: `row` is its place in the first column, `stride` the way to the next.
  init(row: UnsafeMutablePointer<Float>, stride: Int) {
    place = row
    self.stride = stride
  }

  @inline(__always)
  mutating func put(_ name: @autoclosure () -> String, _ value: Float) {
    place.pointee = value
    place += stride
  }
}

/// Hands out whole columns by name, in the order in which they are first asked for.
///
/// For numbers that one loop over a column makes faster than a walk over the columns of each row.
struct ColumnWriter {
  /// Names of the columns; filled only while there is nothing to write to.
  private(set) var names: [String] = []
  private var column: UnsafeMutablePointer<Float>?
  private let stride: Int

  /// A writer that only collects names.
  init() {
    column = nil
    stride = 0
  }

  /// A writer of columns from `first` on, `stride` numbers from one to the next.
  init(first: UnsafeMutablePointer<Float>, stride: Int) {
    column = first
    self.stride = stride
  }

  /// Writes the next column: `fill` is given its first row.
  @inline(__always)
  mutating func put(_ name: @autoclosure () -> String, _ fill: (UnsafeMutablePointer<Float>) -> Void) {
    if let column {
      fill(column)
      self.column = column + stride
    } else {
      names.append(name())
    }
  }
}

/// ln(1 + x) for counts, from a table for small ones: logarithms differ between systems in the last bit,
/// and a model must decide alike everywhere.
@inline(__always)
func logCount(_ x: Float) -> Float {
  let value = max(0, x)
  // Piecewise linear between powers of two: monotone, exact in binary arithmetic, near enough to ln.
  let bits = (value + 1).bitPattern
  let exponent = Float(Int32(bits >> 23) - 127)
  let significand = Float(bitPattern: (bits & 0x7F_FFFF) | 0x3F80_0000)
  return (exponent + (significand - 1)) * 0.693_147_18
}
