package import WinnowCore

/// One line of a JSON Lines file: the page, and what came with it.
package struct JSONLine: Sendable {
  /// The line's own id, if it has one.
  package private(set) var id: String?
  /// The page's address.
  package private(set) var url: String?
  /// The character set the fetcher was told.
  package private(set) var charset: String?
  /// The members that are not ours, as an object, byte for byte; `nil` when there are none.
  package private(set) var input: [UInt8]?
  /// HTML or flat text.
  package private(set) var form: Page.Form = .html
  /// The page's bytes.
  package private(set) var bytes: [UInt8] = []
  /// Why the line holds no page; id, address and other members are those that could be read.
  package private(set) var error: InputError?

  /// Reads a line. It has `html` or `text`, of which `html` is the page where both are strings, and perhaps
  /// `id` (a string or a number), `url` and `charset`, or whatever `fields` calls them.
  package init(_ line: [UInt8], fields: JSONFields = JSONFields()) {
    line.withUnsafeBufferPointer { read($0, fields) }
  }

  private mutating func read(_ line: UnsafeBufferPointer<UInt8>, _ fields: JSONFields) {
    let members: [JSONMember]
    do throws(JSONFault) {
      members = try JSONScanner.members(of: JSONLine.withoutMark(line))
    } catch {
      self.error = .brokenJSON(offset: error.offset, reason: error.reason)
      return
    }
    let line = JSONLine.withoutMark(line)
    let names = members.map { JSONScanner.unescaped(line[$0.key]) }
    func last(_ name: String) -> Int? {
      names.indices.last { names[$0].elementsEqual(name.utf8) && members[$0].kind != .null }
    }

    let html = last(fields.html)
    let text = last(fields.text)
    let page = html ?? text
    if let page {
      if members[page].kind == .string {
        form = html == nil ? .flatText : .html
        bytes = JSONScanner.unescaped(line[members[page].value])
      } else {
        error = .wrongMember(name: html == nil ? fields.text : fields.html, expected: "a string")
      }
    } else {
      error = .noPage(fields.html, fields.text)
    }
    if let index = last(fields.id) {
      switch members[index].kind {
      case .string: id = JSONLine.string(line, members[index])
      case .number: id = String(decoding: line[members[index].value], as: UTF8.self)
      default: error = .wrongMember(name: fields.id, expected: "a string or a number")
      }
    }
    for (name, member) in [(fields.url, \JSONLine.url), (fields.charset, \JSONLine.charset)] {
      guard let index = last(name) else { continue }
      if members[index].kind == .string {
        self[keyPath: member] = JSONLine.string(line, members[index])
      } else {
        error = .wrongMember(name: name, expected: "a string")
      }
    }
    var own = [fields.id, fields.url, fields.charset, html == nil ? fields.text : fields.html]
    if html == nil { own.append(fields.html) }
    let others = members.indices.filter { index in !own.contains { names[index].elementsEqual($0.utf8) } }
    input = JSONLine.object(line, others.map { members[$0] })
  }

  private static func string(_ line: UnsafeBufferPointer<UInt8>, _ member: JSONMember) -> String {
    String(decoding: JSONScanner.unescaped(line[member.value]), as: UTF8.self)
  }

  /// The members as an object. What is no UTF-8 would spoil the output and becomes U+FFFD.
  private static func object(_ line: UnsafeBufferPointer<UInt8>, _ members: [JSONMember]) -> [UInt8]? {
    guard !members.isEmpty else { return nil }
    var object: [UInt8] = [0x7B]
    for member in members {
      if object.count > 1 { object.append(0x2C) }
      object += line[member.key]
      object.append(0x3A)
      object += line[member.value]
    }
    object.append(0x7D)
    return Array(String(decoding: object, as: UTF8.self).utf8)
  }

  /// The line without a byte order mark, which the first line of a file may have.
  private static func withoutMark(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    line.starts(with: [0xEF, 0xBB, 0xBF]) ? UnsafeBufferPointer(rebasing: line.dropFirst(3)) : line
  }

  /// Whether nothing but white space stands on a line.
  static func isBlank(_ line: [UInt8]) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
  }
}
