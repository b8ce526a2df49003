/// Words in the paths of addresses: `lexicon/addresses.words`.
package enum AddressWords {
  /// The sections of the file, in order, with their words.
  package static let sections = WordFile.sections(of: "addresses.words")

  /// The words of a section; empty when there is none.
  package static func words(_ section: String) -> [String] {
    sections.first { $0.name == section }?.words ?? []
  }
}

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

/// Common given names of many languages, and common first characters of surnames: `lexicon/given-names.words`.
package enum GivenNames {
  private static let hashes: Set<UInt64> = Set(
    WordFile.sections(of: "given-names.words").flatMap { section in
      section.words.compactMap { word in
        var word = word
        return word.withUTF8 { WordHashes.of($0) }.first
      }
    })

  /// Whether a text's first word, by its hash, is a common given name, or starts a common surname.
  package static func contains(_ word: UInt64) -> Bool { hashes.contains(word) }
}
