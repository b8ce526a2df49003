import CWinnowData

/// The data files that are part of the program.
package enum WinnowData {
  /// The bytes of a file by name, `de.phrases`; empty when there is none.
  package static func bytes(named name: String) -> UnsafeBufferPointer<UInt8> {
    files(ending: name).first { $0.name == name }?.bytes ?? UnsafeBufferPointer(start: nil, count: 0)
  }

  /// All file names that end so.
  package static func names(ending suffix: String) -> [String] { files(ending: suffix).map(\.name) }

  /// All files whose names end so.
  package static func files(
    ending suffix: String
  ) -> [(name: String, bytes: UnsafeBufferPointer<UInt8>)] {
    (0..<winnow_file_count()).compactMap { index in
      let file = winnow_file_at(index)
      let name = String(cString: file.name)
      guard name.hasSuffix(suffix) else { return nil }
      return (name, UnsafeBufferPointer(start: file.bytes, count: file.count))
    }
  }
}
