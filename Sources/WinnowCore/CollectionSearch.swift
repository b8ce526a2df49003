extension RandomAccessCollection where Element: Equatable {
  /// Whether the elements of another collection stand in this one, each right behind the one before.
  @inlinable
  package func holds(_ run: some RandomAccessCollection<Element>) -> Bool {
    guard let first = run.first else { return true }
    guard run.count <= count else { return false }
    var start = startIndex
    for _ in 0...count - run.count {
      if self[start] == first, self[start...].starts(with: run) { return true }
      formIndex(after: &start)
    }
    return false
  }
}
