internal import WinnowBatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Keeps a second run from an output that a first one is writing. SQLite's own locks let both in, in turns.
///
/// The lock is a file beside the database: SQLite forgets its own locks on a file that somebody closes.
final class FileLock {
  private let descriptor: Int32
  private let path: String
  private var isHeld = true

  init(_ partial: String, for output: String) throws(OutputError) {
    path = partial + ".lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .failed(output: output, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      isHeld = false
      throw .failed(output: output, reason: "another run is writing it")
    }
  }

  deinit { release() }

  func release() {
    guard isHeld else { return }
    isHeld = false
    unlink(path)
    close(descriptor)
  }
}
