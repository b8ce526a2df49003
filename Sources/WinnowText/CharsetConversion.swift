#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// windows-1252, the charset that browsers fall back to.
enum Windows1252 {
  /// The scalars of the bytes 0x80…0x9F; the five undefined bytes stand for C1 controls, as in browsers.
  static let upper: [UInt32] = [
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
  ]

  /// Converts to UTF-8; every byte has a scalar, so nothing can fail.
  static func utf8(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 8 + 16)
    var index = 0
    while index < bytes.count {
      let end = UTF8Bytes.endOfASCII(bytes, from: index)
      output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[index..<end]))
      index = end
      while index < bytes.count, bytes[index] >= 0x80 {
        let byte = bytes[index]
        UTF8Bytes.append(byte < 0xA0 ? upper[Int(byte) - 0x80] : UInt32(byte), to: &output)
        index += 1
      }
    }
    return output
  }

  /// The byte that stands for a scalar, also for C1 controls; nil when there is none.
  @inline(__always)
  static func byte(of scalar: UInt32) -> UInt8? {
    if scalar < 0x100 { return UInt8(truncatingIfNeeded: scalar) }
    guard scalar < 0x2123, let index = upper.firstIndex(of: scalar) else { return nil }
    return UInt8(0x80 + index)
  }
}

/// UTF-16 and UTF-32.
enum WideText {
  enum ByteOrder { case little, big }

  /// Recognises UTF-16 without a byte order mark: markup and Latin letters leave every second byte 0.
  static func byteOrder(of bytes: UnsafeBufferPointer<UInt8>) -> ByteOrder? {
    let pairs = min(bytes.count, 8192) / 2
    guard pairs >= 4,
      UTF8Bytes.firstIndex(of: 0, in: UnsafeBufferPointer(rebasing: bytes[..<(2 * pairs)])) != nil
    else { return nil }
    var even = 0
    var odd = 0
    for pair in 0..<pairs {
      if bytes[2 * pair] == 0 { even += 1 }
      if bytes[2 * pair + 1] == 0 { odd += 1 }
    }
    if odd * 4 >= pairs, even * 8 <= odd { return .little }
    if even * 4 >= pairs, odd * 8 <= even { return .big }
    return nil
  }

  /// Converts UTF-16; lone surrogates and an odd last byte become U+FFFD.
  static func utf16(_ bytes: UnsafeBufferPointer<UInt8>, bigEndian: Bool) -> ([UInt8], Int) {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var replacements = 0
    let low = bigEndian ? 1 : 0
    var index = 0
    while index + 1 < bytes.count {
      let unit = UInt32(bytes[index + 1 - low]) << 8 | UInt32(bytes[index + low])
      index += 2
      guard unit & 0xF800 == 0xD800 else {
        UTF8Bytes.append(unit, to: &output)
        continue
      }
      if unit < 0xDC00, index + 1 < bytes.count {
        let next = UInt32(bytes[index + 1 - low]) << 8 | UInt32(bytes[index + low])
        if next & 0xFC00 == 0xDC00 {
          UTF8Bytes.append(0x10000 + ((unit & 0x3FF) << 10 | next & 0x3FF), to: &output)
          index += 2
          continue
        }
      }
      UTF8Bytes.appendReplacement(to: &output)
      replacements += 1
    }
    if index < bytes.count {
      UTF8Bytes.appendReplacement(to: &output)
      replacements += 1
    }
    return (output, replacements)
  }

  /// Converts UTF-32; what is no scalar value, and a cut last unit, become U+FFFD.
  static func utf32(_ bytes: UnsafeBufferPointer<UInt8>, bigEndian: Bool) -> ([UInt8], Int) {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count / 2)
    var replacements = 0
    var index = 0
    while index + 3 < bytes.count {
      var unit: UInt32 = 0
      for offset in 0..<4 { unit = unit << 8 | UInt32(bytes[index + (bigEndian ? offset : 3 - offset)]) }
      if unit > 0x10FFFF || unit & 0xFFFF_F800 == 0xD800 { replacements += 1 }
      UTF8Bytes.append(unit, to: &output)
      index += 4
    }
    if index < bytes.count {
      UTF8Bytes.appendReplacement(to: &output)
      replacements += 1
    }
    return (output, replacements)
  }
}

/// Conversion through the C library.
enum IconvConversion {
  private static let chunk = 1 << 16

  /// Converts to UTF-8, one U+FFFD for each undecodable byte (each pair of high bytes when `multibyte`).
  ///
  /// Returns nil when the system lacks the converter, or when more than a fifth of the bytes that are
  /// not ASCII are undefined, for then the charset is not the page's.
  static func utf8(
    _ bytes: UnsafeBufferPointer<UInt8>, from charset: String, multibyte: Bool
  ) -> (utf8: [UInt8], replacements: Int)? {
    guard let descriptor = iconv_open("UTF-8", charset), descriptor != iconv_t(bitPattern: -1) else {
      return nil
    }
    defer { iconv_close(descriptor) }
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return ([], 0) }

    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 2 + 16)
    let scratch = UnsafeMutablePointer<CChar>.allocate(capacity: chunk)
    defer { scratch.deallocate() }
    // iconv reads through the pointer and never writes; only its signature lacks the const.
    let start = UnsafeMutableRawPointer(mutating: base).assumingMemoryBound(to: CChar.self)
    var input: UnsafeMutablePointer<CChar>? = start
    var inputLeft = bytes.count
    var replacements = 0
    var lastLeft = Int.max
    while inputLeft > 0 {
      var target: UnsafeMutablePointer<CChar>? = scratch
      var targetLeft = chunk
      let status = iconv(descriptor, &input, &inputLeft, &target, &targetLeft)
      let reason = errno
      append(scratch, count: chunk - targetLeft, to: &output)
      if status >= 0 { continue }
      let madeProgress = targetLeft < chunk || inputLeft < lastLeft
      lastLeft = inputLeft
      if reason == E2BIG, madeProgress { continue }
      // EILSEQ, EINVAL (cut at the end of the input), or a converter that is stuck.
      UTF8Bytes.appendReplacement(to: &output)
      replacements += 1
      let position = bytes.count - inputLeft
      let pair =
        multibyte && inputLeft > 1 && bytes[position] >= 0x80 && bytes[position + 1] >= 0x80
      let step = pair ? 2 : 1
      input = start + position + step
      inputLeft -= step
      // Far too many errors this early: give up before paying for them all.
      if replacements > 2000, replacements * 10 > position { return nil }
    }
    // Some converters hold the last character back, waiting for a mark to combine with it.
    var target: UnsafeMutablePointer<CChar>? = scratch
    var targetLeft = chunk
    _ = iconv(descriptor, nil, nil, &target, &targetLeft)
    append(scratch, count: chunk - targetLeft, to: &output)
    guard isPlausible(bytes, replacements: replacements) else { return nil }
    return (output, replacements)
  }

  private static func append(_ scratch: UnsafeMutablePointer<CChar>, count: Int, to output: inout [UInt8]) {
    guard count > 0 else { return }
    output.append(contentsOf: UnsafeRawBufferPointer(start: scratch, count: count))
  }

  private static func isPlausible(_ bytes: UnsafeBufferPointer<UInt8>, replacements: Int) -> Bool {
    guard replacements > 2 else { return true }
    var high = 0
    for byte in bytes { high &+= Int(byte >> 7) }
    return replacements * 5 <= high
  }
}
