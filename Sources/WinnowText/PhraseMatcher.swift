import WinnowCore

/// Finds the lexicon's phrases in one block at a time.
///
/// A class, since the lexicon has a dozen lists, and a copy of the value would count a reference to each.
package final class PhraseMatcher: Sendable {
  /// A phrase in a block.
  package struct Match: Sendable {
    package var hit: PhraseHit
    /// Index into ``Lexicon/languages``.
    package var language: UInt8
    /// Length of the phrase in folded bytes: long ones mean the same in any language.
    package var length: Int
  }

  private let lexicon: Lexicon
  /// Whether a phrase for whole blocks also counts inside one, as ``PhraseAnchor/within``.
  static func countsInside(_ phrase: Phrase) -> Bool {
    // A switch, because a set would hash the section's name, for each of some ten thousand phrases.
    switch phrase.section {
    case .engagement, .readingTime, .agency: phrase.anchor == .whole
    default: false
    }
  }

  /// A matcher over a lexicon.
  package init(_ lexicon: Lexicon) { self.lexicon = lexicon }

  /// Whether a short text is, as a whole, a phrase of one of these sections in any language.
  package func isPhrase(_ text: String, of sections: Set<PhraseSection>) -> Bool {
    var text = text
    var folder = Folder()
    var matches: [Match] = []
    text.withUTF8 { original in
      folder.fold(original)
      folder.withFolded { folded, offsets in
        match(folded, offsets: offsets, original: original, into: &matches)
      }
    }
    return matches.contains { $0.hit.anchor == .whole && sections.contains($0.hit.section) }
  }

  /// Whether a phrase can count with other text before it.
  static func mayStandInside(_ phrase: Phrase) -> Bool {
    switch phrase.anchor {
    case .start: phrase.leadingSlot != .none
    case .whole: phrase.leadingSlot != .none || countsInside(phrase)
    default: true
    }
  }

  /// Appends the phrases in a folded block.
  ///
  /// `offsets` gives for each folded byte the byte of `original` that it came from.
  package func match(
    _ folded: UnsafeBufferPointer<UInt8>, offsets: UnsafeBufferPointer<Int32>,
    original: UnsafeBufferPointer<UInt8>, into matches: inout [Match]
  ) {
    let count = folded.count
    guard count > 0, offsets.count >= count else { return }
    let textEnd = trimmedEnd(folded)
    var ahead = PhraseOpenings.WordAhead()
    var start = 0
    while start < count {
      guard canStart(folded, at: start) else {
        start += 1
        continue
      }
      let opening = lexicon.openings.look(folded, at: start, &ahead)
      if opening.mayOpen {
        walk(folded, from: start, textEnd: textEnd, offsets: offsets, original: original, into: &matches)
      }
      // Nothing starts inside a word.
      start = max(start + 1, opening.wordEnd)
    }
  }

  /// The same for a text whose words are known.
  func match(
    _ folded: UnsafeBufferPointer<UInt8>, words: UnsafeBufferPointer<FoldedWords.Run>,
    offsets: UnsafeBufferPointer<Int32>, original: UnsafeBufferPointer<UInt8>, into matches: inout [Match]
  ) {
    guard !folded.isEmpty, offsets.count >= folded.count else { return }
    let textEnd = trimmedEnd(folded)
    /// Some phrases begin with a sign, at the text's start or behind another.
    func walkSigns(_ start: Int, _ end: Int) {
      var place = start == 0 ? 0 : start + 1
      while place < end {
        if folded[place] != 0x20 {
          walk(folded, from: place, textEnd: textEnd, offsets: offsets, original: original, into: &matches)
        }
        place += 1
      }
    }
    var before = 0
    for index in words.indices {
      let word = words[index]
      let start = Int(word.start)
      if start - before > 1 || before == 0 { walkSigns(before, start) }
      before = Int(word.end)
      let next = index + 1 < words.count ? words[index + 1] : nil
      guard lexicon.openings.mayOpen(folded, word, next) else { continue }
      lexicon.tree.walk(folded, from: word) { position, entries in
        take(
          entries, folded, start..<position, textEnd: textEnd, offsets: offsets, original: original,
          into: &matches)
      }
    }
    walkSigns(before, folded.count)
  }

  private func walk(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, textEnd: Int,
    offsets: UnsafeBufferPointer<Int32>, original: UnsafeBufferPointer<UInt8>, into matches: inout [Match]
  ) {
    lexicon.tree.walk(bytes, from: start) { position, entries in
      take(
        entries, bytes, start..<position, textEnd: textEnd, offsets: offsets, original: original,
        into: &matches)
    }
  }

  /// Appends those of the phrases with the same words that may stand at a place.
  private func take(
    _ entries: UnsafeBufferPointer<Lexicon.Entry>, _ bytes: UnsafeBufferPointer<UInt8>, _ place: Range<Int>,
    textEnd: Int, offsets: UnsafeBufferPointer<Int32>, original: UnsafeBufferPointer<UInt8>,
    into matches: inout [Match]
  ) {
    let (start, position) = (place.lowerBound, place.upperBound)
    guard canEnd(bytes, at: position) else { return }
    let originalStart = Int(offsets[start])
    let originalEnd = position < offsets.count ? Int(offsets[position]) : original.count
    for entry in entries {
      var anchor = entry.anchor
      if !stands(entry, bytes, start, position, textEnd, original, originalStart, originalEnd) {
        // Several counters often share a line, and their numbers tell them from prose.
        guard entry.countsInside else { continue }
        anchor = .within
      }
      let hit = PhraseHit(
        section: entry.section, anchor: anchor,
        range: originalStart..<max(originalStart, originalEnd))
      matches.append(Match(hit: hit, language: entry.language, length: position - start))
    }
  }

  private func stands(
    _ entry: Lexicon.Entry, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ textEnd: Int,
    _ original: UnsafeBufferPointer<UInt8>, _ originalStart: Int, _ originalEnd: Int
  ) -> Bool {
    switch entry.leadingSlot {
    case .none:
      if entry.anchor == .whole || entry.anchor == .start, start != 0 { return false }
    case .name:
      guard start > 0, looksLikeName(original, 0, originalStart) else { return false }
    case .date:
      guard start > 0, hasNumber(bytes, 0, start) else { return false }
    }
    switch entry.trailingSlot {
    case .none:
      if entry.anchor == .whole || entry.anchor == .end { return end >= textEnd }
      return true
    case .name: return looksLikeName(original, originalEnd, original.count)
    case .date: return hasNumber(bytes, end, min(bytes.count, end + 40))
    }
  }

  /// A name starts with a capital, or with a letter of a script that has none.
  private func looksLikeName(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var index = start
    while index < end, text[index] == 0x20 || text[index] == 0x3A { index += 1 }
    guard index < end, end - index <= 160 else { return false }
    let byte = text[index]
    return byte.isASCIICapital || byte >= 0xC3
  }

  private func hasNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var index = start
    while index < end {
      if bytes[index] == 1 { return true }
      index += 1
    }
    return false
  }

  /// Where a text ends for whole-block phrases: before `:`, `.`, a count and closing brackets.
  private func trimmedEnd(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var end = bytes.count
    while end > 0 {
      switch bytes[end - 1] {
      case 0x20, 0x3A, 0x2E, 0x21, 0x28, 0x29, 1: end -= 1
      default: return end
      }
    }
    return bytes.count
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte.isASCIISmall || byte == 1
  }

  private func canStart(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    let byte = bytes[index]
    if byte & 0xC0 == 0x80 || byte == 0x20 { return false }
    // Scripts without spaces start a word anywhere.
    if byte >= 0xE3 || byte == 0xE0 { return true }
    return index == 0 || !isWordByte(bytes[index - 1])
  }

  private func canEnd(_ bytes: UnsafeBufferPointer<UInt8>, at end: Int) -> Bool {
    guard end < bytes.count else { return true }
    let next = bytes[end]
    if next & 0xC0 == 0x80 { return false }
    if !isWordByte(next) || !isWordByte(bytes[end - 1]) { return true }
    var lead = end - 1
    while lead > 0, bytes[lead] & 0xC0 == 0x80 { lead -= 1 }
    // Chinese, Japanese and Thai have no spaces; Korean endings may follow a stem.
    return bytes[lead] >= 0xE3 || bytes[lead] == 0xE0
  }
}
