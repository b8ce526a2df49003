/// How an input is packed, as its first bytes tell.
enum Packing: Sendable {
  case gzip
  case zstandard

  /// Bytes that are enough to tell.
  static let markLength = 4

  /// How bytes that start so are packed; `nil` when they are not.
  init?(_ start: UnsafeMutableBufferPointer<UInt8>) {
    if start.count >= 2, start[0] == 0x1F, start[1] == 0x8B {
      self = .gzip
    } else if start.count >= Packing.markLength, ZstandardReader.isMark(start, at: 0) {
      self = .zstandard
    } else {
      return nil
    }
  }

  /// A reader that has seen nothing yet.
  func reader() -> any MemberReader {
    switch self {
    case .gzip: GzipReader()
    case .zstandard: ZstandardReader()
    }
  }

  /// What packed bytes begin with when they are unpacked, at most `limit` bytes; damage ends it.
  func opening(of bytes: UnsafeMutableBufferPointer<UInt8>, limit: Int) -> [UInt8] {
    let reader = reader()
    return [UInt8](unsafeUninitializedCapacity: limit) { room, count in
      var place = 0
      do throws(InputError) {
        while count < limit {
          let (used, written) = try reader.inflate(
            UnsafeMutableBufferPointer(rebasing: bytes[place...]),
            into: UnsafeMutableBufferPointer(rebasing: room[count...]))
          place += used
          count += written
          if used == 0, written == 0 { return }
        }
      } catch {
        return
      }
    }
  }
}

/// Unpacks what comes in pieces: members of gzip, frames of Zstandard.
///
/// It never holds more than it is given, so what a small input may unpack to is the caller's limit to set.
protocol MemberReader: AnyObject {
  /// Bytes unpacked so far.
  var inflated: Int { get }
  /// Whether the last thing seen was the whole end of a member.
  var isAtMemberEnd: Bool { get }

  /// Unpacks some of `input` into `output`.
  ///
  /// - returns: how many bytes of `input` were used and how many of `output` were written. Both are 0 only
  ///   when more input is needed.
  /// - throws: ``InputError`` for damage.
  func inflate(
    _ input: UnsafeMutableBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) throws(InputError) -> (used: Int, written: Int)

  /// Forgets what was seen, so that a member may begin.
  func restart()

  /// Says that there is no more input.
  ///
  /// - throws: ``InputError`` when a member is not closed.
  func finish() throws(InputError)
}
