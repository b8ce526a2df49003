#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of a file or of standard input as they are stored, a piece at a time.
///
/// Not safe to use from two threads at once.
package final class RawInput {
  /// Bytes of one piece.
  package static let pieceSize = 1 << 16

  private let descriptor: Int32
  private let closesDescriptor: Bool
  /// The size that the file system gives, in bytes, for a regular file.
  package let fileSize: Int?
  private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: RawInput.pieceSize)
  private var start = 0
  private var end = 0
  /// A terminal would ask for more after its end.
  private var isAtEnd = false
  /// Where the pending bytes start, in bytes from the beginning of the input.
  package private(set) var offset = 0

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
    buffer.deallocate()
  }

  /// Bytes that were read and not yet consumed.
  package var pending: UnsafeMutableBufferPointer<UInt8> {
    UnsafeMutableBufferPointer(rebasing: buffer[start..<end])
  }

  /// Whether ``more()`` has room.
  package var hasRoom: Bool { end - start < buffer.count }

  /// Marks pending bytes as done with.
  package func consume(_ count: Int) {
    let count = min(count, end - start)
    start += count
    offset += count
  }

  /// Makes sure that something is pending.
  ///
  /// - returns: false at the end of the input.
  package func fill() throws(InputError) -> Bool { start < end ? true : try more() }

  /// Appends a piece to the pending bytes, which must not fill the buffer.
  ///
  /// - returns: false at the end of the input.
  package func more() throws(InputError) -> Bool {
    guard !isAtEnd, hasRoom else { return false }
    if start == end {
      start = 0
      end = 0
    } else if end == buffer.count, let base = buffer.baseAddress {
      memmove(base, base + start, end - start)
      end -= start
      start = 0
    }
    let count = try read(into: UnsafeMutableBufferPointer(rebasing: buffer[end...]))
    end += count
    isAtEnd = count == 0
    return count > 0
  }

  /// Calls `body` with all bytes of a regular file of which nothing was consumed, and leaves what is pending
  /// as it is. A file that became shorter meanwhile gives what there is.
  package func withWholeFile<Result>(
    size: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) throws(InputError) -> Result {
    if pending.count >= size { return body(UnsafeBufferPointer(pending)) }
    return try wholeFile(size: size).withUnsafeBufferPointer(body)
  }

  /// The same bytes, as an array of their own: what is not pending yet goes there without a way through the piece.
  package func wholeFile(size: Int) throws(InputError) -> [UInt8] {
    var code: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { room, count in
      count = room.update(fromContentsOf: pending.prefix(size))
      while count < size {
        let read = pread(descriptor, room.baseAddress.map { $0 + count }, size - count, off_t(count))
        if read > 0 {
          count += read
        } else if read == 0 {
          return
        } else if errno != EINTR {
          code = errno
          return
        }
      }
    }
    if let code { throw .system(code) }
    return bytes
  }

  /// Whether ``seek(to:)`` can go back.
  package var isSeekable: Bool { fileSize != nil }

  /// Goes to a place in the file; where that is not possible, only forward, by reading.
  package func seek(to place: Int) throws(InputError) {
    if place >= offset, place <= offset + (end - start) { return consume(place - offset) }
    if isSeekable {
      guard lseek(descriptor, off_t(place), SEEK_SET) >= 0 else { throw .system(errno) }
      start = 0
      end = 0
      offset = place
      isAtEnd = false
      return
    }
    while offset < place, try fill() { consume(min(place - offset, end - start)) }
  }

  private func read(into room: UnsafeMutableBufferPointer<UInt8>) throws(InputError) -> Int {
    while true {
      // A pipe may be silent for ever; the wish to stop must not wait for it.
      if fileSize == nil, !Interruption.waitUntilReadable(descriptor) { return 0 }
      let count = systemRead(descriptor, room.baseAddress, room.count)
      if count >= 0 { return count }
      let code = errno
      if code != EINTR, code != EAGAIN { throw .system(code) }
    }
  }
}

/// `read(2)` by a name that the methods above do not hide.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
