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
  private let wallStart: Double
  private let limit: Double?

  /// A clock that begins now; without a limit it never runs out.
  init(limit: Double?) {
    self.limit = limit
    start = limit == nil ? 0 : PageClock.time(CLOCK_THREAD_CPUTIME_ID)
    wallStart = limit == nil ? 0 : PageClock.time(CLOCK_MONOTONIC)
  }

  /// Whether more than the limit is gone.
  var isOver: Bool {
    guard let limit else { return false }
    // No thread takes more processor time than goes by, which the kernel need not be asked for.
    guard PageClock.time(CLOCK_MONOTONIC) - wallStart > limit else { return false }
    return PageClock.time(CLOCK_THREAD_CPUTIME_ID) - start > limit
  }

  private static func time(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
