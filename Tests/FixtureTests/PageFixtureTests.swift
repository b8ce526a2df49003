import Foundation
import Testing
import Winnow
import WinnowCore
import WinnowFixtures

/// Every page of `Fixtures/pages`, held against its approved proof and its expected record.
@Suite struct PageFixtureTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures/pages").path

  @Test(arguments: Fixture.folders(below: root)) func pageComesOutAsApproved(_ folder: String) throws {
    let fixture = try Fixture(folder: folder)
    let result = fixture.run(with: try Winnow())
    for problem in result.problems { Issue.record("\(fixture.name): \(problem)") }
  }

  @Test func thereAreFixturesOfEveryKind() throws {
    let all = try Fixture.folders(below: Self.root).map { try Fixture(folder: $0).description }
    #expect(all.count >= 42)
    for kind in [FixtureDescription.Kind.wild, .synthetic, .negative] {
      #expect(all.contains { $0.kind == kind })
    }
    #expect(Set(all.filter { $0.kind == .synthetic }.compactMap(\.language)).count >= 12)
  }
}
