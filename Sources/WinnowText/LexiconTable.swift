import WinnowCore

/// The program's own lexicon as it is once its files are read, folded and laid out: `phrases.table`.
///
/// Every start of the program would spend most of its time on that; the table is taken as it lies. It bears a
/// digest of the files that it was made of, so that an edited file is never overlooked: then the files themselves
/// are read, which gives the same lexicon, only later. `Scripts/phrases` writes the table, and a test holds it
/// against the files.
package enum LexiconTable {
  /// The table's file.
  package static let name = "phrases.table"

  /// Changes when the layout does; also tells machines that order bytes otherwise.
  private static let magic: UInt64 = 0x3454_5041_5257_4E57
  private static let headerWords = 8
  private static let entryBytes = 6
  private static let sections = PhraseSection.allCases

  /// Tells these files' bytes from others'.
  private static func digest(_ files: [(name: String, bytes: UnsafeBufferPointer<UInt8>)]) -> UInt64 {
    var hashes = (sections.map(\.rawValue) + files.map(\.name)).map { text in
      var text = text
      return text.withUTF8 { WordHashes.whole($0) }
    }
    hashes += files.map { WordHashes.whole($0.bytes) }
    return hashes.withUnsafeBytes { WordHashes.whole($0.bindMemory(to: UInt8.self)) }
  }

  // MARK: Writing

  /// The table of the program's own files; `nil` where a word would break its lines.
  package static func bytes() -> [UInt8]? { bytes(of: Lexicon.builtIn(with: [])) }

  /// The table of a lexicon that was made of the program's own files.
  static func bytes(of lexicon: Lexicon) -> [UInt8]? {
    guard let text = text(of: lexicon.lists) else { return nil }
    let (tree, openings) = (lexicon.tree, lexicon.openings.words)
    let header: [UInt64] = [
      magic, digest(Lexicon.ownFiles), UInt64(openings.count), UInt64(tree.nodes.count),
      UInt64(tree.labels.count), UInt64(tree.entries.count), UInt64(text.count),
      UInt64(tree.jumps.slots.count),
    ]
    var bytes: [UInt8] = []
    header.withUnsafeBytes { bytes += $0 }
    openings.withUnsafeBytes { bytes += $0 }
    bytes += UnsafeRawBufferPointer(tree.jumps.slots)
    bytes += UnsafeRawBufferPointer(tree.nodes)
    bytes += tree.firstBytes
    bytes += tree.labels
    for entry in tree.entries {
      bytes += [
        UInt8(sections.firstIndex(of: entry.section) ?? 0), entry.anchor.rawValue, entry.language,
        entry.leadingSlot.rawValue, entry.trailingSlot.rawValue, entry.countsInside ? 1 : 0,
      ]
    }
    return bytes + text
  }

  /// A line a list, a tab between two words.
  private static func text(of lists: LexiconLists) -> [UInt8]? {
    var lines = [lists.languages] + lists.functionWords.map(\.words)
    lines += [lists.nameJoins, lists.nameTails, lists.nameRoles, lists.nameHelpers]
    lines += Lexicon.wordSections.map { lists.words[$0] ?? [] }
    let isBroken = lines.joined().contains { word in
      word.isEmpty || word.utf8.contains { $0 == 0x09 || $0 == 0x0A }
    }
    guard !isBroken else { return nil }
    return Array(lines.map { $0.joined(separator: "\t") }.joined(separator: "\n").utf8)
  }

  // MARK: Reading

  /// The lexicon of a table that lies in memory for good; `nil` when it is not one of the program's own files.
  static func read(_ table: UnsafeBufferPointer<UInt8>) -> Lexicon? {
    let raw = UnsafeRawBufferPointer(table)
    guard let base = raw.baseAddress, Int(bitPattern: base) % MemoryLayout<UInt64>.alignment == 0,
      raw.count > headerWords * 8
    else { return nil }
    let header = (0..<headerWords).map { raw.load(fromByteOffset: $0 * 8, as: UInt64.self) }
    guard header[0] == magic, header[1] == digest(Lexicon.ownFiles) else { return nil }
    let counts = header[2...7].map { Int(truncatingIfNeeded: $0) }
    let starts = [
      headerWords * 8, counts[0] * 8, counts[5] * MemoryLayout<PhraseJumps.Slot>.stride,
      counts[1] * MemoryLayout<PhraseTrie.Node>.stride, counts[1], counts[2], counts[3] * entryBytes,
      counts[4],
    ].reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    guard starts.last == raw.count else { return nil }
    func part<Element>(_ index: Int, _ count: Int, of type: Element.Type) -> UnsafeBufferPointer<Element> {
      UnsafeBufferPointer(
        start: (base + starts[index]).bindMemory(to: Element.self, capacity: count), count: count)
    }
    guard let openings = PhraseOpenings(words: part(1, counts[0], of: UInt64.self)),
      let entries = entries(part(6, counts[3] * entryBytes, of: UInt8.self)),
      let lists = lists(part(7, counts[4], of: UInt8.self))
    else { return nil }
    let tree = PhraseTrie(
      nodes: part(3, counts[1], of: PhraseTrie.Node.self), firstBytes: part(4, counts[1], of: UInt8.self),
      labels: part(5, counts[2], of: UInt8.self), entries: entries,
      jumps: PhraseJumps(slots: part(2, counts[5], of: PhraseJumps.Slot.self)), isOwner: false)
    return Lexicon(lists: lists, tree: tree, openings: openings)
  }

  private static func entries(_ bytes: UnsafeBufferPointer<UInt8>) -> [Lexicon.Entry]? {
    var entries: [Lexicon.Entry] = []
    entries.reserveCapacity(bytes.count / entryBytes)
    let sections = sections
    for place in stride(from: 0, to: bytes.count, by: entryBytes) {
      guard Int(bytes[place]) < sections.count, let anchor = PhraseAnchor(rawValue: bytes[place + 1]),
        let leading = Phrase.Slot(rawValue: bytes[place + 3]),
        let trailing = Phrase.Slot(rawValue: bytes[place + 4])
      else { return nil }
      entries.append(
        Lexicon.Entry(
          section: sections[Int(bytes[place])], anchor: anchor, language: bytes[place + 2],
          leadingSlot: leading, trailingSlot: trailing, countsInside: bytes[place + 5] != 0))
    }
    return entries
  }

  private static func lists(_ text: UnsafeBufferPointer<UInt8>) -> LexiconLists? {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      line.split(separator: 0x09).map { String(decoding: $0, as: UTF8.self) }
    }[...]
    var lists = LexiconLists()
    lists.languages = lines.popFirst() ?? []
    guard lines.count == lists.languages.count + 4 + Lexicon.wordSections.count else { return nil }
    for language in lists.languages { lists.functionWords.append((language, lines.removeFirst())) }
    lists.nameJoins = lines.removeFirst()
    lists.nameTails = lines.removeFirst()
    lists.nameRoles = lines.removeFirst()
    lists.nameHelpers = lines.removeFirst()
    for section in Lexicon.wordSections { lists.words[section] = lines.removeFirst() }
    return lists
  }
}
