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

  /// Names of keys that the file may have.
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case url, form, language, kind, expect, because, charset, notes, gaps
  }

  /// A description.
  public init(form: Page.Form, kind: Kind = .wild, expect: Expectation = .pass) {
    self.form = form
    self.kind = kind
    self.expect = expect
  }

  /// Reads the file; an unknown key is an error, for a `gap` instead of `gaps` would be read over.
  public init(from decoder: any Decoder) throws {
    for key in try decoder.container(keyedBy: AnyKey.self).allKeys
    where CodingKeys(stringValue: key.stringValue) == nil {
      let near = nearestName(to: key.stringValue, in: CodingKeys.allCases.map(\.rawValue))
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: [],
          debugDescription: "there is no key '\(key.stringValue)'"
            + (near.map { "; did you mean '\($0)'?" } ?? "")))
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    url = try container.decodeIfPresent(String.self, forKey: .url)
    form = try container.decode(Page.Form.self, forKey: .form)
    language = try container.decodeIfPresent(String.self, forKey: .language)
    kind = try container.decode(Kind.self, forKey: .kind)
    expect = try container.decode(Expectation.self, forKey: .expect)
    because = try container.decodeIfPresent(String.self, forKey: .because)
    charset = try container.decodeIfPresent(String.self, forKey: .charset)
    notes = try container.decodeIfPresent(String.self, forKey: .notes)
    gaps = try container.decodeIfPresent([String: String].self, forKey: .gaps)
  }
}
