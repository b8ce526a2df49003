/// The records of a web archive that hold pages, one at a time, and a failure for every damaged stretch,
/// after which it goes on with the next record that can be found.
///
/// Not safe to use from two threads at once.
package final class WARCReader {
  /// What was found.
  package enum Found: Sendable, Equatable {
    /// A record with a page.
    case record(WARCRecord)
    /// A record or a stretch that cannot be read; others may follow.
    case failed(InputError)
    /// The input cannot be read on.
    case broken(InputError)
  }

  private let input: ArchiveInput
  private let limit: Int
  private var isInSegment = false
  private var isAtEnd = false
  /// Where the last find starts, in bytes of the input as stored.
  package private(set) var offset = 0
  /// Bytes from there to what follows.
  package private(set) var length = 0
  /// How many finds there were.
  package private(set) var number = 0

  /// The longest header of a record; longer is damage.
  private static let longestHeader = 1 << 16

  /// A reader of records whose block is up to `limit` bytes.
  package init(_ input: ArchiveInput, limit: Int) {
    self.input = input
    self.limit = limit
  }

  /// Bytes of the input, as stored, that were read so far.
  package var storedBytesRead: Int { input.storedBytesRead }

  /// The next record that holds a page, or the next damage; `nil` at the end.
  package func next() -> Found? {
    while !isAtEnd {
      do throws(InputError) {
        guard try isAtRecord() else { continue }
        offset = input.offset
        guard let record = try record() else { continue }
        return found(record)
      } catch {
        return damage(error)
      }
    }
    return nil
  }

  private func found(_ record: Found) -> Found {
    number += 1
    length = max(0, input.storedBytesRead - offset)
    return record
  }

  /// Goes to where the next record should start.
  private func isAtRecord() throws(InputError) -> Bool {
    if !isInSegment {
      offset = input.storedBytesRead
      guard try input.nextSegment() else {
        isAtEnd = true
        return false
      }
      isInSegment = true
    }
    offset = input.offset
    isInSegment = try skipLineEnds()
    return isInSegment
  }

  /// Steps over the line ends between records.
  ///
  /// - returns: false at the end of the segment.
  private func skipLineEnds() throws(InputError) -> Bool {
    while try input.fill() {
      guard let first = input.pending.first, first == 0x0A || first == 0x0D else { return true }
      input.consume(1)
    }
    return false
  }

  /// Reports damage and looks for the next record.
  private func damage(_ error: InputError) -> Found {
    let place = offset
    do throws(InputError) {
      isInSegment = try input.resynchronise(after: place)
      isAtEnd = !isInSegment
    } catch {
      isAtEnd = true
    }
    offset = place
    number += 1
    length = max(0, input.offset - place)
    return isAtEnd ? .broken(error) : .failed(error)
  }

  /// Reads the record that starts here; `nil` for one that holds no page.
  ///
  /// - throws: ``InputError`` for damage, that after the record's end too: a checksum that does not fit
  ///   says that the record is not as it was written.
  private func record() throws(InputError) -> Found? {
    let header = try header()
    var lines = HeaderLines(header[...])
    _ = lines.next()
    let fields = lines.fields()
    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    guard let length = field("content-length").flatMap({ Int($0) }), length >= 0 else {
      throw .brokenArchive(reason: "a record without a content length")
    }
    let kind = field("warc-type").flatMap { WARCRecord.Kind(rawValue: $0.lowercased()) }
    let isWanted = kind != nil && length <= limit
    let block = try block(length, isWanted: isWanted)
    if try skipLineEnds() {
      while input.pending.count < 5, try input.more() {}
      guard input.pending.starts(with: Array("WARC/".utf8)) else {
        throw .brokenArchive(reason: "a record is longer or shorter than its header says")
      }
    } else {
      isInSegment = false
    }
    guard let kind else { return nil }
    guard isWanted else { return .failed(.tooLarge(bytes: length, limit: limit)) }
    return .record(
      WARCRecord(
        kind: kind, id: field("warc-record-id").map(WARCReader.bare),
        url: field("warc-target-uri").map(WARCReader.bare), date: field("warc-date"),
        contentType: field("content-type"), block: block))
  }

  /// The record's header, its empty line included.
  private func header() throws(InputError) -> [UInt8] {
    var header: [UInt8] = []
    var isLineEmpty = true
    while header.count < WARCReader.longestHeader {
      guard try input.fill() else {
        throw .truncatedArchive(bytes: header.count, expected: header.count + 1)
      }
      let bytes = input.pending
      var index = 0
      var isWhole = false
      while index < bytes.count, !isWhole {
        let byte = bytes[index]
        index += 1
        if byte == 0x0A {
          isWhole = isLineEmpty
          isLineEmpty = true
        } else if byte != 0x0D {
          isLineEmpty = false
        }
      }
      header += bytes[..<index]
      input.consume(index)
      if header.count >= 5, !header.starts(with: Array("WARC/".utf8)) { break }
      if isWhole { return header }
    }
    throw .brokenArchive(reason: "no record starts here")
  }

  /// The record's block; empty when it is not wanted.
  private func block(_ length: Int, isWanted: Bool) throws(InputError) -> [UInt8] {
    var block: [UInt8] = []
    // What a header claims is not taken on trust.
    if isWanted { block.reserveCapacity(min(length, 1 << 20)) }
    var rest = length
    while rest > 0 {
      guard try input.fill() else {
        throw .truncatedArchive(bytes: length - rest, expected: length)
      }
      let bytes = input.pending
      let count = min(rest, bytes.count)
      if isWanted { block += bytes[..<count] }
      input.consume(count)
      rest -= count
    }
    return block
  }

  /// An id or address without the angle brackets that some writers put around it.
  private static func bare(_ text: String) -> String {
    text.hasPrefix("<") && text.hasSuffix(">") ? String(text.dropFirst().dropLast()) : text
  }
}
