#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The file that `--errors` writes: a line an input that failed, in the order of the inputs. It is written
/// as the run goes, so that it can be followed.
package final class ErrorLog {
  private let descriptor: Int32
  private let output: DescriptorOutput
  private let name: String
  /// Bytes written.
  package private(set) var length: Int

  /// Opens the file, empty or with the `length` bytes that an earlier run left.
  ///
  /// - throws: ``OutputError`` when it cannot be written or has fewer bytes.
  package init(_ path: String, keeping length: Int = 0) throws(OutputError) {
    name = path
    self.length = length
    descriptor = InputPath(path).withCString { open($0, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666) }
    guard descriptor >= 0 else { throw .system(errno, path) }
    output = DescriptorOutput(descriptor: descriptor, name: path)
    var status = stat()
    // A pipe or device has no length to set.
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    guard Int(status.st_size) >= length else {
      throw .failed(output: path, reason: "it has \(status.st_size) bytes and the journal says \(length)")
    }
    guard ftruncate(descriptor, off_t(length)) == 0, lseek(descriptor, off_t(length), SEEK_SET) >= 0 else {
      throw .system(errno, path)
    }
  }

  deinit { close(descriptor) }

  /// Adds a line.
  package func write(_ line: [UInt8]) throws(OutputError) {
    try output.write(line)
    length += line.count
  }

  /// Makes durable what was added.
  package func synchronise() throws(OutputError) {
    if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP { throw .system(errno, name) }
  }
}
