import WinnowCore

/// The part of a caption that names who made the picture.
struct CreditExtent {
  /// What is cut out of the caption: label, brackets and name.
  let extent: Range<Int>
  /// The name alone.
  let name: Range<Int>
  /// How it was recognised.
  let reason: Reason
  /// Whether the block holds nothing else.
  let isAll: Bool

  private typealias Bytes = CreditText.Bytes

  /// Words of a line that says whose the picture's rights are: "\u{A9} Ann Smith / Northern Wire".
  private static let mostRights = 12

  /// Longest name of a credit, in bytes.
  private static let longestName = 90

  /// The credit in a block, if any.
  ///
  /// `isCaption` says that the block is known to be a caption: then a bracket or slash with a name
  /// behind it is enough, where in other lines a label with its sign must stand.
  static func find(in block: Block, isCaption: Bool = false) -> CreditExtent? {
    let credit = part(of: block, isCaption: isCaption)
    guard let credit, !credit.isAll else { return credit }
    return block.withUTF8 { text in
      // "… on Sunday. \u{A9} Ann Smith/dpa": the sign opens the credit, whatever of it is known.
      if isCaption, let signed = copyrighted(text), signed.extent.lowerBound < credit.extent.lowerBound {
        return signed
      }
      return withPhotographer(text, credit)
    } ?? credit
  }

  /// "Ann Smith / AP", "Ann Smith/Northern Wire via AP" and nothing else: the photographer's name is no caption.
  private static func withPhotographer(_ text: Bytes, _ credit: CreditExtent) -> CreditExtent? {
    guard let slash = text.firstIndex(of: 0x2F), slash >= 5, slash <= credit.name.lowerBound,
      text.count <= longestName
    else { return nil }
    var end = slash
    while end > 0, text[end - 1] == 0x20 { end -= 1 }
    let words = text[..<end].split(separator: 0x20)
    guard (2...4).contains(words.count),
      words.allSatisfy({ word in word.first.map { $0.isASCIICapital || $0 >= 0xC3 } ?? false }),
      CreditText.isNameLike(text, 0..<end), text[..<end].last != 0x2E
    else { return nil }
    var close = text.count
    while close > slash, isEdge(text[close - 1]) { close -= 1 }
    return CreditExtent(
      extent: 0..<text.count, name: 0..<close, reason: credit.reason, isAll: true)
  }

  private static func part(of block: Block, isCaption: Bool) -> CreditExtent? {
    let strict = block.flags.contains(.prose) && !isCaption
    return block.withUTF8 { text in
      let labels = labels(of: block)
      if isCaption, block.words <= mostRights, text.starts(with: [0xC2, 0xA9]),
        !labels.contains(where: { CreditText.hasColon(text, $0) }), let credit = copyrighted(text),
        credit.isAll
      {
        return credit
      }
      // "…, illustration Photo: Ann Smith": the label with a colon is the one that opens the credit.
      for hit in labels
      where CreditText.hasColon(text, hit) && !CreditText.closesMention(text, hit.range.upperBound) {
        if let credit = labelled(text, hit) { return credit }
      }
      for hit in labels {
        if let credit = trailing(text, hit.range) { return credit }
        // A sentence may name an agency ("according to Reuters"); in prose only a label with its sign counts.
        if strict, !CreditText.hasSign(text, hit), !closesBlock(text, hit) { continue }
        if isWord(text, hit, in: block) || CreditText.closesMention(text, hit.range.upperBound) { continue }
        if let credit = sourced(text, hit) ?? labelled(text, hit) { return credit }
      }
      // "… reading a book. Ann Smith, reporter": the caption's author behind it, as Korean papers have it.
      if isCaption {
        for hit in block.hits where hit.section == .byline {
          if let credit = trailing(text, hit.range) { return credit }
        }
      }
      if let credit = bracketed(text, block, isCaption) { return credit }
      let isSetApart = block.marks.contains(.creditToken)
      return isCaption ? copyrighted(text) ?? slashed(text) ?? afterStop(text, isSetApart) : nil
    }
  }

  /// Whether an agency's initials are a word of the line, "above the pool", or whom somebody works for, "Ann Smith, AP
  /// Sports Writer".
  private static func isWord(_ text: Bytes, _ hit: PhraseHit, in block: Block) -> Bool {
    guard hit.range.lowerBound > 0, hit.range.count <= 5, !CreditText.hasSign(text, hit) else { return false }
    return text[hit.range.lowerBound].isASCIISmall && !CreditText.opensName(text, hit.range.upperBound)
      || block.hits.contains { $0.section == .role && $0.range.lowerBound >= hit.range.upperBound }
  }

  /// The credit labels; of two that start at one place the longer, "Photo by" and not "Photo".
  private static func labels(of block: Block) -> [PhraseHit] {
    guard block.hit(.credit) != nil else { return [] }
    let labels = block.hits.filter { $0.section == .credit }
    guard labels.count > 1 else { return labels }
    return labels.filter { hit in
      !labels.contains {
        $0.range.lowerBound == hit.range.lowerBound && $0.range.upperBound > hit.range.upperBound
      }
    }
  }

  /// What the second block has beyond the first, if that is glued on and holds a label with a colon.
  static func glued(_ first: Block, _ second: Block) -> CreditExtent? {
    let start = first.utf8.count
    guard second.utf8.count > start + 3, second.utf8.count - start <= longestName,
      second.utf8.starts(with: first.utf8)
    else { return nil }
    return second.withUTF8 { text in
      guard text[start] != 0x20, let colon = (start..<text.count).first(where: { text[$0] == 0x3A }) else {
        return nil
      }
      return credit(text, cutStart: start, nameStart: colon + 1, reason: .creditLabel)
    }
  }

  /// The credit that the longer of two copies of a caption has behind the shorter. Behind a page's title stands the
  /// site's name so, which is told by a sentence's end or a label.
  static func behind(_ short: Block, in long: Block) -> CreditExtent? {
    let start = short.utf8.count
    guard start >= shortestCaption, long.utf8.count > start, long.utf8.count - start <= longestName,
      long.utf8.starts(with: short.utf8),
      short.flags.contains(.endsSentence) || long.hits.contains(where: { $0.section == .credit }),
      let credit = find(in: long, isCaption: true), credit.extent.lowerBound + 2 >= start
    else { return nil }
    return credit
  }

  private static let shortestCaption = 12

  /// "Photo: REUTERS", "Foto: Ana Ilić/NORDBILD": a label with the rest of the block behind it.
  private static func labelled(_ text: Bytes, _ hit: PhraseHit) -> CreditExtent? {
    let start = hit.range.lowerBound
    let labelEnd = min(hit.range.upperBound, text.count)
    var nameStart = start
    if let sign = (start..<min(labelEnd + 2, text.count)).first(where: {
      text[$0] == 0x3A || text[$0] == 0x3D
    }) {
      nameStart = sign + 1
    } else if CreditText.opensName(text, labelEnd), !CreditText.isInitials(text, start..<labelEnd) {
      nameStart = labelEnd
    } else if text.count - labelEnd > longestRest, text[start].isASCIISmall {
      // "… above the pool, in a photograph from …": the label's word in the midst of a sentence.
      return nil
    }
    return credit(text, cutStart: start, nameStart: nameStart, reason: .creditLabel)
  }

  /// The most bytes that follow a label in small letters which is a name itself: "pool photo via Northern Wire".
  private static let longestRest = 32

  /// "Image by Ann Smith from Pixabay", in whatever language: a word with a capital, a small one, a name, a small word
  /// and the library that closes the line.
  private static func sourced(_ text: Bytes, _ hit: PhraseHit) -> CreditExtent? {
    guard hit.range.upperBound + 1 >= text.count, hit.range.lowerBound > 0 else { return nil }
    let words = text[..<hit.range.lowerBound].split(separator: 0x20).suffix(mostSourced)
    guard words.count >= 4, words.last.map(CreditText.isSmallWord) == true else { return nil }
    let before = words.dropLast()
    guard
      let small = before.indices.dropFirst().dropLast().last(where: { CreditText.isSmallWord(before[$0]) }),
      let label = before[small - 1].first, label.isASCIICapital || label >= 0xC3,
      CreditText.opensPart(text, before[small - 1].startIndex),
      before[(small + 1)...].allSatisfy(CreditText.isPlainWord)
    else { return nil }
    return credit(
      text, cutStart: before[small - 1].startIndex, nameStart: before[small].endIndex + 1,
      reason: .creditLabel)
  }

  /// Words of such a credit before the library's name: label, small word, a name of three, small word.
  private static let mostSourced = 6

  /// "…、小野寺俊撮影": a label that ends the block and has its name before it, as Chinese and Japanese
  /// have it. The name reaches back to the nearest sign or space.
  private static func trailing(_ text: Bytes, _ label: Range<Int>) -> CreditExtent? {
    guard label.upperBound >= text.count, label.lowerBound > 0, label.lowerBound < text.count,
      text[label.lowerBound] >= 0xE3
    else { return nil }
    var end = label.lowerBound
    while end > 0, text[end - 1] == 0x20 { end -= 1 }
    var start = end
    while start > 0, text[start - 1] != 0x20, !CreditText.endsSign(text, start),
      end - start <= longestTrailingName
    {
      start -= 1
    }
    guard start > 0, end - start >= 6, end - start <= longestTrailingName else { return nil }
    var cut = start
    // The comma before the name goes with it, the full stop of the caption stays.
    if text[cut - 1] == 0x81, cut >= 3, text[cut - 2] == 0x80, text[cut - 3] == 0xE3 { cut -= 3 }
    while cut > 0, text[cut - 1] == 0x20 { cut -= 1 }
    return CreditExtent(extent: cut..<text.count, name: start..<end, reason: .creditLabel, isAll: cut == 0)
  }

  /// Longest name before a label, in bytes: seven characters.
  private static let longestTrailingName = 21

  /// "© Sjoerd Haan".
  private static func copyrighted(_ text: Bytes) -> CreditExtent? {
    guard let sign = text.indices.dropLast().last(where: { text[$0] == 0xC2 && text[$0 + 1] == 0xA9 }) else {
      return nil
    }
    return credit(text, cutStart: sign, nameStart: sign + 2, reason: .creditLabel)
  }

  /// "… this Sunday. / Nuria Cabanas".
  private static func slashed(_ text: Bytes) -> CreditExtent? {
    guard
      let bar = text.indices.dropLast(2).last(where: {
        (text[$0] == 0x2F || text[$0] == 0x7C) && $0 > 0 && text[$0 - 1] == 0x20 && text[$0 + 1] == 0x20
      }), CreditText.opensName(text, bar + 1), CreditText.isNameLike(text, bar + 2..<text.count)
    else { return nil }
    // "… on Sunday. Ann Smith / The Harbour Daily": the photographer stands before the house.
    if bar > 8, let stop = (2..<bar - 4).last(where: { text[$0] == 0x2E && text[$0 + 1] == 0x20 }),
      !text[stop - 1].isASCIICapital, CreditText.isPhotographer(text[(stop + 2)..<(bar - 1)])
    {
      return credit(text, cutStart: stop + 1, nameStart: stop + 2, reason: .creditLabel)
    }
    return credit(text, cutStart: bar, nameStart: bar + 1, reason: .creditLabel)
  }

  /// "… on October 30. Northern Wire/Ann Smith": names joined by a slash behind the caption's full stop, or a name
  /// alone where an element within the caption says that it holds the credit.
  private static func afterStop(_ text: Bytes, _ isSetApart: Bool) -> CreditExtent? {
    guard let stop = text.indices.dropLast(3).last(where: { text[$0] == 0x2E && text[$0 + 1] == 0x20 }) else {
      return nil
    }
    let name = stop + 2..<text.count
    guard CreditText.isNameLike(text, name),
      isSetApart || name.contains(where: { text[$0] == 0x2F }) && CreditText.isAgencyLike(text, name)
    else {
      return nil
    }
    return CreditExtent(extent: stop + 1..<text.count, name: name, reason: .creditLabel, isAll: false)
  }

  /// A credit whose name runs to the end of the block.
  private static func credit(
    _ text: Bytes, cutStart: Int, nameStart: Int, reason: Reason
  ) -> CreditExtent? {
    // "Would you like us to ask NWA?"
    guard text.last != 0x3F else { return nil }
    var nameStart = nameStart
    var cutStart = cutStart
    if let slashed = CreditText.slashedStart(text, before: cutStart) {
      (cutStart, nameStart) = (slashed, slashed)
    }
    while nameStart < text.count, isNameEdge(text[nameStart]) { nameStart += 1 }
    if nameStart + 1 < text.count, text[nameStart] == 0xC2, text[nameStart + 1] == 0xA9 { nameStart += 2 }
    if nameStart + 2 < text.count, text[nameStart] == 0xE2, text[nameStart + 1] == 0x80 { nameStart += 3 }
    while nameStart < text.count, text[nameStart] == 0x20 { nameStart += 1 }
    var end = text.count
    while end > nameStart, isEdge(text[end - 1]) { end -= 1 }
    // "… (Ann Smith) The weir on Sunday (Ann Smith)": an alternative text with its caption behind it.
    if let close = (nameStart..<end).first(where: { text[$0] == 0x29 }) {
      let isWhole =
        close * 2 + 3 == text.count && text[..<(close + 1)].elementsEqual(text[(close + 2)...])
      // "(AP Photo/Ann Smith) (AP Photo/Ann Smith)": only the credit is there twice.
      let rest = text[(close + 1)..<end].drop(while: isNameEdge)
      if isWhole || rest.elementsEqual(text[nameStart..<close]) { end = close }
    }
    // "Ann Smith (Northern Wire)": the bracket closes one that the name opened.
    let name = text[nameStart..<max(nameStart, end)]
    if end < text.count, text[end] == 0x29, name.contains(0x28), !name.contains(0x29) { end += 1 }
    guard end > nameStart, end - nameStart <= longestName, !CreditText.isProse(text, nameStart..<end) else {
      return nil
    }
    // A name holds no sentence: what follows the label up to the end must be short and without one.
    for index in nameStart..<end - 1 where text[index] == 0x2E && text[index + 1] == 0x20 {
      // "Pedro L. Gil", "U.S. Army": the stop of an initial ends none.
      if index > nameStart + 3, text[index - 2] != 0x20, text[index - 2] != 0x2E { return nil }
    }
    var start = labelStart(text, before: cutStart)
    while true {
      if start > 0, isGlue(text[start - 1]) {
        start -= 1
      } else if start > 2, text[start - 3] == 0xE2, text[start - 2] == 0x80,
        text[start - 1] == 0x93 || text[start - 1] == 0x94
      {
        // En and em dash.
        start -= 3
      } else if start > 1, text[start - 2] == 0xC2, text[start - 1] == 0xA9 {
        // "… on Sunday. \u{A9} imago/Ann Smith"
        start -= 2
      } else if start > 2, text[start - 3] == 0x28, text[start - 2] | 0x20 == 0x63, text[start - 1] == 0x29 {
        // "(C)"
        start -= 3
      } else {
        break
      }
    }
    return CreditExtent(extent: start..<text.count, name: nameStart..<end, reason: reason, isAll: start == 0)
  }

  /// "Credit: Alamy": where the label is the agency's name, a capitalised word with a colon before it goes with it.
  private static func labelStart(_ text: Bytes, before cut: Int) -> Int {
    var index = cut
    while index > 0, text[index - 1] == 0x20 { index -= 1 }
    guard index > 1, text[index - 1] == 0x3A else { return cut }
    index -= 1
    let colon = index
    while index > 0, text[index - 1] != 0x20, text[index - 1] != 0x28, colon - index <= longestLabel {
      index -= 1
    }
    let isCapital = text[index].isASCIICapital || text[index] >= 0xC3
    // "(Source: Alamy)" too.
    return isCapital && (index == 0 || text[index - 1] == 0x20 || text[index - 1] == 0x28) ? index : cut
  }

  /// Longest word before a colon that is taken for a credit's label, in bytes with its sign: longer ones are other
  /// labels, or glued to the caption's last word.
  private static let longestLabel = 11

  /// "(AP)", "(Foto: X)", "[AFP]" at the very end.
  private static func bracketed(_ text: Bytes, _ block: Block, _ isCaption: Bool) -> CreditExtent? {
    var end = text.count
    while end > 0, text[end - 1] == 0x20 || text[end - 1] == 0x2E { end -= 1 }
    guard end > 3, text[end - 1] == 0x29 || text[end - 1] == 0x5D else { return nil }
    let opener: UInt8 = text[end - 1] == 0x29 ? 0x28 : 0x5B
    var start = end - 2
    while start > 0, text[start] != opener, end - start <= longestName { start -= 1 }
    guard text[start] == opener, end - start <= longestName, start > 0, !CreditText.isBehindTime(text, start)
    else { return nil }
    let inside = start + 1..<end - 1
    let isDescription = block.hits.contains {
      $0.section == .caption && $0.range.overlaps(inside)
    }
    guard !isDescription else { return nil }
    let agency = block.hits.contains { $0.section == .agency && inside.contains($0.range.lowerBound) }
    // Capitals in brackets end many lines, "… EWHC 5512 (TCC)"; where captions have elements, they say little.
    let capitals =
      CreditText.isAgencyLike(text, inside)
      && (isCaption || text[inside].contains(0x2F)
        || block.storage.form == .flatText && CreditText.isAgencysInitials(text, inside))
      && (block.storage.form == .html || !CreditText.isTerm(text, inside, in: block))
    // "… changes the picture (Raytracing).": a word in brackets before a full stop belongs to the sentence.
    let isWord = text.last == 0x2E && !inside.contains { text[$0] == 0x20 || text[$0] == 0x2F }
    guard agency || capitals || isCaption && !isWord && CreditText.isNameLike(text, inside) else {
      return nil
    }
    var cut = start
    while cut > 0, text[cut - 1] == 0x20 { cut -= 1 }
    // "(Image: Ann Smith)": the label is no part of the name.
    var name = inside
    if let colon = inside.prefix(24).first(where: { text[$0] == 0x3A }), colon + 2 < inside.upperBound {
      name = colon + 1..<inside.upperBound
    }
    return CreditExtent(extent: cut..<text.count, name: name, reason: .creditBracket, isAll: false)
  }

  /// "… from the roof. Photo Wire /Ann Smith": a label in a capital behind a sentence's end, with some words to the end
  /// of the block and a name first among them.
  private static func closesBlock(_ text: Bytes, _ hit: PhraseHit) -> Bool {
    let start = hit.range.lowerBound
    guard start >= 12, text[start].isASCIICapital, text[start - 1] == 0x20, text[start - 2] == 0x2E,
      text.count - start <= longestClosing
    else { return false }
    return CreditText.opensName(text, min(hit.range.upperBound, text.count)) && text.last != 0x2E
  }

  /// The longest credit that closes a caption without any sign, in bytes with its label.
  private static let longestClosing = 48

  private static func isNameEdge(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x3A || byte == 0x28 || byte == 0x5B
  }

  private static func isEdge(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x29 || byte == 0x5D || byte == 0x2E
  }

  private static func isGlue(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x2C, 0x28, 0x5B, 0x7C, 0x2D, 0x2F, 0x3B: true
    default: false
    }
  }
}
