import WinnowCore
import WinnowText

/// Asks of lines of flat text whether they can be captions.
enum CaptionLines {
  /// Whether a line is a sentence or two, as captions have them: of 47 such lines right above a credit 40 were
  /// captions, of longer ones hardly any.
  static func isSentence(_ index: Int, _ document: Document) -> Bool {
    let m = document.rows[index].measures
    return m.kind == .paragraph && m.words >= 6 && m.words <= 35 && m.sentences <= 2 && m.links == 0
      && m.flags.contains(.endsSentence) && document[index].utf8.first.map { !$0.isASCIISmall } ?? false
  }

  /// Whether a credit opens with its label and a colon: "Photo: Ann Smith", and not "Photo of the weir".
  static func hasLabel(_ credit: Block) -> Bool {
    // "[ Photo: Ann Smith ]" is a picture's own text, and what stands above it nothing of the picture's.
    credit.utf8.first != 0x5B
      && credit.hits.contains { hit in
        hit.section == .credit && hit.range.lowerBound <= 2
          && credit.utf8.dropFirst(hit.range.upperBound - 1).prefix(3).contains(0x3A)
      }
  }

  /// "FILE - The mayor at the weir", "Pictured from left are …": in flat text captions too where they are sentences.
  static func opensCaption(_ block: Block, _ m: BlockMeasures, _ document: Document) -> Bool {
    document.form == .flatText && m.kind == .paragraph && m.sentences <= 2
      && block.hits.contains { hit in
        guard hit.section == .caption else { return false }
        // "The weir (file photo): It has stood since 1904."
        let behind = block.utf8.dropFirst(hit.range.upperBound - 1).prefix(3)
        return hit.opensBlock || behind.starts(with: [0x29, 0x3A])
          || behind.dropFirst().starts(with: [0x29, 0x3A])
      }
  }

  /// Whether a line is a day and hardly anything else: of those two stand near the head.
  static func isDay(_ index: Int, _ document: Document) -> Bool {
    let block = document[index]
    guard block.words <= 8, block.measures.digits >= 5 else { return false }
    return block.withUTF8 { text in
      TextTools.dates.mentions(in: text, language: document.language, limit: 1).first.map {
        $0.range.count * 2 > text.count
      } ?? false
    }
  }
}
