public import Winnow
import WinnowCore

extension WinnowConfiguration {
  /// The usual configuration with ``TipLineStage`` just before the content score, which takes what stages before
  /// it said as evidence.
  public static func withTipLines() throws -> WinnowConfiguration {
    var configuration = WinnowConfiguration.article
    configuration.stages = try Pipeline(configuration.stages)
      .inserting(TipLineStage(), .before("content-score")).stages
    return configuration
  }
}
