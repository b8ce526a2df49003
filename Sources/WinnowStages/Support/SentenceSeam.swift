package import WinnowCore

/// Where a converter that gives every string of a page a line of its own parts a sentence.
package enum SentenceSeam {
  private typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Whether a line ends in the midst of a sentence: with a small letter, a comma, an opening bracket or quotation mark.
  package static func isOpen(_ block: Block) -> Bool {
    guard isText(block), !block.flags.contains(.endsSentence), let byte = block.utf8.last else {
      return false
    }
    if byte < 0x80 { return isOpen(Unicode.Scalar(byte)) }
    return block.text.unicodeScalars.last.map { isOpen($0) } ?? false
  }

  /// The same of a text.
  package static func isOpen(_ last: Unicode.Scalar) -> Bool {
    last.properties.isLowercase || ",(\u{201E}\u{AB}\u{201C}[".unicodeScalars.contains(last)
      || isSpaceless(last)
  }

  /// Whether a line goes on with the sentence of the line above: with a small letter, or with a sign that no sentence
  /// opens with.
  package static func goesOn(_ block: Block) -> Bool {
    guard isText(block), let byte = block.utf8.first else { return false }
    if byte < 0x80 { return byte.isASCIISmall || ",.;:)!?]".utf8.contains(byte) }
    guard let first = block.text.unicodeScalars.first else { return false }
    return first.properties.isLowercase || ",.;:)\u{201D}\u{2019}!?]".unicodeScalars.contains(first)
  }

  /// Whether a line is a few words that may stand within a sentence.
  package static func isFragment(_ block: Block) -> Bool {
    guard isText(block), block.words <= 8, !block.flags.contains(.endsSentence),
      let first = block.text.unicodeScalars.first
    else { return false }
    return first.properties.isAlphabetic
  }

  private static func isText(_ block: Block) -> Bool {
    block.kind == .paragraph && block.isDisjoint(with: .bullet)
  }

  /// Letters of scripts without spaces and without small ones.
  private static func isSpaceless(_ scalar: Unicode.Scalar) -> Bool {
    (0x3041...0x9FFF).contains(scalar.value)
  }
}

extension Block {
  fileprivate func isDisjoint(with flags: BlockFlags) -> Bool { measures.flags.isDisjoint(with: flags) }
}
