import WinnowCore

/// Signs of programs in flat text, which tells no element of code from another.
enum ProgramText {
  /// Lines with such signs that make a page a manual, and one of how many of all lines. Of 914 development texts 22 of 35
  /// pages of documentation have so many, and 18 of 656 articles, most of them about programs.
  private static let fewest = 15
  private static let oneOf = 12

  /// Whether a page of flat text is a manual, which says what it says of one function of another as well.
  static func isManual(_ document: Document) -> Bool {
    guard document.form == .flatText else { return false }
    let needed = max(fewest, document.count / oneOf)
    return document.indices.lazy.filter { isLine(document[$0]) }.prefix(needed).count == needed
  }

  /// Whether a line holds what prose does not: "open(width)" with nothing between brackets, "lamp_open", "a->b", "--all",
  /// "</td>", a brace or semicolon at its end, "$ make" at its start.
  private static func isLine(_ block: Block) -> Bool {
    block.withUTF8 { text in
      guard let last = text.last else { return false }
      if last == 0x7B || last == 0x7D || last == 0x3B { return true }
      if text.count > 2, text[0] == 0x24, text[1] == 0x20 { return true }
      return text.indices.dropFirst().contains { isSign(text, at: $0) }
    }
  }

  private static func isSign(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    let (before, byte) = (text[index - 1], text[index])
    func letter(_ offset: Int) -> Bool {
      text.indices.contains(index + offset) && text[index + offset].isASCIILetter
    }
    switch (before, byte) {
    // "()" behind a name.
    case (0x28, 0x29): return letter(-2)
    // "::", "->", "=>"
    case (0x3A, 0x3A), (0x2D, 0x3E), (0x3D, 0x3E): return true
    // "</"
    case (0x3C, 0x2F): return letter(1)
    // " --all"
    case (0x2D, 0x2D): return letter(1) && (index < 2 || text[index - 2] == 0x20)
    // "lamp_open"
    case (_, 0x5F): return before.isASCIILetter && letter(1)
    default: return false
    }
  }
}
