internal import WinnowCore

/// A file within a tar or zip file as a page.
enum ArchiveEntry {
  /// What the file holds, by its name, else by its first bytes; unpacked where it is packed itself.
  static func content(_ name: InputPath, _ bytes: [UInt8], _ options: SourceOptions) -> PageItem.Content {
    do throws(InputError) {
      let page = try unpacked(bytes, limit: options.maxBytes)
      var format = InputFormat.named(name) ?? .auto
      if format == .auto {
        format = page.withUnsafeBufferPointer { InputFormat.guess($0, isWhole: true, fields: options.fields) }
      }
      switch format {
      case .html: return .bytes(page, .html)
      case .text, .auto: return .bytes(page, .flatText)
      case .jsonl, .warc, .archive, .errors: return .failed(.nested(format: format.rawValue))
      }
    } catch {
      return .failed(error)
    }
  }

  private static func unpacked(_ bytes: [UInt8], limit: Int) throws(InputError) -> [UInt8] {
    var bytes = bytes
    switch bytes.withUnsafeMutableBufferPointer({ Packing($0) }) {
    case .gzip: return try Inflation.inflated(bytes[...], .gzip, limit: limit)
    case .zstandard:
      guard let unpacked = try ZstandardReader.unpacked(bytes[...], limit: limit) else {
        throw .brokenEncoding("zstd")
      }
      return unpacked
    case nil: return bytes
    }
  }
}
