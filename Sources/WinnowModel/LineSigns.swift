import WinnowCore

/// Signs in a line that tell sentences from machinery, read in one pass over its bytes.
struct LineSigns {
  /// A question mark ends it.
  private(set) var question = false
  /// An ellipsis ends it: a text cut short.
  private(set) var ellipsis = false
  private(set) var endsComma = false
  /// Quotation marks.
  private(set) var quotes = 0
  private(set) var brackets = 0
  /// A currency sign beside a digit.
  private(set) var money = false
  /// A web address, or two words joined by a dot and slash.
  private(set) var address = false
  /// `@name` or an electronic mail address.
  private(set) var handle = false
  /// `12:30`.
  private(set) var clock = false
  private(set) var opensDigit = false
  private(set) var opensDash = false
  /// An arrow or a double angle: a link that leads on.
  private(set) var arrow = false

  init(_ text: UnsafeBufferPointer<UInt8>) {
    let count = text.count
    guard count > 0 else { return }
    opensDigit = text[0].isASCIIDigit
    opensDash =
      text[0] == 0x2D
      || count > 2 && text[0] == 0xE2 && text[1] == 0x80 && (text[2] == 0x93 || text[2] == 0x94)
    let last = text[count - 1]
    question = last == 0x3F || ends(text, 0xEF, 0xBC, 0x9F) || count > 1 && ends(text, 0xD8, 0x9F)
    ellipsis = ends(text, 0xE2, 0x80, 0xA6) || count >= 3 && last == 0x2E && text[count - 2] == 0x2E
    endsComma = last == 0x2C || ends(text, 0xE3, 0x80, 0x81)
    LineSigns.plain.withUnsafeBufferPointer { readSigns(text, plain: $0) }
  }

  /// Bytes that are no sign, as nearly all are.
  private static let plain: [Bool] = (0...0xFF).map { byte in
    ![0x22, 0x24, 0x28, 0x2F, 0x3A, 0x40, 0x5B, 0xC2, 0xE2, 0xE3].contains(byte)
  }

  private mutating func readSigns(_ text: UnsafeBufferPointer<UInt8>, plain: UnsafeBufferPointer<Bool>) {
    let count = text.count
    for index in 0..<count where !plain[Int(text[index])] {
      switch text[index] {
      case 0x22: quotes += 1
      case 0x28, 0x5B: brackets += 1
      case 0x24: if isDigitNear(text, index) { money = true }
      case 0x2F: if index > 0, text[index - 1] == 0x2F || text[index - 1] == 0x3A { address = true }
      case 0x40: handle = true
      case 0x3A:
        if index > 0, index + 2 < count, text[index - 1].isASCIIDigit,
          text[index + 1].isASCIIDigit,
          text[index + 2].isASCIIDigit
        {
          clock = true
        }
      case 0xC2 where index + 1 < count:
        // Pound, yen; guillemets.
        if text[index + 1] == 0xA3 || text[index + 1] == 0xA5 { money = true }
        if text[index + 1] == 0xAB { quotes += 1 }
        if text[index + 1] == 0xBB { if index + 2 == count { arrow = true } else { quotes += 1 } }
      case 0xE2 where index + 2 < count: readGeneral(text[index + 1], text[index + 2])
      case 0xE3 where index + 2 < count:
        if text[index + 1] == 0x80, text[index + 2] >= 0x8C, text[index + 2] <= 0x8F { quotes += 1 }
      default: break
      }
    }
  }

  /// Signs U+2000…U+2FFF by their last two bytes.
  private mutating func readGeneral(_ second: UInt8, _ third: UInt8) {
    switch (second, third) {
    case (0x80, 0x9C), (0x80, 0x9D), (0x80, 0x9E): quotes += 1
    case (0x82, 0xAC): money = true
    case (0x80, 0xBA), (0x86, _), (0x87, _), (0x96, 0xB6), (0x96, 0xBA): arrow = true
    default: break
    }
  }

  private func ends(_ text: UnsafeBufferPointer<UInt8>, _ first: UInt8, _ second: UInt8) -> Bool {
    text.count >= 2 && text[text.count - 1] == second && text[text.count - 2] == first
  }

  private func ends(
    _ text: UnsafeBufferPointer<UInt8>, _ first: UInt8, _ second: UInt8, _ third: UInt8
  ) -> Bool {
    text.count >= 3 && text[text.count - 1] == third && text[text.count - 2] == second
      && text[text.count - 3] == first
  }

  private func isDigitNear(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    (index + 1 < text.count && text[index + 1].isASCIIDigit)
      || (index > 0 && text[index - 1].isASCIIDigit)
  }

}

/// How a flat page was laid out as a whole: by which program, in effect.
struct SpacingShares {
  private let blank: Float
  private let bullet: Float
  private let indented: Float
  private let glued: Float
  private let headings: Float
  private let median: Float

  init(_ rows: [BlockRow]) {
    let count = Float(max(rows.count, 1))
    func share(_ condition: (BlockMeasures) -> Bool) -> Float {
      Float(rows.reduce(0) { $0 + (condition($1.measures) ? 1 : 0) }) / count
    }
    blank = share { $0.blankLinesBefore > 0 }
    bullet = share { $0.flags.contains(.bullet) }
    indented = share { $0.indent > 0 }
    glued = share { $0.flags.contains(.glued) }
    headings = share { $0.kind == .heading }
    let sizes = rows.map(\.measures.words).sorted()
    median = sizes.isEmpty ? 0 : logCount(Float(sizes[sizes.count / 2]))
  }

  func write(_ w: inout some FeatureWriter) {
    w.put("page_blank", blank)
    w.put("page_bullets", bullet)
    w.put("page_indents", indented)
    w.put("page_glued", glued)
    w.put("page_headings", headings)
    w.put("page_median", median)
  }
}
