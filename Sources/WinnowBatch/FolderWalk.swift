#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The files under a folder, depth first, the entries of each folder in the order of their names' bytes.
///
/// Hidden entries (`.name`) are left out. Whatever cannot be read is an entry with an error. The walk keeps
/// the names of the folders it is in, and nothing of those it has left.
package struct FolderWalk {
  /// Something found.
  package enum Entry: Sendable, Equatable {
    /// A file and its size in bytes.
    case file(InputPath, size: Int)
    /// Something that cannot be read.
    case failed(InputPath, InputError)
  }

  private struct Frame {
    let path: InputPath
    let identity: FolderIdentity
    /// Names yet to come, the next one last.
    var names: [[UInt8]]
  }

  private var frames: [Frame] = []
  private var failed: Entry?
  private let own: OwnFiles

  /// A walk that begins at a folder.
  package init(_ folder: InputPath, _ identity: FolderIdentity, leavingOut own: OwnFiles = OwnFiles()) {
    self.own = own
    enter(folder, identity)
  }

  /// The next file, or what could not be read.
  package mutating func next() -> Entry? {
    while true {
      if let entry = failed {
        failed = nil
        return entry
      }
      guard let last = frames.indices.last else { return nil }
      guard let name = frames[last].names.popLast() else {
        frames.removeLast()
        continue
      }
      if own.contains(name, in: frames[last].identity) { continue }
      let path = frames[last].path.appending(name)
      do throws(InputError) {
        switch try PathKind.of(path) {
        case .file(let size): return .file(path, size: size)
        case .folder(let identity): enter(path, identity)
        // A pipe in a folder would wait for a writer for ever.
        case .stream, .other: return .failed(path, .notAFile)
        }
      } catch {
        return .failed(path, error)
      }
    }
  }

  private mutating func enter(_ path: InputPath, _ identity: FolderIdentity) {
    guard !frames.contains(where: { $0.identity == identity }) else {
      failed = .failed(path, .linkLoop)
      return
    }
    do throws(InputError) {
      frames.append(Frame(path: path, identity: identity, names: try FolderWalk.names(in: path).reversed()))
    } catch {
      failed = .failed(path, error)
    }
  }

  /// The names of a folder's entries that are not hidden, in the order of their bytes.
  ///
  /// - throws: ``InputError`` when the folder cannot be read to its end.
  package static func names(in folder: InputPath) throws(InputError) -> [[UInt8]] {
    guard let handle = folder.withCString({ opendir($0) }) else { throw .system(errno) }
    defer { closedir(handle) }
    let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(handle) else { break }
      let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: UInt8.self)
      // Hidden entries, and with them the folder itself and its parent.
      if start[0] == 0x2E { continue }
      names.append(Array(UnsafeBufferPointer(start: start, count: FolderWalk.length(start))))
    }
    guard errno == 0 else { throw .system(errno) }
    names.sort { $0.lexicographicallyPrecedes($1) }
    return names
  }

  private static func length(_ start: UnsafePointer<UInt8>) -> Int {
    var length = 0
    while start[length] != 0 { length += 1 }
    return length
  }
}
