import WinnowCore

@testable import Winnow

/// Pages made for tests of fields: three paragraphs of prose, and what a test puts around them.
enum FieldTestPages {
  /// Paragraphs about nothing that a headline of the tests would take up.
  static let prose = """
    <p>The first paragraph has a dozen words and more, so that it counts as prose, and it ends with a stop.</p>
    <p>The second paragraph goes on in the same manner, with commas, clauses and all that makes a sentence long.</p>
    <p>The third paragraph brings the matter to its end, thanks all who took part, and says where to read more.</p>
    """

  /// The record of a page with this head, and this markup before and after the prose.
  static func record(
    head: String = "", _ top: String = "", _ bottom: String = "", url: String? = nil, language: String = "en"
  ) throws -> ArticleRecord {
    try Winnow().clean(page(head: head, top, bottom, url: url, language: language))
  }

  /// Such a page.
  static func page(
    head: String = "", _ top: String = "", _ bottom: String = "", url: String? = nil, language: String = "en"
  ) -> Page {
    let html = """
      <!doctype html><html lang="\(language)"><head><meta charset="utf-8">\(head)</head>
      <body><article>\(top)\(prose)\(bottom)</article></body></html>
      """
    return Page(id: "t", url: url, form: .html, bytes: Array(html.utf8))
  }
}
