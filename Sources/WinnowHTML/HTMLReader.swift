internal import CLibxml2
import WinnowCore
import WinnowText

/// How much of a page the reader takes; what exceeds it is an error, never cut off.
package struct ReaderLimits: Sendable, Hashable {
  /// Most bytes of decoded input.
  package var maxBytes: Int
  /// Most containers.
  package var maxContainers: Int
  /// Most blocks.
  package var maxBlocks: Int
  /// Elements nested deeper than this become no containers; their text is kept.
  package var maxDepth: Int

  /// Limits; the defaults are far above any page that people read.
  ///
  /// - parameter maxContainers: `nil` for two a block, so that whoever asks for more blocks gets the elements for them.
  package init(
    maxBytes: Int = 64 << 20, maxContainers: Int? = nil, maxBlocks: Int = 1_000_000, maxDepth: Int = 4096
  ) {
    self.maxBytes = maxBytes
    let (two, overflows) = maxBlocks.multipliedReportingOverflow(by: 2)
    self.maxContainers = maxContainers ?? (overflows ? Int.max : max(Self.leastContainers, two))
    self.maxBlocks = maxBlocks
    self.maxDepth = maxDepth
  }

  /// Containers that a page may have however few blocks are asked for.
  private static let leastContainers = 2_000_000
}

/// Reads HTML: a prescan of the bytes, libxml2's SAX parser for the structure, columns as the result.
///
/// One value may be used from several tasks at once; every scan has a parser of its own.
package struct HTMLReader: Sendable {
  private let limits: ReaderLimits

  /// Most bytes that the columns can address, whatever the limits say.
  private static let addressable = 1 << 30

  /// Bytes of visible text below which scripts are looked at as well: a menu and a footer have less.
  private static let littleText = 4_000

  /// libxml2's global tables, set up once in the process.
  private static let library: Void = xmlInitParser()

  /// A reader with these limits.
  package init(limits: ReaderLimits = ReaderLimits()) {
    self.limits = limits
    _ = Self.library
  }

  /// Reads a page.
  ///
  /// - parameter utf8: the decoded page; bytes that are no UTF-8 do no harm.
  /// - parameter url: where the page was found.
  /// - returns: blocks and containers, and what the page says about itself.
  /// - throws: ``ReadError`` when the page exceeds a limit or libxml2 has no memory.
  package func scan(_ utf8: [UInt8], url: String? = nil) throws(ReadError) -> (RawDocument, HeadFacts) {
    let limit = min(limits.maxBytes, Self.addressable)
    guard utf8.count <= limit else { throw .tooLarge(bytes: utf8.count, limit: limit) }
    let outcome = utf8.withUnsafeBufferPointer { read($0, url: url) }
    return try outcome.get()
  }

  private func read(
    _ page: UnsafeBufferPointer<UInt8>, url: String?
  ) -> Result<(RawDocument, HeadFacts), ReadError> {
    let (most, overflows) = limits.maxContainers.multipliedReportingOverflow(by: 4)
    var prescan = HTMLPrescan(maxDepth: max(1, limits.maxDepth), maxEvents: overflows ? Int.max : most)
    prescan.scan(page)
    if prescan.isOverLimit { return .failure(.tooManyBlocks(limit: limits.maxBlocks)) }
    let title = prescan.title
    let language = prescan.language
    let jsonLD = prescan.jsonLD
    let scripts = prescan.scripts
    let input = prescan.input
    let skeleton = UnsafeBufferPointer(start: prescan.skeleton, count: prescan.skeletonCount)
    return prescan.events.withUnsafeBufferPointer { events in
      prescan.attributes.withUnsafeBufferPointer { attributes in
        var columns = HTMLReaderColumns(
          limits: limits, input: input, count: page.count, skeleton: skeleton, events: events,
          attributes: attributes)
        guard HTMLStructureParser.parse(skeleton, into: &columns) else {
          return .failure(.parserUnavailable)
        }
        if !columns.isOverLimit { columns.finish() }
        if columns.isOverLimit { return .failure(.tooManyBlocks(limit: limits.maxBlocks)) }
        columns.addPrescanned(title: title, language: language, jsonLD: jsonLD)
        // A page that shows little may leave its text to scripts.
        var document = columns.document(url: url)
        if columns.textCount < Self.littleText { document.scripts = columns.bodies(of: scripts) }
        return .success((document, columns.facts))
      }
    }
  }
}

/// Runs libxml2 over a skeleton. The callbacks are free functions, bound to no actor.
enum HTMLStructureParser {
  /// What libxml2 is told: repair, keep quiet, fetch nothing, believe no declared encoding, any depth.
  static let options =
    HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
    | HTML_PARSE_NONET.rawValue | HTML_PARSE_NODEFDTD.rawValue | HTML_PARSE_COMPACT.rawValue
    | HTML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_HUGE.rawValue

  /// Parses; false when libxml2 has no memory for a parser.
  static func parse(_ skeleton: UnsafeBufferPointer<UInt8>, into columns: inout HTMLReaderColumns) -> Bool {
    guard let base = skeleton.baseAddress, skeleton.count > 0 else { return true }
    let made = base.withMemoryRebound(to: CChar.self, capacity: skeleton.count) {
      htmlCreateMemoryParserCtxt($0, Int32(skeleton.count))
    }
    guard let parser = made else { return false }
    defer { htmlFreeParserCtxt(parser) }
    guard let sax = parser.pointee.sax else { return false }
    sax.pointee = xmlSAXHandler()
    sax.pointee.startElement = htmlElementStarted
    sax.pointee.endElement = htmlElementEnded
    _ = htmlCtxtUseOptions(parser, Int32(bitPattern: UInt32(options)))
    parser.pointee.charset = Int32(XML_CHAR_ENCODING_UTF8.rawValue)
    columns.parser = parser
    withUnsafeMutablePointer(to: &columns) { pointer in
      parser.pointee.userData = UnsafeMutableRawPointer(pointer)
      _ = htmlParseDocument(parser)
      parser.pointee.userData = nil
    }
    columns.parser = nil
    return true
  }
}

/// How many bytes of the skeleton the parser has read.
@inline(__always)
private func parserPlace(_ columns: UnsafeMutablePointer<HTMLReaderColumns>) -> Int {
  guard let parser = columns.pointee.parser, let input = parser.pointee.input else { return 0 }
  return Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base)
}

private func htmlElementStarted(
  _ user: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?,
  _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
) {
  guard let user, let name else { return }
  let columns = user.assumingMemoryBound(to: HTMLReaderColumns.self)
  if columns.pointee.isOverLimit { return }
  columns.pointee.started(name, at: parserPlace(columns))
}

private func htmlElementEnded(_ user: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?) {
  guard let user, let name else { return }
  let columns = user.assumingMemoryBound(to: HTMLReaderColumns.self)
  if columns.pointee.isOverLimit { return }
  columns.pointee.ended(name, at: parserPlace(columns))
}
