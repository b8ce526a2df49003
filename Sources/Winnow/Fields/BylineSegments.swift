/// Cuts a byline at the signs that part names, roles and dates, and drops addresses and brackets.
enum BylineSegments {
  // Switches, since sets and dictionaries would hash every sign of every line.

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ",", ";", "/", "&", "+", "=", "|", "\n", "\t", "\\", "\u{3001}", "\u{FF0C}", "\u{FF1B}", "\u{60C}",
      "\u{61B}", "\u{FF5C}", "\u{FF0F}", "\u{2022}", "\u{25CF}", "\u{25AA}", "\u{BB}", "\u{203A}",
      "\u{2028}", "\u{25A0}", "\u{FF06}":
      true
    default: false
    }
  }

  private static func isDash(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "-", "\u{2013}", "\u{2014}", "\u{B7}", "\u{2015}": true
    default: false
    }
  }

  /// The bracket that closes what a bracket opens; `nil` for other signs.
  private static func closer(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "(": ")"
    case "[": "]"
    case "{": "}"
    case "<": ">"
    case "\u{FF08}": "\u{FF09}"
    case "\u{3010}": "\u{3011}"
    case "\u{3014}": "\u{3015}"
    default: nil
    }
  }

  /// The pieces, trimmed, none of them empty.
  static func split(_ text: String) -> [String] {
    var text = text
    if text.withUTF8(isPlain) {
      let piece = FieldText.folded(text)
      return hasWord(piece) ? [piece] : []
    }
    return splitAtSigns(text)
  }

  /// Whether a text holds, for certain, nothing that parts, encloses or is an address.
  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.allSatisfy { byte in
      switch byte {
      // Letters, digits, space, apostrophe.
      case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x20, 0x27: true
      // Signs of ASCII; signs and spaces of other blocks start with these.
      case 0..<0x80, 0xC2, 0xD8, 0xE2, 0xE3, 0xEF: false
      default: true
      }
    }
  }

  private static func hasWord(_ text: String) -> Bool {
    text.unicodeScalars.contains { FieldText.isLetter($0) || FieldText.isDigit($0) }
  }

  private static func splitAtSigns(_ text: String) -> [String] {
    let outside = withoutBrackets(text)
    let pieces = cut(withoutAddresses(outside))
    if !pieces.isEmpty { return pieces }
    // All of it stood in brackets.
    let bare = String(String.UnicodeScalarView(text.unicodeScalars.filter { !isBracket($0) }))
    return cut(withoutAddresses(bare))
  }

  private static func isBracket(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ")", "]", "}", ">", "\u{FF09}", "\u{3011}", "\u{3015}": true
    default: closer(of: scalar) != nil
    }
  }

  /// Letters and spaces part and enclose nothing.
  private static func isPlainByte(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || (scalar.value | 0x20) &- 0x61 < 26
  }

  private static func withoutBrackets(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { closer(of: $0) != nil }) else { return text }
    var result = String.UnicodeScalarView()
    var closers: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      if let closer = closer(of: scalar) {
        closers.append(closer)
        result.append(" ")
      } else if let closer = closers.last {
        if scalar == closer { closers.removeLast() }
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Drops e-mail addresses, handles, and addresses of pages; commas glued to them stay.
  private static func withoutAddresses(_ text: String) -> String {
    guard text.utf8.contains(where: isAddressByte) else { return text }
    var result = ""
    for part in text.unicodeScalars.split(
      omittingEmptySubsequences: true, whereSeparator: { $0 == " " || $0 == "\u{A0}" || $0 == "\u{3000}" })
    {
      let word = String(part)
      if isAddress(word) {
        if let last = part.last, last == "," || last == ";" { result.unicodeScalars.append(last) }
      } else {
        if !result.isEmpty { result += " " }
        result += word
      }
    }
    return result
  }

  /// What addresses hold, and how spaces beyond ASCII begin: other texts stay as they are.
  private static func isAddressByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x40, 0x2E, 0x3A, 0xC2, 0xE3: true
    default: false
    }
  }

  private static func isAddress(_ word: String) -> Bool {
    guard word.utf8.contains(where: isAddressByte) else { return false }
    if word.utf8.contains(0x40) || FieldText.holds(word, "://") || word.hasPrefix("www.") { return true }
    guard word.utf8.contains(0x2E), !word.unicodeScalars.contains(where: FieldText.isCapital) else {
      return false
    }
    let labels = word.unicodeScalars.split { $0 == "." || $0 == "/" }
    // example.com; "j.p." and "st." have no two labels of such length.
    guard labels.count >= 2, let host = labels.first, host.count >= 3, labels[1].count >= 2 else {
      return false
    }
    return word.unicodeScalars.allSatisfy(\.isASCII)
  }

  private static func cut(_ text: String) -> [String] {
    let scalars = Array(text.unicodeScalars)
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    func close() {
      let folded = FieldText.folded(String(piece))
      if hasWord(folded) { pieces.append(folded) }
      piece.removeAll()
    }
    for (index, scalar) in scalars.enumerated() {
      if isPlainByte(scalar) {
        piece.append(scalar)
        continue
      }
      let spaceBefore = index == 0 || scalars[index - 1] == " "
      let spaceAfter = index + 1 == scalars.count || scalars[index + 1] == " "
      let digitBefore = index > 0 && FieldText.isDigit(scalars[index - 1])
      if isSeparator(scalar), !(scalar == "/" && digitBefore) {
        close()
      } else if isDash(scalar), spaceBefore || spaceAfter {
        close()
      } else {
        piece.append(scalar)
      }
    }
    close()
    return pieces
  }
}
