import WinnowCore

/// The place, and often the agency, that a wire story opens with: "KYIV, Nov 4 (Reuters) - …".
struct Dateline {
  let place: String
  let agency: String?

  /// Bytes of the first paragraph that are looked at.
  private static let reach = 90

  static func find(in document: Document, _ verdicts: [Verdict]) -> Dateline? {
    // A note or dek may stand before the story.
    let first = verdicts.indices.lazy.filter {
      verdicts[$0].role == .paragraph && document[verdicts[$0].block].words >= 12
    }.prefix(2)
    for index in first {
      let block = document[verdicts[index].block]
      if let dateline = parse(block.text(0..<min(reach, block.utf8.count))) { return dateline }
    }
    return nil
  }

  /// Reads the head of a paragraph. The place must be in capitals, or be followed by an agency in
  /// brackets; a dash closes the line.
  static func parse(_ head: String) -> Dateline? {
    let scalars = Array(head.unicodeScalars)
    if let dateline = slashed(scalars) ?? behindAgency(scalars) { return dateline }
    guard let dash = closingDash(scalars) else { return nil }
    let line = scalars[..<dash]
    var agency: String?
    var placeEnd = line.count
    if let open = line.firstIndex(of: "("), let close = line[open...].firstIndex(of: ")"), close > open + 1 {
      agency = text(line[(open + 1)..<close])
      placeEnd = open
    }
    var place = text(line[..<placeEnd])
    if let comma = place.firstIndex(where: { ",،、".contains($0) }) {
      let rest = place[place.index(after: comma)...]
      // A date follows the place; a second place ("ST. JOHN'S, Newfoundland") stays.
      // So does the paper's own address, "JAKARTA, HARIAN.com - ".
      if rest.unicodeScalars.contains(where: { $0.properties.numericType != nil }) || isAddress(rest) {
        place = String(place[..<comma])
      }
    }
    place = place.trimmingSpaces()
    let spacedDash = scalars[dash - 1] == " " && dash + 1 < scalars.count && scalars[dash + 1] == " "
    guard isPlace(place, hasAgency: agency != nil, spacedDash: spacedDash) else { return nil }
    return Dateline(place: place, agency: agency)
  }

  /// "MOSCOW, January 23. /AGENCY/. The ship …": place in capitals, agency between slashes.
  private static func slashed(_ scalars: [Unicode.Scalar]) -> Dateline? {
    guard let open = scalars.firstIndex(of: "/"), open >= 3, scalars[open - 1] == " ",
      let close = scalars[(open + 1)...].firstIndex(of: "/"), (2...40).contains(close - open - 1)
    else { return nil }
    let end = scalars[..<open].firstIndex { $0 == "," || $0 == "." } ?? open
    let place = text(scalars[..<end])
    let isCapitals = !place.unicodeScalars.contains { $0.properties.isLowercase }
    guard isCapitals, isPlace(place, hasAgency: true, spacedDash: false) else { return nil }
    return Dateline(place: place, agency: text(scalars[(open + 1)..<close]))
  }

  /// "(AGENCY) - ROME, 28 JUL - The bridge …": the agency before the place.
  private static func behindAgency(_ scalars: [Unicode.Scalar]) -> Dateline? {
    guard scalars.first == "(", let close = scalars.firstIndex(of: ")"), (3...40).contains(close),
      close + 4 < scalars.count, scalars[close + 1] == " ", isDash(scalars[close + 2]),
      scalars[close + 3] == " ",
      let dateline = parse(text(scalars[(close + 4)...])), dateline.agency == nil
    else { return nil }
    return Dateline(place: dateline.place, agency: text(scalars[1..<close]))
  }

  private static func isDash(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == "\u{2013}" || scalar == "\u{2014}"
  }

  /// ", HARIAN.com": one word with a dot between letters.
  private static func isAddress(_ rest: Substring) -> Bool {
    let word = rest.drop { $0 == " " || ",،、".contains($0) }
    guard let dot = word.lastIndex(of: "."), !word.contains(" ") else { return false }
    return dot > word.startIndex && word.index(after: dot) < word.endIndex
  }

  private static func closingDash(_ scalars: [Unicode.Scalar]) -> Int? {
    var index = 2
    while index + 1 < scalars.count {
      let scalar = scalars[index]
      let isLong = scalar == "\u{2013}" || scalar == "\u{2014}"
      if isLong || scalar == "-" && scalars[index - 1] == " " && scalars[index + 1] == " " { return index }
      if scalar == "-", scalars[index - 1] == ")" || scalars[index - 1] == " " { return index }
      // "(EFE).- "
      if scalar == "-", scalars[index - 1] == ".", scalars[index - 2] == ")" { return index }
      index += 1
    }
    return nil
  }

  private static func isPlace(_ place: String, hasAgency: Bool, spacedDash: Bool) -> Bool {
    var capitals = 0
    var small = 0
    var words = 1
    let whole = place
    // "LAKEWOOD, Ga.": a state cut short behind the place.
    let place = withoutState(place)
    for scalar in place.unicodeScalars {
      if scalar.properties.isUppercase { capitals += 1 }
      if scalar.properties.isLowercase { small += 1 }
      if scalar == " " { words += 1 }
      if scalar == "." || scalar == "\"" || scalar == "?" { return false }
    }
    guard place.unicodeScalars.count >= 2, words <= 4 else { return false }
    if place.utf8.count < whole.utf8.count { return small == 0 && capitals >= 2 }
    if small == 0, capitals >= 2 { return true }
    if hasAgency { return capitals > 0 || small == 0 }
    // "Makassar - ": one or two capitalised words before a dash between spaces.
    return words <= 2 && capitals == words && spacedDash
  }

  private static func withoutState(_ place: String) -> String {
    guard place.last == ".", let comma = place.lastIndex(of: ",") else { return place }
    let state = place[place.index(after: comma)...].dropLast().drop { $0 == " " }
    let isShort =
      (2...5).contains(state.count) && state.allSatisfy(\.isLetter) && state.first?.isUppercase == true
    return isShort ? String(place[..<comma]) : place
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars)).trimmingSpaces()
  }
}

extension String {
  fileprivate func trimmingSpaces() -> String {
    var part = self[...]
    while part.last == " " { part.removeLast() }
    while part.first == " " { part.removeFirst() }
    return String(part)
  }
}
