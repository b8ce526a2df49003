import WinnowCore

/// Dates that a converter glued to the words beside them: "HealthDECEMBER 22, 2022Updated:December 23, 2022".
enum DateSeams {
  private static let lengths = 12...240
  /// The longest date that is looked for, in bytes.
  private static let longestDate = 48

  // Of two dates that touch, "May 21, 2025April 24, 2025", one says when the other was changed: they stay together.

  /// Where a line must be cut before and behind such dates; mostly nowhere.
  static func cuts(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    guard lengths.contains(bytes.count) else { return [] }
    var cuts: [Int] = []
    for index in 4..<bytes.count {
      let byte = bytes[index]
      if byte == 0x2D {
        if isBehindYear(bytes, index) { cuts.append(index - 4) }
        continue
      }
      if byte == 0x3A || byte == 0x2E || byte == 0x2F {
        if let start = opensNumbers(bytes, index) { cuts.append(start) }
        continue
      }
      guard byte.isASCIICapital else { continue }
      let before = bytes[index - 1]
      if before.isASCIISmall || before == 0x29 {
        if opensDate(bytes, index) { cuts.append(index) }
      } else if before.isASCIIDigit, endsYear(bytes, index), !opensDate(bytes, index),
        endsDate(bytes, from: cuts.last ?? 0, to: index)
      {
        cuts.append(index)
      }
    }
    return cuts
  }

  /// Where a line must be cut before days in numbers and times: all that a text is asked for whose other joints are
  /// known.
  static func numberCuts(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    guard lengths.contains(bytes.count) else { return [] }
    return (4..<bytes.count).compactMap { index in
      let byte = bytes[index]
      return byte == 0x3A || byte == 0x2E || byte == 0x2F ? opensNumbers(bytes, index) : nil
    }
  }

  /// "Ann Smith16.08.2020 - 21:03h", "Ann Smith04:30, 3 NOV 2023": where the number begins before the first stop, slash
  /// or colon of such a day or time, behind a small letter.
  private static func opensNumbers(_ bytes: UnsafeBufferPointer<UInt8>, _ sign: Int) -> Int? {
    guard sign + 5 < bytes.count, bytes[sign - 1].isASCIIDigit, bytes[sign + 1].isASCIIDigit else {
      return nil
    }
    let start = bytes[sign - 2].isASCIIDigit ? sign - 2 : sign - 1
    guard start >= 3, bytes[start - 1].isASCIISmall || bytes[start - 1] >= 0x80, isLetter(bytes[start - 2])
    else {
      return nil
    }
    if bytes[sign] != 0x3A {
      let second = bytes[sign + 2].isASCIIDigit ? sign + 3 : sign + 2
      guard bytes[second] == bytes[sign], second + 4 < bytes.count, endsYear(bytes, second + 5) else {
        return nil
      }
    }
    if isDateLabel(bytes, start) { return nil }
    let mention = mentions(bytes, start..<min(bytes.count, start + longestDate)).first
    return mention.map { $0.lowerBound - start <= longestTime } ?? false ? start : nil
  }

  /// "Updated20:49, 5 Aug 2024": whether the word before is a date's label, which stays with its date.
  private static func isDateLabel(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
    var start = end
    while start > 0, isLetter(bytes[start - 1]) { start -= 1 }
    let word = String(decoding: bytes[start..<end], as: UTF8.self)
    return TextTools.phrases.isPhrase(word, of: [.published, .updated])
  }

  /// Bytes of a time before its day, with sign and space: "04:30, ".
  private static let longestTime = 8

  private static func isLetter(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte >= 0x80 }

  /// A month's name and a day: letters, at most one dot and space, digits.
  private static func opensDate(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    var index = start
    while index < bytes.count, bytes[index].isASCIILetter, index - start < 12 { index += 1 }
    guard index - start >= 3 else { return false }
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x2E || bytes[index] == 0x2C {
      index += 1
    }
    guard index < bytes.count, bytes[index].isASCIIDigit else { return false }
    let end = min(bytes.count, start + longestDate)
    return mentions(bytes, start..<end).first?.lowerBound == start
  }

  /// "Ann Smith2020-02-20 13:52": the first hyphen of a day in digits behind a small letter.
  private static func isBehindYear(_ bytes: UnsafeBufferPointer<UInt8>, _ hyphen: Int) -> Bool {
    guard hyphen >= 5, hyphen + 6 <= bytes.count, bytes[hyphen - 5].isASCIISmall, bytes[hyphen + 3] == 0x2D,
      endsYear(bytes, hyphen)
    else { return false }
    return [1, 2, 4, 5].allSatisfy { bytes[hyphen + $0].isASCIIDigit }
      // "2020-02-20T13:52": machines' times are glued on both sides.
      && (hyphen + 6 == bytes.count || bytes[hyphen + 6] == 0x20)
  }

  private static func endsYear(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
    let digits = bytes[end - 4..<end]
    return digits.allSatisfy { $0.isASCIIDigit } && (bytes[end - 4] == 0x31 || bytes[end - 4] == 0x32)
      && (end == 4 || !bytes[end - 5].isASCIIDigit)
  }

  private static func endsDate(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Bool {
    mentions(bytes, max(start, end - longestDate)..<end).contains { $0.upperBound == end }
  }

  private static func mentions(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [Range<Int>] {
    TextTools.dates.mentions(in: UnsafeBufferPointer(rebasing: bytes[range]), language: nil, limit: 3)
      .map { $0.range.lowerBound + range.lowerBound..<$0.range.upperBound + range.lowerBound }
  }
}
