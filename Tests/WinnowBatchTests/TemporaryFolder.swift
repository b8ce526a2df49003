import Testing

@testable import WinnowBatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder that is gone when the test is.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/winnow-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, mkdtemp(base) != nil else { return "/nonexistent" }
      return String(cString: base)
    }
  }

  deinit { TemporaryFolder.remove(path) }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, folders before it included.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) -> String {
    let parts = name.split(separator: "/")
    for count in 1..<max(parts.count, 1) {
      mkdir(self(parts.prefix(count).joined(separator: "/")), 0o755)
    }
    let file = fopen(self(name), "w")
    #expect(file != nil)
    guard let file else { return self(name) }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    return self(name)
  }

  @discardableResult
  func write(_ name: String, _ text: String) -> String { write(name, Array(text.utf8)) }

  @discardableResult
  func folder(_ name: String) -> String {
    mkdir(self(name), 0o755)
    return self(name)
  }

  @discardableResult
  func link(_ name: String, to target: String) -> String {
    symlink(target, self(name))
    return self(name)
  }

  func contents(_ name: String) -> [UInt8]? {
    guard let file = fopen(self(name), "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while true {
      let byte = getc(file)
      if byte == EOF { return bytes }
      bytes.append(UInt8(byte))
    }
  }

  /// All entries of the folder, hidden ones too.
  var names: [String] { TemporaryFolder.names(path) }

  /// All entries of a folder, hidden ones too.
  static func names(_ path: String) -> [String] {
    var names: [String] = []
    guard let handle = opendir(path) else { return [] }
    defer { closedir(handle) }
    while let entry = readdir(handle) {
      let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
      let name = String(
        cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self))
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func remove(_ path: String) {
    var status = stat()
    if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      for name in names(path) { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

/// Records in memory.
final class MemoryOutput: RecordOutput {
  private(set) var bytes: [UInt8] = []
  private let capacity: Int

  /// An output that is full after so many bytes.
  init(capacity: Int = .max) { self.capacity = capacity }

  func write(_ more: [UInt8]) throws(OutputError) {
    guard bytes.count + more.count <= capacity else {
      throw .failed(output: "memory", reason: "No space left on device")
    }
    bytes += more
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
  var lines: [Substring] { text.split(separator: "\n") }
}

/// gzip data made by hand: the library under test only inflates.
enum Gzip {
  private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]

  /// A member that stores its bytes as they are.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var data = header
    var rest = bytes[...]
    repeat {
      let piece = rest.prefix(0xFFFF)
      rest = rest.dropFirst(0xFFFF)
      let length = UInt16(piece.count)
      data += [rest.isEmpty ? 1 : 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      data += [UInt8(~length & 0xFF), UInt8(~length >> 8)] + piece
    } while !rest.isEmpty
    return data + littleEndian(crc(bytes)) + littleEndian(UInt32(truncatingIfNeeded: bytes.count))
  }

  static func stored(_ text: String) -> [UInt8] { stored(Array(text.utf8)) }

  /// A member that inflates to `count` times 258 zeros, in 13 bits each: a bomb. Its checksum is wrong,
  /// which nobody who keeps to a limit finds out.
  static func bomb(_ count: Int) -> [UInt8] {
    var data = header
    var bits: UInt32 = 0
    var bitCount: UInt32 = 0
    func add(_ value: UInt32, _ width: UInt32) {
      bits |= value << bitCount
      bitCount += width
      while bitCount >= 8 {
        data.append(UInt8(bits & 0xFF))
        bits >>= 8
        bitCount -= 8
      }
    }
    add(0b011, 3)  // last block, fixed Huffman codes
    add(0b0000_1100, 8)  // the literal 0
    for _ in 0..<count {
      add(0b1010_0011, 8)  // length 258
      add(0, 5)  // distance 1
    }
    add(0, 15)
    return data + [0, 0, 0, 0, 0, 0, 0, 0]
  }

  private static func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
