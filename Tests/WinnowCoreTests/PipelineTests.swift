import Testing
import WinnowCore

/// A stage that does nothing but declare.
private struct Reads: Stage {
  static let id: StageID = "reads"
  static let contract = StageContract(reads: [.headline], writes: [.dek])
  static let summary = "reads a headline"
  static let risk = "none"
  static let examples: [StageExample] = []
  func label(_ document: Document, in ledger: inout Ledger) {}
}

private struct Writes: Stage {
  static let id: StageID = "writes"
  static let contract = StageContract(writes: [.headline])
  static let summary = "writes a headline"
  static let risk = "none"
  static let examples: [StageExample] = []
  func label(_ document: Document, in ledger: inout Ledger) {}
}

@Suite struct PipelineTests {
  @Test func refusesTwoStagesOfOneName() {
    #expect(throws: PipelineError.duplicateStage("writes")) { try Pipeline([Writes(), Writes()]) }
  }

  @Test func refusesAReaderBeforeItsWriter() {
    #expect(throws: PipelineError.unmetRead(stage: "reads", role: .headline, writer: "writes")) {
      try Pipeline([Reads(), Writes()])
    }
  }

  @Test func refusesAReaderWithoutWriter() {
    #expect(throws: PipelineError.unmetRead(stage: "reads", role: .headline, writer: nil)) {
      try Pipeline([Reads()])
    }
  }

  @Test func aStageMayBeTakenOutThoughAnotherReadsItsRole() throws {
    let pipeline = try Pipeline([Writes(), Reads()]).removing("writes")
    #expect(pipeline.stages.map(\.id) == ["reads"])
  }

  @Test func stagesGoWhereTheyAreSent() throws {
    let pipeline = try Pipeline([Writes()]).inserting(Reads(), .after("writes"))
    #expect(pipeline.stages.map(\.id) == ["writes", "reads"])
    #expect(throws: PipelineError.unmetRead(stage: "reads", role: .headline, writer: "writes")) {
      try Pipeline([Writes()]).inserting(Reads(), .first)
    }
  }

  @Test func anUnknownStageIsToldItsNearestName() {
    #expect(throws: PipelineError.unknownStage("writtes", nearest: "writes")) {
      try Pipeline([Writes()]).removing("writtes")
    }
    #expect(throws: PipelineError.unknownStage("somethingelse", nearest: nil)) {
      try Pipeline([Writes()]).removing("somethingelse")
    }
  }
}

@Suite struct LedgerTests {
  @Test func higherConfidenceLeadsAndBetweenEqualsTheLater() {
    var ledger = Ledger(blockCount: 2)
    ledger.add(.footer, to: 0, .strong, because: "test.a")
    ledger.add(.paragraph, to: 0, .likely, because: "test.b")
    #expect(ledger.role(of: 0) == .footer)
    ledger.add(.comments, to: 0, .strong, because: "test.c")
    #expect(ledger.role(of: 0) == .comments)
    #expect(ledger.role(of: 1) == nil)
    #expect(ledger.labels.count == 3)
  }

  @Test func aPartOfABlockNeverLeads() {
    var ledger = Ledger(blockCount: 1)
    ledger.add(.credit, to: 0, extent: 3..<9, .certain, because: "test.extent")
    #expect(ledger.role(of: 0) == nil)
  }

  @Test func labelsOutsideTheDocumentAreIgnored() {
    var ledger = Ledger(blockCount: 1)
    ledger.add(.credit, to: 7, .certain, because: "test.outside")
    ledger.add(.credit, to: -1, .certain, because: "test.outside")
    #expect(ledger.labels.isEmpty)
  }
}

@Suite struct RoleTests {
  @Test func namesAreStableAndUnique() throws {
    #expect(Role.relatedLinks.name == "related-links")
    #expect(Role.dek.name == "dek")
    #expect(Set(Role.allCases.map(\.name)).count == Role.allCases.count)
    for role in Role.allCases { #expect(Role(name: role.name) == role) }
    #expect(Role.allCases.count <= 64, "RoleSet holds 64")
  }

  @Test func everyRoleHasADisposition() {
    let policy = RetentionPolicy.article
    #expect(policy[.paragraph] == .body)
    #expect(policy[.caption] == .aside)
    #expect(policy[.headline] == .field)
    for role in RoleSet.boilerplate { #expect(policy[role] == .drop, "\(role.name)") }
    var kept = policy
    kept[.caption] = .body
    #expect(kept[.caption] == .body && policy[.caption] == .aside)
  }
}
