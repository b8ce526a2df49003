import WinnowCore

/// Codes before the parts of an article (`HD`, `BY`, `WC`, `PD`, `LP`), and lines that are marks of a database alone.
extension FlatDatabaseHead {
  /// Fewer codes may be initials that open lines.
  private static let fewestCodes = 5
  private static let longestCode = 3

  private static let codes = words("codes")
  private static let marks = words("marks")
  private static let ends = words("ends")

  /// Lines with codes: title and number of words or day are among them, and the text behind `LP` and `TD`.
  mutating func readCodes() -> Bool {
    var found: [(place: Int, code: String, start: Int)] = []
    for (place, line) in filled.enumerated() {
      if let (code, start) = code(line) { found.append((place, code, start)) }
    }
    let known = Set(found.map(\.code))
    guard known.count >= Self.fewestCodes, known.contains("hd"), known.contains("lp") || known.contains("td"),
      known.contains("wc") || known.contains("pd")
    else { return false }
    for (index, part) in found.enumerated() {
      let next = index + 1 < found.count ? found[index + 1].place : filled.count
      let rest = filled[part.place + 1..<next]
      if part.code == "lp" || part.code == "td" {
        texts.append((filled[part.place], part.start))
        if part.start >= Int(lines.rows[filled[part.place]].end) { members.append(filled[part.place]) }
        continue
      }
      members += [filled[part.place]] + rest
      take(part.code, ([value(filled[part.place], part.start)] + rest.map(text)).joined(separator: " "))
    }
    return true
  }

  /// Gives a code's value as a field.
  private mutating func take(_ code: String, _ value: String) {
    let value = value.split(separator: " ").joined(separator: " ")
    switch code {
    case "hd": add(.headline, value, code)
    case "pd": add(.published, value, code)
    case "sn": add(.publisher, value, code)
    case "se": add(.section, value, code)
    case "by":
      for name in author(value).split(separator: ",") {
        add(.author, String(name.drop { $0 == " " }), code)
      }
    default: break
    }
  }

  private func value(_ line: Int, _ start: Int) -> String {
    String(decoding: lines.bytes[start..<max(start, Int(lines.rows[line].end))], as: UTF8.self)
  }

  /// The code that opens a line, two spaces or a tab behind it or nothing, and where its value begins.
  private func code(_ line: Int) -> (String, start: Int)? {
    let (start, end) = (Int(lines.rows[line].content), Int(lines.rows[line].end))
    var index = start
    while index < end, index - start <= Self.longestCode, lines.bytes[index].isASCIICapital { index += 1 }
    guard index - start >= 2, index - start <= Self.longestCode else { return nil }
    let isParted =
      index == end || lines.bytes[index] == 0x09
      || index + 1 < end && lines.bytes[index] == 0x20
        && (lines.bytes[index + 1] == 0x20 || index - start == 3)
    guard isParted else { return nil }
    let code = String(decoding: lines.bytes[start..<index], as: UTF8.self).lowercased()
    guard Self.codes.contains(code) else { return nil }
    while index < end, lines.bytes[index] <= 0x20 { index += 1 }
    return (code, index)
  }

  /// Lines of a database that are nothing else: "Body", "End of Document", and all below "Classification".
  mutating func readMarks() {
    for (place, line) in filled.enumerated() where length(line) <= 40 {
      let words = text(line).lowercased().split { " :".contains($0) }.joined(separator: "-")
      if Self.marks.contains(words) {
        members.append(line)
      } else if Self.ends.contains(words), place * 2 > filled.count {
        members += filled[place...]
        return
      }
    }
  }
}
