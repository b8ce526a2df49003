import Testing
import WinnowCore

@testable import WinnowModel

/// What is found once for all containers against a walk up from each.
@Suite struct AncestorDistanceTests {
  private struct Values: FeatureWriter {
    var values: [String: Float] = [:]
    mutating func put(_ name: @autoclosure () -> String, _ value: Float) { values[name()] = value }
  }

  @Test func theNearestOfEachKindCounts() {
    let tags: [ContainerTag] = [.div, .article, .p, .li, .ul, .section, .custom, .form, .main]
    var state: UInt64 = 5
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    // Bushes of all shapes, and ways up that are longer than any list of shares.
    for reach in [1, 2, 8, 400] {
      var rows = [ContainerRow()]
      for index in 1..<400 {
        var row = ContainerRow()
        row.tag = tags[next(tags.count)]
        row.parent = Int32(index - 1 - next(min(index, reach)))
        rows.append(row)
      }
      let near = AncestorDistances(rows)
      for index in rows.indices {
        var expected: [String: Float] = [:]
        var (container, steps) = (index, Float(1))
        while container >= 0 {
          let name = "in_\(rows[container].tag)"
          if expected[name] == nil { expected[name] = 1 / steps }
          container = Int(rows[container].parent)
          steps += 1
        }
        var writer = Values()
        near.write(from: index, &writer)
        #expect(writer.values.count == 22)
        for (name, value) in writer.values { #expect(value == expected[name] ?? 0, "\(name) from \(index)") }
      }
    }
  }
}
