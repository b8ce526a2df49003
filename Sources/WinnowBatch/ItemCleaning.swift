package import Winnow
package import WinnowCore

/// The record of an item, with what came with its page.
package struct ItemRecord: Sendable {
  /// The record; of an input that could not be read, one that says why.
  package let record: ArticleRecord
  /// Members of a JSON line that come back unread, as an object.
  package let input: [UInt8]?
}

extension Winnow {
  /// Reads and cleans an item. Whatever goes wrong is in the record.
  package func record(of item: PageItem, options: SourceOptions) -> ItemRecord {
    let loaded = item.load(options)
    var record: ArticleRecord
    if let error = loaded.error {
      record = item.failed(loaded.page, error.failure)
    } else {
      do throws(ReadError) {
        record = try clean(loaded.page)
      } catch {
        record = item.failed(
          loaded.page, ArticleRecord.Failure(code: error.code, message: error.description))
      }
    }
    record.source = item.source
    return ItemRecord(record: record, input: loaded.input)
  }
}

extension PageItem {
  fileprivate func failed(_ page: Page, _ failure: ArticleRecord.Failure) -> ArticleRecord {
    var record = ArticleRecord(id: page.id, source: source, status: .failed)
    record.url = page.url
    record.error = failure
    return record
  }
}
