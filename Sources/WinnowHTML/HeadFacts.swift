/// What a page says about itself in markup, as found: nothing is judged, merged or cleaned here.
///
/// Texts are UTF-8 with entities decoded. `block` is the index of the `RawRow` that a fact stands in or,
/// when no text follows it in that block, precedes; it can equal the number of rows at a page's end.
package struct HeadFacts: Sendable {
  /// One `meta` element.
  package struct Meta: Sendable, Hashable {
    /// Lower-cased `property`, `name`, `itemprop` or `http-equiv`, in that order of preference.
    package var key: String
    /// The `content` attribute.
    package var content: String
    /// A meta entry.
    package init(key: String, content: String) {
      self.key = key
      self.content = content
    }
  }

  /// One `link` element with `rel` and `href`.
  package struct Link: Sendable, Hashable {
    /// Lower-cased `rel`, all its words.
    package var rel: String
    /// The `href` attribute as written.
    package var href: String
    /// A link entry.
    package init(rel: String, href: String) {
      self.rel = rel
      self.href = href
    }
  }

  /// One microdata or RDFa property.
  package struct ItemProperty: Sendable, Hashable {
    /// The lower-cased name, without prefix: `author`, `datepublished`.
    package var prop: String
    /// The last path part of the `itemtype` that the element itself or the nearest element around it
    /// has, as written: `Person`, `NewsArticle`; empty when there is none.
    package var itemtype: String
    /// `content`, `datetime` or `href`, else the element's text, at most 300 bytes.
    package var value: String
    /// The block's index.
    package var block: Int
    /// A property.
    package init(prop: String, itemtype: String, value: String, block: Int) {
      self.prop = prop
      self.itemtype = itemtype
      self.value = value
      self.block = block
    }
  }

  /// One `time` element, or another with `datetime`.
  package struct Time: Sendable, Hashable {
    /// The `datetime` attribute, else the element's text, at most 300 bytes.
    package var datetime: String
    /// The block's index.
    package var block: Int
    /// Whether it has the `pubdate` attribute.
    package var pubdate: Bool
    /// The lower-cased `itemprop`, if it has one.
    package var itemprop: String?
    /// Whether its class calls it the day of publication, as in `entry-date published`.
    package var saysPublished: Bool
    /// Whether its class calls it the day of a change, as in `updated`.
    package var saysUpdated: Bool
    /// A time.
    package init(
      datetime: String, block: Int, pubdate: Bool, itemprop: String?, saysPublished: Bool = false,
      saysUpdated: Bool = false
    ) {
      self.datetime = datetime
      self.block = block
      self.pubdate = pubdate
      self.itemprop = itemprop
      self.saysPublished = saysPublished
      self.saysUpdated = saysUpdated
    }
  }

  /// One link that names an author by `rel` or by a path segment such as `/author/`.
  package struct AuthorLink: Sendable, Hashable {
    /// The link's text, at most 300 bytes.
    package var text: String
    /// The block's index.
    package var block: Int
    /// Whether `rel` says so; otherwise the path does.
    package var byRel: Bool
    /// An author link.
    package init(text: String, block: Int, byRel: Bool) {
      self.text = text
      self.block = block
      self.byRel = byRel
    }
  }

  /// The text of the first `title` outside SVG.
  package var title: String?
  /// `meta` elements with content, in page order.
  package var metas: [Meta] = []
  /// `link` elements with `rel` and `href`: canonical, amphtml, alternate…
  package var links: [Link] = []
  /// The `lang` attribute of `html`.
  package var htmlLang: String?
  /// Bodies of `script type="application/ld+json"` as they stand in the page.
  package var jsonLD: [[UInt8]] = []
  /// Microdata and RDFa properties, in the order in which their elements end.
  package var itemprops: [ItemProperty] = []
  /// Times, in the order in which their elements end.
  package var times: [Time] = []
  /// Links to authors, in the order in which their elements end.
  package var authorLinks: [AuthorLink] = []

  /// Nothing found.
  package init() {}
}
