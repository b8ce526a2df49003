import WinnowCore
import WinnowHTML
import WinnowText

/// Bytes to blocks: decoding, then the reader of the page's form, then measuring.
struct PageReader: DocumentReader {
  private let maxBytes: Int
  private let html: HTMLReader
  private let text: FlatTextReader
  private let maxBlocks: Int

  private let lexicon: Lexicon

  init(maxBytes: Int, maxBlocks: Int, lexicon: Lexicon) {
    self.lexicon = lexicon
    self.maxBytes = maxBytes
    self.maxBlocks = maxBlocks
    html = HTMLReader(limits: ReaderLimits(maxBytes: maxBytes, maxBlocks: maxBlocks))
    text = FlatTextReader(maxLines: maxBlocks)
  }

  func read(_ page: Page) throws(ReadError) -> Document {
    guard page.bytes.count <= maxBytes else { throw .tooLarge(bytes: page.bytes.count, limit: maxBytes) }
    if let kind = BinaryContent.kind(of: page.bytes) { throw .binary(hint: kind) }
    let decoded = Decoding.utf8(page.bytes, fetcherCharset: page.charset, html: page.form == .html)
    guard decoded.utf8.count <= maxBytes else { throw .tooLarge(bytes: decoded.utf8.count, limit: maxBytes) }
    var raw: RawDocument
    var candidates: [FieldCandidate] = []
    var utf8 = decoded.utf8
    var form = page.form
    if form == .flatText {
      if let unescaped = EscapedText.unescaped(utf8) { utf8 = unescaped }
      if let cleared = PandocMarkup.cleared(utf8) { utf8 = cleared }
      if MarkupFragment.opens(utf8) {
        form = .html
      } else if let parted = SingleLineText.parted(utf8) {
        utf8 = parted
      }
    }
    switch form {
    case .html:
      let facts: HeadFacts
      (raw, facts) = try html.scan(utf8, url: page.url)
      candidates = PageMetadata.candidates(facts)
    case .flatText:
      raw = try text.scan(utf8, url: page.url)
    }
    raw.charset = decoded.charset
    if decoded.replacements > 0 { raw.repairs["undecodable"] = decoded.replacements }
    var builder = DocumentBuilder(lexicon: lexicon, markup: .builtIn)
    return builder.build(raw, candidates: candidates)
  }
}

/// Tells files that are no text by what they start with.
enum BinaryContent {
  private static let signatures: [(bytes: [UInt8], kind: String)] = [
    ([0x25, 0x50, 0x44, 0x46], "a PDF"), ([0x89, 0x50, 0x4E, 0x47], "a PNG picture"),
    ([0xFF, 0xD8, 0xFF], "a JPEG picture"), ([0x47, 0x49, 0x46, 0x38, 0x37, 0x61], "a GIF picture"),
    ([0x47, 0x49, 0x46, 0x38, 0x39, 0x61], "a GIF picture"),
    ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"), ([0x1F, 0x8B], "gzip data"),
    ([0x7F, 0x45, 0x4C, 0x46], "a program"), ([0x42, 0x5A, 0x68], "bzip2 data"),
    ([0x28, 0xB5, 0x2F, 0xFD], "zstd data"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz data"),
  ]

  /// Formats whose first letters may also open a text: what must follow them, and where.
  private static let wordy: [(bytes: [UInt8], then: [UInt8], at: Int, kind: String)] = [
    (Array("RIFF".utf8), Array("WAVE".utf8), 8, "a sound file"),
    (Array("RIFF".utf8), Array("AVI ".utf8), 8, "a film"),
    (Array("RIFF".utf8), Array("WEBP".utf8), 8, "a WebP picture"),
    (Array("BZh".utf8), [0x31, 0x41, 0x59, 0x26], 4, "bzip2 data"),
    (Array("ID3".utf8), [0], 4, "a sound file"),
  ]

  /// What the bytes are if they are no text.
  static func kind(of bytes: [UInt8]) -> String? {
    for signature in signatures where bytes.starts(with: signature.bytes) { return signature.kind }
    for format in wordy where bytes.starts(with: format.bytes) {
      if bytes.dropFirst(format.at).starts(with: format.then) { return format.kind }
    }
    // UTF-16 and UTF-32 have NULs too, but in a pattern and beside letters; noise has other controls.
    let (controls, count) = bytes.withUnsafeBufferPointer { bytes in
      let sample = UnsafeBufferPointer(rebasing: bytes.prefix(4096))
      return (sample.reduce(0) { $0 &+ (isNoise($1) ? 1 : 0) }, sample.count)
    }
    // Of random bytes a tenth are such controls, of texts in any encoding hardly one in a thousand.
    return count >= 32 && controls * 20 > count ? "control characters all over" : nil
  }

  /// Whether a byte is a control that no text has: no white space, NUL or escape.
  private static func isNoise(_ byte: UInt8) -> Bool {
    byte &- 1 < 0x1F && byte &- 0x09 >= 2 && byte &- 0x0C >= 2 && byte != 0x1B
  }
}
