import WinnowCore

/// Which field a `meta` element's key speaks of.
enum MetaFamilies {
  /// Keys in the order in which their values are listed. The key is the lower-cased `property`, `name`,
  /// `itemprop` or `http-equiv`; the same names as all publishing systems write them.
  static let fields: [(key: String, field: Field)] = [
    ("og:title", .headline), ("twitter:title", .headline), ("parsely-title", .headline),
    ("sailthru.title", .headline), ("cxenseparse:title", .headline), ("headline", .headline),
    ("dc.title", .headline), ("dcterms.title", .headline), ("citation_title", .headline),
    ("title", .headline),

    ("parsely-author", .author), ("sailthru.author", .author), ("cxenseparse:author", .author),
    ("citation_author", .author), ("author", .author), ("article:author", .author),
    ("article:author_name", .author), ("article:author:name", .author), ("og:article:author", .author),
    ("byl", .author), ("byline", .author), ("dc.creator", .author), ("dcterms.creator", .author),
    ("dc.creator.name", .author), ("creator", .author), ("book:author", .author),
    ("twitter:creator", .author),

    ("article:published_time", .published), ("og:article:published_time", .published),
    ("article:published", .published), ("og:published_time", .published), ("datepublished", .published),
    ("parsely-pub-date", .published), ("sailthru.date", .published),
    ("cxenseparse:recs:publishtime", .published), ("cxenseparse:publishtime", .published),
    ("dc.date.issued", .published), ("dcterms.issued", .published), ("dc.date.published", .published),
    ("citation_publication_date", .published), ("citation_online_date", .published),
    ("citation_date", .published), ("pubdate", .published), ("publishdate", .published),
    ("publish-date", .published), ("publish_date", .published), ("publication_date", .published),
    ("publication-date", .published), ("published-date", .published), ("published_date", .published),
    ("published_time", .published), ("published", .published), ("og:pubdate", .published),
    ("article.published", .published), ("article_date_original", .published),
    ("originalpublicationdate", .published), ("datenews", .published), ("ptime", .published),
    ("pdate", .published), ("displaydate", .published), ("dc.date.created", .published),
    ("dcterms.created", .published), ("article:created", .published), ("datecreated", .published),
    ("date", .published), ("dc.date", .published), ("dcterms.date", .published),

    ("article:modified_time", .modified), ("og:article:modified_time", .modified),
    ("article:modified", .modified), ("og:updated_time", .modified), ("datemodified", .modified),
    ("dcterms.modified", .modified), ("dc.date.modified", .modified), ("lastmod", .modified),
    ("last-modified", .modified), ("lastmodified", .modified), ("modified", .modified),
    ("article:updated", .modified), ("utime", .modified), ("revised", .modified),

    ("og:description", .description), ("twitter:description", .description),
    ("description", .description), ("dc.description", .description), ("sailthru.description", .description),

    ("og:site_name", .siteName), ("application-name", .siteName), ("al:android:app_name", .siteName),
    ("apple-mobile-web-app-title", .siteName), ("cre", .siteName), ("article:publisher", .publisher),
    ("dc.publisher", .publisher), ("dcterms.publisher", .publisher), ("citation_journal_title", .publisher),
    ("citation_publisher", .publisher), ("publisher", .publisher), ("copyright", .publisher),

    ("article:section", .section), ("og:article:section", .section), ("parsely-section", .section),
    ("cxenseparse:category", .section), ("section", .section), ("articlesection", .section),

    ("article:tag", .tag), ("og:article:tag", .tag), ("parsely-tags", .tag), ("sailthru.tags", .tag),
    ("news_keywords", .tag), ("keywords", .tag), ("dc.subject", .tag), ("citation_keywords", .tag),

    ("og:locale", .language), ("content-language", .language), ("dc.language", .language),
    ("dcterms.language", .language), ("citation_language", .language), ("language", .language),
    ("inlanguage", .language),

    ("og:url", .url), ("twitter:url", .url), ("parsely-link", .url), ("og:type", .pageType),
    ("parsely-type", .pageType), ("og:image", .image), ("twitter:image", .image),
    ("parsely-image-url", .image), ("isaccessibleforfree", .accessibleForFree),
    ("article:content_tier", .accessibleForFree),
  ]

  /// For each of ``fields`` its key's sign.
  static let signs = fields.map { sign(of: $0.key) }

  /// A bit that two equal keys share, and most others do not: a page has some dozen keys of all these.
  static func sign(of key: String) -> UInt64 {
    let bytes = key.utf8
    guard let first = bytes.first, let last = bytes.last else { return 1 }
    return 1 << ((UInt64(first) &* 5 ^ UInt64(last) &* 11 ^ UInt64(bytes.count) &* 23) & 63)
  }

  /// The keys that ``fields`` lists.
  static let keys = Set(fields.map(\.key))
}
