internal import WinnowCore

/// The bytes of a web archive in segments: a gzip member or a Zstandard frame is one, so that damage to one need not
/// touch the next; an archive that is not compressed is one as a whole.
///
/// Not safe to use from two threads at once.
package final class ArchiveInput {
  private let raw: RawInput
  /// How the archive is packed, as its first segment shows.
  private var packing: Packing?
  private var reader: any MemberReader = GzipReader()
  private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: RawInput.pieceSize)
  private var start = 0
  private var end = 0
  private var isCompressed: Bool { packing != nil }
  private var hasBegun = false
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
  package var offset: Int { isCompressed ? segmentStart : raw.offset }

  /// Bytes that were read and not yet consumed.
  package var pending: UnsafeBufferPointer<UInt8> {
    isCompressed
      ? UnsafeBufferPointer(rebasing: buffer[start..<end]) : UnsafeBufferPointer(raw.pending)
  }

  /// Whether ``more()`` has room.
  package var hasRoom: Bool { isCompressed ? end - start < buffer.count : raw.hasRoom }

  /// Marks pending bytes as done with.
  package func consume(_ count: Int) {
    if isCompressed { start += min(count, end - start) } else { raw.consume(count) }
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
    while raw.pending.count < Packing.markLength, try raw.more() {}
    let found = Packing(raw.pending)
    if !hasBegun, let found {
      packing = found
      reader = found.reader()
    }
    hasBegun = true
    switch packing {
    case .gzip where found != .gzip:
      throw .corruptGzip(reason: "no gzip member starts here", inflated: 0)
    case .zstandard where found != .zstandard:
      throw .corruptZstandard(reason: "no frame starts here", inflated: 0)
    default: break
    }
    begin()
    if packing == .zstandard, ZstandardReader.isSkipped(raw.pending, at: 0) {
      try takeSkippedFrame()
      return try nextSegment()
    }
    return true
  }

  /// A frame that holds no records: the first one may hold the dictionary of all others, as archives of the
  /// ArchiveTeam have it.
  private func takeSkippedFrame() throws(InputError) {
    while raw.pending.count < 8, try raw.more() {}
    guard raw.pending.count >= 8 else { throw .truncatedZstandard(inflated: 0) }
    let isDictionary = raw.offset == 0 && raw.pending[0] == 0x5D
    let length = (4..<8).reversed().reduce(0) { $0 << 8 | Int(raw.pending[$1]) }
    raw.consume(8)
    var content: [UInt8] = []
    var rest = length
    while rest > 0 {
      guard try raw.fill() else { throw .truncatedZstandard(inflated: 0) }
      let count = min(rest, raw.pending.count)
      if isDictionary, length <= ZstandardReader.longestDictionary { content += raw.pending[..<count] }
      raw.consume(count)
      rest -= count
    }
    if isDictionary, let reader = reader as? ZstandardReader { try reader.load(dictionary: content) }
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
    guard isCompressed else { return try raw.more() }
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
        try reader.finish()
        return false
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
    return isCompressed ? try nextMember() : try nextMark()
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
    let line = bytes[index + 8]
    return bytes[index + 5].isASCIIDigit && bytes[index + 6] == 0x2E && bytes[index + 7].isASCIIDigit
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
        if opensMember(bytes, at: index) {
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

  private func opensMember(_ bytes: UnsafeMutableBufferPointer<UInt8>, at index: Int) -> Bool {
    // Four bytes are mark enough, and the first of a frame come out only with a block of up to 128 KiB.
    if packing == .zstandard { return bytes[index] == 0x28 && ZstandardReader.isMark(bytes, at: index) }
    return bytes[index] == 0x1F && bytes[index + 1] == 0x8B && bytes[index + 2] == 8
      && bytes[index + 3] < 0x20
      && opensRecord(UnsafeMutableBufferPointer(rebasing: bytes[index...]))
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
