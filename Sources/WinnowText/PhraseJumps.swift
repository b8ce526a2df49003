/// Where in the tree of phrases each first word ends, by the word's hash: a walk through its letters, one node after the
/// other, would wait for memory at nearly every step.
///
/// Only words of ASCII are there, as ``FoldedWords`` finds them. It lies in memory as the tree does.
struct PhraseJumps {
  /// A word, by its hash; an empty slot has no node.
  struct Slot {
    var hash: UInt64 = 0
    /// The node in which the word ends.
    var node: UInt32 = 0
    /// How many bytes of that node's way, its first byte counted, the word takes.
    var taken: UInt32 = 0
  }

  let slots: UnsafeBufferPointer<Slot>

  /// The slot of a word that begins a phrase.
  @inline(__always)
  func find(_ hash: UInt64) -> Slot? {
    guard !slots.isEmpty else { return nil }
    var place = Self.place(hash, among: slots.count)
    while slots[place].node != 0 {
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
    while count < found.count * 2 { count *= 2 }
    var slots = [Slot](repeating: Slot(), count: count)
    for word in found {
      var place = place(word.hash, among: count)
      while slots[place].node != 0 { place = (place + 1) & (count - 1) }
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
      var taken: UInt32 = 0
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
      if endsHere { found.append(Slot(hash: hash, node: UInt32(index), taken: taken)) }
    }
    return found
  }
}
