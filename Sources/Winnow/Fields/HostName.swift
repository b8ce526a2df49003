import WinnowCore

/// The host of an address, by whose names sites and what they publish under are known.
struct HostName {
  private let labels: [String]

  /// Takes the host out of an address; one without a host has no names.
  init(of url: String) {
    guard let scheme = url.utf8.firstIndex(of: UInt8(ascii: ":")) else {
      labels = []
      return
    }
    let host = url.utf8[scheme...].drop { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
      .prefix { !"/?#:".utf8.contains($0) }
    labels = host.split(separator: UInt8(ascii: ".")).map { Substring($0).lowercased() }
  }

  /// The labels that can be a name: `www.example.co.uk` gives `example`.
  var names: [String] {
    // The last label is a country or kind; short ones beside it as well.
    labels.dropLast().filter { $0.utf8.count >= 3 && $0 != "www" }
  }

  /// The last label: `net` of `koha.net`.
  var ending: String? { labels.last }

  /// Whether a text is one of the names, with or without the ending: "Koha" and "koha.net" of `koha.net`.
  ///
  /// - parameter key: the text as ``FieldText/squeezed(_:umlautsAsTwo:)`` has it.
  func isSpelled(by key: String, as name: String) -> Bool {
    let name = FieldText.squeezed(name)
    return key == name || key == name + FieldText.squeezed(ending ?? "")
  }

  /// Whether a text is the name of a host, "COURIER.EXAMPLE", whose last label has a number of letters within `endings`.
  static func isHost(_ text: String, endings: ClosedRange<Int>) -> Bool {
    guard let dot = text.utf8.lastIndex(of: 0x2E), dot > text.startIndex, !text.utf8.contains(0x20) else {
      return false
    }
    let ending = text.utf8[text.utf8.index(after: dot)...]
    return endings.contains(ending.count) && ending.allSatisfy { $0.isASCIILetter }
  }
}
