/// How inputs are found and read.
package struct SourceOptions: Sendable {
  /// A share of the items, for several runs side by side.
  package struct Shard: Sendable, Equatable, CustomStringConvertible {
    /// Which share, counted from 1.
    package let index: Int
    /// How many there are.
    package let count: Int

    /// The share that `2/8` names; `nil` when it names none.
    package init?(_ text: String) {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]), index >= 1, index <= count
      else { return nil }
      self.index = index
      self.count = count
    }

    package var description: String { "\(index)/\(count)" }

    /// Whether the item of this number, counted from 0 over all inputs, is in the share.
    func contains(_ number: Int) -> Bool { number % count == index - 1 }
  }

  /// What the inputs hold.
  package var format: InputFormat
  /// The character set the fetcher was told, for pages that bring none themselves.
  package var charset: String?
  /// The address of pages that bring none themselves.
  package var url: String?
  /// The longest page, and the longest JSON line, in bytes.
  package var maxBytes: Int
  /// Names of the members of a JSON line.
  package var fields = JSONFields()
  /// Which share of the items is read; `nil` for all.
  package var shard: Shard?
  /// The most items that are read, of the share if there is one.
  package var limit: Int?

  /// Options.
  package init(
    format: InputFormat = .auto, charset: String? = nil, url: String? = nil, maxBytes: Int = 64 << 20
  ) {
    self.format = format
    self.charset = charset
    self.url = url
    self.maxBytes = maxBytes
  }
}

/// What the members of a JSON line are called.
package struct JSONFields: Sendable, Equatable {
  /// The page in HTML.
  package var html = "html"
  /// The page as flat text, where there is no HTML.
  package var text = "text"
  /// The line's id.
  package var id = "id"
  /// The page's address.
  package var url = "url"
  /// The character set that the fetcher was told.
  package var charset = "charset"

  /// The usual names.
  package init() {}
}
