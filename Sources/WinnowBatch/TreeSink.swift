#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file a record, in a tree that mirrors the inputs. Each appears when it is whole.
package final class TreeSink: RecordSink {
  private let root: InputPath
  private var madeFolders: Set<[UInt8]> = []
  package private(set) var position: SinkPosition

  /// Folders that are remembered as made.
  private static let mostRemembered = 4096

  /// A tree below a folder, which is made if it is not there.
  ///
  /// - throws: ``OutputError`` when it cannot be made.
  package init(_ path: String, from position: SinkPosition? = nil) throws(OutputError) {
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == 0x2F { bytes.removeLast() }
    root = InputPath(bytes: bytes)
    self.position = position ?? SinkPosition()
    try makeFolders(root.bytes)
  }

  package var isAtBoundary: Bool { true }

  package func write(_ payload: Payload) throws(OutputError) {
    guard case .file(let name, let bytes) = payload else { return }
    let path = root.appending(name.bytes)
    if let slash = path.bytes.lastIndex(of: 0x2F) { try makeFolders(Array(path.bytes[..<slash])) }
    let partial = PartFile.partial(of: path)
    let descriptor = partial.withCString { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666) }
    guard descriptor >= 0 else { throw .system(errno, path.text) }
    do throws(OutputError) {
      try DescriptorOutput(descriptor: descriptor, name: path.text).write(bytes)
    } catch {
      close(descriptor)
      partial.withCString { _ = unlink($0) }
      throw error
    }
    guard close(descriptor) == 0 || errno == EINTR else { throw .system(errno, path.text) }
    guard partial.withCString({ from in path.withCString { to in rename(from, to) == 0 } }) else {
      let code = errno
      partial.withCString { _ = unlink($0) }
      throw .system(code, path.text)
    }
    position.records += 1
    position.total += 1
  }

  private func makeFolders(_ path: [UInt8]) throws(OutputError) {
    guard !path.isEmpty, !madeFolders.contains(path) else { return }
    if madeFolders.count >= TreeSink.mostRemembered { madeFolders = [] }
    let folder = InputPath(bytes: path)
    if folder.withCString({ mkdir($0, 0o777) }) != 0 {
      switch errno {
      case ENOENT:
        guard let slash = path.lastIndex(of: 0x2F), slash > 0 else { throw .system(ENOENT, folder.text) }
        try makeFolders(Array(path[..<slash]))
        guard folder.withCString({ mkdir($0, 0o777) }) == 0 || errno == EEXIST else {
          throw .system(errno, folder.text)
        }
      case EEXIST:
        var status = stat()
        let isFolder = folder.withCString { stat($0, &status) == 0 } && status.st_mode & S_IFMT == S_IFDIR
        if !isFolder { throw .failed(output: folder.text, reason: "it is there and is no folder") }
      case let code: throw .system(code, folder.text)
      }
    }
    madeFolders.insert(path)
  }

  /// One call for all files: a call a file would cost more than cleaning the page.
  package func synchronise() { sync() }

  package func seal() {}
  package func publish() {}
  package func suspend() {}
  /// Whole files stay: each is a record of its own.
  package func abandon() {}
}
