import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The wish, told by a signal, that a run come to an end: pages in hand are finished, nothing new is taken.
/// A second signal ends the process at once.
package enum Interruption {
  /// The signal that was sent; 0 when none was.
  private static let number = Atomic<Int32>(0)
  /// A pipe that becomes readable with the signal, so that waiting for input ends.
  private static let alarm: (read: Int32, write: Int32) = {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }()

  /// The signals that ask for an end.
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// From now on the signals are a wish and end nothing by themselves.
  package static func watch() {
    // Both are made before a handler can run.
    _ = alarm
    _ = number.load(ordering: .relaxed)
    for wanted in signals {
      let previous = signal(wanted) { Interruption.received($0) }
      // What `nohup` or a shell told the process to ignore stays ignored.
      if unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(wanted, SIG_IGN)
      }
    }
    // Some parents, such as threads of a dispatch queue, pass on a mask that blocks them all.
    var mask = sigset_t()
    sigemptyset(&mask)
    for wanted in signals { sigaddset(&mask, wanted) }
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  }

  /// A handler may do no more than what is said to be safe in one: an atomic and `write`.
  private static func received(_ received: Int32) {
    guard number.exchange(received, ordering: .sequentiallyConsistent) == 0 else {
      signal(received, SIG_DFL)
      raise(received)
      return
    }
    var byte: UInt8 = 0
    _ = write(alarm.write, &byte, 1)
  }

  /// The signal that was sent, if any.
  package static var received: Int32? {
    let value = number.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }

  /// Waits until there is something to read.
  ///
  /// - returns: false when a signal came first.
  static func waitUntilReadable(_ descriptor: Int32) -> Bool {
    while true {
      if received != nil { return false }
      var wanted = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: alarm.read, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&wanted, 2, -1)
      if count < 0, errno != EINTR { return true }
      if wanted[0].revents != 0 { return true }
    }
  }
}
