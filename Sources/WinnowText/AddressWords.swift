/// Words in the paths of addresses: `lexicon/addresses.words`.
package enum AddressWords {
  /// The sections of the file, in order, with their words.
  package static let sections: [(name: String, words: [String])] = {
    var sections: [(name: String, words: [String])] = []
    let text = String(decoding: WinnowData.bytes(named: "addresses.words"), as: UTF8.self)
    for line in text.split(whereSeparator: \.isNewline) where line.first != "#" {
      if line.first == "[" {
        sections.append((String(line.dropFirst().prefix { $0 != "]" }), []))
      } else if !sections.isEmpty {
        sections[sections.count - 1].words += line.split(separator: " ").map(String.init)
      }
    }
    return sections
  }()

  /// The words of a section; empty when there is none.
  package static func words(_ section: String) -> [String] {
    sections.first { $0.name == section }?.words ?? []
  }
}
