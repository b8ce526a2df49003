import Foundation
import Winnow
import WinnowBatch
import WinnowCore

/// Pages with gold, and the scorer that holds records against it.
final class AblationCorpus {
  /// The corpora that an ablation looks at.
  enum Name: String, CaseIterable, CustomStringConvertible {
    /// Articles of a benchmark of the web.
    case wcxb
    /// Pages of newspapers.
    case news
    /// The same pages, flattened to text.
    case flat

    var description: String { rawValue }

    /// The figures of a row, in order.
    var figures: [Figure] {
      switch self {
      case .wcxb: [Figure(title: "articles word F1", path: ["body", "type article", "word_f1"])]
      case .flat:
        [Figure(title: "resiliparse articles word F1", path: ["body", "type article", "word_f1"])]
      case .news:
        [
          Figure(title: "LCS F1", path: ["body", "all", "lcs_f1"]),
          Figure(title: "headline exact", path: ["headline", "exact"]),
          Figure(title: "authors F1", path: ["authors", "f1"]),
          Figure(title: "date", path: ["date", "r"]),
        ]
      }
    }
  }

  /// A number of the scorer's report.
  struct Figure {
    /// What the column is called.
    let title: String
    /// Where the report has it.
    let path: [String]
  }

  /// Which corpus.
  let name: Name
  private let input: String
  private let gold: URL
  private let scorer: String
  private let work: URL
  /// The records of the first run and what they scored: equal records need no scorer.
  private var whole: (records: Data, figures: [Double])?

  /// Prepares a corpus: its gold without the pages that no figure is about.
  init(_ name: Name, corpora: URL, scorer: String, work: URL) throws {
    self.name = name
    self.scorer = scorer
    self.work = work
    let folder = corpora.appendingPathComponent(name.rawValue)
    input = folder.appendingPathComponent(name == .flat ? "resiliparse.jsonl.gz" : "pages").path
    gold = work.appendingPathComponent(name.rawValue)
    try FileManager.default.createDirectory(at: gold, withIntermediateDirectories: true)
    let lines = try Data(contentsOf: folder.appendingPathComponent("gold.jsonl")).split(separator: 0x0A)
    var articles = Data()
    for line in lines {
      let page = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      if page?["page_type"] as? String == "article" { articles += line + [0x0A] }
    }
    try articles.write(to: gold.appendingPathComponent("gold.jsonl"))
  }

  /// Cleans the corpus and starts the scorer.
  func begin(_ winnow: Winnow, jobs: Int, name row: String) throws -> Run {
    let file = work.appendingPathComponent("\(name).\(row).jsonl")
    let options = SourceOptions(charset: "utf-8")
    let output = try FileSink(FileSink.Plan(path: file.path))
    let run = BatchRun(winnow, encoder: RecordEncoder(.jsonl), options: options, jobs: jobs)
    let ends = BatchRun.Ends(PageSource([input], options: options), output)
    let summary = try run.run(ends).checkpoint.summary
    try output.seal()
    try output.publish()
    guard summary.failed == 0 else { throw AblationError.failedInputs(summary.line) }
    let records = try Data(contentsOf: file)
    if let whole, whole.records == records {
      try FileManager.default.removeItem(at: file)
      return Run(corpus: self, records: records, file: file, process: nil, report: file)
    }
    let report = work.appendingPathComponent("\(name).\(row).score")
    guard FileManager.default.createFile(atPath: report.path, contents: nil) else {
      throw AblationError.scorer("cannot write \(report.path)")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", scorer, gold.path, file.path, "--json"]
    process.standardOutput = try FileHandle(forWritingTo: report)
    try process.run()
    return Run(corpus: self, records: records, file: file, process: process, report: report)
  }

  /// A scorer at work.
  struct Run {
    fileprivate let corpus: AblationCorpus
    fileprivate let records: Data
    fileprivate let file: URL
    fileprivate let process: Process?
    fileprivate let report: URL

    /// Waits for the scorer.
    ///
    /// - returns: the corpus's figures in their order.
    func figures() throws -> [Double] {
      guard let process else { return corpus.whole?.figures ?? [] }
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw AblationError.scorer("exit \(process.terminationStatus) on \(corpus.name)")
      }
      // Python writes the mean of nothing as NaN, which JSON does not know.
      let text = try String(contentsOf: report, encoding: .utf8).replacing(": NaN", with: ": null")
      let json = try JSONSerialization.jsonObject(with: Data(text.utf8))
      let figures = try corpus.name.figures.map { figure in
        var value: Any? = json
        for key in figure.path { value = (value as? [String: Any])?[key] }
        guard let number = value as? Double else {
          throw AblationError.scorer("no \(figure.path.joined(separator: "/")) for \(corpus.name)")
        }
        return number
      }
      if corpus.whole == nil { corpus.whole = (records, figures) }
      try FileManager.default.removeItem(at: file)
      try FileManager.default.removeItem(at: report)
      return figures
    }
  }
}

/// Why an ablation cannot go on.
enum AblationError: Error, CustomStringConvertible {
  /// Pages could not be read; the run's summary.
  case failedInputs(String)
  /// The scorer's figures are not to be had.
  case scorer(String)

  var description: String {
    switch self {
    case .failedInputs(let summary): "the corpus has pages that cannot be read: \(summary)"
    case .scorer(let reason): "the scorer failed: \(reason)"
    }
  }
}
