package import WinnowCore

/// A failed input as a line of JSON: what `--errors` writes, and what is read as input again.
package enum ErrorLine {
  /// Members that every line has.
  static let members = ["source", "unit", "offset", "code", "message"]

  /// The line of an item that failed, line end included.
  package static func bytes(of item: PageItem, url: String?, _ failure: ArticleRecord.Failure) -> [UInt8] {
    var json = JSONObject()
    json.add("source", item.source)
    json.add("path", item.place.path?.text)
    if let path = item.place.path, String(validating: path.bytes, as: UTF8.self) == nil {
      json.add("pathBytes", hex(path.bytes))
    }
    json.add("unit", item.place.unit.rawValue)
    json.add("offset", item.place.offset)
    json.add("length", item.place.length)
    json.add("number", item.place.number)
    json.add("url", url)
    json.add("code", failure.code)
    json.add("message", failure.message)
    return (json.bytes ?? []) + [0x0A]
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The place that a line names.
  ///
  /// - throws: ``InputError`` when it names none.
  static func place(_ line: [UInt8]) throws(InputError) -> (place: InputPlace, source: String) {
    let members: FlatObject
    do throws(JSONFault) {
      members = try FlatObject(line)
    } catch {
      throw .brokenJSON(offset: error.offset, reason: error.reason)
    }
    guard let name = members.string("unit"), let unit = InputPlace.Unit(rawValue: name) else {
      throw .brokenErrorList(reason: "there is no member 'unit' that says how much of the input failed")
    }
    var path = members.string("path").map { InputPath($0) }
    if let digits = members.string("pathBytes"), let bytes = unhex(digits) { path = InputPath(bytes: bytes) }
    let source = members.string("source") ?? path?.text ?? PageSource.standardInputName
    let place = InputPlace(
      path: path, unit: unit, offset: max(0, members.number("offset") ?? 0), length: members.number("length"),
      number: max(1, members.number("number") ?? 1), relative: path ?? InputPath(source))
    return (place, source)
  }

  private static func unhex(_ text: String) -> [UInt8]? {
    let digits = text.utf8.map { JSONScanner.hexValue($0) }
    guard digits.count.isMultiple(of: 2), digits.allSatisfy({ $0 != nil }) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map {
      UInt8(digits[$0] ?? 0) << 4 | UInt8(digits[$0 + 1] ?? 0)
    }
  }
}

/// The inputs that a file written by `--errors` names.
///
/// Not safe to use from two threads at once.
final class ErrorList {
  /// What a line names.
  enum Entry {
    /// A whole input.
    case input(InputPath)
    /// Lines or records of one.
    case part(OpenInput)
    /// Nothing that can be read.
    case failed(InputPlace, source: String, InputError)
  }

  private let lines: LineReader
  private let options: SourceOptions

  init(_ raw: RawInput, options: SourceOptions) {
    lines = LineReader(ByteInput(raw), limit: options.maxBytes)
    self.options = options
    // The list's format is not that of the inputs that it names.
    inner = options
    inner.format = .auto
  }

  private var inner: SourceOptions

  var storedBytesRead: Int { lines.storedBytesRead }

  /// What the next line names.
  func next() -> Entry? {
    while let line = lines.next() {
      let here = InputPlace.whole(nil, relative: InputPath("errors"))
      let source = "error list:\(lines.number)"
      switch line {
      case .bytes(let bytes):
        if JSONLine.isBlank(bytes) { continue }
        do throws(InputError) {
          return try entry(bytes)
        } catch {
          return .failed(here, source: source, error)
        }
      case .failed(let error), .broken(let error): return .failed(here, source: source, error)
      }
    }
    return nil
  }

  private func entry(_ line: [UInt8]) throws(InputError) -> Entry {
    let (place, source) = try ErrorLine.place(line)
    guard let path = place.path else {
      return .failed(
        place, source: source, .brokenErrorList(reason: "it came from standard input, which is gone"))
    }
    if place.unit == .file { return .input(path) }
    let origin = OpenInput.Origin(path: path, source: path.text, id: path.recordID, relative: path)
    do throws(InputError) {
      let raw = try RawInput(path)
      let isRest = place.unit == .rest
      if place.unit == .entry || isRest && InputFormat.named(path) == .archive {
        let numbers = place.number..<(isRest ? Int.max : place.number + 1)
        return .part(OpenInput(entries: raw, origin, options: inner, numbers: numbers))
      }
      let sample = ByteInput(try RawInput(path))
      try sample.peek { InputFormat.isEnough($0) }
      let isArchive =
        place.unit == .record
        || InputFormat.guess(sample.pending, isWhole: false, fields: options.fields) == .warc
      if isArchive {
        try raw.seek(to: place.offset)
        let end = isRest ? Int.max : place.offset + max(1, place.length ?? 1)
        return .part(
          OpenInput(records: raw, origin, options: inner, firstNumber: place.number, end: end))
      }
      return .part(
        OpenInput(
          lines: raw, origin, options: inner, skipping: place.offset, firstNumber: place.number,
          count: isRest ? Int.max : 1))
    } catch {
      return .failed(place, source: source, error)
    }
  }
}
