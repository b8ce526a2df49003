import ArgumentParser
import Foundation
import Testing
import Winnow
import WinnowBatch
import WinnowSettings
import WinnowStages

@testable import WinnowCommand

/// What is typed, and what is to be done because of it.
@Suite struct CleanArgumentTests {
  private func job(_ arguments: String...) throws -> CleanJob {
    try #require(try CleanCommand.parse(arguments).job(Settings()))
  }

  @Test func defaultsAreThoseThatAreDocumented() throws {
    let job = try job("pages")
    #expect(job.inputs == ["pages"])
    #expect(job.format == .jsonl)
    #expect(job.source.format == .auto)
    #expect(job.source.maxBytes == 64 << 20)
    #expect(job.configuration.maxBlocks == 1_000_000)
    #expect(job.configuration.maxSeconds == 60)
    #expect(job.jobs == CleanJob.processors)
    #expect(job.errorsPath == nil && job.inputList == nil && job.source.shard == nil)
    #expect(!job.resumes && !job.compresses && !job.skipsOtherMedia)
    guard case .standardOutput = job.destination else {
      Issue.record("\(job.destination)")
      return
    }
  }

  @Test func everyOptionReachesTheJob() throws {
    let job = try job(
      "a.html", "-", "--input-format", "jsonl", "--charset", "koi8-r", "--url", "https://a.example/",
      "--max-bytes", "1000", "--max-blocks", "50", "--max-seconds", "0", "--limit", "7", "--shard", "2/8",
      "--skip-non-html", "--html-field", "content", "--text-field", "t", "--id-field", "key",
      "--url-field", "link", "--charset-field", "enc", "--format", "markdown", "-o", "out.md.gz",
      "--shard-size", "100", "--errors", "errors.jsonl", "--resume", "-j", "3", "--favor", "recall",
      "--model", "m", "--quiet", "--summary", "json")
    #expect(job.inputs == ["a.html", "-"])
    #expect(job.source.format == .jsonl)
    #expect(job.source.charset == "koi8-r" && job.source.url == "https://a.example/")
    #expect(
      job.source.maxBytes == 1000 && job.configuration.maxBlocks == 50 && job.configuration.maxSeconds == nil)
    #expect(job.source.limit == 7 && job.source.shard == SourceOptions.Shard("2/8"))
    #expect(job.skipsOtherMedia)
    let fields = job.source.fields
    #expect(
      [fields.html, fields.text, fields.id, fields.url, fields.charset] == [
        "content", "t", "key", "link", "enc",
      ])
    #expect(job.format == .markdown && job.compresses)
    #expect(job.errorsPath == "errors.jsonl" && job.resumes && job.jobs == 3)
    #expect(try self.job("a.html", "-j8").jobs == 8)
    #expect(job.configuration.favor == .recall && job.modelFolder == "m" && job.progress == nil)
    guard case .file("out.md.gz", partSize: 100) = job.destination else {
      Issue.record("\(job.destination)")
      return
    }
  }

  @Test func theOutputsNameSaysWhatItIs() throws {
    guard case .tree("out/") = try job("a", "-o", "out/").destination else {
      Issue.record("a name that ends in / is a folder")
      return
    }
    let folder = FileManager.default.temporaryDirectory.path
    guard case .tree(folder) = try job("a", "-o", folder).destination else {
      Issue.record("a folder that is there is a folder")
      return
    }
    for name in ["out.sqlite", "out.db"] {
      guard case .other(name, _) = try job("a", "-o", name).destination else {
        Issue.record("\(name) is a database")
        return
      }
    }
    guard case .other("x", _) = try job("a", "-o", "x", "--format", "sqlite").destination else {
      Issue.record("--format sqlite is a database")
      return
    }
    guard case .file("out.db", partSize: nil) = try job("a", "-o", "out.db", "--format", "jsonl").destination
    else {
      Issue.record("a format that is typed wins")
      return
    }
    guard case .standardOutput = try job("a", "-o", "-").destination else {
      Issue.record("- is standard output")
      return
    }
  }

  @Test func aListStandsForInputs() throws {
    let job = try job("--files-from", "list.txt")
    #expect(job.inputs.isEmpty && job.inputList == "list.txt")
  }

  @Test(arguments: [
    (["a", "--jobs", "0"], "--jobs must be"), (["a", "--max-bytes", "0"], "--max-bytes must be"),
    (["a", "--max-blocks", "0"], "--max-blocks must be"), (["a", "--max-seconds", "-1"], "--max-seconds"),
    (["a", "--max-seconds", "nan"], "--max-seconds must"), (["-", "-"], "only once"),
    (["-", "--files-from", "-"], "only once"), ([""], "empty name"), (["a", "-o", ""], "--output has"),
    (["a", "-o", "x.jsonl.zst"], "not written"),
    (["a", "--errors", ""], "--errors has"), (["a", "--resume"], "--resume needs a file"),
    (["a", "-o", "-", "--resume"], "--resume needs a file"),
    (["a", "--shard-size", "5"], "--shard-size needs a file"),
    (["a", "-o", "x/", "--shard-size", "5"], "--shard-size needs a file"),
    (["a", "-o", "x", "--shard-size", "0"], "--shard-size must be"), (["a", "--limit", "0"], "--limit must"),
    (["a", "--shard", "9/8"], "--shard"), (["a", "--format", "sqlite"], "needs a file"),
    (["a", "--format", "sqlite", "-o", "x/"], "one file"),
    (["a", "--format", "sqlite", "-o", "x", "--gzip"], "gzip"), (["a", "--format", "xml"], "xml"),
    (["a", "--html-field", "text"], "same name"), (["a", "--html-field", ""], "empty name"),
    (["a", "--unknown"], "--unknown"),
  ])
  func whatMakesNoSenseIsRefused(arguments: [String], reason: String) {
    do {
      _ = try CleanCommand.parse(arguments)
      Issue.record("accepted: \(arguments)")
    } catch {
      #expect(CleanCommand.fullMessage(for: error).contains(reason))
      #expect(CleanCommand.exitCode(for: error) == .validationFailure)
    }
  }

  @Test func theWholeCommandKnowsItsParts() throws {
    #expect(try WinnowCommand.parseAsRoot(["clean", "a"]) is CleanCommand)
    #expect(try WinnowCommand.parseAsRoot(["explain", "a", "--proof"]) is ExplainCommand)
    #expect(try WinnowCommand.parseAsRoot(["stages", "byline"]) is StagesCommand)
    #expect(throws: (any Error).self) { try ExplainCommand.parse(["a", "--proof", "--summary"]) }
  }
}
