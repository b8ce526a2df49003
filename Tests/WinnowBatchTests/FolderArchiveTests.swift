import CArchive
import Foundation
import Testing
import Winnow
import WinnowCore

@testable import WinnowBatch

@Suite struct FolderArchiveTests {
  private let folder = TemporaryFolder()

  private enum Form: CaseIterable {
    case tar, tarGzip, tarZstandard, zip

    var ending: String {
      switch self {
      case .tar: "tar"
      case .tarGzip: "tar.gz"
      case .tarZstandard: "tar.zst"
      case .zip: "zip"
      }
    }
  }

  /// Writes an archive; an entry without bytes is a folder.
  private func write(_ form: Form, _ entries: [(name: String, bytes: [UInt8]?)], as name: String = "a")
    -> String
  {
    let path = folder("\(name).\(form.ending)")
    let archive = archive_write_new()
    if form == .zip { archive_write_set_format_zip(archive) } else { archive_write_set_format_pax(archive) }
    if form == .tarGzip { archive_write_add_filter_gzip(archive) }
    if form == .tarZstandard { archive_write_add_filter_zstd(archive) }
    #expect(archive_write_open_filename(archive, path) == ARCHIVE_OK)
    for (name, bytes) in entries {
      let entry = archive_entry_new()
      archive_entry_set_pathname(entry, name)
      archive_entry_set_filetype(entry, bytes == nil ? 0o040000 : 0o100000)
      archive_entry_set_perm(entry, 0o644)
      archive_entry_set_size(entry, Int64(bytes?.count ?? 0))
      archive_write_header(archive, entry)
      if let bytes { archive_write_data(archive, bytes, bytes.count) }
      archive_entry_free(entry)
    }
    archive_write_close(archive)
    archive_write_free(archive)
    return path
  }

  private func items(_ inputs: [String], _ options: SourceOptions = SourceOptions()) -> [PageItem] {
    let source = PageSource(inputs, options: options)
    var items: [PageItem] = []
    while let item = source.next() { items.append(item) }
    return items
  }

  private func code(_ item: PageItem) -> String? { item.load(SourceOptions()).error?.code }

  private var entries: [(name: String, bytes: [UInt8]?)] {
    [
      ("pages", nil), ("pages/one.html", Archive.page("one")),
      ("pages/sub/Über uns.htm", Archive.page("two")),
      ("pages/three.txt", Array("Headline\n\nBody of a page.".utf8)),
      ("pages/four.html.gz", Gzip.stored(Archive.page("four"))), ("pages/five", Archive.page("five")),
    ]
  }

  @Test(arguments: Form.allCases) private func filesArePagesInTheirOrder(_ form: Form) {
    let path = write(form, entries)
    let items = items([path])
    #expect(items.map(\.id) == ["one", "Über uns", "three", "four", "five"])
    #expect(items.first?.source == path + "#pages/one.html")
    #expect(items.map(\.place.number) == [1, 2, 3, 4, 5])
    let pages = items.map { $0.load(SourceOptions()).page }
    #expect(pages.map(\.form) == [.html, .html, .flatText, .html, .html])
    #expect(pages[3].bytes == Archive.page("four"))
    #expect(pages[4].bytes == Archive.page("five"))
  }

  @Test func whatHoldsManyPagesItselfSaysSo() {
    let nested = write(.zip, [("in.jsonl", Array("{}".utf8)), ("x.warc", [0x57]), ("b.zip", [1, 2])])
    #expect(items([nested]).map(code) == ["nested", "nested", "nested"])
    #expect(items([write(.tar, [])]).isEmpty)
  }

  @Test func aLongFileCostsNoOther() {
    let long = [UInt8](repeating: 0x61, count: 300_000)
    let path = write(.tarGzip, [("a.txt", long), ("b.html", Archive.page("b"))])
    let options = SourceOptions(maxBytes: 100_000)
    let items = items([path], options)
    #expect(items.map { $0.load(options).error?.code } == ["too-large", nil])
  }

  @Test func damageIsOneFailureAndWhatIsBeforeItStays() throws {
    let long =
      entries
      + (0..<40).map { ("more/\($0).html", Archive.page("\($0)") + [UInt8](repeating: 0x20, count: 5000)) }
    for form in [Form.tarGzip, .tarZstandard] {
      let path = write(form, long, as: "cut")
      var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      bytes.removeLast(bytes.count / 3)
      folder.write("cut.\(form.ending)", bytes)
      let items = items([path])
      #expect(!items.isEmpty)
      #expect(items.dropLast().allSatisfy { code($0) == nil })
      #expect(items.last?.place.unit == .rest)
      #expect(items.last.flatMap(code) == "broken-archive")
    }
    #expect(items([folder.write("no.zip", Array("just text".utf8))]).map(code) == ["broken-archive"])
    #expect(items([folder.write("empty.tar", [])]).map(code) == ["broken-archive"])
  }

  @Test func failedFilesAreReadAgainByTheirNumber() throws {
    let path = write(
      .zip,
      [("a.html", Archive.page("a")), ("b.html", [0x89, 0x50, 0x4E, 0x47]), ("c.html", Archive.page("c"))])
    let item = items([path])[1]
    let failure = ArticleRecord.Failure(code: "binary", message: "")
    let list = folder.write("errors.jsonl", ErrorLine.bytes(of: item, url: nil, failure))
    let again = items([list], SourceOptions(format: .errors))
    #expect(again.map(\.source) == [path + "#b.html"])
    #expect(again.map(\.place.number) == [2])
  }
}
