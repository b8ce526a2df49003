#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is being written under a name of its own, `NAME.partial`, and takes its name when it is whole.
final class PartFile {
  private let target: InputPath
  private let partial: InputPath
  private let name: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var isOpen = true
  /// Bytes of the file, those included that wait in memory.
  private(set) var length: Int

  /// Bytes that are gathered before they are given to the system.
  private static let bufferSize = 1 << 18

  /// The name under which a file is written.
  static func partial(of target: InputPath) -> InputPath {
    InputPath(bytes: target.bytes + Array(".partial".utf8))
  }

  /// Opens the file: empty, or with the `length` bytes that an earlier run left; with `takingBack` also
  /// where that run had given it its name already.
  ///
  /// - throws: ``OutputError`` when it cannot be created, when another run is writing it, or when fewer
  ///   bytes are there.
  init(_ path: String, keeping length: Int? = nil, takingBack: Bool = false) throws(OutputError) {
    name = path
    var status = stat()
    let given = InputPath(path)
    let exists = given.withCString { stat($0, &status) == 0 }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      throw .failed(output: path, reason: "it is there and is no file")
    }
    // A link keeps pointing where it does: the file behind it is replaced.
    target = exists ? PartFile.resolved(given) : given
    partial = PartFile.partial(of: target)
    self.length = length ?? 0
    let mode = exists ? status.st_mode & 0o777 : 0o666
    if takingBack { PartFile.takeBack(target, partial) }
    descriptor = partial.withCString { open($0, O_RDWR | O_CREAT | O_CLOEXEC, mode) }
    guard descriptor >= 0 else { throw .system(errno, path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      isOpen = false
      throw .failed(output: path, reason: "another run is writing it")
    }
    do throws(OutputError) {
      try cut(to: self.length)
    } catch {
      close(descriptor)
      isOpen = false
      throw error
    }
  }

  deinit { if isOpen { close(descriptor) } }

  /// A part that got its name after the last checkpoint becomes partial again.
  private static func takeBack(_ target: InputPath, _ partial: InputPath) {
    var status = stat()
    guard partial.withCString({ stat($0, &status) }) != 0 else { return }
    target.withCString { from in partial.withCString { to in _ = rename(from, to) } }
  }

  private func cut(to length: Int) throws(OutputError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(errno, name) }
    guard Int(status.st_size) >= length else {
      throw .failed(
        output: name,
        reason: "\(partial.text) has \(status.st_size) bytes and its journal says \(length); start over")
    }
    guard ftruncate(descriptor, off_t(length)) == 0, lseek(descriptor, off_t(length), SEEK_SET) >= 0 else {
      throw .system(errno, name)
    }
  }

  /// Adds bytes.
  func append(_ bytes: [UInt8]) throws(OutputError) {
    length += bytes.count
    buffer += bytes
    if buffer.count >= PartFile.bufferSize { try flush() }
  }

  private func flush() throws(OutputError) {
    guard !buffer.isEmpty else { return }
    try DescriptorOutput(descriptor: descriptor, name: name).write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Makes durable what was added.
  func synchronise() throws(OutputError) {
    try flush()
    // Some file systems find out only now that there is no room. Where a file cannot be synchronised, such
    // as on some network disks, there is nothing better to do.
    if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP { throw .system(errno, name) }
  }

  /// Gives the file its name.
  func publish() throws(OutputError) {
    guard isOpen else { return }
    try synchronise()
    guard partial.withCString({ from in target.withCString { to in rename(from, to) == 0 } }) else {
      throw .system(errno, name)
    }
    // The lock goes last: until here nobody else may begin.
    isOpen = false
    close(descriptor)
  }

  /// Lets go of the file as far as it has come.
  func suspend() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
  }

  /// Removes the file.
  func abandon() {
    guard isOpen else { return }
    partial.withCString { _ = unlink($0) }
    suspend()
  }

  /// Gives a file that is whole its name, where an earlier run did not come to it.
  static func publish(_ path: String) throws(OutputError) {
    let target = resolved(InputPath(path))
    let partial = partial(of: target)
    guard partial.withCString({ from in target.withCString { to in rename(from, to) == 0 } }) else {
      if errno == ENOENT, target.withCString({ access($0, F_OK) == 0 }) { return }
      throw .system(errno, path)
    }
  }

  static func resolved(_ path: InputPath) -> InputPath {
    guard let real = path.withCString({ realpath($0, nil) }) else { return path }
    defer { free(real) }
    return InputPath(String(cString: real))
  }
}
