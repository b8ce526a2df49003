internal import WinnowCore

/// The files that a run writes, so that it does not read them when they lie in a folder that is an input.
package struct OwnFiles: Sendable {
  /// A file that is written, with its folder.
  private struct Written {
    let folder: FolderIdentity
    let name: [UInt8]
    /// Whether names made from this one are the run's too: parts, partial files, the journal.
    let hasKin: Bool
  }

  private var written: [Written] = []

  /// None.
  package init() {}

  /// Those of a run into `output`: the files themselves, or all that a tree holds.
  package init(output: String?, isTree: Bool, errors: String?) {
    for (path, hasKin) in [(output, !isTree), (errors, false)] {
      guard let path else { continue }
      var bytes = Array(path.utf8)
      while bytes.count > 1, bytes.last == 0x2F { bytes.removeLast() }
      let whole = InputPath(bytes: bytes)
      let folder = whole.name.startIndex == 0 ? [0x2E] : Array(bytes[..<whole.name.startIndex])
      guard case .folder(let identity) = try? PathKind.of(InputPath(bytes: folder)) else { continue }
      written.append(Written(folder: identity, name: Array(whole.name), hasKin: hasKin))
      // The journal of a tree lies beside it.
      if isTree, path == output {
        written.append(
          Written(folder: identity, name: Array(whole.name) + Array(".journal".utf8), hasKin: false))
      }
    }
  }

  private static let kin = [".partial", ".journal", ".partial.lock", ".partial-journal"].map {
    Array($0.utf8)
  }

  /// Whether an entry of a folder is one of them.
  func contains(_ name: [UInt8], in folder: FolderIdentity) -> Bool {
    written.contains { file in
      guard file.folder == folder else { return false }
      if name == file.name { return true }
      guard file.hasKin else { return false }
      if OwnFiles.kin.contains(where: { name == file.name + $0 }) { return true }
      return OwnFiles.isPart(name, of: file.name)
    }
  }

  /// Whether a name is that of a numbered part, `records-00003.jsonl`, whole or partial.
  private static func isPart(_ name: [UInt8], of whole: [UInt8]) -> Bool {
    let dot = whole.dropFirst().firstIndex(of: 0x2E) ?? whole.endIndex
    guard name.starts(with: whole[..<dot]), name.count > dot, name[dot] == 0x2D else { return false }
    let digits = name[(dot + 1)...].prefix { $0.isASCIIDigit }
    guard digits.count >= 5 else { return false }
    let rest = name[digits.endIndex...]
    return rest.elementsEqual(whole[dot...])
      || rest.elementsEqual(Array(whole[dot...]) + Array(".partial".utf8))
  }
}
