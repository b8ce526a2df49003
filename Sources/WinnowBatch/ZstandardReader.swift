import CZstandard

/// Unpacks Zstandard data piece by piece, one frame after another (RFC 8878).
final class ZstandardReader: MemberReader {
  private let context: OpaquePointer?
  private var isBetweenFrames = false
  private(set) var inflated = 0

  /// The longest dictionary that an archive may bring, in bytes, packed or not.
  static let longestDictionary = 8 << 20

  init() { context = ZSTD_createDCtx() }

  deinit { ZSTD_freeDCtx(context) }

  /// Whether a frame starts here, one that is skipped included.
  static func isMark(_ bytes: UnsafeMutableBufferPointer<UInt8>, at index: Int) -> Bool {
    guard index + 4 <= bytes.count else { return false }
    if bytes[index] == 0x28 {
      return bytes[index + 1] == 0xB5 && bytes[index + 2] == 0x2F && bytes[index + 3] == 0xFD
    }
    return isSkipped(bytes, at: index)
  }

  /// Whether a frame starts here that holds something else than data.
  static func isSkipped(_ bytes: UnsafeMutableBufferPointer<UInt8>, at index: Int) -> Bool {
    index + 4 <= bytes.count && bytes[index] & 0xF0 == 0x50 && bytes[index + 1] == 0x2A
      && bytes[index + 2] == 0x4D && bytes[index + 3] == 0x18
  }

  var isAtMemberEnd: Bool { isBetweenFrames }

  func inflate(
    _ input: UnsafeMutableBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) throws(InputError) -> (used: Int, written: Int) {
    guard let context else { throw corrupt("zstd could not allocate its buffers") }
    // Within a frame there may be more to write though nothing is left to read.
    if isBetweenFrames, input.isEmpty { return (0, 0) }
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let rest = ZSTD_decompressStream(context, &target, &source)
    guard ZSTD_isError(rest) == 0 else { throw corrupt(String(cString: ZSTD_getErrorName(rest))) }
    inflated += target.pos
    if source.pos > 0 || target.pos > 0 { isBetweenFrames = rest == 0 }
    return (source.pos, target.pos)
  }

  func restart() {
    ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
    isBetweenFrames = false
    inflated = 0
  }

  func finish() throws(InputError) {
    guard isBetweenFrames else { throw .truncatedZstandard(inflated: inflated) }
  }

  /// Takes the dictionary that the frames to come were packed with; it may be packed itself.
  ///
  /// - throws: ``InputError`` when it cannot be taken.
  func load(dictionary: [UInt8]) throws(InputError) {
    var bytes = dictionary
    let isPacked = bytes.withUnsafeMutableBufferPointer { ZstandardReader.isMark($0, at: 0) }
    if isPacked {
      bytes = try ZstandardReader.unpacked(bytes[...], limit: ZstandardReader.longestDictionary) ?? []
    }
    let result = ZSTD_DCtx_loadDictionary(context, bytes, bytes.count)
    guard ZSTD_isError(result) == 0, !bytes.isEmpty else { throw corrupt("its dictionary is damaged") }
  }

  /// Packed bytes in memory, unpacked. Data that break off give what there is; `nil` when they are damaged or nothing
  /// comes out.
  ///
  /// - throws: ``InputError/tooLarge(bytes:limit:)``.
  static func unpacked(_ bytes: ArraySlice<UInt8>, limit: Int) throws(InputError) -> [UInt8]? {
    let reader = ZstandardReader()
    var input = Array(bytes)
    var result: [UInt8] = []
    var isDamaged = false
    let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
    defer { piece.deallocate() }
    input.withUnsafeMutableBufferPointer { input in
      var place = 0
      while result.count <= limit {
        do throws(InputError) {
          let (used, written) = try reader.inflate(
            UnsafeMutableBufferPointer(rebasing: input[place...]), into: piece)
          if used == 0, written == 0 { return }
          place += used
          result += piece[..<written]
        } catch {
          isDamaged = true
          return
        }
      }
    }
    if result.count > limit { throw .tooLarge(bytes: nil, limit: limit) }
    return result.isEmpty || isDamaged ? nil : result
  }

  private func corrupt(_ reason: String) -> InputError {
    .corruptZstandard(reason: reason, inflated: inflated)
  }
}
