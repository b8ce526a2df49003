internal import WinnowCore

/// The inputs of a run, one item after another, in the order they were given; folders in the order of their names'
/// bytes, JSON Lines in the order of their lines, web archives in that of their records, tar and zip files in that of
/// their entries.
///
/// It never throws: what cannot be read is an item that says so. Not safe to use from two threads at once.
package final class PageSource {
  private let options: SourceOptions
  private var inputs: InputList
  private let isOneInput: Bool
  private let own: OwnFiles
  private var walk: (walk: FolderWalk, root: InputPath)?
  private var open: OpenInput?
  private var retries: ErrorList?
  private var itemCount = 0
  private var givenCount = 0
  /// Bytes, as stored, of inputs that are done with.
  private var finishedBytes = 0

  /// What standard input is called in records.
  package static let standardInputName = "stdin"
  /// gzip makes HTML this many times smaller, about.
  private static let inflation = 8

  /// The items of these inputs: files, folders, patterns, and `-` for standard input; then those of the
  /// paths in the file `list`.
  ///
  /// Files that a run itself writes are not read where a folder holds them.
  package init(
    _ inputs: [String], list: String? = nil, options: SourceOptions, leavingOut own: OwnFiles = OwnFiles()
  ) {
    self.own = own
    self.inputs = InputList(inputs, list: list)
    isOneInput = inputs.count == 1 && list == nil
    self.options = options
  }

  /// The next item of the share that is asked for; `nil` after the last.
  package func next() -> PageItem? {
    while options.limit.map({ givenCount < $0 }) ?? true, var item = nextItem() {
      item.position = finishedBytes + (open?.storedBytesRead ?? retries?.storedBytesRead ?? 0)
      itemCount += 1
      guard options.shard?.contains(itemCount - 1) ?? true else { continue }
      givenCount += 1
      return item
    }
    return nil
  }

  private func nextItem() -> PageItem? {
    while true {
      if let input = open {
        if let item = input.next() { return item }
        finishedBytes += input.storedBytesRead
        open = nil
      }
      if let entry = retries?.next() {
        if let item = begin(entry) { return item }
        continue
      }
      finishedBytes += retries?.storedBytesRead ?? 0
      retries = nil
      if let entry = walk?.walk.next() {
        let item =
          switch entry {
          case .file(let path, let size): file(path, size: size)
          case .failed(let path, let error): failure(path, error)
          }
        if let item { return item }
        continue
      }
      walk = nil
      guard let input = inputs.next() else { return nil }
      if let item = begin(input) { return item }
    }
  }

  /// Opens an input; `nil` when its items are yet to come.
  private func begin(_ input: InputList.Entry) -> PageItem? {
    switch input {
    case .path(let path): begin(path)
    case .failed(let path, let error): failure(path, error)
    case .standardInput:
      stream(RawInput(descriptor: 0), path: nil, named: nil)
    }
  }

  private func begin(_ path: InputPath) -> PageItem? {
    do throws(InputError) {
      switch try PathKind.of(path) {
      case .file(let size): return file(path, size: size)
      case .folder(let identity):
        walk = (FolderWalk(path, identity, leavingOut: own), path)
        return nil
      case .stream: return stream(try RawInput(path), path: path, named: InputFormat.named(path))
      case .other: return failure(path, .notAFile)
      }
    } catch {
      return failure(path, error)
    }
  }

  /// Opens what an entry of an error list names.
  private func begin(_ entry: ErrorList.Entry) -> PageItem? {
    switch entry {
    case .input(let path): return begin(path)
    case .part(let part): open = part
    case .failed(let place, let source, let error):
      return PageItem(source: source, id: source, content: .failed(error), place: place)
    }
    return nil
  }

  /// A file: named for a worker when it is one page, opened here when it holds many.
  private func file(_ path: InputPath, size: Int) -> PageItem? {
    do throws(InputError) {
      var format = options.format == .auto ? InputFormat.named(path) ?? .auto : options.format
      // A list of errors is JSON Lines by its name too: its first line tells.
      if format == .auto || format == .jsonl && options.format == .auto {
        let found = try sniff(ByteInput(try RawInput(path)))
        if format == .auto || found == .errors { format = found }
      }
      switch format {
      case .jsonl, .warc, .archive, .errors:
        try openMany(try RawInput(path), format, path: path)
        return nil
      case .auto, .html, .text:
        finishedBytes += size
        let isCompressed = path.inflatedName.count < path.name.count
        return PageItem(
          source: path.text, id: path.recordID, content: .file(path, form(format)),
          weight: isCompressed
            ? size.multipliedReportingOverflow(by: PageSource.inflation).partialValue : size,
          place: .whole(path, relative: relative(path), length: size))
      }
    } catch {
      return failure(path, error)
    }
  }

  private func openMany(_ raw: RawInput, _ format: InputFormat, path: InputPath?) throws(InputError) {
    if format == .errors {
      retries = ErrorList(raw, options: options)
      return
    }
    let name = path ?? InputPath(PageSource.standardInputName)
    let origin = OpenInput.Origin(path: path, source: name.text, id: name.recordID, relative: relative(name))
    open =
      switch format {
      case .warc: OpenInput(records: raw, origin, options: options)
      case .archive: OpenInput(entries: raw, origin, options: options)
      default: OpenInput(lines: raw, origin, options: options)
      }
  }

  /// Something that can be read only once.
  private func stream(_ raw: RawInput, path: InputPath?, named: InputFormat?) -> PageItem? {
    let name = path ?? InputPath(PageSource.standardInputName)
    do throws(InputError) {
      var format = options.format == .auto ? named ?? .auto : options.format
      if format == .auto { format = try sniff(raw) }
      switch format {
      case .jsonl, .warc, .archive, .errors:
        try openMany(raw, format, path: path)
        return nil
      case .auto, .html, .text:
        let bytes = try ByteInput(raw).readAll(limit: options.maxBytes)
        return PageItem(
          source: name.text, id: name.recordID, content: .bytes(bytes, form(format)), weight: bytes.count,
          place: .whole(path, relative: relative(name), length: bytes.count))
      }
    } catch {
      return failure(name, error, path: path)
    }
  }

  /// Looks at the first bytes of an input that is opened for this alone.
  private func sniff(_ input: ByteInput) throws(InputError) -> InputFormat {
    try input.peek { InputFormat.isEnough($0) }
    return InputFormat.guess(
      input.pending, isWhole: input.pending.count < ByteInput.pieceSize, fields: options.fields)
  }

  /// Looks at the first bytes of an input that cannot be read again, without taking them.
  private func sniff(_ raw: RawInput) throws(InputError) -> InputFormat {
    while raw.pending.count < Packing.markLength, try raw.more() {}
    guard let packing = Packing(raw.pending) else {
      while !InputFormat.isEnough(UnsafeBufferPointer(raw.pending)), raw.hasRoom, try raw.more() {}
      return InputFormat.guess(
        UnsafeBufferPointer(raw.pending), isWhole: raw.hasRoom, fields: options.fields)
    }
    while raw.hasRoom, try raw.more() {}
    let limit = PageSource.inflation * RawInput.pieceSize
    return packing.opening(of: raw.pending, limit: limit).withUnsafeBufferPointer {
      InputFormat.guess($0, isWhole: raw.hasRoom && $0.count < limit, fields: options.fields)
    }
  }

  private func relative(_ path: InputPath) -> InputPath {
    guard isOneInput, let root = walk?.root else { return path }
    return InputPath(bytes: Array(path.bytes.dropFirst(root.bytes.count)))
  }

  private func failure(_ path: InputPath, _ error: InputError, path stored: InputPath?) -> PageItem {
    PageItem(
      source: path.text, id: path.recordID, content: .failed(error),
      place: .whole(stored, relative: relative(path)))
  }

  private func failure(_ path: InputPath, _ error: InputError) -> PageItem {
    failure(path, error, path: path)
  }

  private func form(_ format: InputFormat) -> Page.Form { format == .html ? .html : .flatText }
}
