#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A lock with one condition, for threads that block.
final class Monitor: @unchecked Sendable {
  // The operating system wants both at an address that stays.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func lock() { pthread_mutex_lock(mutex) }
  func unlock() { pthread_mutex_unlock(mutex) }
  /// Lets go of the lock until ``announce()`` is called; another thread may have been faster then.
  func wait() { pthread_cond_wait(condition, mutex) }
  /// Wakes all who wait.
  func announce() { pthread_cond_broadcast(condition) }
}

/// Runs work on several threads.
enum WorkerThreads {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// As deep as a main thread's stack, whatever the platform gives others.
  private static let stackSize = 8 << 20

  /// Runs `body` on `count` threads, the calling one among them, and returns when all are done. Where the
  /// system has no more threads to give, fewer do the work.
  static func run(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    pthread_attr_init(attributes)
    pthread_attr_setstacksize(attributes, stackSize)
    defer {
      pthread_attr_destroy(attributes)
      attributes.deallocate()
    }
    let work = Work(body)
    var threads: [pthread_t] = []
    for _ in 1..<max(count, 1) {
      guard let thread = start(work, attributes) else { break }
      threads.append(thread)
    }
    body()
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Runs `body` on a thread of its own and does not wait for it.
  static func detach(_ body: @escaping @Sendable () -> Void) {
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    pthread_attr_init(attributes)
    defer {
      pthread_attr_destroy(attributes)
      attributes.deallocate()
    }
    if let thread = start(Work(body), attributes) { pthread_detach(thread) }
  }

  private static func start(_ work: Work, _ attributes: UnsafeMutablePointer<pthread_attr_t>) -> pthread_t? {
    let context = Unmanaged.passRetained(work)
    #if canImport(Darwin)
      var thread: pthread_t?
      let status = pthread_create(
        &thread, attributes,
        { context in
          Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
          return nil
        }, context.toOpaque())
      if status == 0 { return thread }
    #else
      var thread = pthread_t()
      let status = pthread_create(
        &thread, attributes,
        { context in
          if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
          return nil
        }, context.toOpaque())
      if status == 0 { return thread }
    #endif
    context.release()
    return nil
  }
}
