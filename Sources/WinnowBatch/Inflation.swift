import CZlib

/// Inflates bytes in memory, up to a limit.
enum Inflation {
  /// What is around the deflated data, as zlib's window bits.
  enum Wrapping: Int32 {
    case gzip = 31
    case zlib = 15
    case raw = -15
  }

  /// The inflated bytes. Data that break off give what there is, as a browser would show it.
  ///
  /// - throws: ``InputError/tooLarge(bytes:limit:)``, ``InputError/brokenEncoding(_:)`` for damaged data.
  static func inflated(
    _ bytes: ArraySlice<UInt8>, _ wrapping: Wrapping, limit: Int
  ) throws(InputError) -> [UInt8] {
    guard let result = try attempt(bytes, wrapping, limit: limit) else {
      throw .brokenEncoding(wrapping == .gzip ? "gzip" : "deflate")
    }
    return result
  }

  /// The inflated bytes; `nil` when the data are damaged or nothing comes out.
  static func attempt(
    _ bytes: ArraySlice<UInt8>, _ wrapping: Wrapping, limit: Int
  ) throws(InputError) -> [UInt8]? {
    // zlib keeps a pointer to the structure it was set up with, so the structure may not move.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    guard
      inflateInit2_(stream, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(stream) }
    var input = Array(bytes)
    var result: [UInt8] = []
    var isTooLong = false
    var isDamaged = false
    let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
    defer { piece.deallocate() }
    input.withUnsafeMutableBufferPointer { input in
      stream.pointee.next_in = input.baseAddress
      stream.pointee.avail_in = UInt32(clamping: input.count)
      var status = Z_OK
      while status == Z_OK, !isTooLong {
        stream.pointee.next_out = piece.baseAddress
        stream.pointee.avail_out = UInt32(clamping: piece.count)
        status = inflate(stream, Z_NO_FLUSH)
        result += piece[..<(piece.count - Int(stream.pointee.avail_out))]
        isTooLong = result.count > limit
        isDamaged = status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR
        // A second member may follow.
        if status == Z_STREAM_END, wrapping == .gzip, stream.pointee.avail_in > 1,
          stream.pointee.next_in.pointee == 0x1F
        {
          status = inflateReset(stream)
        }
      }
    }
    if isTooLong { throw .tooLarge(bytes: nil, limit: limit) }
    return result.isEmpty || isDamaged ? nil : result
  }
}
