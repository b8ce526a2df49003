/// A file of words in sections: `lexicon/*.words`.
package enum WordFile {
  /// The sections of an embedded file, in order, with their words.
  package static func sections(of file: String) -> [(name: String, words: [String])] {
    var sections: [(name: String, words: [String])] = []
    let text = String(decoding: WinnowData.bytes(named: file), as: UTF8.self)
    for line in text.split(whereSeparator: \.isNewline) where line.first != "#" {
      if line.first == "[" {
        sections.append((String(line.dropFirst().prefix { $0 != "]" }), []))
      } else if !sections.isEmpty {
        sections[sections.count - 1].words += line.split(separator: " ").map(String.init)
      }
    }
    return sections
  }
}
