#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that appears whole or not at all: the text goes to a hidden file beside it, which takes its name at
/// the end. Devices and pipes are written directly.
package final class OutputFile: RecordOutput {
  private let target: InputPath
  private let name: String
  /// `nil` when the target is written directly.
  private let partial: InputPath?
  private let descriptor: Int32
  private let output: DescriptorOutput
  private var isOpen = true

  /// Opens the output.
  ///
  /// - throws: ``OutputError`` when it cannot be created.
  package init(_ path: String) throws(OutputError) {
    name = path
    var status = stat()
    let given = InputPath(path)
    let exists = given.withCString { stat($0, &status) == 0 }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      partial = nil
      target = given
      descriptor = given.withCString { open($0, O_WRONLY | O_CLOEXEC) }
      guard descriptor >= 0 else { throw .system(errno, path) }
    } else {
      // A link keeps pointing where it does: the file behind it is replaced.
      target = exists ? OutputFile.resolved(given) : given
      let folder = InputPath(bytes: Array(target.bytes.prefix(target.name.startIndex)))
      let hidden = Array(".".utf8) + target.name + Array(".\(getpid()).partial".utf8)
      let path = InputPath(bytes: folder.bytes + hidden)
      partial = path
      let mode = exists ? status.st_mode & 0o777 : 0o666
      descriptor = path.withCString { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode) }
      guard descriptor >= 0 else { throw .system(errno, name) }
      PartialRemoval.willLeave(path)
    }
    output = DescriptorOutput(descriptor: descriptor, name: path)
  }

  deinit { abandon() }

  package func write(_ bytes: [UInt8]) throws(OutputError) { try output.write(bytes) }

  /// Gives the file its name.
  ///
  /// - throws: ``OutputError`` when the last bytes or the name cannot be written; then nothing is left.
  package func finish() throws(OutputError) {
    guard isOpen else { return }
    isOpen = false
    // Some file systems find out only now that there is no room.
    if close(descriptor) != 0, errno != EINTR {
      let code = errno
      remove()
      throw .system(code, name)
    }
    guard let partial else { return }
    let renamed = partial.withCString { from in target.withCString { to in rename(from, to) == 0 } }
    guard renamed else {
      let code = errno
      remove()
      throw .system(code, name)
    }
    PartialRemoval.nothingLeft()
  }

  /// Leaves nothing behind. Does nothing after ``finish()``.
  package func abandon() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
    remove()
  }

  private func remove() {
    if let partial { partial.withCString { _ = unlink($0) } }
    PartialRemoval.nothingLeft()
  }

  private static func resolved(_ path: InputPath) -> InputPath {
    guard let real = path.withCString({ realpath($0, nil) }) else { return path }
    defer { free(real) }
    return InputPath(String(cString: real))
  }
}

/// Removes the partial file when a signal ends the process.
private enum PartialRemoval {
  /// The path as a C string; a signal handler may do no more than read a pointer and unlink.
  nonisolated(unsafe) private static var path: UnsafeMutablePointer<CChar>?

  static func willLeave(_ partial: InputPath) {
    path = partial.withCString { strdup($0) }
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let previous = signal(number) { number in
        if let path = PartialRemoval.path { unlink(path) }
        signal(number, SIG_DFL)
        raise(number)
      }
      // What `nohup` or a shell told the process to ignore stays ignored.
      if unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
  }

  static func nothingLeft() {
    let old = path
    path = nil
    free(old)
  }
}
