import WinnowCore

/// The stages of an article's pipeline, in order. Adding a stage is its file and one line here.
public enum BuiltInStages {
  /// Anchors, block rules, runs, judgement.
  public static let all: [any Stage] = all(contentScore: ContentScoreStage())

  /// The same with another content score.
  public static func all(contentScore: ContentScoreStage) -> [any Stage] {
    [
      // Where does the article begin?
      HeadlineStage(),
      BylineStage(),
      PublicationDateStage(),
      DekStage(),
      // What says its name.
      EngagementStage(),
      DisclaimerStage(),
      PromotionStage(),
      CaptionStage(),
      FooterStage(),
      NavigationStage(),
      // What a heading or list opens.
      TickerStage(),
      RelatedLinksStage(),
      TagsStage(),
      CommentsStage(),
      AuthorBioStage(),
      // Judgement.
      DuplicateStage(),
      contentScore,
      ContinuityStage(),
      InsertionStage(),
      FurtherArticleStage(),
      KeptCopiesStage(),
      LeftoverStage(),
    ]
  }
}
