/// Words in the paths of addresses: `lexicon/addresses.words`.
package enum AddressWords {
  /// The sections of the file, in order, with their words.
  package static let sections = WordFile.sections(of: "addresses.words")

  /// The words of a section; empty when there is none.
  package static func words(_ section: String) -> [String] {
    sections.first { $0.name == section }?.words ?? []
  }
}
