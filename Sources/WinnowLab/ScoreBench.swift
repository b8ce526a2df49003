import Winnow
import WinnowCore
import WinnowModel
import WinnowStages

/// Measures the content score alone, features and forest, page by page: the bound is on a median page.
struct ScoreBench {
  private let readings: [Reading]
  private let model: ContentModel

  /// A bench over these pages as they stand before the score; `nil` without a model.
  ///
  /// - throws: ``ConfigurationError`` never, with built-in stages.
  init?(pages: [Page]) throws(ConfigurationError) {
    guard let model = ContentScoreStage.builtIn else { return nil }
    self.model = model
    let winnow = try RowBytes.readerBeforeScore()
    readings = pages.compactMap { try? winnow.read($0) }.filter { $0.document.signals.contains(.markup) }
  }

  /// Scores every page in turns and prints mean, median and 95th percentile of each page's best round.
  func run(rounds: Int = 5) {
    var best = [Double](repeating: .infinity, count: readings.count)
    var checksum: Float = 0
    for _ in 0..<rounds {
      for (index, reading) in readings.enumerated() {
        let time = ContinuousClock().measure {
          checksum += model.probabilities(reading.document, reading.ledger).reduce(0, +)
        }
        best[index] = min(best[index], ReaderBench.seconds(time) * 1e6)
      }
    }
    let sorted = best.sorted()
    guard let last = sorted.last else { return }
    func microseconds(_ value: Double) -> Int { Int(value.rounded()) }
    let mean = sorted.reduce(0, +) / Double(sorted.count)
    let median = sorted[sorted.count / 2]
    let high = sorted[sorted.count * 95 / 100]
    print(
      "content score: mean \(microseconds(mean)), median \(microseconds(median)), "
        + "95 % below \(microseconds(high)), most \(microseconds(last)) microseconds a page, checksum \(checksum)"
    )
  }
}
