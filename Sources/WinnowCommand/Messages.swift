import WinnowBatch

/// Text for people.
enum Messages {
  /// Writes a line to standard error. Where that is gone too, nobody is left to tell.
  static func print(_ text: String) { put(text + "\n") }

  /// Writes text as it is to standard error.
  static func put(_ text: String) {
    do throws(OutputError) {
      try DescriptorOutput(descriptor: 2, name: "standard error").write(Array(text.utf8))
    } catch {}
  }
}
