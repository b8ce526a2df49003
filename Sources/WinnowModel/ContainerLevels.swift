import WinnowCore

/// What a container's numbers are as one of the levels around a block, computed once for all its blocks, and
/// the containers around one block.
struct ContainerLevels: ~Copyable {
  /// A container's numbers; none depends on the block.
  struct Level {
    var isKnown = false
    var firstBlock: Float = 0
    /// At least 1.
    var blockCount: Float = 1
    var words: Float = 0
    var links: Float = 0
    var blocks: Float = 0
    var long: Float = 0
    var sentences: Float = 0
    var share: Float = 0
    var tokens: Float = 0
    var wordsABlock: Float = 0
    var images: Float = 0
    var headings: Float = 0
    var dates: Float = 0
  }

  /// Containers around the block last asked for, each holding more blocks than the one before.
  var path: UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: steps, count: count) }

  // Plain memory: lists would be asked for each step of each block whether they are nobody else's.
  private let steps: UnsafeMutablePointer<Int32>
  private var count = 0
  private let levels: UnsafeMutableBufferPointer<Level>

  init(_ columns: PageColumns) {
    // No way up is longer than all containers together.
    let most = max(1, columns.containers.count)
    steps = .allocate(capacity: most)
    levels = .allocate(capacity: most)
    levels.initialize(repeating: Level())
  }

  deinit {
    steps.deallocate()
    levels.deallocate()
  }

  /// Finds the containers from one upwards, leaving out those that hold no more blocks than the one below.
  mutating func findPath(from innermost: Int, _ columns: PageColumns) {
    count = 0
    var container = innermost
    var size = 0
    columns.containers.withUnsafeBufferPointer { containers in
      while container >= 0 {
        let blocks = Int(containers[container].endBlock) - Int(containers[container].firstBlock)
        if blocks > size {
          size = blocks
          steps[count] = Int32(truncatingIfNeeded: container)
          count += 1
        }
        container = Int(containers[container].parent)
      }
    }
  }

  /// A container's numbers.
  func level(of container: Int, _ columns: PageColumns, _ tokens: TokenColumns) -> Level {
    if levels[container].isKnown { return levels[container] }
    let all = max(columns.words[columns.rows.count], 1)
    let words = columns.sum(columns.words, in: container)
    let blocks = Float(columns.blockCount(of: container))
    var level = Level()
    level.isKnown = true
    level.firstBlock = Float(columns.containers[container].firstBlock)
    level.blockCount = max(blocks, 1)
    level.words = logCount(words)
    level.links = columns.linkDensity(of: container)
    level.blocks = logCount(blocks)
    level.long = logCount(columns.sum(columns.longBlocks, in: container))
    level.sentences = words == 0 ? 0 : columns.sum(columns.sentenceWords, in: container) / words
    level.share = words / all
    level.tokens = tokens.mean(container, columns)
    level.wordsABlock = words / level.blockCount
    level.images = columns.sum(columns.images, in: container) / level.blockCount
    level.headings = columns.sum(columns.headings, in: container) / level.blockCount
    level.dates = columns.sum(columns.dates, in: container) / level.blockCount
    levels[container] = level
    return level
  }
}
