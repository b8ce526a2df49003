/// Tells Markdown from plain text that quotes code.
enum MarkdownEvidence {
  /// Whether a text is Markdown, by its links, headings that stand alone, and bold words.
  ///
  /// Comments of quoted code look like headings, its pointers like bold words and its calls like links;
  /// hence the blank lines, the pairs and the shares, and of headings of the first level, of which a page has
  /// one and a listing as many as it has comments, only one counts.
  static func recognizes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var links = 0
    var headings = (first: 0, further: 0)
    var bold = (opens: 0, closes: 0)
    var lines = 1
    var breaks = 2  // line ends since the last sign
    var heading = 0  // the level that the line has if a blank line follows
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x0A {
        if breaks == 0 { lines += 1 }
        breaks += 1
        if heading > 0, breaks == 2 {
          if heading == 1 { headings.first = 1 } else { headings.further += 1 }
        }
      } else if byte > 0x20 {
        if breaks > 0 {
          heading = byte == 0x23 && breaks >= 2 ? MarkdownText.headingLevel(bytes, index, bytes.count) : 0
          breaks = 0
        }
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0x20
        if byte == 0x5D, next == 0x28 {
          links += 1
        } else if byte == 0x2A, next == 0x2A {
          let before = index > 0 && bytes[index - 1] > 0x20
          let after = index + 2 < bytes.count && bytes[index + 2] > 0x20
          if after, !before { bold.opens += 1 }
          if before, !after { bold.closes += 1 }
          index += 1
        }
        // Behind a line's first sign no others mean anything.
        index = nextMeaningful(bytes, from: index + 1) - 1
      }
      index += 1
    }
    let isLinked = links * 40 >= lines
    let headed = headings.first + headings.further
    return (links >= 3 && isLinked) || headed >= 2 || (links >= 1 && headed >= 1)
      || (min(bold.opens, bold.closes) >= 3 && min(bold.opens, bold.closes) * 40 >= lines)
  }

  /// The next byte within a line that ends it, or may belong to a link or bold words.
  @inline(__always)
  private static func nextMeaningful(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = start
    while index + 8 <= raw.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let found =
        ByteWord.places(of: 0x0A, in: word) | ByteWord.places(of: 0x5D, in: word)
        | ByteWord.places(of: 0x2A, in: word)
      if found != 0 { return index + ByteWord.first(found) }
      index += 8
    }
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x5D, bytes[index] != 0x2A { index += 1 }
    return index
  }
}
