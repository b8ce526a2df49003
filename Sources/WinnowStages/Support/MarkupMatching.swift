import WinnowCore

/// A class or id token as the reader stores it: hashes of its words, split at punctuation, digits and humps.
/// Words of one letter and of more than twenty are not stored and do not count.
struct MarkupToken {
  private let parts: [UInt32]

  /// A token; `nil` when no word of it is stored.
  init?(_ token: String) {
    var parts: [UInt32] = []
    var word: [UInt8] = []
    var wasLower = false
    func finish() {
      if word.count >= 2, word.count <= 20 { parts.append(ContainerTree.tokenHash(word)) }
      word = []
    }
    for byte in token.utf8 {
      let lower = byte | 0x20
      if lower >= 0x61, lower <= 0x7A {
        if byte != lower, wasLower { finish() }
        word.append(lower)
        wasLower = byte == lower
      } else if byte >= 0x80 {
        word.append(byte)
      } else {
        finish()
        wasLower = false
      }
    }
    finish()
    guard !parts.isEmpty else { return nil }
    self.parts = parts
  }

  /// Whether a run of stored tokens holds the token as a whole; a 0 parts the values' words.
  func isIn(_ tokens: ArraySlice<UInt32>) -> Bool {
    var start = tokens.startIndex
    while start < tokens.endIndex {
      var end = start
      while end < tokens.endIndex, tokens[end] != 0 { end += 1 }
      if tokens[start..<end].elementsEqual(parts) { return true }
      start = end + 1
    }
    return false
  }
}

/// A path of elements: `article > ul li`. `>` stands between an element and the one right around it, a space
/// between one and any around it.
struct TagPath {
  private struct Step {
    let name: UInt32
    /// Whether the step before must be right around this one.
    let isChild: Bool
  }

  private let steps: [Step]

  /// Elements that become containers; the reader knows of others only their tokens.
  private static let names: [String] = ContainerTag.allCases.map { "\($0)" }.filter {
    !["root", "other", "custom", "bullets", "group", "html"].contains($0)
  }

  /// A path; `nil` when ``problem(of:)`` has one.
  init?(_ path: String) {
    guard TagPath.problem(of: path) == nil else { return nil }
    var steps: [Step] = []
    var isChild = false
    for word in TagPath.words(path) {
      if word == ">" {
        isChild = true
        continue
      }
      steps.append(Step(name: ContainerTree.tokenHash(word.utf8), isChild: isChild))
      isChild = false
    }
    self.steps = steps
  }

  private static func words(_ path: String) -> [String] {
    path.replacing(">", with: " > ").split(separator: " ").map(String.init)
  }

  /// What is wrong with a path and what to do.
  static func problem(of path: String) -> String? {
    var wasSign = true
    for word in words(path) {
      if word == ">" {
        if wasSign {
          return "the tag path '\(path)' has a '>' without an element on both sides; add the element"
        }
        wasSign = true
        continue
      }
      wasSign = false
      if word.contains("-"), word.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x7A).contains($0) }) { continue }
      if names.contains(word) { continue }
      let near = nearestName(to: word, in: names)
      return "the tag path '\(path)' names '\(word)', which is no block element; "
        + (near.map { "did you mean '\($0)'?" }
          ?? "use names such as aside, section, ul, or 'token' for its class")
    }
    return wasSign ? "the tag path '\(path)' must end with an element, such as 'article > ul'" : nil
  }

  /// Whether the path ends at a container or at one around it.
  func matches(_ container: Int, in tree: ContainerTree) -> Bool {
    var position = container
    while position >= 0 {
      if ends(at: position, steps.count - 1, tree) { return true }
      position = Int(tree[position].parent)
    }
    return false
  }

  private func ends(at container: Int, _ step: Int, _ tree: ContainerTree) -> Bool {
    guard tree[container].name == steps[step].name else { return false }
    guard step > 0 else { return true }
    var parent = Int(tree[container].parent)
    if steps[step].isChild { return parent >= 0 && ends(at: parent, step - 1, tree) }
    while parent >= 0 {
      if ends(at: parent, step - 1, tree) { return true }
      parent = Int(tree[parent].parent)
    }
    return false
  }
}
