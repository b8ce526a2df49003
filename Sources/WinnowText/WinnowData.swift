import CWinnowData

/// The data files that are part of the program.
package enum WinnowData {
  /// The bytes of a file by name, `de.phrases`; empty when there is none.
  package static func bytes(named name: String) -> UnsafeBufferPointer<UInt8> {
    for index in 0..<winnow_file_count() {
      let file = winnow_file_at(index)
      if String(cString: file.name) == name {
        return UnsafeBufferPointer(start: file.bytes, count: file.count)
      }
    }
    return UnsafeBufferPointer(start: nil, count: 0)
  }

  /// All file names that end so.
  package static func names(ending suffix: String) -> [String] {
    (0..<winnow_file_count()).map { String(cString: winnow_file_at($0).name) }
      .filter { $0.hasSuffix(suffix) }
  }
}
