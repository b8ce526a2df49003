#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why records could not be written.
package enum OutputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Whoever read the output has gone; nothing is wrong with the run.
  case closed
  /// The output cannot be written: its name and the operating system's reason.
  case failed(output: String, reason: String)
  /// The run cannot go on from where an earlier one was: why, and what to do.
  case cannotResume(reason: String)

  /// What happened and what to do.
  package var description: String {
    switch self {
    case .closed: "the reader of the output has gone"
    case .failed(let output, let reason): "cannot write \(output): \(reason)"
    case .cannotResume(let reason): "cannot resume: \(reason)"
    }
  }

  /// The error of a failed system call on an output.
  static func system(_ code: Int32, _ output: String) -> OutputError {
    switch code {
    case EPIPE: .closed
    case ENOENT, ENOTDIR: .failed(output: output, reason: "its folder does not exist; make it first")
    case EACCES, EPERM, EROFS:
      .failed(
        output: output, reason: "\(String(cString: strerror(code))); choose a place that may be written")
    default: .failed(output: output, reason: String(cString: strerror(code)))
    }
  }
}

/// Where records go.
package protocol RecordOutput: AnyObject {
  /// Writes bytes; when it returns they are with the operating system.
  func write(_ bytes: [UInt8]) throws(OutputError)
}

/// Records into an open descriptor: standard output, a pipe, a device.
package final class DescriptorOutput: RecordOutput {
  private let descriptor: Int32
  private let name: String

  /// An output into a descriptor that somebody else closes.
  package init(descriptor: Int32 = 1, name: String = "standard output") {
    self.descriptor = descriptor
    self.name = name
  }

  package func write(_ bytes: [UInt8]) throws(OutputError) {
    let failure = bytes.withUnsafeBytes { writeAll($0) }
    if let failure { throw .system(failure, name) }
  }

  /// The `errno` of a failed write.
  private func writeAll(_ bytes: UnsafeRawBufferPointer) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
      if count >= 0 {
        rest = rest.dropFirst(count)
        continue
      }
      let code = errno
      if code == EAGAIN {
        // Somebody set the descriptor not to block: wait until there is room.
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wanted, 1, -1)
      } else if code != EINTR {
        return code
      }
    }
    return nil
  }
}

/// `write(2)` by a name that the methods above do not hide.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
