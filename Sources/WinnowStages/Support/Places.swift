import WinnowCore

/// Groups of markup marks that several stages ask for.
package enum Places {
  /// Page furniture whatever it holds.
  static let chrome: MarkupMarks = [
    .nav, .navigationToken, .breadcrumbToken, .footerToken, .consentToken, .toolsToken, .button, .dialog,
  ]

  /// Boxes beside or below the article.
  static let beside: MarkupMarks = [
    .aside, .sidebarToken, .relatedToken, .mostReadToken, .tickerToken, .commentsToken, .promotionToken,
    .advertisementToken, .authorBioToken, .overlayToken,
  ]

  /// Where a headline, byline or date of *this* article does not stand.
  package static let notAnchor: MarkupMarks = chrome.union([
    .relatedToken, .mostReadToken, .tickerToken, .commentsToken, .advertisementToken, .footer,
    .overlayToken, .promotionToken,
  ])
}
