import Testing
import WinnowCore

@testable import WinnowBatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct PageSourceTests {
  private let folder = TemporaryFolder()

  private func items(_ inputs: [String], _ options: SourceOptions = SourceOptions()) -> [PageItem] {
    let source = PageSource(inputs, options: options)
    var items: [PageItem] = []
    while let item = source.next() { items.append(item) }
    return items
  }

  private func names(_ items: [PageItem]) -> [String] {
    items.map {
      $0.source.hasPrefix(folder.path) ? String($0.source.dropFirst(folder.path.count + 1)) : $0.source
    }
  }

  private func error(_ item: PageItem?) -> InputError? {
    guard case .failed(let error) = item?.content else { return nil }
    return error
  }

  @Test func foldersAreReadInByteOrderAndWithoutHiddenEntries() {
    for name in [
      "b.txt", "a/z.txt", "a/B.txt", "a/é.txt", "a.txt", ".hidden.txt", ".git/x.txt", "ab/c/d.html",
    ] {
      folder.write(name, "x")
    }
    folder.folder("empty")
    #expect(
      names(items([folder.path])) == ["a/B.txt", "a/z.txt", "a/é.txt", "a.txt", "ab/c/d.html", "b.txt"])
  }

  @Test func inputsKeepTheirOrderAndAHiddenOneMayBeNamed() {
    let second = folder.write("b.txt", "x")
    let first = folder.write(".a.txt", "x")
    #expect(names(items([second, first, second])) == ["b.txt", ".a.txt", "b.txt"])
  }

  @Test func whatCannotBeReadIsAnItem() {
    folder.write("d/a.txt", "x")
    folder.link("d/dangling", to: "nowhere")
    folder.link("d/loop", to: "..")
    folder.link("d/self", to: "self")
    mkfifo(folder("d/pipe"), 0o600)
    let found = items([folder("d"), folder("missing.html"), folder("d/dangling"), folder("d/a.txt/x")])
    let errors = Dictionary(
      names(found).enumerated().map { ($1, error(found[$0])) }, uniquingKeysWith: { first, _ in first })
    #expect(errors["d/a.txt"] == .some(nil))
    #expect(errors["d/dangling"] == .danglingLink)
    #expect(errors["d/self"] == .linkLoop)
    #expect(errors["d/pipe"] == .notAFile)
    #expect(errors["missing.html"] == .notFound)
    #expect(errors["d/a.txt/x"] == .notFound)
    // Through the link to the folder above, everything once more, and then the folder itself: a loop.
    #expect(errors["d/loop/d"] == .linkLoop)
    #expect(found.last?.id == "x")
  }

  @Test func aFileIsNoFolder() {
    let file = folder.write("a.txt", "x")
    #expect(throws: InputError.notFound) { try FolderWalk.names(in: InputPath(file)) }
    let system = InputError.system(EACCES)
    #expect(system == .noPermission)
    #expect(InputError.system(EIO).code == "unreadable")
  }

  @Test func aFolderThatCannotBeOpenedIsAnItem() {
    var walk = FolderWalk(InputPath(folder("gone")), FolderIdentity(device: 0, inode: 0))
    #expect(walk.next() == .failed(InputPath(folder("gone")), .notFound))
    #expect(walk.next() == nil)
  }

  @Test func linesAreItemsWithTheirNumbers() {
    let path = folder.write(
      "news.jsonl", "{\"text\":\"a\"}\r\n\r\n  \n{\"id\":9,\"text\":\"b\"}\nbroken\n{\"x\":1}")
    let found = items([path])
    #expect(names(found) == ["news.jsonl:1", "news.jsonl:4", "news.jsonl:5", "news.jsonl:6"])
    let pages = found.map { $0.load(SourceOptions()) }
    #expect(pages.map(\.page.id) == ["news:1", "9", "news:5", "news:6"])
    #expect(pages.map { $0.error?.code } == [nil, nil, "broken-json", "no-page"])
  }

  @Test func linesBeforeABreakAreKept() {
    let whole = Gzip.stored("{\"text\":\"a\"}\n{\"text\":\"b\"}\n")
    let found = items([folder.write("cut.jsonl.gz", Array(whole.dropLast(12)))])
    #expect(names(found) == ["cut.jsonl.gz:1", "cut.jsonl.gz:2"])
    #expect(error(found.last)?.code == "truncated-gzip")
  }

  @Test func formatsAreGuessedFileByFile() {
    folder.write("1", "<!doctype html><p>x")
    folder.write("2", "plain")
    folder.write("3", Gzip.stored("{\"text\":\"a\"}\n{\"html\":\"b\"}\n"))
    folder.write("4.txt", "<html>")
    folder.write("5.html", "plain")
    folder.write("6", [])
    let found = items([folder.path])
    #expect(names(found) == ["1", "2", "3:1", "3:2", "4.txt", "5.html", "6"])
    let forms = found.map { $0.load(SourceOptions()).page.form }
    #expect(forms == [.html, .flatText, .flatText, .html, .flatText, .html, .flatText])
    #expect(
      items([folder("2")], SourceOptions(format: .html)).first?.load(SourceOptions()).page.form == .html)
  }

  @Test func optionsReachPagesThatBringNothing() {
    let options = SourceOptions(charset: "koi8-r", url: "https://a.example/")
    let plain = items([folder.write("a.txt", "x")], options)[0].load(options).page
    #expect(plain.charset == "koi8-r")
    #expect(plain.url == "https://a.example/")
    let path = folder.write("a.jsonl", "{\"text\":\"a\",\"url\":\"u\",\"charset\":\"c\"}")
    let line = items([path], options)[0].load(options).page
    #expect(line.charset == "c")
    #expect(line.url == "u")
  }
}
