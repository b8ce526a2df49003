import CAllocationCount
import CLibxml2
import Winnow
import WinnowCore
import WinnowHTML
import WinnowText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Measures the page reader and the whole walk against libxml2 left to itself, on pages in memory.
struct ReaderBench {
  /// What is compared.
  enum Path: String, CaseIterable {
    /// libxml2's SAX parser over the raw page, with callbacks that do nothing.
    case bareSAX = "bare SAX"
    /// The prescan alone.
    case prescan
    /// The whole reader: prescan, libxml2, columns, facts.
    case scan
    /// From the page's bytes to the record's JSON line.
    case record = "clean + JSON"
  }

  private let pages: [Page]
  private let winnow: Winnow
  private let reader = HTMLReader()

  /// A bench over these pages.
  ///
  /// - throws: ``ConfigurationError`` never, with the built-in configuration.
  init(pages: [Page]) throws(ConfigurationError) {
    self.pages = pages
    winnow = try Winnow()
  }

  /// Runs every path over all pages, in turns, and prints the best of the rounds.
  func run(rounds: Int = 5) {
    let bytes = pages.reduce(0) { $0 + $1.bytes.count }
    let loaded = ReaderBench.peakMemory
    print("\(pages.count) pages, \(bytes / 1_000_000) MB, peak RSS \(loaded) MB with them loaded")
    var best: [Path: Duration] = [:]
    var allocations: [Path: allocation_count] = [:]
    var checksum = 0
    for _ in 0..<rounds {
      for path in Path.allCases {
        let clock = ContinuousClock()
        let before = allocation_count_of_thread()
        let time = clock.measure { checksum &+= work(path) }
        let after = allocation_count_of_thread()
        best[path] = min(best[path] ?? time, time)
        // The last round's: tables that are built once belong to no page.
        allocations[path] = allocation_count(
          calls: after.calls - before.calls, bytes: after.bytes - before.bytes)
      }
    }
    print("best of \(rounds), one thread, checksum \(checksum)")
    let base = ReaderBench.seconds(best[.bareSAX])
    for path in Path.allCases {
      let time = ReaderBench.seconds(best[path])
      let rate = Int(Double(pages.count) / time)
      let megabytes = Int(Double(bytes) / time / 1e6)
      let ratio = Int((base / time * 100).rounded())
      let hundredths = ratio % 100 < 10 ? "0\(ratio % 100)" : "\(ratio % 100)"
      print(
        "\(path.rawValue): \(rate) pages/s, \(megabytes) MB/s, \(ratio / 100).\(hundredths) x bare SAX"
          + perPage(allocations[path]))
    }
    print("peak RSS \(ReaderBench.peakMemory) MB")
  }

  /// Allocations a page, where they can be counted.
  private func perPage(_ count: allocation_count?) -> String {
    guard let count, count.calls > 0 else { return "" }
    let calls = (Int(count.calls) + pages.count / 2) / pages.count
    let kilobytes = (Int(count.bytes) / 1000 + pages.count / 2) / pages.count
    return ", \(calls) allocations of \(kilobytes) kB in all a page"
  }

  /// The most memory that the process has held, in MB.
  private static var peakMemory: Int {
    var usage = rusage()
    #if canImport(Glibc)
      let status = getrusage(RUSAGE_SELF.rawValue, &usage)
    #else
      let status = getrusage(RUSAGE_SELF, &usage)
    #endif
    guard status == 0 else { return 0 }
    #if canImport(Darwin)
      return usage.ru_maxrss / 1_000_000
    #else
      return usage.ru_maxrss * 1024 / 1_000_000
    #endif
  }

  static func seconds(_ duration: Duration?) -> Double {
    guard let duration else { return 1 }
    let parts = duration.components
    return max(1e-9, Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
  }

  private func work(_ path: Path) -> Int {
    var sum = 0
    switch path {
    case .bareSAX:
      for page in pages { sum &+= ReaderBench.bareSAX(page.bytes) }
    case .prescan:
      for page in pages {
        var prescan = HTMLPrescan(maxDepth: 4096, maxEvents: 8_000_000)
        page.bytes.withUnsafeBufferPointer { prescan.scan($0) }
        sum &+= prescan.skeletonCount
      }
    case .scan:
      for page in pages {
        if let (document, facts) = try? reader.scan(page.bytes) {
          sum &+= document.rows.count &+ facts.metas.count
        }
      }
    case .record:
      for page in pages {
        if let record = try? winnow.clean(page) {
          sum &+= RecordFormat.jsonl.bytes(of: record).count
        }
      }
    }
    return sum
  }

  /// Parses with empty callbacks for elements and text.
  private static func bareSAX(_ page: [UInt8]) -> Int {
    page.withUnsafeBytes { raw in
      guard let base = raw.bindMemory(to: CChar.self).baseAddress,
        let parser = htmlCreateMemoryParserCtxt(base, Int32(clamping: page.count))
      else { return 0 }
      defer { htmlFreeParserCtxt(parser) }
      guard let sax = parser.pointee.sax else { return 0 }
      sax.pointee = xmlSAXHandler()
      sax.pointee.startElement = { _, _, _ in }
      sax.pointee.endElement = { _, _ in }
      sax.pointee.characters = { _, _, _ in }
      sax.pointee.ignorableWhitespace = { _, _, _ in }
      sax.pointee.cdataBlock = { _, _, _ in }
      sax.pointee.comment = { _, _ in }
      let options =
        HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
        | HTML_PARSE_NONET.rawValue | HTML_PARSE_NODEFDTD.rawValue | HTML_PARSE_COMPACT.rawValue
        | HTML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_HUGE.rawValue
      _ = htmlCtxtUseOptions(parser, Int32(bitPattern: UInt32(options)))
      parser.pointee.charset = Int32(XML_CHAR_ENCODING_UTF8.rawValue)
      _ = htmlParseDocument(parser)
      return 1
    }
  }
}
