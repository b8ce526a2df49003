/// Blocks that are nothing but a date line.
extension DateParser {
  /// The most other words in a date line ("Published on", "Zuletzt aktualisiert am").
  private static let wordLimit = 3
  /// A date line with weekday, time, zone and label is not longer than this, in bytes.
  private static let lengthLimit = 200

  /// The first date of a block that consists of a date, or of two ("Published … Updated …"), and at most three
  /// other words or numbers; `nil` for any other block.
  package func isOnlyDate(_ bytes: UnsafeBufferPointer<UInt8>, language: String?) -> CalendarDate? {
    guard bytes.count >= 6, bytes.count <= Self.lengthLimit else { return nil }
    let scanner = scanner(bytes, language)
    let found = mentions(scanner, limit: 3)
    guard let first = found.first, found.count <= 2 else { return nil }
    var words = 0
    var position = 0
    for mention in found {
      words += scanner.foreignWords(position..<mention.range.lowerBound)
      position = mention.range.upperBound
    }
    words += scanner.foreignWords(position..<bytes.count)
    return words <= Self.wordLimit ? first.date : nil
  }
}

extension DateScanner {
  /// The words and numbers of a range that have nothing to do with dates. Four East Asian characters count as
  /// one word.
  func foreignWords(_ range: Range<Int>) -> Int {
    var count = 0
    var eastAsian = 0
    var position = range.lowerBound
    while position < range.upperBound {
      if let number = number(at: position) {
        count += 1
        position = number.end
        continue
      }
      let (scalar, width) = DateFolding.scalar(text, position)
      guard DateFolding.isLetter(scalar), let word = word(at: position) else {
        position += width
        continue
      }
      position = max(word.end, position + width)
      let isKnown =
        value(word, .weekday) != nil || value(word, .link) != nil || value(word, .zone) != nil
        || value(word, .period) != nil
      if isKnown { continue }
      if DateFolding.isEastAsian(scalar) { eastAsian += 1 } else { count += 1 }
    }
    return count + (eastAsian + 3) / 4
  }
}
