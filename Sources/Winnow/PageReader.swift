import WinnowCore
import WinnowHTML
import WinnowText

/// Bytes to blocks: decoding, then the reader of the page's form, then measuring.
struct PageReader: DocumentReader {
  private let maxBytes: Int
  private let html: HTMLReader
  private let text: FlatTextReader
  private let maxBlocks: Int

  init(maxBytes: Int, maxBlocks: Int) {
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
    switch page.form {
    case .html:
      let facts: HeadFacts
      (raw, facts) = try html.scan(decoded.utf8, url: page.url)
      candidates = PageMetadata.candidates(facts)
    case .flatText:
      raw = try text.scan(decoded.utf8, url: page.url)
    }
    raw.charset = decoded.charset
    if decoded.replacements > 0 { raw.repairs["undecodable"] = decoded.replacements }
    var builder = DocumentBuilder()
    return builder.build(raw, candidates: candidates)
  }
}

/// Tells files that are no text by what they start with.
enum BinaryContent {
  private static let signatures: [(bytes: [UInt8], kind: String)] = [
    ([0x25, 0x50, 0x44, 0x46], "a PDF"), ([0x89, 0x50, 0x4E, 0x47], "a PNG picture"),
    ([0xFF, 0xD8, 0xFF], "a JPEG picture"), ([0x47, 0x49, 0x46, 0x38], "a GIF picture"),
    ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"), ([0x1F, 0x8B], "gzip data"),
    ([0x7F, 0x45, 0x4C, 0x46], "a program"), ([0x42, 0x5A, 0x68], "bzip2 data"),
    ([0x28, 0xB5, 0x2F, 0xFD], "zstd data"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz data"),
    ([0x52, 0x49, 0x46, 0x46], "a media file"), ([0x49, 0x44, 0x33], "an audio file"),
  ]

  /// What the bytes are if they are no text.
  static func kind(of bytes: [UInt8]) -> String? {
    for signature in signatures where bytes.starts(with: signature.bytes) { return signature.kind }
    let sample = bytes.prefix(4096)
    // UTF-16 and UTF-32 have NULs too, but in a pattern and beside letters; noise has other controls.
    var controls = 0
    for byte in sample where byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D && byte != 0x0C {
      if byte != 0 && byte != 0x1B { controls += 1 }
    }
    return sample.count >= 32 && controls * 10 > sample.count ? "control characters all over" : nil
  }
}
