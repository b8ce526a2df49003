package import WinnowCore

/// A record of a web archive (WARC 1.0 and 1.1, ISO 28500) that holds a page: what a server sent, text made
/// of it (WET), or a file.
package struct WARCRecord: Sendable, Equatable {
  /// The kinds that hold pages.
  package enum Kind: String, Sendable {
    /// A server's answer, HTTP header and all.
    case response
    /// Text that somebody made of a page: WET.
    case conversion
    /// A file without a header of its own.
    case resource
  }

  /// What the record is.
  package let kind: Kind
  /// The record's id without its angle brackets.
  package let id: String?
  /// The page's address.
  package let url: String?
  /// When the page was fetched, as the record has it.
  package let date: String?
  /// The media type of the record's block.
  package let contentType: String?
  /// The record's block.
  package let block: [UInt8]

  /// The page that a record holds.
  package struct Body: Sendable {
    /// HTML or flat text.
    package var form: Page.Form = .html
    /// The character set that the server named.
    package var charset: String?
    /// The page's bytes, unpacked.
    package var bytes: [UInt8] = []
    /// When the page was fetched and how the server answered, as a JSON object.
    package var input: [UInt8]?
    /// Why there is no page.
    package var error: InputError?
  }

  /// Takes the page out of the block: header off, chunks joined, unpacked up to `limit` bytes.
  package func page(limit: Int) -> Body {
    var body = Body()
    var status: Int?
    switch kind {
    case .conversion:
      // The text is what the converter wrote, in UTF-8 by the format's rule.
      body.form = .flatText
      body.bytes = block
    case .resource: take(MediaType(contentType), block, into: &body)
    case .response:
      // `dns:` and `ftp:` answers have no HTTP header.
      guard let message = HTTPMessage(block) else {
        take(MediaType(contentType), block, into: &body)
        break
      }
      status = message.status
      let type = MediaType(message["content-type"])
      do throws(InputError) {
        take(type, try message.body(limit: limit), into: &body)
      } catch {
        body.error = error
      }
    }
    var json = JSONObject()
    json.add("warcDate", date)
    json.add("httpStatus", status)
    body.input = json.bytes
    return body
  }

  private func take(_ type: MediaType, _ bytes: [UInt8], into body: inout Body) {
    body.charset = type.charset
    body.bytes = bytes
    switch type.kind {
    case .html: body.form = .html
    case .text: body.form = .flatText
    case .unknown:
      body.form =
        bytes.withUnsafeBufferPointer { InputFormat.guess($0, isWhole: true) } == .html ? .html : .flatText
    case .other(let name): body.error = .otherMedia(name)
    }
  }
}

/// A media type as a header names it: `text/html; charset=utf-8`.
struct MediaType {
  /// What it says of a page.
  enum Kind: Equatable {
    case html, text, unknown
    case other(String)
  }

  let kind: Kind
  let charset: String?

  init(_ header: String?) {
    let parts = (header ?? "").split(separator: ";", omittingEmptySubsequences: false)
    let name = (parts.first.map { MediaType.trimmed($0) } ?? "").lowercased()
    switch name {
    case "text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml": kind = .html
    case "text/plain", "text/markdown": kind = .text
    // Servers that do not know say so in many ways.
    case "", "application/octet-stream", "application/unknown", "unknown/unknown", "text/*", "*/*":
      kind = .unknown
    default: kind = name.contains("/") ? .other(name) : .unknown
    }
    var charset: String?
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, MediaType.trimmed(pair[0]).lowercased() == "charset" else { continue }
      let value = MediaType.trimmed(pair[1]).filter { $0 != "\"" && $0 != "'" }
      if !value.isEmpty { charset = value }
    }
    self.charset = charset
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
  }
}
