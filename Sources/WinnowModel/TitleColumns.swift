import WinnowCore
import WinnowText

/// How much each short block shares with the declared title and description.
struct TitleColumns {
  private(set) var jaccard: [Float]
  private(set) var inTitle: [Float]
  private(set) var inDescription: [Float]

  /// Longer blocks are no titles; comparing them would cost most of the page's time.
  private static let longest: Int32 = 60

  init(_ document: Document) {
    let rows = document.storage.rows
    jaccard = Array(repeating: 0, count: rows.count)
    inTitle = jaccard
    inDescription = jaccard
    func declared(_ fields: [Field]) -> Set<UInt64> {
      let value = document.metadata.first { candidate in
        fields.contains(candidate.field) && !candidate.origin.name.hasPrefix("json-ld")
      }?.value
      return Set(value.map { WordHashes.of($0) } ?? [])
    }
    let title = declared([.headline])
    let description = declared([.description, .dek])
    guard !title.isEmpty || !description.isEmpty else { return }
    for index in rows.indices where rows[index].measures.words <= TitleColumns.longest {
      let words = Set(document[index].withUTF8 { WordHashes.of($0) })
      guard !words.isEmpty else { continue }
      let common = Float(words.intersection(title).count)
      jaccard[index] = common / Float(words.count + title.count - Int(common))
      inTitle[index] = common / Float(words.count)
      inDescription[index] = Float(words.intersection(description).count) / Float(words.count)
    }
  }
}
