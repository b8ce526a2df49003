import WinnowCore

/// The site's name without the slogan that many sites declare with it: "Harbour Online - News of the lower river".
enum PublisherName {
  private static let signs = [" | ", " - ", " \u{2013} ", " \u{2014} ", ": ", " \u{B7} ", " \u{BB} "]

  /// The first or last part of a declared name that says the page's host, if one does.
  static func withoutSlogan(_ name: String, url: String?) -> String {
    // Most names have no sign, and to search for strings in a string takes its time.
    guard name.utf8.contains(where: { $0 == 0x7C || $0 == 0x2D || $0 == 0x3A || $0 == 0xE2 || $0 == 0xC2 })
    else { return name }
    guard let host = url.flatMap({ FieldText.hostNames($0).last }) else { return name }
    guard let sign = signs.lazy.filter({ name.contains($0) }).min(by: { place($0, name) < place($1, name) })
    else { return name }
    let first = String(name[..<place(sign, name)])
    if says(first, host, url) { return first }
    guard
      let last = signs.lazy.compactMap({ lastPart(of: name, behind: $0) }).min(by: { $0.count < $1.count })
    else { return name }
    return says(last, host, url) ? last : name
  }

  private static func place(_ sign: String, _ name: String) -> String.Index {
    var index = name.startIndex
    while index < name.endIndex, !name[index...].hasPrefix(sign) { index = name.index(after: index) }
    return index
  }

  private static func lastPart(of name: String, behind sign: String) -> String? {
    var index = name.endIndex
    while index > name.startIndex {
      index = name.index(before: index)
      if name[index...].hasPrefix(sign) { return String(name[name.index(index, offsetBy: sign.count)...]) }
    }
    return nil
  }

  /// Whether a part is the host's name, or that with its ending. Initials alone say less than the name beside them.
  private static func says(_ part: String, _ host: String, _ url: String?) -> Bool {
    let isInitials =
      !part.contains(" ") && part.unicodeScalars.allSatisfy { !$0.properties.isLowercase }
    guard !isInitials else { return false }
    let key = FieldText.squeezed(part)
    let name = FieldText.squeezed(host)
    let ending = url.flatMap(FieldText.hostEnding).map { FieldText.squeezed($0) } ?? ""
    return !key.isEmpty
      && (key == name || key == name + ending || FieldText.squeezed(part, umlautsAsTwo: true) == name)
  }
}
