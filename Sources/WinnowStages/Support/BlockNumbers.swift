import WinnowCore

extension Block {
  /// Whether two blocks that are equal but for their numbers have the same numbers too. Folding takes all numbers for
  /// one, so that rows of a table, "2 rooms | 3 men | 4 hours" and "3 rooms | 4 men | 6 hours", count as copies.
  func hasNumbers(of other: Block) -> Bool {
    utf8.lazy.filter(\.isASCIIDigit).elementsEqual(other.utf8.lazy.filter(\.isASCIIDigit))
  }

  /// A hash of the digits, in order.
  var numbersHash: UInt64 {
    utf8.reduce(0) { $1.isASCIIDigit ? ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 : $0 }
  }
}
