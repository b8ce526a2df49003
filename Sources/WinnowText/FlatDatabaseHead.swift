import WinnowCore

/// What newspaper databases write around an article: lines of the form `LENGTH: 231 words` above and below the text, a
/// block of bare lines (title, name, `412 words`, day, paper, code, language, copyright) above it, or codes such as `HD`
/// before title, name, day and text.
struct FlatDatabaseHead {
  /// The most lines, blank ones not counted, that stand above the line with the number of words.
  private static let reach = 14
  /// The longest line of such a head, in bytes.
  private static let longest = 200

  let lines: FlatLines
  /// Lines that hold something, in order.
  let filled: [Int]
  var members: [Int] = []
  /// Lines whose text begins behind a label or code, and where.
  var texts: [(line: Int, start: Int)] = []
  private var candidates: [FieldCandidate] = []

  /// Marks the lines as machinery; gives what they declare.
  static func read(_ lines: inout FlatLines) -> [FieldCandidate] {
    var head = FlatDatabaseHead(lines)
    guard head.readLabels() || head.readBare() || head.readCodes() else { return [] }
    head.readMarks()
    for index in head.members { lines.rows[index].flags.insert(.skip) }
    for (index, start) in head.texts {
      lines.rows[index].content = Int32(start)
      lines.rows[index].text = Int32(start)
    }
    return head.candidates
  }

  private init(_ lines: FlatLines) {
    self.lines = lines
    filled = lines.rows.indices.filter { !lines.rows[$0].isBlank }
  }

  func text(_ line: Int) -> String {
    let row = lines.rows[line]
    return String(decoding: lines.bytes[Int(row.content)..<Int(row.end)], as: UTF8.self)
  }

  func length(_ line: Int) -> Int { Int(lines.rows[line].end - lines.rows[line].content) }

  mutating func add(_ field: Field, _ value: String, _ name: String) {
    guard !value.isEmpty else { return }
    candidates.append(FieldCandidate(field: field, value: value, origin: Origin("head:\(name)")))
  }

  // MARK: Labels

  private static let sections = WordFile.sections(of: "databases.words")
  static func words(_ section: String) -> Set<String> {
    Set(sections.first { $0.name == section }?.words ?? [])
  }

  /// Labels that no reader writes for readers.
  private static let telling = words("telling")
  /// Labels that count beside them.
  private static let machinery = telling.union(words("labels"))
  /// Labels before the text itself.
  private static let openings = words("text")
  /// What stands behind the number of words.
  private static let units = words("units")
  /// What stands before the author's name.
  private static let markers = words("by")
  /// What stands before a number of the database.
  private static let documents = words("document")

  /// Lines with labels in capitals, two of them telling, or one that gives the length in words.
  private mutating func readLabels() -> Bool {
    var found: [(line: Int, name: String, value: String)] = []
    for line in filled where length(line) <= Self.longest * 4 {
      guard let (name, value) = label(line) else { continue }
      found.append((line, name, value))
    }
    // "Length: 5 miles" is a fact of many articles.
    let telling = found.filter {
      Self.telling.contains($0.name) && ($0.name != "length" || words(in: $0.value))
    }
    let kinds = Set(telling.map(\.name))
    guard found.count >= 2,
      kinds.count >= 2 || kinds.contains("length") || !kinds.isEmpty && Set(found.map(\.name)).count >= 3
    else { return false }
    for (line, name, value) in found {
      if Self.openings.contains(name) {
        if !value.isEmpty { texts.append((line, Int(lines.rows[line].end) - value.utf8.count)) }
        if value.isEmpty { members.append(line) }
        continue
      }
      members.append(line)
      let first = value.split(separator: ";").first.map(String.init) ?? value
      switch name {
      case "section", "ressort": add(.section, FlatDatabaseHead.capitalised(first), name)
      case "title": add(.headline, value, name)
      case "date", "publication-date": add(.published, value, name)
      case "from", "publication-title": add(.publisher, first, name)
      default: break
      }
    }
    return true
  }

  /// The longest label, in bytes.
  private static let longestLabel = 24

  /// `LOAD-DATE: March 10, 2016` or `Load-Date: …`: the label without its case, and what follows.
  ///
  /// The bytes are asked first: nearly all lines have no such label, and need not become strings to say so.
  private func label(_ line: Int) -> (name: String, value: String)? {
    let (start, end) = (Int(lines.rows[line].content), Int(lines.rows[line].end))
    let bytes = lines.bytes
    guard bytes[start].isASCIICapital else { return nil }
    var colon = start
    while colon < end, colon - start <= Self.longestLabel, Self.isOfLabel(bytes[colon]) { colon += 1 }
    guard colon < end, bytes[colon] == 0x3A, colon > start, colon - start <= Self.longestLabel else {
      return nil
    }
    let key = String(decoding: bytes[start..<colon].map { $0 == 0x20 ? 0x2D : $0 }, as: UTF8.self)
      .lowercased()
    guard Self.machinery.contains(key) || Self.openings.contains(key) else { return nil }
    return (key, String(decoding: bytes[colon + 1..<end].drop { $0 == 0x20 }, as: UTF8.self))
  }

  private static func isOfLabel(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte == 0x2D || byte == 0x20 || byte >= 0x80
  }

  /// NEWS as News: databases write sections in capitals.
  private static func capitalised(_ text: String) -> String {
    let text = text.split(separator: " ").joined(separator: " ")
    guard text == text.uppercased(), text.utf8.count > 3 else { return text }
    return text.prefix(1) + text.dropFirst().lowercased()
  }

  /// Whether a text is a number and the word for words, as in "231 words" or "412 mots".
  func words(in text: String) -> Bool {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let number = parts.first, let unit = parts.last else { return false }
    return number.utf8.count <= 7 && number.utf8.contains { $0.isASCIIDigit }
      && number.utf8.allSatisfy { $0.isASCIIDigit || $0 == 0x2C || $0 == 0x2E }
      && Self.units.contains(unit.lowercased())
  }

  // MARK: Bare lines

  /// The line with the number of words, a day below it, and a copyright line that ends the head.
  private mutating func readBare() -> Bool {
    let count = filled.prefix(Self.reach).firstIndex { length($0) <= 20 && words(in: text($0)) }
    guard let place = count,
      place >= 1, filled.prefix(place + 1).allSatisfy({ length($0) <= Self.longest })
    else { return false }
    let below = filled.dropFirst(place + 1).prefix(9)
    guard let end = below.firstIndex(where: { isCopyright($0) }), end > place + 2,
      let day = below.prefix(3).first(where: { isDay($0) })
    else { return false }
    var title = place - 1
    if title >= 1, isName(filled[title]), !isName(filled[title - 1]) || length(filled[title - 1]) > 40 {
      add(.author, author(text(filled[title])), "author")
      title -= 1
    }
    add(.headline, text(filled[title]), "title")
    add(.published, text(day), "date")
    if let paper = filled[..<end].dropFirst(place + 1).first(where: { $0 > day && !hasDigit($0) }) {
      add(.publisher, text(paper), "publisher")
    }
    if title >= 1, length(filled[title - 1]) <= 40 { add(.section, text(filled[title - 1]), "section") }
    members += filled[...end]
    if let last = filled.last, isNumber(text(last)) {
      members.append(last)
      // The house, which the copyright names, above the number.
      if filled.count > end + 3, let house = filled.dropLast().last, length(house) <= 60,
        text(filled[end]).contains(text(house))
      {
        members.append(house)
      }
    }
    return true
  }

  private func isCopyright(_ line: Int) -> Bool {
    let text = text(line).lowercased()
    return length(line) <= Self.longest
      && (text.hasPrefix("(c)") || text.hasPrefix("©") || text.hasPrefix("copyright"))
  }

  func isDay(_ line: Int) -> Bool {
    guard length(line) <= 40 else { return false }
    var text = text(line)
    return text.withUTF8 { TextTools.dates.isOnlyDate($0, language: nil) != nil }
  }

  private func hasDigit(_ line: Int) -> Bool { text(line).utf8.contains { $0.isASCIIDigit } }

  /// Two to four words that open with capitals, or a line that opens with "By".
  func isName(_ line: Int) -> Bool {
    let words = author(text(line)).split(separator: " ")
    guard words.count >= 2, words.count <= 4, !hasDigit(line) else { return false }
    return words.allSatisfy { word in word.unicodeScalars.first.map { $0.properties.isUppercase } ?? false }
  }

  func author(_ text: String) -> String {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, Self.markers.contains(parts[0].lowercased()) else { return text }
    return String(parts[1])
  }

  /// `Document MRTMS00020180721ee7l0002x`.
  func isNumber(_ text: String) -> Bool {
    let parts = text.split(separator: " ")
    return parts.count == 2 && Self.documents.contains(parts[0].lowercased())
      && parts[1].utf8.count >= 10 && parts[1].utf8.contains { $0.isASCIIDigit }
  }
}
