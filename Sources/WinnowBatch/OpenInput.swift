/// An input that holds many pages and is being read: JSON Lines, a web archive, a tar or zip file.
///
/// Not safe to use from two threads at once.
package final class OpenInput {
  /// Which input it is.
  struct Origin {
    /// The file; `nil` for standard input.
    let path: InputPath?
    /// What it is called in records.
    let source: String
    /// What the ids of its pages begin with, where they have none of their own.
    let id: String
    /// Its path in a tree that mirrors the inputs.
    let relative: InputPath
  }

  private enum Reader {
    case lines(LineReader)
    case records(WARCReader)
    case entries(FolderArchive)
  }

  private let reader: Reader
  private let origin: Origin
  /// The stretch that is read, in bytes as ``InputPlace/offset`` counts them.
  private let stretch: Range<Int>
  private let base: Int
  private let firstNumber: Int
  /// A line of standard input always has its record: who writes a line waits for one.
  private let isStrict: Bool
  private let options: SourceOptions
  private var isAtEnd = false

  /// The lines of an input.
  init(
    lines raw: RawInput, _ origin: Origin, options: SourceOptions, skipping: Int = 0, firstNumber: Int = 1,
    count: Int = .max
  ) {
    let input = OpenInput.input(raw, from: skipping)
    reader = .lines(LineReader(input, limit: options.maxBytes))
    self.origin = origin
    self.options = options
    base = skipping
    stretch = 0..<count
    self.firstNumber = firstNumber
    isStrict = origin.path == nil
  }

  /// The input from a place in its inflated bytes on. A place that cannot be reached gives an input whose
  /// next read says why.
  private static func input(_ raw: RawInput, from place: Int) -> ByteInput {
    do throws(InputError) {
      while raw.pending.count < Packing.markLength, try raw.more() {}
      let isPacked = Packing(raw.pending) != nil
      if !isPacked { try raw.seek(to: place) }
      let input = ByteInput(raw)
      if isPacked { try input.skip(place) }
      return input
    } catch {
      return ByteInput(raw)
    }
  }

  /// The records of a web archive: those that start before `end`.
  init(records raw: RawInput, _ origin: Origin, options: SourceOptions, firstNumber: Int = 1, end: Int = .max)
  {
    reader = .records(WARCReader(ArchiveInput(raw), limit: options.maxBytes))
    self.origin = origin
    self.options = options
    base = 0
    stretch = 0..<end
    self.firstNumber = firstNumber
    isStrict = false
  }

  /// The files of a tar or zip file; only those with these numbers, from 1.
  init(
    entries raw: RawInput, _ origin: Origin, options: SourceOptions, numbers: Range<Int> = 1..<Int.max
  ) {
    reader = .entries(FolderArchive(raw, limit: options.maxBytes, numbers: numbers))
    self.origin = origin
    self.options = options
    base = 0
    stretch = 0..<Int.max
    firstNumber = 1
    isStrict = false
  }

  /// Bytes of the input, as stored, that were read so far.
  var storedBytesRead: Int {
    switch reader {
    case .lines(let lines): lines.storedBytesRead
    case .records(let records): records.storedBytesRead
    case .entries(let entries): entries.storedBytesRead
    }
  }

  /// The next item; `nil` after the last.
  func next() -> PageItem? {
    guard !isAtEnd else { return nil }
    switch reader {
    case .lines(let lines): return next(of: lines)
    case .records(let records): return next(of: records)
    case .entries(let entries): return next(of: entries)
    }
  }

  private func next(of lines: LineReader) -> PageItem? {
    while lines.number < stretch.upperBound, let line = lines.next() {
      let number = firstNumber + lines.number - 1
      let place = InputPlace(
        path: origin.path, unit: .line, offset: base + lines.offset, length: lines.length, number: number,
        relative: origin.relative)
      switch line {
      case .bytes(let bytes):
        guard JSONLine.isBlank(bytes) else {
          return item(place, ":\(number)", .jsonLine(bytes), weight: 2 * bytes.count)
        }
        if isStrict { return item(place, ":\(number)", .failed(.emptyLine)) }
      case .failed(let error): return item(place, ":\(number)", .failed(error))
      case .broken(let error):
        isAtEnd = true
        return item(rest(place), ":\(number)", .failed(error))
      }
    }
    return nil
  }

  private func next(of records: WARCReader) -> PageItem? {
    guard let found = records.next(), records.offset < stretch.upperBound else {
      isAtEnd = true
      return nil
    }
    let place = InputPlace(
      path: origin.path, unit: .record, offset: records.offset, length: records.length,
      number: firstNumber + records.number - 1, relative: origin.relative)
    let mark = "#\(records.offset)"
    switch found {
    case .record(let record):
      return item(place, mark, .archiveRecord(record), weight: 2 * record.block.count)
    case .failed(let error): return item(place, mark, .failed(error))
    case .broken(let error): return item(rest(place), mark, .failed(error))
    }
  }

  private func next(of entries: FolderArchive) -> PageItem? {
    guard let found = entries.next() else {
      isAtEnd = true
      return nil
    }
    var place = InputPlace(
      path: origin.path, unit: .entry, offset: 0, length: nil, number: entries.number,
      relative: origin.relative)
    switch found {
    case .file(let name, let bytes):
      place.length = bytes.count
      return entry(place, name, ArchiveEntry.content(name, bytes, options), weight: bytes.count)
    case .failed(let name, let error): return entry(place, name, .failed(error))
    case .broken(let error): return item(rest(place), "#\(entries.number)", .failed(error))
    }
  }

  private func entry(
    _ place: InputPlace, _ name: InputPath, _ content: PageItem.Content, weight: Int = 0
  ) -> PageItem {
    PageItem(
      source: origin.source + "#" + name.text, id: name.recordID, content: content, weight: weight,
      place: place)
  }

  private func rest(_ place: InputPlace) -> InputPlace {
    var place = place
    place.unit = .rest
    place.length = nil
    return place
  }

  private func item(
    _ place: InputPlace, _ mark: String, _ content: PageItem.Content, weight: Int = 0
  ) -> PageItem {
    PageItem(
      source: origin.source + mark, id: origin.id + mark, content: content, weight: weight, place: place)
  }
}
