package import WinnowCore

/// One input of a run: exactly one record comes of it. Files are named, not yet read, so that workers read
/// them side by side and a long queue costs nothing.
package struct PageItem: Sendable {
  /// Where the page's bytes are.
  package enum Content: Sendable, Equatable {
    /// In a file.
    case file(InputPath, Page.Form)
    /// Here.
    case bytes([UInt8], Page.Form)
    /// Here, in a JSON line.
    case jsonLine([UInt8])
    /// Here, in a record of a web archive.
    case archiveRecord(WARCRecord)
    /// Nowhere.
    case failed(InputError)
  }

  /// The path as given, `file.jsonl:LINE`, `crawl.warc.gz#OFFSET`, `pages.zip#PATH`, or `stdin`.
  package let source: String
  /// The id of a page that has none of its own.
  package let id: String
  /// Where the page's bytes are.
  package let content: Content
  /// Bytes that the item will hold while it is worked on, about.
  package let weight: Int
  /// Where the item stands in its input.
  package let place: InputPlace
  /// Bytes of input, as stored, that are read when this item is: how far the run is.
  package var position = 0

  init(source: String, id: String, content: Content, weight: Int = 0, place: InputPlace) {
    self.source = source
    self.id = id
    self.content = content
    self.weight = weight
    self.place = place
  }
}

/// An item with its bytes, or with the reason why it has none.
package struct LoadedPage: Sendable {
  /// The page; empty where there is an error.
  package let page: Page
  /// What came with the page and comes back unread, as a JSON object.
  package let input: [UInt8]?
  /// Why there is no page.
  package let error: InputError?
}

extension PageItem {
  /// Reads the item's bytes.
  package func load(_ options: SourceOptions) -> LoadedPage {
    switch content {
    case .file(let path, let form):
      do throws(InputError) {
        let bytes = try ByteInput(path).readAll(limit: options.maxBytes)
        return loaded(bytes, form, options)
      } catch {
        return loaded([], form, options, error)
      }
    case .bytes(let bytes, let form): return loaded(bytes, form, options)
    case .failed(let error): return loaded([], .flatText, options, error)
    case .jsonLine(let bytes):
      let line = JSONLine(bytes, fields: options.fields)
      let page = Page(
        id: line.id ?? id, url: line.url ?? options.url, form: line.form,
        charset: line.charset ?? options.charset, bytes: line.error == nil ? line.bytes : [])
      return LoadedPage(page: page, input: line.input, error: line.error)
    case .archiveRecord(let record):
      let body = record.page(limit: options.maxBytes)
      let page = Page(
        id: record.id ?? id, url: record.url ?? options.url, form: body.form,
        charset: body.charset ?? options.charset, bytes: body.error == nil ? body.bytes : [])
      return LoadedPage(page: page, input: body.input, error: body.error)
    }
  }

  private func loaded(
    _ bytes: [UInt8], _ form: Page.Form, _ options: SourceOptions, _ error: InputError? = nil
  ) -> LoadedPage {
    let page = Page(id: id, url: options.url, form: form, charset: options.charset, bytes: bytes)
    return LoadedPage(page: page, input: nil, error: error)
  }
}
