/// Where in the tree of phrases each first word ends, by the word's hash: a walk through its letters, one node after the
/// other, would wait for memory at nearly every step.
///
/// Only words of ASCII are there, as ``FoldedWords`` finds them. It lies in memory as the tree does.
struct PhraseJumps {
  /// A word, by its hash, with what is left of the node in which it ends: the word's slot and the node would be two
  /// places of memory to wait for.
  struct Slot {
    var hash: UInt64 = 0
    /// The node's label behind the word.
    var labelStart: UInt32 = 0
    var firstChild: UInt32 = 0
    var firstEntry: UInt32 = 0
    var labelLength: UInt16 = 0
    var childCount: UInt16 = 0
    var entryCount: UInt16 = 0
    /// 0 in an empty slot.
    var isUsed: UInt16 = 0
    /// Fills the slot up, lest the table's file hold what happens to be there.
    private var filler: UInt32 = 0

    /// An empty slot.
    init() {}

    /// The slot of a word that takes some bytes of a node's way, its first byte counted; `nil` for nodes of sizes that
    /// no phrase gives.
    init?(_ hash: UInt64, takes taken: Int, of node: PhraseTrie.Node) {
      let skipped = taken - 1
      guard let length = UInt16(exactly: Int(node.labelLength) - skipped),
        let children = UInt16(exactly: node.childCount), let entries = UInt16(exactly: node.entryCount)
      else { return nil }
      self.hash = hash
      labelStart = node.labelStart + UInt32(skipped)
      (firstChild, firstEntry) = (node.firstChild, node.firstEntry)
      (labelLength, childCount, entryCount, isUsed) = (length, children, entries, 1)
    }

    /// The node as one whose way begins behind the word.
    @inline(__always)
    var rest: PhraseTrie.Node {
      PhraseTrie.Node(
        labelStart: labelStart, labelLength: UInt32(labelLength), firstChild: firstChild,
        childCount: UInt32(childCount), firstEntry: firstEntry, entryCount: UInt32(entryCount))
    }
  }

  let slots: UnsafeBufferPointer<Slot>

  /// The slot of a word that begins a phrase.
  @inline(__always)
  func find(_ hash: UInt64) -> Slot? {
    guard !slots.isEmpty else { return nil }
    var place = Self.place(hash, among: slots.count)
    while slots[place].isUsed != 0 {
      if slots[place].hash == hash { return slots[place] }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  @inline(__always)
  private static func place(_ hash: UInt64, among count: Int) -> Int {
    Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32) & (count - 1)
  }

  /// The slots of a tree, a power of two of them.
  static func slots(_ tree: PhraseTrieBuilder.Layout) -> [Slot] {
    let found = words(tree)
    var count = 2
    while count * 2 < found.count * 3 { count *= 2 }
    var slots = [Slot](repeating: Slot(), count: count)
    for word in found {
      var place = place(word.hash, among: count)
      while slots[place].isUsed != 0 { place = (place + 1) & (count - 1) }
      slots[place] = word
    }
    return slots
  }

  /// All first words of a tree. A node's parent stands before it, so that one pass finds them.
  private static func words(_ tree: PhraseTrieBuilder.Layout) -> [Slot] {
    guard let root = tree.nodes.first else { return [] }
    var found: [Slot] = []
    // The hash of the way to each node, while that is the beginning of one word.
    var open = [UInt64?](repeating: nil, count: tree.nodes.count)
    for child in root.firstChild..<root.firstChild + root.childCount { open[Int(child)] = FoldedWords.seed }
    for index in tree.nodes.indices.dropFirst() {
      guard var hash = open[index] else { continue }
      let node = tree.nodes[index]
      let label = Int(node.labelStart)..<Int(node.labelStart + node.labelLength)
      var taken = 0
      var end: UInt8?
      for byte in [tree.firstBytes[index]] + tree.labels[label] {
        guard FoldedWords.isPartOfRun(byte) else {
          end = byte
          break
        }
        hash = FoldedWords.mix(hash, byte)
        taken += 1
      }
      let children = Int(node.firstChild)..<Int(node.firstChild + node.childCount)
      let isWhole = end == nil
      if isWhole { for child in children { open[child] = hash } }
      // A sign at the start is no word; a way that only goes on within the word has none that ends here.
      let isParted = children.contains { !FoldedWords.isPartOfRun(tree.firstBytes[$0]) }
      let endsHere = isWhole ? node.entryCount > 0 || isParted : taken > 0
      if endsHere, let slot = Slot(hash, takes: taken, of: node) { found.append(slot) }
    }
    return found
  }
}
