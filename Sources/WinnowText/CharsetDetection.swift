import CUchardet

/// Guesses a charset from the bytes of the text.
enum CharsetDetection {
  /// Bytes of input that are looked at.
  private static let window = 256 << 10
  /// With fewer bytes outside ASCII a guess is no better than windows-1252.
  private static let leastEvidence = 6

  /// The likely charset, or nil when the text gives no clue or a charset unknown on the Web.
  static func detect(_ bytes: UnsafeBufferPointer<UInt8>, html: Bool) -> Charset? {
    let head = UnsafeBufferPointer(rebasing: bytes.prefix(window))
    let text = html ? withoutMarkup(head) : Array(head)
    var high = 0
    for byte in text { high &+= Int(byte >> 7) }
    guard high >= leastEvidence, let detector = uchardet_new() else { return nil }
    defer { uchardet_delete(detector) }
    let status = text.withUnsafeBytes { raw in
      raw.withMemoryRebound(to: CChar.self) { uchardet_handle_data(detector, $0.baseAddress, $0.count) }
    }
    guard status == 0 else { return nil }
    uchardet_data_end(detector)
    guard let name = uchardet_get_charset(detector) else { return nil }
    guard let charset = Charset(label: String(cString: name)), !charset.isUnicode else { return nil }
    return charset
  }

  /// The bytes outside tags, scripts and styles: markup is ASCII and drowns the evidence.
  static func withoutMarkup(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = 0
    var hiddenUntil: StaticString?
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "<"), index + 1 < bytes.count else {
        if hiddenUntil == nil { text.append(byte) }
        index += 1
        continue
      }
      if let end = hiddenUntil {
        if bytes.matches(end, at: index) { hiddenUntil = nil }
        index += 1
        if hiddenUntil != nil { continue }
      } else if bytes.matches("<script", at: index) {
        hiddenUntil = "</script"
      } else if bytes.matches("<style", at: index) {
        hiddenUntil = "</style"
      }
      while index < bytes.count, bytes[index] != UInt8(ascii: ">") { index += 1 }
      index += 1
      text.append(UInt8(ascii: " "))
    }
    return text
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the ASCII text stands at `index`, in either case; `text` must be lower case.
  @inline(__always)
  func matches(_ text: StaticString, at index: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index + length <= count, text.hasPointerRepresentation else { return false }
    for offset in 0..<length {
      var byte = self[index + offset]
      if byte >= 0x41, byte <= 0x5A { byte |= 0x20 }
      if byte != text.utf8Start[offset] { return false }
    }
    return true
  }
}
