import WinnowCore
import WinnowModel

/// Texts that only programs read.
enum MachineText {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Paragraphs of a page with nothing else: the address of a picture or film, the page's own, and on articles an object
  /// of JSON.
  static func blocks(of document: Document, _ ledger: Ledger) -> [Int] {
    guard document.form == .html else { return [] }
    return document.indices.filter { index in
      let first = document.firstByte(of: index)
      guard first == 0x68 || first == 0x7B || first == 0x5B, ledger.isLed(index, by: [.paragraph]) else {
        return false
      }
      let block = document[index]
      return first == 0x68
        ? block.withUTF8(isMediaFile) || isOwnAddress(block, document)
        : block.kind == .paragraph && block.withUTF8(isObject) && DeclaredKind(document).isArticle
    }
  }

  private static func isOwnAddress(_ block: Block, _ document: Document) -> Bool {
    guard block.utf8.starts(with: "http".utf8), !block.utf8.contains(0x20) else { return false }
    return document.declared(.url).contains { $0.value.utf8.elementsEqual(block.utf8) }
  }

  private static let files = [
    ".mp3", ".wav", ".m4a", ".mp4", ".jpg", ".jpeg", ".png", ".webp",
  ].map { Array($0.utf8) }

  /// "https://daily.example/interview.mp3" alone on a line, or "[weir-2024.jpg]", as w3m and lynx write pictures.
  static func isMediaFile(_ text: Bytes) -> Bool {
    if text.count > 2, text.first == 0x5B, text.last == 0x5D, !text.contains(0x20) {
      return endsInFile(text[1..<text.count - 1])
    }
    return text.starts(with: "http".utf8) && !text.contains(0x20) && endsInFile(text[...])
  }

  private static func endsInFile(_ text: Slice<Bytes>) -> Bool {
    files.contains { text.count > $0.count && text.suffix($0.count).elementsEqual($0) }
  }

  /// `{"id":17,"slug":"bridge"}`: an object of JSON, or a list of them, whole.
  static func isObject(_ text: Bytes) -> Bool {
    guard text.count >= fewestBytes, let last = text.last, last == 0x7D || last == 0x5D else { return false }
    let start = text[0] == 0x5B ? 1 : 0
    guard text[start] == 0x7B, text[start + 1] == 0x22 else { return false }
    return (start + 2..<text.count - 1).contains { text[$0] == 0x22 && text[$0 + 1] == 0x3A }
  }

  private static let fewestBytes = 8
}
