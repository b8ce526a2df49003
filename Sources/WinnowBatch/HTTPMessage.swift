/// An HTTP answer as an archive keeps it: status line, header, body.
struct HTTPMessage {
  /// The status code; `nil` where the line has none.
  let status: Int?
  private let fields: [(name: String, value: String)]
  private let rest: ArraySlice<UInt8>

  /// `nil` when the bytes do not start with an HTTP status line.
  init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: Array("HTTP/".utf8)) else { return nil }
    var lines = HeaderLines(bytes[...])
    guard let first = lines.next() else { return nil }
    let words = String(decoding: first, as: UTF8.self).split(separator: " ")
    status = words.count > 1 ? Int(words[1]) : nil
    fields = lines.fields()
    rest = bytes[lines.index...]
  }

  /// The value of a field, its name in lower case.
  subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The body, chunks joined and unpacked.
  ///
  /// Crawlers keep the header as sent and the body now as sent, now unpacked: what does not look packed is
  /// taken as it is.
  func body(limit: Int) throws(InputError) -> [UInt8] {
    var body = rest
    if self["transfer-encoding"]?.lowercased().contains("chunked") == true,
      let joined = HTTPMessage.joined(body)
    {
      body = joined
    }
    let encodings = (self["content-encoding"] ?? "").lowercased().split { $0 == "," || $0 == " " }
    for encoding in encodings.reversed() {
      switch encoding {
      case "identity", "none", "utf-8", "utf8": continue
      case "gzip", "x-gzip":
        guard body.starts(with: [0x1F, 0x8B]) else { continue }
        body = try Inflation.inflated(body, .gzip, limit: limit)[...]
      case "deflate":
        // Meant is zlib's form; some servers send the bare stream.
        var whole = try Inflation.attempt(body, .zlib, limit: limit)
        if whole == nil { whole = try Inflation.attempt(body, .raw, limit: limit) }
        if let whole {
          body = whole[...]
        } else if !HTTPMessage.looksLikeText(body) {
          throw .brokenEncoding("deflate")
        }
      case "br", "zstd", "zstandard":
        let unpacked =
          encoding == "br"
          ? try BrotliBytes.unpacked(body, limit: limit) : try ZstandardReader.unpacked(body, limit: limit)
        if let unpacked {
          body = unpacked[...]
        } else if !HTTPMessage.looksLikeText(body) {
          throw .brokenEncoding(String(encoding))
        }
      default:
        if !HTTPMessage.looksLikeText(body) { throw .unsupportedEncoding(String(encoding)) }
      }
    }
    return Array(body)
  }

  /// Whether bytes look unpacked: no controls where packed data are full of them.
  private static func looksLikeText(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.prefix(512).allSatisfy { $0 >= 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D || $0 == 0x0C }
  }

  /// The chunks of a body joined; `nil` when it does not start with a chunk. A body that breaks off gives
  /// the chunks that are there.
  static func joined(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var result: [UInt8] = []
    var index = bytes.startIndex
    var isFirst = true
    while index < bytes.endIndex {
      var size = 0
      var digits = 0
      while index < bytes.endIndex, let digit = JSONScanner.hexValue(bytes[index]), digits < 8 {
        size = size << 4 | Int(digit)
        digits += 1
        index += 1
      }
      // An extension or spaces may follow the size.
      var lineLength = 0
      while index < bytes.endIndex, bytes[index] != 0x0A {
        index += 1
        lineLength += 1
      }
      guard digits > 0, index < bytes.endIndex, lineLength < 256 else { return isFirst ? nil : result[...] }
      index += 1
      if size == 0 { break }
      let stop = min(index + size, bytes.endIndex)
      result += bytes[index..<stop]
      index = stop
      isFirst = false
      while index < bytes.endIndex, bytes[index] == 0x0D || bytes[index] == 0x0A { index += 1 }
    }
    return result[...]
  }
}

/// The lines of a header, one after another.
struct HeaderLines {
  private let bytes: ArraySlice<UInt8>
  /// Where the next line starts; after ``fields()``, where the body does.
  private(set) var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// The next line without its end; `nil` when there is none.
  mutating func next() -> ArraySlice<UInt8>? {
    guard index < bytes.endIndex else { return nil }
    let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.endIndex
    var line = bytes[index..<end]
    if line.last == 0x0D { line.removeLast() }
    index = min(end + 1, bytes.endIndex)
    return line
  }

  /// The fields up to the empty line, names in lower case, continued lines joined.
  mutating func fields() -> [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    while let line = next(), let first = line.first {
      if first == 0x20 || first == 0x09, let last = fields.indices.last {
        fields[last].value += " " + HeaderLines.text(line)
        continue
      }
      guard let colon = line.firstIndex(of: 0x3A) else { continue }
      let name = HeaderLines.text(line[..<colon]).lowercased()
      fields.append((name, HeaderLines.text(line[(colon + 1)...])))
    }
    return fields
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    var bytes = bytes
    while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
    while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
