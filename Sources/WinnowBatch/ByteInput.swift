#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of a file or of standard input, a piece at a time; gzip data come out inflated.
///
/// Not safe to use from two threads at once.
package final class ByteInput {
  /// Bytes of one piece.
  package static let pieceSize = 1 << 16

  private let descriptor: Int32
  private let closesDescriptor: Bool
  /// The size that the file system gives, in bytes, for a regular file; inflated it may be more.
  private let fileSize: Int?
  private let output = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: ByteInput.pieceSize)
  private var start = 0
  private var end = 0
  private var compressed: CompressedBytes?
  private var hasBegun = false
  /// A terminal would ask for more after its end.
  private var isAtEnd = false

  /// The gzip side: bytes as read, not yet inflated.
  private struct CompressedBytes {
    let reader = GzipReader()
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: ByteInput.pieceSize)
    var start = 0
    var end = 0
    var isAtEnd = false
  }

  /// Opens a file.
  ///
  /// - throws: ``InputError`` when it cannot be opened.
  package init(_ path: InputPath) throws(InputError) {
    guard !path.bytes.contains(0) else { throw .notFound }
    descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw .system(errno) }
    closesDescriptor = true
    var status = stat()
    let isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    fileSize = isRegular ? Int(status.st_size) : nil
  }

  /// Reads from a descriptor that somebody else opened and will close.
  package init(descriptor: Int32) {
    self.descriptor = descriptor
    closesDescriptor = false
    fileSize = nil
  }

  deinit {
    if closesDescriptor { close(descriptor) }
    compressed?.buffer.deallocate()
    output.deallocate()
  }

  /// Bytes that were read and not yet consumed.
  package var pending: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: output[start..<end]) }

  /// Marks pending bytes as done with.
  package func consume(_ count: Int) { start = min(start + count, end) }

  /// Makes sure that something is pending.
  ///
  /// - returns: false at the end of the input.
  package func fill() throws(InputError) -> Bool {
    if start < end { return true }
    start = 0
    end = 0
    return try more()
  }

  /// Reads ahead, for looking at: until `isEnough` says so, the piece is full or the input ends.
  package func peek(until isEnough: (UnsafeBufferPointer<UInt8>) -> Bool) throws(InputError) {
    while end < output.count, !isEnough(pending) {
      guard try more() else { return }
    }
  }

  /// The whole input.
  ///
  /// - throws: ``InputError/tooLarge(bytes:limit:)`` as soon as it is known to be longer than the limit.
  package func readAll(limit: Int) throws(InputError) -> [UInt8] {
    var bytes: [UInt8] = []
    while try fill() {
      if bytes.isEmpty, compressed == nil, let fileSize {
        guard fileSize <= limit else { throw .tooLarge(bytes: fileSize, limit: limit) }
        bytes.reserveCapacity(fileSize)
      }
      guard bytes.count + pending.count <= limit else { throw .tooLarge(bytes: nil, limit: limit) }
      bytes.append(contentsOf: pending)
      consume(pending.count)
    }
    return bytes
  }

  /// Appends a piece to the pending bytes, which must not fill the buffer.
  private func more() throws(InputError) -> Bool {
    guard !isAtEnd else { return false }
    if !hasBegun {
      hasBegun = true
      try begin()
      if start < end { return true }
    }
    let room = UnsafeMutableBufferPointer(rebasing: output[end...])
    let count = compressed == nil ? try read(into: room) : try inflate(into: room)
    end += count
    isAtEnd = count == 0
    return count > 0
  }

  /// Reads the first bytes and looks whether they are gzip data.
  private func begin() throws(InputError) {
    while end < 2 {
      let count = try read(into: UnsafeMutableBufferPointer(rebasing: output[end...]))
      if count == 0 { break }
      end += count
    }
    guard end >= 2, output[0] == 0x1F, output[1] == 0x8B else { return }
    var side = CompressedBytes()
    for index in 0..<end { side.buffer[index] = output[index] }
    side.end = end
    compressed = side
    end = 0
  }

  private func inflate(into room: UnsafeMutableBufferPointer<UInt8>) throws(InputError) -> Int {
    guard var side = compressed else { return 0 }
    defer { compressed = side }
    while true {
      let input = UnsafeMutableBufferPointer(rebasing: side.buffer[side.start..<side.end])
      let (used, written) = try side.reader.inflate(input, into: room)
      side.start += used
      if written > 0 { return written }
      if used > 0 { continue }
      if side.isAtEnd || side.start < side.end {
        try side.reader.finish()
        return 0
      }
      side.start = 0
      side.end = try read(into: side.buffer)
      side.isAtEnd = side.end == 0
    }
  }

  private func read(into room: UnsafeMutableBufferPointer<UInt8>) throws(InputError) -> Int {
    while true {
      let count = systemRead(descriptor, room.baseAddress, room.count)
      if count >= 0 { return count }
      let code = errno
      if code != EINTR { throw .system(code) }
    }
  }
}

/// `read(2)` by a name that the methods above do not hide.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
