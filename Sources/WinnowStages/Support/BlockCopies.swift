import WinnowCore

/// What copies of one text have in common. Folding takes all numbers for one, so that rows of a table, "2 rooms | 3 men |
/// 4 hours" and "3 rooms | 4 men | 6 hours", count as copies in ``BlockMeasures``; by this they are none.
struct CopyKey: Hashable {
  private let fold: UInt64
  private let digits: [UInt8]

  init(_ block: Block) {
    fold = block.measures.fold
    digits = Array(block.digits)
  }
}

extension Block {
  /// The digits of the text, in order.
  fileprivate var digits: some Sequence<UInt8> { utf8.lazy.filter(\.isASCIIDigit) }

  /// Whether two blocks that are equal but for their numbers have the same numbers too.
  func hasNumbers(of other: Block) -> Bool { digits.elementsEqual(other.digits) }
}
