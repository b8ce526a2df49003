import WinnowCore

extension Reason {
  static let insertionPost: Reason = "insertion.post"
  static let insertionPlayer: Reason = "insertion.player"
  static let insertionFile: Reason = "insertion.media-file"
  static let insertionPointer: Reason = "insertion.pointer"
  static let insertionNumbers: Reason = "insertion.line-numbers"
  static let insertionDoubled: Reason = "insertion.doubled-text"
}

/// Finds what is set between the paragraphs of a flat text and reads like one: posts of other services with their
/// signatures, titles of players, pointers in brackets or before an arrow, alternative texts glued to their captions.
public struct InsertionStage: Stage {
  public static let id: StageID = "insertions"
  public static let contract = StageContract(
    reads: [.paragraph, .subheading, .mediaStub, .credit, .duplicate, .furniture],
    writes: [.mediaStub, .readMore, .duplicate, .caption])
  public static let summary =
    "In flat text, labels posts with an account's name in brackets, titles of players, pointers in brackets or before an arrow, and lines that say the same twice."
  public static let risk =
    "A post that the article quotes goes with its signature; a byline with an account's name stands above the prose and stays."
  public static let examples: [StageExample] = [
    .text(
      "a post of another service, a player and a pointer",
      """
      The clockmaker who never wears a watch

      For fifty years Otto Brand has mended the clocks of the town, and he has never worn a watch himself.

      Half past two, and the market's clock is right again. Thank you, Otto!
      — Town of Lowmere (@lowmere) May 6, 2025

      1:52 How a tower clock is wound
      How a tower clock is wound

      Because he hears the church bells from his workshop, he says, and they have not been late since 1950.

      [ Why the town keeps its old clocks ]

      His daughter will take over the workshop in the spring, and she does not own a watch either.
      """,
      proof: """
        = headline    The clockmaker who never wears a watch
        + paragraph   For fifty years…
        - media-stub  Half past two…
        - media-stub  — Town of Lowmere…
        - media-stub  1:52 How a tower clock is wound
        - media-stub  How a tower clock is wound
        + paragraph   Because he hears…
        - read-more   [ Why the town keeps its old clocks ]
        + paragraph   His daughter…
        """)
  ]

  private static let mostPosts = 4
  private static let longestSignature: Int32 = 24
  private static let longestPost: Int32 = 80
  /// How far below an invitation to look at a post its signature may stand, in blocks.
  private static let reach = 8

  /// The stage; it has no settings of its own.
  public init() {}

  public func label(_ document: Document, in ledger: inout Ledger) {
    guard document.form == .flatText,
      let first = document.indices.first(where: { isText($0, document, ledger) }),
      let last = document.indices.last(where: { isText($0, document, ledger) })
    else { return }
    let signatures = document.indices.filter { $0 > first }.compactMap { index in
      Signature(document[index]).map { (block: index, text: $0) }
    }
    // Where there are more, the article is about them and hardly more than their frame.
    if signatures.count <= Self.mostPosts {
      for signature in signatures { labelPost(signature.block, signature.text, document, &ledger) }
    }
    for index in document.indices where index > first {
      let block = document[index]
      labelPlayer(index, document, &ledger)
      guard ledger.isLed(index, by: .body), block.kind != .code else { continue }
      if isPointer(block, document) || index > last && block.withUTF8(Self.pointsBack) {
        ledger.add(.readMore, to: index, .strong, because: .insertionPointer)
      } else if block.withUTF8(MachineText.isMediaFile) {
        ledger.add(.mediaStub, to: index, .strong, because: .insertionFile)
      }
    }
    for index in document.indices where ledger.isLed(index, by: .body) && document[index].kind != .code {
      labelDoubled(index, document, &ledger)
    }
    labelNumbers(document, &ledger)
    for index in max(0, first - Self.leadPicture)..<last { labelCredited(index, document, &ledger) }
  }

  /// How far above the first paragraph the lead picture's credit may stand, in blocks.
  private static let leadPicture = 12
  private static let credits: RoleSet = [.credit]
  private static let unnamed: RoleSet = [.furniture]
  private static let copies: RoleSet = [.duplicate]
  /// Less are words of a user interface.
  private static let leastOfCaption: Float = 0.02
  private static let captionWords: ClosedRange<Int32> = 4...60

  /// The line above "Ann Smith / Northern Wire", or the first copy of it, that the score left out of the body and nobody
  /// named: what the picture shows.
  private func labelCredited(_ credit: Int, _ document: Document, _ ledger: inout Ledger) {
    guard credit > 1, ledger.isLed(credit, by: Self.credits),
      // "Photo" alone says nothing of the line above.
      document[credit].words >= 2 || document[credit].hit(.agency) != nil
    else { return }
    var above = credit - 1
    if ledger.isLed(above, by: Self.copies), document.rows[above].measures.firstCopy == Int32(above - 1) {
      above -= 1
    }
    let m = document.rows[above].measures
    guard ledger.isLed(above, by: Self.unnamed), Self.captionWords.contains(m.words), m.kind == .paragraph,
      m.flags.isDisjoint(with: [.dateOnly, .endsColon]),
      let score = ledger.leadingLabel(of: above)?.evidence.score, score >= Self.leastOfCaption
    else { return }
    ledger.add(.caption, to: above, .strong, because: .captionCredit, evidence: .block(credit))
  }

  private func isText(_ index: Int, _ document: Document, _ ledger: Ledger) -> Bool {
    document.rows[index].isProse && ledger.isLed(index, by: .body)
  }

  private func drop(_ index: Int, _ reason: Reason, _ ledger: inout Ledger) {
    guard ledger.isLed(index, by: .body) || ledger.role(of: index) == .publicationDate else { return }
    ledger.add(.mediaStub, to: index, .strong, because: reason)
  }

  // MARK: - Posts

  /// "— Ann Smith (@annsmith) May 6, 2025", "A post shared by Ann (@annsmith)".
  private struct Signature {
    let opensWithDash: Bool
    /// Whether nothing follows the account's name.
    let isBare: Bool

    init?(_ block: Block) {
      guard block.words <= InsertionStage.longestSignature, !block.flags.contains(.endsSentence) else {
        return nil
      }
      let found: (Bool, Bool)? = block.withUTF8 { text in
        guard let at = text.firstIndex(of: 0x40).map({ $0 - 1 }), at >= 0, text[at] == 0x28,
          let close = text[at...].firstIndex(of: 0x29), close > at + 2,
          text[at + 2..<close].allSatisfy({ $0 > 0x20 })
        else { return nil }
        // An en or em dash.
        let hasDash = text[0] == 0xE2 && text[1] == 0x80 && (text[2] == 0x93 || text[2] == 0x94)
        return (hasDash, close + 1 >= text.count)
      }
      guard let found, found.1 || block.flags.contains(.hasDate) else { return nil }
      (opensWithDash, isBare) = found
    }
  }

  private func labelPost(_ index: Int, _ signature: Signature, _ document: Document, _ ledger: inout Ledger) {
    let next = index + 1
    let isDateBelow =
      signature.isBare && next < document.count && document[next].flags.contains(.dateOnly)
      && document[next].words <= 6
    let isDated = !signature.isBare || isDateBelow
    let opener = (max(0, index - Self.reach)..<index).last { ledger.role(of: $0) == .mediaStub }
    guard signature.opensWithDash || isDated || opener != nil else { return }
    drop(index, .insertionPost, &ledger)
    if isDateBelow { drop(next, .insertionPost, &ledger) }
    if signature.opensWithDash {
      guard isDated else { return }
      // The post's text, and below it the addresses of its pictures.
      var above = index - 1
      while above > 0, document[above].words <= 2, document[above].withUTF8(Self.isAddress) {
        drop(above, .insertionPost, &ledger)
        above -= 1
      }
      if above >= 0, document[above].words <= Self.longestPost { drop(above, .insertionPost, &ledger) }
    } else if let opener {
      let between = opener + 1..<index
      let words = between.reduce(Int32(0)) { $0 + document.rows[$1].measures.words }
      if words <= Self.longestPost { for block in between { drop(block, .insertionPost, &ledger) } }
    }
  }

  // MARK: - Players

  /// "1:52 How a tower clock is wound" beside "How a tower clock is wound".
  private func labelPlayer(_ index: Int, _ document: Document, _ ledger: inout Ledger) {
    let block = document[index]
    guard block.words >= 3, block.words <= 30, let start = block.withUTF8(Self.endOfDuration) else { return }
    let title = block.text(start..<block.utf8.count)
    for other in [index - 1, index + 1]
    where document.indices.contains(other) && document[other].text == title {
      drop(index, .insertionPlayer, &ledger)
      drop(other, .insertionPlayer, &ledger)
    }
  }

  private typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Where the text behind "1:52 " or "1:02:03 " begins.
  private static func endOfDuration(_ text: Bytes) -> Int? {
    var index = 0
    var colons = 0
    while index < text.count, text[index].isASCIIDigit || text[index] == 0x3A {
      if text[index] == 0x3A { colons += 1 }
      index += 1
    }
    guard colons == 1 || colons == 2, index >= 4, index <= 8, index + 1 < text.count, text[index] == 0x20,
      text[0] != 0x3A, text[index - 1] != 0x3A
    else { return nil }
    return index + 1
  }

  /// Nothing but an address.
  private static func isAddress(_ text: Bytes) -> Bool {
    text.starts(with: "http".utf8) || text.starts(with: "pic.".utf8)
  }

  // MARK: - Line numbers

  private static let fewestNumbers = 3

  /// "1", "2", "3", each on a line of its own, above a listing: the numbers of its lines.
  private func labelNumbers(_ document: Document, _ ledger: inout Ledger) {
    var start = 0
    while start < document.count {
      var end = start
      while end < document.count, document.rows[end].measures.words <= 1,
        document[end].withUTF8({ Self.number($0) == end - start + 1 })
      {
        end += 1
      }
      if end - start >= Self.fewestNumbers {
        for index in start..<end where ledger.isLed(index, by: .body) {
          ledger.add(.mediaStub, to: index, .strong, because: .insertionNumbers)
        }
      }
      start = max(end, start + 1)
    }
  }

  private static func number(_ text: Bytes) -> Int? {
    guard (1...3).contains(text.count), text.allSatisfy({ $0.isASCIIDigit }) else { return nil }
    return text.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
  }

  // MARK: - Pointers

  private static let longestPointer: Int32 = 30

  /// "[ Why the town keeps its clocks ]", "Why the town keeps its clocks »".
  private func isPointer(_ block: Block, _ document: Document) -> Bool {
    guard block.words >= 4, block.words <= Self.longestPointer, block.kind == .paragraph else { return false }
    if block.withUTF8(Self.isInBrackets) { return true }
    guard block.withUTF8(Self.endsInArrow) else { return false }
    // The end of a quotation that runs over several paragraphs.
    return !(max(0, block.id - 3)..<block.id).contains { above in
      document[above].withUTF8 { Self.quotes($0).contains(0xAB) && Self.quotes($0).last == 0xAB }
    }
  }

  private static func isInBrackets(_ text: Bytes) -> Bool {
    text.count > 12 && text[0] == 0x5B && text[1] == 0x20 && text[text.count - 1] == 0x5D
      && text[text.count - 2] == 0x20 && !text[1..<text.count - 1].contains { $0 == 0x5B || $0 == 0x5D }
  }

  /// The second bytes of the angle quotes of a text, in order.
  private static func quotes(_ text: Bytes) -> [UInt8] {
    text.indices.dropLast().compactMap {
      text[$0] == 0xC2 && (text[$0 + 1] == 0xAB || text[$0 + 1] == 0xBB) ? text[$0 + 1] : nil
    }
  }

  private static func endsInArrow(_ text: Bytes) -> Bool {
    let end = text.count
    guard end > 12, text[end - 1] == 0xBB, text[end - 2] == 0xC2, text[end - 3] == 0x20,
      quotes(text) == [0xBB]
    else { return false }
    // "… says he. »" closes a quotation.
    return !".!?,;:".utf8.contains(text[end - 4]) && !text[..<(end - 3)].suffix(3).elementsEqual("…".utf8)
      && !text[0].isASCIISmall
  }

  /// "« The ferry at seven" below the text: the way to the entry before.
  private static func pointsBack(_ text: Bytes) -> Bool {
    guard text.count > 6, text.count <= 120, text[0] == 0xC2, text[1] == 0xAB, text[2] == 0x20,
      let last = text.last, quotes(text) == [0xAB]
    else { return false }
    return !".!?,;:".utf8.contains(last)
  }

  // MARK: - Doubled lines

  /// "The weir on Sunday.The weir on Sunday.": an alternative text that a converter glued to its caption.
  private func labelDoubled(_ index: Int, _ document: Document, _ ledger: inout Ledger) {
    let block = document[index]
    guard block.words >= 3, block.words <= 80, block.withUTF8(Self.isDoubled) else { return }
    ledger.add(.duplicate, to: index, .strong, because: .insertionDoubled)
    let half = block.text(0..<block.utf8.count / 2)
    let next = index + 1
    if next < document.count, ledger.isLed(next, by: .body), document[next].text == half {
      ledger.add(.caption, to: next, .strong, because: .captionDoubled, evidence: .block(index))
    }
  }

  private static let shortestHalf = 10

  private static func isDoubled(_ text: Bytes) -> Bool {
    // With or without a space between.
    for gap in [0, 1] where (text.count - gap) % 2 == 0 {
      let half = (text.count - gap) / 2
      guard half >= shortestHalf, gap == 0 || text[half] == 0x20 else { continue }
      if text[..<half].elementsEqual(text[(half + gap)...]) { return true }
    }
    return false
  }
}
