import WinnowCore

/// A problem in a phrase file: where and what.
package struct PhraseFileError: Error, Sendable, Equatable, CustomStringConvertible {
  package let file: String
  package let line: Int
  package let problem: String

  package var description: String { "\(file):\(line): \(problem)" }
}

/// One line of a phrase file, taken apart.
package struct Phrase: Sendable, Equatable {
  /// What may stand before or after the words.
  package enum Slot: UInt8, Sendable {
    case none
    case name
    case date
  }

  package var section: PhraseSection
  package var anchor: PhraseAnchor
  /// Where the words stand in ``PhraseFile/text``.
  package var place: Range<Int>
  package var leadingSlot: Slot = .none
  package var trailingSlot: Slot = .none
}

extension Phrase {
  /// A word that folding leaves as it is, behind a space.
  private static let neighbour = Array(" x".utf8)

  /// Calls `body` with the phrase's words as folding finds them in a block.
  ///
  /// A block loses the signs at its edges, and with it a phrase. But what more of the block may follow keeps its last
  /// sign: without that of "photo -", each block would be a credit that starts with the word.
  func withFolded(
    _ words: UnsafeBufferPointer<UInt8>, by folder: inout Folder,
    _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    let isFollowed = anchor == .start || anchor == .within || trailingSlot != .none
    guard isFollowed, words.last?.isASCIILetterOrDigit == false else {
      folder.fold(words)
      return folder.withFolded { folded, _ in body(folded) }
    }
    (words + Self.neighbour).withUnsafeBufferPointer { folder.fold($0) }
    folder.withFolded { folded, _ in
      body(UnsafeBufferPointer(rebasing: folded.dropLast(Self.neighbour.count)))
    }
  }
}

/// The phrases of one language: `lexicon/<language>.phrases`.
///
/// Read as bytes, because every run of the program reads all files.
package struct PhraseFile: Sendable {
  package private(set) var language = ""
  package private(set) var phrases: [Phrase] = []
  /// The phrases' words as written, in UTF-8, one phrase after the other, slots cut off; a number slot is the
  /// digit 1, because folding makes all numbers equal.
  package private(set) var text: [UInt8] = []
  package private(set) var functionWords: [String] = []
  /// Words that join two names: "and".
  package private(set) var nameJoins: [String] = []
  /// Words that begin a place or outlet after a name: "in".
  package private(set) var nameTails: [String] = []
  /// Words that say what a person is, looked for in bylines only: "founder".
  package private(set) var nameRoles: [String] = []
  /// Words that stand before the names of people who helped: "reviewed", "photos".
  package private(set) var nameHelpers: [String] = []
  package private(set) var problems: [PhraseFileError] = []

  /// What lines stand under.
  private enum Heading {
    case nothing, unknown
    case phrases(PhraseSection)
    case functionWords, nameJoins, nameTails, nameRoles, nameHelpers
  }

  private typealias Bytes = UnsafeBufferPointer<UInt8>
  private static let sections: [String: PhraseSection] = Dictionary(
    uniqueKeysWithValues: PhraseSection.allCases.map { ($0.rawValue, $0) })

  /// The words of a phrase as written.
  package func words(of phrase: Phrase) -> ArraySlice<UInt8> { text[phrase.place] }

  /// Reads a file. What cannot be understood is left out and listed in ``problems``.
  package init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) {
    // A line of a phrase takes some twenty bytes.
    phrases.reserveCapacity(bytes.count / 16)
    text.reserveCapacity(bytes.count)
    var heading = Heading.nothing
    var number = 0
    var rest = bytes
    while !rest.isEmpty {
      let end = UTF8Bytes.firstIndex(of: 0x0A, in: rest) ?? rest.count
      number += 1
      let line = Self.trimmed(Bytes(rebasing: rest[..<end]))
      rest = Bytes(rebasing: rest.dropFirst(end + 1))
      guard let first = line.first, first != UInt8(ascii: "#") else { continue }
      if let problem = read(line, first, &heading) {
        problems.append(PhraseFileError(file: file, line: number, problem: problem))
      }
    }
    if language.isEmpty {
      problems.append(
        PhraseFileError(
          file: file, line: 1, problem: "no 'language' line; begin the file with one, such as 'language en'"))
    }
  }

  /// Takes in one line; what is wrong with it, if anything.
  private mutating func read(_ line: Bytes, _ first: UInt8, _ heading: inout Heading) -> String? {
    if first == UInt8(ascii: "[") {
      let name = String(decoding: line.dropFirst().prefix { $0 != UInt8(ascii: "]") }, as: UTF8.self)
      heading = Self.heading(name)
      guard case .unknown = heading else { return nil }
      let near = nearestName(to: name, in: PhraseSection.allCases.map(\.rawValue))
      return "there is no section '\(name)'" + (near.map { "; did you mean '\($0)'?" } ?? "")
    }
    switch heading {
    case .nothing:
      let text = String(decoding: line, as: UTF8.self)
      guard text.hasPrefix("language ") else {
        return "a phrase before the first section; put a section such as [related] above it"
      }
      language = String(text.dropFirst(9).filter { $0 != " " })
    case .unknown: break
    case .functionWords: functionWords += Self.words(line)
    case .nameJoins: nameJoins += Self.words(line)
    case .nameTails: nameTails += Self.words(line)
    case .nameRoles: nameRoles += Self.words(line)
    case .nameHelpers: nameHelpers += Self.words(line)
    case .phrases(let section): return readPhrase(line, first, section)
    }
    return nil
  }

  private static func heading(_ name: String) -> Heading {
    switch name {
    case "function-words": .functionWords
    case "name-joins": .nameJoins
    case "name-tails": .nameTails
    case "name-roles": .nameRoles
    case "name-helpers": .nameHelpers
    default: sections[name].map(Heading.phrases) ?? .unknown
    }
  }

  private mutating func readPhrase(_ line: Bytes, _ sign: UInt8, _ section: PhraseSection) -> String? {
    let anchor: PhraseAnchor
    switch sign {
    case UInt8(ascii: "="): anchor = .whole
    case UInt8(ascii: "^"): anchor = .start
    case UInt8(ascii: "$"): anchor = .end
    case UInt8(ascii: "~"): anchor = .within
    default: return "a phrase starts with one of = ^ $ ~"
    }
    var rest = Self.trimmed(Bytes(rebasing: line.dropFirst()))
    var phrase = Phrase(section: section, anchor: anchor, place: 0..<0)
    let start = text.count
    // Slots may touch the words in scripts without spaces: `記者<name>`.
    let hasSlots = UTF8Bytes.firstIndex(of: UInt8(ascii: "<"), in: rest) != nil
    if hasSlots {
      cut("<name>", .name, from: &rest, &phrase)
      cut("<date>", .date, from: &rest, &phrase)
    }
    guard !rest.isEmpty else { return "a phrase needs a word besides slots" }
    if hasSlots {
      guard appendWords(rest) else {
        text.removeLast(text.count - start)
        return "a slot stands first or last"
      }
    } else {
      text.append(contentsOf: rest)
    }
    phrase.place = start..<text.count
    phrases.append(phrase)
    return nil
  }

  /// Takes in words with number slots; `false` where another slot stands between them.
  private mutating func appendWords(_ words: Bytes) -> Bool {
    var index = 0
    while index < words.count {
      if words[index] == UInt8(ascii: "<") {
        if Self.matches(words, index, "<n>") {
          text.append(UInt8(ascii: "1"))
          index += 3
          continue
        }
        if Self.matches(words, index, "<name>") || Self.matches(words, index, "<date>") { return false }
      }
      text.append(words[index])
      index += 1
    }
    return true
  }

  /// Takes a slot off both ends of a phrase.
  private func cut(_ name: StaticString, _ slot: Phrase.Slot, from rest: inout Bytes, _ phrase: inout Phrase)
  {
    let length = name.utf8CodeUnitCount
    if Self.matches(rest, 0, name) {
      phrase.leadingSlot = slot
      rest = Self.trimmed(Bytes(rebasing: rest.dropFirst(length)))
    }
    if rest.count >= length, Self.matches(rest, rest.count - length, name) {
      phrase.trailingSlot = slot
      rest = Self.trimmed(Bytes(rebasing: rest.dropLast(length)))
    }
  }

  private static func matches(_ bytes: Bytes, _ index: Int, _ word: StaticString) -> Bool {
    guard index + word.utf8CodeUnitCount <= bytes.count else { return false }
    for offset in 0..<word.utf8CodeUnitCount where bytes[index + offset] != word.utf8Start[offset] {
      return false
    }
    return true
  }

  private static func words(_ line: Bytes) -> [String] {
    line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func trimmed(_ bytes: Bytes) -> Bytes {
    var start = 0
    var end = bytes.count
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x0D || bytes[end - 1] == 0x09 { end -= 1 }
    return Bytes(rebasing: bytes[start..<end])
  }
}
