import WinnowCore

/// What React's server components hand to a page in pieces: `self.__next_f.push([1,"…"])`, as Next.js writes them from
/// version 13 on.
///
/// The strings of all scripts together are rows, each with a number in hexadecimal: `5:{"title":"…"}` is JSON, and
/// `24:T1b7b,…` so many bytes of text, which JSON of other rows names as `"$24"`.
struct FlightData {
  private var rows: [JSONValue] = []
  private var texts: [String: String] = [:]

  private static let mark = Array("__next_f".utf8)
  /// How far into a script the mark stands, in bytes.
  private static let reach = 64

  /// Whether a script hands over a piece.
  static func isPiece(_ script: UnsafeBufferPointer<UInt8>) -> Bool {
    let head = UnsafeBufferPointer(rebasing: script.prefix(reach))
    guard head.count > mark.count else { return false }
    return (0...head.count - mark.count).contains { start in
      head[start] == mark[0] && head[start..<start + mark.count].elementsEqual(mark)
    }
  }

  /// The rows of JSON in the pieces of all scripts, the texts that they name in their places.
  static func values(of scripts: [[UInt8]]) -> [JSONValue] {
    var data = FlightData()
    data.read(scripts.flatMap(piece))
    guard !data.texts.isEmpty else { return data.rows }
    return data.rows.map { data.resolved($0, depth: 0) }
  }

  /// The text that a script hands over.
  private static func piece(_ script: [UInt8]) -> [UInt8] {
    guard script.withUnsafeBufferPointer(isPiece), let start = script.firstIndex(of: 0x28),
      // `(self.__next_f=self.__next_f||[]).push([0])` opens with a bracket too.
      let array = script[start...].firstIndex(of: 0x5B),
      case .array(let elements)? = JSONValue.documents(in: Array(script[array...])).first,
      elements.count == 2, elements[0] == .number("1"), case .string(let text) = elements[1]
    else { return [] }
    return Array(text.utf8)
  }

  private mutating func read(_ bytes: [UInt8]) {
    var place = 0
    while place < bytes.count {
      let colon = bytes[place...].prefix(16).firstIndex(of: 0x3A)
      if let colon, let (start, length) = Self.textLength(bytes[(colon + 1)...]) {
        let end = min(start + length, bytes.count)
        texts[String(decoding: bytes[place..<colon], as: UTF8.self)] = String(
          decoding: bytes[start..<end], as: UTF8.self)
        place = end
        continue
      }
      let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
      if let colon, colon + 1 < end, bytes[colon + 1] == 0x7B || bytes[colon + 1] == 0x5B {
        rows += JSONValue.documents(in: Array(bytes[(colon + 1)..<end])).prefix(1)
      }
      place = end + 1
    }
  }

  /// Of `T1b7b,…` where the text starts and how many bytes it has; `nil` for other rows.
  private static func textLength(_ row: ArraySlice<UInt8>) -> (start: Int, length: Int)? {
    guard row.first == 0x54, let comma = row.prefix(12).firstIndex(of: 0x2C),
      let length = Int(String(decoding: row[(row.startIndex + 1)..<comma], as: UTF8.self), radix: 16),
      length >= 0
    else { return nil }
    return (comma + 1, length)
  }

  private func resolved(_ value: JSONValue, depth: Int) -> JSONValue {
    guard depth < JSONValue.maximumDepth else { return value }
    switch value {
    case .string(let text) where text.utf8.first == 0x24 && text.utf8.count <= 9:
      return texts[String(text.dropFirst())].map { .string($0) } ?? value
    case .array(let elements): return .array(elements.map { resolved($0, depth: depth + 1) })
    case .object(let members):
      return .object(members.map { JSONValue.Member($0.name, resolved($0.value, depth: depth + 1)) })
    default: return value
    }
  }
}
