import ArgumentParser
import Winnow
import WinnowBatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is known of the terminal.
enum Terminal {
  /// Whether standard output is one.
  static var isOutput: Bool { isatty(1) == 1 }

  /// Characters of a block's text that fit on a line beside sign and role.
  static var textWidth: Int {
    var size = winsize()
    guard isOutput, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 50 else { return 100 }
    return Int(size.ws_col) - 20
  }

  /// Whether colors are wanted where nobody says: <https://no-color.org>.
  static var wantsColor: Bool {
    if let value = getenv("NO_COLOR"), value.pointee != 0 { return false }
    guard let name = getenv("TERM") else { return false }
    return String(cString: name) != "dumb"
  }
}

/// `--color`.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// The colors for an output.
  func colors(isTerminal: Bool) -> TerminalColors {
    switch self {
    case .always: .ansi256
    case .never: .none
    case .auto: isTerminal && Terminal.wantsColor ? .ansi256 : .none
    }
  }
}

/// Folders that a command writes.
enum OutputFolder {
  /// Whether there is a folder at a path.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes a folder and those above it.
  ///
  /// - throws: ``OutputError`` when it cannot be made.
  static func make(_ path: String) throws(OutputError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += part + "/"
      if mkdir(made, 0o777) != 0, errno != EEXIST {
        throw .failed(output: path, reason: String(cString: strerror(errno)))
      }
    }
  }
}
