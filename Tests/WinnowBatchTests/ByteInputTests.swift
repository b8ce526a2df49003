import Testing

@testable import WinnowBatch

@Suite struct ByteInputTests {
  private let folder = TemporaryFolder()
  private let text = Array("A page about the river, the ferry and the weather.\n".utf8)

  private func read(_ path: String, limit: Int = 1 << 20) throws(InputError) -> [UInt8] {
    try ByteInput(InputPath(path)).readAll(limit: limit)
  }

  private func inflatedWhole(_ file: [UInt8], limit: Int) -> [UInt8]? {
    file.withUnsafeBufferPointer { GzipFile.inflated($0, limit: limit) }
  }

  @Test func plainAndEmptyFilesComeAsTheyAre() throws {
    #expect(try read(folder.write("a", text)) == text)
    #expect(try read(folder.write("empty", [])) == [])
    #expect(try read(folder.write("one", [0x1F])) == [0x1F])
    let long = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    #expect(try read(folder.write("long", long)) == long)
  }

  @Test func gzipIsKnownByItsBytesWhateverTheName() throws {
    #expect(try read(folder.write("a.html", Gzip.stored(text))) == text)
    #expect(try read(folder.write("empty.gz", Gzip.stored([]))) == [])
    let long = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    #expect(try read(folder.write("long", Gzip.stored(long))) == long)
  }

  @Test func deflatedFilesComeWholeWhateverTheirLength() throws {
    // The second does not fit into one piece even deflated.
    var state: UInt32 = 1
    let noise = (0..<3 * ByteInput.pieceSize).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24) & 0x7F
    }
    for bytes in [text + text + text, noise] {
      let deflated = GzipWriter.whole(bytes)
      #expect(inflatedWhole(deflated, limit: bytes.count) == bytes)
      #expect(inflatedWhole(deflated, limit: bytes.count - 1) == nil)
      #expect(inflatedWhole(deflated + deflated, limit: 1 << 20) == nil)
      #expect(try read(folder.write("a.gz", deflated)) == bytes)
      #expect(try read(folder.write("a.gz", deflated + deflated)) == bytes + bytes)
      #expect(throws: InputError.tooLarge(bytes: nil, limit: bytes.count - 1)) {
        try read(folder.write("a.gz", deflated), limit: bytes.count - 1)
      }
    }
  }

  @Test func membersFollowOneAnotherAndZerosPad() throws {
    let members = Gzip.stored(text) + Gzip.stored([]) + Gzip.stored("second")
    #expect(try read(folder.write("a.gz", members)) == text + Array("second".utf8))
    let padded = members + [UInt8](repeating: 0, count: 100_000)
    #expect(try read(folder.write("b.gz", padded)) == text + Array("second".utf8))
  }

  @Test func theSizeAtTheEndIsOfTheLastMemberOnly() throws {
    let long = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let short = Gzip.stored(text)
    #expect(try read(folder.write("a.gz", short + short + Gzip.stored([]))) == text + text)
    #expect(try read(folder.write("b.gz", Gzip.stored(long) + short)) == long + text)
    #expect(try read(folder.write("c.gz", short + Gzip.stored(long))) == text + long)
  }

  @Test func aLimitMayBeReachedAndNotExceeded() throws {
    let path = folder.write("a.gz", Gzip.stored(text) + Gzip.stored(text))
    #expect(try read(path, limit: 2 * text.count) == text + text)
    for limit in [0, 1, text.count, 2 * text.count - 1] {
      #expect(throws: InputError.tooLarge(bytes: nil, limit: limit)) { try read(path, limit: limit) }
    }
  }

  @Test func everyCutIsTruncated() {
    let whole = Gzip.stored(text)
    for length in 2..<whole.count {
      let error = #expect(throws: InputError.self) {
        try read(folder.write("cut.gz", Array(whole[..<length])))
      }
      #expect(error?.code == "truncated-gzip", "cut after \(length) bytes")
    }
    let secondMember = whole + whole[..<20]
    let error = #expect(throws: InputError.self) { try read(folder.write("cut.gz", secondMember)) }
    #expect(error == .truncatedGzip(inflated: text.count + 5))
  }

  @Test func damageIsTold() {
    var flipped = Gzip.stored(text)
    flipped[20] ^= 1
    let trailing = Gzip.stored(text) + Array("<html>".utf8)
    let noGzip: [UInt8] = [0x1F, 0x8B, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42, 0x42]
    for bytes in [flipped, trailing, noGzip] {
      let error = #expect(throws: InputError.self) { try read(folder.write("bad.gz", bytes)) }
      #expect(error?.code == "corrupt-gzip")
    }
  }

  @Test func aBombStopsAtTheLimit() {
    let bomb = Gzip.bomb(200_000)
    #expect(bomb.count < 400_000)
    let error = #expect(throws: InputError.self) {
      try read(folder.write("bomb.gz", bomb), limit: 1 << 20)
    }
    #expect(error == .tooLarge(bytes: nil, limit: 1 << 20))
  }

  @Test func aLongFileIsRefusedByItsSize() throws {
    let path = folder.write("a", text)
    #expect(try read(path, limit: text.count) == text)
    let error = #expect(throws: InputError.self) { try read(path, limit: text.count - 1) }
    #expect(error == .tooLarge(bytes: text.count, limit: text.count - 1))
  }

  @Test func aFolderIsNoFile() {
    let error = #expect(throws: InputError.self) { try read(folder.path) }
    #expect(error?.code == "unreadable")
    #expect(throws: InputError.notFound) { try read(folder("missing")) }
    #expect(throws: InputError.notFound) { try read("a\0b") }
  }
}

@Suite struct LineReaderTests {
  private let folder = TemporaryFolder()

  private func lines(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> [LineReader.Line] {
    let reader = LineReader(try ByteInput(InputPath(folder.write("lines", bytes))), limit: limit)
    var lines: [LineReader.Line] = []
    while let line = reader.next() { lines.append(line) }
    #expect(reader.number == lines.count)
    #expect(reader.next() == nil)
    return lines
  }

  private func line(_ text: String) -> LineReader.Line { .bytes(Array(text.utf8)) }

  @Test func linesEndWithALineFeedOrTheInput() throws {
    #expect(try lines([]) == [])
    #expect(try lines(Array("\n".utf8)) == [line("")])
    #expect(try lines(Array("a\n\nb".utf8)) == [line("a"), line(""), line("b")])
    #expect(try lines(Array("a\r\nb\n".utf8)) == [line("a\r"), line("b")])
  }

  @Test func aLineMayCrossPieces() throws {
    let long = String(repeating: "x", count: 3 * ByteInput.pieceSize + 7)
    #expect(try lines(Array("a\n\(long)\nb".utf8)) == [line("a"), line(long), line("b")])
    let exact = String(repeating: "y", count: ByteInput.pieceSize - 1)
    #expect(try lines(Array("\(exact)\nb".utf8)) == [line(exact), line("b")])
  }

  @Test func aLineOverTheLimitIsSkippedAndReported() throws {
    let long = String(repeating: "x", count: 200_000)
    #expect(
      try lines(Array("a\n\(long)\nb".utf8), limit: 100) == [
        line("a"), .failed(.tooLarge(bytes: 200_000, limit: 100)), line("b"),
      ])
  }

  @Test func whatCameBeforeABreakIsKept() throws {
    let whole = Gzip.stored("first\nsecond\nthird")
    let read = try lines(Array(whole.dropLast(10)))
    #expect(read.prefix(2) == [line("first"), line("second")])
    guard case .broken(.truncatedGzip) = read.last else {
      Issue.record("the break is not told: \(read)")
      return
    }
    #expect(read.count == 3)
  }
}
