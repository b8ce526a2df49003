public import WinnowCore

/// What `fixture.json` says about a page.
public struct FixtureDescription: Sendable, Equatable, Codable {
  /// Where the page comes from.
  public enum Kind: String, Sendable, Codable {
    /// A real page.
    case wild
    /// Written in the manner of a real layout.
    case synthetic
    /// A page without an article.
    case negative
  }

  /// Whether the expectations hold.
  public enum Expectation: String, Sendable, Codable {
    /// They hold.
    case pass
    /// They do not yet; ``FixtureDescription/because`` says why.
    case fail
  }

  /// Address of the page, if it matters.
  public var url: String?
  /// HTML or flat text.
  public var form: Page.Form
  /// Language of the page.
  public var language: String?
  /// Where the page comes from.
  public var kind: Kind
  /// Whether the expectations hold.
  public var expect: Expectation
  /// Why they do not.
  public var because: String?
  /// The character set that a fetcher would have known.
  public var charset: String?
  /// What the page tests.
  public var notes: String?
  /// Fields of the record that are known to come out otherwise, and why. A gap that closes is an error
  /// until it is taken off the list.
  public var gaps: [String: String]?
}
