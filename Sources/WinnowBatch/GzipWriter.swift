import CZlib

/// Deflates bytes into gzip members. The same bytes and the same ends of members give the same output.
package final class GzipWriter {
  // zlib keeps a pointer to the structure it was set up with, so the structure may not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool
  private let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
  /// Bytes that were put into the open member.
  package private(set) var memberLength = 0

  /// A writer with no member open.
  package init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = deflateInit2_(
      stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    isReady = status == Z_OK
  }

  deinit {
    if isReady { deflateEnd(stream) }
    stream.deallocate()
    piece.deallocate()
  }

  /// Whether zlib could be set up, which only fails without memory.
  package var isUsable: Bool { isReady }

  /// Deflates bytes into the open member, or into a new one.
  package func add(_ bytes: [UInt8], to output: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    memberLength += bytes.count
    var bytes = bytes
    bytes.withUnsafeMutableBufferPointer { deflate($0, Z_NO_FLUSH, to: &output) }
  }

  /// Closes the open member; does nothing when there is none.
  package func endMember(into output: inout [UInt8]) {
    guard memberLength > 0 else { return }
    deflate(UnsafeMutableBufferPointer(start: nil, count: 0), Z_FINISH, to: &output)
    deflateReset(stream)
    memberLength = 0
  }

  /// A member without bytes.
  package static let emptyMember: [UInt8] = {
    let writer = GzipWriter()
    var output: [UInt8] = []
    writer.deflate(UnsafeMutableBufferPointer(start: nil, count: 0), Z_FINISH, to: &output)
    return output
  }()

  /// Bytes as one member.
  package static func whole(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    let writer = GzipWriter()
    var output: [UInt8] = []
    writer.add(Array(bytes), to: &output)
    writer.endMember(into: &output)
    return output
  }

  private func deflate(
    _ input: UnsafeMutableBufferPointer<UInt8>, _ flush: Int32, to output: inout [UInt8]
  ) {
    guard isReady else { return }
    stream.pointee.next_in = input.baseAddress
    stream.pointee.avail_in = UInt32(clamping: input.count)
    repeat {
      stream.pointee.next_out = piece.baseAddress
      stream.pointee.avail_out = UInt32(clamping: piece.count)
      _ = CZlib.deflate(stream, flush)
      output += piece[..<(piece.count - Int(stream.pointee.avail_out))]
    } while stream.pointee.avail_out == 0
  }
}
