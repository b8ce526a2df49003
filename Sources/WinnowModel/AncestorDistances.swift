import WinnowCore

/// How near the closest container of some kinds is, seen from every container of a page.
///
/// Found once for all containers, each from what its parent sees: a walk up from each block took twice the time.
struct AncestorDistances: ~Copyable {
  private static let tags: [ContainerTag] = [
    .article, .main, .section, .nav, .header, .footer, .aside, .form, .ul, .ol, .table, .blockquote,
    .figure, .dl, .button, .details, .li, .td, .pre, .noscript, .p, .custom,
  ]

  /// How many there are: a literal, so that the loop over them is unrolled.
  private static let kinds = 22

  /// Position of each tag in the list; 255 for the others.
  private static let positions: [UInt8] = {
    var table = [UInt8](repeating: 255, count: 256)
    for (position, tag) in tags.enumerated() { table[Int(tag.rawValue)] = UInt8(position) }
    return table
  }()

  /// 1/steps, 0 for none.
  private static let shares: [Float] = [0] + (1..<64).map { 1 / Float($0) }

  /// How deep the nearest of each kind lies, the root at 1: 0 without one. The last place has the container's own depth.
  /// A vector, because it is copied from parent to child as a whole.
  private typealias Depths = SIMD32<UInt16>
  private static let own = 31

  private let depths: UnsafeMutableBufferPointer<Depths>
  private let count: Int

  init(_ containers: [ContainerRow]) {
    count = containers.count
    depths = .allocate(capacity: count)
    let places = UnsafeMutableRawBufferPointer(depths)
    AncestorDistances.positions.withUnsafeBufferPointer { positions in
      // Parents stand before their children.
      for index in containers.indices {
        let parent = Int(containers[index].parent)
        depths.initializeElement(at: index, to: parent >= 0 && parent < index ? depths[parent] : Depths())
        // Readers stop at a depth that 16 bits hold.
        let start = index * MemoryLayout<Depths>.stride
        let depth = places.load(fromByteOffset: start + 2 * AncestorDistances.own, as: UInt16.self) &+ 1
        places.storeBytes(of: depth, toByteOffset: start + 2 * AncestorDistances.own, as: UInt16.self)
        let position = Int(positions[Int(containers[index].tag.rawValue)])
        if position < 255 {
          places.storeBytes(of: depth, toByteOffset: start + 2 * position, as: UInt16.self)
        }
      }
    }
  }

  deinit { depths.deallocate() }

  /// Writes 1/steps from within a container to the nearest of each kind, 0 without one.
  func write(from container: Int, _ w: inout some FeatureWriter) {
    precondition(container >= 0 && container < count)
    let places = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: depths[container...container]))
    let own = Int(places.load(fromByteOffset: 2 * AncestorDistances.own, as: UInt16.self))
    AncestorDistances.shares.withUnsafeBufferPointer { shares in
      for kind in 0..<AncestorDistances.kinds {
        let depth = Int(places.load(fromByteOffset: 2 * kind, as: UInt16.self))
        let steps = depth == 0 ? 0 : own &- depth &+ 1
        w.put(
          "in_\(AncestorDistances.tags[kind])", steps < shares.count ? shares[steps] : 1 / Float(steps))
      }
    }
  }
}
