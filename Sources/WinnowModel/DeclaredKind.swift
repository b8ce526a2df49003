import WinnowCore
import WinnowText

/// What kind of page the head and JSON-LD declare.
package struct DeclaredKind: Sendable {
  /// `og:type`, empty when there is none.
  let openGraph: String
  private let types: [[UInt8]]

  package init(_ document: Document) {
    openGraph = document.declared(.pageType).first?.value ?? ""
    types = document.declared(.articleType).map { Array($0.value.utf8) }
  }

  /// Whether there is a JSON-LD type at all.
  var hasTypes: Bool { !types.isEmpty }

  /// Whether `og:type` contains a word.
  func calls(_ word: String) -> Bool { Array(openGraph.utf8).holds(Array(word.utf8)) }

  /// Whether a JSON-LD type's name contains one of some words.
  func declares(_ words: [String]) -> Bool {
    words.contains { word in types.contains { $0.holds(Array(word.utf8)) } }
  }

  /// Words in the names of JSON-LD's article types.
  static let articleTypes = ["Article", "BlogPosting", "Report"]
  /// Words in the names of JSON-LD's types for threads and questions.
  static let threadTypes = ["Discussion", "QAPage", "Question"]

  /// Whether the page says that it is one article, and not that it is a thread, where replies are the text.
  package var isArticle: Bool {
    (calls("article") || declares(DeclaredKind.articleTypes))
      && !declares(DeclaredKind.threadTypes)
  }

  /// Whether the page's address is a forum's: many of these declare each thread to be an article, whose replies are the
  /// text all the same.
  package static func isForum(_ document: Document) -> Bool {
    let address = Array((document.declared(.url).first?.value ?? document.url ?? "").lowercased().utf8)
    return forums.contains { address.holds($0) }
  }

  private static let forums = AddressWords.words("forum").map { Array($0.utf8) }
}
