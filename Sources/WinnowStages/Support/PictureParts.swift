import WinnowCore

/// Parts of a picture that systems put into elements of their own: a caption in large letters, who took it, whose
/// rights it is.
enum PictureParts {
  private static let caption: RoleSet = [.caption]
  /// Words of a picture's rights.
  private static let longestRights: Int32 = 12

  /// `<figcaption><h3>`: a caption marked up as a heading, so that it is large.
  static func isCaption(heading block: Block) -> Bool {
    let marks = block.marks
    return marks.contains(.figcaption) || marks.contains(.figure) && marks.contains(.captionToken)
  }

  /// Whether the block right above is a caption, in a figure that holds both.
  static func isBelowCaption(_ block: Int, _ document: Document, _ ledger: Ledger) -> Bool {
    guard block > 0, ledger.isLed(block - 1, by: caption) else { return false }
    var container = Int(document.rows[block].container)
    while container > 0, Int(document.containers[container].firstBlock) >= block {
      container = Int(document.containers[container].parent)
    }
    return !document.containers[container].inherited.isDisjoint(with: [.figure, .figcaption])
  }

  /// "\u{A9} Ann Smith/Northern Wire".
  static func opensWithSign(_ block: Block) -> Bool {
    block.storage.form == .html && block.utf8.starts(with: [0xC2, 0xA9])
  }

  /// Whether a picture stands in the block, right above it or around it, or the text is still to come.
  private static func isByPicture(_ block: Block, _ marks: MarkupMarks, _ document: Document) -> Bool {
    marks.contains(.figure) || block.measures.images > 0 || document.proseStart.map { block.id < $0 } ?? false
      || block.id > 0 && document[block.id - 1].marks.contains(.figure)
  }

  /// Whether a copyright sign, or an element named for copyright, is a picture's: some words without a year, below the
  /// headline and above the end of the text. The page's own stand in its footer.
  static func isRights(_ block: Block, _ document: Document, below headline: Int?) -> Bool {
    let m = block.measures
    guard document.form == .html, m.words <= longestRights, m.digits < 4, m.links == 0, m.kind == .paragraph,
      block.id < document.measures.proseSpan.upperBound, headline.map({ block.id > $0 }) ?? true
    else { return false }
    let marks = block.marks
    return isByPicture(block, marks, document) && !marks.contains(.footer)
      && marks.isDisjoint(with: Places.beside)
      && (opensWithSign(block) || marks.contains(.footerToken))
      && !block.hits.contains { $0.section == .footer && $0.range.count > 3 }
  }

  /// "Show full screen", "Newsletter": what players and boxes around pictures say.
  static func isButton(_ block: Block) -> Bool {
    block.storage.form == .html && block.words <= 6
      && block.hits.contains {
        $0.anchor == .whole && buttons.contains($0.section) && $0.range.count + 2 >= block.utf8.count
      }
  }

  private static let buttons: Set<PhraseSection> = [
    .furniture, .media, .newsletter, .share, .moreLink, .account, .follow, .engagement, .advertisement,
  ]
}
