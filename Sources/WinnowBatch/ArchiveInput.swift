/// The bytes of a web archive in segments: a gzip member is one, so that damage to one need not touch the
/// next; an archive that is not compressed is one as a whole.
///
/// Not safe to use from two threads at once.
package final class ArchiveInput {
  private let raw: RawInput
  private let reader = GzipReader()
  private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: RawInput.pieceSize)
  private var start = 0
  private var end = 0
  private var isCompressed: Bool?
  private var segmentStart = 0
  private var segmentIsAtEnd = true

  /// What every record begins with; a version follows.
  private static let mark = Array("WARC/".utf8)
  /// `WARC/1.0` and a line end.
  private static let markLength = 9

  /// Reads what is yet to come of an input.
  package init(_ raw: RawInput) { self.raw = raw }

  deinit { buffer.deallocate() }

  /// Bytes of the input, as stored, that were read so far.
  package var storedBytesRead: Int { raw.offset }

  /// Where the pending bytes are in the input as stored, as exactly as that can be said: where the segment
  /// starts if it is compressed.
  package var offset: Int { isCompressed == true ? segmentStart : raw.offset }

  /// Bytes that were read and not yet consumed.
  package var pending: UnsafeBufferPointer<UInt8> {
    isCompressed == true
      ? UnsafeBufferPointer(rebasing: buffer[start..<end]) : UnsafeBufferPointer(raw.pending)
  }

  /// Whether ``more()`` has room.
  package var hasRoom: Bool { isCompressed == true ? end - start < buffer.count : raw.hasRoom }

  /// Marks pending bytes as done with.
  package func consume(_ count: Int) {
    if isCompressed == true { start += min(count, end - start) } else { raw.consume(count) }
  }

  /// Opens the next segment, past line ends and zeros between segments.
  ///
  /// - returns: false at the end of the input.
  /// - throws: ``InputError`` when what follows is no segment.
  package func nextSegment() throws(InputError) -> Bool {
    while try raw.fill(), let first = raw.pending.first, first == 0 || first == 0x0A || first == 0x0D {
      raw.consume(1)
    }
    segmentStart = raw.offset
    guard try raw.fill() else { return false }
    while raw.pending.count < 2, try raw.more() {}
    let isGzip = raw.pending.count >= 2 && raw.pending[0] == 0x1F && raw.pending[1] == 0x8B
    if isCompressed == true, !isGzip {
      throw .corruptGzip(reason: "no gzip member starts here", inflated: 0)
    }
    isCompressed = isGzip
    begin()
    return true
  }

  private func begin() {
    reader.restart()
    start = 0
    end = 0
    segmentIsAtEnd = false
  }

  /// Makes sure that something is pending.
  ///
  /// - returns: false at the end of the segment.
  package func fill() throws(InputError) -> Bool { pending.isEmpty ? try more() : true }

  /// Appends bytes of the segment to the pending ones.
  ///
  /// - returns: false at the end of the segment.
  package func more() throws(InputError) -> Bool {
    guard !segmentIsAtEnd, hasRoom else { return false }
    guard isCompressed == true else { return try raw.more() }
    if start == end {
      start = 0
      end = 0
    } else if end == buffer.count {
      let rest = end - start
      for index in 0..<rest { buffer[index] = buffer[start + index] }
      start = 0
      end = rest
    }
    let room = UnsafeMutableBufferPointer(rebasing: buffer[end...])
    while true {
      let (used, written) = try reader.inflate(raw.pending, into: room)
      raw.consume(used)
      end += written
      if reader.isAtMemberEnd { segmentIsAtEnd = true }
      if written > 0 { return true }
      if segmentIsAtEnd { return false }
      if used == 0, !(try raw.more()) {
        segmentIsAtEnd = true
        throw .truncatedGzip(inflated: reader.inflated)
      }
    }
  }

  /// After damage: goes to the next place, past `place`, where a record starts.
  ///
  /// Where the input cannot be read twice, what was read is gone, and the search goes on from there.
  ///
  /// - returns: false when there is none.
  package func resynchronise(after place: Int) throws(InputError) -> Bool {
    try raw.seek(to: max(place + 1, raw.isSeekable ? 0 : raw.offset))
    begin()
    return isCompressed == true ? try nextMember() : try nextMark()
  }

  /// Whether a record of an uncompressed archive starts in the pending bytes.
  private func nextMark() throws(InputError) -> Bool {
    while true {
      while raw.pending.count < ArchiveInput.markLength, try raw.more() {}
      let bytes = UnsafeBufferPointer(raw.pending)
      guard bytes.count >= ArchiveInput.markLength else { return false }
      var index = 0
      while index + ArchiveInput.markLength <= bytes.count {
        if ArchiveInput.isMark(bytes, at: index) {
          raw.consume(index)
          return true
        }
        index += 1
      }
      raw.consume(index)
    }
  }

  private static func isMark(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    guard bytes[index] == 0x57 else { return false }
    for (place, byte) in mark.enumerated() where bytes[index + place] != byte { return false }
    let isDigit = { (byte: UInt8) in byte >= 0x30 && byte <= 0x39 }
    let line = bytes[index + 8]
    return isDigit(bytes[index + 5]) && bytes[index + 6] == 0x2E && isDigit(bytes[index + 7])
      && (line == 0x0D || line == 0x0A)
  }

  /// Looks for a member that inflates to a record; its first bytes stand for it.
  private func nextMember() throws(InputError) -> Bool {
    while true {
      while raw.pending.count < ArchiveInput.trialLength, try raw.more() {}
      let bytes = raw.pending
      guard bytes.count >= 4 else { return false }
      var index = 0
      // A trial near the end of the piece waits for the next one, unless there is none.
      let last = raw.hasRoom ? bytes.count - 4 : bytes.count - ArchiveInput.trialLength
      while index <= last {
        if bytes[index] == 0x1F, bytes[index + 1] == 0x8B, bytes[index + 2] == 8, bytes[index + 3] < 0x20,
          opensRecord(UnsafeMutableBufferPointer(rebasing: bytes[index...]))
        {
          raw.consume(index)
          segmentStart = raw.offset
          begin()
          return true
        }
        index += 1
      }
      raw.consume(max(index, 1))
    }
  }

  /// Bytes that are enough to inflate a record's first ones.
  private static let trialLength = 1 << 12

  private func opensRecord(_ bytes: UnsafeMutableBufferPointer<UInt8>) -> Bool {
    reader.restart()
    let room = UnsafeMutableBufferPointer(rebasing: buffer[..<ArchiveInput.mark.count])
    do throws(InputError) {
      let (_, written) = try reader.inflate(bytes, into: room)
      return written == room.count && room.elementsEqual(ArchiveInput.mark)
    } catch {
      return false
    }
  }
}
