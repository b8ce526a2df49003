import WinnowCore

/// The phrases as a tree over their folded bytes, in which a chain of bytes without a fork is one node.
///
/// It lies in a few arrays that are written once and then only read: a look at a text touches the root's
/// table and, where a phrase begins alike, one label. As a table of single steps it would be ten times as
/// large, and most steps would wait for memory.
final class PhraseTrie: @unchecked Sendable {
  /// A node: the way to it, what ends there and what goes on.
  struct Node {
    /// The label behind the node's first byte, in ``labels``.
    var labelStart: UInt32
    var labelLength: UInt32
    /// Its children stand side by side, by their first bytes.
    var firstChild: UInt32
    var childCount: UInt32
    /// Phrases that end here.
    var firstEntry: UInt32
    var entryCount: UInt32
  }

  // All are filled in `init` and only read afterwards: that is what makes sharing them between threads
  // safe, and it spares the threads the counting of references that arrays would need.
  private let nodes: UnsafeMutableBufferPointer<Node>
  private let firstBytes: UnsafeMutableBufferPointer<UInt8>
  private let labels: UnsafeMutableBufferPointer<UInt8>
  private let entries: UnsafeMutableBufferPointer<Lexicon.Entry>
  private let roots: UnsafeMutableBufferPointer<UInt32>

  /// A tree of phrases: `bytes` holds one after the other, `ends` where each ends, `entries` what it means.
  init(bytes: [UInt8], ends: [Int32], entries found: [Lexicon.Entry]) {
    var builder = PhraseTrieBuilder(bytes: bytes, ends: ends)
    builder.build()
    nodes = PhraseTrie.copied(builder.nodes)
    firstBytes = PhraseTrie.copied(builder.firstBytes)
    labels = PhraseTrie.copied(builder.labels)
    entries = PhraseTrie.copied(builder.order.map { found[Int($0.phrase)] })
    roots = .allocate(capacity: 256)
    roots.initialize(repeating: 0)
    guard let root = nodes.first else { return }
    for child in root.firstChild..<root.firstChild + root.childCount {
      roots[Int(firstBytes[Int(child)])] = child
    }
  }

  deinit {
    nodes.deallocate()
    firstBytes.deallocate()
    labels.deallocate()
    entries.deallocate()
    roots.deallocate()
  }

  private static func copied<Element>(_ array: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: array.count)
    _ = copy.initialize(from: array)
    return copy
  }

  /// Calls `body` for the end of each phrase that begins at a place of a text, shorter ones first, with the
  /// index behind it and the phrases' meanings, in the order in which they were given.
  @inline(__always)
  func walk(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int,
    _ body: (_ end: Int, _ entries: UnsafeBufferPointer<Lexicon.Entry>) -> Void
  ) {
    var child = Int(roots[Int(text[start])])
    var position = start + 1
    // The root is no one's child, so that 0 says that there is none.
    while child != 0 {
      let node = nodes[child]
      let length = Int(node.labelLength)
      guard position + length <= text.count else { return }
      let label = Int(node.labelStart)
      for offset in 0..<length where text[position + offset] != labels[label + offset] { return }
      position += length
      if node.entryCount > 0 {
        let first = Int(node.firstEntry)
        body(position, UnsafeBufferPointer(rebasing: entries[first..<first + Int(node.entryCount)]))
      }
      guard node.childCount > 0, position < text.count else { return }
      child = self.child(of: node, over: text[position])
      position += 1
    }
  }

  @inline(__always)
  private func child(of node: Node, over byte: UInt8) -> Int {
    var low = Int(node.firstChild)
    var high = low + Int(node.childCount)
    while high - low > 8 {
      let middle = (low + high) >> 1
      if firstBytes[middle] <= byte { low = middle } else { high = middle }
    }
    while low < high {
      if firstBytes[low] == byte { return low }
      low += 1
    }
    return 0
  }
}

/// Sorts phrases and lays out their tree, level by level, so that a node's children stand side by side.
private struct PhraseTrieBuilder {
  /// A phrase, with its first eight bytes as a number that sorts as they do.
  struct Item {
    var prefix: UInt64
    var phrase: Int32
    var start: Int32
    var end: Int32
  }

  private(set) var nodes: [PhraseTrie.Node] = []
  private(set) var firstBytes: [UInt8] = []
  /// The nodes' labels in the nodes' order, so that those of one fork lie together.
  private(set) var labels: [UInt8] = []
  /// The phrases, sorted by their bytes and then by the order in which they were given.
  private(set) var order: [Item] = []
  private let bytes: [UInt8]

  /// A node whose children are still to come: phrases that share so many bytes.
  private struct Pending {
    var node: Int
    var items: Range<Int>
    var depth: Int
  }

  init(bytes: [UInt8], ends: [Int32]) {
    self.bytes = bytes
    order.reserveCapacity(ends.count)
    var start: Int32 = 0
    for (phrase, end) in ends.enumerated() {
      var prefix: UInt64 = 0
      for place in start..<start + 8 {
        // A shorter phrase sorts before those that it begins; no folded byte is 0.
        prefix = prefix << 8 | (place < end ? UInt64(bytes[Int(place)]) : 0)
      }
      order.append(Item(prefix: prefix, phrase: Int32(phrase), start: start, end: end))
      start = end
    }
  }

  mutating func build() {
    sort()
    nodes.append(
      PhraseTrie.Node(
        labelStart: 0, labelLength: 0, firstChild: 0, childCount: 0, firstEntry: 0, entryCount: 0))
    firstBytes.append(0)
    var pending = [Pending(node: 0, items: order.indices, depth: 0)]
    var next = 0
    while next < pending.count {
      expand(pending[next], &pending)
      next += 1
    }
  }

  private mutating func sort() {
    bytes.withUnsafeBufferPointer { bytes in
      order.sort { first, second in
        if first.prefix != second.prefix { return first.prefix < second.prefix }
        var left = Int(first.start) + 8
        var right = Int(second.start) + 8
        while left < first.end, right < second.end {
          if bytes[left] != bytes[right] { return bytes[left] < bytes[right] }
          left += 1
          right += 1
        }
        let (short, long) = (first.end - first.start, second.end - second.start)
        return short == long ? first.phrase < second.phrase : short < long
      }
    }
  }

  private mutating func expand(_ parent: Pending, _ pending: inout [Pending]) {
    var item = parent.items.lowerBound
    while item < parent.items.upperBound, length(item) == parent.depth { item += 1 }
    nodes[parent.node].firstEntry = UInt32(parent.items.lowerBound)
    nodes[parent.node].entryCount = UInt32(item - parent.items.lowerBound)
    nodes[parent.node].firstChild = UInt32(nodes.count)
    while item < parent.items.upperBound {
      let first = byte(item, parent.depth)
      var last = item
      while last + 1 < parent.items.upperBound, byte(last + 1, parent.depth) == first { last += 1 }
      var depth = parent.depth + 1
      // Sorted, so what the outer two share, all share.
      while depth < length(item), depth < length(last), byte(item, depth) == byte(last, depth) { depth += 1 }
      pending.append(Pending(node: nodes.count, items: item..<last + 1, depth: depth))
      nodes.append(
        PhraseTrie.Node(
          labelStart: UInt32(labels.count), labelLength: UInt32(depth - parent.depth - 1), firstChild: 0,
          childCount: 0, firstEntry: 0, entryCount: 0))
      let start = Int(order[item].start)
      labels += bytes[start + parent.depth + 1..<start + depth]
      firstBytes.append(first)
      nodes[parent.node].childCount += 1
      item = last + 1
    }
  }

  @inline(__always)
  private func length(_ item: Int) -> Int { Int(order[item].end - order[item].start) }

  @inline(__always)
  private func byte(_ item: Int, _ depth: Int) -> UInt8 { bytes[Int(order[item].start) + depth] }
}
