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
  let nodes: UnsafeBufferPointer<Node>
  let firstBytes: UnsafeBufferPointer<UInt8>
  let labels: UnsafeBufferPointer<UInt8>
  let entries: UnsafeBufferPointer<Lexicon.Entry>
  let jumps: PhraseJumps
  private let roots: UnsafeMutableBufferPointer<UInt32>
  /// Whether ``nodes``, ``firstBytes``, ``labels`` and ``jumps`` are the tree's own memory.
  private let isOwner: Bool

  /// A tree of phrases.
  convenience init(_ phrases: PhraseTrieBuilder) {
    let layout = phrases.layout()
    self.init(
      nodes: PhraseTrie.copied(layout.nodes), firstBytes: PhraseTrie.copied(layout.firstBytes),
      labels: PhraseTrie.copied(layout.labels), entries: layout.entries,
      jumps: PhraseJumps(slots: PhraseTrie.copied(PhraseJumps.slots(layout))), isOwner: true)
  }

  /// A tree in memory that outlives it, or with `isOwner` in memory that it is to free.
  init(
    nodes: UnsafeBufferPointer<Node>, firstBytes: UnsafeBufferPointer<UInt8>,
    labels: UnsafeBufferPointer<UInt8>, entries: [Lexicon.Entry], jumps: PhraseJumps, isOwner: Bool
  ) {
    self.nodes = nodes
    self.firstBytes = firstBytes
    self.labels = labels
    self.entries = PhraseTrie.copied(entries)
    self.jumps = jumps
    self.isOwner = isOwner
    roots = .allocate(capacity: 256)
    roots.initialize(repeating: 0)
    guard let root = nodes.first else { return }
    for child in root.firstChild..<root.firstChild + root.childCount {
      roots[Int(firstBytes[Int(child)])] = child
    }
  }

  deinit {
    entries.deallocate()
    roots.deallocate()
    guard isOwner else { return }
    nodes.deallocate()
    firstBytes.deallocate()
    labels.deallocate()
    jumps.slots.deallocate()
  }

  private static func copied<Element>(_ array: [Element]) -> UnsafeBufferPointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: array.count)
    _ = copy.initialize(from: array)
    return UnsafeBufferPointer(copy)
  }

  /// Calls `body` for the end of each phrase that begins at a place of a text, shorter ones first, with the
  /// index behind it and the phrases' meanings, in the order in which they were given.
  @inline(__always)
  func walk(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int,
    _ body: (_ end: Int, _ entries: UnsafeBufferPointer<Lexicon.Entry>) -> Void
  ) {
    let child = Int(roots[Int(text[start])])
    // The root is no one's child, so that 0 says that there is none.
    if child != 0 { follow(text, nodes[child], from: start + 1, body) }
  }

  /// The same for the phrases that begin with a word of ``FoldedWords``; none ends within a word.
  @inline(__always)
  func walk(
    _ text: UnsafeBufferPointer<UInt8>, from word: FoldedWords.Run,
    _ body: (_ end: Int, _ entries: UnsafeBufferPointer<Lexicon.Entry>) -> Void
  ) {
    guard let jump = jumps.find(word.hash) else { return }
    follow(text, jump.rest, from: Int(word.end), body)
  }

  /// Goes on from a node whose label begins at a place of the text.
  @inline(__always)
  private func follow(
    _ text: UnsafeBufferPointer<UInt8>, _ first: Node, from place: Int,
    _ body: (_ end: Int, _ entries: UnsafeBufferPointer<Lexicon.Entry>) -> Void
  ) {
    var node = first
    var position = place
    while true {
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
      let child = self.child(of: node, over: text[position])
      guard child != 0 else { return }
      node = nodes[child]
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
