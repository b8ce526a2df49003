#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The inputs of a run by name, one after another: those given, patterns filled in, then those of a list.
package struct InputList {
  private var given: ArraySlice<String>
  private var matched: ArraySlice<InputPath> = []
  private let listName: String?
  private var list: LineReader?
  private var hasOpenedList = false

  /// The longest path in a list, in bytes.
  private static let longestPath = 1 << 16

  /// Something to read.
  package enum Entry: Equatable {
    /// A path, or a pattern that nothing matches.
    case path(InputPath)
    /// Standard input.
    case standardInput
    /// The list cannot be read: its name and why.
    case failed(InputPath, InputError)
  }

  /// Names as given, and then those that stand in the file `list`, one a line (`-` for standard input).
  package init(_ given: [String], list: String? = nil) {
    self.given = given[...]
    listName = list
  }

  /// The next input.
  package mutating func next() -> Entry? {
    if let path = matched.popFirst() { return .path(path) }
    if let name = given.popFirst() {
      if name == "-" { return .standardInput }
      let path = InputPath(name)
      guard InputList.isPattern(path), !InputList.exists(path) else { return .path(path) }
      matched = InputList.matches(path)[...]
      return .path(matched.popFirst() ?? path)
    }
    return nextOfList()
  }

  private mutating func nextOfList() -> Entry? {
    guard let listName else { return nil }
    let listPath = InputPath(listName == "-" ? PageSource.standardInputName : listName)
    if !hasOpenedList {
      hasOpenedList = true
      do throws(InputError) {
        let input = listName == "-" ? ByteInput(descriptor: 0) : try ByteInput(InputPath(listName))
        list = LineReader(input, limit: InputList.longestPath)
      } catch {
        return .failed(listPath, error)
      }
    }
    while let line = list?.next() {
      switch line {
      case .bytes(var bytes):
        if bytes.last == 0x0D { bytes.removeLast() }
        if bytes.isEmpty { continue }
        return .path(InputPath(bytes: bytes))
      case .failed(let error), .broken(let error): return .failed(listPath, error)
      }
    }
    return nil
  }

  private static func isPattern(_ path: InputPath) -> Bool {
    path.bytes.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }
  }

  private static func exists(_ path: InputPath) -> Bool {
    var status = stat()
    return path.withCString { lstat($0, &status) == 0 }
  }

  /// What a shell's pattern stands for, in the order of the bytes.
  private static func matches(_ pattern: InputPath) -> [InputPath] {
    var found = glob_t()
    defer { globfree(&found) }
    guard pattern.withCString({ glob($0, 0, nil, &found) }) == 0 else { return [] }
    var paths: [InputPath] = []
    for index in 0..<Int(found.gl_pathc) {
      guard let entry = found.gl_pathv?[index] else { continue }
      paths.append(
        InputPath(
          bytes: Array(UnsafeBufferPointer(start: entry, count: strlen(entry))).map {
            UInt8(bitPattern: $0)
          }))
    }
    return paths.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }
}
