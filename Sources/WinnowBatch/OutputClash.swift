#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Finds outputs that would take the place of an input or of each other: the run would read its pages, and then
/// they would be gone.
package enum OutputClash {
  /// A file that is written, and the option that names it.
  package typealias Output = (option: String, path: String?)

  /// What is wrong, and what to do; `nil` when every output is a file of its own. Devices and pipes may be named
  /// as often as one likes.
  package static func problem(inputs: [String], outputs: [Output]) -> String? {
    var seen: [(option: String, file: Identity)] = []
    for output in outputs {
      guard let path = output.path, path != "-", let file = Identity(path) else { continue }
      if let input = inputs.first(where: { $0 != "-" && Identity($0) == file }) {
        return "\(output.option) \(path) would overwrite the input \(input); name another file."
      }
      if let other = seen.first(where: { $0.file == file }) {
        return "\(other.option) and \(output.option) name the same file, \(path); name two."
      }
      seen.append((output.option, file))
    }
    return nil
  }

  /// Which regular file a path stands for: the one that is there, else its name in its folder.
  private enum Identity: Equatable {
    case file(device: UInt64, number: UInt64)
    case name([UInt8], device: UInt64, folder: UInt64)

    /// `nil` for what is no regular file and cannot become one.
    init?(_ path: String) {
      let whole = InputPath(path)
      if let status = Identity.status(whole) {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        self = .file(
          device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino)
        )
        return
      }
      let start = whole.name.startIndex
      let folder = InputPath(bytes: start == 0 ? [0x2E] : Array(whole.bytes[..<start]))
      guard !whole.name.isEmpty, let status = Identity.status(folder) else { return nil }
      self = .name(
        Array(whole.name), device: UInt64(truncatingIfNeeded: status.st_dev),
        folder: UInt64(truncatingIfNeeded: status.st_ino))
    }

    private static func status(_ path: InputPath) -> stat? {
      var status = stat()
      return path.withCString { stat($0, &status) == 0 } ? status : nil
    }
  }
}
