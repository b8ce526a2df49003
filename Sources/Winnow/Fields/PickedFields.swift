/// The fields that the candidates of a page come down to, and where each came from.
package struct PickedFields: Sendable, Equatable {
  /// The headline without the site's name.
  package var headline: String?
  /// Origin of the headline.
  package var headlineOrigin: String?
  /// The block that shows the headline, if one does.
  package var headlineBlock: Int?
  /// Names of people, in order.
  package var authors: [String] = []
  /// Origin of the authors.
  package var authorsOrigin: String?
  /// Publication in ISO 8601, with the precision and zone that the page gives.
  package var published: String?
  /// Origin of the publication date; starts with `modified:` where only a date of change was there.
  package var publishedOrigin: String?
  /// Last change in ISO 8601.
  package var modified: String?
  /// Origin of the date of change.
  package var modifiedOrigin: String?
  /// The standfirst that the page declares; the record has the one that it shows.
  package var dek: String?
  /// The site.
  package var publisher: String?
  /// Origin of the publisher.
  package var publisherOrigin: String?
  /// Section of the publication.
  package var section: String?
  /// Origin of the section.
  package var sectionOrigin: String?
  /// Keywords, each once.
  package var tags: [String] = []
  /// Origin of the keywords.
  package var tagsOrigin: String?
  /// BCP 47.
  package var language: String?
  /// Origin of the language.
  package var languageOrigin: String?
  /// The page's own address.
  package var url: String?
  /// Origin of the address.
  package var urlOrigin: String?
  /// The address of the picture that the page puts forward.
  package var image: String?
  /// Origin of the picture.
  package var imageOrigin: String?
  /// Whether the page says that it can be read without paying.
  package var accessibleForFree: Bool?
  /// Origin of that.
  package var accessibleForFreeOrigin: String?

  /// Nothing picked.
  package init() {}
}
