/// Gathers folded phrases and lays out their tree, level by level, so that a node's children stand side by side.
///
/// Every run with phrases of one's own lays out those of all languages anew, so that nothing is sorted that need not
/// be: a node's phrases are parted by their next byte when its turn comes.
struct PhraseTrieBuilder {
  /// The arrays of a tree; see ``PhraseTrie``.
  struct Layout {
    var nodes: [PhraseTrie.Node] = []
    var firstBytes: [UInt8] = []
    /// The nodes' labels in the nodes' order, so that those of one fork lie together.
    var labels: [UInt8] = []
    /// What the phrases mean, those of one node side by side in the order in which they were given.
    var entries: [Lexicon.Entry] = []
  }

  /// A phrase: where its bytes stand, and what it means.
  fileprivate struct Item {
    var start: Int32
    var end: Int32
    var entry: Lexicon.Entry
  }

  private var bytes: [UInt8] = []
  private var items: [Item] = []

  /// Makes room for so many phrases of so many bytes in all.
  mutating func reserve(phrases: Int, bytes count: Int) {
    items.reserveCapacity(phrases)
    bytes.reserveCapacity(count)
  }

  /// Adds a folded phrase of at least one byte.
  mutating func add(_ phrase: UnsafeBufferPointer<UInt8>, _ entry: Lexicon.Entry) {
    let start = Int32(bytes.count)
    bytes.append(contentsOf: phrase)
    items.append(Item(start: start, end: Int32(bytes.count), entry: entry))
  }

  /// The tree of all phrases.
  func layout() -> Layout {
    var items = items
    return bytes.withUnsafeBufferPointer { bytes in
      items.withUnsafeMutableBufferPointer { items in
        withUnsafeTemporaryAllocation(of: Item.self, capacity: items.count) { spare in
          var pass = LayoutPass(bytes: bytes, items: items, spare: spare)
          pass.run()
          pass.layout.entries = items.map(\.entry)
          return pass.layout
        }
      }
    }
  }
}

/// One pass over all phrases.
private struct LayoutPass {
  typealias Item = PhraseTrieBuilder.Item

  /// A node's phrases, and how many bytes they share up to it.
  private struct Share {
    var first: Int
    var end: Int
    var depth: Int
  }

  let bytes: UnsafeBufferPointer<UInt8>
  let items: UnsafeMutableBufferPointer<Item>
  let spare: UnsafeMutableBufferPointer<Item>
  var layout = PhraseTrieBuilder.Layout()
  /// By node.
  private var shares: [Share] = []
  /// How many phrases go on with each byte, in places from 1; those that end are at 0.
  private var counts = [Int](repeating: 0, count: 257)

  init(
    bytes: UnsafeBufferPointer<UInt8>, items: UnsafeMutableBufferPointer<Item>,
    spare: UnsafeMutableBufferPointer<Item>
  ) {
    self.bytes = bytes
    self.items = items
    self.spare = spare
  }

  mutating func run() {
    layout.nodes.reserveCapacity(items.count * 3 / 2)
    layout.firstBytes.reserveCapacity(items.count * 3 / 2)
    layout.labels.reserveCapacity(bytes.count)
    shares.reserveCapacity(items.count * 3 / 2)
    append(Share(first: 0, end: items.count, depth: 0), firstByte: 0, label: 0..<0)
    var node = 0
    while node < shares.count {
      expand(node)
      node += 1
    }
  }

  private mutating func append(_ share: Share, firstByte: UInt8, label: Range<Int>) {
    layout.nodes.append(
      PhraseTrie.Node(
        labelStart: UInt32(layout.labels.count), labelLength: UInt32(label.count), firstChild: 0,
        childCount: 0, firstEntry: UInt32(share.first), entryCount: 0))
    layout.firstBytes.append(firstByte)
    layout.labels.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[label]))
    shares.append(share)
  }

  /// Finds the phrases that end at a node, and its children.
  private mutating func expand(_ node: Int) {
    let share = shares[node]
    part(share)
    var item = share.first
    while item < share.end, length(item) == share.depth { item += 1 }
    let firstChild = layout.nodes.count
    layout.nodes[node].entryCount = UInt32(item - share.first)
    layout.nodes[node].firstChild = UInt32(firstChild)
    while item < share.end {
      let first = byte(item, share.depth)
      var depth = length(item)
      var next = item + 1
      while next < share.end, byte(next, share.depth) == first {
        depth = common(item, next, from: share.depth + 1, to: depth)
        next += 1
      }
      let start = Int(items[item].start)
      append(
        Share(first: item, end: next, depth: depth), firstByte: first,
        label: start + share.depth + 1..<start + depth)
      item = next
    }
    layout.nodes[node].childCount = UInt32(layout.nodes.count - firstChild)
  }

  /// Parts a node's phrases by their next byte, those that end first; phrases of one byte keep their order.
  private mutating func part(_ share: Share) {
    let range = share.first..<share.end
    // So few are moved at less cost than 257 places are cleared.
    guard range.count > 24 else {
      for item in range.dropFirst() {
        let moved = items[item]
        let key = key(moved, share.depth)
        var place = item
        while place > share.first, self.key(items[place - 1], share.depth) > key {
          items[place] = items[place - 1]
          place -= 1
        }
        items[place] = moved
      }
      return
    }
    for key in counts.indices { counts[key] = 0 }
    for item in range { counts[key(items[item], share.depth)] += 1 }
    var place = share.first
    for key in counts.indices {
      (counts[key], place) = (place, place + counts[key])
    }
    for item in range {
      let key = key(items[item], share.depth)
      spare[counts[key]] = items[item]
      counts[key] += 1
    }
    for item in range { items[item] = spare[item] }
  }

  /// How many bytes two phrases share, of those from `start` to `end`.
  @inline(__always)
  private func common(_ first: Int, _ second: Int, from start: Int, to end: Int) -> Int {
    let (left, right) = (Int(items[first].start), Int(items[second].start))
    let end = min(end, length(second))
    var depth = start
    while depth < end, bytes[left + depth] == bytes[right + depth] { depth += 1 }
    return depth
  }

  @inline(__always)
  private func length(_ item: Int) -> Int { Int(items[item].end - items[item].start) }

  @inline(__always)
  private func byte(_ item: Int, _ depth: Int) -> UInt8 { bytes[Int(items[item].start) + depth] }

  @inline(__always)
  private func key(_ item: Item, _ depth: Int) -> Int {
    let place = Int(item.start) + depth
    return place < Int(item.end) ? Int(bytes[place]) + 1 : 0
  }
}
