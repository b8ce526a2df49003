/// The words of dates in all languages: folded name → what it can mean. Built once, never changed.
///
/// Names are found by an open-addressed table over hashes of their folded characters, so a look-up folds as it
/// reads and allocates nothing.
final class DateLexicon: Sendable {
  /// What a word can stand for. The raw value is its name in the data file.
  enum Kind: String, CaseIterable {
    case month, persian, weekday, period, link, unit, ordinal, era, zone
  }

  /// The value of a zone abbreviation that more than one zone uses.
  static let unknownZone = Int.min

  private struct Meaning {
    let kind: Kind
    let value: Int
    let language: UInt32
    /// The next meaning of the same name in `meanings`; -1 at the end.
    var next: Int32
  }

  private struct Name {
    let start: Int32
    let count: Int32
    let hash: UInt64
    var first: Int32
    var last: Int32
  }

  private let scalars: [UInt32]
  private let names: [Name]
  private let meanings: [Meaning]
  private let table: [Int32]

  /// Reads the lines `language TAB kind TAB value TAB name|name`. Lines that are not of this form are passed
  /// over: a broken line must not take away the others.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var lines = LineReader(bytes)
    var builder = Builder(slots: 8192)
    while let fields = lines.next() {
      let language = DateLexicon.languageCode(bytes, fields.language)
      guard let kind = Kind(rawValue: String(decoding: bytes[fields.kind], as: UTF8.self)) else { continue }
      let value = lines.integer(fields.value) ?? DateLexicon.unknownZone
      var start = fields.names.lowerBound
      for position in fields.names.lowerBound...fields.names.upperBound {
        guard position == fields.names.upperBound || bytes[position] == UInt8(ascii: "|") else { continue }
        builder.add(bytes, start..<position, kind: kind, value: value, language: language)
        start = position + 1
      }
    }
    scalars = builder.scalars
    names = builder.names
    meanings = builder.meanings
    table = builder.table
  }

  /// The entry of the name that `range` of `text` spells; -1 if there is none. `hash` is `Hash` of that range.
  func find(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash & UInt64(table.count - 1))
    while true {
      let index = Int(table[slot])
      if index < 0 { return -1 }
      if names[index].hash == hash, spells(names[index], text, range) { return index }
      slot = (slot + 1) & (table.count - 1)
    }
  }

  /// The value that an entry has as a `kind`: the one of `language` if it has several; `nil` if it has none.
  /// An entry of -1 has no meaning at all.
  func value(_ entry: Int, _ kind: Kind, language: UInt32) -> Int? {
    guard entry >= 0 else { return nil }
    var found: Int?
    var index = Int(names[entry].first)
    while index >= 0 {
      let meaning = meanings[index]
      if meaning.kind == kind {
        if meaning.language == language { return meaning.value }
        if found == nil { found = meaning.value }
      }
      index = Int(meaning.next)
    }
    return found
  }

  /// Whether an entry has `value` as a `kind` in any language.
  func has(_ entry: Int, _ kind: Kind, _ value: Int) -> Bool {
    guard entry >= 0 else { return false }
    var index = Int(names[entry].first)
    while index >= 0 {
      let meaning = meanings[index]
      if meaning.kind == kind, meaning.value == value { return true }
      index = Int(meaning.next)
    }
    return false
  }

  /// Whether the entry has several values as a `kind` and `language` does not say which.
  func isDisputed(_ entry: Int, _ kind: Kind, language: UInt32) -> Bool {
    guard entry >= 0 else { return false }
    var found: Int?
    var isDisputed = false
    var index = Int(names[entry].first)
    while index >= 0 {
      let meaning = meanings[index]
      if meaning.kind == kind {
        if meaning.language == language { return false }
        if let found, found != meaning.value { isDisputed = true }
        found = meaning.value
      }
      index = Int(meaning.next)
    }
    return isDisputed
  }

  /// Whether the entry has a meaning of `kind` in `language`.
  func belongs(_ entry: Int, _ kind: Kind, to language: UInt32) -> Bool {
    guard entry >= 0 else { return false }
    var index = Int(names[entry].first)
    while index >= 0 {
      if meanings[index].kind == kind, meanings[index].language == language { return true }
      index = Int(meanings[index].next)
    }
    return false
  }

  private func spells(_ name: Name, _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var position = range.lowerBound
    var index = Int(name.start)
    let end = index + Int(name.count)
    while position < range.upperBound {
      let (scalar, width) = DateFolding.scalar(text, position)
      position += width
      let folded = DateFolding.fold(scalar)
      if folded == 0 { continue }
      guard index < end, scalars[index] == folded else { return false }
      index += 1
    }
    return index == end
  }

  /// The running hash of a folded name.
  struct Hash {
    /// The hash of the characters so far.
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Adds a character as it stands in the text.
    mutating func add(_ scalar: UInt32) {
      let folded = DateFolding.fold(scalar)
      guard folded != 0 else { return }
      value = (value ^ UInt64(folded)) &* 0x9E37_79B9_7F4A_7C15
      value ^= value >> 29
    }
  }

  /// The primary subtag of a language tag (letters up to the first `-` or `_`), packed into a number.
  static func languageCode(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt32 {
    var code: UInt32 = 0
    for byte in bytes[range].prefix(4) {
      let small = byte | 0x20
      guard small >= 0x61, small <= 0x7A else { break }
      code = code << 8 | UInt32(small)
    }
    return code
  }

  /// The same for a tag that is a string; 0 for none.
  static func languageCode(_ tag: String?) -> UInt32 {
    guard var tag else { return 0 }
    return tag.withUTF8 { languageCode($0, 0..<$0.count) }
  }

  private struct Builder {
    var scalars: [UInt32] = []
    var names: [Name] = []
    var meanings: [Meaning] = []
    var table: [Int32]

    init(slots: Int) {
      table = Array(repeating: -1, count: slots)
      scalars.reserveCapacity(24_000)
      names.reserveCapacity(3000)
      meanings.reserveCapacity(3200)
    }

    mutating func add(
      _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, kind: Kind, value: Int, language: UInt32
    ) {
      let start = scalars.count
      var hash = Hash()
      var position = range.lowerBound
      while position < range.upperBound {
        let (scalar, width) = DateFolding.scalar(text, position)
        position += width
        let folded = DateFolding.fold(scalar)
        if folded != 0 { scalars.append(folded) }
        hash.add(scalar)
      }
      guard scalars.count > start else { return }
      if names.count * 2 >= table.count { grow() }
      var slot = Int(truncatingIfNeeded: hash.value & UInt64(table.count - 1))
      var found = Int32(-1)
      while table[slot] >= 0 {
        let name = names[Int(table[slot])]
        let old = Int(name.start)..<Int(name.start + name.count)
        if name.hash == hash.value, scalars[old].elementsEqual(scalars[start...]) {
          found = table[slot]
          break
        }
        slot = (slot + 1) & (table.count - 1)
      }
      let meaning = Int32(meanings.count)
      meanings.append(Meaning(kind: kind, value: value, language: language, next: -1))
      if found >= 0 {
        scalars.removeSubrange(start...)
        meanings[Int(names[Int(found)].last)].next = meaning
        names[Int(found)].last = meaning
      } else {
        table[slot] = Int32(names.count)
        names.append(
          Name(
            start: Int32(start), count: Int32(scalars.count - start), hash: hash.value, first: meaning,
            last: meaning))
      }
    }

    private mutating func grow() {
      table = Array(repeating: -1, count: table.count * 2)
      for (index, name) in names.enumerated() {
        var slot = Int(truncatingIfNeeded: name.hash & UInt64(table.count - 1))
        while table[slot] >= 0 { slot = (slot + 1) & (table.count - 1) }
        table[slot] = Int32(index)
      }
    }
  }

  /// Splits the data file into lines and their four fields.
  private struct LineReader {
    struct Fields {
      var language: Range<Int>
      var kind: Range<Int>
      var value: Range<Int>
      var names: Range<Int>
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> Fields? {
      while position < bytes.count {
        let start = position
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
        var end = position
        position += 1
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        guard end > start, bytes[start] != UInt8(ascii: "#") else { continue }
        if let fields = split(start..<end) { return fields }
      }
      return nil
    }

    func integer(_ range: Range<Int>) -> Int? { Int(String(decoding: bytes[range], as: UTF8.self)) }

    private func split(_ line: Range<Int>) -> Fields? {
      var tabs: (Int, Int, Int) = (-1, -1, -1)
      for position in line where bytes[position] == 0x09 {
        if tabs.0 < 0 {
          tabs.0 = position
        } else if tabs.1 < 0 {
          tabs.1 = position
        } else if tabs.2 < 0 {
          tabs.2 = position
        }
      }
      guard tabs.2 >= 0 else { return nil }
      return Fields(
        language: line.lowerBound..<tabs.0, kind: tabs.0 + 1..<tabs.1, value: tabs.1 + 1..<tabs.2,
        names: tabs.2 + 1..<line.upperBound)
    }
  }
}
