/// A JSON object's own members by name, for small objects that this program wrote.
struct FlatObject {
  private let bytes: [UInt8]
  private let members: [(name: String, member: JSONMember)]

  /// - throws: ``JSONFault`` when the bytes are no JSON object.
  init(_ bytes: [UInt8]) throws(JSONFault) {
    self.bytes = bytes
    var failure: JSONFault?
    var found: [(name: String, member: JSONMember)] = []
    bytes.withUnsafeBufferPointer { buffer in
      do throws(JSONFault) {
        found = try JSONScanner.members(of: buffer).map { member in
          (String(decoding: JSONScanner.unescaped(buffer[member.key]), as: UTF8.self), member)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    members = found
  }

  /// The members' names, in order.
  var names: [String] { members.map(\.name) }

  /// A string member.
  func string(_ name: String) -> String? {
    guard let member = members.last(where: { $0.name == name })?.member, member.kind == .string else {
      return nil
    }
    return bytes.withUnsafeBufferPointer {
      String(decoding: JSONScanner.unescaped($0[member.value]), as: UTF8.self)
    }
  }

  /// A member that is a whole number.
  func number(_ name: String) -> Int? {
    guard let member = members.last(where: { $0.name == name })?.member, member.kind == .number else {
      return nil
    }
    return Int(String(decoding: bytes[member.value], as: UTF8.self))
  }

  /// A member that is true or false.
  func bool(_ name: String) -> Bool? {
    guard let member = members.last(where: { $0.name == name })?.member, member.kind == .bool else {
      return nil
    }
    return bytes[member.value.lowerBound] == 0x74
  }

  /// A member that is an object.
  func object(_ name: String) -> FlatObject? {
    guard let member = members.last(where: { $0.name == name })?.member, member.kind == .object else {
      return nil
    }
    return try? FlatObject(Array(bytes[member.value]))
  }
}
