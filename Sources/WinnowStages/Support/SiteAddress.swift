import WinnowCore

/// The address of a page as site rules see it.
struct SiteAddress {
  private let host: String
  private let path: String

  /// Takes an address apart; `nil` when it has no host.
  init?(_ url: String) {
    guard let scheme = url.range(of: "://") else { return nil }
    let rest = url[scheme.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let name = (authority.split(separator: "@").last ?? "").prefix { $0 != ":" }
    guard !name.isEmpty else { return nil }
    host = SiteAddress.withoutWWW(name.lowercased())
    let path = rest.dropFirst(authority.count).prefix { $0 != "?" && $0 != "#" }
    self.path = path.isEmpty ? "/" : String(path)
  }

  /// The address of a document: the one it was fetched from, else one that it declares.
  static func of(_ document: Document) -> SiteAddress? {
    if let address = document.url.flatMap({ SiteAddress($0) }) { return address }
    for candidate in document.declared(.url) {
      if let address = SiteAddress(candidate.value) { return address }
    }
    return nil
  }

  /// Whether a site's rules are for this page.
  static func matches(_ site: SiteRules.Site, _ address: SiteAddress?) -> Bool {
    guard let address else { return site.host == "*" && site.path == nil }
    return address.isOn(site.host) && (site.path.map { glob($0, address.path) } ?? true)
  }

  private func isOn(_ pattern: String) -> Bool {
    if pattern == "*" { return true }
    if pattern.hasPrefix("*.") {
      let domain = pattern.dropFirst(2)
      return host == domain || host.hasSuffix("." + domain)
    }
    return host == SiteAddress.withoutWWW(pattern)
  }

  private static func withoutWWW(_ host: String) -> String {
    host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
  }

  /// Whether a path matches a pattern in which `*` stands for any characters. Linear but for the last `*`.
  static func glob(_ pattern: String, _ path: String) -> Bool {
    let p = Array(pattern.utf8)
    let t = Array(path.utf8)
    var (i, j) = (0, 0)
    var star: (pattern: Int, text: Int)?
    while j < t.count {
      if i < p.count, p[i] == 0x2A {
        star = (i, j)
        i += 1
      } else if i < p.count, p[i] == t[j] {
        i += 1
        j += 1
      } else if let last = star {
        i = last.pattern + 1
        j = last.text + 1
        star = (last.pattern, last.text + 1)
      } else {
        return false
      }
    }
    while i < p.count, p[i] == 0x2A { i += 1 }
    return i == p.count
  }

  /// What is wrong with a host pattern.
  static func problem(ofHost host: String) -> String? {
    if host == "*" { return nil }
    let name = host.hasPrefix("*.") ? String(host.dropFirst(2)) : host
    if name.contains("/") || name.contains(":") {
      return "the host '\(host)' must be a name without scheme, port and path, such as 'example.com'"
    }
    let isName =
      !name.isEmpty && !name.hasPrefix(".") && !name.hasSuffix(".") && !name.contains("..")
      && name.unicodeScalars.allSatisfy {
        $0 == "-" || $0 == "." || $0.properties.isAlphabetic || ("0"..."9").contains($0)
      }
    if !isName { return "the host '\(host)' is no host name; write 'example.com', '*.example.com' or '*'" }
    if name != name.lowercased() { return "the host '\(host)' must be in lower case: '\(host.lowercased())'" }
    return nil
  }

  /// What is wrong with a path pattern.
  static func problem(ofPath path: String) -> String? {
    guard path.hasPrefix("/") || path.hasPrefix("*") else {
      return "the path '\(path)' must start with '/' or '*', such as '/news/*'"
    }
    if path.contains("?") || path.contains("#") || path.contains(" ") {
      return "the path '\(path)' must be a path alone; leave out what follows '?', '#' or a space"
    }
    return nil
  }
}

extension String {
  fileprivate func range(of needle: String) -> Range<Index>? { firstRange(of: needle) }
}
