package import WinnowCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why an input gave no page. Every case says what to do about it.
package enum InputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is nothing at the path.
  case notFound
  /// The path is a symbolic link whose target is missing.
  case danglingLink
  /// The link leads back to a folder that is being read.
  case linkLoop
  /// The file or folder may not be read.
  case noPermission
  /// The path is neither file nor folder: a socket, a device, a pipe inside a folder.
  case notAFile
  /// The operating system refused for another reason, in its words.
  case unreadable(reason: String)
  /// The gzip data end before their end mark, after so many inflated bytes.
  case truncatedGzip(inflated: Int)
  /// The gzip data are damaged, in zlib's words, after so many inflated bytes.
  case corruptGzip(reason: String, inflated: Int)
  /// The Zstandard data end before their end mark, after so many unpacked bytes.
  case truncatedZstandard(inflated: Int)
  /// The Zstandard data are damaged, in zstd's words, after so many unpacked bytes.
  case corruptZstandard(reason: String, inflated: Int)
  /// The input is longer than the limit, in bytes; `nil` when reading stopped at the limit.
  case tooLarge(bytes: Int?, limit: Int)
  /// A line is no JSON object: where, in bytes from the line's start, and what stands there.
  case brokenJSON(offset: Int, reason: String)
  /// A JSON line has neither of the members that may hold a page.
  case noPage(String, String)
  /// A line of standard input is empty; it still gets its record.
  case emptyLine
  /// A member of a JSON line has the wrong type.
  case wrongMember(name: String, expected: String)
  /// A record of a web archive is damaged: what is wrong with it.
  case brokenArchive(reason: String)
  /// A record of a web archive ends before its declared length.
  case truncatedArchive(bytes: Int, expected: Int)
  /// The page's bytes are packed in a way that cannot be undone here.
  case unsupportedEncoding(String)
  /// The page's bytes are said to be packed and cannot be unpacked.
  case brokenEncoding(String)
  /// The page is of a media type that is neither HTML nor text.
  case otherMedia(String)
  /// A file within an archive holds many pages itself.
  case nested(format: String)
  /// A line of an error list does not name an input.
  case brokenErrorList(reason: String)

  /// The error of a failed system call.
  package static func system(_ code: Int32) -> InputError {
    switch code {
    case ENOENT, ENOTDIR: .notFound
    case EACCES, EPERM: .noPermission
    case ELOOP: .linkLoop
    default: .unreadable(reason: String(cString: strerror(code)))
    }
  }

  /// A stable name for programs.
  package var code: String {
    switch self {
    case .notFound: "not-found"
    case .danglingLink: "dangling-link"
    case .linkLoop: "link-loop"
    case .noPermission: "no-permission"
    case .notAFile: "not-a-file"
    case .unreadable: "unreadable"
    case .truncatedGzip: "truncated-gzip"
    case .corruptGzip: "corrupt-gzip"
    case .truncatedZstandard: "truncated-zstd"
    case .corruptZstandard: "corrupt-zstd"
    case .tooLarge: "too-large"
    case .brokenJSON: "broken-json"
    case .noPage: "no-page"
    case .emptyLine: "empty-line"
    case .wrongMember: "wrong-member"
    case .brokenArchive: "broken-archive"
    case .truncatedArchive: "truncated-archive"
    case .unsupportedEncoding: "unsupported-encoding"
    case .brokenEncoding: "broken-encoding"
    case .otherMedia: "not-html"
    case .nested: "nested"
    case .brokenErrorList: "broken-error-list"
    }
  }

  /// What happened and what to do.
  package var description: String {
    switch self {
    case .notFound: "there is no such file or folder; check the path"
    case .danglingLink: "the link's target is missing; mend or remove the link"
    case .linkLoop: "the link leads back to a folder above it and was not followed; remove the link"
    case .noPermission: "no permission to read it; change its mode or run as its owner"
    case .notAFile: "it is neither a file nor a folder; leave it out, or pipe its text to standard input"
    case .unreadable(let reason): "it could not be read: \(reason); try again, or leave it out"
    case .truncatedGzip(let inflated):
      "the gzip data end early, after \(inflated) inflated bytes; fetch the file again"
    case .corruptGzip(let reason, let inflated):
      "the gzip data are damaged after \(inflated) inflated bytes (\(reason)); fetch the file again"
    case .truncatedZstandard(let inflated):
      "the Zstandard data end early, after \(inflated) unpacked bytes; fetch the file again"
    case .corruptZstandard(let reason, let inflated):
      "the Zstandard data cannot be read after \(inflated) unpacked bytes (\(reason)); fetch the file again"
    case .tooLarge(let bytes?, let limit):
      "it has \(bytes) bytes, over the limit of \(limit); raise --max-bytes to read it"
    case .tooLarge(nil, let limit):
      "it has more than the limit of \(limit) bytes; raise --max-bytes to read it"
    case .brokenJSON(let offset, let reason):
      "the line is no JSON object: \(reason) at byte offset \(offset); mend the line"
    case .noPage(let html, let text): "the line has no member '\(html)' and none '\(text)'; add one"
    case .emptyLine: "the line is empty; leave it out"
    case .wrongMember(let name, let expected): "the member '\(name)' must be \(expected); mend the line"
    case .brokenArchive(let reason): "the archive is damaged here: \(reason); fetch the file again"
    case .truncatedArchive(let bytes, let expected):
      "the record ends after \(bytes) of \(expected) bytes; fetch the file again"
    case .unsupportedEncoding(let name):
      "the page is packed with '\(name)', which is not supported; store it unpacked, as gzip, Brotli or Zstandard"
    case .brokenEncoding(let name):
      "the page is said to be packed with '\(name)' and cannot be unpacked; fetch it again"
    case .otherMedia(let type):
      "it is of the type '\(type)', neither HTML nor text; --skip-non-html leaves such inputs out"
    case .nested(let format):
      "it holds many pages itself (\(format)), which is not read within an archive; unpack the archive"
    case .brokenErrorList(let reason):
      "the line names no failed input: \(reason); use a file that --errors wrote"
    }
  }

  /// The error as records hold it.
  package var failure: ArticleRecord.Failure {
    ArticleRecord.Failure(code: code, message: description)
  }
}
