import Foundation
import Testing
import Winnow
import WinnowCore
import WinnowStages

/// Options of every built-in stage, over every page fixture and every stage's examples.
///
/// One case after another: tests that hold a time limit run beside them.
@Suite(.serialized) struct StageOptionTests {
  /// Every page fixture.
  static let fixtures: [Page] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/pages")
    var pages: [Page] = []
    for case let name as String in FileManager.default.enumerator(atPath: root.path) ?? .init() {
      guard name.hasSuffix("/page.html") || name.hasSuffix("/page.txt"),
        let data = FileManager.default.contents(atPath: root.appendingPathComponent(name).path)
      else { continue }
      pages.append(Page(id: name, form: name.hasSuffix(".html") ? .html : .flatText, bytes: [UInt8](data)))
    }
    return pages.sorted { $0.id < $1.id }
  }()

  /// Every stage's examples, and some of the fixtures: a debug build is slow.
  static let pages: [Page] = {
    var pages = stride(from: 0, to: fixtures.count, by: 5).map { fixtures[$0] }
    for stage in BuiltInStages.all {
      for example in type(of: stage).examples {
        pages.append(
          Page(id: "\(stage.id): \(example.name)", form: example.form, bytes: Array(example.page.utf8)))
      }
    }
    return pages
  }()

  static let ids = BuiltInStages.all.map(\.id.name)
  static let plain: [Reading] = pages.compactMap { page in try? Winnow().read(page) }

  /// Pages that show a stage at work, as they are read without options and with: no more than need be, for
  /// there are many stages and a debug build is slow.
  static func readings(_ options: StageOptions, of id: StageID) throws -> [(plain: Reading, other: Reading)] {
    var configuration = WinnowConfiguration()
    configuration.options[id] = options
    let winnow = try Winnow(configuration)
    let shown = plain.indices.filter { index in plain[index].ledger.labels.contains { $0.stage == id } }
    let step = max(1, shown.count / 5)
    return try stride(from: 0, to: shown.count, by: step).map { place in
      (plain[shown[place]], try winnow.read(pages[shown[place]]))
    }
  }

  /// Labels without what a run may move: which stage says what of which block, and why.
  static func labels(_ reading: Reading, by stages: Set<StageID>) -> [Label] {
    reading.ledger.labels.filter { stages.contains($0.stage) }
  }

  /// A stage that is off says nothing, and nothing changes but the blocks that it labelled.
  @Test(arguments: ids) func aStageThatIsOffChangesOnlyWhatItLabelled(_ name: String) throws {
    let id = StageID(name)
    var (labelled, changed) = (0, 0)
    for (one, two) in try Self.readings(StageOptions(isOn: false), of: id) {
      #expect(!two.ledger.labels.contains { $0.stage == id })
      #expect(!two.stages.contains(id))
      let mine = Set(one.ledger.labels.filter { $0.stage == id }.map(\.block))
      labelled += mine.count
      for (a, b) in zip(one.verdicts, two.verdicts) {
        guard a.role != b.role || a.disposition != b.disposition || a.deciding != b.deciding else { continue }
        #expect(mine.contains(a.block), "\(one.record.id): block \(a.block)")
        changed += 1
      }
    }
    #expect(labelled > 0, "no page or example shows the stage at work")
    #expect(changed > 0, "what the stage says makes no difference")
  }

  /// A stage that is trusted less says the same, less surely.
  @Test(arguments: ids) func aStageCanBeTrustedLess(_ name: String) throws {
    let id = StageID(name)
    var lowered = 0
    for (one, two) in try Self.readings(StageOptions(atMost: .hint), of: id) {
      let (a, b) = (Self.labels(one, by: [id]), Self.labels(two, by: [id]))
      #expect(b.allSatisfy { $0.confidence == .hint })
      // A stage may look at its own labels and say a thing once more or once less; of which blocks stays.
      #expect(Set(a.map(\.block)) == Set(b.map(\.block)))
      lowered += a.count { $0.confidence > .hint }
    }
    #expect(lowered > 0)
  }

  /// A role that a stage may not give is given by none of its labels; its other labels stay.
  @Test(arguments: ids) func aStageCanBeKeptFromARole(_ name: String) throws {
    let id = StageID(name)
    let all = Self.plain.flatMap { Self.labels($0, by: [id]) }
    let role = try #require(all.first?.role)
    let except = try Self.readings(StageOptions(except: [role]), of: id).flatMap {
      Self.labels($0.other, by: [id])
    }
    #expect(!except.contains { $0.role == role })
    let only = try Self.readings(StageOptions(only: [role]), of: id).flatMap {
      Self.labels($0.other, by: [id])
    }
    #expect(!only.isEmpty && only.allSatisfy { $0.role == role })
  }

  @Test func optionsForNoStageAreRefused() {
    var configuration = WinnowConfiguration()
    configuration.options["promotoin"] = StageOptions(isOn: false)
    configuration.options["footer"] = StageOptions(except: [.headline])
    configuration.policy[.footer] = .aside
    configuration.policy[.navigation] = .field
    do throws(ConfigurationError) {
      _ = try Winnow(configuration)
      Issue.record("accepted")
    } catch {
      #expect(error.problems.count == 4)
      #expect(error.description.contains("did you mean 'promotion'?"))
    }
  }

  @Test func favorIsPartOfTheConfiguration() throws {
    let some = Self.fixtures.filter { $0.form == .html }.prefix(10)
    func kept(_ favor: ContentScoreStage.Favor?) throws -> Int {
      let winnow = try Winnow(WinnowConfiguration(favor: favor))
      return try some.reduce(0) { try $0 + winnow.clean($1).parts.count }
    }
    let (few, usual, many) = (try kept(.precision), try kept(nil), try kept(.recall))
    #expect(try kept(.balanced) == usual)
    #expect(few <= usual && usual <= many && few < many)
  }

  @Test func retentionMovesBlocksByRole() throws {
    var configuration = WinnowConfiguration()
    configuration.policy[.caption] = .body
    configuration.policy[.dek] = .drop
    let winnow = try Winnow(configuration)
    var (captions, deks) = (0, 0)
    for (page, plain) in zip(Self.pages, Self.plain)
    where plain.record.dek != nil || !plain.record.captions.isEmpty {
      let record = try winnow.clean(page)
      #expect(record.captions.isEmpty && record.dek == nil)
      if !record.parts.isEmpty {
        for caption in plain.record.captions { #expect(record.body.contains(caption.text.prefix(20))) }
        captions += record.parts.count { $0.kind == .caption }
      }
      if plain.record.dek != nil { deks += record.dropped[.dek] ?? 0 }
    }
    #expect(captions > 0 && deks > 0)
  }

  @Test func phrasesOfOnesOwnCount() throws {
    let page = """
      The clockmaker who never wears a watch

      For fifty years Otto Brand has mended the clocks of the town, and he has never worn a watch himself.

      Zwiebelfisch 17 mal gesehen

      Because he hears the church bells from his workshop, he says, and they have not been late since 1950.
      """
    var configuration = WinnowConfiguration()
    configuration.phrases = [
      .init(name: "own.phrases", text: "language en\n[engagement]\n= Zwiebelfisch <n> mal gesehen\n")
    ]
    let record = try Winnow(configuration).clean(Page(id: "1", form: .flatText, bytes: Array(page.utf8)))
    #expect(record.dropped[.engagement] == 1)
    configuration.phrases = [.init(name: "own.phrases", text: "language en\n[engagment]\n= x\n")]
    #expect(
      configuration.problems == ["own.phrases:2: there is no section 'engagment'; did you mean 'engagement'?"]
    )
  }
}
