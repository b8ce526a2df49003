import CLibxml2
import Testing
import WinnowCore
import WinnowText

@testable import WinnowHTML

/// What the prescan takes for nested right must be what libxml2 would have made of it.
@Suite struct HTMLNestingTests {
  /// The elements that libxml2 opens, and those that it closes with a `/` before them, in order.
  private static func structure(of markup: String) -> [String] {
    final class Log { var names: [String] = [] }
    let log = Log()
    let bytes = Array(markup.utf8CString.dropLast())
    guard let parser = htmlCreateMemoryParserCtxt(bytes, Int32(bytes.count)) else { return [] }
    defer { htmlFreeParserCtxt(parser) }
    parser.pointee.sax.pointee = xmlSAXHandler()
    parser.pointee.sax.pointee.startElement = { user, name, _ in
      guard let user, let name else { return }
      Unmanaged<Log>.fromOpaque(user).takeUnretainedValue().names.append(String(cString: name))
    }
    parser.pointee.sax.pointee.endElement = { user, name in
      guard let user, let name else { return }
      Unmanaged<Log>.fromOpaque(user).takeUnretainedValue().names.append("/" + String(cString: name))
    }
    _ = htmlCtxtUseOptions(parser, Int32(HTMLStructureParser.options))
    parser.pointee.userData = Unmanaged.passUnretained(log).toOpaque()
    _ = htmlParseDocument(parser)
    return log.names
  }

  /// Bytes that libxml2 gets to see of a page.
  private static func skeleton(of markup: String) -> Int {
    var prescan = HTMLPrescan(maxDepth: 256, maxEvents: 10_000)
    Array(markup.utf8).withUnsafeBufferPointer { prescan.scan($0) }
    return prescan.skeletonCount
  }

  private static let names =
    HTMLTag.allCases.filter { tag in
      tag != .unknown && tag.traits.isDisjoint(with: [.void, .raw]) && ![.html, .head, .body].contains(tag)
    }.map { "\($0)" } + ["x-note", "frameset", "isindex", "multicol"]

  @Test func leavesOutOnlyWhatLibxml2NestsAsWritten() {
    var leftOut = 0
    for outer in Self.names {
      for inner in Self.names {
        let markup = "<div><\(outer)><\(inner)></\(inner)></\(outer)></div>"
        guard Self.skeleton(of: markup) == 0 else { continue }
        leftOut += 1
        let written = ["div", outer, inner, "/\(inner)", "/\(outer)", "/div"]
        #expect(Self.structure(of: markup) == ["html", "body"] + written + ["/body", "/html"])
      }
    }
    #expect(leftOut > 5_000)
  }

  @Test(arguments: [
    "<div><p>a<p>b</div>", "<ul><li>a<li>b</ul>", "<p><b>a</p>b</b>", "<a>a<a>b</a></a>", "<div><p>a</div>",
    "<table><tr><td>a<td>b</table>", "<ul><ol><li>a</li></ol></ul>", "<div>a",
  ])
  func leavesToLibxml2WhatIsInDoubt(_ markup: String) { #expect(Self.skeleton(of: markup) > 0) }

  @Test func readsBothSidesOfADoubtAlike() throws {
    // An element that libxml2 must settle stands amid others that it does not see.
    let around = ("<div class='a'><ul><li>one</li><li><a href='/'>two</a></li></ul>", "<p>five</p>tail</div>")
    let page = try ScannedPage("\(around.0)<p>three<p>four <b>bold</b></div><div>\(around.1)")
    #expect(page.texts == ["one", "two", "three", "four bold", "five", "tail"])
    #expect(page.isWellFormed)
    #expect(page.container(of: "two")?.tag == .li)
    #expect(page.container(of: "four bold")?.tag == .p)
    #expect(page.container(of: "tail")?.tag == .div)
    #expect(page.row("two")?.links == 1)
  }
}
