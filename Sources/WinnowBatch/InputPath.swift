internal import WinnowCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A path as the file system has it: bytes, which need not be UTF-8.
package struct InputPath: Sendable, Equatable {
  /// The path's bytes, without a closing NUL.
  package let bytes: [UInt8]

  /// A path from its bytes.
  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// A path from text.
  package init(_ text: String) { bytes = Array(text.utf8) }

  /// The path for people and records; bytes that are no UTF-8 become U+FFFD.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The path of an entry of this folder.
  package func appending(_ name: [UInt8]) -> InputPath {
    bytes.last == 0x2F ? InputPath(bytes: bytes + name) : InputPath(bytes: bytes + [0x2F] + name)
  }

  /// Calls `body` with the path as system calls want it.
  package func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    let terminated = bytes.map { CChar(bitPattern: $0) } + [0]
    return terminated.withUnsafeBufferPointer { buffer in
      // The buffer holds at least the NUL, so it has an address; the empty name is the safe other case.
      guard let base = buffer.baseAddress else { return "".withCString(body) }
      return body(base)
    }
  }

  /// The last component.
  package var name: ArraySlice<UInt8> {
    var end = bytes.endIndex
    while end > 1, bytes[end - 1] == 0x2F { end -= 1 }
    let start = bytes[..<end].lastIndex(of: 0x2F).map { $0 + 1 } ?? 0
    return bytes[start..<end]
  }

  /// The last component without `.gz` or `.zst`.
  package var inflatedName: ArraySlice<UInt8> {
    let name = name
    let ending = [".gz", ".zst"].first { InputPath.ends(name, with: $0) }
    return name.dropLast(ending?.utf8.count ?? 0)
  }

  /// Endings that say how a page is stored rather than which page it is.
  private static let pageEndings = [
    ".xhtml", ".html", ".htm", ".txt", ".text", ".md", ".jsonl", ".ndjson", ".warc",
  ]

  /// The id of a page that has none of its own: the file's name without endings such as `.html.gz`.
  package var recordID: String {
    let name = inflatedName
    if name.isEmpty { return text }
    for ending in InputPath.pageEndings + InputFormat.archiveEndings where InputPath.ends(name, with: ending)
    {
      return String(decoding: name.dropLast(ending.utf8.count), as: UTF8.self)
    }
    return String(decoding: name, as: UTF8.self)
  }

  /// Whether a name has this ending, letter case aside, and something before it.
  package static func ends(_ name: ArraySlice<UInt8>, with ending: String) -> Bool {
    guard name.count > ending.utf8.count else { return false }
    return zip(name.suffix(ending.utf8.count), ending.utf8).allSatisfy { byte, expected in
      byte.asciiSmall == expected
    }
  }
}

/// What the file system says of a path.
package enum PathKind: Sendable, Equatable {
  /// A file and its size in bytes.
  case file(size: Int)
  /// A folder, with what tells it from every other.
  case folder(FolderIdentity)
  /// A pipe or a terminal: readable, once, without a size.
  case stream
  /// A socket or the like.
  case other

  /// Looks a path up, links followed.
  ///
  /// - throws: ``InputError`` when there is nothing to be found.
  package static func of(_ path: InputPath) throws(InputError) -> PathKind {
    guard !path.bytes.contains(0) else { throw .notFound }
    var status = stat()
    let (failed, code) = path.withCString { (stat($0, &status) != 0, errno) }
    if failed {
      var link = stat()
      let linkExists = path.withCString { lstat($0, &link) == 0 }
      if code == ENOENT, linkExists { throw .danglingLink }
      throw .system(code)
    }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file(size: Int(status.st_size))
    case S_IFDIR:
      .folder(FolderIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)))
    case S_IFIFO, S_IFCHR: .stream
    default: .other
    }
  }
}

/// Tells a folder from every other, by whatever path it was reached.
package struct FolderIdentity: Sendable, Hashable {
  let device: UInt64
  let inode: UInt64
}
