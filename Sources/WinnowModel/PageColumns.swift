import WinnowCore
import WinnowText

/// What several features of a page are made of: sums over ranges of blocks, and the path to the best
/// container.
struct PageColumns {
  let rows: [BlockRow]
  let containers: [ContainerRow]
  let tokens: [UInt32]
  /// Sums over blocks before an index: any range's sum is a difference of two.
  private(set) var words: [Float] = [0]
  private(set) var characters: [Float] = [0]
  private(set) var linkCharacters: [Float] = [0]
  private(set) var longBlocks: [Float] = [0]
  private(set) var sentenceWords: [Float] = [0]
  private(set) var headings: [Float] = [0]
  private(set) var images: [Float] = [0]
  private(set) var dates: [Float] = [0]
  /// The container whose paragraphs weigh most.
  private(set) var best = 0
  /// Steps from the best container up to each container around it; -1 elsewhere.
  private(set) var stepsFromBest: [Int32]

  init(_ document: Document) {
    rows = document.storage.rows
    containers = document.storage.containers.rows
    tokens = document.storage.containers.tokens
    stepsFromBest = Array(repeating: -1, count: containers.count)
    reserve(rows.count + 1)
    for row in rows {
      let m = row.measures
      let isLong = PageColumns.isLong(row)
      words.append(words[words.count - 1] + Float(m.words))
      characters.append(characters[characters.count - 1] + Float(m.characters))
      linkCharacters.append(linkCharacters[linkCharacters.count - 1] + Float(m.linkCharacters))
      longBlocks.append(longBlocks[longBlocks.count - 1] + (isLong ? 1 : 0))
      sentenceWords.append(
        sentenceWords[sentenceWords.count - 1] + (m.flags.contains(.endsSentence) ? Float(m.words) : 0))
      headings.append(headings[headings.count - 1] + (m.kind == .heading ? 1 : 0))
      images.append(images[images.count - 1] + Float(min(m.images, 20)))
      dates.append(dates[dates.count - 1] + (m.flags.contains(.hasDate) ? 1 : 0))
    }
    best = findBest()
    var container = best
    var steps: Int32 = 0
    while container >= 0 {
      stepsFromBest[container] = steps
      steps += 1
      container = Int(containers[container].parent)
    }
  }

  private mutating func reserve(_ count: Int) {
    words.reserveCapacity(count)
    characters.reserveCapacity(count)
    linkCharacters.reserveCapacity(count)
    longBlocks.reserveCapacity(count)
    sentenceWords.reserveCapacity(count)
    headings.reserveCapacity(count)
    images.reserveCapacity(count)
    dates.reserveCapacity(count)
  }

  /// At least twelve words, and not mostly links.
  static func isLong(_ row: BlockRow) -> Bool {
    row.measures.words >= 12 && row.measures.linkCharacters * 10 < row.measures.characters * 3
  }

  /// Each long block gives its weight to its container and, lessened, to the three around it.
  private func findBest() -> Int {
    var weights = [Float](repeating: 0, count: containers.count)
    for row in rows where PageColumns.isLong(row) {
      let density = Float(row.measures.linkCharacters) / Float(max(row.measures.characters, 1))
      var weight = Float(min(row.measures.words, 80)) * (1 - density)
      if row.measures.flags.contains(.endsSentence) { weight *= 1.5 }
      var container = Int(row.container)
      let tag = containers[container].tag
      if tag == .p || tag == .li { container = Int(containers[container].parent) }
      for _ in 0..<4 where container >= 0 {
        weights[container] += weight
        weight *= 0.6
        container = Int(containers[container].parent)
      }
    }
    var best = 0
    var bestWeight: Float = -1
    for index in weights.indices where weights[index] > 0 {
      let value = weights[index] * (1 - containers[index].linkDensity)
      if value > bestWeight {
        best = index
        bestWeight = value
      }
    }
    return best
  }

  /// Sum over the blocks of a container.
  @inline(__always)
  func sum(_ column: [Float], in container: Int) -> Float {
    let row = containers[container]
    return column[Int(row.endBlock)] - column[Int(row.firstBlock)]
  }

  /// How many blocks a container holds.
  @inline(__always)
  func blockCount(of container: Int) -> Int {
    Int(containers[container].endBlock) - Int(containers[container].firstBlock)
  }

  /// Share of characters in links of a container.
  @inline(__always)
  func linkDensity(of container: Int) -> Float {
    let all = sum(characters, in: container)
    return all == 0 ? 0 : sum(linkCharacters, in: container) / all
  }
}
