import WinnowCore
import WinnowText

/// The names of a site, for telling them from headlines and people.
struct SiteNames: Sendable {
  private let names: [[UInt64]]
  private let hosts: [[UInt8]]

  init(_ names: [String], url: String?) {
    var known: [[UInt64]] = []
    for name in names {
      let words = WordHashes.of(name)
      if !words.isEmpty, !known.contains(words) { known.append(words) }
    }
    self.names = known
    hosts = url.map { HostName(of: $0).names.map { $0.utf8.filter { $0 != 0x2D } } } ?? []
  }

  /// How a text is the site's name: 2 the declared name or the host's, 1 something like it ("BBC News" where
  /// the host is `bbc`), 0 not at all.
  func likeness(_ text: ArraySlice<UInt8>, _ words: [UInt64]) -> Int {
    guard !words.isEmpty else { return 0 }
    if names.contains(words) { return 2 }
    if words.count > 6 { return 0 }
    let plain = Self.squeezed(text)
    if hosts.contains(where: { $0 == plain }) { return 2 }
    for host in hosts where host.count >= 4 && plain.count >= 4 {
      // "The Courier online" of courier.example, "Courier" of thecourier.example.
      if plain.holds(host) || plain.count * 2 >= host.count && host.holds(plain) { return 1 }
    }
    for name in names where name.count <= words.count + 2 && words.count <= name.count + 2 {
      if words.starts(with: name) || words.suffix(name.count).elementsEqual(name) { return 1 }
      if words.count * 2 > name.count,
        name.starts(with: words) || name.suffix(words.count).elementsEqual(words)
      {
        return 1
      }
    }
    return 0
  }

  /// Latin letters and digits in lower case, accents as they stand.
  private static func squeezed(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var isInTwo = false
    for byte in text {
      if byte == 0xC3 {
        isInTwo = true
        continue
      }
      if isInTwo {
        isInTwo = false
        result.append(contentsOf: latin(byte | 0x20))
        continue
      }
      if byte >= 0x80 || byte.isASCIILetterOrDigit {
        result.append(byte < 0x80 ? byte | 0x20 : byte)
      }
    }
    return result
  }

  /// The base of a letter of the Latin-1 block, by the second byte of its small form.
  private static func latin(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case 0xA0...0xA5: [0x61]
    case 0xA7: [0x63]
    case 0xA8...0xAB: [0x65]
    case 0xAC...0xAF: [0x69]
    case 0xB1: [0x6E]
    case 0xB2...0xB6, 0xB8: [0x6F]
    case 0xB9...0xBC: [0x75]
    case 0x9F, 0xBF: [0x73, 0x73]
    default: [0xC3, byte]
    }
  }
}
