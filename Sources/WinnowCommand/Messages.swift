import WinnowBatch

/// Text for people.
enum Messages {
  /// Writes a line to standard error. Where that is gone too, nobody is left to tell.
  static func print(_ text: String) {
    do throws(OutputError) {
      try DescriptorOutput(descriptor: 2, name: "standard error").write(Array((text + "\n").utf8))
    } catch {}
  }
}
