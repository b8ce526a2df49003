import CArchive

/// The files in a tar or zip file, one after another; libarchive reads it.
///
/// Not safe to use from two threads at once.
final class FolderArchive {
  /// What was found.
  enum Found {
    /// A file, as it is stored in the archive.
    case file(name: InputPath, bytes: [UInt8])
    /// A file that cannot be read; others may follow.
    case failed(name: InputPath, InputError)
    /// The archive cannot be read on.
    case broken(InputError)
  }

  private let archive: OpaquePointer?
  private let feed: ArchiveFeed
  private let limit: Int
  private let numbers: Range<Int>
  private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: RawInput.pieceSize)
  private var opening: Int32 = ARCHIVE_OK
  private var isAtEnd = false
  /// How many files there were, from 1; folders and links do not count.
  private(set) var number = 0

  /// The most times in a row that libarchive may ask to be asked again.
  private static let mostRetries = 8

  /// Files of up to `limit` bytes; only those with these numbers.
  init(_ raw: RawInput, limit: Int, numbers: Range<Int> = 1..<Int.max) {
    self.limit = limit
    self.numbers = numbers
    feed = ArchiveFeed(raw)
    archive = archive_read_new()
    guard let archive else { return }
    archive_read_support_format_tar(archive)
    archive_read_support_format_zip(archive)
    // By name: what is supported "all" may start programs.
    archive_read_support_filter_gzip(archive)
    archive_read_support_filter_bzip2(archive)
    archive_read_support_filter_xz(archive)
    archive_read_support_filter_zstd(archive)
    feed.register(with: archive)
    opening = archive_read_open1(archive)
  }

  deinit {
    archive_read_free(archive)
    buffer.deallocate()
  }

  /// Bytes of the input, as stored, that were read so far.
  var storedBytesRead: Int { feed.raw.offset }

  /// The next file; `nil` at the end.
  func next() -> Found? {
    guard !isAtEnd, number + 1 < numbers.upperBound else { return nil }
    guard let archive else {
      isAtEnd = true
      return .broken(.brokenArchive(reason: "libarchive could not allocate its buffers"))
    }
    guard opening >= ARCHIVE_WARN else { return broken() }
    var retries = 0
    while true {
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      switch status {
      case ARCHIVE_EOF:
        isAtEnd = true
        return feed.error.map { .broken($0) }
      case ARCHIVE_RETRY where retries < FolderArchive.mostRetries:
        retries += 1
        continue
      case ARCHIVE_OK, ARCHIVE_WARN:
        guard UInt32(archive_entry_filetype(entry)) & FolderArchive.kinds == FolderArchive.regular,
          archive_entry_hardlink(entry) == nil
        else { continue }
        number += 1
        guard numbers.contains(number) else { continue }
        return read(name(of: entry))
      default: return broken()
      }
    }
  }

  /// The bits of a mode that tell files from folders and links, and a file's.
  private static let kinds: UInt32 = 0o170000
  private static let regular: UInt32 = 0o100000

  private func name(of entry: OpaquePointer?) -> InputPath {
    // Without a locale names beyond ASCII come only as UTF-8, or as they are stored.
    guard let name = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry) else {
      return InputPath("\(number)")
    }
    return InputPath(bytes: String(cString: name).utf8.map { $0 })
  }

  private func read(_ name: InputPath) -> Found {
    var bytes: [UInt8] = []
    var retries = 0
    while true {
      let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
      if count == 0 { return .file(name: name, bytes: bytes) }
      if count > 0 {
        guard bytes.count + count <= limit else {
          return .failed(name: name, .tooLarge(bytes: nil, limit: limit))
        }
        bytes += buffer[..<count]
      } else if count == Int(ARCHIVE_FATAL) {
        isAtEnd = true
        return .broken(damage())
      } else if count == Int(ARCHIVE_RETRY), retries < FolderArchive.mostRetries {
        retries += 1
      } else {
        return .failed(name: name, damage())
      }
    }
  }

  private func broken() -> Found {
    isAtEnd = true
    number += 1
    return .broken(damage())
  }

  private func damage() -> InputError {
    if let error = feed.error { return error }
    let reason = archive_error_string(archive).map { String(cString: $0) }
    return .brokenArchive(reason: reason ?? "libarchive cannot read it")
  }
}

/// Hands an input's bytes to libarchive, and goes to other places of a file where it asks for it: the list of a zip
/// file's entries stands at its end.
private final class ArchiveFeed {
  let raw: RawInput
  /// Why there are no more bytes.
  private(set) var error: InputError?
  /// Bytes that libarchive was handed last.
  private var handed = 0

  init(_ raw: RawInput) { self.raw = raw }

  /// Sets the functions by which an archive asks. The feed must live as long as the archive.
  func register(with archive: OpaquePointer) {
    archive_read_set_callback_data(archive, Unmanaged.passUnretained(self).toOpaque())
    archive_read_set_read_callback(archive) { _, feed, place in
      guard let feed else { return Int(ARCHIVE_FATAL) }
      return Unmanaged<ArchiveFeed>.fromOpaque(feed).takeUnretainedValue().read(place)
    }
    if raw.isSeekable {
      archive_read_set_seek_callback(archive) { _, feed, offset, origin in
        guard let feed else { return Int64(ARCHIVE_FATAL) }
        return Unmanaged<ArchiveFeed>.fromOpaque(feed).takeUnretainedValue().seek(Int(offset), from: origin)
      }
    }
  }

  private func read(_ place: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
    raw.consume(handed)
    handed = 0
    do throws(InputError) {
      guard try raw.fill() else { return 0 }
      place?.pointee = UnsafeRawPointer(raw.pending.baseAddress)
      handed = raw.pending.count
      return handed
    } catch {
      self.error = error
      return Int(ARCHIVE_FATAL)
    }
  }

  private func seek(_ offset: Int, from origin: Int32) -> Int64 {
    let base =
      switch origin {
      case SEEK_SET: 0
      case SEEK_CUR: raw.offset + handed
      default: raw.fileSize ?? 0
      }
    do throws(InputError) {
      let place = max(0, base + offset)
      try raw.seek(to: place)
      handed = 0
      return Int64(place)
    } catch {
      self.error = error
      return Int64(ARCHIVE_FATAL)
    }
  }
}
