/// A page's bytes as UTF-8, and how its charset was settled.
package struct Decoded: Sendable {
  /// Which step settled the charset.
  package enum Origin: String, Sendable, Hashable {
    /// A byte order mark.
    case bom
    /// The bytes are (mostly) well-formed UTF-8.
    case utf8
    /// What the fetcher knew, usually from the HTTP header.
    case fetcher
    /// A declaration in the page.
    case meta
    /// Statistics or tell-tale bytes of the text itself.
    case detected
    /// Nothing helped; windows-1252.
    case fallback
  }

  /// The text; always well-formed UTF-8, without a byte order mark.
  package let utf8: [UInt8]
  /// The source's charset, a lower-case name of the WHATWG Encoding Standard (or `utf-32le`, `utf-32be`).
  package let charset: String
  /// The step that settled it.
  package let origin: Origin
  /// How many U+FFFD were written for bytes that the charset does not define.
  package let replacements: Int
}

/// Decides what charset a page is in and converts it to UTF-8, once.
///
/// Declarations are often wrong and valid UTF-8 is hardly ever an accident, so the bytes are believed
/// before the header and the header before the page.
package enum Decoding {
  /// Decodes a page.
  ///
  /// Any bytes are accepted. Time is linear, and well-formed UTF-8 comes back without a copy.
  /// - Parameters:
  ///   - bytes: the page as fetched.
  ///   - fetcherCharset: a charset label from outside the page, if any; unknown labels are passed over.
  ///   - html: whether charset declarations and tags mean anything in these bytes.
  package static func utf8(_ bytes: [UInt8], fetcherCharset: String?, html: Bool) -> Decoded {
    bytes.withUnsafeBufferPointer { buffer in
      if let marked = ByteOrderMark.decode(buffer) { return marked }
      if let wide = WideText.byteOrder(of: buffer) {
        let (utf8, replacements) = WideText.utf16(buffer, bigEndian: wide == .big)
        let name = wide == .big ? "utf-16be" : "utf-16le"
        return Decoded(utf8: utf8, charset: name, origin: .detected, replacements: replacements)
      }
      if UTF8Bytes.firstError(buffer) == nil {
        if let escaped = escapedJapanese(buffer) { return escaped }
        return Decoded(utf8: bytes, charset: "utf-8", origin: .utf8, replacements: 0)
      }
      return legacy(buffer, fetcherCharset: fetcherCharset, html: html)
    }
  }

  /// The steps for bytes that are not well-formed UTF-8.
  private static func legacy(
    _ bytes: UnsafeBufferPointer<UInt8>, fetcherCharset: String?, html: Bool
  ) -> Decoded {
    let census = UTF8Bytes.census(bytes)
    // One bad sequence in six still means UTF-8: other charsets hit valid sequences by accident only.
    if census.errors * 5 <= census.sequences {
      return repairedUTF8(bytes, origin: .utf8)
    }
    if let charset = fetcherCharset.flatMap({ Charset(label: $0) }),
      let decoded = decode(bytes, as: charset, census: census, origin: .fetcher)
    {
      return decoded
    }
    if html, let charset = CharsetDeclaration.find(in: bytes), !charset.isUTF16,
      let decoded = decode(bytes, as: charset, census: census, origin: .meta)
    {
      return decoded
    }
    if let charset = CharsetDetection.detect(bytes, html: html),
      let decoded = decode(bytes, as: charset, census: census, origin: .detected)
    {
      return decoded
    }
    let utf8 = Windows1252.utf8(bytes)
    return Decoded(utf8: utf8, charset: "windows-1252", origin: .fallback, replacements: 0)
  }

  /// Decodes as one charset; nil when the bytes contradict it or the system cannot convert from it.
  private static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, as charset: Charset, census: UTF8Bytes.Census,
    origin: Decoded.Origin
  ) -> Decoded? {
    switch charset.converter {
    case .utf8:
      // A false claim of UTF-8 would turn every accented letter into U+FFFD.
      return census.errors <= census.sequences ? repairedUTF8(bytes, origin: origin) : nil
    case .utf16(let bigEndian):
      let (utf8, replacements) = WideText.utf16(bytes, bigEndian: bigEndian)
      guard replacements * 10 <= bytes.count else { return nil }
      return Decoded(utf8: utf8, charset: charset.name, origin: origin, replacements: replacements)
    case .windows1252:
      let utf8 = Windows1252.utf8(bytes)
      return Decoded(utf8: utf8, charset: charset.name, origin: origin, replacements: 0)
    case .iconv(let name, let multibyte):
      let converted = IconvConversion.utf8(bytes, from: name, multibyte: multibyte)
      guard let (utf8, replacements) = converted else { return nil }
      return Decoded(utf8: utf8, charset: charset.name, origin: origin, replacements: replacements)
    }
  }

  private static func repairedUTF8(
    _ bytes: UnsafeBufferPointer<UInt8>, origin: Decoded.Origin
  ) -> Decoded {
    let (utf8, replacements) = UTF8Bytes.repaired(bytes)
    return Decoded(utf8: utf8, charset: "utf-8", origin: origin, replacements: replacements)
  }

  /// ISO-2022-JP, the one charset in use whose bytes are all ASCII, gives itself away by its escapes.
  private static func escapedJapanese(_ bytes: UnsafeBufferPointer<UInt8>) -> Decoded? {
    // Most pages have something beyond ASCII, and early.
    guard UTF8Bytes.endOfASCII(bytes, from: 0) == bytes.count,
      let escape = UTF8Bytes.firstIndex(of: 0x1B, in: bytes), bytes.count - escape > 2,
      bytes[escape + 1] == UInt8(ascii: "$"),
      bytes[escape + 2] == UInt8(ascii: "B") || bytes[escape + 2] == UInt8(ascii: "@"),
      let charset = Charset(label: "iso-2022-jp")
    else { return nil }
    return decode(bytes, as: charset, census: UTF8Bytes.Census(), origin: .detected)
  }
}

/// Byte order marks at the start of a page.
enum ByteOrderMark {
  /// Decodes what stands behind a byte order mark; nil when there is none.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> Decoded? {
    func begins(_ mark: [UInt8]) -> Bool { bytes.starts(with: mark) }
    func rest(_ count: Int) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[count...]) }
    let name: String
    let result: (utf8: [UInt8], replacements: Int)
    if begins([0xEF, 0xBB, 0xBF]) {
      (name, result) = ("utf-8", UTF8Bytes.repaired(rest(3)))
    } else if begins([0xFF, 0xFE, 0, 0]) {
      (name, result) = ("utf-32le", WideText.utf32(rest(4), bigEndian: false))
    } else if begins([0, 0, 0xFE, 0xFF]) {
      (name, result) = ("utf-32be", WideText.utf32(rest(4), bigEndian: true))
    } else if begins([0xFF, 0xFE]) {
      (name, result) = ("utf-16le", WideText.utf16(rest(2), bigEndian: false))
    } else if begins([0xFE, 0xFF]) {
      (name, result) = ("utf-16be", WideText.utf16(rest(2), bigEndian: true))
    } else {
      return nil
    }
    return Decoded(utf8: result.utf8, charset: name, origin: .bom, replacements: result.replacements)
  }
}
