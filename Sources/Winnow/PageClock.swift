#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Processor time that a page has taken on its thread, so that a busy machine fails no page.
struct PageClock {
  private let start: Double
  private let limit: Double?

  /// A clock that begins now; without a limit it never runs out.
  init(limit: Double?) {
    self.limit = limit
    start = limit == nil ? 0 : PageClock.now
  }

  /// Whether more than the limit is gone.
  var isOver: Bool {
    guard let limit else { return false }
    return PageClock.now - start > limit
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
