import Synchronization

/// A name that stands in many labels, stored once in the process.
///
/// A label is copied many times a page, and each copy of a string counts references; a number does not.
/// Names are never forgotten: they come from the code and from rules that a user wrote, not from pages.
struct SharedName: Sendable, Hashable {
  private let index: Int32

  private struct Names: Sendable {
    var all: [String] = []
    var places: [String: Int32] = [:]
  }

  private static let names = Mutex(Names())

  init(_ name: String) {
    index = SharedName.names.withLock { names in
      if let known = names.places[name] { return known }
      let next = Int32(names.all.count)
      names.all.append(name)
      names.places[name] = next
      return next
    }
  }

  var string: String { SharedName.names.withLock { $0.all[Int(index)] } }
}
