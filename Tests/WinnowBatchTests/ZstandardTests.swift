import CZstandard
import Testing
import Winnow
import WinnowCore

@testable import WinnowBatch

/// Zstandard data made by hand.
private enum Zstandard {
  /// One frame, with a checksum at its end.
  static func frame(_ bytes: [UInt8], dictionary: [UInt8] = []) -> [UInt8] {
    let context = ZSTD_createCCtx()
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    if !dictionary.isEmpty { ZSTD_CCtx_loadDictionary(context, dictionary, dictionary.count) }
    return [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { room, count in
      count = ZSTD_compress2(context, room.baseAddress, room.count, bytes, bytes.count)
    }
  }

  /// A frame that decoders pass over; `kind` is 0 to 15.
  static func skipped(_ content: [UInt8], kind: UInt8 = 0) -> [UInt8] {
    [0x50 | kind, 0x2A, 0x4D, 0x18] + (0..<4).map { UInt8(content.count >> ($0 * 8) & 0xFF) } + content
  }
}

@Suite struct ZstandardTests {
  private let folder = TemporaryFolder()
  private let text = Array("A page about the river, the ferry and the weather.\n".utf8)

  private func read(_ bytes: [UInt8], limit: Int = 1 << 20) throws(InputError) -> [UInt8] {
    try ByteInput(InputPath(folder.write("a.zst", bytes))).readAll(limit: limit)
  }

  private func noise(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24) & 0x7F
    }
  }

  @Test func framesComeWholeOneAfterAnother() throws {
    for bytes in [text, noise(300_000), [UInt8](repeating: 0x61, count: 1_000_000)] {
      let frame = Zstandard.frame(bytes)
      #expect(try read(frame) == bytes)
      #expect(try read(frame + frame, limit: 4 << 20) == bytes + bytes)
    }
    #expect(try read(Zstandard.frame([])) == [])
    let skipped = Zstandard.skipped(noise(100_000))
    #expect(try read(skipped + Zstandard.frame(text) + skipped) == text)
  }

  @Test func aLimitMayBeReachedAndNotExceeded() throws {
    let bytes = [UInt8](repeating: 0x61, count: 500_000)
    let frame = Zstandard.frame(bytes)
    #expect(try read(frame, limit: bytes.count) == bytes)
    for limit in [0, 1, bytes.count - 1] {
      #expect(throws: InputError.tooLarge(bytes: nil, limit: limit)) { try read(frame, limit: limit) }
    }
  }

  @Test func everyCutIsTruncatedAndDamageIsTold() {
    let frame = Zstandard.frame(text)
    for length in 4..<frame.count {
      let error = #expect(throws: InputError.self) { try read(Array(frame[..<length])) }
      #expect(error?.code == "truncated-zstd", "cut after \(length) bytes")
    }
    var flipped = frame
    flipped[frame.count - 10] ^= 0x40
    for bytes in [flipped, frame + Array("<html>".utf8)] {
      let error = #expect(throws: InputError.self) { try read(bytes) }
      #expect(error?.code == "corrupt-zstd")
    }
  }

  @Test func linesOfPackedFilesAreReadAndReadAgain() {
    let lines = (0..<20_000).map { #"{"text": "Line \#($0) of the ferry's log."}"# }.joined(separator: "\n")
    let path = folder.write("log.jsonl.zst", Zstandard.frame(Array(lines.utf8)))
    let source = PageSource([path], options: SourceOptions())
    var ids: [String] = []
    while let item = source.next() { ids.append(item.id) }
    #expect(ids.count == 20_000)
    #expect(ids.first == "log:1")
    let page = PageSource([folder.write("story.html.zst", Zstandard.frame(text))], options: SourceOptions())
    let item = page.next()
    #expect(item?.id == "story")
    #expect(item?.load(SourceOptions()).page.bytes == text)
  }

  // MARK: Web archives

  private func outcome(_ bytes: [UInt8]) -> [String] {
    let source = PageSource([folder.write("a.warc.zst", bytes)], options: SourceOptions())
    var outcome: [String] = []
    while let item = source.next() {
      let loaded = item.load(SourceOptions())
      outcome.append(loaded.error?.code ?? String(loaded.page.id.split(separator: "/").last ?? ""))
    }
    return outcome
  }

  private let names = (0..<6).map { "page-\($0)" }

  @Test func archivesAreReadFrameByFrame() {
    let frames = names.map { Zstandard.frame(Archive.response($0)) }
    #expect(outcome(Array(frames.joined())) == names)
    // Two records in a frame, and an empty frame between.
    let joined = Zstandard.frame(Archive.response("page-0") + Archive.response("page-1"))
    #expect(outcome(joined + Zstandard.frame([]) + frames[2]) == Array(names[..<3]))
  }

  @Test func archivesMayBringADictionary() {
    let dictionary = Array(names.map { Archive.response($0) }.joined())
    let frames = names.map { Zstandard.frame(Archive.response($0), dictionary: dictionary) }
    let plain = Zstandard.skipped(dictionary, kind: 0x0D)
    #expect(outcome(Array(([plain] + frames).joined())) == names)
    let packed = Zstandard.skipped(Zstandard.frame(dictionary), kind: 0x0D)
    #expect(outcome(Array(([packed] + frames).joined())) == names)
  }

  @Test func damageToAFrameLeavesTheOthers() {
    var frames = names.map { Zstandard.frame(Archive.response($0)) }
    frames[1][30] ^= 0x55
    frames[3] = Array(frames[3].dropLast(20))
    frames[4].removeFirst(4)
    let found = outcome(Array(frames.joined()))
    #expect(found.filter { $0.hasPrefix("page") } == ["page-0", "page-2", "page-5"])
    #expect(found.contains("corrupt-zstd"))
    #expect(outcome(Array(frames[0] + frames[2].dropLast(5))) == ["page-0", "truncated-zstd"])
  }

  // MARK: Pages as servers send them

  /// ``Archive/page(_:)`` of "one" in Brotli.
  private let brotli: [UInt8] = [
    0x1B, 0x44, 0x00, 0xE8, 0x1D, 0x07, 0x76, 0x4C, 0xBC, 0x4D, 0xC4, 0x53, 0xEF, 0x9A, 0x11, 0x2A, 0xBD,
    0x78, 0x90, 0xDC, 0xC6, 0xD6, 0x75, 0xDF, 0x20, 0xC3, 0xA5, 0xD1, 0x2B, 0x7D, 0x62, 0xA8, 0xC0, 0x21,
    0x07, 0x7A, 0x40, 0xFF, 0x22, 0x49, 0x30, 0x00, 0xAE, 0x5E, 0xBE, 0xF2, 0xC8, 0xAA, 0x6C, 0x28, 0x59,
    0x2D, 0x88, 0x38, 0xDF, 0x5A, 0xC4, 0xF0, 0xEE, 0x11, 0x13, 0xE9, 0x32, 0x27, 0xC9, 0x75, 0xE2, 0x43,
    0x01,
  ]

  private func page(_ body: [UInt8], _ encoding: String, maxBytes: Int = 1 << 20) -> LoadedPage? {
    let record = Archive.record(
      "response", Archive.answer(body, ["Content-Type: text/html", "Content-Encoding: \(encoding)"]))
    let options = SourceOptions(maxBytes: maxBytes)
    return PageSource([folder.write("b.warc", record)], options: options).next()?.load(options)
  }

  @Test func bodiesInBrotliAndZstandardAreUnpacked() {
    #expect(page(brotli, "br")?.page.bytes == Archive.page("one"))
    #expect(page(Zstandard.frame(text), "zstd")?.page.bytes == text)
    #expect(page(Zstandard.frame(brotli), "br, zstd")?.page.bytes == Archive.page("one"))
    // What does not look packed is taken as it is; what breaks off gives what there is.
    #expect(page(text, "br")?.page.bytes == text)
    #expect(page(text, "zstd")?.page.bytes == text)
    let long = Zstandard.frame(noise(400_000))
    let part = page(Array(long[..<300_000]), "zstd")?.page.bytes ?? []
    #expect(part.count >= 128 << 10 && part == Array(noise(400_000)[..<part.count]))
  }

  @Test func brokenBodiesSaySoAndBombsStop() {
    var flipped = brotli
    flipped[10] ^= 0xFF
    #expect(page(flipped, "br")?.error == .brokenEncoding("br"))
    #expect(page([0xFF, 0, 0x80, 1], "zstd")?.error == .brokenEncoding("zstd"))
    let bomb = Zstandard.frame([UInt8](repeating: 0x20, count: 30 << 20))
    #expect(bomb.count < 10_000)
    #expect(page(bomb, "zstd")?.error?.code == "too-large")
  }
}
