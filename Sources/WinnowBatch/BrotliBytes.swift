import CBrotli

/// Unpacks Brotli data in memory (RFC 7932), as servers send pages.
enum BrotliBytes {
  /// The unpacked bytes. Data that break off give what there is; `nil` when they are damaged or nothing comes out.
  ///
  /// - throws: ``InputError/tooLarge(bytes:limit:)``.
  static func unpacked(_ bytes: ArraySlice<UInt8>, limit: Int) throws(InputError) -> [UInt8]? {
    guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else { return nil }
    defer { BrotliDecoderDestroyInstance(state) }
    let input = Array(bytes)
    var result: [UInt8] = []
    var status = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT
    let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
    defer { piece.deallocate() }
    input.withUnsafeBufferPointer { input in
      var next = input.baseAddress
      var rest = input.count
      while status == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT, result.count <= limit {
        var room = piece.count
        var end = piece.baseAddress
        status = BrotliDecoderDecompressStream(state, &rest, &next, &room, &end, nil)
        result += piece[..<(piece.count - room)]
      }
    }
    if result.count > limit { throw .tooLarge(bytes: nil, limit: limit) }
    return result.isEmpty || status == BROTLI_DECODER_RESULT_ERROR ? nil : result
  }
}
