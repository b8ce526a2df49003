/// Builds HTML that is also well-formed XML: everything that comes from a page is escaped on its way in.
struct HTMLText {
  private(set) var html = ""

  /// Markup of our own. Never pass what a page, a file name or a user gave.
  mutating func raw(_ markup: StaticString) { html += markup.description }

  /// Markup that another builder made.
  mutating func append(_ other: HTMLText) { html += other.html }

  /// The stylesheet, byte for byte, because its hash stands in the page's policy. It is ours and holds
  /// neither `<` nor `&`.
  mutating func style() { html += "<style>\(ReportStyle.css)</style>" }

  /// Text, escaped.
  mutating func text(_ text: String) { html += HTMLText.escaped(text) }

  /// A number.
  mutating func number(_ number: Int) { html += String(number) }

  /// An element with a text.
  mutating func element(_ name: StaticString, _ text: String) { element(name, [:], text) }

  /// An element with attributes and a text.
  mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?>, _ text: String
  ) {
    open(name, attributes)
    self.text(text)
    close(name)
  }

  /// A start tag; attributes that are `nil` are left out.
  mutating func open(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:]) {
    html += "<\(name)"
    write(attributes)
    html += ">"
  }

  /// An element that holds nothing.
  mutating func void(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:]) {
    html += "<\(name)"
    write(attributes)
    html += " />"
  }

  /// An end tag.
  mutating func close(_ name: StaticString) { html += "</\(name)>" }

  private mutating func write(_ attributes: KeyValuePairs<StaticString, String?>) {
    for (key, value) in attributes {
      guard let value else { continue }
      html += " \(key)=\"\(HTMLText.escaped(value))\""
    }
  }

  /// A text that can stand in an element and in a quoted attribute. What XML cannot hold becomes U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
