/// Classes of bytes, for code that scans UTF-8 without making characters of it.
///
/// Bytes of letters and signs beyond ASCII, 0x80 and more, belong to none of the classes.
extension UInt8 {
  /// `0` to `9`.
  @inlinable @inline(__always)
  package var isASCIIDigit: Bool { self &- 0x30 < 10 }

  /// `A` to `Z`.
  @inlinable @inline(__always)
  package var isASCIICapital: Bool { self &- 0x41 < 26 }

  /// `a` to `z`.
  @inlinable @inline(__always)
  package var isASCIISmall: Bool { self &- 0x61 < 26 }

  /// `A` to `Z` and `a` to `z`.
  @inlinable @inline(__always)
  package var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

  /// `A` to `Z`, `a` to `z` and `0` to `9`.
  @inlinable @inline(__always)
  package var isASCIILetterOrDigit: Bool { isASCIILetter || isASCIIDigit }

  /// A space, a tab, or one of the signs that end lines and pages.
  @inlinable @inline(__always)
  package var isASCIISpace: Bool { self == 0x20 || self &- 0x09 < 5 }

  /// The small letter of a capital; any other byte itself.
  @inlinable @inline(__always)
  package var asciiSmall: UInt8 { isASCIICapital ? self | 0x20 : self }
}
