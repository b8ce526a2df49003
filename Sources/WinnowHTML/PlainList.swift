/// A list of plain values with one owner.
///
/// An array is asked for each element that it gets whether it has room and is nobody else's. The lists of the prescan
/// get several for each tag of a page, and nobody else ever has them.
struct PlainList<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  /// An empty list.
  init() {
    capacity = 64
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  var isEmpty: Bool { count == 0 }

  /// The last element.
  var last: Element? {
    @inline(__always) get { count > 0 ? base[count - 1] : nil }
  }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(index >= 0 && index < count)
      return base[index]
    }
    @inline(__always) set {
      precondition(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  /// Adds an element.
  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow(to: count * 2) }
    (base + count).initialize(to: element)
    count += 1
  }

  /// Makes room for so many elements.
  mutating func reserveCapacity(_ most: Int) {
    if most > capacity { grow(to: most) }
  }

  private mutating func grow(to most: Int) {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: most)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = most
  }

  /// Takes the last elements off.
  @inline(__always)
  mutating func removeLast(_ number: Int = 1) {
    precondition(number >= 0 && number <= count)
    count -= number
  }

  /// Takes all elements off, and keeps the room.
  mutating func removeAll() { count = 0 }

  /// Calls `body` with all elements.
  func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<Element>) -> Result) -> Result {
    body(UnsafeBufferPointer(start: base, count: count))
  }
}
