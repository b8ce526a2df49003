#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Lines of an input, one at a time, without ever holding more than one.
///
/// A line ends with a line feed; what stands before it, a carriage return too, belongs to the line. A line
/// over the limit is skipped to its end and reported.
package final class LineReader {
  /// A line, or what stands in its place.
  package enum Line: Sendable, Equatable {
    /// The line without its line feed.
    case bytes([UInt8])
    /// The line cannot be had; the next one may.
    case failed(InputError)
    /// The input broke in this line; there is no next one.
    case broken(InputError)
  }

  private let input: ByteInput
  private let limit: Int
  private var isAtEnd = false
  /// The number of the line that ``next()`` gave last, counted from 1.
  package private(set) var number = 0
  /// Where that line starts, in bytes of the inflated input.
  package private(set) var offset = 0
  /// Bytes of that line, its line feed aside.
  package private(set) var length = 0
  private var following = 0

  /// A reader of lines up to `limit` bytes.
  package init(_ input: ByteInput, limit: Int) {
    self.input = input
    self.limit = limit
  }

  /// Bytes of the input, as stored, that were read so far.
  package var storedBytesRead: Int { input.storedBytesRead }

  /// The next line, empty ones too; `nil` after the last.
  package func next() -> Line? {
    guard !isAtEnd else { return nil }
    var line: [UInt8] = []
    offset = following
    length = 0
    var hasBegun = false
    do throws(InputError) {
      while try input.fill() {
        hasBegun = true
        let pending = input.pending
        let lineFeed = LineReader.lineFeed(in: pending)
        let piece = lineFeed ?? pending.count
        length += piece
        if length <= limit {
          line.append(contentsOf: pending[..<piece])
        } else {
          line = []
        }
        let step = lineFeed == nil ? piece : piece + 1
        following += step
        input.consume(step)
        if lineFeed != nil { break }
      }
    } catch {
      isAtEnd = true
      number += 1
      return .broken(error)
    }
    guard hasBegun else {
      isAtEnd = true
      return nil
    }
    number += 1
    return length <= limit ? .bytes(line) : .failed(.tooLarge(bytes: length, limit: limit))
  }

  private static func lineFeed(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let start = bytes.baseAddress, let found = memchr(start, 0x0A, bytes.count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(start)
  }
}
