/// The bytes of a file or of standard input, a piece at a time; gzip and Zstandard data come out unpacked.
///
/// Not safe to use from two threads at once.
package final class ByteInput {
  /// Bytes of one piece.
  package static let pieceSize = RawInput.pieceSize

  private let raw: RawInput
  private var compressed: CompressedBytes?
  private var hasBegun = false

  /// The packed side: bytes that came out and were not yet consumed.
  private struct CompressedBytes {
    let packing: Packing
    let reader: any MemberReader
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: ByteInput.pieceSize)
    var start = 0
    var end = 0
    var isAtEnd = false
  }

  /// Opens a file.
  ///
  /// - throws: ``InputError`` when it cannot be opened.
  package convenience init(_ path: InputPath) throws(InputError) { self.init(try RawInput(path)) }

  /// Reads from a descriptor that somebody else opened and will close.
  package convenience init(descriptor: Int32) { self.init(RawInput(descriptor: descriptor)) }

  /// Reads what is yet to come of an input.
  package init(_ raw: RawInput) { self.raw = raw }

  deinit { compressed?.buffer.deallocate() }

  /// Bytes of the input, as stored, that were read so far.
  package var storedBytesRead: Int { raw.offset }

  /// Bytes that were read and not yet consumed.
  package var pending: UnsafeBufferPointer<UInt8> {
    guard let compressed else { return UnsafeBufferPointer(raw.pending) }
    return UnsafeBufferPointer(rebasing: compressed.buffer[compressed.start..<compressed.end])
  }

  /// Marks pending bytes as done with.
  package func consume(_ count: Int) {
    guard let side = compressed else { return raw.consume(count) }
    compressed?.start = min(side.start + count, side.end)
  }

  /// Makes sure that something is pending.
  ///
  /// - returns: false at the end of the input.
  package func fill() throws(InputError) -> Bool {
    try begin()
    guard let side = compressed else { return try raw.fill() }
    if side.start < side.end { return true }
    compressed?.start = 0
    compressed?.end = 0
    return try inflateMore()
  }

  /// Reads ahead, for looking at: until `isEnough` says so, the piece is full or the input ends.
  package func peek(until isEnough: (UnsafeBufferPointer<UInt8>) -> Bool) throws(InputError) {
    try begin()
    while !isEnough(pending) {
      if let side = compressed {
        guard side.end < side.buffer.count, try inflateMore() else { return }
      } else {
        guard raw.hasRoom, try raw.more() else { return }
      }
    }
  }

  /// The whole input.
  ///
  /// - throws: ``InputError/tooLarge(bytes:limit:)`` as soon as it is known to be longer than the limit.
  package func readAll(limit: Int) throws(InputError) -> [UInt8] {
    try begin()
    if let bytes = try wholeGzipFile(limit: limit) { return bytes }
    var bytes: [UInt8]
    if let whole = try wholePlainFile(limit: limit) {
      bytes = whole
    } else {
      bytes = try inflateAtOnce(limit: limit)
    }
    while try fill() {
      guard bytes.count + pending.count <= limit else { throw .tooLarge(bytes: nil, limit: limit) }
      bytes.append(contentsOf: pending)
      consume(pending.count)
    }
    return bytes
  }

  /// The bytes of a file that is not packed, as far as the file system says; `nil`, and nothing consumed, for all other
  /// inputs. A file that grows meanwhile has more.
  private func wholePlainFile(limit: Int) throws(InputError) -> [UInt8]? {
    guard compressed == nil, raw.offset == 0, let size = raw.fileSize, size > 0 else { return nil }
    guard size <= limit else { throw .tooLarge(bytes: size, limit: limit) }
    let bytes = try raw.wholeFile(size: size)
    try raw.seek(to: bytes.count)
    return bytes
  }

  /// Longest gzip file, as stored, that is taken into memory whole.
  private static let longestWhole = 16 << 20

  /// What a gzip file of one member inflates to; `nil`, and nothing consumed, for all other inputs.
  private func wholeGzipFile(limit: Int) throws(InputError) -> [UInt8]? {
    guard compressed?.packing == .gzip, raw.offset == 0, let stored = raw.fileSize,
      stored <= ByteInput.longestWhole
    else { return nil }
    let bytes = try raw.withWholeFile(size: stored) { GzipFile.inflated($0, limit: limit) }
    guard let bytes else { return nil }
    try raw.seek(to: stored)
    compressed?.isAtEnd = true
    return bytes
  }

  /// Inflates into the result itself what its likely size has room for: without the way through a piece's
  /// buffer zlib needs no window of its own and no byte is copied twice.
  private func inflateAtOnce(limit: Int) throws(InputError) -> [UInt8] {
    guard let side = compressed, side.start == side.end, let size = likelySize(side.packing, limit: limit)
    else {
      return []
    }
    var failure: InputError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { room, count in
      do throws(InputError) {
        while count < room.count {
          let rest = UnsafeMutableBufferPointer(rebasing: room[count...])
          let (used, written) = try side.reader.inflate(raw.pending, into: rest)
          raw.consume(used)
          count += written
          if used == 0, written == 0 {
            let hasMore = raw.pending.isEmpty ? try raw.more() : false
            guard hasMore else { return }
          }
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    guard bytes.count <= limit else { throw .tooLarge(bytes: nil, limit: limit) }
    return bytes
  }

  /// How much a file unpacks to: of gzip by its last four bytes if they are at hand. They may lie, so that it
  /// is no more than the pending bytes can hold, nor than shows that the limit is exceeded.
  private func likelySize(_ packing: Packing, limit: Int) -> Int? {
    guard let stored = raw.fileSize, raw.offset == 0, limit < Int.max else { return nil }
    let pending = raw.pending
    guard packing == .gzip, pending.count == stored, stored >= 18 else {
      return min(limit + 1, min(stored, limit) * 6)
    }
    var size = 0
    for place in 1...4 { size = size << 8 | Int(pending[stored - place]) }
    // A deflated byte stands for no more than 1032; one byte more shows that nothing follows.
    return min(size + 1, stored * 1032, limit + 1)
  }

  /// Steps over bytes.
  package func skip(_ count: Int) throws(InputError) {
    var rest = count
    while rest > 0, try fill() {
      let step = min(rest, pending.count)
      consume(step)
      rest -= step
    }
  }

  /// Reads the first bytes and looks whether they are packed.
  private func begin() throws(InputError) {
    guard !hasBegun else { return }
    hasBegun = true
    while raw.pending.count < Packing.markLength, try raw.more() {}
    guard let packing = Packing(raw.pending) else { return }
    compressed = CompressedBytes(packing: packing, reader: packing.reader())
  }

  /// Appends inflated bytes; false at the end.
  private func inflateMore() throws(InputError) -> Bool {
    guard var side = compressed, !side.isAtEnd else { return false }
    defer { compressed = side }
    let room = UnsafeMutableBufferPointer(rebasing: side.buffer[side.end...])
    while true {
      let (used, written) = try side.reader.inflate(raw.pending, into: room)
      raw.consume(used)
      side.end += written
      if written > 0 { return true }
      if used > 0 { continue }
      let hasMore = raw.pending.isEmpty ? try raw.more() : false
      if !hasMore {
        try side.reader.finish()
        side.isAtEnd = true
        return false
      }
    }
  }
}
