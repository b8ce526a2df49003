import CDeflate

/// Inflates a gzip file that lies in memory whole.
///
/// libdeflate takes half of zlib's time, because it needs no window and never stops in the middle; in turn
/// it must know how much comes out. It reads the plain case only: one undamaged member that says its own
/// size. Everything else, and all that is to be said about damage, is ``GzipReader``'s.
enum GzipFile {
  /// The least bytes of a gzip file: a header and what stands after the data.
  private static let shortest = 18

  /// What a member's deflated bytes can stand for at most, each.
  private static let mostExpansion = 1032

  /// The bytes of a file of one member; `nil` when it is none such, is damaged, or would give more than
  /// `limit` bytes.
  static func inflated(_ file: UnsafeBufferPointer<UInt8>, limit: Int) -> [UInt8]? {
    guard file.count >= shortest, file[0] == 0x1F, file[1] == 0x8B else { return nil }
    // The size stands in the last four bytes, the lowest first. It may lie, so that it is trusted no
    // further than the file's own length allows.
    let size = file.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard size > 0, size <= limit, size <= file.count * mostExpansion else { return nil }
    guard let decompressor = libdeflate_alloc_decompressor() else { return nil }
    defer { libdeflate_free_decompressor(decompressor) }
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { room, count in
      var used = 0
      let result = libdeflate_gzip_decompress_ex(
        decompressor, file.baseAddress, file.count, room.baseAddress, size, &used, &count)
      isWhole = result == LIBDEFLATE_SUCCESS && used == file.count && count == size
      if !isWhole { count = 0 }
    }
    return isWhole ? bytes : nil
  }
}
