import WinnowCore
import WinnowModel
import WinnowText

extension Reason {
  static let contentScoreBody: Reason = "content-score.body"
  static let contentScoreOther: Reason = "content-score.not-body"
  static let contentScoreThread: Reason = "content-score.thread-below-article"
}

/// Settles blocks that no rule is sure about: is it the article's text?
///
/// Pages are scored by learned models, one for markup and one for flat text, which take what the rules said
/// as evidence among much else; the threshold is the one with the largest expected F1 for the page.
public struct ContentScoreStage: Stage {
  public static let id: StageID = "content-score"
  public static let contract = StageContract(
    writes: [.paragraph, .subheading, .listItem, .quotation, .table, .code, .furniture, .comments])
  public static let summary =
    "Labels every block as body or furniture by a score over length, links, place and markup. Rules that are sure lead."
  public static let risk =
    "Short paragraphs at the body's edges, and sentences of other stories below it."
  public static let examples: [StageExample] = [
    .html(
      "the container with the prose wins",
      """
      <html><head><title>Ice skaters wait for the canal to freeze</title></head><body>
      <div class="a"><a href="/1">Short link</a> <a href="/2">Another link</a></div>
      <div class="b"><h1>Ice skaters wait for the canal to freeze</h1>
      <p>Skaters have waited since December for the canal to freeze, and forecasters promise them a cold week.</p>
      <p>The ice must be fifteen centimetres thick along all two hundred kilometres before the race can start.</p></div>
      <div class="c"><a href="/3">Some other story of today</a></div></body></html>
      """,
      proof: """
        - furniture  Short link Another link
        = headline   Ice skaters wait for the canal to freeze
        + paragraph  Skaters have waited…
        + paragraph  The ice must be…
        - furniture  Some other story of today
        """)
  ]

  /// How much to keep where the score is in doubt.
  public enum Favor: String, Sendable, CaseIterable, Codable {
    /// Rather lose a paragraph than keep a teaser.
    case precision
    /// The largest expected F1.
    case balanced
    /// Rather keep a teaser than lose a paragraph.
    case recall

    /// What the threshold is multiplied with.
    var factor: Float {
      switch self {
      case .precision: 1.4
      case .balanced: 1
      case .recall: 0.6
      }
    }
  }

  /// How pages with markup are judged.
  package enum Judge: Sendable {
    /// By a learned model.
    case model(ContentModel)
    /// By a hand rule that adds up points; transparent, and much worse.
    case handRule
  }

  /// How flat text is judged.
  package enum FlatJudge: Sendable {
    /// By a learned model.
    case model(FlatModel)
    /// By a hand rule: sentences in runs.
    case handRule
  }

  /// `nil` for the one that is part of the program, which is read when the first page asks for it.
  private let judge: Judge?
  private let flatJudge: FlatJudge?
  private let favor: Favor

  /// The stage with the model that is part of the program.
  public init(favor: Favor = .balanced) {
    self.init(judge: nil, favor: favor)
  }

  /// The stage with other judges; `nil` for the one that is part of the program.
  package init(judge: Judge?, flatJudge: FlatJudge? = nil, favor: Favor = .balanced) {
    self.judge = judge
    self.flatJudge = flatJudge
    self.favor = favor
  }

  /// The stage with the same judge and another favor.
  public func favoring(_ favor: Favor) -> ContentScoreStage {
    ContentScoreStage(judge: judge, flatJudge: flatJudge, favor: favor)
  }

  /// The model that is part of the program; a test makes sure that it can be read.
  package static let builtIn: ContentModel? = {
    let forest = UnsafeRawBufferPointer(WinnowData.bytes(named: "content.forest"))
    let tokens = UnsafeRawBufferPointer(WinnowData.bytes(named: "content.tokens"))
    let network = UnsafeRawBufferPointer(WinnowData.bytes(named: "content.network"))
    do throws(ContentModel.Problem) {
      return try ContentModel(forest: forest, tokens: tokens, network: network)
    } catch {
      return nil
    }
  }()

  /// The same for flat text.
  package static let builtInFlat: FlatModel? = {
    let words = UnsafeRawBufferPointer(WinnowData.bytes(named: "flat.words"))
    let forest = UnsafeRawBufferPointer(WinnowData.bytes(named: "flat.forest"))
    let network = UnsafeRawBufferPointer(WinnowData.bytes(named: "flat.network"))
    do throws(ContentModel.Problem) {
      return try FlatModel(words: words, forest: forest, network: network)
    } catch {
      return nil
    }
  }()

  public func label(_ document: Document, in ledger: inout Ledger) {
    guard document.signals.contains(.markup) else {
      switch flatJudge ?? ContentScoreStage.builtInFlat.map(FlatJudge.model) ?? .handRule {
      case .handRule: labelByPoints(FlatContentScore(document, ledger).scores(), document, &ledger)
      case .model(let model): labelByModel(model.probabilities(document, ledger), document, &ledger)
      }
      return
    }
    switch judge ?? ContentScoreStage.builtIn.map(Judge.model) ?? .handRule {
    case .handRule: labelByPoints(MarkupContentScore(document, ledger).scores(), document, &ledger)
    case .model(let model): labelByModel(model.probabilities(document, ledger), document, &ledger)
    }
  }

  /// Rules lead where they name a field of the record or what stands beside the body. Where they name
  /// boilerplate they were evidence for the model, which has the last word.
  private func labelByModel(_ p: [Float], _ document: Document, _ ledger: inout Ledger) {
    let isFlat = document.form == .flatText
    let words = document.rows.map { Float($0.measures.words) }
    let isArticle = DeclaredKind(document).isArticle
    let strictness =
      isFlat
      ? ContentScoreStage.strictnessForFlatText
      : isArticle ? ContentScoreStage.strictnessForArticles : ContentScoreStage.strictness
    let threshold = ExpectedF1.threshold(p, words: words).threshold * favor.factor * strictness
    let isThread = threadsBelowArticle(document, words, p.map { $0 > threshold }, isArticle: isArticle)
    let isCopy = isFlat ? copiesInThreads(ledger) : [:]
    var rules = ScoreAgainstRules(document)
    for index in document.indices {
      let score = Evidence.score(p[index])
      let known = isCopy[index] ?? ledger.leadingLabel(of: index)
      if isThread[index] {
        ledger.add(.comments, to: index, .strong, because: .contentScoreThread, evidence: score)
        continue
      }
      guard p[index] > threshold else {
        // The rule's name says more than "not body"; the score stands beside it.
        ledger.add(
          known?.role ?? .furniture, to: index, known == nil ? .likely : .hint, because: .contentScoreOther,
          evidence: score)
        continue
      }
      let isHeading = isUnmarkedHeading(index, document) { next in
        // Boilerplate that a rule names may stand between a heading and its text.
        p[next] > threshold && rules.overrules(ledger.leadingLabel(of: next), p[next], of: next)
      }
      let role = isHeading ? .subheading : BodyRole.of(document.rows[index])
      ledger.add(
        role, to: index, rules.overrules(known, p[index], of: index) ? .strong : .likely,
        because: .contentScoreBody, evidence: score)
    }
  }

  /// What else is known of the blocks of flat text that a thread leads: a line doubled or repeated is no less so for
  /// standing in what may be a thread, and the score has its say about the thread alone.
  private func copiesInThreads(_ ledger: Ledger) -> [Int: Label] {
    var copies: [Int: Label] = [:]
    for label in ledger.labels
    where label.extent == nil && label.confidence >= .strong && ContentScoreStage.copies.contains(label.role)
      && ledger.role(of: label.block) == .comments
    {
      copies[label.block] = label
    }
    return copies
  }

  private static let copies: RoleSet = [.duplicate, .caption]

  /// What the threshold is multiplied with. Near the largest expected F1 a stricter decision costs nothing: the
  /// words that it gains and loses are few, and readers miss a doubtful line less than they mind a wrong one.
  private static let strictness: Float = 1.05

  /// The same in flat text. Its networks were trained on more than its forest: what is in doubt is oftener furniture.
  private static let strictnessForFlatText: Float = 1.15

  /// The same on pages that declare themselves articles: other stories and comments are what these lose by.
  private static let strictnessForArticles: Float = 1.1

  /// Words of an article that must be left when its readers' thread goes.
  private static let shortestArticle: Float = 80

  /// Blocks that would be kept though they stand in a container named for comments, on a page that
  /// declares itself an article. Readers write in sentences like the author's, and the score takes them
  /// for the body. Of the cross-validated pages that it touches, four get better by more than .005 and
  /// one worse (word F1 of all pages +.0008). On forums the thread is the text, whatever they declare.
  private func threadsBelowArticle(
    _ document: Document, _ words: [Float], _ keeps: [Bool], isArticle: Bool
  ) -> [Bool] {
    let none = [Bool](repeating: false, count: keeps.count)
    guard isArticle else { return none }
    // Containers only: an inline link to the thread does not make a paragraph a comment.
    let containers = document.containers
    let threads = document.indices.map {
      keeps[$0] && containers[document[$0].container].inherited.contains(.commentsToken)
    }
    guard threads.contains(true), !DeclaredKind.isForum(document) else { return none }
    var rest: Float = 0
    for index in document.indices where keeps[index] && !threads[index] { rest += words[index] }
    return rest < ContentScoreStage.shortestArticle ? none : threads
  }

  private func labelByPoints(_ scores: [Float], _ document: Document, _ ledger: inout Ledger) {
    for (index, score) in scores.enumerated() {
      let keeps = score > 0
      // A rule that named the block says more than "not body".
      if !keeps, ledger.role(of: index) != nil { continue }
      let isHeading = isUnmarkedHeading(index, document) { scores[$0] > 0 }
      let role = isHeading ? .subheading : BodyRole.of(document.rows[index])
      ledger.add(
        keeps ? role : .furniture, to: index, .likely,
        because: keeps ? .contentScoreBody : .contentScoreOther, evidence: .score(logistic(score)))
    }
  }
}

extension ContentScoreStage {
  /// Flat text has no heading elements: a line without an end of sentence straight before kept prose.
  private func isUnmarkedHeading(
    _ index: Int, _ document: Document, isKept: (Int) -> Bool
  ) -> Bool {
    guard document.form == .flatText,
      let next = (index + 1..<min(index + 4, document.count)).first(where: isKept)
    else { return false }
    let m = document.rows[index].measures
    return m.kind == .paragraph && m.words <= 25 && m.sentences == 0
      && m.flags.isDisjoint(with: [.endsSentence, .endsColon, .bullet, .opensLowerCase])
      && document.rows[next].isProse
  }
}
