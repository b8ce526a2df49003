internal import WinnowCore

/// The inputs of a run, one item after another, in the order they were given; folders in the order of
/// their names' bytes, JSON Lines in the order of their lines.
///
/// It never throws: what cannot be read is an item that says so. Not safe to use from two threads at once.
package final class PageSource {
  private let options: SourceOptions
  private var inputs: ArraySlice<String>
  private var walk: FolderWalk?
  private var lines: OpenLines?

  /// A JSON Lines input that is being read.
  private struct OpenLines {
    let reader: LineReader
    let source: String
    let id: String
  }

  /// What standard input is called in records.
  package static let standardInputName = "stdin"
  /// gzip makes HTML this many times smaller, about.
  private static let inflation = 8

  /// The items of these inputs: files, folders, and `-` for standard input.
  package init(_ inputs: [String], options: SourceOptions) {
    self.inputs = inputs[...]
    self.options = options
  }

  /// The next item; `nil` after the last.
  package func next() -> PageItem? {
    while true {
      if lines != nil {
        if let item = nextLine() { return item }
        lines = nil
      }
      if let entry = walk?.next() {
        let item =
          switch entry {
          case .file(let path, let size): file(path, size: size)
          case .failed(let path, let error): failure(path, error)
          }
        if let item { return item }
        continue
      }
      walk = nil
      guard let input = inputs.popFirst() else { return nil }
      if let item = begin(input) { return item }
    }
  }

  /// Opens an input; `nil` when its items are yet to come.
  private func begin(_ input: String) -> PageItem? {
    if input == "-" {
      let name = PageSource.standardInputName
      return stream(ByteInput(descriptor: 0), source: name, id: name, named: nil)
    }
    let path = InputPath(input)
    do throws(InputError) {
      switch try PathKind.of(path) {
      case .file(let size): return file(path, size: size)
      case .folder(let identity):
        walk = FolderWalk(path, identity)
        return nil
      case .stream:
        return stream(
          try ByteInput(path), source: path.text, id: path.recordID, named: InputFormat.named(path))
      case .other: return failure(path, .notAFile)
      }
    } catch {
      return failure(path, error)
    }
  }

  /// A file: named for a worker when it is one page, opened here when it has lines.
  private func file(_ path: InputPath, size: Int) -> PageItem? {
    do throws(InputError) {
      var format = options.format == .auto ? InputFormat.named(path) ?? .auto : options.format
      if format == .auto { format = try sniff(try ByteInput(path)) }
      switch format {
      case .jsonl:
        let reader = LineReader(try ByteInput(path), limit: options.maxBytes)
        lines = OpenLines(reader: reader, source: path.text, id: path.recordID)
        return nil
      case .auto, .html, .text:
        let isCompressed = InputPath.ends(path.name, with: ".gz")
        return PageItem(
          source: path.text, id: path.recordID, content: .file(path, form(format)),
          weight: isCompressed
            ? size.multipliedReportingOverflow(by: PageSource.inflation).partialValue : size)
      }
    } catch {
      return failure(path, error)
    }
  }

  /// Something that can be read only once.
  private func stream(
    _ input: ByteInput, source: String, id: String, named: InputFormat?
  ) -> PageItem? {
    do throws(InputError) {
      var format = options.format == .auto ? named ?? .auto : options.format
      if format == .auto { format = try sniff(input) }
      if format == .jsonl {
        lines = OpenLines(
          reader: LineReader(input, limit: options.maxBytes), source: source, id: id)
        return nil
      }
      let bytes = try input.readAll(limit: options.maxBytes)
      return PageItem(source: source, id: id, content: .bytes(bytes, form(format)), weight: bytes.count)
    } catch {
      return PageItem(source: source, id: id, content: .failed(error))
    }
  }

  private func sniff(_ input: ByteInput) throws(InputError) -> InputFormat {
    try input.peek(until: InputFormat.isEnough)
    return InputFormat.guess(input.pending, isWhole: input.pending.count < ByteInput.pieceSize)
  }

  private func nextLine() -> PageItem? {
    guard let lines else { return nil }
    while let line = lines.reader.next() {
      let place = ":\(lines.reader.number)"
      let source = lines.source + place
      let id = lines.id + place
      switch line {
      case .bytes(let bytes):
        if JSONLine.isBlank(bytes) { continue }
        return PageItem(
          source: source, id: id, content: .jsonLine(bytes), weight: 2 * bytes.count)
      case .failed(let error), .broken(let error):
        return PageItem(source: source, id: id, content: .failed(error))
      }
    }
    return nil
  }

  private func failure(_ path: InputPath, _ error: InputError) -> PageItem {
    PageItem(source: path.text, id: path.recordID, content: .failed(error))
  }

  private func form(_ format: InputFormat) -> Page.Form { format == .html ? .html : .flatText }
}
