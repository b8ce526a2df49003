/// A file of words in sections: `lexicon/*.words`.
package enum WordFile {
  /// The sections of an embedded file, in order, with their words.
  package static func sections(of file: String) -> [(name: String, words: [String])] {
    var sections: [(name: String, words: [String])] = []
    visit(WinnowData.bytes(named: file)) { line in
      switch line {
      case .section(let name): sections.append((String(decoding: name, as: UTF8.self), []))
      case .word(let word):
        if !sections.isEmpty {
          sections[sections.count - 1].words.append(String(decoding: word, as: UTF8.self))
        }
      }
    }
    return sections
  }

  /// The words of an embedded file's sections of one name.
  package static func words(of file: String, section: String) -> [String] {
    sections(of: file).filter { $0.name == section }.flatMap(\.words)
  }

  /// What stands in such a file, `name` between square brackets.
  enum Part {
    case section(UnsafeBufferPointer<UInt8>)
    case word(UnsafeBufferPointer<UInt8>)
  }

  /// Calls `body` for each section's name and each word of a file, in order, as bytes: the program reads such
  /// files at its start. Lines after `#` are comments.
  static func visit(_ file: UnsafeBufferPointer<UInt8>, _ body: (Part) -> Void) {
    for line in file.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      if line.first == UInt8(ascii: "#") { continue }
      if line.first == UInt8(ascii: "[") {
        let name = line.dropFirst().prefix { $0 != UInt8(ascii: "]") }
        body(.section(UnsafeBufferPointer(rebasing: name)))
        continue
      }
      for word in line.split(separator: 0x20) { body(.word(UnsafeBufferPointer(rebasing: word))) }
    }
  }
}
