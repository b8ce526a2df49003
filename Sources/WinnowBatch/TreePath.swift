/// Names for files that hold a record each, in a tree that mirrors the inputs.
enum TreePath {
  /// The longest name that file systems take, in bytes.
  private static let longestName = 255
  /// Bytes that ``PartFile`` may add while a file is written.
  private static let reserve = 16

  /// The path of an item's file. Different inputs have different paths: nothing is cut from a name, the
  /// ending is added to it. A line or record is named by its number, in a folder named like its input.
  static func path(of place: InputPlace, ending: String) -> InputPath {
    var parts: [[UInt8]] = []
    for part in place.relative.bytes.split(separator: 0x2F) {
      if part.elementsEqual([0x2E]) { continue }
      // No path leads out of the tree.
      parts.append(part.elementsEqual([0x2E, 0x2E]) ? Array("__".utf8) : Array(part))
    }
    if parts.isEmpty { parts = [Array("page".utf8)] }
    if place.unit != .file { parts.append(Array("\(place.number)".utf8)) }
    let last = parts.removeLast()
    parts = parts.map { short($0, ending: "") } + [short(last, ending: ending)]
    return InputPath(bytes: Array(parts.joined(separator: [0x2F])))
  }

  private static func short(_ name: [UInt8], ending: String) -> [UInt8] {
    let room = longestName - reserve - ending.utf8.count
    guard name.count > room else { return name + Array(ending.utf8) }
    // Two long names that begin alike must not meet.
    let mark = "~" + String(NameHash.of(name), radix: 36)
    return Array(name.prefix(room - mark.utf8.count)) + Array((mark + ending).utf8)
  }
}

/// FNV-1a, 64 bits: tells lists of names apart.
enum NameHash {
  static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  static func of(_ bytes: some Sequence<UInt8>, after hash: UInt64 = start) -> UInt64 {
    var hash = hash
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}
