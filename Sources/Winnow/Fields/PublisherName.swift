import WinnowCore

/// The site's name without the slogan that many sites declare with it: "Harbour Online - News of the lower river".
enum PublisherName {
  private static let signs = [" | ", " - ", " \u{2013} ", " \u{2014} ", ": ", " \u{B7} ", " \u{BB} "]

  /// The first or last part of a declared name that says the page's host, if one does.
  static func withoutSlogan(_ name: String, url: String?) -> String {
    // Most names have no sign, and to search for strings in a string takes its time.
    let signs = signs.filter { FieldText.holds(name, $0) }
    guard !signs.isEmpty else { return name }
    guard let host = url.map(HostName.init(of:)), let own = host.names.last else { return name }
    let found = signs.map { name.ranges(of: $0) }
    guard let end = found.compactMap(\.first?.lowerBound).min(),
      let start = found.compactMap(\.last?.upperBound).max()
    else { return name }
    return [name[..<end], name[start...]].lazy.map { String($0) }.first { says($0, own, host) } ?? name
  }

  /// Whether a part is one of the host's names, or that with its ending. Initials alone say less than the name beside
  /// them.
  private static func says(_ part: String, _ name: String, _ host: HostName) -> Bool {
    let isInitials =
      !part.contains(" ") && part.unicodeScalars.allSatisfy { !$0.properties.isLowercase }
    guard !isInitials else { return false }
    let key = FieldText.squeezed(part)
    return !key.isEmpty
      && (host.isSpelled(by: key, as: name)
        || FieldText.squeezed(part, umlautsAsTwo: true) == FieldText.squeezed(name))
  }
}
