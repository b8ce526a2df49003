import CZlib

/// Inflates gzip data piece by piece, one member after another.
final class GzipReader: MemberReader {
  // zlib keeps a pointer to the structure it was set up with, so the structure may not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool
  private var isBetweenMembers = false
  private var isAtEnd = false
  private(set) var inflated = 0

  /// 15 bits of window, and gzip's header and checksum around it.
  private static let windowBits: Int32 = 15 + 16

  /// A reader that has seen nothing yet.
  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    isReady =
      inflateInit2_(stream, GzipReader.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    if isReady { inflateEnd(stream) }
    stream.deallocate()
  }

  func inflate(
    _ input: UnsafeMutableBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) throws(InputError) -> (used: Int, written: Int) {
    guard isReady else { throw corrupt("zlib could not allocate its buffers") }
    if isAtEnd { return (try skipPadding(input), 0) }
    guard let start = input.baseAddress, !input.isEmpty else { return (0, 0) }
    if isBetweenMembers {
      guard start.pointee == 0x1F else {
        isAtEnd = true
        return (try skipPadding(input), 0)
      }
      inflateReset(stream)
      isBetweenMembers = false
    }
    stream.pointee.next_in = start
    stream.pointee.avail_in = UInt32(clamping: input.count)
    stream.pointee.next_out = output.baseAddress
    stream.pointee.avail_out = UInt32(clamping: output.count)
    let available = (input: stream.pointee.avail_in, output: stream.pointee.avail_out)
    let status = CZlib.inflate(stream, Z_NO_FLUSH)
    let used = Int(available.input - stream.pointee.avail_in)
    let written = Int(available.output - stream.pointee.avail_out)
    inflated += written
    switch status {
    case Z_STREAM_END: isBetweenMembers = true
    case Z_OK, Z_BUF_ERROR: break
    default: throw corrupt(stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(status)")
    }
    return (used, written)
  }

  var isAtMemberEnd: Bool { isBetweenMembers }

  func restart() {
    if isReady { inflateReset(stream) }
    isBetweenMembers = false
    isAtEnd = false
    inflated = 0
  }

  func finish() throws(InputError) {
    guard isBetweenMembers || isAtEnd else { throw .truncatedGzip(inflated: inflated) }
  }

  /// Zeros after the last member are padding, as tapes and some tools leave it; anything else is damage.
  private func skipPadding(_ input: UnsafeMutableBufferPointer<UInt8>) throws(InputError) -> Int {
    guard input.allSatisfy({ $0 == 0 }) else { throw corrupt("other bytes follow its end") }
    return input.count
  }

  private func corrupt(_ reason: String) -> InputError { .corruptGzip(reason: reason, inflated: inflated) }
}
